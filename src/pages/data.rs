//! Stub.
use crate::session::Session;
use leptos::prelude::*;
#[component]
pub fn Data(session: Session) -> impl IntoView {
    let _ = session;
    view! { <p>"todo"</p> }
}
#[component]
pub fn DownloadButton(
    session: Session,
    #[prop(optional)] kind: crate::components::ButtonKind,
) -> impl IntoView {
    let _ = (session, kind);
    view! { <p>"todo"</p> }
}
