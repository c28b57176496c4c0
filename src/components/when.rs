//! Something that is shown only under a condition.
//!
//! As Leptos' `Show`, but compiled once and not anew for every condition.

use crate::derived::derived;
use leptos::prelude::*;

/// Shows its children while `when` holds, and the fallback while it does not.
/// Neither is built anew unless the condition changes.
#[component]
pub fn When(
    /// The condition.
    #[prop(into)]
    when: Signal<bool>,
    /// What is shown otherwise; nothing if not told.
    #[prop(optional, into)]
    fallback: ViewFn,
    /// What is shown under the condition.
    children: ChildrenFn,
) -> impl IntoView {
    let holds = derived(move || when.get());
    move || if holds.get() { children() } else { fallback.run() }
}
