//! One person: everything worth knowing of them (P105), and the talks with them.

use crate::browser::{clock, location};
use crate::components::{
    Button, ButtonKind, Choice, Dialog, Disclosure, Glyph, InputKind, LinkButton, Opening,
    PageHeader, RadioGroup, RadioLayout, RowLink, SelectField, TextArea, TextField,
};
use crate::domain::contact::{ChosenFor, Contacted, Seniority, Warmth};
use crate::domain::id::{ContactId, InterviewId};
use crate::domain::interview::Stage;
use crate::domain::key::Key;
use crate::pages::bound::{
    at_position, bound, choices, contact_text, optional_choices, position_of,
};
use crate::pages::not_found::Missing;
use crate::route::Route;
use crate::session::Session;
use crate::words;
use chrono::NaiveDate;
use leptos::prelude::*;

/// The page of one person.
#[component]
pub fn Contact(
    /// The one session.
    session: Session,
    /// Whom.
    id: ContactId,
) -> impl IntoView {
    let exists = session.select(move |w| w.contact(id).is_some());
    let title = session.select(move |w| w.contact(id).map(words::name).unwrap_or_default());
    let lede = session.select(move |w| w.contact(id).map(words::position).unwrap_or_default());
    view! {
        <Show
            when=move || exists.get()
            fallback=|| view! {
                <Missing title="This person is not here" back=Route::Contacts back_label="See everyone" />
            }
        >
            <div class="page stack-loose">
                <PageHeader
                    title
                    lede
                    back=(Route::Contacts.to_string(), "People".to_owned())
                >
                    <PrepareButton session id />
                </PageHeader>
                <Talks session id />
                <div class="form">
                    <Who session id />
                    <HowClose session id />
                    <Reach session id />
                    <Notes session id />
                </div>
                <History session id />
                <Delete session id />
            </div>
        </Show>
    }
}

/// Begins to prepare a talk, or goes on with the one that is being prepared.
#[component]
fn PrepareButton(
    /// The one session.
    session: Session,
    /// With whom.
    id: ContactId,
) -> impl IntoView {
    let open = session.select(move |w| {
        w.interviews_with(id).find(|talk| talk.clock.is_none()).map(|talk| talk.id)
    });
    let begin = move |()| {
        let talk =
            open.get_untracked().or_else(|| session.edit(|w| w.plan_interview(id, clock::now())));
        if let Some(talk) = talk {
            location::go(&Route::Prepare(talk, None));
        }
    };
    view! {
        <Button kind=ButtonKind::Primary glyph=Glyph::Talks on_click=begin>
            {move || if open.get().is_some() { "Go on preparing" } else { "Prepare a talk" }}
        </Button>
    }
}

/// The talks with this person.
#[component]
fn Talks(
    /// The one session.
    session: Session,
    /// With whom.
    id: ContactId,
) -> impl IntoView {
    let talks = session.select(move |w| {
        w.interviews_with(id)
            .map(|talk| (talk.id, talk.stage(), talk.starts_at))
            .collect::<Vec<_>>()
    });
    let line =
        |(talk, stage, starts): (InterviewId, Stage, Option<chrono::DateTime<chrono::Utc>>)| {
            let place = match stage {
                Stage::Preparing | Stage::Scheduled => Route::Prepare(talk, None),
                Stage::Live => Route::Live(talk),
                Stage::ToDebrief | Stage::Done => Route::Debrief(talk),
            };
            let when = starts.map_or_else(
                || "No time set".to_owned(),
                |at| words::moment(clock::to_local(at), clock::today()),
            );
            view! {
                <RowLink href=place.to_string() title=words::stage(stage) subtitle=when />
            }
        };
    view! {
        <Show when=move || talks.with(|talks| !talks.is_empty())>
            <section class="stack-tight" aria-label="Talks">
                <h2>"Talks"</h2>
                <ul class="list">{move || talks.get().into_iter().map(line).collect_view()}</ul>
            </section>
        </Show>
    }
}

/// Name, role, organisation, experience.
#[component]
fn Who(
    /// The one session.
    session: Session,
    /// Whom.
    id: ContactId,
) -> impl IntoView {
    let name = contact_text!(session, id, name);
    let role = contact_text!(session, id, role);
    let organisation = contact_text!(session, id, organisation);
    let years = bound(
        session,
        move |w| {
            let years = w.contact(id).and_then(|contact| contact.years_in_field);
            years.map(|years| years.to_string()).unwrap_or_default()
        },
        move |w, text| {
            let years = text.trim().parse().ok();
            if years.is_some() || text.trim().is_empty() {
                w.edit_contact(id, |contact| contact.years_in_field = years);
            }
        },
    );
    let seniority = bound(
        session,
        move |w| {
            let set = w.contact(id).and_then(|contact| contact.seniority);
            set.map(|set| position_of(Seniority::ALL, &set)).unwrap_or_default()
        },
        move |w, value| {
            w.edit_contact(id, |contact| contact.seniority = at_position(Seniority::ALL, &value));
        },
    );
    let options = session.select(move |w| {
        let years = w.contact(id).and_then(|contact| contact.years_in_field);
        let suggested = match years.map(Seniority::from_years) {
            Some(seniority) => format!("{} (by their years)", words::seniority(seniority)),
            None => "Not known".to_owned(),
        };
        optional_choices(&suggested, Seniority::ALL, words::seniority)
    });
    view! {
        <h2>"Who they are"</h2>
        <TextField label="Name" value=name.value on_input=name.on_input autocomplete="off" />
        <TextField label="Role" value=role.value on_input=role.on_input placeholder="What they do" />
        <TextField
            label="Organisation"
            value=organisation.value
            on_input=organisation.on_input
            placeholder="Where they do it"
        />
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
    }
}

/// Warm or cold, why them, how I got the name.
#[component]
fn HowClose(
    /// The one session.
    session: Session,
    /// Whom.
    id: ContactId,
) -> impl IntoView {
    let warmth = bound(
        session,
        move |w| w.contact(id).map(|c| position_of(Warmth::ALL, &c.warmth)).unwrap_or_default(),
        move |w, value| {
            if let Some(warmth) = at_position(Warmth::ALL, &value) {
                w.edit_contact(id, |contact| contact.warmth = warmth);
            }
        },
    );
    let is_warm = session.select(move |w| w.contact(id).is_some_and(|c| c.warmth == Warmth::Warm));
    let reason = contact_text!(session, id, warmth_reason);
    let source = contact_text!(session, id, source);
    let chosen = bound(
        session,
        move |w| {
            let chosen = w.contact(id).and_then(|contact| contact.chosen_for);
            chosen.map(|chosen| position_of(ChosenFor::ALL, &chosen)).unwrap_or_default()
        },
        move |w, value| {
            w.edit_contact(id, |contact| contact.chosen_for = at_position(ChosenFor::ALL, &value));
        },
    );
    let introduced = bound(
        session,
        move |w| {
            let by = w.contact(id).and_then(|contact| contact.introduced_by);
            by.map(|by| by.to_string()).unwrap_or_default()
        },
        move |w, value| {
            w.edit_contact(id, |contact| contact.introduced_by = value.parse().ok());
        },
    );
    let people = session.select(move |w| {
        let others = w.contacts().filter(|other| other.id != id);
        std::iter::once(Choice::new("", "Nobody in this list"))
            .chain(others.map(|other| Choice::new(other.id.to_string(), words::name(other))))
            .collect::<Vec<_>>()
    });
    view! {
        <h2>"How you know of them"</h2>
        <RadioGroup
            label="Warm or cold"
            options=vec![
                Choice::new("1", "Warm").with_hint("You share something, or someone introduced you"),
                Choice::new("0", "Cold").with_hint("You only know of them"),
            ]
            value=warmth.value
            on_change=warmth.on_input
            layout=RadioLayout::Cards
        />
        <Show when=move || is_warm.get()>
            <TextField
                label="What you share"
                value=reason.value
                on_input=reason.on_input
                placeholder="the same school, a friend, a club"
                hint="Your opening words will name it."
            />
        </Show>
        <TextField
            label="How you got the name"
            value=source.value
            on_input=source.on_input
            placeholder="Ana Ruiz, or the alumni directory"
            hint="It goes into your first sentence: \u{201c}I got your name through …\u{201d}"
        />
        <SelectField
            label="Who introduced you"
            options=people
            value=introduced.value
            on_change=introduced.on_input
        />
        <RadioGroup
            label="Why this person"
            options=choices(ChosenFor::ALL, words::chosen_for)
            value=chosen.value
            on_change=chosen.on_input
            layout=RadioLayout::Row
        />
    }
}

/// How to reach them.
#[component]
fn Reach(
    /// The one session.
    session: Session,
    /// Whom.
    id: ContactId,
) -> impl IntoView {
    let email = contact_text!(session, id, email);
    let phone = contact_text!(session, id, phone);
    let address = contact_text!(session, id, address);
    let link = contact_text!(session, id, link);
    let ways = session.select(move |w| {
        w.contact(id)
            .map(|c| (c.email.clone(), c.phone.clone(), c.link.clone()))
            .unwrap_or_default()
    });
    view! {
        <h2>"How to reach them"</h2>
        <TextField label="Email" kind=InputKind::Email value=email.value on_input=email.on_input autocomplete="off" />
        <TextField label="Phone" kind=InputKind::Tel value=phone.value on_input=phone.on_input autocomplete="off" />
        <TextArea label="Postal address" value=address.value on_input=address.on_input rows=2 />
        <TextField
            label="Link"
            kind=InputKind::Url
            value=link.value
            on_input=link.on_input
            placeholder="https://"
        />
        <p class="cluster">
            {move || {
                let (email, phone, link) = ways.get();
                [
                    (words::email_link(&email), Glyph::Mail, "Write an email"),
                    (words::phone_link(&phone), Glyph::Phone, "Call"),
                    (words::web_link(&link), Glyph::Link, "Open the page"),
                ]
                .into_iter()
                .filter_map(|(href, glyph, label)| {
                    Some(view! { <LinkButton href=href? glyph>{label}</LinkButton> })
                })
                .collect_view()
            }}
        </p>
    }
}

/// What I know of them, and everything else.
#[component]
fn Notes(
    /// The one session.
    session: Session,
    /// Whom.
    id: ContactId,
) -> impl IntoView {
    let known = contact_text!(session, id, known);
    let notes = contact_text!(session, id, notes);
    view! {
        <h2>"What you know"</h2>
        <TextArea
            label="Their work"
            value=known.value
            on_input=known.on_input
            rows=3
            placeholder="the flood registers, and the posts about them"
            hint="From reading. One line is enough to open with: \u{201c}I have read a little about your work: …\u{201d}"
        />
        <TextArea label="Notes" value=notes.value on_input=notes.on_input rows=3 />
    }
}

/// Dates of contact (P105).
#[component]
fn History(
    /// The one session.
    session: Session,
    /// With whom.
    id: ContactId,
) -> impl IntoView {
    let touches =
        session.select(move |w| w.contact(id).map(|c| c.touches.clone()).unwrap_or_default());
    let on = RwSignal::new(clock::today().to_string());
    let what = RwSignal::new("0".to_owned());
    let note = RwSignal::new(String::new());
    let add = move |()| {
        let day = on.get_untracked().parse::<NaiveDate>().unwrap_or_else(|_| clock::today());
        if let Some(what) = at_position(Contacted::ALL, &what.get_untracked()) {
            session.edit(|w| w.log(id, day, what, note.get_untracked().trim()));
            note.set(String::new());
        }
    };
    let remove = move |position: usize| {
        session.edit_undoable("The line is gone.", |w| {
            let before = w.before(&Key::Contact(id));
            w.edit_contact(id, |contact| {
                if position < contact.touches.len() {
                    contact.touches.remove(position);
                }
            });
            before
        });
    };
    view! {
        <section class="stack-tight">
            <h2>"What has passed between you"</h2>
            <ul class="list">
                {move || touches.get().into_iter().enumerate().map(|(position, touch)| view! {
                    <li class="row">
                        <span class="row-words">
                            <span class="row-title">{words::contacted(touch.what)}</span>
                            <span class="row-subtitle">
                                {words::day(touch.on, clock::today())}
                                {(!touch.note.is_empty()).then(|| format!(" · {}", touch.note))}
                            </span>
                        </span>
                        <Button
                            kind=ButtonKind::Quiet
                            glyph=Glyph::Delete
                            label=format!("Delete: {}", words::contacted(touch.what))
                            on_click=move |()| remove(position)
                        />
                    </li>
                }).collect_view()}
            </ul>
            <Disclosure summary="Add a line" opening=Opening::Closed>
                <div class="form">
                    <SelectField
                        label="What happened"
                        options=choices(Contacted::ALL, words::contacted)
                        value=what
                        on_change=move |value| what.set(value)
                    />
                    <TextField label="Day" kind=InputKind::Date value=on on_input=move |value| on.set(value) />
                    <TextField label="A few words" value=note on_input=move |value| note.set(value) />
                    <Button glyph=Glyph::Add on_click=add>"Add the line"</Button>
                </div>
            </Disclosure>
        </section>
    }
}

/// Deletes a person with all that belongs to them; it can be undone.
#[component]
fn Delete(
    /// The one session.
    session: Session,
    /// Whom.
    id: ContactId,
) -> impl IntoView {
    let asking = RwSignal::new(false);
    let cost = session.select(move |w| {
        let keys = w.belongings(id);
        let count = |kind| keys.iter().filter(|key| key.kind() == kind).count();
        (count("interview"), count("answer"))
    });
    let delete = move || {
        let name = session.peek(|w| w.contact(id).map(words::name)).unwrap_or_default();
        location::go(&Route::Contacts);
        session.edit_undoable(&format!("{name} is deleted."), |w| w.delete_contact(id));
    };
    // Only what can't be written again in a minute is worth a question first.
    let ask = move |()| {
        if cost.get_untracked() == (0, 0) { delete() } else { asking.set(true) }
    };
    view! {
        <p>
            <Button kind=ButtonKind::Danger glyph=Glyph::Delete on_click=ask>"Delete this person"</Button>
        </p>
        <Dialog
            open=asking
            on_close=move |()| asking.set(false)
            title="Delete this person?"
            actions=move || view! {
                <Button on_click=move |()| asking.set(false)>"Keep them"</Button>
                <Button kind=ButtonKind::Danger on_click=move |()| delete()>"Delete"</Button>
            }
        >
            <p>
                {move || {
                    let (talks, notes) = cost.get();
                    format!(
                        "{} and {} go with them. You can undo it right afterwards.",
                        words::records("interview", talks),
                        words::records("answer", notes),
                    )
                }}
            </p>
        </Dialog>
    }
}
