//! A button that does something here. A way to another page is a [`super::LinkButton`].

use super::{Glyph, Icon};
use crate::view::view;
use leptos::prelude::*;

/// How much a button asks for attention. A page has one `Primary`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ButtonKind {
    /// The page's one main deed.
    Primary,
    /// Any other deed.
    #[default]
    Plain,
    /// A deed beside the way: no frame until pointed at.
    Quiet,
    /// Takes something away.
    Danger,
}

impl ButtonKind {
    /// The classes of a button of this kind; `words` tells whether it has any beside its drawing.
    pub(super) fn class(self, words: Words) -> String {
        let kind = match self {
            ButtonKind::Primary => "button button-primary",
            ButtonKind::Plain => "button",
            ButtonKind::Quiet => "button button-quiet",
            ButtonKind::Danger => "button button-danger",
        };
        match words {
            Words::Shown => kind.to_string(),
            Words::None => format!("{kind} button-bare"),
        }
    }
}

/// Whether a button shows words or is a drawing alone.
#[derive(Clone, Copy)]
pub(super) enum Words {
    Shown,
    None,
}

impl Words {
    pub(super) fn of<T>(children: &Option<T>) -> Self {
        if children.is_some() { Words::Shown } else { Words::None }
    }
}

/// A native button that never submits a form.
#[component]
pub fn Button(
    /// How much it asks for attention; `Plain` if not told.
    #[prop(optional)]
    kind: ButtonKind,
    /// A drawing before the words.
    #[prop(optional)]
    glyph: Option<Glyph>,
    /// True while it cannot be used; say why nearby.
    #[prop(into, optional)]
    disabled: Signal<bool>,
    /// Runs on click, Enter and Space.
    #[prop(into)]
    on_click: Callback<()>,
    /// The spoken name; needed when there are no words.
    #[prop(optional, into)]
    label: MaybeProp<String>,
    /// The words.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    let bare = children.is_none();
    let class = kind.class(Words::of(&children));
    view! {
        <button
            type="button"
            class=class
            disabled=move || disabled.get()
            aria-label=move || label.get()
            title=move || label.get().filter(|_| bare)
            on:click=move |_| on_click.run(())
        >
            {glyph.map(|glyph| view! { <Icon glyph /> })}
            {children.map(|children| children())}
        </button>
    }
}
