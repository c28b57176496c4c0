//! One line of text, a date, a number. Not a judge of what is typed.

use super::field::{Field, FieldIds};
use crate::view::view;
use leptos::html;
use leptos::prelude::*;

/// What is typed, which chooses the keyboard and the browser's own help.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum InputKind {
    /// Anything.
    #[default]
    Text,
    /// A mail address.
    Email,
    /// A telephone number.
    Tel,
    /// A web address.
    Url,
    /// A number; the value is its digits, or empty.
    Number,
    /// Words to look for.
    Search,
    /// A day; the value is `2026-03-09`, or empty.
    Date,
    /// A day and a time on the user's clock; the value is `2026-03-09T14:30`, or empty.
    DateTime,
    /// Something not to be read over a shoulder.
    Password,
}

impl InputKind {
    fn html(self) -> &'static str {
        match self {
            InputKind::Text => "text",
            InputKind::Email => "email",
            InputKind::Tel => "tel",
            InputKind::Url => "url",
            InputKind::Number => "number",
            InputKind::Search => "search",
            InputKind::Date => "date",
            InputKind::DateTime => "datetime-local",
            InputKind::Password => "password",
        }
    }
}

/// A labelled one-line control.
#[component]
pub fn TextField(
    /// Always shown above.
    #[prop(into)]
    label: String,
    /// The text that is shown; the caller's truth.
    #[prop(into)]
    value: Signal<String>,
    /// Runs at each change with the whole text, to the letter.
    #[prop(into)]
    on_input: Callback<String>,
    /// A sentence of help below the label.
    #[prop(optional, into)]
    hint: MaybeProp<String>,
    /// What is typed.
    #[prop(optional)]
    kind: InputKind,
    /// An example in the empty field; never the only place something is said.
    #[prop(optional, into)]
    placeholder: MaybeProp<String>,
    /// The browser's name for what is asked, such as `email`; `off` if not told.
    #[prop(optional, into)]
    autocomplete: MaybeProp<String>,
    /// What is wrong and what to do, or nothing.
    #[prop(optional, into)]
    error: MaybeProp<String>,
) -> impl IntoView {
    let ids = FieldIds::next();
    let described_by = ids.described_by(hint, error);
    let id = ids.control.clone();
    let node = NodeRef::<html::Input>::new();

    // A half-typed date or number reads as "". Writing that back would wipe what the user is typing, and any
    // needless write may move the caret; so the control is written to only where it differs.
    Effect::new(move |_| {
        let wanted = value.get();
        if let Some(input) = node.get()
            && input.value() != wanted
        {
            input.set_value(&wanted);
        }
    });

    view! {
        <Field ids label hint error>
            <input
                node_ref=node
                class="input"
                id=id
                type=kind.html()
                dir="auto"
                prop:value=value.get_untracked()
                placeholder=move || placeholder.get()
                autocomplete=move || autocomplete.get().unwrap_or_else(|| "off".to_string())
                aria-describedby=move || described_by.get()
                aria-invalid=move || error.get().map(|_| "true")
                on:input=move |event| on_input.run(event_target_value(&event))
            />
        </Field>
    }
}
