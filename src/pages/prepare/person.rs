//! Step 2: the person, and what I know of them (P27, P60). The fields are those of
//! their own page, so that nothing is asked twice.

use super::asked::{AskOnce, Asked};
use super::{marked, talk_with};
use crate::components::{
    Choice, InputKind, RadioGroup, RadioLayout, SelectField, TextArea, TextField, When,
};
use crate::content::drafts;
use crate::domain::contact::{Contact, Seniority, Warmth};
use crate::domain::id::{ContactId, InterviewId};
use crate::domain::workspace::Workspace;
use crate::pages::bound::{contact_text, interview_text, optional_choices, position_of};
use crate::pages::experience;
use crate::route::Route;
use crate::session::Session;
use crate::view::view;
use crate::words;
use leptos::prelude::*;

/// The controls of the step.
#[component]
pub fn Person(
    /// The one session.
    session: Session,
    /// Which talk.
    id: InterviewId,
) -> impl IntoView {
    let read = interview_text!(session, id, read);
    // The person of a talk never changes.
    let person = session.peek(|w| w.interview(id).map(|talk| talk.contact));
    let link =
        session.select(move |w| talk_with(w, id).and_then(|(_, c)| words::web_link(&c.link)));
    view! {
        <div class="form">
            {person.map(|person| view! {
                <AskOnce asked=asked(session, person) change="Change these" />
                <p class="small cluster">
                    <a href=Route::Contact(person).to_string()>"Everything about them"</a>
                    {move || link.get().map(|href| view! {
                        <a href=href target="_blank" rel="noopener noreferrer">"Their own page (new tab)"</a>
                    })}
                </p>
            })}
            <TextArea
                label="What you have read for this talk"
                value=read.value
                on_input=read.on_input
                rows=2
                placeholder="Her three posts on the flooded registers; the yearly report"
                hint="Titles are enough. What reading has answered need not be asked."
            />
            <FirstWords session id />
        </div>
    }
}

/// Everything the opening words and the choice of questions need to know.
fn asked(session: Session, id: ContactId) -> Vec<Asked> {
    let role = contact_text!(session, id, role);
    let organisation = contact_text!(session, id, organisation);
    let source = contact_text!(session, id, source);
    let known = contact_text!(session, id, known);
    vec![
        Asked::text(
            "Role",
            role,
            view! {
                <TextField label="Role" value=role.value on_input=role.on_input placeholder="What they do" />
            },
        ),
        Asked::text(
            "Organisation",
            organisation,
            view! {
                <TextField
                    label="Organisation"
                    value=organisation.value
                    on_input=organisation.on_input
                    placeholder="Where they do it"
                />
            },
        ),
        experience(session, id),
        warmth(session, id),
        Asked::text(
            "Name from",
            source,
            view! {
                <TextField
                    label="How you got the name"
                    value=source.value
                    on_input=source.on_input
                    placeholder="Ana Ruiz, or the alumni directory"
                />
            },
        ),
        Asked::text(
            "Their work",
            known,
            view! {
                <TextArea
                    label="What you know of their work"
                    value=known.value
                    on_input=known.on_input
                    rows=3
                    hint="One thing you read, saw or heard. It goes into your first sentence."
                    placeholder="the flood registers, and the posts about them"
                />
            },
        ),
    ]
}

fn of_contact<T: Default>(w: &Workspace, id: ContactId, read: impl Fn(&Contact) -> T) -> T {
    w.contact(id).map(read).unwrap_or_default()
}

/// Years in the field and seniority, which decide what questions suit them (P58, P59).
fn experience(session: Session, id: ContactId) -> Asked {
    let said = session.select(move |w| {
        of_contact(w, id, |contact| {
            let seniority = contact.seniority().map(words::seniority).unwrap_or_default();
            match contact.years_in_field {
                Some(years) => {
                    let years = words::count(usize::from(years), "year", "years");
                    format!("{seniority}: {years} in the field")
                }
                None => seniority.to_owned(),
            }
        })
    });
    let years = experience::years(session, id);
    let seniority = experience::seniority(session, id);
    let options = session.select(move |w| {
        let years = w.contact(id).and_then(|contact| contact.years_in_field);
        let suggested = years.map_or("Not known".to_owned(), |years| {
            format!("{} (by their years)", words::seniority(Seniority::from_years(years)))
        });
        optional_choices(&suggested, Seniority::ALL, words::seniority)
    });
    Asked::new(
        "Experience",
        said,
        view! {
            <div class="pair">
                <TextField
                    label="Years in the field"
                    kind=InputKind::Number
                    value=years.value
                    on_input=years.on_input
                    hint="In all, over every employer. A guess is fine."
                />
                <SelectField
                    label="Experience"
                    options
                    value=seniority.value
                    on_change=seniority.on_input
                    hint="It decides which questions suit them."
                />
            </div>
        },
    )
}

/// Warm or cold, and why. Cold is what nobody has said anything about yet, so it
/// counts as said only once the source of the name is.
fn warmth(session: Session, id: ContactId) -> Asked {
    let is_warm = session.select(move |w| of_contact(w, id, |c| c.warmth == Warmth::Warm));
    let said = session.select(move |w| {
        of_contact(w, id, |contact| {
            let by = contact.introduced_by.and_then(|by| w.contact(by)).map(words::name);
            match (contact.warmth, contact.warmth_reason.trim(), by) {
                (Warmth::Cold, ..) => "Cold: you only know of them".to_owned(),
                (Warmth::Warm, "", Some(by)) => format!("Warm: {by} introduced you"),
                (Warmth::Warm, "", None) => words::warmth(Warmth::Warm).to_owned(),
                (Warmth::Warm, reason, _) => format!("Warm: {reason}"),
            }
        })
    });
    let known = session.peek(|w| {
        of_contact(w, id, |contact| match contact.warmth {
            Warmth::Warm => {
                !contact.warmth_reason.trim().is_empty() || contact.introduced_by.is_some()
            }
            Warmth::Cold => !contact.source.trim().is_empty(),
        })
    });
    let warmth = experience::warmth(session, id);
    let reason = contact_text!(session, id, warmth_reason);
    let warm = position_of(Warmth::ALL, &Warmth::Warm);
    let cold = position_of(Warmth::ALL, &Warmth::Cold);
    Asked::known_if(
        known,
        "Warm or cold",
        said,
        view! {
            <RadioGroup
                label="Warm or cold"
                options=vec![
                    Choice::new(warm, "Warm").with_hint("You share something, or someone introduced you"),
                    Choice::new(cold, "Cold").with_hint("You only know of them"),
                ]
                value=warmth.value
                on_change=warmth.on_input
                layout=RadioLayout::Cards
            />
            <When when=move || is_warm.get()>
                <TextField
                    label="What you share"
                    value=reason.value
                    on_input=reason.on_input
                    placeholder="the same school, a friend, a club"
                />
            </When>
        },
    )
}

/// What becomes of all this: the first words they will hear.
#[component]
fn FirstWords(
    /// The one session.
    session: Session,
    /// Which talk.
    id: InterviewId,
) -> impl IntoView {
    let own = session.select(move |w| w.interview(id).is_some_and(|talk| talk.opening.is_some()));
    let first = session.select(move |w| {
        let Some((talk, contact)) = talk_with(w, id) else { return String::new() };
        let draft = || drafts::opening(talk, contact, w.plan(), &w.settings().policies);
        let whole = talk.opening.clone().unwrap_or_else(draft);
        whole.split("\n\n").next().unwrap_or_default().to_owned()
    });
    view! {
        <figure class="prepare-preview stack-tight">
            <figcaption class="field-label">
                {move || if own.get() { "You begin, in your own words" } else { "So you will begin" }}
            </figcaption>
            <blockquote dir="auto">{move || marked(&first.get())}</blockquote>
        </figure>
    }
}
