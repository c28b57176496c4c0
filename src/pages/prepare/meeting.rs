//! Step 3: how, when, for how long and where (P62 to P66, P96).

use super::talk_with;
use crate::browser::clock;
use crate::components::{
    Choice, Glyph, InputKind, RadioGroup, RadioLayout, TextArea, TextField, When,
};
use crate::derived::derived;
use crate::domain::id::InterviewId;
use crate::domain::interview::Mode;
use crate::exchange::calendar;
use crate::pages::bound::{at_position, bound, interview_text, position_of};
use crate::pages::export::ExportButton;
use crate::session::Session;
use crate::view::view;
use crate::words;
use chrono::{DateTime, Datelike, NaiveDateTime, Utc};
use leptos::prelude::*;

/// The lengths that most talks have (C4).
const USUAL_MINUTES: [u16; 4] = [15, 20, 25, 30];

/// What a talk can be set to, typed by hand.
const MINUTES: std::ops::RangeInclusive<u16> = 1..=240;

/// The controls of the step.
#[component]
pub fn Meeting(
    /// The one session.
    session: Session,
    /// Which talk.
    id: InterviewId,
) -> impl IntoView {
    let chosen = session.select(move |w| w.interview(id).and_then(|talk| talk.mode));
    let mode = bound(
        session,
        move |w| {
            let mode = w.interview(id).and_then(|talk| talk.mode);
            mode.map(|mode| position_of(Mode::ALL, &mode)).unwrap_or_default()
        },
        move |w, value| w.edit_interview(id, |talk| talk.mode = at_position(Mode::ALL, &value)),
    );
    let writing = derived(move || chosen.get() == Some(Mode::InWriting));
    view! {
        <div class="form">
            <RadioGroup
                label="How will you talk?"
                hint="Best first. Offer, and let them choose."
                options=modes()
                value=mode.value
                on_change=mode.on_input
                layout=RadioLayout::Cards
            />
            <When when=move || !writing.get()>
                <Moment session id />
            </When>
            <Minutes session id writing=writing.into() />
            // A new mode asks in other words. Nobody is typing here while choosing one.
            {move || {
                let mode = chosen.get();
                view! {
                    {(mode != Some(Mode::InWriting)).then(|| view! { <Place session id mode /> })}
                    <Arrangements session id mode />
                }
            }}
        </div>
    }
}

fn modes() -> Vec<Choice> {
    Mode::ALL
        .iter()
        .enumerate()
        .map(|(position, mode)| {
            let hint = match mode {
                Mode::InPerson => "You see the place, and people say more face to face.",
                Mode::Video => "Next best. A link that needs no account.",
                Mode::Phone => "Easy to say yes to. Plan for fewer minutes.",
                Mode::InWriting => "If they prefer it. A few short questions.",
            };
            Choice::new(position.to_string(), words::mode(*mode)).with_hint(hint)
        })
        .collect()
}

/// The instant that was typed. Half a year reads as year 20 or 202: keeping that
/// would write it back into the control, in the middle of typing.
fn instant(typed: &str) -> Option<DateTime<Utc>> {
    // A control for date and time writes `2026-03-02T09:30`, some with seconds.
    let reading: NaiveDateTime = format!("{}:00", typed.get(..16)?).parse().ok()?;
    (2000..2200).contains(&reading.year()).then_some(reading).and_then(clock::from_local)
}

/// Date and time, in the user's own zone.
#[component]
fn Moment(
    /// The one session.
    session: Session,
    /// Which talk.
    id: InterviewId,
) -> impl IntoView {
    let starts = session.select(move |w| w.interview(id).and_then(|talk| talk.starts_at));
    let value = derived(move || {
        starts
            .get()
            .map(|at| {
                let at = clock::to_local(at);
                format!("{}T{}", at.date(), words::time(at))
            })
            .unwrap_or_default()
    });
    let error = RwSignal::new(None::<String>);
    let on_input = move |typed: String| {
        let at = instant(&typed);
        if at.is_some() || typed.is_empty() {
            session.edit(|w| w.edit_interview(id, |talk| talk.starts_at = at));
            error.set(None);
        } else {
            error.set(Some("Not kept yet: please look at the year.".to_owned()));
        }
    };
    let in_words = move || {
        let at = clock::to_local(starts.get()?);
        let away = words::days_away(at.date(), clock::today());
        Some(if starts.get()? < clock::now() {
            format!("{}, {away}. That is past already.", words::full_day(at.date()))
        } else {
            format!("{}, {away}.", words::full_day(at.date()))
        })
    };
    let entry = move |()| {
        session
            .peek(|w| talk_with(w, id).and_then(|(talk, c)| calendar::talk(talk, c, clock::now())))
    };
    view! {
        <div class="stack-tight">
            <TextField
                label="Date and time"
                kind=InputKind::DateTime
                value=value
                on_input=on_input
                hint="On your own clock. If you live in different zones, say both when you confirm."
                error=error
            />
            <p class="small muted" role="status">{in_words}</p>
            <When when=move || starts.get().is_some()>
                <div class="cluster">
                    <ExportButton glyph=Glyph::Calendar make=entry>"Add to my calendar"</ExportButton>
                </div>
            </When>
        </div>
    }
}

/// How long, agreed before (P66).
#[component]
fn Minutes(
    /// The one session.
    session: Session,
    /// Which talk.
    id: InterviewId,
    /// Whether they answer in writing.
    writing: Signal<bool>,
) -> impl IntoView {
    let minutes = session.select(move |w| w.interview(id).map_or(20, |talk| talk.minutes));
    let other = RwSignal::new(!USUAL_MINUTES.contains(&minutes.get_untracked()));
    let error = RwSignal::new(None::<String>);
    let keep = move |minutes| {
        session.edit(|w| w.edit_interview(id, |talk| talk.minutes = minutes));
        error.set(None);
    };
    let value =
        Signal::derive(
            move || {
                if other.get() { "other".to_owned() } else { minutes.get().to_string() }
            },
        );
    let choose = move |value: String| match value.parse() {
        Ok(minutes) => {
            other.set(false);
            keep(minutes);
        }
        Err(_) => other.set(true),
    };
    let type_in = move |typed: String| match typed.trim().parse::<u16>() {
        Ok(minutes) if MINUTES.contains(&minutes) => keep(minutes),
        _ => error.set(Some(format!(
            "From {} to {}, please. Until then it stays at {}.",
            MINUTES.start(),
            MINUTES.end(),
            minutes.get_untracked()
        ))),
    };
    let options = USUAL_MINUTES
        .iter()
        .map(|minutes| Choice::new(minutes.to_string(), minutes.to_string()))
        .chain([Choice::new("other", "Other")])
        .collect();
    let hint = Signal::derive(move || {
        Some(
            if writing.get() {
                "The time it should take them to answer. Your message will name it."
            } else {
                "Name it when you ask, and stop when it is over."
            }
            .to_owned(),
        )
    });
    view! {
        <RadioGroup
            label="Minutes"
            hint=hint
            options
            value
            on_change=choose
            layout=RadioLayout::Row
        />
        <When when=move || other.get()>
            <TextField
                label="How many minutes"
                kind=InputKind::Number
                value=Signal::derive(move || minutes.get().to_string())
                on_input=type_in
                error=error
            />
        </When>
    }
}

/// Where, or by which link or number.
#[component]
fn Place(
    /// The one session.
    session: Session,
    /// Which talk.
    id: InterviewId,
    /// How the talk is held.
    mode: Option<Mode>,
) -> impl IntoView {
    let place = interview_text!(session, id, place);
    let phone = session.peek(|w| talk_with(w, id).map(|(_, contact)| contact.phone.clone()));
    let phone = phone.filter(|phone| !phone.trim().is_empty());
    let (label, hint) = match (mode, phone) {
        (Some(Mode::Video), _) => ("Link", "Without a social network behind it.".to_owned()),
        (Some(Mode::Phone), Some(phone)) => {
            ("Number", format!("Leave it empty if it is {}.", phone.trim()))
        }
        (Some(Mode::Phone), None) => ("Number", "And who rings whom.".to_owned()),
        (Some(Mode::InPerson), _) => (
            "Place",
            "Their workplace teaches you most. Else somewhere open and quiet, near them."
                .to_owned(),
        ),
        _ => ("Place, link or number", "As far as you know it.".to_owned()),
    };
    view! { <TextField label value=place.value on_input=place.on_input hint /> }
}

/// What else was agreed (P65, P96).
#[component]
fn Arrangements(
    /// The one session.
    session: Session,
    /// Which talk.
    id: InterviewId,
    /// How the talk is held.
    mode: Option<Mode>,
) -> impl IntoView {
    let arrangements = interview_text!(session, id, arrangements);
    let hint = match mode {
        Some(Mode::InPerson) | None => {
            "How they will know you, photo ID at the door, where to park, what people wear there."
        }
        Some(Mode::Video) => "Who sends the link, and what you do if it fails.",
        Some(Mode::Phone) => "Who rings whom, and when it should not be.",
        Some(Mode::InWriting) => "Where the questions go, and by when they would like to answer.",
    };
    view! {
        <TextArea
            label="What else you agreed on"
            value=arrangements.value
            on_input=arrangements.on_input
            rows=2
            hint
        />
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_half_typed_year_is_not_kept() {
        for typed in ["", "0002-03-09T14:30", "0202-03-09T14:30", "2026-03-09", "2026-13-01T10:00"]
        {
            assert_eq!(instant(typed), None, "{typed}");
        }
        assert!(instant("2026-03-09T14:30").is_some());
        assert!(instant("2026-03-09T14:30:15").is_some());
    }
}
