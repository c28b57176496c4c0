//! One of a few, all in sight. For many choices take a [`super::SelectField`].

use super::field::{Choice, next_id};
use crate::view::view;
use leptos::prelude::*;

/// How the choices lie.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum RadioLayout {
    /// Side by side, for one or two words each.
    Row,
    /// One below the other.
    #[default]
    Column,
    /// A sheet each, for choices that need a sentence.
    Cards,
}

impl RadioLayout {
    fn class(self) -> &'static str {
        match self {
            RadioLayout::Row => "choices choices-row",
            RadioLayout::Column => "choices",
            RadioLayout::Cards => "choices choices-cards",
        }
    }
}

/// A labelled set of native radio buttons.
#[component]
pub fn RadioGroup(
    /// Always shown above.
    #[prop(into)]
    label: String,
    /// What there is to choose from.
    options: Vec<Choice>,
    /// The value of the choice that is made; none is marked where it is not among the options.
    #[prop(into)]
    value: Signal<String>,
    /// Runs with the value that was chosen.
    #[prop(into)]
    on_change: Callback<String>,
    /// A sentence of help below the label.
    #[prop(optional, into)]
    hint: MaybeProp<String>,
    /// How the choices lie; a column if not told.
    #[prop(optional)]
    layout: RadioLayout,
) -> impl IntoView {
    let name = next_id("choice");
    let hint_id = format!("{name}-hint");
    let described_by = hint_id.clone();
    let choices = options
        .into_iter()
        .map(|choice| view! { <RadioLine name=name.clone() choice value on_change /> })
        .collect_view();

    view! {
        <fieldset class="field" aria-describedby=move || hint.get().map(|_| described_by.clone())>
            <legend class="field-label">{label}</legend>
            <p class="field-hint" id=hint_id>{move || hint.get()}</p>
            <div class=layout.class()>{choices}</div>
        </fieldset>
    }
}

/// One radio button with its words; the whole line is the target.
#[component]
fn RadioLine(
    /// What ties the buttons of one group together.
    name: String,
    /// Its words and value.
    choice: Choice,
    /// The value of the group.
    value: Signal<String>,
    /// Runs with this choice's value.
    on_change: Callback<String>,
) -> impl IntoView {
    let own = choice.value.clone();
    let chosen = choice.value.clone();
    let id = next_id("radio");
    let hint_id = format!("{id}-hint");
    view! {
        <label class="choice">
            <input
                type="radio"
                name=name
                value=choice.value
                aria-labelledby=id.clone()
                aria-describedby=choice.hint.as_ref().map(|_| hint_id.clone())
                prop:checked=move || value.get() == own
                on:change=move |_| on_change.run(chosen.clone())
            />
            <span class="choice-label" id=id>{choice.label}</span>
            {choice.hint.map(|hint| view! { <span class="choice-hint" id=hint_id>{hint}</span> })}
        </label>
    }
}
