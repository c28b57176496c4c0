//! A question of one's own, written on the spot.

use crate::browser::{clock, location};
use crate::components::{Button, Glyph, SelectField, TextField};
use crate::domain::id::{InterviewId, QuestionId};
use crate::domain::question::{QuestionChange, Theme};
use crate::pages::bound::{at_position, choices, position_of};
use crate::session::Session;
use crate::view::view;
use crate::words;
use leptos::prelude::*;

/// Adds a question to the bank and picks it. Until then what is typed is nobody's record.
#[component]
pub fn Own(
    /// The one session.
    session: Session,
    /// Which talk.
    id: InterviewId,
) -> impl IntoView {
    let text = RwSignal::new(String::new());
    let theme = RwSignal::new(position_of(Theme::ALL, &Theme::TypicalDay));
    let error = RwSignal::new(None::<String>);
    let add = move || {
        let typed = text.get_untracked().trim().to_owned();
        if typed.is_empty() {
            error.set(Some("Write the question first.".to_owned()));
        } else {
            let question = QuestionId::new(clock::now());
            let change = QuestionChange {
                text: Some(typed),
                theme: at_position(Theme::ALL, &theme.get_untracked()),
                ..QuestionChange::default()
            };
            session.edit(|w| {
                w.add_question(question.clone(), change);
                w.toggle_pick(id, &question);
            });
            text.set(String::new());
        }
        location::focus(".prepare-own input");
    };
    view! {
        <form
            class="prepare-own stack-tight"
            on:submit=move |event| {
                event.prevent_default();
                add();
            }
        >
            <TextField
                label="A question of your own"
                value=text
                on_input=move |typed| {
                    text.set(typed);
                    error.set(None);
                }
                hint="Begin with how, what or which, and the answer will be more than yes."
                error=error
            />
            <div class="toolbar">
                <SelectField
                    label="About"
                    options=choices(Theme::ALL, words::theme)
                    value=theme
                    on_change=move |value| theme.set(value)
                />
                <Button glyph=Glyph::Add on_click=move |()| add()>"Add my question"</Button>
            </div>
        </form>
    }
}
