//! One's own data: taking it away, bringing it in, the sample, and deleting it all.

use crate::browser::{clock, files};
use crate::components::{
    Banner, BannerKind, Button, ButtonKind, Choice, Dialog, Disclosure, Glyph, Opening, PageHeader,
    RadioGroup, RadioLayout, When,
};
use crate::derived::{Derived, derived};
use crate::domain::key::Key;
use crate::domain::workspace::{Record, Workspace};
use crate::pages::sample::SampleButton;
use crate::persist::backup::{self, Backup, MAX_BYTES};
use crate::persist::import::{Effect, Preview, Way};
use crate::persist::store::Kept;
use crate::session::Session;
use crate::view::view;
use crate::words;
use leptos::ev;
use leptos::prelude::*;

/// The page of one's own data.
#[component]
pub fn Data(
    /// The one session.
    session: Session,
) -> impl IntoView {
    view! {
        <div class="page stack-loose">
            <PageHeader
                title="Your data"
                lede="Everything you write stays in this browser, and nowhere else. A browser can \
                      lose it, so keep a backup file: that is the only copy that is truly yours."
            />
            <TakeAway session />
            <BringIn session />
            <KeptTexts session />
            <SampleSection session />
            <DeleteAll session />
        </div>
    }
}

/// How much there is, kind by kind: `12 people, 5 talks, 26 notes`.
fn inventory(w: &Workspace) -> String {
    let kinds: Vec<_> = w.records().map(|record| record.key().kind()).collect();
    let counted = ["contact", "interview", "answer", "task", "question"].map(|kind| {
        let number = kinds.iter().filter(|other| **other == kind).count();
        (number > 0).then(|| words::records(kind, number))
    });
    counted.into_iter().flatten().collect::<Vec<_>>().join(", ")
}

/// Downloads everything as one file, wherever it is placed.
#[component]
pub fn DownloadButton(
    /// The one session.
    session: Session,
    /// How much it stands out.
    #[prop(optional)]
    kind: ButtonKind,
) -> impl IntoView {
    let failed = RwSignal::new(None::<String>);
    let download = move |()| {
        let now = clock::now();
        let name = words::backup_name(clock::local_now().naive_local());
        let done = session
            .export(now)
            .map_err(|error| error.to_string())
            .and_then(|file| files::download(&name, &file).map_err(|error| error.to_string()));
        match done {
            Ok(()) => {
                failed.set(None);
                session.note_backup(now);
            }
            Err(why) => failed.set(Some(format!(
                "The browser did not take the file ({why}). Nothing is lost; try again."
            ))),
        }
    };
    view! {
        <Button kind glyph=Glyph::Download on_click=download>"Download a backup"</Button>
        {move || failed.get().map(|why| view! { <p class="error" role="alert">{why}</p> })}
    }
}

/// The first section: taking everything away.
#[component]
fn TakeAway(
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
            <p class="cluster"><DownloadButton session kind=ButtonKind::Primary /></p>
        </section>
    }
}

/// A file that was chosen and read, waiting for a yes.
#[derive(Clone)]
struct Waiting {
    name: String,
    backup: Backup,
}

/// The second section: bringing a backup in.
#[component]
fn BringIn(
    /// The one session.
    session: Session,
) -> impl IntoView {
    let error = RwSignal::new(None::<String>);
    let waiting = RwSignal::new(None::<Waiting>);
    let way = RwSignal::new(Way::Merge);
    let choose = move |event: ev::Event| {
        let Some(file) = files::chosen(&event) else { return };
        error.set(None);
        waiting.set(None);
        if file.bytes > MAX_BYTES {
            let too_large = backup::BackupError::TooLarge(file.bytes);
            error.set(Some(words::backup_error(&too_large)));
            return;
        }
        leptos::task::spawn_local(async move {
            match file.text().await {
                Ok(text) => match backup::read(&text) {
                    Ok(backup) => {
                        let name = file.name.clone();
                        way.set(Way::Merge);
                        waiting.set(Some(Waiting { name, backup }));
                    }
                    Err(why) => error.set(Some(words::backup_error(&why))),
                },
                Err(why) => error.set(Some(format!(
                    "The browser could not read this file ({why}). Nothing here was changed."
                ))),
            }
        });
    };
    let import = move |()| {
        let Some(file) = waiting.get_untracked() else { return };
        let now = clock::now();
        let mut preview = Preview::default();
        while session.preview(&mut preview, &file.backup, way.get_untracked(), usize::MAX, now) {}
        let done = session.import(&preview, &format!("{} is brought in.", file.name), now);
        match done {
            Ok(()) => waiting.set(None),
            Err(why) => {
                error.set(Some(format!("{} Nothing was brought in.", words::storage_error(&why))))
            }
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
            {move || error.get().map(|why| view! {
                <Banner kind=BannerKind::Danger title="This file was not brought in">
                    <p>{why}</p>
                </Banner>
            })}
            {move || waiting.get().map(|file| view! {
                <ImportPreview session file way on_yes=import on_no=move |()| waiting.set(None) />
            })}
        </section>
    }
}

/// What a chosen backup would do, and the yes or no to it.
#[component]
fn ImportPreview(
    /// The one session.
    session: Session,
    /// The file.
    file: Waiting,
    /// Merge or replace.
    way: RwSignal<Way>,
    /// Bring it in.
    #[prop(into)]
    on_yes: Callback<()>,
    /// Leave it.
    #[prop(into)]
    on_no: Callback<()>,
) -> impl IntoView {
    let made = words::moment(clock::to_local(file.backup.exported), clock::today());
    let title = format!("{}, made {made}", file.name);
    let backup = StoredValue::new(file.backup);
    let preview = derived(move || {
        let way = way.get();
        // Follows the workspace, so that the preview stays true while it is looked at.
        session.with(|_| ());
        let mut preview = Preview::default();
        backup.with_value(|backup| {
            while session.preview(&mut preview, backup, way, usize::MAX, clock::now()) {}
        });
        preview
    });
    let ways = vec![
        Choice::new("merge", "Merge")
            .with_hint("Add what is new, take the newer of two versions, delete nothing."),
        Choice::new("replace", "Replace")
            .with_hint("Make everything here exactly as it is in the file."),
    ];
    let way_name = Signal::derive(move || match way.get() {
        Way::Merge => "merge".to_owned(),
        Way::Replace => "replace".to_owned(),
    });
    let choose = move |name: String| {
        way.set(if name == "replace" { Way::Replace } else { Way::Merge });
    };
    let idle = derived(move || preview.with(Preview::is_idle));
    let label = move || match way.get() {
        Way::Merge => "Merge it in",
        Way::Replace => "Replace everything",
    };
    view! {
        <div class="card stack" role="region" aria-label="What this file would change">
            <h3 dir="auto">{title}</h3>
            <RadioGroup
                label="How to bring it in"
                options=ways
                value=way_name
                on_change=choose
                layout=RadioLayout::Cards
            />
            <Effects session preview backup />
            <When when=move || idle.get()>
                <p>"Nothing would change: all of it is here already."</p>
            </When>
            <p class="cluster">
                <Button kind=ButtonKind::Primary glyph=Glyph::Upload disabled=idle on_click=on_yes>
                    {label}
                </Button>
                <Button on_click=on_no>"Cancel"</Button>
            </p>
        </div>
    }
}

/// A count for each effect, to open for the entries behind it.
#[component]
fn Effects(
    /// The one session.
    session: Session,
    /// What would happen.
    preview: Derived<Preview>,
    /// The file, for the names of what is not here yet.
    backup: StoredValue<Backup>,
) -> impl IntoView {
    let groups = [
        (Effect::Added, "New"),
        (Effect::Changed, "Changed"),
        (Effect::Conflicting, "Changed here and there"),
        (Effect::KeptMine, "Newer here, stays as it is"),
        (Effect::StaysDeleted, "Deleted here since, stays deleted"),
        (Effect::Removed, "Goes from here"),
        (Effect::Same, "The same"),
    ];
    let name_of = move |key: &Key| {
        let theirs = backup
            .with_value(|backup| backup.entries.get(key).and_then(|entry| entry.content.clone()));
        session.with(|w| {
            let record = theirs.or_else(|| w.record(key));
            record.map_or_else(|| words::records(key.kind(), 1), |record| describe(&record, w))
        })
    };
    let group = move |(effect, title): (Effect, &'static str)| {
        move || {
            let count = preview.with(|preview| preview.count(effect));
            (count > 0).then(|| {
                let names: Vec<_> =
                    preview.with(|preview| preview.keys(effect).take(200).map(name_of).collect());
                let more = count.saturating_sub(names.len());
                view! {
                    <Disclosure summary=format!("{title}: {count}") opening=Opening::Closed>
                        <ul class="bullets small">
                            {names.into_iter().map(|name| view! { <li dir="auto">{name}</li> }).collect_view()}
                        </ul>
                        {(more > 0).then(|| view! { <p class="small muted">{format!("and {more} more")}</p> })}
                    </Disclosure>
                }
            })
        }
    };
    view! { <div class="stack-tight">{groups.into_iter().map(group).collect_view()}</div> }
}

/// A record in a few words.
fn describe(record: &Record, w: &Workspace) -> String {
    let person = |id| w.contact(id).map_or_else(|| "someone".to_owned(), words::name);
    let start = |text: &str| {
        let short: String = text.chars().take(60).collect();
        if short.len() < text.len() { format!("{short}…") } else { short }
    };
    match record {
        Record::Plan(_) => "Your plan".to_owned(),
        Record::Settings(_) => "Your settings".to_owned(),
        Record::Contact(contact) => format!("Person: {}", words::name(contact)),
        Record::Question(id, change) => {
            let text = change.text.clone().or_else(|| w.question(id).map(|q| q.text));
            format!("Question: {}", start(&text.unwrap_or_default()))
        }
        Record::Interview(talk) => format!("Talk with {}", person(talk.contact)),
        Record::Answer(talk, _, answer) => {
            let with = w.interview(*talk).map(|talk| person(talk.contact));
            let with = with.map(|name| format!(" ({name})")).unwrap_or_default();
            format!("Note{with}: {}", start(&answer.text))
        }
        Record::Task(task) => format!("Task: {}", start(&task.text)),
    }
}

/// What could not be read, as it is.
#[component]
fn KeptTexts(
    /// The one session.
    session: Session,
) -> impl IntoView {
    let kept = session.kept();
    let orphans = session.select(Workspace::orphans);
    view! {
        <When when=move || kept.with(|kept| !kept.is_empty())>
            <section class="stack">
                <h2>"Could not be read"</h2>
                <p>
                    "These entries are stored here just as they were found. They are part of every \
                     backup, and nothing will be written over them."
                </p>
                {move || kept.get().into_iter().map(|entry| view! { <KeptText session entry /> }).collect_view()}
            </section>
        </When>
        <When when=move || orphans.with(|notes| !notes.is_empty())>
            <section class="stack">
                <h2>"Notes without their talk"</h2>
                <p>"The talk these notes belong to can't be read. The notes can:"</p>
                <ul class="list">
                    {move || orphans.get().into_iter().map(|text| view! {
                        <li class="row"><p class="prose" dir="auto">{text}</p></li>
                    }).collect_view()}
                </ul>
            </section>
        </When>
    }
}

/// One text that could not be read: look at it, download it, or let it go.
#[component]
fn KeptText(
    /// The one session.
    session: Session,
    /// Which.
    entry: Kept,
) -> impl IntoView {
    let asking = RwSignal::new(false);
    let failed = RwSignal::new(None::<String>);
    let (key, text) = (entry.key.clone(), entry.text.clone());
    let download = move |()| {
        if let Err(error) = files::download("ask-around-unreadable.txt", &text) {
            failed.set(Some(format!("The browser did not take the file ({error}).")));
        }
    };
    let discard = move |()| {
        asking.set(false);
        if let Err(error) = session.discard_kept(&key) {
            failed.set(Some(words::storage_error(&error)));
        }
    };
    view! {
        <div class="card stack-tight">
            <p><strong>{entry.key.clone()}</strong>": "{words::unreadable(&entry.why)}"."</p>
            <Disclosure summary="See the text" opening=Opening::Closed>
                <pre class="prose small" dir="auto">{entry.text.clone()}</pre>
            </Disclosure>
            {move || failed.get().map(|why| view! { <p class="error" role="alert">{why}</p> })}
            <p class="cluster">
                <Button glyph=Glyph::Download on_click=download>"Download the text"</Button>
                <Button kind=ButtonKind::Quiet glyph=Glyph::Delete on_click=move |()| asking.set(true)>
                    "Delete it for good"
                </Button>
            </p>
            <Dialog
                open=asking
                on_close=move |()| asking.set(false)
                title="Delete this text for good?"
                actions=move || {
                    let discard = discard.clone();
                    view! {
                        <Button on_click=move |()| asking.set(false)>"Keep it"</Button>
                        <Button kind=ButtonKind::Danger on_click=discard>"Delete it"</Button>
                    }
                }
            >
                <p>"This can't be undone. Download the text first if it might hold notes of yours."</p>
            </Dialog>
        </div>
    }
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

/// The last section: deleting everything from this browser.
#[component]
fn DeleteAll(
    /// The one session.
    session: Session,
) -> impl IntoView {
    let asking = RwSignal::new(false);
    let failed = RwSignal::new(None::<String>);
    let inventory = session.select(inventory);
    let wipe = move |()| {
        asking.set(false);
        match session.wipe("Everything is deleted from this browser.", clock::now()) {
            Ok(()) => failed.set(None),
            Err(error) => failed.set(Some(words::storage_error(&error))),
        }
    };
    view! {
        <section class="stack">
            <h2>"Delete everything"</h2>
            <p>"For a computer that others use too, or to begin anew."</p>
            {move || failed.get().map(|why| view! { <p class="error" role="alert">{why}</p> })}
            <p>
                <Button kind=ButtonKind::Danger glyph=Glyph::Delete on_click=move |()| asking.set(true)>
                    "Delete everything"
                </Button>
            </p>
            <Dialog
                open=asking
                on_close=move |()| asking.set(false)
                title="Delete everything from this browser?"
                actions=move || view! {
                    <DownloadButton session />
                    <Button kind=ButtonKind::Danger on_click=wipe>"Delete everything"</Button>
                }
            >
                <p>
                    {move || match inventory.get().as_str() {
                        "" => "There is nothing here but your settings.".to_owned(),
                        list => format!("{list} will be gone from this browser."),
                    }}
                </p>
                <p>"You can undo it until you close this tab. After that only a backup file brings it back."</p>
            </Dialog>
        </section>
    }
}
