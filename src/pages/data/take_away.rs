//! Taking everything away as a file, open or locked with a passphrase.

use super::{DownloadButton, inventory, not_taken};
use crate::browser::{clock, files, keeping, seal, updates};
use crate::components::{
    Button, ButtonKind, CheckLine, Disclosure, Glyph, InputKind, TextField, When,
};
use crate::session::Session;
use crate::view::view;
use crate::words;
use leptos::prelude::*;

/// The fewest letters of a passphrase.
const SHORTEST: usize = 8;

/// The first section: taking everything away.
#[component]
pub fn TakeAway(
    /// The one session.
    session: Session,
) -> impl IntoView {
    let inventory = session.select(inventory);
    let age = session.backup_age();
    let last = move || match age.get().at {
        Some(at) => {
            let day = words::days_away(clock::to_local(at).date(), clock::today());
            let changes = match age.get().changes {
                0 => "nothing has changed since".to_owned(),
                n => format!("{} since", words::count(n, "change", "changes")),
            };
            format!("Last backup {day}; {changes}.")
        }
        None => "No backup has been downloaded in this browser yet.".to_owned(),
    };
    let promised = RwSignal::new(None::<bool>);
    leptos::task::spawn_local(async move {
        promised.try_set(keeping::is_kept().await);
    });
    // Who takes a backup wants their words kept: now the browser may ask about it, once.
    let asked = StoredValue::new(false);
    let ask = move |()| {
        if promised.get_untracked() != Some(false) || asked.get_value() {
            return;
        }
        asked.set_value(true);
        leptos::task::spawn_local(async move {
            if let Some(kept) = keeping::ask_to_keep().await {
                promised.try_set(Some(kept));
            }
        });
    };
    view! {
        <section class="stack">
            <h2>"Take it with you"</h2>
            <p>
                {move || match inventory.get().as_str() {
                    "" => "There is nothing here yet.".to_owned(),
                    list => format!("Here are {list}. One file holds all of it."),
                }}
            </p>
            <p class="muted small">{last}</p>
            <p class="cluster">
                <DownloadButton session kind=ButtonKind::Primary on_done=ask />
            </p>
            <When when=updates::opened_from_disk>
                <p>
                    "You opened Ask Around as a file. What you write is kept by this browser, for this \
                     file: another browser does not see it, and some lose sight of it when the file is \
                     moved or renamed. So take a backup whenever you stop."
                </p>
            </When>
            <p class="muted small">
                "Only a downloaded file is a backup: whatever stays in the browser goes with the browser. "
                {move || promised.get().map(|promised| if promised {
                    "Your browser has promised not to clear this by itself."
                } else {
                    "Your browser may clear this if space runs short."
                })}
            </p>
            <Disclosure summary="Lock the file with a passphrase">
                <Lock session on_done=ask />
            </Disclosure>
        </section>
    }
}

/// A backup that opens only with a passphrase.
#[component]
fn Lock(
    /// The one session.
    session: Session,
    /// Runs once the browser has the file.
    #[prop(into)]
    on_done: Callback<()>,
) -> impl IntoView {
    let phrase = RwSignal::new(String::new());
    // Whoever mistypes what they can't see has locked themselves out.
    let shown = RwSignal::new(true);
    let error = RwSignal::new(None::<String>);
    let busy = RwSignal::new(false);
    let done = RwSignal::new(None::<String>);
    let locked = move |()| {
        let typed = phrase.get_untracked();
        done.set(None);
        if typed.chars().count() < SHORTEST {
            error.set(Some(format!("Take at least {SHORTEST} letters; three words are better.")));
            return;
        }
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        error.set(None);
        leptos::task::spawn_local(async move {
            let now = clock::now();
            let name = words::backup_name(clock::local_now().naive_local());
            let name = name.replace(".json", "-locked.json");
            let sealed = match session.export(now) {
                Ok(text) => seal::seal(&text, &typed).await.map_err(|why| seal_error(&why)),
                Err(why) => Err(not_taken(&why.to_string())),
            };
            let handed = sealed.and_then(|file| {
                files::download(&name, files::BACKUP, &file)
                    .map_err(|why| not_taken(&why.to_string()))
            });
            busy.try_set(false);
            match handed {
                Ok(()) => {
                    session.note_backup(now);
                    on_done.try_run(());
                    done.try_set(Some(format!("{name} is on its way to your downloads.")));
                }
                Err(why) => {
                    error.try_set(Some(why));
                }
            }
        });
    };
    view! {
        <form
            class="stack"
            on:submit=move |event| {
                event.prevent_default();
                locked(());
            }
        >
            <p>
                "Nobody can read the file without the passphrase. Nobody can help you either: if you \
                 forget it, what is in the file is lost. Write it down somewhere else."
            </p>
            <PassphraseField label="Passphrase" phrase shown error autocomplete="new-password" />
            <p class="cluster">
                <Button glyph=Glyph::Download disabled=busy on_click=locked>
                    {move || if busy.get() { "Locking…" } else { "Download a locked backup" }}
                </Button>
            </p>
            <p class="muted small" role="status">{move || done.get()}</p>
        </form>
    }
}

/// A passphrase that can be looked at while it is typed.
#[component]
pub fn PassphraseField(
    /// Always shown above.
    label: &'static str,
    /// What is typed.
    phrase: RwSignal<String>,
    /// Whether it can be read.
    shown: RwSignal<bool>,
    /// What is wrong, or nothing.
    error: RwSignal<Option<String>>,
    /// What the browser may offer to fill in.
    autocomplete: &'static str,
) -> impl IntoView {
    let input = move |typed| {
        phrase.set(typed);
        error.set(None);
    };
    let field = move |kind| {
        view! { <TextField label value=phrase on_input=input kind error autocomplete /> }
    };
    view! {
        <div class="stack-tight passphrase">
            <When when=move || shown.get() fallback=move || field(InputKind::Password)>
                {field(InputKind::Text)}
            </When>
            <CheckLine label="Show the passphrase" checked=shown on_change=move |on| shown.set(on) />
        </div>
    }
}

/// Why a file could not be locked or opened.
pub fn seal_error(why: &seal::SealError) -> String {
    match why {
        seal::SealError::NoCrypto => "This browser can't lock or open files on this page, because \
            the page did not come over a secure connection (https). Nothing was changed."
            .to_owned(),
        seal::SealError::WrongPassphraseOrDamaged => {
            "This passphrase does not open the file. Look \
            for capitals and spaces, and try again. Nothing was changed."
                .to_owned()
        }
        seal::SealError::Failed(why) => {
            format!("The browser could not do it ({why}). Nothing was changed; try again.")
        }
    }
}
