//! The wiring: storage into a session, the address into a page, and around them
//! the frame with whatever must be said on every page.

use crate::browser::local_storage::LocalStorage;
use crate::browser::{appearance, clock, lifecycle, location};
use crate::components::{
    Banner, BannerKind, Button, ButtonKind, Glyph, LinkButton, NavItem, SaveBadge, Shell, Toast,
    Tone, When,
};
use crate::content::bank;
use crate::derived::derived;
use crate::domain::policy::Appearance;
use crate::domain::workspace::Workspace;
use crate::pages;
use crate::persist::memory::Memory;
use crate::persist::storage::{Storage, StorageError};
use crate::persist::store::Store;
use crate::route::Route;
use crate::session::{SaveState, Session};
use crate::view::view;
use crate::words;
use crate::{chunk, chunks};
use leptos::prelude::*;
use std::time::Duration;

/// How long the rest of the app waits, to leave the start alone.
const FETCH_DELAY: Duration = Duration::from_secs(2);

/// Opens storage and puts the app on the page.
pub fn start() {
    leptos::mount::mount_to_body(|| {
        let session = open();
        view! { <App session /> }
    });
}

/// A session over the browser's storage, or, when that is denied, over memory:
/// the app goes on, and says so.
fn open() -> Session {
    let opened = LocalStorage::open()
        .map(|port| Box::new(port) as Box<dyn Storage>)
        .and_then(|port| Store::open(port, bank::questions(), clock::now()));
    match opened {
        Ok((store, workspace)) => Session::new(store, workspace, true, bank::questions),
        Err(_) => {
            let (store, workspace) =
                Store::in_memory(Memory::default(), bank::questions(), clock::now());
            Session::new(store, workspace, false, bank::questions)
        }
    }
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
            request_animation_frame(location::arrive);
        }
    });
    // Who has begun gets the rest of the app as well, to go on without a connection.
    let begun = session.select(|w| w.contacts().next().is_some());
    Effect::new(move || {
        if begun.get() {
            set_timeout(|| leptos::task::spawn_local(chunks::fetch_all()), FETCH_DELAY);
        }
    });

    let current = Signal::derive(move || route.get().section().to_string());
    let live = Signal::derive(move || matches!(route.get(), Route::Live(_)));

    view! {
        <Shell nav=sections() current save=Signal::derive(move || badge(&session.save_state().get()))>
            <Trouble session />
            <When when=move || !live.get()>
                <Reminders session />
            </When>
            {move || {
                let route = route.get();
                untrack(|| page(session, &route))
            }}
            <UndoToast session />
        </Shell>
    }
}

/// The page at a place.
fn page(session: Session, route: &Route) -> AnyView {
    match route {
        Route::Today => view! { <pages::Today session /> },
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
        let result = fetch.await;
        // The user may have gone on meanwhile, and the signal with the page.
        if made.try_set(Some(result)).is_none() {
            request_animation_frame(location::arrive_late);
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
            contact.map_or_else(|| "someone".to_owned(), words::name)
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
fn badge(state: &SaveState) -> SaveBadge {
    let (tone, text) = match state {
        SaveState::Saved => (Tone::Neutral, "Saved"),
        SaveState::Saving => (Tone::Accent, "Saving…"),
        SaveState::NotSaved(_) => (Tone::Red, "Not saved"),
        SaveState::NowhereToSave => (Tone::Amber, "Nothing is kept"),
    };
    SaveBadge { tone, text: text.to_owned() }
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
    view! {
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

/// What is worth knowing on every page, but not in the middle of a talk.
#[component]
fn Reminders(
    /// The one session.
    session: Session,
) -> impl IntoView {
    let kept = derived(move || session.kept().with(Vec::len));
    let sample = session.select(Workspace::has_sample);
    let remove = move |()| {
        session.edit_undoable("The sample is gone.", Workspace::remove_sample);
    };
    view! {
        <When when=move || { kept.get() > 0 }>
            <Banner
                kind=BannerKind::Warn
                title=Signal::derive(move || {
                    format!("{} could not be read", words::count(kept.get(), "entry", "entries"))
                })
                actions=|| view! {
                    <LinkButton href=Route::Data.to_string()>"See what it is"</LinkButton>
                }
            >
                <p>"It is kept just as it is, and everything else is here."</p>
            </Banner>
        </When>
        <When when=move || sample.get()>
            <Banner
                kind=BannerKind::Sample
                title="A sample: made-up people to try things on"
                actions=move || view! {
                    <Button kind=ButtonKind::Quiet glyph=Glyph::Delete on_click=remove>"Remove the sample"</Button>
                }
            />
        </When>
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
