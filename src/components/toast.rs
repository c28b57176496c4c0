//! A short message about the last deed, often with a way back. It stays until it is closed: no one is hurried.
//! Put it outside `.page`, so that it lies at the foot of the window. What must not be missed is a [`super::Banner`].

use super::{Button, ButtonKind, Glyph};
use crate::derived::derived;
use crate::view::view;
use leptos::prelude::*;

/// The message at the foot of the window, if there is one.
#[component]
pub fn Toast(
    /// What to say, or nothing.
    #[prop(into)]
    message: Signal<Option<String>>,
    /// The word on the button that acts, such as "Undo"; no button if not told.
    #[prop(optional, into)]
    action_label: MaybeProp<String>,
    /// Runs when that button is pressed.
    #[prop(into)]
    on_action: Callback<()>,
    /// Runs when the message is to go.
    #[prop(into)]
    on_close: Callback<()>,
) -> impl IntoView {
    let is_open = derived(move || message.get().is_some());
    let action = move || {
        action_label.get().filter(|_| is_open.get()).map(|words| {
            view! {
                <span class="toast-action">
                    <Button kind=ButtonKind::Quiet on_click=on_action>
                        {words}
                    </Button>
                </span>
            }
        })
    };
    let close = move || {
        is_open.get().then(|| {
            view! { <Button kind=ButtonKind::Quiet glyph=Glyph::Close label="Close this message" on_click=on_close /> }
        })
    };
    // The words' element is always there: a live region that arrives with its words is often not read out.
    view! {
        <div class="toast no-print" class:toast-open=move || is_open.get()>
            <p class="toast-words" role="status">{move || message.get()}</p>
            {action}
            {close}
        </div>
    }
}
