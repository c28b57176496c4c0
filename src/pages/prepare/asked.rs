//! Asking only what is not known yet: what is known stands in a short list, and
//! its controls wait behind a line.

use crate::components::Disclosure;
use crate::pages::bound::Bound;
use crate::view::view;
use leptos::prelude::*;

/// One thing a step needs to know.
pub(super) struct Asked {
    /// What it is, in a word or two.
    term: &'static str,
    /// As it stands, in words.
    said: Signal<String>,
    /// Whether it was known when the step was opened. It stays so while the step
    /// is open, or the control would vanish under the first letter typed.
    known: bool,
    /// The control to say or change it.
    control: AnyView,
}

impl Asked {
    /// Something that is known once its words are not blank.
    pub(super) fn new(
        term: &'static str,
        said: impl Into<Signal<String>>,
        control: impl IntoView + 'static,
    ) -> Self {
        let said = said.into();
        let known = !said.with_untracked(|said| said.trim().is_empty());
        Self::known_if(known, term, said, control)
    }

    /// Something in a text field.
    pub(super) fn text(term: &'static str, bound: Bound, control: impl IntoView + 'static) -> Self {
        Self::new(term, bound.value, control)
    }

    /// Something of which words alone don't tell whether it is known.
    pub(super) fn known_if(
        known: bool,
        term: &'static str,
        said: impl Into<Signal<String>>,
        control: impl IntoView + 'static,
    ) -> Self {
        Self { term, said: said.into(), known, control: control.into_any() }
    }
}

/// What is known as a list that can be changed, and below it what is to be asked.
#[component]
pub(super) fn AskOnce(
    /// All of it, in order.
    asked: Vec<Asked>,
    /// The line that the controls of what is known wait behind.
    change: &'static str,
) -> impl IntoView {
    let (known, missing): (Vec<_>, Vec<_>) = asked.into_iter().partition(|asked| asked.known);
    let lines: Vec<_> = known.iter().map(|asked| (asked.term, asked.said)).collect();
    let controls = known.into_iter().map(|asked| asked.control).collect_view();
    let known = (!lines.is_empty()).then(|| {
        view! {
            <div class="prepare-known">
                <dl class="kv">
                    {lines.into_iter().map(|(term, said)| view! {
                        <dt>{term}</dt>
                        <dd class="prose" dir="auto">{move || said.get()}</dd>
                    }).collect_view()}
                </dl>
                <Disclosure summary=change>
                    <div class="form">{controls}</div>
                </Disclosure>
            </div>
        }
    });
    view! {
        {known}
        {missing.into_iter().map(|asked| asked.control).collect_view()}
    }
}
