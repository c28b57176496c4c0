//! Stub.
use crate::session::Session;
use leptos::prelude::*;
#[component]
pub fn Debrief(session: Session, id: crate::domain::id::InterviewId) -> impl IntoView {
    let _ = session;
    view! { <p>"todo"</p> }
}
