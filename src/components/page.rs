//! The top of a page: where one is, what it is for, its main deed. One a page.

use super::{Glyph, Icon};
use crate::view::view;
use leptos::prelude::*;

/// The page's only `<h1>`, which takes the focus when the page is entered, with its lede and deeds.
#[component]
pub fn PageHeader(
    /// The name of the page.
    #[prop(into)]
    title: Signal<String>,
    /// What the page is for, in a sentence.
    #[prop(optional, into)]
    lede: MaybeProp<String>,
    /// The way up: address and name of the page above.
    #[prop(optional)]
    back: Option<(String, String)>,
    /// The page's deeds; at most one of them primary.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    let back = back.map(|(href, label)| {
        view! {
            <a class="page-back" href=href>
                <Icon glyph=Glyph::Previous />
                <span dir="auto">{label}</span>
            </a>
        }
    });
    view! {
        <header class="page-header">
            <div class="page-words">
                {back}
                <h1 tabindex="-1" dir="auto">{move || title.get()}</h1>
                {move || lede.get().map(|lede| view! { <p class="page-lede">{lede}</p> })}
            </div>
            <div class="page-actions">{children.map(|children| children())}</div>
        </header>
    }
}
