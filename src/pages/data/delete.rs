//! Deleting everything from this browser.

use super::{DownloadButton, inventory};
use crate::browser::clock;
use crate::components::{Button, ButtonKind, CheckLine, Dialog, Glyph, When};
use crate::pages::safety::{Link, NotTaken, Safety};
use crate::session::Session;
use crate::view::view;
use crate::words;
use leptos::prelude::*;

/// The last section: deleting everything from this browser.
#[component]
pub fn DeleteAll(
    /// The one session.
    session: Session,
    /// The copies.
    safety: Safety,
) -> impl IntoView {
    let asking = RwSignal::new(false);
    let copies_too = RwSignal::new(false);
    // Whether it was tried, and no safety copy could be made.
    let uncopied = RwSignal::new(false);
    let busy = RwSignal::new(false);
    let failed = RwSignal::new(None::<String>);
    let inventory = session.select(inventory);
    let ask = move |()| {
        copies_too.set(false);
        uncopied.set(false);
        asking.set(true);
    };
    let wipe = move |()| {
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        failed.set(None);
        leptos::task::spawn_local(async move {
            let forget = copies_too.get_untracked();
            if !forget && !uncopied.get_untracked() {
                match safety.take("before deleting everything").await {
                    Ok(()) | Err(NotTaken::Nothing) => {}
                    Err(NotTaken::NoDatabase | NotTaken::Failed(_)) => {
                        uncopied.try_set(true);
                        busy.try_set(false);
                        return;
                    }
                }
            }
            // The copies first: once the page says that nothing is left, nothing is.
            if forget {
                // What does not go now is tried once more below.
                let _ = safety.forget_copies().await;
            }
            let wiped = session.wipe("Everything is deleted from this browser.", clock::now());
            let mut trouble = wiped.err().map(|why| words::storage_error(&why));
            if trouble.is_none() {
                // The linked file stays as it is: nothing may empty that as well.
                safety.unlink().await;
            }
            if forget && trouble.is_none() {
                // One may have been under way.
                trouble = safety.forget_copies().await.err().map(|why| format!(
                    "Everything is deleted but the safety copies: the browser would not let go of them \
                     ({why}). Try again."
                ));
            }
            busy.try_set(false);
            asking.try_set(false);
            failed.try_set(trouble);
        });
    };
    let label =
        move || if uncopied.get() { "Delete without a safety copy" } else { "Delete everything" };
    let linked = move || !matches!(safety.link(), Link::None | Link::Unknown);
    view! {
        <section class="stack">
            <h2>"Delete everything"</h2>
            <p>"For a computer that others use too, or to begin anew."</p>
            {move || failed.get().map(|why| view! { <p class="error" role="alert">{why}</p> })}
            <p>
                <Button kind=ButtonKind::Danger glyph=Glyph::Delete on_click=ask>
                    "Delete everything"
                </Button>
            </p>
            <Dialog
                open=asking
                on_close=move |()| asking.set(false)
                title="Delete everything from this browser?"
                actions=move || view! {
                    <DownloadButton session />
                    <Button kind=ButtonKind::Danger disabled=busy on_click=wipe>{label}</Button>
                }
            >
                <p>
                    {move || match inventory.get().as_str() {
                        "" => "There is nothing here but your settings.".to_owned(),
                        list => format!("{list} will be gone from this browser."),
                    }}
                </p>
                {safety.keeps().then(|| view! {
                    <CheckLine
                        label="Also delete the safety copies in this browser"
                        hint="For a computer that others use."
                        checked=copies_too
                        on_change=move |on| copies_too.set(on)
                    />
                })}
                <p>
                    {move || if safety.keeps() && !copies_too.get() && !uncopied.get() {
                        "A safety copy is made first and stays in this browser. You can also undo it until you close this tab."
                    } else {
                        "You can undo it until you close this tab. After that only a backup file brings it back."
                    }}
                </p>
                <When when=linked>
                    <p>"Your linked file stays as it is, and is no longer kept up to date."</p>
                </When>
                <When when=move || uncopied.get() && !copies_too.get()>
                    <p class="error" role="alert">
                        "No safety copy could be made, so nothing was deleted. Download a backup first, or \
                         delete everything without a safety copy."
                    </p>
                </When>
            </Dialog>
        </section>
    }
}
