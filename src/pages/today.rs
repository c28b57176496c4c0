//! What is next, what is due, and how old the last backup is.

use crate::browser::{clock, updates};
use crate::components::{
    Banner, BannerKind, Button, ButtonKind, Chip, EmptyState, Glyph, Icon, InputKind, LinkButton,
    PageHeader, TextField, Tone, When,
};
use crate::derived::derived;
use crate::domain::follow_up::{self, Due, Reason, Urgency};
use crate::domain::id::{InterviewId, TaskId};
use crate::domain::interview::Stage;
use crate::domain::keeping::{self, OpenedFrom};
use crate::domain::task::Task;
use crate::domain::workspace::Workspace;
use crate::pages::download::DownloadButton;
use crate::route::Route;
use crate::session::{self, Session};
use crate::view::view;
use crate::words;
use chrono::{DateTime, Local, Utc};
use leptos::prelude::*;
use std::time::Duration;

/// How often the page looks at the clock again: days change slowly.
const LOOK_AGAIN: Duration = Duration::from_secs(30);

/// The first page of those who have begun.
#[component]
pub fn Today(
    /// The one session.
    session: Session,
) -> impl IntoView {
    let now = clock::ticking(LOOK_AGAIN);
    let due = derived(move || backup_is_due(session, now.get())).into();
    view! {
        <div class="page stack-loose">
            <PageHeader title="Today" lede=Signal::derive(move || words::full_day(local(now.get()).date_naive())) />
            <BackupAge session reminds=true due />
            <NextTalk session now />
            <DueList session now />
            <Tasks session />
            <BackupAge session reminds=false due />
        </div>
    }
}

fn local(at: DateTime<Utc>) -> DateTime<Local> {
    at.with_timezone(&Local)
}

/// What is shown of the talk that comes next, or goes on.
#[derive(Clone, PartialEq)]
struct Next {
    id: InterviewId,
    stage: Stage,
    name: String,
    position: String,
    starts: Option<DateTime<Utc>>,
    minutes: u16,
    way: String,
}

fn next_of(w: &Workspace, now: DateTime<Utc>) -> Option<Next> {
    let live = w.interviews().find(|talk| talk.stage() == Stage::Live);
    let talk = live.or_else(|| follow_up::next_talk(w, now))?;
    let contact = w.contact(talk.contact);
    let mode = talk.mode.map(words::mode);
    let place = Some(talk.place.trim()).filter(|place| !place.is_empty());
    Some(Next {
        id: talk.id,
        stage: talk.stage(),
        name: contact.map_or_else(|| "someone".to_owned(), words::name),
        position: contact.map(words::position).unwrap_or_default(),
        starts: talk.starts_at,
        minutes: talk.minutes,
        way: mode.into_iter().chain(place).collect::<Vec<_>>().join(" · "),
    })
}

/// The talk that comes next, or goes on just now.
#[component]
fn NextTalk(
    /// The one session.
    session: Session,
    /// The time.
    now: Signal<DateTime<Utc>>,
) -> impl IntoView {
    let next = derived(move || session.with(|w| next_of(w, now.get())));
    let card = move |next: Next| {
        let live = next.stage == Stage::Live;
        let when = next.starts.map(|at| {
            let at = clock::to_local(at);
            let day = words::moment(at, clock::today());
            let away = words::days_away(at.date(), clock::today());
            if day.starts_with(&away) { day } else { format!("{day} ({away})") }
        });
        view! {
            <div class="card stack-tight next-talk">
                <p class="small muted">{if live { "Talking now" } else { "Your next talk" }}</p>
                <h2 dir="auto">{next.name}</h2>
                <p class="muted" dir="auto">{next.position}</p>
                <p class="cluster">
                    {when.map(|when| view! { <span class="fact"><Icon glyph=Glyph::Calendar />{when}</span> })}
                    <span class="fact"><Icon glyph=Glyph::Timer />{format!("{} minutes", next.minutes)}</span>
                    <span class="fact" dir="auto"><Icon glyph=Glyph::Place />{next.way}</span>
                </p>
                <p class="cluster">
                    {if live {
                        view! {
                            <LinkButton kind=ButtonKind::Primary href=Route::Live(next.id).to_string()>
                                "Back to the talk"
                            </LinkButton>
                        }.into_any()
                    } else {
                        view! {
                            <LinkButton kind=ButtonKind::Primary href=Route::Prepare(next.id, None).to_string()>
                                "Prepare"
                            </LinkButton>
                            <LinkButton href=Route::Guide(next.id).to_string() glyph=Glyph::Print>
                                "One-page guide"
                            </LinkButton>
                        }.into_any()
                    }}
                </p>
            </div>
        }
    };
    view! {
        {move || match next.get() {
            Some(next) => card(next).into_any(),
            None => view! {
                <EmptyState
                    glyph=Glyph::Talks
                    title="No talk is set"
                    text="Choose one of your people and prepare a talk with them. Asking gets easier each time."
                >
                    <LinkButton href=Route::Contacts.to_string()>"Choose someone"</LinkButton>
                </EmptyState>
            }.into_any(),
        }}
    }
}

/// One thing that is due, in words.
#[derive(Clone, PartialEq)]
struct DueLine {
    due: Due,
    what: String,
    place: Option<Route>,
}

fn line_of(due: Due, w: &Workspace) -> DueLine {
    let name =
        due.contact.and_then(|id| w.contact(id)).map_or_else(|| "someone".to_owned(), words::name);
    let (what, place) = match due.reason {
        Reason::TalkIsLive(id) => (format!("Your talk with {name} is going on"), Route::Live(id)),
        Reason::Debrief(id) => (format!("Write down what {name} told you"), Route::Debrief(id)),
        Reason::Thank(id) => (format!("Thank {name}"), Route::Debrief(id)),
        Reason::Confirm(id) => {
            let confirm = format!("Confirm time and place with {name}");
            (confirm, Route::Prepare(id, Some(crate::domain::prepare::Step::Meeting)))
        }
        Reason::SecondNote(id) => {
            (format!("Tell {name} what came of their advice"), Route::Debrief(id))
        }
        Reason::Task(id) => {
            let text = w.task(id).map(|task| task.text.clone()).unwrap_or_default();
            return DueLine { place: due.contact.map(Route::Contact), due, what: text };
        }
    };
    DueLine { due, what, place: Some(place) }
}

/// Everything that is due within a week.
#[component]
fn DueList(
    /// The one session.
    session: Session,
    /// The time.
    now: Signal<DateTime<Utc>>,
) -> impl IntoView {
    let lines = derived(move || {
        session.with(|w| {
            let due = follow_up::due(w, &local(now.get()));
            due.into_iter().map(|due| line_of(due, w)).collect::<Vec<_>>()
        })
    });
    view! {
        <section class="stack-tight">
            <h2>"What is due"</h2>
            <When
                when=move || lines.with(|lines| !lines.is_empty())
                fallback=|| view! { <p class="muted">"Nothing this week. Well done."</p> }
            >
                <ul class="list">
                    {move || lines.get().into_iter().map(|line| view! { <DueRow session line /> }).collect_view()}
                </ul>
            </When>
        </section>
    }
}

/// One thing that is due, with the button that gets it done.
#[component]
fn DueRow(
    /// The one session.
    session: Session,
    /// What.
    line: DueLine,
) -> impl IntoView {
    let (tone, glyph) = match line.due.urgency {
        Urgency::Late => (Tone::Red, Glyph::Warn),
        Urgency::Due => (Tone::Amber, Glyph::Clock),
        Urgency::Soon => (Tone::Neutral, Glyph::Calendar),
    };
    let when = words::day(line.due.day, clock::today());
    let words_of_it = match line.due.urgency {
        Urgency::Soon => when,
        urgency => format!("{}, {when}", words::urgency(urgency)),
    };
    let reason = line.due.reason;
    let act = match reason {
        Reason::Thank(_) => Some("I thanked them"),
        Reason::SecondNote(_) => Some("I wrote to them"),
        Reason::Task(_) => Some("Done"),
        _ => None,
    };
    let done = move |()| {
        let (now, today) = (clock::now(), clock::today());
        session.edit_undoable("Done.", |w| match reason {
            Reason::Thank(id) => w.undoable_talk(id, |w| w.thanked(id, now, today)),
            Reason::SecondNote(id) => w.undoable_talk(id, |w| w.wrote_again(id, now, today)),
            Reason::Task(id) => {
                let before = w.before(&crate::domain::key::Key::Task(id));
                w.edit_task(id, |task| task.done = Some(now));
                before
            }
            _ => Default::default(),
        });
    };
    let title = match line.place {
        Some(place) => {
            view! { <a class="row-link" href=place.to_string() dir="auto">{line.what.clone()}</a> }
                .into_any()
        }
        None => view! { <span class="row-title" dir="auto">{line.what.clone()}</span> }.into_any(),
    };
    view! {
        <li class="row">
            <div class="row-words">{title}</div>
            <div class="row-trailing">
                <Chip tone glyph>{words_of_it}</Chip>
                {act.map(|act| view! {
                    <Button glyph=Glyph::Check on_click=done label=format!("{act}: {}", line.what)>{act}</Button>
                })}
            </div>
        </li>
    }
}

/// Things to do some time, and a line to add one.
#[component]
fn Tasks(
    /// The one session.
    session: Session,
) -> impl IntoView {
    let undated = session.select(|w| {
        let open = w.tasks().filter(|task| task.done.is_none() && task.due.is_none());
        open.map(|task| (task.id, task.text.clone())).collect::<Vec<_>>()
    });
    let text = RwSignal::new(String::new());
    let day = RwSignal::new(String::new());
    let add = move || {
        let typed = text.get_untracked();
        if typed.trim().is_empty() {
            return;
        }
        let id = TaskId::new(clock::now());
        let due = day.get_untracked().parse().ok();
        session.edit(|w| {
            w.put_task(Task {
                id,
                text: typed.trim().to_owned(),
                due,
                done: None,
                contact: None,
                interview: None,
                sample: false,
            });
        });
        text.set(String::new());
        day.set(String::new());
    };
    let finish = move |id: TaskId| {
        session.edit_undoable("Done.", |w| {
            let before = w.before(&crate::domain::key::Key::Task(id));
            w.edit_task(id, |task| task.done = Some(clock::now()));
            before
        });
    };
    view! {
        <section class="stack-tight">
            <h2>"To do some time"</h2>
            <ul class="list">
                {move || undated.get().into_iter().map(|(id, text)| view! {
                    <li class="row">
                        <div class="row-words"><span class="row-title" dir="auto">{text.clone()}</span></div>
                        <div class="row-trailing">
                            <Button glyph=Glyph::Check label=format!("Done: {text}") on_click=move |()| finish(id)>
                                "Done"
                            </Button>
                        </div>
                    </li>
                }).collect_view()}
            </ul>
            <form
                class="add-line add-line-dated"
                on:submit=move |event| {
                    event.prevent_default();
                    add();
                }
            >
                <TextField label="Something to do" value=text on_input=move |typed| text.set(typed) />
                <TextField label="By" kind=InputKind::Date value=day on_input=move |typed| day.set(typed) />
                <Button glyph=Glyph::Add on_click=move |()| add()>"Add"</Button>
            </form>
        </section>
    }
}

/// Whether a backup is due.
fn backup_is_due(session: Session, now: DateTime<Utc>) -> bool {
    let age = session.backup_age().get();
    session.with(|w| {
        let (begun, talks) = (keeping::begun(w), keeping::talks_since(w, age.at));
        let from = match updates::opened_from_disk() {
            true => OpenedFrom::File,
            false => OpenedFrom::Site,
        };
        keeping::backup_is_due(age.at, begun, talks, age.changes, from, now)
    })
}

/// How old the last backup is.
fn backup_line(age: session::BackupAge) -> String {
    match (age.at, age.changes) {
        (None, _) => "Nothing is backed up yet. A browser can lose what it keeps.".to_owned(),
        (Some(at), changes) => {
            let day = words::days_away(clock::to_local(at).date(), clock::today());
            match changes {
                0 => format!("Last backup {day}. Nothing has changed since."),
                n => format!("Last backup {day}. {} since.", words::count(n, "change", "changes")),
            }
        }
    }
}

/// How old the last backup is; a reminder when one is due.
#[component]
fn BackupAge(
    /// The one session.
    session: Session,
    /// Whether this is the reminder, which is shown while a backup is due, or
    /// what is shown otherwise.
    reminds: bool,
    /// Whether a backup is due.
    due: Signal<bool>,
) -> impl IntoView {
    let line = move || backup_line(session.backup_age().get());
    view! {
        <When when=move || due.get() == reminds>
            {if reminds {
                view! {
                    <Banner
                        kind=BannerKind::Warn
                        title="Time for a backup"
                        actions=move || view! { <DownloadButton session /> }
                    >
                        <p>{line}</p>
                    </Banner>
                }
            } else {
                view! {
                    <section class="stack-tight">
                        <h2>"Backup"</h2>
                        <p>{line}</p>
                        <p><DownloadButton session /></p>
                    </section>
                }
            }}
        </When>
    }
}
