//! The wiring: storage into a session, the address into a page, and around them
//! the frame with whatever must be said on every page.

use crate::browser::indexed_db::Database;
use crate::browser::local_storage::LocalStorage;
use crate::browser::tabs::{self, Claim};
use crate::browser::{appearance, clock, lifecycle, location, updates};
use crate::components::{
    Banner, BannerKind, Button, ButtonKind, Glyph, LinkButton, NavItem, SaveBadge, Shell, Toast,
    Tone, When,
};
use crate::derived::derived;
use crate::domain::policy::Appearance;
use crate::domain::workspace::Workspace;
use crate::pages;
use crate::persist::memory::Memory;
use crate::persist::shadow::Texts;
use crate::persist::space::Room;
use crate::persist::storage::{Storage, StorageError};
use crate::persist::store::Store;
use crate::route::Route;
use crate::session::{Role, SaveState, Session};
use crate::view::view;
use crate::words;
use crate::{chunk, chunks};
use leptos::prelude::*;
use std::cell::{Cell, OnceCell};
use std::rc::Rc;
use std::time::Duration;

/// How long the rest of the app waits, to leave the start alone.
const FETCH_DELAY: Duration = Duration::from_secs(2);

/// How often in a row the shadow may fail before it is left alone.
const SHADOW_TRIES: u32 = 3;

/// Opens storage and puts the app on the page.
pub fn start() {
    lifecycle::at_start(async {
        // The session comes to be after the claim, and hears of it for ever.
        let heard: Rc<OnceCell<Session>> = Rc::default();
        let (changed, asked) = (Rc::clone(&heard), Rc::clone(&heard));
        let claim = tabs::claim(
            move |claim| {
                if let Some(session) = changed.get() {
                    match claim {
                        // If storage can't be read now, what is on the screen stays there.
                        Claim::Writer => drop(session.take_over(clock::now())),
                        Claim::Follower => session.let_go(clock::now()),
                    }
                }
            },
            move || {
                if let Some(session) = asked.get() {
                    session.flush(clock::now());
                }
            },
        )
        .await;
        let database = Database::open().await;
        let shadow = match &database {
            Some(database) if claim == Claim::Writer => database.texts().await.ok(),
            _ => None,
        };
        // One that can't be read must not be written over either.
        let feeds = claim == Claim::Follower || shadow.is_some();
        leptos::mount::mount_to_body(move || {
            let session = open(claim, shadow);
            // It was empty until now.
            let _ = heard.set(session);
            feed_shadow(session, database.clone().filter(|_| feeds));
            provide_context(pages::Safety::new(session, database));
            view! { <App session /> }
        });
    });
}

/// A session over the browser's storage, or, when that is denied, over memory:
/// the app goes on, and says so.
fn open(claim: Claim, shadow: Option<Vec<(String, String)>>) -> Session {
    let shadow = shadow.map(Texts::new);
    let opened =
        LocalStorage::open().map(|port| Box::new(port) as Box<dyn Storage>).and_then(|port| {
            match claim {
                Claim::Writer => {
                    Store::open_beside(port, shadow.as_ref(), Vec::new(), clock::now())
                }
                Claim::Follower => Store::follow(port, Vec::new(), clock::now()),
            }
        });
    if let Ok((store, workspace)) = opened {
        return Session::new(store, workspace, true, Vec::new);
    }
    // What the shadow has can be shown and taken away all the same.
    let memory = Memory::default();
    for (place, text) in shadow.iter().flat_map(Texts::iter) {
        // Memory without a limit takes everything.
        let _ = memory.write(place, text);
    }
    let (store, workspace) = Store::in_memory(memory, Vec::new(), clock::now());
    Session::new(store, workspace, false, Vec::new)
}

/// Has the shadow take over whatever is stored, as soon as it is.
fn feed_shadow(session: Session, database: Option<Database>) {
    let failures = Rc::new(Cell::new(0));
    session.on_stored(move |outbox| {
        let Some(database) = &database else { return };
        match failures.get() {
            // What it has missed it can't be told of any more: all of it again.
            1..SHADOW_TRIES if !outbox.clear => return session.renew_shadow(),
            SHADOW_TRIES.. => return,
            _ => {}
        }
        let failures = Rc::clone(&failures);
        database.put(outbox.clear, &outbox.changes, move |done| {
            failures.set(if done { 0 } else { failures.get() + 1 });
        });
    });
}

/// The whole app.
#[component]
fn App(
    /// The one session.
    session: Session,
) -> impl IntoView {
    let flush = move || session.flush(clock::now());
    session.on_pending(lifecycle::save_timer(flush));
    lifecycle::on_leaving(flush);
    tabs::on_foreign_write(move |key, text| {
        session.hear(key.as_deref(), text.as_deref(), clock::now());
    });

    let theme = session.select(|w| w.settings().appearance);
    Effect::new(move || {
        appearance::set_theme(match theme.get() {
            Appearance::System => None,
            Appearance::Light => Some("light"),
            Appearance::Dark => Some("dark"),
        });
    });

    let route = location::route();
    let route = derived(move || route.get());
    Effect::new(move |before: Option<()>| {
        let route = route.get();
        location::set_title(&title(&route, session));
        if before.is_some() {
            flush();
            location::arrive();
        }
    });
    // Who has begun gets the rest of the app as well, to go on without a connection.
    let begun = session.select(|w| w.contacts().next().is_some());
    let safety = pages::Safety::of(session);
    Effect::new(move || {
        if begun.get() {
            let rest = async move {
                // What can't be had now is asked for again when its page is opened.
                let _ = chunks::with_bank(session).await;
                chunks::fetch_all().await;
                chunks::watch_over(safety).await;
            };
            set_timeout(move || leptos::task::spawn_local(rest), FETCH_DELAY);
        }
    });

    let current = Signal::derive(move || route.get().section().to_string());
    let live = Signal::derive(move || matches!(route.get(), Route::Live(_)));
    let badge = Signal::derive(move || badge(&session.save_state().get(), session.role().get()));
    let sample = session.select(Workspace::has_sample);
    let newer = updates::newer();
    let worth_knowing = derived(move || {
        let (kept, room) = (session.kept().with(Vec::len), session.room().get());
        kept > 0 || room.percent() >= Room::WARN || sample.get() || newer.get()
    });
    let reads_only = derived(move || session.role().get() != Role::Writer);

    view! {
        <Shell nav=sections() current save=badge>
            <OtherTab session />
            <Trouble session />
            <fieldset class="shell-page" disabled=move || reads_only.get()>
                <When when=move || !live.get() && worth_knowing.get()>
                    <Reminders session />
                </When>
            </fieldset>
            <fieldset class="shell-page" disabled=move || reads_only.get()>
                {move || {
                    let route = route.get();
                    untrack(|| page(session, &route))
                }}
            </fieldset>
            <UndoToast session />
        </Shell>
    }
}

/// The page at a place.
fn page(session: Session, route: &Route) -> AnyView {
    let begun = session.select(|w| w.contacts().next().is_some());
    match route {
        Route::Today => view! {
            {move || match chunks::of(&Route::Today) {
                Some(fetch) if begun.get() => fetched(session, Route::Today, fetch),
                _ => untrack(|| view! { <pages::Welcome session /> }),
            }}
        },
        route => match chunks::of(route) {
            Some(fetch) => fetched(session, route.clone(), fetch),
            None => view! { <pages::NotFound /> },
        },
    }
}

/// A page whose code may still have to be fetched.
fn fetched(session: Session, route: Route, fetch: chunks::Fetch) -> AnyView {
    let made = RwSignal::new(None::<Result<chunks::Make, chunk::NotFetched>>);
    leptos::task::spawn_local(async move {
        let result = match chunks::with_bank(session).await {
            Ok(()) => fetch.await,
            Err(missing) => Err(missing),
        };
        // The user may have gone on meanwhile, and the signal with the page.
        if made.try_set(Some(result)).is_none() {
            location::arrive_late();
        }
    });
    view! {
        {move || match made.get() {
            None => view! { <p class="page muted" role="status">"Opening…"</p> },
            Some(Ok(make)) => untrack(|| make(session, &route)),
            Some(Err(_)) => view! { <NotFetched /> },
        }}
    }
}

/// A page whose code could not be fetched.
#[component]
fn NotFetched() -> impl IntoView {
    view! {
        <div class="page stack">
            <h1 tabindex="-1">"This page could not be loaded"</h1>
            <p>"The connection may be gone. What you wrote is safe; try again when you are back online."</p>
            <p><Button kind=ButtonKind::Primary glyph=Glyph::Undo on_click=|()| location::reload()>"Try again"</Button></p>
        </div>
    }
}

fn sections() -> Vec<NavItem> {
    [
        (Route::Today, "Today", Glyph::Today),
        (Route::Plan, "Plan", Glyph::Plan),
        (Route::Contacts, "People", Glyph::People),
        (Route::Questions, "Questions", Glyph::Questions),
        (Route::Interviews, "Talks", Glyph::Talks),
        (Route::Data, "Data", Glyph::Data),
        (Route::Settings, "Settings", Glyph::Settings),
    ]
    .into_iter()
    .map(|(route, label, glyph)| NavItem::new(route.to_string(), label, glyph))
    .collect()
}

/// The title of the tab: the most particular thing first.
fn title(route: &Route, session: Session) -> String {
    let with = |id| {
        session.peek(|w| {
            let contact = w.interview(id).and_then(|talk| w.contact(talk.contact));
            words::name_of(contact)
        })
    };
    let place = match route {
        Route::Today => "Today".to_owned(),
        Route::Plan => "Plan".to_owned(),
        Route::Contacts => "People".to_owned(),
        Route::Contact(id) => {
            session.peek(|w| w.contact(*id).map(words::name)).unwrap_or_else(|| "People".to_owned())
        }
        Route::Questions => "Questions".to_owned(),
        Route::Interviews => "Talks".to_owned(),
        Route::Prepare(id, _) => format!("Prepare for {}", with(*id)),
        Route::Now => "They can talk now".to_owned(),
        Route::Live(id) => format!("Talking with {}", with(*id)),
        Route::Debrief(id) => format!("After {}", with(*id)),
        Route::Guide(id) => format!("Guide for {}", with(*id)),
        Route::Data => "Data".to_owned(),
        Route::Settings => "Settings".to_owned(),
        Route::NotFound(_) => "Nothing here".to_owned(),
    };
    format!("{place} · Ask Around")
}

/// The state of saving, always in sight.
fn badge(state: &SaveState, role: Role) -> SaveBadge {
    let (tone, text) = match state {
        SaveState::Saved if role != Role::Writer => (Tone::Amber, "Reading only"),
        SaveState::Saved => (Tone::Neutral, "Saved"),
        SaveState::Saving => (Tone::Accent, "Saving…"),
        SaveState::NotSaved(_) => (Tone::Red, "Not saved"),
        SaveState::NowhereToSave => (Tone::Amber, "Nothing is kept"),
    };
    SaveBadge { tone, text: text.to_owned() }
}

/// That this tab can't write, and who can: said on every page, with the way out.
#[component]
fn OtherTab(
    /// The one session.
    session: Session,
) -> impl IntoView {
    let role = derived(move || session.role().get());
    let take_over = move |()| {
        leptos::task::spawn_local(async move {
            if tabs::take_over().await == Claim::Writer {
                // If storage can't be read now, this tab goes on following.
                drop(session.take_over(clock::now()));
            }
        });
    };
    view! {
        {move || match role.get() {
            Role::Writer => ().into_any(),
            Role::Follower => view! {
                <Banner
                    kind=BannerKind::Warn
                    title="Ask Around is open in another tab"
                    actions=move || view! {
                        <Button kind=ButtonKind::Primary on_click=take_over>"Use it here"</Button>
                        <pages::DownloadButton session />
                    }
                >
                    <p>"You write there, and this tab follows along. Nothing is lost if you change over."</p>
                </Banner>
            },
            Role::Outdated => view! {
                <Banner
                    kind=BannerKind::Danger
                    title="A newer version of Ask Around was here"
                    actions=move || view! {
                        <Button kind=ButtonKind::Primary on_click=|()| location::reload()>"Reload the page"</Button>
                        <pages::DownloadButton session />
                    }
                >
                    <p>
                        "This version can't read all of what it wrote, so you can look around but not \
                         change anything. Everything is safe. Reload to get the newer version."
                    </p>
                </Banner>
            },
        }}
    }
}

/// What keeps words from being stored: said on every page, with ways out.
#[component]
fn Trouble(
    /// The one session.
    session: Session,
) -> impl IntoView {
    let trouble = derived(move || match session.save_state().get() {
        SaveState::NotSaved(error) => Some(error),
        SaveState::NowhereToSave => Some(StorageError::Denied),
        SaveState::Saved | SaveState::Saving => None,
    });
    let retry = move |()| session.flush(clock::now());
    let full = derived(move || session.room().get().reserve_in_use);
    view! {
        <When when=move || full.get() && trouble.get().is_none()>
            <Banner
                kind=BannerKind::Danger
                title="Storage is full"
                actions=move || view! {
                    <pages::DownloadButton session kind=ButtonKind::Primary />
                    <LinkButton href=Route::Data.to_string()>"See what takes room"</LinkButton>
                }
            >
                <p>
                    "Your words are saved, in the last room that was held back for them. Download a \
                     backup now, then delete what you no longer need."
                </p>
            </Banner>
        </When>
        {move || trouble.get().map(|error| {
            let denied = error == StorageError::Denied;
            let title = if denied { "Nothing is being kept" } else { "Your latest words are not saved" };
            let kind = if denied { BannerKind::Warn } else { BannerKind::Danger };
            view! {
                <Banner
                    kind
                    title=title
                    actions=move || view! {
                        <pages::DownloadButton session kind=ButtonKind::Primary />
                        <When when=move || !denied>
                            <Button glyph=Glyph::Undo on_click=retry>"Try again"</Button>
                        </When>
                    }
                >
                    <p>{words::storage_error(&error)}</p>
                </Banner>
            }
        })}
    }
}

/// What is worth knowing on every page, but not in the middle of a talk. There
/// is nothing of that on a first visit, so its code is fetched.
#[component]
fn Reminders(
    /// The one session.
    session: Session,
) -> impl IntoView {
    let made = RwSignal::new(None::<chunks::Remind>);
    leptos::task::spawn_local(async move {
        // Without it the pages themselves still say what they have to say.
        if let Ok(remind) = chunks::reminders().await {
            made.try_set(Some(remind));
        }
    });
    view! {
        {move || match made.get() {
            Some(remind) => untrack(|| remind(session)),
            None => ().into_any(),
        }}
    }
}

/// The offer to undo the last risky act.
#[component]
fn UndoToast(
    /// The one session.
    session: Session,
) -> impl IntoView {
    let (failed, set_failed) = signal(None::<String>);
    let message = Signal::derive(move || failed.get().or_else(|| session.undo_message().get()));
    let undo = move |()| match session.undo(clock::now()) {
        Ok(()) => set_failed.set(None),
        Err(error) => set_failed.set(Some(words::storage_error(&error))),
    };
    let close = move |()| {
        set_failed.set(None);
        session.forget_undo();
    };
    view! { <Toast message action_label="Undo" on_action=undo on_close=close /> }
}
