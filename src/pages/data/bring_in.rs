//! Bringing a backup in from a file.

use super::intake::{Intake, IntakeView};
use crate::browser::files;
use crate::view::view;
use leptos::ev;
use leptos::prelude::*;

/// The section where a backup file is chosen.
#[component]
pub fn BringIn(
    /// What takes the file.
    intake: Intake,
) -> impl IntoView {
    let choose = move |event: ev::Event| {
        if let Some(file) = files::chosen(&event) {
            intake.choose(file);
        }
    };
    view! {
        <section class="stack">
            <h2>"Bring a backup in"</h2>
            <p>"Choose a backup file. You will see what it would change before anything does."</p>
            <label class="file-choice">
                <span class="file-choice-label">"Backup file"</span>
                <input type="file" accept=".json,application/json" on:change=choose />
            </label>
            <IntakeView intake />
        </section>
    }
}
