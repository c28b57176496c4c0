//! The one living copy of the workspace: pages select from it, edit it through
//! its verbs, and everything that changed is saved soon after.
//!
//! Signals only. It knows no browser: who arms the timer that calls
//! [`Session::flush`], and on which events else it is called, is decided in
//! [`crate::app`].

use crate::derived::{Derived, derived};
use crate::domain::key::Key;
use crate::domain::question::Question;
use crate::domain::workspace::{Before, Workspace};
use crate::persist::backup::{self, Backup};
use crate::persist::import::{Preview, Way};
use crate::persist::record::Unreadable;
use crate::persist::snapshot::About;
use crate::persist::space::Room;
use crate::persist::storage::{PREFIX, StorageError};
use crate::persist::store::{Heard, Kept, Outbox, Store, TextsBefore};
use chrono::{DateTime, Utc};
use leptos::prelude::*;

/// Whether what the user sees is also what is stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SaveState {
    /// Everything is stored.
    Saved,
    /// Something is about to be stored.
    Saving,
    /// Something could not be stored; it is still in memory.
    NotSaved(StorageError),
    /// There is nowhere to store anything: all of it is in memory alone.
    NowhereToSave,
}

/// What this tab may do with what is stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// Read and write.
    Writer,
    /// Read, and follow what another tab writes.
    Follower,
    /// Read alone: it was written by a newer version of the app.
    Outdated,
}

/// Why a text that had been put aside could not be brought back.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum MendError {
    /// It still makes no sense.
    #[error(transparent)]
    Unreadable(#[from] Unreadable),
    /// Storage refuses.
    #[error(transparent)]
    Storage(#[from] StorageError),
}

/// How fresh the last backup is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct BackupAge {
    /// When it was downloaded on this device.
    pub at: Option<DateTime<Utc>>,
    /// How many records have changed since.
    pub changes: usize,
}

/// What an undo would put back.
#[derive(Debug, Clone)]
enum Undo {
    /// Records of the workspace.
    Records(Before),
    /// Stored texts, many at once: what would go back, and what puts it back.
    /// The way back is made by whoever went there, so that its code comes with theirs.
    Texts(TextsBefore, fn(Session, &TextsBefore) -> Result<(), StorageError>),
}

impl Undo {
    /// Whether it would change this record.
    fn concerns(&self, key: &Key) -> bool {
        match self {
            Self::Records(before) => before.keys().any(|other| other == key),
            Self::Texts(before, _) => before.concerns(key),
        }
    }
}

/// Why a backup could not be made.
#[derive(Debug, thiserror::Error)]
#[error("the backup could not be written: {0}")]
pub struct ExportError(#[from] serde_json::Error);

type Bank = fn() -> Vec<Question>;
type OnPending = Box<dyn Fn()>;
type OnStored = Box<dyn Fn(Outbox)>;

/// A handle to the living workspace. Copies are the same session.
#[derive(Clone, Copy)]
pub struct Session {
    workspace: RwSignal<Workspace>,
    save_state: RwSignal<SaveState>,
    role: RwSignal<Role>,
    room: RwSignal<Room>,
    kept: RwSignal<Vec<Kept>>,
    backup_age: RwSignal<BackupAge>,
    undo_message: RwSignal<Option<String>>,
    undo: StoredValue<Option<Undo>, LocalStorage>,
    store: StoredValue<Store, LocalStorage>,
    bank: StoredValue<Bank>,
    on_pending: StoredValue<OnPending, LocalStorage>,
    on_stored: StoredValue<OnStored, LocalStorage>,
}

impl Session {
    /// A session over an opened store. `durable` says whether the store
    /// outlives the tab; `bank` makes the built-in questions.
    #[must_use]
    pub fn new(store: Store, workspace: Workspace, durable: bool, bank: Bank) -> Self {
        let state = if durable { SaveState::Saved } else { SaveState::NowhereToSave };
        let session = Self {
            workspace: RwSignal::new(workspace),
            save_state: RwSignal::new(state),
            role: RwSignal::new(role_of(&store)),
            room: RwSignal::new(Room::default()),
            kept: RwSignal::new(Vec::new()),
            backup_age: RwSignal::new(BackupAge::default()),
            undo_message: RwSignal::new(None),
            undo: StoredValue::new_local(None),
            store: StoredValue::new_local(store),
            bank: StoredValue::new(bank),
            on_pending: StoredValue::new_local(Box::new(|| {})),
            on_stored: StoredValue::new_local(Box::new(|_| {})),
        };
        session.look_at_store();
        session
    }

    /// Sets what is called whenever something begins to wait for a flush.
    pub fn on_pending(self, arm: impl Fn() + 'static) {
        self.on_pending.set_value(Box::new(arm));
    }

    /// Sets who takes what was stored over into the shadow, and hands over
    /// what has waited for that since the start.
    pub fn on_stored(self, take: impl Fn(Outbox) + 'static) {
        self.on_stored.set_value(Box::new(take));
        self.look_at_store();
    }

    /// Puts the built-in questions in, which come after the start.
    pub fn use_bank(self, bank: Bank) {
        self.bank.set_value(bank);
        self.workspace.update(|workspace| workspace.set_bank(bank()));
    }

    // ---- Reading ----------------------------------------------------------

    /// A value worked out from the workspace, worked out anew when that changes.
    pub fn select<T: PartialEq + Send + Sync + 'static>(
        self,
        read: impl Fn(&Workspace) -> T + Send + Sync + 'static,
    ) -> Derived<T> {
        derived(move || self.with(&read))
    }

    /// Looks into the workspace, following its changes.
    pub fn with<T>(self, read: impl FnOnce(&Workspace) -> T) -> T {
        read(&self.workspace.read())
    }

    /// Looks into the workspace once, without following it: for events.
    pub fn peek<T>(self, read: impl FnOnce(&Workspace) -> T) -> T {
        read(&self.workspace.read_untracked())
    }

    /// Whether everything is stored.
    #[must_use]
    pub fn save_state(self) -> Signal<SaveState> {
        self.save_state.into()
    }

    /// What this tab may do.
    #[must_use]
    pub fn role(self) -> Signal<Role> {
        self.role.into()
    }

    /// How much room there is in storage.
    #[must_use]
    pub fn room(self) -> Signal<Room> {
        self.room.into()
    }

    /// The stored texts that could not be read.
    #[must_use]
    pub fn kept(self) -> Signal<Vec<Kept>> {
        self.kept.into()
    }

    /// How fresh the last backup is.
    #[must_use]
    pub fn backup_age(self) -> Signal<BackupAge> {
        self.backup_age.into()
    }

    /// What can be undone just now, in words.
    #[must_use]
    pub fn undo_message(self) -> Signal<Option<String>> {
        self.undo_message.into()
    }

    // ---- Editing ----------------------------------------------------------

    /// Changes the workspace by its verbs. What changed is saved soon after.
    /// `None` only if the session itself is gone.
    pub fn edit<T>(self, edit: impl FnOnce(&mut Workspace) -> T) -> Option<T> {
        let (mut edit, mut result) = (Some(edit), None);
        self.change(&mut |workspace| result = edit.take().map(|edit| edit(workspace)));
        result
    }

    /// The part of [`Session::edit`] that is compiled once.
    fn change(self, edit: &mut dyn FnMut(&mut Workspace)) {
        if self.role.get_untracked() != Role::Writer {
            return;
        }
        let touched = self.workspace.try_update(|workspace| {
            let earlier = workspace.take_touched();
            edit(workspace);
            let touched = workspace.touched().clone();
            workspace.touch(earlier);
            touched
        });
        // Undoing puts whole records back, and must not take later words away.
        let overtaken = self.undo.with_value(|undo| {
            undo.as_ref().is_some_and(|undo| touched.iter().flatten().any(|key| undo.concerns(key)))
        });
        if overtaken {
            self.forget_undo();
        }
        if self.peek(Workspace::has_touched) {
            if self.save_state.get_untracked() == SaveState::Saved {
                self.save_state.set(SaveState::Saving);
            }
            self.on_pending.with_value(|arm| arm());
        }
    }

    /// Changes the workspace in a way that can be undone, and says so.
    pub fn edit_undoable(self, message: &str, edit: impl FnOnce(&mut Workspace) -> Before) {
        if let Some(before) = self.edit(edit) {
            self.offer_undo(message, Undo::Records(before));
        }
    }

    fn offer_undo(self, message: &str, undo: Undo) {
        self.undo.set_value(Some(undo));
        self.undo_message.set(Some(message.to_owned()));
    }

    /// Takes the offer to undo away.
    pub fn forget_undo(self) {
        self.undo.set_value(None);
        if self.undo_message.with_untracked(Option::is_some) {
            self.undo_message.set(None);
        }
    }

    /// Undoes what the last offer was about.
    ///
    /// # Errors
    /// When storage refuses to take many texts back.
    pub fn undo(self, now: DateTime<Utc>) -> Result<(), StorageError> {
        let undo = self.undo.try_update_value(Option::take).flatten();
        let message = self.undo_message.get_untracked();
        self.undo_message.set(None);
        match undo {
            Some(Undo::Records(before)) => {
                self.edit(|workspace| workspace.put_back(before));
            }
            Some(Undo::Texts(before, put_back)) => {
                self.flush(now);
                let done = self.unsaved().and_then(|()| put_back(self, &before));
                if let Err(error) = done {
                    if error != StorageError::Overtaken {
                        // It can be tried again.
                        self.undo.set_value(Some(Undo::Texts(before, put_back)));
                        self.undo_message.set(message);
                    }
                    return Err(error);
                }
                self.reload()?;
            }
            None => {}
        }
        Ok(())
    }

    // ---- Saving -------------------------------------------------------------

    /// Stores whatever waits, now. Cheap when nothing does.
    pub fn flush(self, now: DateTime<Utc>) {
        let touched =
            self.workspace.try_update_untracked(Workspace::take_touched).unwrap_or_default();
        if touched.is_empty() {
            return;
        }
        let saved = self.peek(|workspace| {
            self.store.try_update_value(|store| store.save(workspace, &touched, now))
        });
        let durable = self.save_state.get_untracked() != SaveState::NowhereToSave;
        match saved {
            Some(Err(failure)) => {
                let error = failure.error;
                let elsewhere = matches!(error, StorageError::Overtaken | StorageError::Elsewhere);
                if elsewhere && self.give_way(&failure.keys, now) {
                    return;
                }
                self.workspace.update_untracked(|workspace| workspace.touch(failure.keys));
                self.save_state.set(SaveState::NotSaved(error));
            }
            _ if durable => self.save_state.set(SaveState::Saved),
            _ => {}
        }
        self.look_at_store();
    }

    fn look_at_store(self) {
        let outbox = self.store.try_update_value(|store| {
            let age = BackupAge { at: store.backed_up(), changes: store.changed_since_backup() };
            if self.backup_age.get_untracked() != age {
                self.backup_age.set(age);
            }
            if self.kept.with_untracked(|kept| kept != store.kept()) {
                self.kept.set(store.kept().to_vec());
            }
            if self.room.get_untracked() != store.room() {
                self.room.set(store.room());
            }
            let role = role_of(store);
            if self.role.get_untracked() != role {
                self.role.set(role);
            }
            store.take_outbox()
        });
        if let Some(outbox) = outbox.flatten() {
            self.on_stored.with_value(|take| take(outbox));
        }
    }

    fn store_mut<T>(
        self,
        act: impl FnOnce(&mut Store) -> Result<T, StorageError>,
    ) -> Result<T, StorageError> {
        self.store.try_update_value(act).unwrap_or(Err(StorageError::Denied))
    }

    fn reload(self) -> Result<(), StorageError> {
        let workspace = self.store_mut(|store| store.reload(self.bank.get_value()()))?;
        self.workspace.set(workspace);
        self.look_at_store();
        Ok(())
    }

    /// Has the shadow made anew, after it could not take something over.
    pub fn renew_shadow(self) {
        // If storage can't be read, there is nothing to copy.
        let _ = self.store_mut(Store::renew_shadow);
        self.look_at_store();
    }

    // ---- Beside other tabs -----------------------------------------------------

    /// Another tab was faster: what could not be saved is put aside, and this
    /// tab follows from now on. False if not even that can be stored.
    fn give_way(self, keys: &std::collections::BTreeSet<Key>, now: DateTime<Utc>) -> bool {
        let aside = self.peek(|workspace| {
            self.store_mut(|store| {
                store.set_aside(workspace, keys, now)?;
                store.let_go();
                Ok(())
            })
        });
        let done = aside.and_then(|()| self.reload()).is_ok();
        if done {
            self.save_state.set(SaveState::Saved);
        }
        done
    }

    /// Makes this tab the one that writes.
    ///
    /// # Errors
    /// When storage can't be read, or words that wait here could not be saved.
    pub fn take_over(self, now: DateTime<Utc>) -> Result<(), StorageError> {
        self.flush(now);
        self.unsaved()?;
        let workspace = self.store_mut(|store| store.take_over(self.bank.get_value()(), now))?;
        self.workspace.set(workspace);
        self.look_at_store();
        Ok(())
    }

    /// Leaves the writing to another tab, which has taken it already: what
    /// still waited is not written over the other's words, but put aside.
    pub fn let_go(self, now: DateTime<Utc>) {
        let waiting = self.workspace.try_update_untracked(Workspace::take_touched);
        let waiting = waiting.unwrap_or_default();
        if !self.give_way(&waiting, now) {
            self.workspace.update_untracked(|workspace| workspace.touch(waiting));
        }
        self.look_at_store();
    }

    /// Takes note of what another tab has written to, or removed from, a place;
    /// no place means that everything was removed.
    pub fn hear(self, place: Option<&str>, text: Option<&str>, now: DateTime<Utc>) {
        let key = place.and_then(|place| place.strip_prefix(PREFIX)?.parse::<Key>().ok());
        if let Some(key) = &key {
            // Words of this tab that still wait are not written over: saving
            // them will find that the other was faster, and put them aside.
            if self.peek(|w| w.touched().contains(key)) {
                return;
            }
            if self.undo.with_value(|undo| undo.as_ref().is_some_and(|undo| undo.concerns(key))) {
                self.forget_undo();
            }
        }
        let heard = match place {
            Some(place) => {
                self.store.try_update_value(|store| store.hear(place, text)).unwrap_or(Heard::Much)
            }
            None => Heard::Much,
        };
        match heard {
            Heard::Nothing => self.look_at_store(),
            Heard::Record(_, Some(content)) => self.workspace.update(|w| w.load(content)),
            Heard::Record(key, None) => self.workspace.update(|w| w.unload(&key)),
            Heard::Much => {
                self.flush(now);
                // Words that could not be saved are in memory alone.
                if !self.peek(Workspace::has_touched) {
                    // What can't be read now is read when it changes next.
                    let _ = self.reload();
                }
            }
        }
    }

    /// What could not be stored, if anything: then nothing may be replaced.
    fn unsaved(self) -> Result<(), StorageError> {
        match self.save_state.get_untracked() {
            SaveState::NotSaved(error) => Err(error),
            _ => Ok(()),
        }
    }

    // ---- Backup and import -----------------------------------------------------

    /// Everything as one backup file, what could not be stored included.
    ///
    /// # Errors
    /// When it can't be written as JSON.
    pub fn export(self, now: DateTime<Utc>) -> Result<String, ExportError> {
        self.flush(now);
        let unsaved = self.peek(|workspace| workspace.touched().clone());
        let file = self.store.with_value(|store| {
            self.peek(|workspace| {
                let texts = store.texts(workspace, &unsaved, now)?;
                backup::write(&texts, store.kept(), store.device(), now)
            })
        })?;
        Ok(file)
    }

    /// Remembers that a backup was downloaded.
    pub fn note_backup(self, now: DateTime<Utc>) {
        // If storage refuses, its age is wrong after a reload, and no more than that.
        let _ = self.store.try_update_value(|store| store.note_backup(now));
        self.look_at_store();
    }

    /// Looks at `count` more records of `backup`: what would bringing it in do?
    /// False once all are done.
    pub fn preview(
        self,
        preview: &mut Preview,
        backup: &Backup,
        way: Way,
        count: usize,
        now: DateTime<Utc>,
    ) -> bool {
        self.store.with_value(|store| {
            self.peek(|workspace| preview.step(backup, workspace, store, way, count, now))
        })
    }

    /// Brings in what `preview` has found, all of it or nothing; it can be undone.
    ///
    /// # Errors
    /// When storage refuses, would be too full, or something of now still waits to be saved.
    pub fn import(
        self,
        preview: &Preview,
        message: &str,
        now: DateTime<Utc>,
    ) -> Result<(), StorageError> {
        self.flush(now);
        self.unsaved()?;
        // Words that were written since it was looked at are not written over.
        self.store.with_value(|store| {
            store.must_be_as(preview.known())?;
            preview.must_fit(store)
        })?;
        self.change_texts(preview.changes(), message)
    }

    fn put_back(self, before: &TextsBefore) -> Result<(), StorageError> {
        self.store_mut(|store| store.put_back(before).map(|_| ()))
    }

    fn change_texts(
        self,
        changes: &[crate::persist::journal::Change],
        message: &str,
    ) -> Result<(), StorageError> {
        let before = self.store_mut(|store| store.change_texts(changes))?;
        self.offer_undo(message, Undo::Texts(before, Self::put_back));
        self.reload()
    }

    /// Everything as a safety copy, with what there is to know about it.
    ///
    /// # Errors
    /// When it can't be written as JSON.
    pub fn snapshot(
        self,
        before: &str,
        now: DateTime<Utc>,
    ) -> Result<(About, String), ExportError> {
        let about = self.about(before, now);
        Ok((about, self.export(now)?))
    }

    /// What a safety copy of now would be known by.
    #[must_use]
    pub fn about(self, before: &str, now: DateTime<Utc>) -> About {
        self.flush(now);
        let print = self.store.with_value(|store| {
            let mut print = crc32fast::Hasher::new();
            store.metas().for_each(|(_, meta)| print.update(&meta.print.to_le_bytes()));
            print.finalize()
        });
        let count = |kind| {
            self.store.with_value(|store| {
                let of_kind = |(key, meta): &(&Key, &crate::persist::record::Meta)| {
                    key.kind() == kind && !meta.deleted
                };
                store.metas().filter(of_kind).count()
            })
        };
        About {
            at: now,
            before: before.to_owned(),
            people: count("contact"),
            talks: count("interview"),
            notes: count("answer"),
            unreadable: self.kept.with_untracked(Vec::len),
            print,
        }
    }

    /// Removes everything from this browser; it can be undone until the tab closes.
    ///
    /// # Errors
    /// When storage refuses; then nothing is gone.
    pub fn wipe(self, message: &str, now: DateTime<Utc>) -> Result<(), StorageError> {
        self.flush(now);
        let before = self.store_mut(Store::wipe)?;
        self.offer_undo(message, Undo::Texts(before, Self::put_back));
        self.reload()?;
        if self.save_state.get_untracked() != SaveState::NowhereToSave {
            self.save_state.set(SaveState::Saved);
        }
        Ok(())
    }

    /// Puts a text that was kept aside back among the records, mended by its
    /// owner or as it was; it can be undone.
    ///
    /// # Errors
    /// Says what is still wrong with it, or that storage refuses.
    pub fn mend_kept(
        self,
        key: &str,
        text: &str,
        message: &str,
        now: DateTime<Utc>,
    ) -> Result<(), MendError> {
        self.flush(now);
        self.unsaved()?;
        let changes = self.store.with_value(|store| store.mending(key, text))?;
        self.change_texts(&changes, message)?;
        Ok(())
    }

    /// Removes one unreadable text for good.
    ///
    /// # Errors
    /// When storage refuses.
    pub fn discard_kept(self, key: &str) -> Result<(), StorageError> {
        let done = self.store_mut(|store| store.discard(key));
        self.look_at_store();
        done
    }
}

/// What a tab may do whose store is in this state.
fn role_of(store: &Store) -> Role {
    if store.is_outdated() {
        Role::Outdated
    } else if store.writes() {
        Role::Writer
    } else {
        Role::Follower
    }
}

#[cfg(test)]
mod tests;
