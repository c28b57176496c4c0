//! One of many, from the browser's own list. For two to five choices a [`super::RadioGroup`] is quicker to read.

use super::field::{Choice, Field, FieldIds};
use super::{Glyph, Icon};
use crate::view::view;
use leptos::html;
use leptos::prelude::*;

/// A labelled native list of choices.
#[component]
pub fn SelectField(
    /// Always shown above.
    #[prop(into)]
    label: String,
    /// What there is to choose from.
    #[prop(into)]
    options: Signal<Vec<Choice>>,
    /// The value of the choice that is made; one that is not among the options shows as blank.
    #[prop(into)]
    value: Signal<String>,
    /// Runs with the value that was chosen.
    #[prop(into)]
    on_change: Callback<String>,
    /// A sentence of help below the label.
    #[prop(optional, into)]
    hint: MaybeProp<String>,
) -> impl IntoView {
    let ids = FieldIds::next();
    let described_by = ids.described_by(hint, MaybeProp::default());
    let id = ids.control.clone();
    let node = NodeRef::<html::Select>::new();

    // The browser would show the first choice for a value it does not know; blank is the honest answer.
    Effect::new(move |_| {
        options.track();
        let wanted = value.get();
        if let Some(select) = node.get()
            && select.value() != wanted
        {
            select.set_value(&wanted);
        }
    });

    let choices = move || {
        options
            .get()
            .into_iter()
            .map(|choice| {
                let own = choice.value.clone();
                view! {
                    <option value=choice.value prop:selected=move || value.get() == own>
                        {choice.label}
                    </option>
                }
            })
            .collect_view()
    };

    view! {
        <Field ids label hint>
            <div class="select">
                <select
                    node_ref=node
                    class="input"
                    id=id
                    aria-describedby=move || described_by.get()
                    on:change=move |event| on_change.run(event_target_value(&event))
                >
                    {choices}
                </select>
                <Icon glyph=Glyph::Down />
            </div>
        </Field>
    }
}
