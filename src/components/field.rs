//! What every labelled control shares: the label above, the hint, the error below, and the ids that tie them.
//! Not a control itself, and no judge of what is typed: errors come in as words.

use super::{Glyph, Icon};
use crate::view::view;
use leptos::prelude::*;
use std::sync::atomic::{AtomicUsize, Ordering};

/// One thing to choose in a [`super::SelectField`] or [`super::RadioGroup`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    /// What the callback receives.
    pub value: String,
    /// What the user reads.
    pub label: String,
    /// A sentence of help, where the label alone is not enough.
    pub hint: Option<String>,
}

impl Choice {
    /// A choice without a hint.
    pub fn new(value: impl Into<String>, label: impl Into<String>) -> Self {
        Choice { value: value.into(), label: label.into(), hint: None }
    }

    /// The same choice with a sentence of help.
    pub fn with_hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }
}

/// A number no other control of this visit has.
pub(super) fn next_id(prefix: &str) -> String {
    static NEXT: AtomicUsize = AtomicUsize::new(1);
    format!("{prefix}-{}", NEXT.fetch_add(1, Ordering::Relaxed))
}

/// The ids of one control and of the texts about it.
#[derive(Clone)]
pub(super) struct FieldIds {
    pub(super) control: String,
    pub(super) hint: String,
    pub(super) error: String,
}

impl FieldIds {
    pub(super) fn next() -> Self {
        let control = next_id("field");
        FieldIds { hint: format!("{control}-hint"), error: format!("{control}-error"), control }
    }

    /// The value of `aria-describedby`: the hint and the error, as far as there are any.
    pub(super) fn described_by(
        &self,
        hint: MaybeProp<String>,
        error: MaybeProp<String>,
    ) -> Signal<Option<String>> {
        let ids = self.clone();
        Signal::derive(move || match (hint.get().is_some(), error.get().is_some()) {
            (true, true) => Some(format!("{} {}", ids.hint, ids.error)),
            (true, false) => Some(ids.hint.clone()),
            (false, true) => Some(ids.error.clone()),
            (false, false) => None,
        })
    }
}

/// Label, hint, control and error in one calm column.
#[component]
pub(super) fn Field(
    /// From [`FieldIds::next`], shared with the control.
    ids: FieldIds,
    /// Always shown.
    label: String,
    /// Shown between label and control.
    hint: MaybeProp<String>,
    /// Shown below the control and read out when it appears.
    #[prop(optional)]
    error: MaybeProp<String>,
    /// The control.
    children: Children,
) -> impl IntoView {
    view! {
        <div class="field">
            <label class="field-label" for=ids.control>{label}</label>
            <p class="field-hint" id=ids.hint>{move || hint.get()}</p>
            {children()}
            <FieldError id=ids.error error />
        </div>
    }
}

/// The words of an error, in a live region that is there before the error is.
#[component]
fn FieldError(
    /// What the control's `aria-describedby` names.
    id: String,
    /// Nothing, or what is wrong and what to do.
    error: MaybeProp<String>,
) -> impl IntoView {
    view! {
        <p class="field-error" id=id aria-live="polite">
            {move || error.get().map(|words| view! { <Icon glyph=Glyph::Warn /> <span>{words}</span> })}
        </p>
    }
}
