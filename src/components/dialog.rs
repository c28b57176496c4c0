//! A question that must be answered before going on: the native `<dialog>`, shown as a modal.
//! Not for what fits on the page itself.

use super::field::next_id;
use super::{Button, ButtonKind, Glyph};
use crate::derived::derived;
use crate::view::view;
use leptos::html;
use leptos::prelude::*;

/// A modal sheet. Escape, the cross and a press on the backdrop ask to close it; focus then returns by itself.
///
/// The first control in it gets the focus, so put the harmless one first.
#[component]
pub fn Dialog(
    /// Whether it is shown; the caller's truth.
    #[prop(into)]
    open: Signal<bool>,
    /// Runs when the user wants it gone; the caller then sets `open` to false.
    #[prop(into)]
    on_close: Callback<()>,
    /// What is asked.
    #[prop(into)]
    title: Signal<String>,
    /// The buttons at its foot.
    #[prop(optional, into)]
    actions: ViewFn,
    /// What is said and asked; made anew each time it opens.
    children: ChildrenFn,
) -> impl IntoView {
    let node = NodeRef::<html::Dialog>::new();
    let is_open = derived(move || open.get());
    let title_id = next_id("dialog");
    let labelled_by = title_id.clone();

    Effect::new(move |_| {
        let Some(dialog) = node.get() else { return };
        match (is_open.get(), dialog.open()) {
            // It fails only where the dialog has left the page, and then there is nothing to show.
            (true, false) => drop(dialog.show_modal()),
            (false, true) => dialog.close(),
            _ => {}
        }
    });

    // The browser closes it on Escape by itself; the caller must hear of it. Closing by `open` is no news.
    let on_native_close = move || {
        if is_open.get_untracked() {
            on_close.run(());
        }
    };
    let body = move || is_open.get().then(|| children());
    let foot = move || is_open.get().then(|| actions.run());

    view! {
        <dialog
            node_ref=node
            class="dialog"
            aria-labelledby=labelled_by
            on:close=move |_| on_native_close()
            // The sheet covers the whole dialog, so what hits the dialog itself hits the backdrop. A press and not
            // a click: selecting text and letting go outside must not close it.
            on:mousedown=move |event| {
                if event.target() == event.current_target() {
                    event.prevent_default();
                    on_close.run(());
                }
            }
        >
            <div class="dialog-sheet">
                <h2 id=title_id>{move || title.get()}</h2>
                <div class="dialog-body">{body}</div>
                <div class="dialog-actions">{foot}</div>
                <div class="dialog-close">
                    <Button kind=ButtonKind::Quiet glyph=Glyph::Close label="Close" on_click=on_close />
                </div>
            </div>
        </dialog>
    }
}
