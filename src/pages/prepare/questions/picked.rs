//! The questions that were picked, in their rank.

use super::reason;
use crate::browser::location;
use crate::components::{Button, ButtonKind, Chip, Glyph, Tone, When, each};
use crate::derived::{Derived, derived};
use crate::domain::id::{InterviewId, QuestionId};
use crate::domain::key::Key;
use crate::domain::question::{Theme, Weight};
use crate::domain::workspace::Workspace;
use crate::pages::prepare::talk_with;
use crate::session::Session;
use crate::view::view;
use crate::words;
use leptos::prelude::*;

/// What one line shows.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Pick {
    id: QuestionId,
    text: String,
    theme: Theme,
    minutes: u16,
    fits: bool,
    reason: Option<&'static str>,
    suits: bool,
}

/// The picked questions that still exist, in their rank.
fn picks(w: &Workspace, id: InterviewId) -> Vec<Pick> {
    let Some((talk, contact)) = talk_with(w, id) else { return Vec::new() };
    let agenda = w.agenda(talk);
    w.picked(talk)
        .into_iter()
        .map(|question| Pick {
            fits: agenda.part_of_question(&question.id).is_some(),
            reason: reason(question.weight == Weight::Must, question.suits, contact.seniority()),
            suits: question.suits(contact),
            id: question.id,
            text: question.text,
            theme: question.theme,
            minutes: question.minutes,
        })
        .collect()
}

/// The list.
#[component]
pub fn Picked(
    /// The one session.
    session: Session,
    /// Which talk.
    id: InterviewId,
) -> impl IntoView {
    let picks = session.select(move |w| picks(w, id));
    let ids = derived(move || {
        picks.with(|picks| picks.iter().map(|pick| pick.id.clone()).collect::<Vec<_>>())
    });
    let moved = RwSignal::new(String::new());
    let line = move |question: QuestionId| view! { <Line session id question picks moved /> };
    view! {
        <When when=move || picks.with(|picks| !picks.is_empty())>
            <ol class="prepare-picks" aria-label="Your questions, most important first">
                {each(move || ids.get(), QuestionId::to_string, move |id| line(id.clone()))}
            </ol>
        </When>
        <p class="visually-hidden" role="status">{move || moved.get()}</p>
    }
}

/// One question with the ways to move and drop it.
#[component]
fn Line(
    /// The one session.
    session: Session,
    /// Which talk.
    id: InterviewId,
    /// Which question.
    question: QuestionId,
    /// All lines.
    picks: Derived<Vec<Pick>>,
    /// What a move led to, read out.
    moved: RwSignal<String>,
) -> impl IntoView {
    let row = format!("pick-{question}");
    let wanted = StoredValue::new(question);
    // The rank, from 0, with the line itself; nothing in the moment in which it goes.
    let found = derived(move || {
        picks.with(|picks| {
            wanted.with_value(|wanted| {
                let rank = picks.iter().position(|pick| pick.id == *wanted)?;
                Some((rank, picks.len(), picks.get(rank)?.clone()))
            })
        })
    });
    let text = derived(move || found.get().map(|(_, _, pick)| pick.text).unwrap_or_default());
    let is_first = Signal::derive(move || found.get().is_some_and(|(rank, ..)| rank == 0));
    let is_last = Signal::derive(move || found.get().is_some_and(|(rank, all, _)| rank + 1 == all));
    let shift = move |direction| {
        let to = wanted.with_value(|wanted| shift(session, id, wanted, direction));
        let Some((to, all)) = to else { return };
        moved.set(format!("Now {} of {all}.", to + 1));
        // A line that is moved in the page loses the keyboard; and at either end its button rests.
        let button = match (direction, to) {
            (Direction::Up, 0) => "down",
            (Direction::Down, to) if to + 1 == all => "up",
            (Direction::Up, _) => "up",
            (Direction::Down, _) => "down",
        };
        focus_in(wanted.with_value(ToString::to_string), button);
    };
    let remove = move |()| {
        let next = picks.with_untracked(|picks| {
            let rank = found.get_untracked().map_or(0, |(rank, ..)| rank);
            picks.get(rank + 1).or_else(|| picks.get(rank.checked_sub(1)?)).map(|p| p.id.clone())
        });
        session.edit_undoable("The question is dropped.", |w| {
            let before = w.before(&Key::Interview(id));
            wanted.with_value(|wanted| w.toggle_pick(id, wanted));
            before
        });
        if let Some(next) = next {
            focus_in(next.to_string(), "drop");
        }
    };
    view! {
        <li class="prepare-pick" id=row class:prepare-pick-reserve=move || found.get().is_some_and(|(.., pick)| !pick.fits)>
            <span class="prepare-pick-rank numbers" aria-hidden="true">
                {move || found.get().map(|(rank, ..)| rank + 1)}
            </span>
            <div class="prepare-pick-words">
                <p dir="auto">{move || text.get()}</p>
                <p class="prepare-pick-facts">{move || found.get().map(|(.., pick)| facts(pick))}</p>
            </div>
            <div class="prepare-pick-deeds">
                <span class="up">
                    <Button
                        kind=ButtonKind::Quiet
                        glyph=Glyph::Up
                        disabled=is_first
                        label=Signal::derive(move || format!("Move up: {}", text.get()))
                        on_click=move |()| shift(Direction::Up)
                    />
                </span>
                <span class="down">
                    <Button
                        kind=ButtonKind::Quiet
                        glyph=Glyph::Up
                        disabled=is_last
                        label=Signal::derive(move || format!("Move down: {}", text.get()))
                        on_click=move |()| shift(Direction::Down)
                    />
                </span>
                <span class="drop">
                    <Button
                        kind=ButtonKind::Quiet
                        glyph=Glyph::Close
                        label=Signal::derive(move || format!("Remove: {}", text.get()))
                        on_click=remove
                    />
                </span>
            </div>
        </li>
    }
}

/// Theme, minutes, and what else there is to know of a picked question.
fn facts(pick: Pick) -> impl IntoView {
    view! {
        <span class="small muted numbers">{format!("{} min", pick.minutes)}</span>
        <Chip>{words::theme(pick.theme)}</Chip>
        {pick.reason.map(|reason| view! { <Chip tone=Tone::Accent>{reason}</Chip> })}
        {(!pick.suits).then(|| view! { <Chip tone=Tone::Amber>"Others know this better"</Chip> })}
        {(!pick.fits).then(|| view! { <Chip tone=Tone::Amber glyph=Glyph::Clock>"In reserve"</Chip> })}
    }
}

/// Which way a question moves in rank.
#[derive(Clone, Copy)]
enum Direction {
    Up,
    Down,
}

/// Moves a question past its neighbour, and says its new place and of how many.
/// A pick whose question is gone stays in the record but is no neighbour.
fn shift(
    session: Session,
    id: InterviewId,
    question: &QuestionId,
    direction: Direction,
) -> Option<(usize, usize)> {
    let (steps, to, all) = session.peek(|w| {
        let talk = w.interview(id)?;
        let seen: Vec<_> = w.picked(talk).into_iter().map(|question| question.id).collect();
        let from = seen.iter().position(|seen| seen == question)?;
        let to = match direction {
            Direction::Up => from.checked_sub(1)?,
            Direction::Down => from + 1,
        };
        let neighbour = seen.get(to)?;
        let place = |wanted| talk.picks.iter().position(|pick| pick == wanted);
        let steps = place(neighbour)?.checked_signed_diff(place(question)?)?;
        Some((steps, to, seen.len()))
    })?;
    session.edit(|w| w.rank_pick(id, question, steps));
    Some((to, all))
}

/// Takes the keyboard to one button of a line, once the list is drawn anew.
fn focus_in(question: String, button: &'static str) {
    location::focus_when_drawn(vec![format!("#pick-{question} .{button} button")]);
}
