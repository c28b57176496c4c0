//! Step 6: what to have with me, and when to leave (P48, P95, P98).

use super::talk_with;
use crate::browser::clock;
use crate::components::{CheckLine, Glyph, Icon};
use crate::content::checklists::{self, CheckItem};
use crate::domain::id::InterviewId;
use crate::domain::interview::Mode;
use crate::domain::workspace::Workspace;
use crate::session::Session;
use crate::view::view;
use crate::words;
use chrono::TimeDelta;
use leptos::prelude::*;

/// The lines of the list, as this talk needs them.
pub(in crate::pages) fn items(w: &Workspace, id: InterviewId) -> Vec<CheckItem> {
    talk_with(w, id)
        .map(|(talk, contact)| checklists::packing(talk, contact, &w.settings().policies))
        .unwrap_or_default()
}

/// The controls of the step.
#[component]
pub fn Packing(
    /// The one session.
    session: Session,
    /// Which talk.
    id: InterviewId,
) -> impl IntoView {
    let lines = session.select(move |w| items(w, id));
    let done = session.select(move |w| {
        let packed =
            |item: &CheckItem| w.interview(id).is_some_and(|talk| talk.packed.contains(item.id));
        let lines = items(w, id);
        (lines.iter().filter(|item| packed(item)).count(), lines.len())
    });
    let count = move || match done.get() {
        (ticked, all) if ticked == all => "All of it is ready.".to_owned(),
        (ticked, all) => format!("{ticked} of {all} ready"),
    };
    view! {
        <div class="form prepare-packing">
            <Arrive session id />
            <div class="stack-tight">
                <p class="small muted numbers" role="status">{count}</p>
                <ul class="list">
                    {move || lines.get().into_iter().map(|item| view! { <Line session id item /> }).collect_view()}
                </ul>
            </div>
        </div>
    }
}

/// When to be there. How long the way is, only they know.
#[component]
fn Arrive(
    /// The one session.
    session: Session,
    /// Which talk.
    id: InterviewId,
) -> impl IntoView {
    let starts = session.select(move |w| {
        let talk = w.interview(id)?;
        talk.starts_at.filter(|_| matches!(talk.mode, Some(Mode::InPerson)))
    });
    move || {
        let there = clock::to_local(starts.get()? - TimeDelta::minutes(10));
        let there = words::moment(there, clock::today());
        Some(view! {
            <p class="prepare-open">
                <Icon glyph=Glyph::Clock />
                <span>
                    "Be there " <strong class="numbers">{there}</strong>
                    ", ten minutes ahead. Count back the way from there, with time for a late train."
                </span>
            </p>
        })
    }
}

/// One line to tick.
#[component]
fn Line(
    /// The one session.
    session: Session,
    /// Which talk.
    id: InterviewId,
    /// Its id and words.
    item: CheckItem,
) -> impl IntoView {
    let key = item.id;
    let checked =
        session.select(move |w| w.interview(id).is_some_and(|talk| talk.packed.contains(key)));
    let on_change = move |ticked: bool| {
        session.edit(|w| {
            w.edit_interview(id, |talk| {
                if ticked {
                    talk.packed.insert(key.to_owned());
                } else {
                    talk.packed.remove(key);
                }
            });
        });
    };
    view! { <li><CheckLine label=item.text checked on_change /></li> }
}
