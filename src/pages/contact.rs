//! One person: everything worth knowing of them (P105), and the talks with them.

use crate::browser::{clock, location};
use crate::components::{
    Button, ButtonKind, Choice, Dialog, Disclosure, Glyph, InputKind, LinkButton, Opening,
    PageHeader, RadioGroup, RadioLayout, RowLink, SelectField, TextArea, TextField, When,
};
use crate::domain::contact::{ChosenFor, Contact as Person, Contacted, Seniority, Warmth};
use crate::domain::id::{ContactId, InterviewId};
use crate::domain::interview::Stage;
use crate::domain::key::Key;
use crate::exchange::{mail, vcard};
use crate::pages::bound::{
    at_position, bound, choices, contact_text, optional_choices, position_of,
};
use crate::pages::experience::{seniority, warmth, years};
use crate::pages::export::ExportButton;
use crate::pages::not_found::Missing;
use crate::route::Route;
use crate::session::Session;
use crate::view::view;
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
        <When
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
                <Ways session id />
                <div class="with-aside">
                    <div class="form">
                        <Who session id />
                        <HowClose session id />
                        <div>
                            <h2>"More"</h2>
                            <Reach session id />
                            <WhyThem session id />
                            <Notes session id />
                        </div>
                    </div>
                    <aside class="stack-loose" aria-label="Talks and history">
                        <Talks session id />
                        <History session id />
                    </aside>
                </div>
                <Delete session id />
            </div>
        </When>
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
            let place = Route::of_talk(talk, stage);
            let when = starts.map_or_else(
                || "No time set".to_owned(),
                |at| words::moment(clock::to_local(at), clock::today()),
            );
            view! {
                <RowLink href=place.to_string() title=words::stage(stage) subtitle=when />
            }
        };
    view! {
        <When when=move || talks.with(|talks| !talks.is_empty())>
            <section class="stack-tight">
                <h2>"Talks"</h2>
                <ul class="list">{move || talks.get().into_iter().map(line).collect_view()}</ul>
            </section>
        </When>
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
    let years = years(session, id);
    let seniority = seniority(session, id);
    let options = session.select(move |w| {
        let years = w.contact(id).and_then(|contact| contact.years_in_field);
        let suggested = match years.map(Seniority::from_years) {
            Some(seniority) => format!("{} (guessed)", words::seniority(seniority)),
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
                hint="In total. A guess is fine."
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

/// How I came to them, what I know of them, warm or cold: what the first words are made of (P27, P60).
#[component]
fn HowClose(
    /// The one session.
    session: Session,
    /// Whom.
    id: ContactId,
) -> impl IntoView {
    let warmth = warmth(session, id);
    let is_warm = session.select(move |w| w.contact(id).is_some_and(|c| c.warmth == Warmth::Warm));
    let reason = contact_text!(session, id, warmth_reason);
    let source = contact_text!(session, id, source);
    let known = contact_text!(session, id, known);
    view! {
        <h2>"How you know of them"</h2>
        <TextField
            label="How you got the name"
            value=source.value
            on_input=source.on_input
            placeholder="Ana Ruiz, or the alumni directory"
            hint="It goes into your first sentence: \u{201c}I got your name through …\u{201d}"
        />
        <TextArea
            label="Their work, as far as you know it"
            value=known.value
            on_input=known.on_input
            rows=2
            placeholder="the flood registers, and the posts about them"
            hint="From reading. One line is enough to open with."
        />
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
        <When when=move || is_warm.get()>
            <TextField
                label="What you share"
                value=reason.value
                on_input=reason.on_input
                placeholder="the same school, a friend, a club"
                hint="Your opening words will name it."
            />
        </When>
    }
}

/// Why this person (P57), and who introduced us.
#[component]
fn WhyThem(
    /// The one session.
    session: Session,
    /// Whom.
    id: ContactId,
) -> impl IntoView {
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
    let note = session.select(move |w| {
        let contact = w.contact(id)?;
        let chosen = contact.chosen_for.map(|chosen| words::chosen_for(chosen).to_owned());
        let by = contact.introduced_by.and_then(|by| w.contact(by));
        let by = by.map(|by| format!("introduced by {}", words::name(by)));
        Some(chosen.into_iter().chain(by).collect::<Vec<_>>().join(", "))
    });
    view! {
        <Disclosure summary="Why this person" note>
            <div class="form">
                <RadioGroup
                    label="Chosen for"
                    options=choices(ChosenFor::ALL, words::chosen_for)
                    value=chosen.value
                    on_change=chosen.on_input
                    hint="Some people for the work, some for the place: together they show you both."
                    layout=RadioLayout::Row
                />
                <SelectField
                    label="Who introduced you"
                    options=people
                    value=introduced.value
                    on_change=introduced.on_input
                />
            </div>
        </Disclosure>
    }
}

/// Ways to reach them at once, as far as they are known.
#[component]
fn Ways(
    /// The one session.
    session: Session,
    /// Whom.
    id: ContactId,
) -> impl IntoView {
    let ways = session.select(move |w| {
        let contact = w.contact(id);
        let link = |of: fn(&Person) -> Option<String>| contact.and_then(of);
        [
            (link(|c| mail::link(&c.email, "", "")), "Write an email"),
            (link(|c| words::phone_link(&c.phone)), "Call"),
            (link(|c| words::web_link(&c.link)), "Open their page"),
        ]
        .map(|(href, label)| href.map(|href| (href, label)))
    });
    let glyphs = [Glyph::Mail, Glyph::Phone, Glyph::Link];
    let reachable = session.select(move |w| {
        let known =
            |c: &Person| [&c.email, &c.phone, &c.address, &c.link].map(|way| way.trim()) != [""; 4];
        w.contact(id).is_some_and(known)
    });
    let card = move |()| session.peek(|w| Some(vcard::person(w.contact(id)?, clock::now())));
    view! {
        <When when=move || reachable.get()>
            <div class="cluster contact-ways">
                {move || {
                    ways.get()
                        .into_iter()
                        .zip(glyphs)
                        .filter_map(|(way, glyph)| {
                            let (href, label) = way?;
                            Some(view! { <LinkButton href glyph>{label}</LinkButton> })
                        })
                        .collect_view()
                }}
                <ExportButton glyph=Glyph::Person make=card>"Save to address book"</ExportButton>
            </div>
        </When>
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
    let note = session.select(move |w| {
        let contact = w.contact(id)?;
        let known = [
            (&contact.email, "email"),
            (&contact.phone, "phone"),
            (&contact.address, "address"),
            (&contact.link, "link"),
        ];
        let known = known.into_iter().filter(|(value, _)| !value.trim().is_empty());
        let known: Vec<_> = known.map(|(_, name)| name).collect();
        Some(if known.is_empty() { "nothing yet".to_owned() } else { known.join(", ") })
    });
    view! {
        <Disclosure summary="How to reach them" note>
            <div class="form">
                <div class="pair">
                    <TextField
                        label="Email"
                        kind=InputKind::Email
                        value=email.value
                        on_input=email.on_input
                        autocomplete="off"
                    />
                    <TextField
                        label="Phone"
                        kind=InputKind::Tel
                        value=phone.value
                        on_input=phone.on_input
                        autocomplete="off"
                    />
                </div>
                <TextField
                    label="A page about them"
                    kind=InputKind::Url
                    value=link.value
                    on_input=link.on_input
                    placeholder="https://"
                />
                <TextArea
                    label="Postal address"
                    value=address.value
                    on_input=address.on_input
                    rows=2
                    hint="For a card, if you like to send one."
                />
            </div>
        </Disclosure>
    }
}

/// Everything else, and labels to find them by.
#[component]
fn Notes(
    /// The one session.
    session: Session,
    /// Whom.
    id: ContactId,
) -> impl IntoView {
    let notes = contact_text!(session, id, notes);
    let labels = session.select(move |w| {
        let labels = w.contact(id).map(|contact| contact.tags.iter().cloned());
        labels.into_iter().flatten().collect::<Vec<_>>()
    });
    let note = session.select(move |w| {
        let noted = w.contact(id).is_some_and(|contact| !contact.notes.trim().is_empty());
        let noted = noted.then(|| "something noted".to_owned());
        Some(noted.into_iter().chain(labels.get()).collect::<Vec<_>>().join(", "))
    });
    let typed = RwSignal::new(String::new());
    let add = move || {
        let label = typed.get_untracked().trim().to_owned();
        if !label.is_empty() {
            session.edit(|w| {
                w.edit_contact(id, |contact| {
                    contact.tags.insert(label);
                });
            });
            typed.set(String::new());
        }
    };
    let remove = move |label: &str| {
        session.edit(|w| {
            w.edit_contact(id, |contact| {
                contact.tags.remove(label);
            });
        });
        location::focus(".add-label input");
    };
    let label_view = move |label: String| {
        let spoken = format!("Remove the label {label}");
        let shown = label.clone();
        view! {
            <Button glyph=Glyph::Close label=spoken on_click=move |()| remove(&label)>{shown}</Button>
        }
    };
    view! {
        <Disclosure summary="Notes and labels" note>
            <div class="form">
                <TextArea label="Notes" value=notes.value on_input=notes.on_input rows=3 />
                <div class="stack-tight">
                    <form
                        class="add-line add-label"
                        on:submit=move |event| {
                            event.prevent_default();
                            add();
                        }
                    >
                        <TextField
                            label="Add a label"
                            value=typed
                            on_input=move |text| typed.set(text)
                            hint="The search finds people by their labels."
                        />
                        <Button glyph=Glyph::Tag on_click=move |()| add()>"Add"</Button>
                    </form>
                    <div class="cluster">
                        {move || labels.get().into_iter().map(label_view).collect_view()}
                    </div>
                </div>
            </div>
        </Disclosure>
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
