//! A row of a dense list. The list itself is `<ul class="list">`; other rows are `<li class="row">`.

use crate::view::view;
use leptos::prelude::*;

/// A row that leads to its object. What trails stays clickable on its own.
#[component]
pub fn RowLink(
    /// Where it leads.
    #[prop(into)]
    href: Signal<String>,
    /// The object's name.
    #[prop(into)]
    title: Signal<String>,
    /// What tells it from its like.
    #[prop(optional, into)]
    subtitle: MaybeProp<String>,
    /// Chips and small buttons at the end of the row.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    view! {
        <li class="row">
            <div class="row-words">
                <a class="row-link" href=move || href.get() dir="auto">{move || title.get()}</a>
                {move || subtitle.get().map(|words| view! { <span class="row-subtitle" dir="auto">{words}</span> })}
            </div>
            <div class="row-trailing">{children.map(|children| children())}</div>
        </li>
    }
}
