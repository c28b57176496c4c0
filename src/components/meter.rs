//! How much of something there is, in words first and as a bar below. Not a score to chase.

use super::time_bar::percent;
use crate::view::view;
use leptos::prelude::*;

/// A labelled amount.
#[component]
pub fn Meter(
    /// What is counted.
    #[prop(into)]
    label: Signal<String>,
    /// How much, in words, such as "3 of 4 talks".
    #[prop(into)]
    value: Signal<String>,
    /// The same from 0 to 1.
    #[prop(into)]
    share: Signal<f64>,
) -> impl IntoView {
    // The words say it all, so the bar is a drawing; a native meter would be read out a second time.
    view! {
        <div class="meter">
            <span class="meter-label">{move || label.get()}</span>
            <span class="meter-value">{move || value.get()}</span>
            <div class="meter-track" aria-hidden="true">
                <div class="meter-fill" style:inline-size=move || percent(share.get())></div>
            </div>
        </div>
    }
}
