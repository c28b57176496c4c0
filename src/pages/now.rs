//! They can talk now (P94): straight into a talk of fifteen minutes, with a plan made for anyone. Reads
//! nothing and asks for nothing; the name can be filled in later.

use crate::browser::{clock, location};
use crate::components::{Button, ButtonKind, Glyph, PageHeader, TextField};
use crate::route::Route;
use crate::session::Session;
use crate::view::view;
use leptos::prelude::*;

/// The page of a talk that begins at once.
#[component]
pub fn Now(
    /// The one session.
    session: Session,
) -> impl IntoView {
    let name = RwSignal::new(String::new());
    let start = move || {
        let name = name.get_untracked();
        if let Some(id) = session.edit(|w| w.talk_now(name.trim(), clock::now())) {
            // Going back must not begin another one.
            location::replace(&Route::Live(id));
        }
    };
    view! {
        <div class="page stack">
            <PageHeader
                title="They can talk now"
                lede="A talk of fifteen minutes with five good questions. The clock begins as you press start."
            />
            <form
                class="stack"
                on:submit=move |event| {
                    event.prevent_default();
                    start();
                }
            >
                <TextField
                    label="Their name, if you have it"
                    value=name
                    on_input=move |typed| name.set(typed)
                    hint="It can wait: you find them under People afterwards."
                    autocomplete="off"
                />
                <p>
                    <Button kind=ButtonKind::Primary glyph=Glyph::Play on_click=move |()| start()>
                        "Start the talk"
                    </Button>
                </p>
            </form>
        </div>
    }
}
