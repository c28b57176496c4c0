//! An address that leads nowhere, and a record that is not there (any more).

use crate::components::{EmptyState, Glyph, LinkButton, PageHeader};
use crate::route::Route;
use crate::view::view;
use leptos::prelude::*;

/// The page for an address that leads nowhere.
#[component]
pub fn NotFound() -> impl IntoView {
    view! { <Missing title="There is nothing here" back=Route::Today back_label="Go to Today" /> }
}

/// What a page shows in place of a record that is not there.
#[component]
pub fn Missing(
    /// What is missing.
    #[prop(into)]
    title: String,
    /// Where to go instead.
    back: Route,
    /// The words of that link.
    #[prop(into)]
    back_label: String,
) -> impl IntoView {
    let href = back.to_string();
    view! {
        <div class="page stack">
            <PageHeader title=title />
            <EmptyState
                glyph=Glyph::Search
                title="The address may be old"
                text="It may have been deleted, or it belongs to another browser. Nothing else has changed."
            >
                <LinkButton href=href.clone()>{back_label.clone()}</LinkButton>
            </EmptyState>
        </div>
    }
}
