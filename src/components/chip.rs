//! A word or two about an object's state. Not a control.

use super::{Glyph, Icon};
use crate::view::view;
use leptos::prelude::*;

/// The colour family of a chip, a segment or the save badge. The words must say the same.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Tone {
    /// Plain ink.
    #[default]
    Neutral,
    /// Under way, chosen, done.
    Accent,
    /// A warm contact, the human side.
    Warm,
    /// Time is short.
    Amber,
    /// Time is over, or danger.
    Red,
    /// An example, not the user's own.
    Sample,
}

impl Tone {
    /// The class that sets `--tone` and `--tone-tint`.
    pub(super) fn class(self) -> &'static str {
        match self {
            Tone::Neutral => "tone-neutral",
            Tone::Accent => "tone-accent",
            Tone::Warm => "tone-warm",
            Tone::Amber => "tone-amber",
            Tone::Red => "tone-red",
            Tone::Sample => "tone-sample",
        }
    }
}

/// A small label.
#[component]
pub fn Chip(
    /// Its colour; `Neutral` if not told.
    #[prop(optional, into)]
    tone: Signal<Tone>,
    /// A drawing before the words.
    #[prop(optional)]
    glyph: Option<Glyph>,
    /// The words.
    children: Children,
) -> impl IntoView {
    view! {
        <span class=move || format!("chip {}", tone.get().class())>
            {glyph.map(|glyph| view! { <Icon glyph /> })}
            <span dir="auto">{children()}</span>
        </span>
    }
}
