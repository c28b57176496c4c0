//! Step 5: the words to begin and to end with (P28, P29), drafted from what is
//! known and the user's to change.

use super::{talk_with, undo_on_this_step_alone};
use crate::browser::location;
use crate::components::{Button, ButtonKind, Glyph, TextArea, When};
use crate::content::drafts;
use crate::derived::{Derived, derived};
use crate::domain::id::InterviewId;
use crate::domain::interview::{Interview, Mode};
use crate::domain::key::Key;
use crate::domain::prepare::Step;
use crate::domain::workspace::Workspace;
use crate::route::Route;
use crate::session::Session;
use crate::view::view;
use crate::words::{self, Stretch};
use leptos::prelude::*;

/// Which of the two.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::pages) enum Which {
    /// The first words.
    Opening,
    /// The last words.
    Closing,
}

impl Which {
    /// The words as the user changed them, if they did.
    fn own(self, talk: &Interview) -> Option<&String> {
        match self {
            Self::Opening => talk.opening.as_ref(),
            Self::Closing => talk.closing.as_ref(),
        }
    }

    fn set(self, talk: &mut Interview, own: Option<String>) {
        match self {
            Self::Opening => talk.opening = own,
            Self::Closing => talk.closing = own,
        }
    }

    /// The words as they stand: one's own, or the draft.
    pub(in crate::pages) fn text(self, w: &Workspace, id: InterviewId) -> String {
        let Some((talk, contact)) = talk_with(w, id) else { return String::new() };
        let policies = &w.settings().policies;
        self.own(talk).cloned().unwrap_or_else(|| match self {
            Self::Opening => drafts::opening(talk, contact, w.plan(), policies),
            Self::Closing => drafts::closing(talk, contact, w.plan(), policies),
        })
    }

    fn label(self) -> &'static str {
        match self {
            Self::Opening => "Your opening words",
            Self::Closing => "Your closing words",
        }
    }

    fn class(self) -> &'static str {
        match self {
            Self::Opening => "prepare-words-opening",
            Self::Closing => "prepare-words-closing",
        }
    }
}

/// The controls of the step.
#[component]
pub fn Words(
    /// The one session.
    session: Session,
    /// Which talk.
    id: InterviewId,
) -> impl IntoView {
    undo_on_this_step_alone(session);
    view! {
        <div class="form prepare-wide">
            <p class="small muted">
                "A draft made from what you have entered. Say it aloud once, and make it sound like you."
            </p>
            <Draft session id which=Which::Opening />
            <Draft session id which=Which::Closing />
            <section class="card card-quiet stack-tight" aria-labelledby="do-not-ask">
                <h3 id="do-not-ask">"What you will not ask for"</h3>
                <ul class="bullets">
                    {drafts::do_not_ask().iter().map(|line| view! { <li>{*line}</li> }).collect_view()}
                </ul>
                <p class="small muted">{drafts::if_they_offer()}</p>
            </section>
        </div>
    }
}

/// One of the two, with the way back to its draft.
#[component]
fn Draft(
    /// The one session.
    session: Session,
    /// Which talk.
    id: InterviewId,
    /// Which words.
    which: Which,
) -> impl IntoView {
    let text = session.select(move |w| which.text(w, id));
    let own =
        session.select(move |w| w.interview(id).is_some_and(|talk| which.own(talk).is_some()));
    let writing =
        session.select(move |w| w.interview(id).is_some_and(|t| t.mode == Some(Mode::InWriting)));
    let on_input = move |typed: String| {
        session.edit(|w| w.edit_interview(id, |talk| which.set(talk, Some(typed))));
    };
    let back_to_draft = move |()| {
        session.edit_undoable("Back to the draft.", |w| {
            let before = w.before(&Key::Interview(id));
            w.edit_interview(id, |talk| which.set(talk, None));
            before
        });
        // The button has gone, and the keyboard with it.
        location::focus(&format!(".{} textarea", which.class()));
    };
    let length = move || {
        text.with(|text| {
            if writing.get() {
                words::count(text.split_whitespace().count(), "word", "words")
            } else {
                words::time_to_say(text)
            }
        })
    };
    view! {
        <div class=format!("stack-tight {}", which.class())>
            <TextArea label=which.label() value=text on_input=on_input rows=6 />
            <div class="prepare-length">
                <span class="small muted numbers">{length}</span>
                <When when=move || own.get()>
                    <Button kind=ButtonKind::Quiet glyph=Glyph::Undo on_click=back_to_draft>
                        "Back to the draft"
                    </Button>
                </When>
            </div>
            <Gaps id text />
        </div>
    }
}

/// What still stands in square brackets, if anything.
#[component]
fn Gaps(
    /// Which talk.
    id: InterviewId,
    /// The words as they stand.
    text: Derived<String>,
) -> impl IntoView {
    let gaps = derived(move || {
        text.with(|text| {
            let mut gaps: Vec<String> = Vec::new();
            for stretch in words::stretches(text) {
                if let Stretch::Gap(gap) = stretch
                    && !gaps.iter().any(|known| known == gap)
                {
                    gaps.push(gap.to_owned());
                }
            }
            gaps
        })
    });
    let link = move |step| {
        let place = Route::Prepare(id, Some(step));
        view! { <a href=place.to_string()>{words::step(step)}</a> }
    };
    view! {
        <When when=move || gaps.with(|gaps| !gaps.is_empty())>
            <p class="prepare-open small">
                <span>
                    "Still to fill: "
                    {move || gaps.get().into_iter().map(|gap| view! { <mark class="prepare-gap">{gap}</mark> " " }).collect_view()}
                    "You can enter it under " {link(Step::Purpose)} " or " {link(Step::Person)} "."
                </span>
            </p>
        </When>
    }
}
