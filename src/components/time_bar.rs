//! The parts of a talk drawn to scale, and how far it has come. It knows no clock: shares come in.

use super::Tone;
use crate::view::view;
use leptos::prelude::*;

/// One part of the bar.
#[derive(Clone, Debug, PartialEq)]
pub struct Segment {
    /// Its name with its length in words, such as "Opening, 3 min".
    pub label: String,
    /// Its part of the whole, from 0 to 1.
    pub share: f64,
    /// Its colour; the label must say the same.
    pub tone: Tone,
}

impl Segment {
    /// A part.
    pub fn new(label: impl Into<String>, share: f64, tone: Tone) -> Self {
        Segment { label: label.into(), share, tone }
    }
}

/// A bar of numbered parts with the list of their names below.
#[component]
pub fn TimeBar(
    /// The parts in order.
    #[prop(into)]
    segments: Signal<Vec<Segment>>,
    /// What the whole is.
    #[prop(into)]
    caption: Signal<String>,
    /// How far it has come, from 0 to 1; no mark if not told.
    #[prop(optional, into)]
    position: MaybeProp<f64>,
) -> impl IntoView {
    let pieces = move || {
        numbered(segments.get())
            .map(|(number, segment)| piece_view(number, &segment))
            .collect_view()
    };
    let lines = move || {
        numbered(segments.get()).map(|(number, segment)| line_view(number, segment)).collect_view()
    };
    let now = move || {
        position.get().map(|share| {
            view! { <span class="time-bar-now" style:inset-inline-start=percent(share)></span> }
        })
    };
    view! {
        <figure class="time-bar">
            <figcaption class="time-bar-caption">{move || caption.get()}</figcaption>
            // The list below says the same in words.
            <div class="time-bar-track" aria-hidden="true">{pieces} {now}</div>
            <ol class="time-bar-list">{lines}</ol>
        </figure>
    }
}

fn numbered(segments: Vec<Segment>) -> impl Iterator<Item = (usize, Segment)> {
    (1..).zip(segments)
}

fn piece_view(number: usize, segment: &Segment) -> impl IntoView + use<> {
    let grow = segment.share.clamp(0.0, 1.0).to_string();
    view! {
        <span class=format!("segment {}", segment.tone.class()) style:flex-grow=grow>
            {number}
        </span>
    }
}

fn line_view(number: usize, segment: Segment) -> impl IntoView {
    view! {
        <li class=segment.tone.class()>
            <span class="time-bar-key" aria-hidden="true">{number}</span>
            <span dir="auto">{segment.label}</span>
        </li>
    }
}

/// A share as a CSS length; what is not a number counts as nothing.
pub(super) fn percent(share: f64) -> String {
    let share = if share.is_finite() { share.clamp(0.0, 1.0) } else { 0.0 };
    format!("{:.2}%", share * 100.0)
}

#[cfg(test)]
mod tests {
    use super::percent;

    #[test]
    fn a_share_never_leaves_the_bar() {
        assert_eq!(percent(0.25), "25.00%");
        assert_eq!(percent(7.0), "100.00%");
        assert_eq!(percent(-1.0), "0.00%");
        assert_eq!(percent(f64::NAN), "0.00%");
    }
}
