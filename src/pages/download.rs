//! The button that hands everything out as one file.
//!
//! It stands wherever something is at risk, the first page included; what it
//! does is fetched with the rest of the app.

use crate::browser::{clock, files};
use crate::chunk::chunk;
use crate::components::{Button, ButtonKind, Glyph};
use crate::session::Session;
use crate::view::view;
use crate::words;
use leptos::prelude::*;

chunk!(fetch_download in desk: fn(Session) -> Result<(), String>, download);

/// Hands out everything, what could not be stored included.
fn download(session: Session) -> Result<(), String> {
    let now = clock::now();
    let name = words::backup_name(clock::local_now().naive_local());
    let file = session.export(now).map_err(|error| error.to_string())?;
    files::download(&name, files::BACKUP, &file).map_err(|error| error.to_string())?;
    session.note_backup(now);
    Ok(())
}

/// What to say when the browser does not take a file.
pub(super) fn not_taken(why: &str) -> String {
    format!("The browser did not take the file ({why}). Nothing is lost; try again.")
}

/// Downloads everything as one file, wherever it is placed.
#[component]
pub fn DownloadButton(
    /// The one session.
    session: Session,
    /// How much it stands out.
    #[prop(optional)]
    kind: ButtonKind,
    /// Runs once the browser has the file.
    #[prop(optional, into)]
    on_done: Option<Callback<()>>,
) -> impl IntoView {
    let failed = RwSignal::new(None::<String>);
    let download = move |()| {
        leptos::task::spawn_local(async move {
            let done = match fetch_download().await {
                Ok(download) => download(session),
                Err(missing) => Err(missing.to_string()),
            };
            // The button may be gone by now; the file is there all the same.
            failed.try_set(done.as_ref().err().map(|why| not_taken(why)));
            if let (Ok(()), Some(on_done)) = (done, on_done) {
                // Whoever wanted to know may have gone with the page.
                let _ = on_done.try_run(());
            }
        });
    };
    view! {
        <Button kind glyph=Glyph::Download on_click=download>"Download a backup"</Button>
        {move || failed.get().map(|why| view! { <p class="error" role="alert">{why}</p> })}
    }
}
