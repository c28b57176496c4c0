//! A question of the user's own, added by its words alone (P17, P68).

use super::Browsing;
use super::edit::asks_yes_or_no;
use super::find::Shelf;
use crate::browser::{clock, location};
use crate::components::{Button, ButtonKind, Glyph, SelectField, TextField};
use crate::domain::id::QuestionId;
use crate::domain::question::{Aim, QuestionChange, Theme};
use crate::pages::bound::{at_position, choices, position_of};
use crate::view::view;
use crate::words;
use leptos::prelude::*;

/// Adds a question, to the letter, where it can be seen at once.
#[component]
pub fn AddQuestion(
    /// What the page shares.
    browsing: Browsing,
) -> impl IntoView {
    let Browsing { session, filter, open, .. } = browsing;
    let text = RwSignal::new(String::new());
    let theme = RwSignal::new(position_of(Theme::ALL, &Theme::TypicalDay));
    let error = RwSignal::new(None::<String>);
    let hint = move || {
        text.with(|text| asks_yes_or_no(text)).then(|| {
            "This can be answered with yes or no. Beginning with how or what brings out more."
                .to_owned()
        })
    };
    let add = move || {
        if text.with_untracked(|text| text.trim().is_empty()) {
            error.set(Some("Type the question first.".to_owned()));
            location::focus(".add-question input");
            return;
        }
        let change = QuestionChange {
            text: Some(text.get_untracked()),
            theme: at_position(Theme::ALL, &theme.get_untracked()),
            aim: Some(Aim::default()),
            ..QuestionChange::default()
        };
        session.edit(|w| w.add_question(QuestionId::new(clock::now()), change));
        text.set(String::new());
        // What was just added must not be hidden by what was looked for before.
        filter.clear();
        open.update(|open| {
            open.insert(Shelf::Own);
        });
    };
    view! {
        <form
            class="add-line add-question"
            on:submit=move |event| {
                event.prevent_default();
                add();
            }
        >
            <TextField
                label="Add a question of your own"
                value=text
                on_input=move |typed| {
                    text.set(typed);
                    error.set(None);
                }
                placeholder="What do you wish you had known?"
                hint=Signal::derive(hint)
                error=error
            />
            <SelectField
                label="Its theme"
                options=choices(Theme::ALL, words::theme)
                value=theme
                on_change=move |value| theme.set(value)
            />
            <Button kind=ButtonKind::Primary glyph=Glyph::Add on_click=move |()| add()>
                "Add"
            </Button>
        </form>
    }
}
