//! How far the search has come, and what may honestly be expected of it
//! (P16, P42, P56). Only figures whose source is named are printed.

use crate::components::{Meter, When};
use crate::domain::contact::{Contact, Contacted, Seniority};
use crate::domain::id::ContactId;
use crate::domain::policy::Expect;
use crate::domain::workspace::Workspace;
use crate::route::Route;
use crate::session::Session;
use crate::view::view;
use crate::words;
use leptos::prelude::*;
use std::collections::BTreeSet;

/// How many of those who were asked have answered so far.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Replies {
    asked: usize,
    answered: usize,
}

impl Replies {
    fn of(w: &Workspace) -> Self {
        let had = |contact: &Contact, what: &[Contacted]| {
            contact.touches.iter().any(|touch| what.contains(&touch.what))
        };
        let asked: Vec<_> = w
            .contacts()
            .filter(|contact| had(contact, &[Contacted::Asked, Contacted::Nudged]))
            .collect();
        let answered = asked.iter().filter(|contact| {
            had(contact, &[Contacted::Replied, Contacted::Talked])
                || w.interviews_with(contact.id).any(|talk| talk.ended().is_some())
        });
        Self { asked: asked.len(), answered: answered.count() }
    }

    fn words(self) -> Option<String> {
        (self.asked > 0).then(|| {
            let asked = words::count(self.asked, "person", "people");
            format!("You have asked {asked} so far, and {} answered.", self.answered)
        })
    }
}

/// What the talks held so far suggest for the next (P18, P55, P59).
fn next_step(w: &Workspace) -> &'static str {
    let held: Vec<_> = w.interviews().filter(|talk| talk.ended().is_some()).collect();
    let people: BTreeSet<ContactId> = held.iter().map(|talk| talk.contact).collect();
    let ranks: BTreeSet<Option<Seniority>> =
        people.iter().map(|id| w.contact(*id).and_then(Contact::seniority)).collect();
    match (people.len(), ranks.first()) {
        (0, _) => "Plan on at least two people who came by different paths.",
        (1, _) => "One person is one view. Choose the next for a different path.",
        _ if held.len() >= w.settings().policies.talks.count() => {
            "That is what you aimed for. Hold another only if the last one still told you something new."
        }
        (_, Some(Some(Seniority::Junior))) if ranks.len() == 1 => {
            "All of them are new to the field. Someone with more years knows what has changed."
        }
        (_, Some(Some(_))) if ranks.len() == 1 => {
            "All of them have been there about as long. Choose the next from another stage."
        }
        _ => "Two paths or more: now you can compare. Go on until a talk adds nothing new.",
    }
}

/// Talks held against talks aimed for (C13).
#[component]
pub fn Progress(
    /// The one session.
    session: Session,
) -> impl IntoView {
    let counts = session.select(|w| {
        let held = w.interviews().filter(|talk| talk.ended().is_some()).count();
        (held, w.settings().policies.talks.count())
    });
    let value = move || {
        let (held, aim) = counts.get();
        format!("{held} of {aim}")
    };
    // Counts this small are exact in either kind of number.
    #[allow(clippy::cast_precision_loss)]
    let share = move || {
        let (held, aim) = counts.get();
        held as f64 / aim as f64
    };
    let next = session.select(next_step);
    view! {
        <section class="stack-tight">
            <h2>"How far you are"</h2>
            <Meter
                label="Talks held"
                value=Signal::derive(value)
                share=Signal::derive(share)
            />
            <p>{move || next.get()}</p>
            <p class="small"><a href=Route::Settings.to_string()>"Aim for another number"</a></p>
        </section>
    }
}

/// What to expect, from either side as the user wishes (C12).
#[component]
pub fn Expectations(
    /// The one session.
    session: Session,
) -> impl IntoView {
    let view = session.select(|w| w.settings().policies.expect);
    let replies = session.select(|w| Replies::of(w).words());
    let hopeful = move || view.get() != Expect::DontCount;
    let sober = move || view.get() != Expect::MostAreGlad;
    view! {
        <section class="stack-tight">
            <h2>"What to expect"</h2>
            <ul class="bullets stack-tight">
                <When when=hopeful>
                    <li>
                        "More people say yes than you think: those who ask guess too low, by up to half. "
                        <Source>"Flynn and Lake 2008"</Source>
                    </li>
                </When>
                <When when=sober>
                    <li>
                        "Many never answer: replies from two to four of ten are reported, and from \
                         strangers one of four. Silence is about their week, not about you."
                    </li>
                </When>
                <li>
                    "A handful goes far: of 114 themes in one set of interviews, 80 came up in the first \
                     six. "
                    <Source>"Guest and others 2006"</Source>
                </li>
                <li>
                    "A job hardly ever comes of it, and that is not what it is for. What you learn depends \
                     on what you ask."
                </li>
            </ul>
            {move || replies.get().map(|words| view! { <p class="plan-replies">{words}</p> })}
        </section>
    }
}

/// Where a figure comes from.
#[component]
fn Source(
    /// Who found it, and when.
    children: Children,
) -> impl IntoView {
    view! { <cite class="small muted">{children()}</cite> }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::interview::Interview;
    use chrono::{DateTime, NaiveDate, Utc};

    const NOW: DateTime<Utc> = DateTime::UNIX_EPOCH;

    fn person(w: &mut Workspace, number: u128, years: Option<u16>) -> ContactId {
        let mut contact = Contact::named(ContactId::fixed(number), "Ada", NOW);
        contact.years_in_field = years;
        w.add_contact(contact)
    }

    fn talked(w: &mut Workspace, contact: ContactId) {
        let talk = w.plan_interview(contact, NOW);
        w.start(talk, NOW);
        w.end(talk, NOW);
        assert!(w.interview(talk).and_then(Interview::ended).is_some());
    }

    #[test]
    fn whoever_was_asked_and_talked_has_answered() {
        let mut w = Workspace::default();
        assert_eq!(Replies::of(&w).words(), None);
        let day = NaiveDate::from_ymd_opt(2026, 3, 2).unwrap();
        let (silent, replied, met) =
            (person(&mut w, 1, None), person(&mut w, 2, None), person(&mut w, 3, None));
        let unasked = person(&mut w, 4, None);
        for asked in [silent, replied, met] {
            w.log(asked, day, Contacted::Asked, "");
        }
        w.log(silent, day, Contacted::Nudged, "");
        w.log(replied, day, Contacted::Replied, "");
        w.log(unasked, day, Contacted::Replied, "");
        talked(&mut w, met);
        assert_eq!(Replies::of(&w), Replies { asked: 3, answered: 2 });
    }

    #[test]
    fn the_next_step_asks_for_other_paths_until_there_are_some() {
        let mut w = Workspace::default();
        assert!(next_step(&w).contains("at least two"));
        let first = person(&mut w, 1, Some(12));
        talked(&mut w, first);
        assert!(next_step(&w).contains("one view"));
        let second = person(&mut w, 2, Some(20));
        talked(&mut w, second);
        assert!(next_step(&w).contains("another stage"));
        let third = person(&mut w, 3, Some(1));
        talked(&mut w, third);
        assert!(next_step(&w).contains("compare"));
        talked(&mut w, third);
        assert!(next_step(&w).contains("aimed for"));
    }
}
