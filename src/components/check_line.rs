//! One yes or no. Not for choices that exclude each other: those are a [`super::RadioGroup`].

use super::field::next_id;
use crate::view::view;
use leptos::prelude::*;

/// A native check box with its words; the whole line is the target.
#[component]
pub fn CheckLine(
    /// What a tick means.
    #[prop(into)]
    label: String,
    /// Whether it is ticked.
    #[prop(into)]
    checked: Signal<bool>,
    /// Runs with the new state.
    #[prop(into)]
    on_change: Callback<bool>,
    /// A sentence of help below the label.
    #[prop(optional, into)]
    hint: MaybeProp<String>,
) -> impl IntoView {
    let id = next_id("check");
    let hint_id = format!("{id}-hint");
    let described_by = hint_id.clone();
    view! {
        <label class="choice">
            <input
                type="checkbox"
                aria-labelledby=id.clone()
                aria-describedby=move || hint.get().map(|_| described_by.clone())
                prop:checked=move || checked.get()
                on:change=move |event| on_change.run(event_target_checked(&event))
            />
            <span class="choice-label" id=id dir="auto">{label}</span>
            {move || {
                let id = hint_id.clone();
                hint.get().map(|hint| view! { <span class="choice-hint" id=id>{hint}</span> })
            }}
        </label>
    }
}
