//! A field of a record, tied to the session in both directions.

use crate::components::Choice;
use crate::domain::workspace::Workspace;
use crate::session::Session;
use leptos::prelude::*;

/// What a text control needs: the value as it stands, and what to do with a new one.
#[derive(Clone, Copy)]
pub struct Bound {
    /// The value as it stands in the workspace.
    pub value: Signal<String>,
    /// Writes a new value, to the letter.
    pub on_input: Callback<String>,
}

/// Ties a control to whatever `read` finds and `write` changes.
pub fn bound(
    session: Session,
    read: impl Fn(&Workspace) -> String + Send + Sync + 'static,
    write: impl Fn(&mut Workspace, String) + Send + Sync + 'static,
) -> Bound {
    tie(session, Box::new(read), Box::new(write))
}

type Read = dyn Fn(&Workspace) -> String + Send + Sync;
type Write = dyn Fn(&mut Workspace, String) + Send + Sync;

/// The part of [`bound`] that is compiled once for all fields.
fn tie(session: Session, read: Box<Read>, write: Box<Write>) -> Bound {
    Bound {
        value: session.select(read).into(),
        on_input: Callback::new(move |text| {
            session.edit(|workspace| write(workspace, text));
        }),
    }
}

/// Ties a control to a text field of a contact: `contact_text!(session, id, email)`.
macro_rules! contact_text {
    ($session:expr, $id:expr, $field:ident) => {{
        let id = $id;
        $crate::pages::bound::bound(
            $session,
            move |w| w.contact(id).map(|contact| contact.$field.clone()).unwrap_or_default(),
            move |w, text| w.edit_contact(id, |contact| contact.$field = text),
        )
    }};
}
pub(super) use contact_text;

/// Ties a control to a text field of a talk: `interview_text!(session, id, debrief.learned)`.
macro_rules! interview_text {
    ($session:expr, $id:expr, $($field:ident).+) => {{
        let id = $id;
        $crate::pages::bound::bound(
            $session,
            move |w| w.interview(id).map(|talk| talk.$($field).+.clone()).unwrap_or_default(),
            move |w, text| w.edit_interview(id, |talk| talk.$($field).+ = text),
        )
    }};
}
pub(super) use interview_text;

/// Ties a control to a text field of the plan: `plan_text!(session, goals)`.
macro_rules! plan_text {
    ($session:expr, $field:ident) => {
        $crate::pages::bound::bound(
            $session,
            |w| w.plan().$field.clone(),
            |w, text| w.edit_plan(|plan| plan.$field = text),
        )
    };
}
pub(super) use plan_text;

/// A value of a list of choices as a control names it: its position in `all`.
pub fn position_of<T: PartialEq>(all: &[T], value: &T) -> String {
    all.iter().position(|other| other == value).map(|n| n.to_string()).unwrap_or_default()
}

/// The value that a control names by its position; `None` for "not chosen".
pub fn at_position<T: Copy>(all: &[T], position: &str) -> Option<T> {
    all.get(position.parse::<usize>().ok()?).copied()
}

/// The choices of a control over every value of `all`, in words.
pub fn choices<T: Copy>(all: &[T], words: impl Fn(T) -> &'static str) -> Vec<Choice> {
    all.iter().enumerate().map(|(n, value)| Choice::new(n.to_string(), words(*value))).collect()
}

/// As [`choices`], led by one that chooses nothing.
pub fn optional_choices<T: Copy>(
    none: &str,
    all: &[T],
    words: impl Fn(T) -> &'static str,
) -> Vec<Choice> {
    std::iter::once(Choice::new("", none)).chain(choices(all, words)).collect()
}

/// What a search shows: whatever matches its words.
#[derive(Clone, Copy)]
pub struct Query {
    /// The words typed.
    pub words: RwSignal<String>,
}

impl Query {
    /// An empty search.
    pub fn new() -> Self {
        Self { words: RwSignal::new(String::new()) }
    }

    /// What a control needs.
    pub fn bound(self) -> Bound {
        Bound {
            value: self.words.into(),
            on_input: Callback::new(move |text| self.words.set(text)),
        }
    }
}
