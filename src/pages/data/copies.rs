//! The safety copies in this browser: what each is of, going back, taking one away.

use super::intake::{Intake, IntakeView, Kind};
use super::{listed, not_taken};
use crate::browser::{clock, files};
use crate::components::{Button, ButtonKind, Disclosure, Glyph, When, each};
use crate::derived::derived;
use crate::pages::safety::{NotTaken, Safety};
use crate::persist::snapshot::{About, Named};
use crate::session::Session;
use crate::view::view;
use crate::words;
use leptos::prelude::*;

/// The section of the safety copies.
#[component]
pub fn SafetyCopies(
    /// The one session.
    session: Session,
    /// The copies.
    safety: Safety,
) -> impl IntoView {
    let body = if safety.keeps() {
        view! { <Copies session safety /> }
    } else {
        view! {
            <p>
                "This browser keeps no safety copies: it does not let the page have a database, perhaps \
                 because the window is a private one. Download a backup now and then."
            </p>
        }
    };
    view! {
        <section class="stack">
            <h2>"Safety copies"</h2>
            {body}
        </section>
    }
}

fn when(about: &About) -> String {
    words::moment(clock::to_local(about.at), clock::today())
}

/// The copies, and the way to make one more.
#[component]
fn Copies(
    /// The one session.
    session: Session,
    /// The copies.
    safety: Safety,
) -> impl IntoView {
    let intake = Intake::new(session, safety);
    let copies = derived(move || safety.copies());
    let busy = RwSignal::new(false);
    let said = RwSignal::new(String::new());
    let make = move |()| {
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        said.set(String::new());
        leptos::task::spawn_local(async move {
            let words = match safety.take("made by you").await {
                Ok(()) => "A safety copy is made.".to_owned(),
                Err(NotTaken::Nothing) => "There is nothing to copy yet.".to_owned(),
                Err(NotTaken::NoDatabase) => "This browser keeps no safety copies.".to_owned(),
                Err(NotTaken::Failed(why)) => format!(
                    "No safety copy could be made ({why}). Everything is still here; download a backup."
                ),
            };
            busy.try_set(false);
            said.try_set(words);
        });
    };
    let summary = Signal::derive(move || match copies.with(Vec::len) {
        0 => "No safety copies yet".to_owned(),
        n => words::count(n, "safety copy", "safety copies"),
    });
    let note = derived(move || {
        copies.with(|copies| copies.first().map(|(_, about)| format!("the latest {}", when(about))))
    });
    view! {
        <p>
            "Ask Around makes one by itself every few hours, and before anything risky. With a copy you \
             can go back to how things were. The copies are in this browser too: only a downloaded file \
             is a backup."
        </p>
        <p class="cluster">
            <Button glyph=Glyph::Copy disabled=busy on_click=make>"Make a safety copy now"</Button>
            <span class="muted small" role="status">{move || said.get()}</span>
        </p>
        <Disclosure summary note>
            <When
                when=move || copies.with(|copies| !copies.is_empty())
                fallback=|| view! { <p class="muted">"The first one is made soon after you begin."</p> }
            >
                <ul class="list">
                    {each(
                        move || copies.get(),
                        |(id, _)| id.clone(),
                        move |named| row(safety, intake, named),
                    )}
                </ul>
            </When>
        </Disclosure>
        <IntakeView intake />
    }
}

/// One copy.
fn row(safety: Safety, intake: Intake, (id, about): &Named) -> AnyView {
    let when = when(about);
    let why =
        if about.before.is_empty() { "made by itself".to_owned() } else { about.before.clone() };
    let which = format!("{when}, {why}");
    let mut holds =
        listed([("contact", about.people), ("interview", about.talks), ("answer", about.notes)]);
    if holds.is_empty() {
        holds = "no people yet".to_owned();
    }
    if about.unreadable > 0 {
        let entries = words::count(about.unreadable, "entry", "entries");
        holds = format!("{holds}; {entries} could not be read then");
    }
    let id = StoredValue::new(id.clone());
    let name = StoredValue::new(when.clone());
    let file = StoredValue::new(words::backup_name(clock::to_local(about.at)));
    let gone = "This copy is not in the browser any more. The others are.";
    let compare = move |()| {
        leptos::task::spawn_local(async move {
            let (id, name) = (id.get_value(), name.get_value());
            match safety.text(&id).await {
                Some(text) => intake.open(&name, Kind::Copy, text),
                None => intake.refuse(&name, Kind::Copy, gone.to_owned()),
            }
        });
    };
    let download = move |()| {
        leptos::task::spawn_local(async move {
            let (id, name, file) = (id.get_value(), name.get_value(), file.get_value());
            let done = match safety.text(&id).await {
                Some(text) => files::download(&file, files::BACKUP, &text)
                    .map_err(|why| not_taken(&why.to_string())),
                None => Err(gone.to_owned()),
            };
            if let Err(why) = done {
                intake.refuse(&name, Kind::Copy, why);
            }
        });
    };
    view! {
        <li class="row">
            <div class="row-words">
                <span class="row-title">{when.clone()}</span>
                <span class="row-subtitle" dir="auto">{why}</span>
                <span class="row-subtitle">{holds}</span>
            </div>
            <div class="row-trailing">
                <Button label=format!("Compare: {which}") on_click=compare>"Compare"</Button>
                <Button
                    kind=ButtonKind::Quiet
                    glyph=Glyph::Download
                    label=format!("Download: {which}")
                    on_click=download
                >
                    "Download"
                </Button>
            </div>
        </li>
    }
}
