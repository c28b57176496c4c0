//! One question on its shelf. It is keyed by its id alone and follows its
//! question by a memo, so that an edit changes words and never the row.

use super::Browsing;
use super::find::Shelf;
use crate::browser::location;
use crate::components::{Button, ButtonKind, Chip, Glyph, Tone};
use crate::derived::{Derived, derived};
use crate::domain::id::QuestionId;
use crate::domain::key::Key;
use crate::domain::question::{Question, QuestionChange, Weight};
use crate::domain::workspace::Workspace;
use crate::session::Session;
use crate::view::view;
use crate::words;
use leptos::prelude::*;

/// The id of a question's row on the page.
pub fn element_id(id: &QuestionId) -> String {
    format!("question-{id}")
}

/// Whether a question that came with the app reads other than it came.
pub fn is_changed(w: &Workspace, id: &QuestionId) -> bool {
    w.question_change(id).is_some_and(|change| {
        let words = QuestionChange { retired: false, sample: false, ..change.clone() };
        !words.is_empty()
    })
}

/// The words to say, or that there are none yet.
fn spoken(question: &Question) -> String {
    if question.text.trim().is_empty() { "No words yet".to_owned() } else { question.text.clone() }
}

/// What is worth knowing before picking it, in one quiet line.
fn facts(question: &Question) -> String {
    let suits = question
        .suits
        .map(|suits| format!(" · for someone {}", words::seniority(suits).to_lowercase()));
    format!("{} · {} min{}", words::aim(question.aim), question.minutes, suits.unwrap_or_default())
}

/// One question.
#[component]
pub fn Row(
    /// What the page shares.
    browsing: Browsing,
    /// Where it stands.
    shelf: Shelf,
    /// Which.
    id: QuestionId,
) -> impl IntoView {
    let session = browsing.session;
    let (for_question, for_change) = (id.clone(), id.clone());
    let question = session.select(move |w| w.question(&for_question));
    let changed = session.select(move |w| is_changed(w, &for_change));
    let read = move |part: fn(&Question) -> String| {
        question.with(|question| question.as_ref().map(part).unwrap_or_default())
    };
    let retired = derived(move || question.with(|q| q.as_ref().is_some_and(|q| q.retired)));
    let (edit, element) = (id.clone(), element_id(&id));
    view! {
        <li class="row question" class:question-retired=move || retired.get() id=element>
            <div class="row-words">
                <p class="question-text" dir="auto">{move || read(spoken)}</p>
                <p class="row-subtitle" dir="auto">{move || read(|question| question.probe.clone())}</p>
                <div class="question-facts">
                    <span>{move || read(facts)}</span>
                    {move || question.get().map(|q| view! { <Marks question=q changed=changed.get() /> })}
                </div>
            </div>
            <div class="row-trailing">
                <Button
                    kind=ButtonKind::Quiet
                    glyph=Glyph::Edit
                    label=Signal::derive(move || format!("Edit: {}", read(spoken)))
                    on_click=move |()| browsing.editing.set(Some(edit.clone()))
                >
                    "Edit"
                </Button>
                <Retire session shelf id=id.clone() retired />
                {(shelf == Shelf::Own).then(|| view! { <Delete session shelf id /> })}
            </div>
        </li>
    }
}

/// What sets a question apart, each with a word.
#[component]
fn Marks(
    /// The question.
    question: Question,
    /// Whether it reads other than it came.
    changed: bool,
) -> impl IntoView {
    let must = question.weight == Weight::Must;
    view! {
        {must.then(|| view! { <Chip tone=Tone::Accent>{words::weight(Weight::Must)}</Chip> })}
        {question.homework.then(|| view! { <Chip glyph=Glyph::Book>"Reading could answer this"</Chip> })}
        {(!question.built_in).then(|| view! { <Chip>{words::theme(question.theme)}</Chip> })}
        {(question.built_in && changed).then(|| view! { <Chip glyph=Glyph::Edit>"Changed by you"</Chip> })}
        {question.retired.then(|| view! { <Chip glyph=Glyph::EyeOff>"Retired"</Chip> })}
    }
}

/// Leaves the keyboard somewhere sensible when its row has gone.
fn stay_at(shelf: Shelf) {
    location::focus_when_drawn(vec![format!("#{} > summary", shelf.element_id())]);
}

/// Puts a question aside, or takes it up again.
#[component]
fn Retire(
    /// The one session.
    session: Session,
    /// Where it stands.
    shelf: Shelf,
    /// Which.
    id: QuestionId,
    /// Whether it is put aside now.
    retired: Derived<bool>,
) -> impl IntoView {
    let name = {
        let id = id.clone();
        session
            .select(move |w| w.question(&id).map(|question| spoken(&question)).unwrap_or_default())
    };
    let verb = move || if retired.get() { "Bring back" } else { "Retire" };
    let turn = move |()| {
        if retired.get_untracked() {
            session.edit(|w| w.edit_question(&id, |change| change.retired = false));
        } else {
            session.edit_undoable("Retired: it is not offered any more.", |w| {
                let before = w.before(&Key::Question(id.clone()));
                w.edit_question(&id, |change| change.retired = true);
                before
            });
            stay_at(shelf);
        }
    };
    view! {
        <Button
            kind=ButtonKind::Quiet
            label=Signal::derive(move || format!("{}: {}", verb(), name.get()))
            on_click=turn
        >
            {verb}
        </Button>
    }
}

/// Deletes a question of the user's own; it can be undone.
#[component]
fn Delete(
    /// The one session.
    session: Session,
    /// Where it stands.
    shelf: Shelf,
    /// Which.
    id: QuestionId,
) -> impl IntoView {
    let delete = move |()| {
        let noted = session.peek(|w| w.interviews().any(|talk| w.answer(talk.id, &id).is_some()));
        let message = if noted {
            "The question is deleted. Your notes on it stay in their talks."
        } else {
            "The question is deleted."
        };
        session.edit_undoable(message, |w| w.delete_question(&id));
        stay_at(shelf);
    };
    view! {
        <Button
            kind=ButtonKind::Quiet
            glyph=Glyph::Delete
            label="Delete this question"
            on_click=delete
        />
    }
}
