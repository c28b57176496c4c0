//! Copies beside the records: safety copies in the browser's database, and the
//! linked file on the user's own disk.
//!
//! [`Safety`] is made by the app at its start and put into Leptos' context. All
//! that it does is called from the Data page and from [`Safety::watch`], so that a
//! first visit does not load it.

use crate::browser::indexed_db::Database;
use crate::browser::linked_file::{LinkedFile, Permission};
use crate::browser::{clock, lifecycle};
use crate::domain::workspace::Workspace;
use crate::persist::backup::{Backup, BackupError, Reading};
use crate::persist::import::{Preview, Way};
use crate::persist::record::print_of;
use crate::persist::snapshot::{self, About, Named};
use crate::session::{Role, Session};
use chrono::{DateTime, TimeDelta, Utc};
use leptos::prelude::*;
use std::cell::Cell;
use std::future::{Future, poll_fn};
use std::pin::pin;
use std::rc::Rc;
use std::task::Poll;
use std::time::Duration;

/// How often it is looked whether a safety copy is due.
const LOOK_AGAIN: Duration = Duration::from_secs(600);
/// How long a risky act waits for its safety copy.
const PATIENCE: Duration = Duration::from_secs(8);
/// How long after a change the linked file is written at the earliest.
const WRITE_DELAY: TimeDelta = TimeDelta::seconds(2);
/// How many records are worked on before the browser may draw and hear again.
pub const STEP: usize = 500;

/// Why there is no new safety copy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NotTaken {
    /// This browser keeps none.
    NoDatabase,
    /// There is nothing to copy.
    Nothing,
    /// It could not be made, in the browser's words.
    Failed(String),
}

/// How the linked file is.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Link {
    /// Not looked at yet.
    #[default]
    Unknown,
    /// None is linked.
    None,
    /// It holds all there is, since then.
    UpToDate(DateTime<Utc>),
    /// It is behind, and about to be written.
    Behind,
    /// It is being written.
    Writing,
    /// The browser wants to hear from the user that it may be written.
    Locked,
    /// It has something that is not here, so it is left alone.
    Foreign,
    /// It could not be read or written, in the browser's words.
    Failed(String),
}

/// What the pages show of all this.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
struct Shown {
    copies: Vec<Named>,
    file: String,
    link: Link,
}

/// What only the browser knows how to hold.
struct Held {
    database: Option<Database>,
    file: Option<LinkedFile>,
    /// Which text was last written into the linked file, and may be written over.
    print: Option<u32>,
    watching: bool,
    /// Whether a timer will write the file.
    armed: bool,
    /// Whether the file is being read or written.
    busy: bool,
    /// Whether something has changed since it was written.
    behind: bool,
    /// When it was last written, and how long its text was.
    written: (DateTime<Utc>, usize),
    owner: Option<Owner>,
}

/// A handle to the copies. Copies of it are the same.
#[derive(Clone, Copy)]
pub struct Safety {
    session: Session,
    shown: RwSignal<Shown>,
    held: StoredValue<Held, LocalStorage>,
}

impl Safety {
    /// The copies of a session; without a database there are none.
    pub fn new(session: Session, database: Option<Database>) -> Self {
        let held = Held {
            database,
            file: None,
            print: None,
            watching: false,
            armed: false,
            busy: false,
            behind: true,
            written: (DateTime::UNIX_EPOCH, 0),
            owner: None,
        };
        Self { session, shown: RwSignal::new(Shown::default()), held: StoredValue::new_local(held) }
    }

    /// The one of the context.
    pub fn of(session: Session) -> Self {
        use_context().unwrap_or_else(|| Self::new(session, None))
    }

    // ---- Safety copies ---------------------------------------------------------

    /// Whether this browser keeps safety copies at all.
    pub fn keeps(self) -> bool {
        self.database().is_some()
    }

    /// The safety copies there are, the newest first; empty until they are [loaded](Self::load).
    pub fn copies(self) -> Vec<Named> {
        self.shown.with(|shown| shown.copies.clone())
    }

    fn database(self) -> Option<Database> {
        self.held.try_with_value(|held| held.database.clone()).flatten()
    }

    /// Looks at which safety copies there are.
    pub async fn load(self) {
        let Some(database) = self.database() else { return };
        if let Ok(copies) = all(&database).await {
            self.shown.update(|shown| shown.copies = copies);
        }
    }

    /// The text of a safety copy.
    pub async fn text(self, id: &str) -> Option<String> {
        self.database()?.snapshot(id).await.ok().flatten()
    }

    /// Makes a safety copy, and lets those go that are too many. `why` says
    /// before what, and is empty if it is made by itself.
    ///
    /// # Errors
    /// Says why there is none; then the others are as they were.
    pub async fn take(self, why: &str) -> Result<(), NotTaken> {
        // A database that never answers must not stop what is to be done.
        within(PATIENCE, self.taken(why))
            .await
            .unwrap_or_else(|| Err(NotTaken::Failed("it did not answer in time".to_owned())))
    }

    async fn taken(self, why: &str) -> Result<(), NotTaken> {
        let database = self.database().ok_or(NotTaken::NoDatabase)?;
        let failed = |error: String| NotTaken::Failed(error);
        let session = self.session;
        let empty = session.kept().with_untracked(Vec::is_empty);
        if empty && session.peek(Workspace::is_empty) {
            return Err(NotTaken::Nothing);
        }
        let before = all(&database).await.map_err(failed)?;
        let now = clock::now();
        let (about, text) =
            session.snapshot(why, now).map_err(|error| failed(error.to_string()))?;
        let same = |other: &About| {
            let of = |about: &About| {
                (about.print, about.people, about.talks, about.notes, about.unreadable)
            };
            of(other) == of(&about)
        };
        let mut id = now.timestamp_millis();
        while before.iter().any(|(other, _)| *other == id.to_string()) {
            id += 1;
        }
        let json = serde_json::to_string(&about).map_err(|error| failed(error.to_string()))?;
        // Two copies of the same are one too many.
        let latest = before.first().filter(|(_, latest)| same(latest)).map(|(id, _)| id.clone());
        let mut copies = before;
        copies.retain(|(id, _)| Some(id) != latest.as_ref());
        copies.insert(0, (id.to_string(), about.clone()));
        let mut remove = snapshot::to_drop(&copies, |at| clock::to_local(at).date());
        copies.retain(|(id, _)| !remove.contains(id));
        remove.extend(latest);
        let added = database.add_snapshot(&id.to_string(), &json, &text, &remove).await;
        added.map_err(|error| failed(error.to_string()))?;
        self.shown.update(|shown| shown.copies = copies);
        Ok(())
    }

    /// Deletes all safety copies.
    ///
    /// # Errors
    /// In the browser's words; then all of them are still there.
    pub async fn forget_copies(self) -> Result<(), String> {
        let Some(database) = self.database() else { return Ok(()) };
        let known = database.abouts().await.map_err(|error| error.to_string())?;
        let ids: Vec<String> = known.into_iter().map(|(id, _)| id).collect();
        database.remove_snapshots(&ids).await.map_err(|error| error.to_string())?;
        self.shown.update(|shown| shown.copies.clear());
        Ok(())
    }

    async fn take_if_due(self) {
        if self.session.role().get_untracked() != Role::Writer {
            return;
        }
        let present = self.session.about("", clock::now());
        let due = self.shown.with_untracked(|shown| snapshot::is_due(&shown.copies, &present));
        if due {
            // The next look tries again.
            let _ = self.take("").await;
        }
    }

    // ---- The linked file ---------------------------------------------------------

    /// How the linked file is.
    pub fn link(self) -> Link {
        self.shown.with(|shown| shown.link.clone())
    }

    /// Whether there is something in the linked file that is not here.
    pub fn is_foreign(self) -> bool {
        self.link_untracked() == Link::Foreign
    }

    /// What the linked file is called; it changes only together with how it is.
    pub fn file_name(self) -> String {
        self.shown.with_untracked(|shown| shown.file.clone())
    }

    fn file(self) -> Option<LinkedFile> {
        self.held.try_with_value(|held| held.file.clone()).flatten()
    }

    fn set_link(self, link: Link) {
        self.shown.update(|shown| shown.link = link);
    }

    fn hold(self, file: Option<LinkedFile>) {
        let name = file.as_ref().map(LinkedFile::name);
        self.shown.update(|shown| {
            shown.link = if file.is_some() { Link::Behind } else { Link::None };
            shown.file = name.unwrap_or_default();
        });
        self.held.update_value(|held| {
            held.file = file;
            held.print = None;
            held.behind = true;
        });
    }

    /// Lets the user choose where the linked file is to be, and writes it.
    ///
    /// # Errors
    /// In the browser's words; then nothing is linked anew.
    pub async fn link_file(self, suggested_name: &str) -> Result<(), String> {
        let chosen = LinkedFile::choose(suggested_name).await.map_err(|error| error.to_string())?;
        self.take_file(chosen).await
    }

    /// Lets the user choose a file that is there, perhaps written by another
    /// device: what is in it comes first.
    ///
    /// # Errors
    /// In the browser's words; then nothing is linked anew.
    pub async fn link_existing(self) -> Result<(), String> {
        let chosen = LinkedFile::open().await.map_err(|error| error.to_string())?;
        if let Some(file) = &chosen {
            // A no is shown as the state of the file.
            let _ = file.ask_permission().await;
        }
        self.take_file(chosen).await
    }

    async fn take_file(self, chosen: Option<LinkedFile>) -> Result<(), String> {
        let Some(file) = chosen else { return Ok(()) };
        if let Some(database) = self.database() {
            database.set_handle(Some(file.handle())).await.map_err(|error| error.to_string())?;
        }
        self.hold(Some(file));
        self.write_file().await;
        Ok(())
    }

    /// Lets the linked file be: it stays as it is.
    pub async fn unlink(self) {
        self.hold(None);
        if let Some(database) = self.database() {
            // If this fails, it is linked again at the next start, and asks first.
            let _ = database.set_handle(None).await;
        }
    }

    /// Asks whether the linked file may be written; needs a click.
    pub async fn unlock(self) {
        if let Some(file) = self.file()
            && file.ask_permission().await == Permission::Granted
        {
            self.write_file().await;
        }
    }

    /// What is in the linked file now.
    ///
    /// # Errors
    /// In the browser's words.
    pub async fn file_text(self) -> Result<String, String> {
        let file = self.file().ok_or_else(String::new)?;
        file.read().await.map_err(|error| error.to_string())
    }

    /// What had this print in the linked file has been brought in, and may be written over.
    pub async fn accept(self, print: u32) {
        self.held.update_value(|held| held.print = Some(print));
        self.write_file().await;
    }

    /// Writes the linked file, unless there is something in it that is not here.
    pub async fn write_file(self) {
        let Some(file) = self.file() else { return };
        if self.session.role().get_untracked() != Role::Writer {
            return;
        }
        let free = self.held.try_update_value(|held| !std::mem::replace(&mut held.busy, true));
        if free != Some(true) {
            return;
        }
        let link = self.written(&file).await;
        let behind = self.held.try_update_value(|held| {
            held.busy = false;
            held.behind
        });
        // It may have been unlinked meanwhile, or there may be new words.
        if self.file().is_some() {
            let link = match link {
                Link::UpToDate(_) if behind != Some(false) => Link::Behind,
                link => link,
            };
            self.set_link(link);
        }
    }

    async fn written(self, file: &LinkedFile) -> Link {
        if file.permission().await != Permission::Granted {
            return Link::Locked;
        }
        let there = match file.read().await {
            Ok(text) => text,
            Err(error) => return Link::Failed(error.to_string()),
        };
        let known = self.held.with_value(|held| held.print);
        let blank = there.trim().is_empty();
        let ours = blank || Some(print_of(&there)) == known;
        // Nothing is never written over something, whoever has emptied this browser.
        let empties = !blank && self.session.peek(Workspace::is_empty);
        if empties || (!ours && !self.has_all_of(there).await) {
            return Link::Foreign;
        }
        let now = clock::now();
        self.held.update_value(|held| held.behind = false);
        let text = match self.session.export(now) {
            Ok(text) => text,
            Err(error) => return Link::Failed(error.to_string()),
        };
        self.set_link(Link::Writing);
        if let Err(error) = file.write(&text).await {
            self.held.update_value(|held| held.behind = true);
            return Link::Failed(error.to_string());
        }
        self.held.update_value(|held| {
            held.print = Some(print_of(&text));
            held.written = (now, text.len());
        });
        // A file on the disk is a backup as good as a downloaded one.
        self.session.note_backup(now);
        Link::UpToDate(now)
    }

    /// Whether everything in the text of a backup is here already.
    async fn has_all_of(self, text: String) -> bool {
        let Some(Ok(backup)) = read(text, |_, _| true).await else { return false };
        let mut preview = Preview::default();
        let now = clock::now();
        while self.session.preview(&mut preview, &backup, Way::Merge, STEP, now) {
            breathe().await;
        }
        preview.is_idle()
    }

    // ---- Watching -----------------------------------------------------------------

    /// Makes safety copies whenever one is due, and keeps the linked file up to
    /// date, for as long as the page lives. Calling it again does nothing.
    pub async fn watch(self) {
        let first = self.held.try_update_value(|held| !std::mem::replace(&mut held.watching, true));
        if first != Some(true) {
            return;
        }
        self.load().await;
        self.find_file().await;
        // Of its own, as whoever called this may be gone by now.
        let owner = Owner::new();
        owner.with(|| {
            Effect::new(move |before: Option<()>| {
                self.session.with(|_| ());
                // Who begins to write here writes the file too.
                self.session.role().track();
                if before.is_some() {
                    self.file_is_behind();
                }
            });
        });
        self.held.update_value(|held| held.owner = Some(owner));
        lifecycle::on_leaving(move || {
            leptos::task::spawn_local(async move {
                // Between two fields the timer will do.
                let (at, _) = self.held.with_value(|held| held.written);
                if clock::now() - at >= self.write_delay() {
                    self.write_if_behind().await;
                }
                self.take_if_due().await;
            });
        });
        self.write_file().await;
        loop {
            self.take_if_due().await;
            pause(LOOK_AGAIN).await;
        }
    }

    fn link_untracked(self) -> Link {
        self.shown.with_untracked(|shown| shown.link.clone())
    }

    async fn find_file(self) {
        let handle = match self.database() {
            Some(database) => database.handle().await.ok().flatten(),
            None => None,
        };
        if self.link_untracked() == Link::Unknown {
            self.hold(handle.map(LinkedFile::from_handle));
        }
    }

    /// Has the linked file written soon. A timer that is armed is not put off.
    fn file_is_behind(self) {
        if self.file().is_none() {
            return;
        }
        let armed = self.held.try_update_value(|held| {
            held.behind = true;
            std::mem::replace(&mut held.armed, true)
        });
        if matches!(self.link_untracked(), Link::UpToDate(_)) {
            self.set_link(Link::Behind);
        }
        if armed != Some(false) {
            return;
        }
        let delay = self.write_delay().to_std().unwrap_or_default();
        leptos::task::spawn_local(async move {
            pause(delay).await;
            self.held.update_value(|held| held.armed = false);
            self.write_if_behind().await;
        });
    }

    /// How long the linked file is left alone at least. A large one is written less often.
    fn write_delay(self) -> TimeDelta {
        let (_, length) = self.held.with_value(|held| held.written);
        WRITE_DELAY + TimeDelta::milliseconds(i64::try_from(length / 250).unwrap_or(0))
    }

    async fn write_if_behind(self) {
        let behind = self.held.with_value(|held| held.behind);
        // What another device has written there is for the user to look at.
        if behind && !self.is_foreign() {
            self.write_file().await;
        }
    }
}

/// What is known of all safety copies, the newest first.
async fn all(database: &Database) -> Result<Vec<Named>, String> {
    let found = database.abouts().await.map_err(|error| error.to_string())?;
    let named = |(id, json): (String, String)| Some((id, serde_json::from_str(&json).ok()?));
    let mut copies: Vec<Named> = found.into_iter().filter_map(named).collect();
    copies.sort_by(|a, b| (b.1.at, &b.0).cmp(&(a.1.at, &a.0)));
    Ok(copies)
}

/// Reads a backup in steps. `go_on` hears how far it is, and of how many; when
/// it says no, nothing comes of it.
pub async fn read(
    text: String,
    go_on: impl Fn(usize, usize) -> bool,
) -> Option<Result<Backup, BackupError>> {
    let mut reading = match Reading::begin(text) {
        Ok(reading) => reading,
        Err(why) => return Some(Err(why)),
    };
    loop {
        let (done, of) = reading.progress();
        if !go_on(done, of) {
            return None;
        }
        match reading.step(STEP) {
            Ok(true) => breathe().await,
            Ok(false) => return Some(reading.end()),
            Err(why) => return Some(Err(why)),
        }
    }
}

/// Lets the browser draw and hear before going on.
pub async fn breathe() {
    pause(Duration::ZERO).await;
}

/// Goes on after a while.
async fn pause(time: Duration) {
    let over = Rc::new(Cell::new(None::<bool>));
    poll_fn(move |context| match over.get() {
        Some(true) => Poll::Ready(()),
        Some(false) => Poll::Pending,
        None => {
            over.set(Some(false));
            let (over, waker) = (Rc::clone(&over), context.waker().clone());
            set_timeout(
                move || {
                    over.set(Some(true));
                    waker.wake();
                },
                time,
            );
            Poll::Pending
        }
    })
    .await;
}

/// What comes of `act`, unless it takes longer than `limit`.
async fn within<T>(limit: Duration, act: impl Future<Output = T>) -> Option<T> {
    let (mut act, mut clock) = (pin!(act), pin!(pause(limit)));
    poll_fn(move |context| match act.as_mut().poll(context) {
        Poll::Ready(value) => Poll::Ready(Some(value)),
        Poll::Pending => clock.as_mut().poll(context).map(|()| None),
    })
    .await
}
