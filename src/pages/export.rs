//! The button that hands something out for another program.

use crate::browser::files;
use crate::components::{Button, Glyph};
use crate::exchange::Export;
use crate::pages::download::not_taken;
use crate::view::view;
use leptos::prelude::*;

/// Downloads what is made at the moment of the click.
#[component]
pub fn ExportButton(
    /// Makes the file; `None` where there is nothing to hand out any more.
    #[prop(into)]
    make: Callback<(), Option<Export>>,
    /// A drawing before the words.
    glyph: Glyph,
    /// The words.
    children: Children,
) -> impl IntoView {
    let failed = RwSignal::new(None::<String>);
    let download = move |()| {
        let done =
            make.run(()).map(|file| files::download(&file.name, file.media_type, &file.text));
        failed.set(done.and_then(Result::err).map(|why| not_taken(&why.to_string())));
    };
    view! {
        <Button glyph on_click=download>{children()}</Button>
        {move || failed.get().map(|why| view! { <p class="error" role="alert">{why}</p> })}
    }
}
