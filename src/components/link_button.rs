//! A link that looks like a button, for the way to another page. What acts here is a [`super::Button`].

use super::button::Words;
use super::{ButtonKind, Glyph, Icon};
use crate::view::view;
use leptos::prelude::*;

/// A native link dressed as a button.
#[component]
pub fn LinkButton(
    /// Where it leads: a route such as `#/plan`, or a `mailto:`, `tel:` or web address.
    #[prop(into)]
    href: Signal<String>,
    /// How much it asks for attention; `Plain` if not told.
    #[prop(optional)]
    kind: ButtonKind,
    /// A drawing before the words.
    #[prop(optional)]
    glyph: Option<Glyph>,
    /// The spoken name; needed when there are no words.
    #[prop(optional, into)]
    label: MaybeProp<String>,
    /// The words.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    let class = kind.class(Words::of(&children));
    view! {
        <a
            class=class
            href=move || href.get()
            aria-label=move || label.get()
        >
            {glyph.map(|glyph| view! { <Icon glyph /> })}
            {children.map(|children| children())}
        </a>
    }
}
