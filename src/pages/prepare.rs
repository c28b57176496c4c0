//! Stub.
use crate::session::Session;
use leptos::prelude::*;
#[component]
pub fn Prepare(
    session: Session,
    id: crate::domain::id::InterviewId,
    step: Option<crate::domain::prepare::Step>,
) -> impl IntoView {
    let _ = session;
    view! { <p>"todo"</p> }
}
