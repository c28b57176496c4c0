//! A file on its way in: read in steps, opened with its passphrase, looked at;
//! and what is said and can be saved when it can't be read.

use super::preview::ImportPreview;
use super::take_away::{PassphraseField, seal_error};
use crate::browser::{clock, files, seal};
use crate::components::{Banner, BannerKind, Button, ButtonKind, Glyph, When};
use crate::pages::safety::{self, STEP, Safety};
use crate::persist::backup::{self, Backup, BackupError};
use crate::persist::import::{Preview, Way};
use crate::persist::sealed::{self, Sealed};
use crate::session::Session;
use crate::view::view;
use crate::words;
use leptos::html;
use leptos::prelude::*;
use std::sync::Arc;

/// From how many records on it is shown how far the reading is.
const LARGE: usize = 1_000;

/// Where something that is brought in comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Kind {
    /// A file.
    File,
    /// A file that is not whole: what is whole of it.
    Salvaged,
    /// The linked file, whose text has this print.
    Linked(u32),
    /// A safety copy of this browser.
    Copy,
}

/// What was read, waiting for a yes.
#[derive(Clone)]
pub struct Incoming {
    /// The name of the file, or the time of the copy.
    pub name: String,
    /// Where it comes from.
    pub kind: Kind,
    /// What is in it.
    pub backup: Arc<Backup>,
    /// What it would do if nothing else is chosen.
    pub first: Arc<Preview>,
}

/// A file that can't be brought in as it is.
#[derive(Clone)]
struct Refused {
    name: String,
    kind: Kind,
    why: String,
    /// What is whole of it, and of how many entries.
    whole: Option<(Arc<Backup>, Option<usize>)>,
}

/// How far a file is.
#[derive(Clone)]
enum Stage {
    Idle,
    Reading,
    Sealed(String, Kind, Arc<Sealed>),
    Refused(Refused),
    Ready(Incoming),
}

/// What takes files in, one at a time.
#[derive(Clone, Copy)]
pub struct Intake {
    /// The one session.
    pub session: Session,
    /// The copies beside it.
    pub safety: Safety,
    stage: RwSignal<Stage>,
    progress: RwSignal<(usize, usize)>,
    run: StoredValue<u32>,
    home: NodeRef<html::Div>,
}

impl Intake {
    /// One that has nothing.
    pub fn new(session: Session, safety: Safety) -> Self {
        Self {
            session,
            safety,
            stage: RwSignal::new(Stage::Idle),
            progress: RwSignal::new((0, 0)),
            run: StoredValue::new(0),
            home: NodeRef::new(),
        }
    }

    /// Begins with another file; what is under way with the one before comes to nothing.
    fn begin(self, stage: Stage) -> u32 {
        self.progress.try_set((0, 0));
        self.stage.try_set(stage);
        self.run
            .try_update_value(|run| {
                *run += 1;
                *run
            })
            .unwrap_or_default()
    }

    fn goes_on(self, run: u32) -> bool {
        self.run.try_get_value() == Some(run)
    }

    /// Takes nothing in.
    pub fn leave(self) {
        self.begin(Stage::Idle);
        // What had the focus is gone; the reader stays where they were.
        if let Some(home) = self.home.get_untracked() {
            let _ = home.focus();
        }
    }

    /// Says why something can't be brought in.
    pub fn refuse(self, name: &str, kind: Kind, why: String) {
        self.begin(Stage::Refused(Refused { name: name.to_owned(), kind, why, whole: None }));
    }

    /// Takes a file that was chosen.
    pub fn choose(self, file: files::Chosen) {
        if file.bytes > sealed::MAX_BYTES {
            let why = words::backup_error(&BackupError::TooLarge(file.bytes));
            self.refuse(&file.name, Kind::File, why);
            return;
        }
        let run = self.begin(Stage::Reading);
        leptos::task::spawn_local(async move {
            let text = file.text().await;
            if !self.goes_on(run) {
                return;
            }
            match text {
                Ok(text) => self.open(&file.name, Kind::File, text),
                Err(why) => {
                    let why = format!(
                        "The browser could not read this file ({why}). Nothing here was changed."
                    );
                    self.refuse(&file.name, Kind::File, why);
                }
            }
        });
    }

    /// Takes the text of a file.
    pub fn open(self, name: &str, kind: Kind, text: String) {
        let name = name.to_owned();
        if sealed::is_sealed(&text) {
            match Sealed::read(&text) {
                Ok(sealed) => {
                    self.begin(Stage::Sealed(name, kind, Arc::new(sealed)));
                }
                Err(why) => self.refuse(&name, kind, words::sealed_error(&why)),
            }
            return;
        }
        let run = self.begin(Stage::Reading);
        leptos::task::spawn_local(async move {
            let again = text.clone();
            let read = safety::read(text, move |done, of| {
                self.progress.try_set((done, of));
                self.goes_on(run)
            });
            match read.await {
                None => {}
                Some(Ok(backup)) => self.look(run, name, kind, Arc::new(backup)).await,
                Some(Err(why)) => self.refused(name, kind, &why, &again),
            }
        });
    }

    /// Looks at what it would do, and shows it.
    async fn look(self, run: u32, name: String, kind: Kind, backup: Arc<Backup>) {
        let way = if kind == Kind::Copy { Way::Replace } else { Way::Merge };
        let mut preview = Preview::default();
        while self.session.preview(&mut preview, &backup, way, STEP, clock::now()) {
            safety::breathe().await;
            if !self.goes_on(run) {
                return;
            }
        }
        let first = Arc::new(preview);
        self.begin(Stage::Ready(Incoming { name, kind, backup, first }));
    }

    fn refused(self, name: String, kind: Kind, why: &BackupError, text: &str) {
        let damaged = matches!(
            why,
            BackupError::NotJson
                | BackupError::CutShort
                | BackupError::WrongShape(_)
                | BackupError::BadRecord { .. }
        );
        let whole = if damaged { backup::salvage(text, clock::now()) } else { None };
        let why = if whole.is_some() && is_rescue(text) {
            "This is no backup but what the page hands out when Ask Around has stopped. What is \
             whole in it can be brought in. Nothing here was changed."
                .to_owned()
        } else {
            words::backup_error(why)
        };
        let whole = whole.map(|whole| (Arc::new(whole.backup), whole.of));
        self.begin(Stage::Refused(Refused { name, kind, why, whole }));
    }
}

/// Whether a text looks like what the rescue page hands out.
fn is_rescue(text: &str) -> bool {
    let start: String = text.chars().filter(|c| !c.is_whitespace()).take(40).collect();
    start.contains("\"rescue\":")
}

/// What there is to see of a file on its way in.
#[component]
pub fn IntakeView(
    /// Which.
    intake: Intake,
) -> impl IntoView {
    let stage = move || match intake.stage.get() {
        Stage::Idle => ().into_any(),
        Stage::Reading => view! { <Progress intake /> },
        Stage::Sealed(name, kind, sealed) => view! { <Unlock intake name kind sealed /> },
        Stage::Refused(refused) => view! { <NotIn intake refused /> },
        Stage::Ready(incoming) => view! { <ImportPreview intake incoming /> },
    };
    view! { <div class="intake" tabindex="-1" node_ref=intake.home>{stage}</div> }
}

/// How far the reading is, where it takes long enough to be seen.
#[component]
fn Progress(
    /// Which.
    intake: Intake,
) -> impl IntoView {
    let (done, of) = (move || intake.progress.get().0, move || intake.progress.get().1);
    let far = move || format!("Reading {} of {}", words::thousands(done()), words::thousands(of()));
    view! {
        <When when=move || { of() > LARGE }>
            <div class="card stack-tight">
                <label class="stack-tight">
                    <span class="numbers">{far}</span>
                    <progress max=move || of().to_string() value=move || done().to_string()></progress>
                </label>
                <p><Button on_click=move |()| intake.leave()>"Cancel"</Button></p>
            </div>
        </When>
    }
}

/// A file that opens with a passphrase.
#[component]
fn Unlock(
    /// What takes it.
    intake: Intake,
    /// What it is called.
    name: String,
    /// Where it comes from.
    kind: Kind,
    /// The file.
    sealed: Arc<Sealed>,
) -> impl IntoView {
    let phrase = RwSignal::new(String::new());
    let shown = RwSignal::new(false);
    let error = RwSignal::new(None::<String>);
    let busy = RwSignal::new(false);
    let title = format!("{name} is locked");
    let what = StoredValue::new((name, kind, sealed));
    let unlock = move |()| {
        let typed = phrase.get_untracked();
        if busy.get_untracked() {
            return;
        }
        if typed.is_empty() {
            error.set(Some("Type the passphrase with which the file was locked.".to_owned()));
            return;
        }
        busy.set(true);
        leptos::task::spawn_local(async move {
            let Some((name, kind, sealed)) = what.try_get_value() else { return };
            let opened = seal::open(&sealed, &typed).await;
            if busy.try_set(false).is_some() {
                // It was left meanwhile.
                return;
            }
            match opened {
                Ok(text) => intake.open(&name, kind, text),
                Err(why) => error.set(Some(seal_error(&why))),
            }
        });
    };
    view! {
        <form
            class="card stack"
            on:submit=move |event| {
                event.prevent_default();
                unlock(());
            }
        >
            <h3 dir="auto">{title}</h3>
            <PassphraseField
                label="Passphrase of this file"
                phrase
                shown
                error
                autocomplete="current-password"
            />
            <p class="cluster">
                <Button kind=ButtonKind::Primary disabled=busy on_click=unlock>
                    {move || if busy.get() { "Opening…" } else { "Open it" }}
                </Button>
                <Button on_click=move |()| intake.leave()>"Cancel"</Button>
            </p>
        </form>
    }
}

/// A file that can't be brought in as it is, and what can be saved of it.
#[component]
fn NotIn(
    /// What takes it.
    intake: Intake,
    /// The file.
    refused: Refused,
) -> impl IntoView {
    let title = match refused.kind {
        Kind::Copy => "This did not work",
        _ => "This file was not brought in",
    };
    let name = refused.name;
    let save = refused.whole.map(|(backup, of)| {
        let found = words::thousands(backup.entries.len());
        let label = match of {
            Some(of) => format!("Save what is whole ({found} of {} entries)", words::thousands(of)),
            None => format!("Save what is whole ({found} entries)"),
        };
        let look = move |()| {
            let (name, backup) = (name.clone(), Arc::clone(&backup));
            let run = intake.begin(Stage::Reading);
            leptos::task::spawn_local(intake.look(run, name, Kind::Salvaged, backup));
        };
        (label, look)
    });
    let actions = move || {
        save.clone().map(|(label, look)| {
            view! { <Button glyph=Glyph::Upload on_click=look>{label}</Button> }
        })
    };
    view! {
        <Banner kind=BannerKind::Danger title=title actions=move || actions().into_any()>
            <p>{refused.why}</p>
        </Banner>
    }
}
