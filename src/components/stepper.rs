//! Where one is in a work of several steps, and the way to each. No step is ever locked.

use super::{Glyph, Icon};
use crate::view::view;
use leptos::prelude::*;

/// How a step stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum StepState {
    /// Not begun.
    #[default]
    Todo,
    /// The one on the screen.
    Current,
    /// Has what it needs.
    Done,
    /// Was visited and lacks something.
    Missing,
}

/// One step.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StepItem {
    /// Where it is.
    pub href: String,
    /// Its name, one or two words.
    pub label: String,
    /// How it stands.
    pub state: StepState,
}

impl StepItem {
    /// A step.
    pub fn new(href: impl Into<String>, label: impl Into<String>, state: StepState) -> Self {
        StepItem { href: href.into(), label: label.into(), state }
    }
}

/// The steps in a row; on narrow screens the current one is also named below.
#[component]
pub fn Stepper(
    /// All steps in order; one of them current.
    #[prop(into)]
    steps: Signal<Vec<StepItem>>,
    /// What the steps lead to, for screen readers; "Steps" if not told.
    #[prop(optional, into)]
    label: MaybeProp<String>,
) -> impl IntoView {
    let items = move || {
        steps
            .get()
            .into_iter()
            .zip(1..)
            .map(|(step, number)| step_view(step, number))
            .collect_view()
    };
    let now = move || {
        let steps = steps.get();
        let at = steps.iter().position(|step| step.state == StepState::Current)?;
        let name = steps.get(at)?.label.clone();
        Some(view! { <span>{format!("Step {} of {}: ", at + 1, steps.len())}</span> {name} })
    };
    view! {
        <nav class="stepper" aria-label=move || label.get().unwrap_or_else(|| "Steps".to_string())>
            <ol class="stepper-list">{items}</ol>
            // The list says the same to screen readers.
            <p class="stepper-now" aria-hidden="true">{now}</p>
        </nav>
    }
}

fn step_view(step: StepItem, number: usize) -> impl IntoView {
    let (class, glyph, spoken) = match step.state {
        StepState::Todo => ("step step-todo", None, ""),
        StepState::Current => ("step step-current", None, ""),
        StepState::Done => ("step step-done", Some(Glyph::Check), ", done"),
        StepState::Missing => ("step step-missing", Some(Glyph::Warn), ", something is missing"),
    };
    let mark = match glyph {
        Some(glyph) => view! { <Icon glyph /> }.into_any(),
        None => number.into_any(),
    };
    view! {
        <li class=class>
            <a
                class="step-link"
                href=step.href
                aria-current=(step.state == StepState::Current).then_some("step")
            >
                <span class="step-mark" aria-hidden="true">{mark}</span>
                <span class="step-name">{step.label}</span>
                <span class="visually-hidden">{spoken}</span>
            </a>
        </li>
    }
}
