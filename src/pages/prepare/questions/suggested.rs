//! A first choice for this person and these minutes, or what would round off
//! the choice that was made.

use super::{reason, weighing};
use crate::browser::location;
use crate::components::{Button, ButtonKind, Chip, Disclosure, Glyph, Tone, When, each};
use crate::derived::derived;
use crate::domain::id::{InterviewId, QuestionId};
use crate::domain::key::Key;
use crate::domain::prepare;
use crate::domain::question::{Theme, Weight};
use crate::domain::workspace::Workspace;
use crate::pages::prepare::talk_with;
use crate::session::Session;
use crate::view::view;
use crate::words;
use leptos::prelude::*;

/// The first thing that can be pressed in the list of picked questions.
const PICK: &str = ".prepare-pick button:not(:disabled)";

/// One suggestion.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Suggestion {
    id: QuestionId,
    text: String,
    theme: Theme,
    reason: &'static str,
}

/// What is worth adding: a question of each theme that nothing was picked of.
fn suggestions(w: &Workspace, id: InterviewId) -> Vec<Suggestion> {
    let Some((talk, contact)) = talk_with(w, id) else { return Vec::new() };
    let all = w.questions();
    let picked = w.picked(talk);
    prepare::suggest(&all, contact, talk.minutes)
        .into_iter()
        .filter(|question| !picked.iter().any(|pick| pick.theme == question.theme))
        .map(|question| Suggestion {
            id: question.id.clone(),
            text: question.text.clone(),
            theme: question.theme,
            reason: reason(question.weight == Weight::Must, question.suits, contact.seniority())
                .unwrap_or("Not covered yet"),
        })
        .collect()
}

/// Picks all of them at once; it can be undone.
fn pick_all(session: Session, id: InterviewId) {
    let suggested = session.peek(|w| suggestions(w, id));
    let added = words::count(suggested.len(), "question", "questions");
    session.edit_undoable(&format!("{added} added."), |w| {
        let before = w.before(&Key::Interview(id));
        for suggestion in suggested {
            w.toggle_pick(id, &suggestion.id);
        }
        before
    });
    // The button has gone with what it offered.
    location::focus_when_drawn(vec![PICK.to_owned()]);
}

/// The invitation to begin, or the rest to add.
#[component]
pub fn Suggested(
    /// The one session.
    session: Session,
    /// Which talk.
    id: InterviewId,
) -> impl IntoView {
    let suggested = session.select(move |w| suggestions(w, id));
    let begun =
        session.select(move |w| w.interview(id).is_some_and(|talk| !w.picked(talk).is_empty()));
    let any = derived(move || suggested.with(|suggested| !suggested.is_empty()));
    view! {
        <When when=move || !begun.get() && any.get()>
            <Invitation session id count=Signal::derive(move || suggested.with(Vec::len)) />
        </When>
        <When when=move || begun.get() && any.get()>
            <div class="prepare-suggested">
            <Disclosure
                summary="More suggestions"
                note=Signal::derive(move || Some(suggested.with(Vec::len).to_string()))
            >
                <ul class="list">
                    {each(move || suggested.get(), |s| format!("{s:?}"), move |suggestion| {
                        let suggestion = suggestion.clone();
                        view! { <Line session id suggestion /> }
                    })}
                </ul>
                <p class="prepare-add-all">
                    <Button glyph=Glyph::Add on_click=move |()| pick_all(session, id)>
                        "Add suggestions"
                    </Button>
                </p>
            </Disclosure>
            </div>
        </When>
    }
}

/// What stands in place of the list while it is empty.
#[component]
fn Invitation(
    /// The one session.
    session: Session,
    /// Which talk.
    id: InterviewId,
    /// How many questions there are to suggest.
    count: Signal<usize>,
) -> impl IntoView {
    let text = move || {
        let (seniority, minutes) = session.peek(|w| weighing(w, id)).unwrap_or_default();
        let whom = match seniority {
            Some(seniority) => {
                format!(" and someone {}", words::seniority(seniority).to_lowercase())
            }
            None => String::new(),
        };
        format!(
            "Begin with {} that suit {minutes} minutes{whom}, and change whatever you like.",
            words::count(count.get(), "question", "questions"),
        )
    };
    view! {
        <div class="empty prepare-invitation">
            <p class="empty-text">{text}</p>
            <Button glyph=Glyph::Idea on_click=move |()| pick_all(session, id)>
                "Suggest questions"
            </Button>
        </div>
    }
}

/// One suggestion with why it is one.
#[component]
fn Line(
    /// The one session.
    session: Session,
    /// Which talk.
    id: InterviewId,
    /// What to show.
    suggestion: Suggestion,
) -> impl IntoView {
    let question = suggestion.id;
    let add = move |()| {
        session.edit(|w| w.toggle_pick(id, &question));
        // The line has gone, and with the last one the whole list.
        let list = ".prepare-suggested summary".to_owned();
        location::focus_when_drawn(vec![PICK.to_owned(), list]);
    };
    view! {
        <li class="row">
            <div class="row-words">
                <span dir="auto">{suggestion.text.clone()}</span>
                <span class="prepare-pick-facts">
                    <Chip>{words::theme(suggestion.theme)}</Chip>
                    <Chip tone=Tone::Accent>{suggestion.reason}</Chip>
                </span>
            </div>
            <div class="row-trailing">
                <Button kind=ButtonKind::Quiet glyph=Glyph::Add label=format!("Add: {}", suggestion.text) on_click=add>
                    "Add"
                </Button>
            </div>
        </li>
    }
}
