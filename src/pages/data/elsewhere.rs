//! Copies for other programs: tables for a spreadsheet, cards for an address book.

use crate::browser::clock;
use crate::components::Glyph;
use crate::exchange::{Export, csv, vcard};
use crate::pages::export::ExportButton;
use crate::session::Session;
use crate::view::view;
use leptos::prelude::*;

/// The section of what other programs can read.
#[component]
pub fn Elsewhere(
    /// The one session.
    session: Session,
) -> impl IntoView {
    let people = move |()| -> Option<Export> {
        Some(session.peek(|w| csv::people(w, clock::to_local, clock::today())))
    };
    let notes = move |()| -> Option<Export> {
        Some(session.peek(|w| csv::notes(w, clock::to_local, clock::today())))
    };
    let cards = move |()| -> Option<Export> {
        Some(session.peek(|w| vcard::people(w, clock::now(), clock::today())))
    };
    view! {
        <section class="stack">
            <h2>"Use it elsewhere"</h2>
            <p>
                "Copies for your spreadsheet and your address book. They are no backup: Ask Around can't \
                 read them back in."
            </p>
            <div class="cluster">
                <ExportButton glyph=Glyph::Download make=people>"People as a table (CSV)"</ExportButton>
                <ExportButton glyph=Glyph::Download make=notes>"Notes as a table (CSV)"</ExportButton>
                <ExportButton glyph=Glyph::Download make=cards>
                    "People for your address book (vCard)"
                </ExportButton>
            </div>
            <p class="muted small">
                "An apostrophe in front of a cell keeps your spreadsheet from taking it for a formula."
            </p>
        </section>
    }
}
