//! One's own data: taking it away, bringing it in, the copies beside it and those
//! for other programs, the sample, and deleting it all. One section a file.

mod bring_in;
mod copies;
mod delete;
mod differences;
mod elsewhere;
mod intake;
mod kept;
mod linked;
mod preview;
mod room;
mod take_away;

use crate::components::{Button, Glyph, PageHeader, When};
use crate::domain::workspace::Workspace;
use crate::pages::download::{DownloadButton, not_taken};
use crate::pages::safety::Safety;
use crate::pages::sample::SampleButton;
use crate::session::Session;
use crate::view::view;
use crate::words;
use bring_in::BringIn;
use copies::SafetyCopies;
use delete::DeleteAll;
use elsewhere::Elsewhere;
use intake::Intake;
use kept::KeptTexts;
use leptos::prelude::*;
use linked::LinkedFileSection;
use room::RoomSection;
use take_away::TakeAway;

/// The page of one's own data.
#[component]
pub fn Data(
    /// The one session.
    session: Session,
) -> impl IntoView {
    let safety = Safety::of(session);
    leptos::task::spawn_local(async move {
        safety.load().await;
        safety.watch().await;
    });
    let intake = Intake::new(session, safety);
    view! {
        <div class="page stack-loose">
            <PageHeader
                title="Your data"
                lede="Everything you write stays in this browser, and nowhere else. A browser can \
                      lose it, so keep a backup file: that is the only copy that is truly yours."
            />
            <TakeAway session />
            <LinkedFileSection safety intake />
            <BringIn intake />
            <KeptTexts session safety />
            <SafetyCopies session safety />
            <Elsewhere session />
            <RoomSection session />
            <SampleSection session />
            <DeleteAll session safety />
        </div>
    }
}

/// How much there is, kind by kind: `12 people, 5 talks, 26 notes`.
fn inventory(w: &Workspace) -> String {
    let kinds: Vec<_> = w.records().map(|record| record.key().kind()).collect();
    let number = |kind| kinds.iter().filter(|other| **other == kind).count();
    listed(["contact", "interview", "answer", "task", "question"].map(|kind| (kind, number(kind))))
}

/// Numbers of records in a row, without those of which there are none.
fn listed<const N: usize>(numbers: [(&str, usize); N]) -> String {
    let some = numbers.into_iter().filter(|(_, number)| *number > 0);
    some.map(|(kind, number)| words::records(kind, number)).collect::<Vec<_>>().join(", ")
}

/// The made-up search to look around in.
#[component]
fn SampleSection(
    /// The one session.
    session: Session,
) -> impl IntoView {
    let here = session.select(Workspace::has_sample);
    let remove = move |()| {
        session.edit_undoable("The sample is gone.", Workspace::remove_sample);
    };
    view! {
        <section class="stack">
            <h2>"Look around in a sample"</h2>
            <p>
                "A made-up search with twelve people and five talks, marked wherever it shows. \
                 It leaves whatever is yours alone, and goes with one click."
            </p>
            <p class="cluster">
                <When when=move || here.get() fallback=move || view! { <SampleButton session /> }>
                    <Button glyph=Glyph::Delete on_click=remove>"Remove the sample"</Button>
                </When>
            </p>
        </section>
    }
}
