//! The wizard that prepares one talk: seven steps, each in a file of its own.
//!
//! Any step can be left and come back to, none is ever locked. What is known is
//! shown and not asked again; what is missing is said, with the way to it.

mod asked;
mod meeting;
mod packing;
mod person;
mod purpose;
mod questions;
mod ready;
mod words;

pub(super) use packing::items as packing_items;
pub(super) use words::Which;

use crate::components::{
    ButtonKind, Glyph, Icon, LinkButton, PageHeader, StepItem, StepState, Stepper, When,
};
use crate::content::drafts;
use crate::domain::contact::Contact;
use crate::domain::id::InterviewId;
use crate::domain::interview::Interview;
use crate::domain::prepare::{self, Gap, Step};
use crate::domain::workspace::Workspace;
use crate::pages::not_found::Missing;
use crate::route::Route;
use crate::session::Session;
use crate::view::view;
use crate::words::{Stretch, gap as gap_words, name, step as step_name, stretches};
use leptos::prelude::*;

/// A talk with its person. Both are there wherever the wizard shows anything.
pub(super) fn talk_with(w: &Workspace, id: InterviewId) -> Option<(&Interview, &Contact)> {
    let talk = w.interview(id)?;
    Some((talk, w.contact(talk.contact)?))
}

/// What a talk still lacks.
fn gaps(w: &Workspace, id: InterviewId) -> Vec<Gap> {
    let Some((talk, contact)) = talk_with(w, id) else { return Vec::new() };
    let picked = w.picked(talk);
    prepare::gaps(talk, contact, w.plan(), &picked.iter().collect::<Vec<_>>())
}

/// A draft with its gaps marked, so that none is read out by mistake.
pub(super) fn marked(draft: &str) -> impl IntoView + use<> {
    let part = |stretch: Stretch<'_>| match stretch {
        Stretch::Said(said) => said.to_owned().into_any(),
        Stretch::Gap(gap) => view! { <mark class="prepare-gap">{gap.to_owned()}</mark> }.into_any(),
    };
    stretches(draft).into_iter().map(part).collect_view()
}

/// Takes the offer to undo away with the step: undoing puts the whole talk back, and
/// what was entered on other steps since then, or the clock, would go with it.
fn undo_on_this_step_alone(session: Session) {
    on_cleanup(move || session.forget_undo());
}

/// The wizard; without a step in the address it opens where it was left.
#[component]
pub fn Prepare(
    /// The one session.
    session: Session,
    /// Which talk.
    id: InterviewId,
    /// The step in the address.
    step: Option<Step>,
) -> impl IntoView {
    let exists = session.select(move |w| talk_with(w, id).is_some());
    let left_at = session.peek(|w| w.interview(id).map(|talk| talk.step)).unwrap_or_default();
    let step = step.unwrap_or(left_at);
    session.edit(|w| w.edit_interview(id, |talk| talk.step = step));
    view! {
        <When
            when=move || exists.get()
            fallback=|| view! {
                <Missing title="This talk is not here" back=Route::Interviews back_label="See all talks" />
            }
        >
            <Wizard session id step />
        </When>
    }
}

/// The frame around every step.
#[component]
fn Wizard(
    /// The one session.
    session: Session,
    /// Which talk.
    id: InterviewId,
    /// The step on the screen.
    step: Step,
) -> impl IntoView {
    let title = session.select(move |w| {
        talk_with(w, id).map(|(_, contact)| format!("Prepare for {}", name(contact)))
    });
    let back = session.peek(|w| {
        talk_with(w, id).map(|(_, contact)| (Route::Contact(contact.id).to_string(), name(contact)))
    });
    let back = back.unwrap_or((Route::Contacts.to_string(), "People".to_owned()));
    let steps = session.select(move |w| step_items(w, id, step));
    view! {
        <div class="page prepare">
            <PageHeader title=Signal::derive(move || title.get().unwrap_or_default()) back />
            <Stepper steps label="Steps of preparing" />
            <section class="prepare-step stack-loose" aria-labelledby="prepare-step-title">
                <div class="stack-tight">
                    <h2 id="prepare-step-title">{drafts::step_title(step)}</h2>
                    <p class="muted">{drafts::step_tip(step)}</p>
                </div>
                {step_body(session, id, step)}
                <StillOpen session id step />
                <Onward id step />
            </section>
        </div>
    }
}

/// The controls of one step.
fn step_body(session: Session, id: InterviewId, step: Step) -> AnyView {
    match step {
        Step::Purpose => view! { <purpose::Purpose session id /> }.into_any(),
        Step::Person => view! { <person::Person session id /> }.into_any(),
        Step::Meeting => view! { <meeting::Meeting session id /> }.into_any(),
        Step::Questions => view! { <questions::Questions session id /> }.into_any(),
        Step::Words => view! { <words::Words session id /> }.into_any(),
        Step::Packing => view! { <packing::Packing session id /> }.into_any(),
        Step::Ready => view! { <ready::Ready session id /> }.into_any(),
    }
}

/// How each step stands, seen from `current`. What lies before it, or before the
/// last step on which something was entered, counts as visited.
fn step_items(w: &Workspace, id: InterviewId, current: Step) -> Vec<StepItem> {
    let gaps = gaps(w, id);
    let has_begun =
        |step: &&Step| w.interview(id).is_some_and(|talk| prepare::is_begun(**step, talk));
    let furthest = Step::ALL.iter().rfind(has_begun).copied();
    let begun = |step| step < current || furthest.is_some_and(|furthest| step <= furthest);
    let state = |step: Step| {
        if step == current {
            StepState::Current
        } else if !begun(step) {
            StepState::Todo
        } else if gaps.iter().any(|gap| gap.step() == step) {
            StepState::Missing
        } else {
            StepState::Done
        }
    };
    Step::ALL
        .iter()
        .map(|step| {
            let place = Route::Prepare(id, Some(*step));
            StepItem::new(place.to_string(), step_name(*step), state(*step))
        })
        .collect()
}

/// What this step still lacks, said once it was begun: nobody is told off on arrival.
/// The questions say it beside their list, and the last step says all of it.
#[component]
fn StillOpen(
    /// The one session.
    session: Session,
    /// Which talk.
    id: InterviewId,
    /// The step on the screen.
    step: Step,
) -> impl IntoView {
    let open = session.select(move |w| {
        let said_here = !matches!(step, Step::Questions | Step::Ready);
        let begun = w.interview(id).is_some_and(|talk| prepare::is_begun(step, talk));
        gaps(w, id)
            .into_iter()
            .filter(|gap| said_here && begun && gap.step() == step)
            .collect::<Vec<_>>()
    });
    view! {
        <When when=move || open.with(|open| !open.is_empty())>
            <p class="prepare-open small">
                <Icon glyph=Glyph::Info />
                <span>
                    "Still open: "
                    {move || open.get().into_iter().map(gap_words).collect::<Vec<_>>().join(" · ")}
                </span>
            </p>
        </When>
    }
}

/// The ways to the step before and the one after.
#[component]
fn Onward(
    /// Which talk.
    id: InterviewId,
    /// The step on the screen.
    step: Step,
) -> impl IntoView {
    let place = |step| Route::Prepare(id, Some(step)).to_string();
    let before = step.before().map(|before| {
        view! {
            <LinkButton href=place(before) glyph=Glyph::Previous label=format!("Back: {}", step_name(before))>
                "Back"
            </LinkButton>
        }
    });
    let after = step.after().map(|after| {
        view! {
            <LinkButton href=place(after) kind=ButtonKind::Primary>
                {format!("Next: {}", step_name(after))}
                <Icon glyph=Glyph::Next />
            </LinkButton>
        }
    });
    view! { <nav class="prepare-onward" aria-label="Steps before and after">{before}{after}</nav> }
}
