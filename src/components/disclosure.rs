//! Something most readers need not see at once: the native `<details>`.

use super::{Glyph, Icon};
use crate::view::view;
use leptos::prelude::*;

/// Whether it begins open. After that it is the user's.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Opening {
    /// Closed until asked for.
    #[default]
    Closed,
    /// Open until closed.
    Open,
}

/// A line that opens to more.
#[component]
pub fn Disclosure(
    /// The line.
    #[prop(into)]
    summary: Signal<String>,
    /// How things stand inside, in softer words after the line.
    #[prop(optional, into)]
    note: MaybeProp<String>,
    /// How it begins; closed if not told.
    #[prop(optional)]
    opening: Opening,
    /// What is inside.
    children: Children,
) -> impl IntoView {
    view! {
        <details class="disclosure" open=opening == Opening::Open>
            <summary class="disclosure-summary">
                <Icon glyph=Glyph::Right />
                <span class="disclosure-words">
                    <span dir="auto">{move || summary.get()}</span>
                    {move || {
                        let note = note.get().filter(|note| !note.is_empty());
                        note.map(|note| view! { <span class="disclosure-note" dir="auto">{note}</span> })
                    }}
                </span>
            </summary>
            <div class="disclosure-body">{children()}</div>
        </details>
    }
}
