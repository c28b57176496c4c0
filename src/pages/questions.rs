//! Stub.
use crate::session::Session;
use leptos::prelude::*;
#[component]
pub fn Questions(session: Session) -> impl IntoView {
    let _ = session;
    view! { <p>"todo"</p> }
}
