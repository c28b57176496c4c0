//! Step 7: what is still missing, a last look, and off into the talk (P94).

use super::questions::fit_words;
use super::words::Which;
use super::{gaps, talk_with};
use crate::browser::{clipboard, clock, location};
use crate::components::{Button, ButtonKind, Glyph, Icon, LinkButton, When};
use crate::content::drafts;
use crate::domain::id::InterviewId;
use crate::domain::interview::{Mode, Stage};
use crate::domain::workspace::Workspace;
use crate::pages::guide::{asked_in_order, when_and_where};
use crate::route::Route;
use crate::session::Session;
use crate::view::view;
use crate::words;
use leptos::prelude::*;

/// The controls of the step.
#[component]
pub fn Ready(
    /// The one session.
    session: Session,
    /// Which talk.
    id: InterviewId,
) -> impl IntoView {
    view! {
        <div class="form prepare-wide">
            <MissingStill session id />
            <Summary session id />
            <Go session id />
        </div>
    }
}

/// What is missing, each with the way to it; or that nothing is.
#[component]
fn MissingStill(
    /// The one session.
    session: Session,
    /// Which talk.
    id: InterviewId,
) -> impl IntoView {
    let missing = session.select(move |w| gaps(w, id));
    view! {
        <When
            when=move || missing.with(|missing| !missing.is_empty())
            fallback=|| view! {
                <p class="prepare-done">
                    <Icon glyph=Glyph::Done />
                    <span>"You are ready. Nothing is missing."</span>
                </p>
            }
        >
            <section class="stack-tight" aria-labelledby="prepare-missing">
                <h3 id="prepare-missing">"Still open"</h3>
                <ul class="prepare-missing">
                    {move || missing.get().into_iter().map(|gap| {
                        let place = Route::Prepare(id, Some(gap.step()));
                        view! {
                            <li>
                                <span>
                                    <a href=place.to_string()>{words::gap(gap)}</a> " "
                                    <span class="small muted">{words::step(gap.step())}</span>
                                </span>
                            </li>
                        }
                    }).collect_view()}
                </ul>
                <p class="small muted">"None of it stops you: you can talk now, and fill it later."</p>
            </section>
        </When>
    }
}

/// The talk at a glance.
#[component]
fn Summary(
    /// The one session.
    session: Session,
    /// Which talk.
    id: InterviewId,
) -> impl IntoView {
    let facts = session.select(move |w| facts(w, id));
    let card = session.select(move |w| {
        w.interview(id).map(|talk| drafts::purpose_card(w.plan(), talk)).unwrap_or_default()
    });
    view! {
        <section class="card stack" aria-label="The talk at a glance">
            <dl class="kv">
                {move || facts.get().into_iter().map(|(term, said)| view! {
                    <dt>{term}</dt>
                    <dd dir="auto">{said}</dd>
                }).collect_view()}
            </dl>
            <hr />
            <div class="stack-tight">
                <h3>"In sight while you talk"</h3>
                <ul class="bullets">
                    {move || card.get().into_iter().map(|line| view! { <li dir="auto">{line}</li> }).collect_view()}
                </ul>
            </div>
        </section>
    }
}

/// Who, when, where, how long and how many questions, as far as it is known.
fn facts(w: &Workspace, id: InterviewId) -> Vec<(&'static str, String)> {
    let Some((talk, contact)) = talk_with(w, id) else { return Vec::new() };
    let position = words::position(contact);
    let who = match position.as_str() {
        "" => words::name(contact),
        position => format!("{}, {position}", words::name(contact)),
    };
    let mut facts = vec![("Who", who)];
    facts.extend(when_and_where(talk, contact));
    facts.push(("Questions", fit_words(w, talk)));
    facts
}

/// Into the talk, and to the guide. What is over leads to its debrief.
#[component]
fn Go(
    /// The one session.
    session: Session,
    /// Which talk.
    id: InterviewId,
) -> impl IntoView {
    let stage = session.select(move |w| w.interview(id).map(|talk| talk.stage()));
    let writing =
        session.select(move |w| w.interview(id).is_some_and(|t| t.mode == Some(Mode::InWriting)));
    let start = move |()| {
        session.edit(|w| w.start(id, clock::now()));
        location::go(&Route::Live(id));
    };
    let onward = move || match stage.get()? {
        Stage::Preparing | Stage::Scheduled => Some(
            view! {
                <Button kind=ButtonKind::Primary glyph=Glyph::Play on_click=start>
                    {move || if writing.get() { "Enter their answers" } else { "Start the talk" }}
                </Button>
            }
            .into_any(),
        ),
        Stage::Live => Some(
            view! {
                <LinkButton kind=ButtonKind::Primary href=Route::Live(id).to_string()>
                    "Back to the talk"
                </LinkButton>
            }
            .into_any(),
        ),
        Stage::ToDebrief | Stage::Done => Some(
            view! {
                <LinkButton kind=ButtonKind::Primary href=Route::Debrief(id).to_string()>
                    "This talk is over: see the debrief"
                </LinkButton>
            }
            .into_any(),
        ),
    };
    view! {
        <div class="cluster">
            {onward}
            <When when=move || writing.get()>
                <CopyLetter session id />
            </When>
            <LinkButton href=Route::Guide(id).to_string() glyph=Glyph::Print>"Print the guide"</LinkButton>
        </div>
    }
}

/// Copies the whole letter when they answer in writing (P15).
#[component]
fn CopyLetter(
    /// The one session.
    session: Session,
    /// Which talk.
    id: InterviewId,
) -> impl IntoView {
    let (copied, set_copied) = signal(None::<bool>);
    let copy = move |()| {
        let text = session.peek(|w| letter(w, id));
        leptos::task::spawn_local(
            async move { set_copied.set(Some(clipboard::copy(&text).await)) },
        );
    };
    view! {
        <Button glyph=Glyph::Copy on_click=copy>"Copy the letter"</Button>
        <span class="small muted" role="status">
            {move || copied.get().map(|done| if done {
                "Copied: paste it into your email."
            } else {
                "This browser does not let the page copy. The guide has the same text."
            })}
        </span>
    }
}

/// Opening, numbered questions, closing, name: one after the other.
fn letter(w: &Workspace, id: InterviewId) -> String {
    let questions: Vec<_> = asked_in_order(w, id)
        .into_iter()
        .zip(1..)
        .map(|(question, number)| format!("{number}. {}", question.text))
        .collect();
    let parts = [
        Which::Opening.text(w, id),
        questions.join("\n"),
        Which::Closing.text(w, id),
        w.plan().name.clone(),
    ];
    let filled: Vec<_> = parts.into_iter().filter(|part| !part.trim().is_empty()).collect();
    filled.join("\n\n")
}
