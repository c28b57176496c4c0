//! Pages whose code is fetched when they are first opened.
//!
//! A first visit needs little: the frame and Today. The rest of the code lies in files of its own, cut out of the app after it is built
//! with the feature `split` (see `cargo xtask build`); without that feature it
//! is simply there.

use crate::content::sample::{self, Sample};
use crate::domain::workspace::Record;
use crate::pages;
use crate::route::Route;
use crate::session::Session;
use crate::view::view;
use chrono::{DateTime, Utc};
use leptos::prelude::*;
use std::future::Future;
use std::pin::Pin;

/// Makes the page of a route.
pub type Make = fn(Session, &Route) -> AnyView;

/// The code of a page could not be fetched: the connection is gone, or the
/// app was put online anew. Asking again may help.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the code of this page could not be fetched")]
pub struct NotFetched;

/// A page's code on its way.
pub type Fetch = Pin<Box<dyn Future<Output = Result<Make, NotFetched>>>>;

#[cfg(feature = "split")]
impl From<wasm_split_helpers::SplitLoaderError> for NotFetched {
    fn from(_: wasm_split_helpers::SplitLoaderError) -> Self {
        Self
    }
}

/// Declares a chunk: a function that fetches its code and gives what is in it.
macro_rules! chunk {
    ($name:ident, $make:expr) => {
        chunk!($name in $name: Make, $make);
    };
    ($name:ident in $file:ident: $kind:ty, $make:expr) => {
        #[cfg(feature = "split")]
        #[wasm_split_helpers::wasm_split($file, fallible)]
        fn $name() -> Result<$kind, NotFetched> {
            Ok($make)
        }

        #[cfg(not(feature = "split"))]
        async fn $name() -> Result<$kind, NotFetched> {
            Ok($make)
        }
    };
}

chunk!(people, |session, route| match route {
    Route::Contact(id) => view! { <pages::Contact session id=*id /> },
    Route::Interviews => view! { <pages::Interviews session /> },
    _ => view! { <pages::Contacts session /> },
});

chunk!(prepare, |session, route| match route {
    Route::Prepare(id, step) => view! { <pages::Prepare session id=*id step=*step /> },
    Route::Guide(id) => view! { <pages::Guide session id=*id /> },
    _ => view! { <pages::NotFound /> },
});

chunk!(questions, |session, _| view! { <pages::Questions session /> });

chunk!(live, |session, route| match route {
    Route::Live(id) => view! { <pages::Live session id=*id /> },
    _ => view! { <pages::NotFound /> },
});

chunk!(debrief, |session, route| match route {
    Route::Debrief(id) => view! { <pages::Debrief session id=*id /> },
    _ => view! { <pages::NotFound /> },
});

chunk!(desk, |session, route| match route {
    Route::Plan => view! { <pages::Plan session /> },
    Route::Settings => view! { <pages::Settings session /> },
    _ => view! { <pages::Data session /> },
});

chunk!(sample in desk: fn(DateTime<Utc>) -> Vec<Record>, sample_records);

/// The records of the sample, as of `now`.
fn sample_records(now: DateTime<Utc>) -> Vec<Record> {
    let Sample { plan, contacts, interviews, answers, tasks, questions } = sample::sample(now);
    std::iter::once(Record::Plan(plan))
        .chain(contacts.into_iter().map(Record::Contact))
        .chain(interviews.into_iter().map(Record::Interview))
        .chain(answers.into_iter().map(|(talk, question, a)| Record::Answer(talk, question, a)))
        .chain(tasks.into_iter().map(Record::Task))
        .chain(questions.into_iter().map(|(id, change)| Record::Question(id, change)))
        .collect()
}

/// Fetches the sample and adds it to what is there.
///
/// # Errors
/// When it could not be fetched; nothing has changed then.
pub async fn load_sample(session: Session, now: DateTime<Utc>) -> Result<(), NotFetched> {
    let records = sample().await?(now);
    session.edit(|w| w.add_sample(records));
    Ok(())
}

/// What fetches the code of a route's page; `None` if it is always there.
pub fn of(route: &Route) -> Option<Fetch> {
    match route {
        Route::Contacts | Route::Contact(_) | Route::Interviews => Some(Box::pin(people())),
        Route::Live(_) => Some(Box::pin(live())),
        Route::Prepare(..) | Route::Guide(_) => Some(Box::pin(prepare())),
        Route::Questions => Some(Box::pin(questions())),
        Route::Debrief(_) => Some(Box::pin(debrief())),
        Route::Plan | Route::Settings | Route::Data => Some(Box::pin(desk())),
        Route::Today | Route::NotFound(_) => None,
    }
}

/// Fetches the code of every page, so that all of them open without a connection.
pub async fn fetch_all() {
    for fetch in [
        Box::pin(people()) as Fetch,
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
