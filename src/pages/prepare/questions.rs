//! Step 4: the questions, picked, ranked and fitted to the minutes (P3, P97).
//!
//! The list follows the rank, most important first; what no longer fits into the
//! minutes waits in reserve, and the closing always fits.

mod bank;
mod own;
mod picked;
mod suggested;

use super::{gaps, talk_with, undo_on_this_step_alone};
use crate::browser::location;
use crate::components::{Button, ButtonKind, Segment, TimeBar, Tone, When};
use crate::domain::contact::Seniority;
use crate::domain::id::InterviewId;
use crate::domain::interview::{Interview, Mode};
use crate::domain::prepare::{Gap, Step};
use crate::domain::question::Theme;
use crate::domain::timebox::{Part, question_time};
use crate::domain::workspace::Workspace;
use crate::pages::bound::{Query, position_of};
use crate::session::Session;
use crate::view::view;
use crate::words;
use leptos::prelude::*;

/// What of the bank is on the screen.
#[derive(Clone, Copy)]
struct Shown {
    /// Words to look for.
    query: Query,
    /// One theme alone, by its position; empty for all.
    theme: RwSignal<String>,
}

impl Shown {
    /// Shows one theme and takes the keyboard there.
    fn only(self, theme: Theme) {
        self.query.words.set(String::new());
        self.theme.set(position_of(Theme::ALL, &theme));
        location::focus_when_drawn(vec![".prepare-bank-list summary".to_owned()]);
    }
}

/// The controls of the step.
#[component]
pub fn Questions(
    /// The one session.
    session: Session,
    /// Which talk.
    id: InterviewId,
) -> impl IntoView {
    undo_on_this_step_alone(session);
    let shown = Shown { query: Query::new(), theme: RwSignal::new(String::new()) };
    view! {
        <div class="prepare-questions">
            <div class="stack prepare-picking">
                <Fit session id />
                <picked::Picked session id />
                <Lacking session id shown />
                <suggested::Suggested session id />
                <own::Own session id />
            </div>
            <bank::Bank session id shown />
        </div>
    }
}

/// How the questions fit into the minutes, in a sentence.
pub(super) fn fit_words(w: &Workspace, talk: &Interview) -> String {
    let picked = w.picked(talk).len();
    let reserve = w.agenda(talk).reserve.len();
    let questions = |count| words::count(count, "question", "questions");
    if talk.mode == Some(Mode::InWriting) {
        return match picked {
            0 => "None yet. In writing, five or six are plenty.".to_owned(),
            1..=6 => format!("{}. In writing, that is plenty.", questions(picked)),
            _ => format!("{}. In writing, five or six are plenty.", questions(picked)),
        };
    }
    match (picked, reserve) {
        (0, _) => {
            let room = question_time(talk.minutes).num_minutes() / 2;
            format!("None yet. There is room for about {room}.")
        }
        (1, 0) => "1 question, and it fits.".to_owned(),
        (_, 0) => format!("{} fit.", questions(picked)),
        _ if picked == reserve => format!("{} in reserve: none fits the time.", questions(picked)),
        _ if picked - reserve == 1 => format!("1 question fits, {reserve} in reserve."),
        _ => format!("{} fit, {reserve} in reserve.", questions(picked - reserve)),
    }
}

/// The talk to scale, and whether the questions fit into it.
#[component]
fn Fit(
    /// The one session.
    session: Session,
    /// Which talk.
    id: InterviewId,
) -> impl IntoView {
    let writing =
        session.select(move |w| w.interview(id).is_some_and(|t| t.mode == Some(Mode::InWriting)));
    let segments = session.select(move |w| segments(w, id));
    let line =
        session.select(move |w| w.interview(id).map(|talk| fit_words(w, talk)).unwrap_or_default());
    let caption = session.select(move |w| {
        let minutes = w.interview(id).map_or(0, |talk| talk.minutes);
        format!("Your {}", words::count(usize::from(minutes), "minute", "minutes"))
    });
    view! {
        <div class="stack-tight prepare-fit">
            <When when=move || !writing.get()>
                <TimeBar segments caption />
            </When>
            <p class="prepare-fit-words" role="status">{move || line.get()}</p>
        </div>
    }
}

/// The parts of the talk for the bar.
fn segments(w: &Workspace, id: InterviewId) -> Vec<Segment> {
    let Some(talk) = w.interview(id) else { return Vec::new() };
    // Minutes of a talk are few, so that a float holds them to the second.
    #[allow(clippy::cast_precision_loss)]
    let seconds = |time: chrono::TimeDelta| time.num_seconds() as f64;
    let whole = f64::from(talk.minutes.max(1)) * 60.0;
    w.agenda(talk)
        .slots
        .iter()
        .filter(|slot| slot.length > chrono::TimeDelta::zero())
        .map(|slot| {
            let tone = match slot.part {
                Part::Opening | Part::Introduction => Tone::Neutral,
                Part::Story | Part::Advice => Tone::Accent,
                Part::Closing => Tone::Warm,
            };
            let questions = match slot.questions.len() {
                0 => String::new(),
                count => format!(" ({})", words::count(count, "question", "questions")),
            };
            let label =
                format!("{}, {}{questions}", words::part(slot.part), words::minutes(slot.length));
            Segment::new(label, seconds(slot.length) / whole, tone)
        })
        .collect()
}

/// Why a question is worth asking this person, if anything says so.
fn reason(
    must: bool,
    suits: Option<Seniority>,
    contact: Option<Seniority>,
) -> Option<&'static str> {
    match suits {
        Some(suits) if Some(suits) == contact => Some(match suits {
            Seniority::Junior => "Suits newcomers",
            Seniority::Mid => "Suits the experienced",
            Seniority::Senior => "Suits seniors",
        }),
        _ => must.then_some("Must ask"),
    }
}

/// Slots that no talk should leave empty, with the way to fill them (P30).
#[component]
fn Lacking(
    /// The one session.
    session: Session,
    /// Which talk.
    id: InterviewId,
    /// What of the bank is on the screen.
    shown: Shown,
) -> impl IntoView {
    let lacking = session.select(move |w| {
        let theme = |gap| match gap {
            Gap::NothingOnPathIn => Some((gap, Theme::PathIn)),
            Gap::NothingOnResources => Some((gap, Theme::Resources)),
            Gap::NothingToClose => Some((gap, Theme::Closing)),
            _ => None,
        };
        gaps(w, id)
            .into_iter()
            .filter(|gap| gap.step() == Step::Questions)
            .filter_map(theme)
            .collect::<Vec<_>>()
    });
    view! {
        <When when=move || lacking.with(|lacking| !lacking.is_empty())>
            <div class="prepare-lacking">
                <p class="small muted">"Worth adding:"</p>
                {move || lacking.get().into_iter().map(|(gap, theme)| view! {
                    <Button kind=ButtonKind::Quiet on_click=move |()| shown.only(theme)>
                        {words::gap(gap)}
                    </Button>
                }).collect_view()}
            </div>
        </When>
    }
}

/// What is known of the person and the talk when questions are weighed.
fn weighing(w: &Workspace, id: InterviewId) -> Option<(Option<Seniority>, u16)> {
    talk_with(w, id).map(|(talk, contact)| (contact.seniority(), talk.minutes))
}
