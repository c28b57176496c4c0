//! How much of the browser's room is taken.

use crate::components::{Banner, BannerKind, Meter, When};
use crate::derived::derived;
use crate::persist::space::{LIMIT, Room};
use crate::session::Session;
use crate::view::view;
use crate::words;
use leptos::prelude::*;

/// The section of the room there is.
#[component]
pub fn RoomSection(
    /// The one session.
    session: Session,
) -> impl IntoView {
    let room = session.room();
    let percent = derived(move || room.get().percent());
    let label = Signal::derive(move || {
        format!("{} % of the room this browser gives is taken", percent.get())
    });
    // Nobody has written so much that a number of characters is not exact enough.
    #[allow(clippy::cast_precision_loss)]
    let share = Signal::derive(move || percent.get() as f64 / 100.0);
    let amount = move || {
        let Room { used, others, .. } = room.get();
        let mine = format!("That is about {}.", words::characters(used + others, LIMIT));
        match others {
            0 => mine,
            others => format!(
                "{mine} About {} of them are another app's at the same address.",
                words::about(others)
            ),
        }
    };
    view! {
        <section class="stack">
            <h2>"Room"</h2>
            <Meter label value="" share />
            <p class="muted small">{amount}</p>
            <When when=move || { percent.get() >= Room::WARN }>
                <Banner kind=BannerKind::Warn title="Room is getting short">
                    <p>
                        "Nothing is lost, and you can go on. Download a backup, then delete what you no longer \
                         need: talks that are long past, people you won't meet, the sample."
                    </p>
                </Banner>
            </When>
        </section>
    }
}
