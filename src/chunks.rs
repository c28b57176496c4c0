//! Pages whose code is fetched when they are first opened.
//!
//! A first visit needs little: the frame and a welcome. The rest of the code lies in files of its own, cut out of the app after it is built
//! with the feature `split` (see `cargo xtask build`); without that feature it
//! is simply there.

use crate::chunk::{NotFetched, chunk};
use crate::content::bank;
use crate::domain::question::Question;
use crate::pages;
use crate::route::Route;
use crate::session::Session;
use crate::view::view;
use leptos::prelude::*;
use std::future::Future;
use std::pin::Pin;

/// Makes the page of a route.
pub type Make = fn(Session, &Route) -> AnyView;

/// A page's code on its way.
pub type Fetch = Pin<Box<dyn Future<Output = Result<Make, NotFetched>>>>;

chunk!(today in today: Make, |session, _| view! { <pages::Today session /> });

chunk!(people in people: Make, |session, route| match route {
    Route::Contact(id) => view! { <pages::Contact session id=*id /> },
    Route::Interviews => view! { <pages::Interviews session /> },
    _ => view! { <pages::Contacts session /> },
});

chunk!(prepare in prepare: Make, |session, route| match route {
    Route::Prepare(id, step) => view! { <pages::Prepare session id=*id step=*step /> },
    Route::Guide(id) => view! { <pages::Guide session id=*id /> },
    _ => view! { <pages::NotFound /> },
});

chunk!(questions in questions: Make, |session, _| view! { <pages::Questions session /> });

chunk!(live in live: Make, |session, route| match route {
    Route::Live(id) => view! { <pages::Live session id=*id /> },
    _ => view! { <pages::Now session /> },
});

chunk!(debrief in debrief: Make, |session, route| match route {
    Route::Debrief(id) => view! { <pages::Debrief session id=*id /> },
    _ => view! { <pages::NotFound /> },
});

chunk!(desk in desk: Make, |session, route| match route {
    Route::Plan => view! { <pages::Plan session /> },
    Route::Settings => view! { <pages::Settings session /> },
    _ => view! { <pages::Data session /> },
});

chunk!(questions_built_in in desk: fn() -> Vec<Question>, bank::questions);

/// Has the built-in questions in their place, which every page but the first may need.
///
/// # Errors
/// When they could not be fetched.
pub async fn with_bank(session: Session) -> Result<(), NotFetched> {
    if !session.peek(|w| w.has_bank()) {
        session.use_bank(questions_built_in().await?);
    }
    Ok(())
}

/// Looks after the copies beside the records.
type Watch = fn(pages::Safety) -> Pin<Box<dyn Future<Output = ()>>>;

chunk!(watch in desk: Watch, |safety| Box::pin(safety.watch()));

/// Has safety copies made and the linked file written, from now on.
pub async fn watch_over(safety: pages::Safety) {
    // Without its code there are none until the page is opened anew.
    if let Ok(watch) = watch().await {
        watch(safety).await;
    }
}

/// Shows what is worth knowing on every page.
pub type Remind = fn(Session) -> AnyView;

chunk!(fetch_reminders in desk: Remind, |session| view! { <pages::Reminders session /> });

/// What shows the reminders.
///
/// # Errors
/// When it could not be fetched.
pub async fn reminders() -> Result<Remind, NotFetched> {
    fetch_reminders().await
}

/// What fetches the code of a route's page; `None` if it is always there.
pub fn of(route: &Route) -> Option<Fetch> {
    match route {
        Route::Contacts | Route::Contact(_) | Route::Interviews => Some(Box::pin(people())),
        Route::Live(_) | Route::Now => Some(Box::pin(live())),
        Route::Prepare(..) | Route::Guide(_) => Some(Box::pin(prepare())),
        Route::Questions => Some(Box::pin(questions())),
        Route::Debrief(_) => Some(Box::pin(debrief())),
        Route::Plan | Route::Settings | Route::Data => Some(Box::pin(desk())),
        Route::Today => Some(Box::pin(today())),
        Route::NotFound(_) => None,
    }
}

/// Fetches the code of every page, so that all of them open without a connection.
pub async fn fetch_all() {
    for fetch in [
        Box::pin(today()) as Fetch,
        Box::pin(people()),
        Box::pin(prepare()),
        Box::pin(live()),
        Box::pin(questions()),
        Box::pin(debrief()),
        Box::pin(desk()),
    ] {
        // What can't be had now is asked for again when its page is opened.
        let _ = fetch.await;
    }
}
