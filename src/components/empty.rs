//! What a page or list shows when there is nothing in it yet: what will be here and how to begin.

use super::{Glyph, Icon};
use crate::view::view;
use leptos::prelude::*;

/// An invitation in place of an empty list.
#[component]
pub fn EmptyState(
    /// A drawing of what will be here.
    glyph: Glyph,
    /// What is not here yet.
    #[prop(into)]
    title: Signal<String>,
    /// Why it is worth beginning, in a sentence.
    #[prop(into)]
    text: Signal<String>,
    /// How to begin.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    view! {
        <section class="empty">
            <Icon glyph />
            <h2>{move || title.get()}</h2>
            <p class="empty-text">{move || text.get()}</p>
            <div class="empty-actions">{children.map(|children| children())}</div>
        </section>
    }
}
