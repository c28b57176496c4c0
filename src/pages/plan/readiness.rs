//! The self-test before asking anyone: can one say what the work is (P40)?
//! If not, an hour of reading comes first, and goes on the list.

use crate::browser::clock;
use crate::components::{Button, CheckLine, Glyph, LinkButton, When};
use crate::content::drafts;
use crate::derived::derived;
use crate::domain::id::TaskId;
use crate::domain::task::Task;
use crate::domain::workspace::Workspace;
use crate::route::Route;
use crate::session::Session;
use crate::view::view;
use crate::words;
use chrono::TimeDelta;
use leptos::prelude::*;
use std::collections::BTreeSet;

/// The task that the test leads to; found again by its words.
const READ_UP: &str =
    "Read up on the field: what they do all week, what it takes, and three places where it is done";

/// The reading that is on the list and not done yet.
fn reading(w: &Workspace) -> Option<&Task> {
    w.tasks().find(|task| task.done.is_none() && task.text == READ_UP)
}

/// The test. Its ticks are not kept: it is worth taking again.
#[component]
pub fn Readiness(
    /// The one session.
    session: Session,
) -> impl IntoView {
    let ticked = RwSignal::new(BTreeSet::new());
    let all = drafts::self_test().len();
    let ready = derived(move || ticked.with(BTreeSet::len) == all);
    let lines = drafts::self_test()
        .iter()
        .enumerate()
        .map(|(number, line)| {
            let turn = move |on| {
                ticked.update(|ticked| {
                    let _ = if on { ticked.insert(number) } else { ticked.remove(&number) };
                });
            };
            view! {
                <CheckLine
                    label=*line
                    checked=Signal::derive(move || ticked.with(|ticked| ticked.contains(&number)))
                    on_change=turn
                />
            }
        })
        .collect_view();
    view! {
        <section class="stack-tight" aria-labelledby="self-test">
            <h2 id="self-test">"Ready to ask?"</h2>
            <p class="muted">"Tick what you can say today. This is for you alone, and not kept."</p>
            <div>{lines}</div>
            <When when=move || ready.get() fallback=move || view! { <ReadFirst session /> }>
                <p>"Then you know enough to ask good questions."</p>
                <p>
                    <LinkButton href=Route::Contacts.to_string() glyph=Glyph::People>
                        "Choose whom to ask"
                    </LinkButton>
                </p>
            </When>
        </section>
    }
}

/// What to do while something can't be said yet.
#[component]
fn ReadFirst(
    /// The one session.
    session: Session,
) -> impl IntoView {
    let due = session.select(|w| reading(w).map(|task| task.due));
    let add = move |()| {
        let now = clock::now();
        session.edit(|w| {
            w.put_task(Task {
                id: TaskId::new(now),
                text: READ_UP.to_owned(),
                due: Some(clock::today() + TimeDelta::days(1)),
                done: None,
                contact: None,
                interview: None,
                sample: false,
            });
        });
    };
    view! {
        <p>"Something missing? An hour of reading first makes every talk better."</p>
        <p role="status">
            {move || due.get().map(|due| match due {
                Some(day) => format!("It is on your list for {}.", words::day(day, clock::today())),
                None => "It is on your list.".to_owned(),
            })}
        </p>
        <When when=move || due.get().is_none()>
            <p><Button glyph=Glyph::Book on_click=add>"Put an hour of reading on my list"</Button></p>
        </When>
    }
}
