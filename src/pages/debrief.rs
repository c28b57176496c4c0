//! After a talk: what was learned, whether the path fits, names, next steps, thanks.

use crate::browser::{clipboard, clock, location};
use crate::components::{
    Banner, BannerKind, Button, ButtonKind, Chip, Disclosure, Glyph, InputKind, LinkButton,
    Opening, PageHeader, RadioGroup, RadioLayout, TextArea, TextField, Tone, When, each,
};
use crate::content::drafts;
use crate::domain::id::{InterviewId, QuestionId, TaskId};
use crate::domain::interview::{Fit, Interview, Stage, Suggestion};
use crate::domain::key::Key;
use crate::domain::order::sorted_by_key;
use crate::domain::task::Task;
use crate::domain::workspace::Workspace;
use crate::exchange::mail;
use crate::pages::bound::{at_position, bound, choices, interview_text, position_of};
use crate::pages::not_found::Missing;
use crate::route::Route;
use crate::session::Session;
use crate::view::view;
use crate::words;
use chrono::{DateTime, TimeDelta, Utc};
use leptos::prelude::*;

/// The page after a talk.
#[component]
pub fn Debrief(
    /// The one session.
    session: Session,
    /// Which talk.
    id: InterviewId,
) -> impl IntoView {
    let exists = session.select(move |w| w.interview(id).is_some());
    view! {
        <When
            when=move || exists.get()
            fallback=|| view! {
                <Missing title="This talk is not here" back=Route::Interviews back_label="See all talks" />
            }
        >
            <div class="page stack-loose">
                <Head session id />
                <Notes session id />
                <div class="form">
                    <Learned session id />
                </div>
                <Names session id />
                <NextSteps session id />
                <Thanks session id />
                <Finish session id />
            </div>
        </When>
    }
}

/// Who it was, when and how long.
#[component]
fn Head(
    /// The one session.
    session: Session,
    /// Which talk.
    id: InterviewId,
) -> impl IntoView {
    let person = session.select(move |w| {
        let contact = w.interview(id).and_then(|talk| w.contact(talk.contact));
        contact.map(|contact| (contact.id, words::name(contact)))
    });
    let stage = session.select(move |w| w.interview(id).map(Interview::stage));
    let facts = session.select(move |w| {
        let clock = w.interview(id)?.clock.as_ref()?;
        Some((clock.started(), clock.elapsed(clock.ended()?)))
    });
    let title = Signal::derive(move || match person.get() {
        Some((_, name)) => format!("After your talk with {name}"),
        None => "After your talk".to_owned(),
    });
    let lede = Signal::derive(move || {
        facts.get().map(|(started, lasted)| {
            let when = words::moment(clock::to_local(started), clock::today());
            format!("{when}, {} long. Write it down while it is fresh.", words::minutes(lasted))
        })
    });
    let reopen = move |()| {
        session.edit(|w| w.reopen(id, clock::now()));
        location::go(&Route::Live(id));
    };
    let href = person.get_untracked().map_or_else(
        || Route::Interviews.to_string(),
        |(contact, _)| Route::Contact(contact).to_string(),
    );
    let back = person.get_untracked().map_or_else(|| "Talks".to_owned(), |(_, name)| name);
    view! {
        <PageHeader title lede back=(href, back)>
            <When when=move || stage.get() == Some(Stage::ToDebrief)>
                <Button kind=ButtonKind::Quiet glyph=Glyph::Undo on_click=reopen>"We are still talking"</Button>
            </When>
        </PageHeader>
        <When when=move || matches!(stage.get(), Some(Stage::Preparing | Stage::Scheduled | Stage::Live))>
            <Banner
                title="This talk is not over yet"
                actions=move || view! {
                    <LinkButton href=Route::Live(id).to_string()>"Go to the talk"</LinkButton>
                }
            >
                <p>"You can write here all the same."</p>
            </Banner>
        </When>
    }
}

/// The notes of the talk, still to be mended; the good ones marked (P68).
#[component]
fn Notes(
    /// The one session.
    session: Session,
    /// Which talk.
    id: InterviewId,
) -> impl IntoView {
    let slots = session.select(move |w| slots_of(w, id));
    view! {
        <section class="stack">
            <h2>"Your notes"</h2>
            <When
                when=move || slots.with(|slots| !slots.is_empty())
                fallback=|| view! { <p class="muted">"No notes were taken. What do you remember? Write it below."</p> }
            >
                <Disclosure
                    summary=Signal::derive(move || words::records("answer", slots.with(Vec::len)))
                    opening=Opening::Open
                >
                    <div class="stack debrief-notes">
                        {each(move || slots.get(), |(slot, _)| slot.to_string(), move |(slot, title)| {
                            let (question, title) = (slot.clone(), title.clone());
                            view! { <Note session id question title /> }
                        })}
                    </div>
                </Disclosure>
            </When>
        </section>
    }
}

/// The slots that hold a note, in the order of the agenda, others last.
fn slots_of(w: &Workspace, id: InterviewId) -> Vec<(QuestionId, String)> {
    let Some(talk) = w.interview(id) else { return Vec::new() };
    let agenda = w.agenda(talk);
    let order: Vec<_> = agenda.questions().cloned().collect();
    let slots: Vec<_> = w.answers(id).map(|(slot, _)| slot.clone()).collect();
    let slots = sorted_by_key(slots, |slot| {
        order.iter().position(|other| other == slot).unwrap_or(usize::MAX)
    });
    let title = |slot: &QuestionId| words::noted_on(w.question(slot), slot);
    slots.into_iter().map(|slot| (slot.clone(), title(&slot))).collect()
}

/// One note.
#[component]
fn Note(
    /// The one session.
    session: Session,
    /// Which talk.
    id: InterviewId,
    /// On which question.
    question: QuestionId,
    /// The question.
    title: String,
) -> impl IntoView {
    let (read, write, mark, see) = (question.clone(), question.clone(), question.clone(), question);
    let text = bound(
        session,
        move |w| w.answer(id, &read).map(|answer| answer.text.clone()).unwrap_or_default(),
        move |w, text| w.note(id, &write, &text, clock::now()),
    );
    let useful = session.select(move |w| w.answer(id, &see).is_some_and(|answer| answer.useful));
    let toggle = move |_| {
        session.edit(|w| w.toggle_useful(id, &mark));
    };
    let label = format!("Worth remembering: {title}");
    view! {
        <div class="debrief-note">
            <TextArea label=title value=text.value on_input=text.on_input rows=2 />
            <button
                type="button"
                class="button button-quiet debrief-star"
                aria-pressed=move || useful.get().to_string()
                aria-label=label
                on:click=toggle
            >
                {move || if useful.get() { "★ Useful" } else { "☆ Useful?" }}
            </button>
        </div>
    }
}

/// What I learned, and whether the path still fits (P35).
#[component]
fn Learned(
    /// The one session.
    session: Session,
    /// Which talk.
    id: InterviewId,
) -> impl IntoView {
    let learned = interview_text!(session, id, debrief.learned);
    let surprised = interview_text!(session, id, debrief.surprised);
    let why = interview_text!(session, id, debrief.fit_why);
    let fit = bound(
        session,
        move |w| {
            let fit = w.interview(id).and_then(|talk| talk.debrief.fit);
            fit.map(|fit| position_of(Fit::ALL, &fit)).unwrap_or_default()
        },
        move |w, value| {
            w.edit_interview(id, |talk| talk.debrief.fit = at_position(Fit::ALL, &value));
        },
    );
    view! {
        <h2>"What it means"</h2>
        <TextArea
            label="What I learned"
            value=learned.value
            on_input=learned.on_input
            rows=4
            hint="Three things you did not know this morning."
        />
        <TextArea
            label="What surprised me"
            value=surprised.value
            on_input=surprised.on_input
            rows=2
            hint="Above all what goes against what you believed."
        />
        <RadioGroup
            label="Does this path still fit me?"
            options=choices(Fit::ALL, words::fit)
            value=fit.value
            on_change=fit.on_input
            layout=RadioLayout::Row
        />
        <TextArea label="Why, or why not" value=why.value on_input=why.on_input rows=2 />
    }
}

/// The names they gave, each a contact in one click (P78, P82).
#[component]
fn Names(
    /// The one session.
    session: Session,
    /// Which talk.
    id: InterviewId,
) -> impl IntoView {
    let names = session.select(move |w| {
        w.interview(id).map(|talk| talk.debrief.suggestions.clone()).unwrap_or_default()
    });
    let name = RwSignal::new(String::new());
    let about = RwSignal::new(String::new());
    let add = move || {
        let typed = name.get_untracked();
        if !typed.trim().is_empty() {
            session.edit(|w| {
                w.suggest_name(id, typed.trim(), about.get_untracked().trim(), clock::now());
            });
            name.set(String::new());
            about.set(String::new());
            location::focus("#names input");
        }
    };
    view! {
        <section class="stack-tight" id="names">
            <h2>"Names they gave you"</h2>
            <p class="muted small">"A person, a group or a place. One click makes it someone to talk to."</p>
            <ul class="list">
                {each(move || names.get(), |s| format!("{} {:?}", s.id, s.contact), move |s| {
                    let suggestion = s.clone();
                    view! { <SuggestedName session id suggestion /> }
                })}
            </ul>
            <form
                class="add-line add-line-dated"
                on:submit=move |event| {
                    event.prevent_default();
                    add();
                }
            >
                <TextField label="Name" value=name on_input=move |text| name.set(text) autocomplete="off" />
                <TextField label="What they said of them" value=about on_input=move |text| about.set(text) autocomplete="off" />
                <Button glyph=Glyph::Add on_click=move |()| add()>"Note the name"</Button>
            </form>
        </section>
    }
}

/// One suggested name.
#[component]
fn SuggestedName(
    /// The one session.
    session: Session,
    /// Of which talk.
    id: InterviewId,
    /// The name, what was said of it, and the contact it has become.
    suggestion: Suggestion,
) -> impl IntoView {
    let Suggestion { id: suggestion, name, about, contact } = suggestion;
    // A contact that was deleted since can be made again.
    let there = session.select(move |w| contact.filter(|contact| w.contact(*contact).is_some()));
    let adopt = move |()| {
        session.edit(|w| w.adopt(id, suggestion, clock::now()));
    };
    let remove = move |()| {
        session.edit_undoable("The name is gone.", |w| {
            let before = w.before(&Key::Interview(id));
            w.edit_interview(id, |talk| talk.debrief.suggestions.retain(|s| s.id != suggestion));
            before
        });
    };
    let (label, delete_label) = (format!("Add {name} to people"), format!("Delete {name}"));
    view! {
        <li class="row">
            <div class="row-words">
                <span class="row-title" dir="auto">{name}</span>
                {(!about.is_empty()).then(|| view! { <span class="row-subtitle" dir="auto">{about.clone()}</span> })}
            </div>
            <div class="row-trailing">
                {move || match there.get() {
                    Some(contact) => view! {
                        <Chip tone=Tone::Accent glyph=Glyph::Check>"In your people"</Chip>
                        <LinkButton href=Route::Contact(contact).to_string()>"Open"</LinkButton>
                    }.into_any(),
                    None => view! {
                        <Button glyph=Glyph::Add label=label.clone() on_click=adopt>"Add to people"</Button>
                    }.into_any(),
                }}
                <Button kind=ButtonKind::Quiet glyph=Glyph::Delete label=delete_label on_click=remove />
            </div>
        </li>
    }
}

/// What I will do now: dated tasks (P6, P90).
#[component]
fn NextSteps(
    /// The one session.
    session: Session,
    /// Which talk.
    id: InterviewId,
) -> impl IntoView {
    let tasks = session.select(move |w| {
        let mine = w.tasks().filter(|task| task.interview == Some(id));
        mine.cloned().collect::<Vec<_>>()
    });
    let text = RwSignal::new(String::new());
    let day = RwSignal::new(String::new());
    let add = move || {
        let typed = text.get_untracked();
        if typed.trim().is_empty() {
            return;
        }
        let task = TaskId::new(clock::now());
        let due = day.get_untracked().parse().ok();
        session.edit(|w| {
            let contact = w.interview(id).map(|talk| talk.contact);
            let sample = w.interview(id).is_some_and(|talk| talk.sample);
            w.put_task(Task {
                id: task,
                text: typed.trim().to_owned(),
                due,
                done: None,
                contact,
                interview: Some(id),
                sample,
            });
        });
        text.set(String::new());
        day.set(String::new());
        location::focus("#next-steps input");
    };
    view! {
        <section class="stack-tight" id="next-steps">
            <h2>"Next steps"</h2>
            <p class="muted small">"What you said you would do, and what they promised. With a day, Today reminds you."</p>
            <ul class="list">
                {each(move || tasks.get(), |task| format!("{task:?}"), move |task| {
                    let task = task.clone();
                    view! { <NextStep session task /> }
                })}
            </ul>
            <form
                class="add-line add-line-dated"
                on:submit=move |event| {
                    event.prevent_default();
                    add();
                }
            >
                <TextField label="Next step" value=text on_input=move |typed| text.set(typed) autocomplete="off" />
                <TextField label="By" kind=InputKind::Date value=day on_input=move |typed| day.set(typed) />
                <Button glyph=Glyph::Add on_click=move |()| add()>"Add the step"</Button>
            </form>
        </section>
    }
}

/// One next step.
#[component]
fn NextStep(
    /// The one session.
    session: Session,
    /// Which.
    task: Task,
) -> impl IntoView {
    let (id, done) = (task.id, task.done.is_some());
    let toggle = move |()| {
        session.edit(|w| w.edit_task(id, |task| task.done = (!done).then(clock::now)));
    };
    let remove = move |()| {
        session.edit_undoable("The step is gone.", |w| w.delete_task(id));
    };
    let due = task.due.map(|day| words::day(day, clock::today()));
    view! {
        <li class="row">
            <div class="row-words">
                <span class="row-title" class:struck=done dir="auto">{task.text.clone()}</span>
                {due.map(|day| view! { <span class="row-subtitle">"By "{day}</span> })}
            </div>
            <div class="row-trailing">
                <Button
                    glyph=if done { Glyph::Undo } else { Glyph::Check }
                    label=format!("{}: {}", if done { "Not done" } else { "Done" }, task.text)
                    on_click=toggle
                >
                    {if done { "Not done" } else { "Done" }}
                </Button>
                <Button kind=ButtonKind::Quiet glyph=Glyph::Delete label=format!("Delete: {}", task.text) on_click=remove />
            </div>
        </li>
    }
}

/// The thank-you: when it is due, a draft, and "I sent it" (C8, P36).
#[component]
fn Thanks(
    /// The one session.
    session: Session,
    /// Which talk.
    id: InterviewId,
) -> impl IntoView {
    let thanks_for = interview_text!(session, id, debrief.thanks_for);
    let state = session.select(move |w| {
        let talk = w.interview(id)?;
        let hours = w.settings().policies.thanks_by.due_hours();
        Some((talk.debrief.thanked, talk.ended().map(|at| at + TimeDelta::hours(hours))))
    });
    let draft = session.select(move |w| draft_of(w, id));
    let letter = session.select(move |w| {
        let contact = w.interview(id).and_then(|talk| w.contact(talk.contact))?;
        let (subject, body) = draft_of(w, id);
        mail::link(&contact.email, &subject, &body)
    });
    let href = Signal::derive(move || letter.get().unwrap_or_default());
    let copied = RwSignal::new(None::<bool>);
    let copy = move |()| {
        let text = draft.get_untracked().1;
        leptos::task::spawn_local(async move { copied.set(Some(clipboard::copy(&text).await)) });
    };
    let sent = move |()| {
        session.edit_undoable("Noted: you thanked them.", |w| {
            w.undoable_talk(id, |w| w.thanked(id, clock::now(), clock::today()))
        });
    };
    view! {
        <section class="stack">
            <h2>"Say thanks"</h2>
            {move || state.get().map(|(thanked, due)| view! { <ThanksState thanked due /> })}
            <div class="form">
                <TextArea
                    label="What I enjoyed, and what I will do with it"
                    value=thanks_for.value
                    on_input=thanks_for.on_input
                    rows=2
                    hint="One true detail says more than five kind words. It goes into the draft."
                />
                <div class="card stack-tight">
                    <p class="small muted">"Subject: "{move || draft.get().0}</p>
                    <p class="prose" dir="auto">{move || draft.get().1}</p>
                    <p class="cluster">
                        <Button glyph=Glyph::Copy on_click=copy>"Copy the draft"</Button>
                        <When when=move || letter.with(Option::is_some)>
                            <LinkButton href glyph=Glyph::Mail>"Write it in my mail program"</LinkButton>
                        </When>
                        <When when=move || state.get().is_some_and(|(thanked, _)| thanked.is_none())>
                            <Button glyph=Glyph::Check on_click=sent>"I sent it"</Button>
                        </When>
                    </p>
                    <p class="small" role="status">
                        {move || copied.get().map(|done| if done {
                            "Copied. Paste it into your mail."
                        } else {
                            "The browser did not allow copying. Select the text above instead."
                        })}
                    </p>
                </div>
            </div>
        </section>
    }
}

fn draft_of(w: &Workspace, id: InterviewId) -> (String, String) {
    let Some(talk) = w.interview(id) else { return Default::default() };
    let Some(contact) = w.contact(talk.contact) else { return Default::default() };
    (
        drafts::thank_you_subject(talk, w.plan()),
        drafts::thank_you(talk, contact, w.plan(), &w.settings().policies),
    )
}

/// Whether thanks are said, due or late.
#[component]
fn ThanksState(
    /// When they were said.
    thanked: Option<DateTime<Utc>>,
    /// When they are due.
    due: Option<DateTime<Utc>>,
) -> impl IntoView {
    let day = |at| words::moment(clock::to_local(at), clock::today());
    match (thanked, due) {
        (Some(at), _) => view! {
            <p><Chip tone=Tone::Accent glyph=Glyph::Check>{format!("Thanked {}", day(at))}</Chip></p>
        }
        .into_any(),
        (None, Some(due)) if due < clock::now() => view! {
            <Banner kind=BannerKind::Warn title="Thanks are due">
                <p>"It is not too late. A short note today beats a perfect one next week."</p>
            </Banner>
        }
        .into_any(),
        (None, Some(due)) => view! { <p>"Best sent by "<strong>{day(due)}</strong>"."</p> }.into_any(),
        (None, None) => ().into_any(),
    }
}

/// Calls the debrief done, or opens it again.
#[component]
fn Finish(
    /// The one session.
    session: Session,
    /// Which talk.
    id: InterviewId,
) -> impl IntoView {
    let stage = session.select(move |w| w.interview(id).map(Interview::stage));
    let finish = move |()| {
        session.edit(|w| w.edit_interview(id, |talk| talk.debrief.done = Some(clock::now())));
        location::go(&Route::Today);
    };
    let again = move |()| {
        session.edit(|w| w.edit_interview(id, |talk| talk.debrief.done = None));
    };
    view! {
        {move || match stage.get() {
            Some(Stage::ToDebrief) => view! {
                <p><Button kind=ButtonKind::Primary glyph=Glyph::Check on_click=finish>"Debrief done"</Button></p>
            }.into_any(),
            Some(Stage::Done) => view! {
                <p class="cluster">
                    <Chip tone=Tone::Accent glyph=Glyph::Done>"Debriefed"</Chip>
                    <Button kind=ButtonKind::Quiet on_click=again>"Not done after all"</Button>
                </p>
            }.into_any(),
            _ => ().into_any(),
        }}
    }
}
