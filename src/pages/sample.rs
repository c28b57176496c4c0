//! The button that fetches the sample and fills the app with it.

use crate::browser::{clock, location};
use crate::chunk::{NotFetched, chunk};
use crate::components::{Button, Glyph, When};
use crate::content::sample::{self, Sample};
use crate::domain::workspace::Record;
use crate::route::Route;
use crate::session::Session;
use crate::view::view;
use chrono::{DateTime, Utc};
use leptos::prelude::*;

chunk!(fetch_sample in desk: fn(DateTime<Utc>) -> Vec<Record>, sample_records);

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
async fn load_sample(session: Session, now: DateTime<Utc>) -> Result<(), NotFetched> {
    let records = fetch_sample().await?(now);
    session.edit(|w| w.add_sample(records));
    Ok(())
}

/// Loads the sample and goes to look at it.
#[component]
pub fn SampleButton(
    /// The one session.
    session: Session,
) -> impl IntoView {
    let failed = RwSignal::new(false);
    let load = move |()| {
        leptos::task::spawn_local(async move {
            let loaded = load_sample(session, clock::now()).await.is_ok();
            failed.try_set(!loaded);
            if loaded {
                location::go(&Route::Today);
            }
        });
    };
    view! {
        <Button glyph=Glyph::Sample on_click=load>"Load the sample"</Button>
        <When when=failed>
            <p class="error" role="alert">
                "The sample could not be fetched. Perhaps the connection is gone; nothing was changed."
            </p>
        </When>
    }
}
