//! Several lines of text on ruled paper, growing with what is written. Not a judge of it.

use super::field::{Field, FieldIds};
use crate::view::view;
use leptos::html;
use leptos::prelude::*;

/// A labelled control for long text.
#[component]
pub fn TextArea(
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
    /// An example in the empty field.
    #[prop(optional, into)]
    placeholder: MaybeProp<String>,
    /// Lines shown when empty; 4 if not told.
    #[prop(optional)]
    rows: Option<u16>,
    /// What is wrong and what to do, or nothing.
    #[prop(optional, into)]
    error: MaybeProp<String>,
) -> impl IntoView {
    let ids = FieldIds::next();
    let described_by = ids.described_by(hint, error);
    let id = ids.control.clone();
    let rows = rows.unwrap_or(4).to_string();
    let node = NodeRef::<html::Textarea>::new();

    // Written only where it differs: a needless write may move the caret or end a composition.
    Effect::new(move |_| {
        let wanted = value.get();
        if let Some(area) = node.get()
            && area.value() != wanted
        {
            area.set_value(&wanted);
        }
    });

    view! {
        <Field ids label hint error>
            // `field-sizing` makes browsers ignore `rows`, so the style sheet gets the number too.
            <textarea
                node_ref=node
                class="input"
                id=id
                dir="auto"
                rows=rows.clone()
                style=("--rows", rows)
                prop:value=value.get_untracked()
                placeholder=move || placeholder.get()
                aria-describedby=move || described_by.get()
                aria-invalid=move || error.get().map(|_| "true")
                on:input=move |event| on_input.run(event_target_value(&event))
            ></textarea>
        </Field>
    }
}
