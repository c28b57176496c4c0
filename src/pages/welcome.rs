//! What a newcomer sees: what this is for, and the one thing to begin with.
//!
//! The only page that a first visit loads.

use crate::browser::updates;
use crate::components::PageHeader;
use crate::pages::contacts::AddPerson;
use crate::pages::sample::SampleButton;
use crate::route::Route;
use crate::session::Session;
use crate::view::view;
use leptos::prelude::*;

/// The first page of somebody new.
#[component]
pub fn Welcome(
    /// The one session.
    session: Session,
) -> impl IntoView {
    let steps = [
        ("Find", "Write down one person whose work makes you curious. A name is enough."),
        ("Prepare", "Seven short steps take you from why you ask to a page of questions."),
        (
            "Talk",
            "A quiet clock keeps your promise of twenty minutes; a note goes with each question.",
        ),
        ("Follow up", "Write down what you learned, say thanks in time, and meet the next person."),
    ];
    view! {
        <div class="page stack-loose">
            <PageHeader
                title="Ask people what their work is really like"
                lede="Twenty minutes with someone who does the job tells you more than any website. \
                      This app walks you through it, from the first name to the thank-you."
            />
            <AddPerson session />
            <ol class="welcome-steps">
                {steps.into_iter().map(|(title, text)| view! {
                    <li><h2>{title}</h2><p>{text}</p></li>
                }).collect_view()}
            </ol>
            <section class="stack-tight">
                <h2>"Not sure yet?"</h2>
                <p>"Look around in a made-up search first. One click takes it away again."</p>
                <p><SampleButton session /></p>
            </section>
            <p class="small muted">
                "Everything stays in this browser: no account, no server. "
                {updates::opened_from_disk().then_some(
                    "You opened it as a file: leave the file where it is, and take a backup whenever you stop. "
                )}
                <a href=Route::Data.to_string()>"Bring a backup in"</a>
                " if you have one."
            </p>
        </div>
    }
}
