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
use crate::persist::import::{self, Preview, Way};
use crate::persist::storage::StorageError;
use crate::persist::store::{Kept, Store, TextsBefore};
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
    /// Stored texts, many at once.
    Texts(TextsBefore),
}

impl Undo {
    /// Whether it would change this record.
    fn concerns(&self, key: &Key) -> bool {
        match self {
            Self::Records(before) => before.keys().any(|other| other == key),
            Self::Texts(before) => before.concerns(key),
        }
    }
}

/// Why a backup could not be made.
#[derive(Debug, thiserror::Error)]
#[error("the backup could not be written: {0}")]
pub struct ExportError(#[from] serde_json::Error);

type OnPending = Box<dyn Fn()>;

/// A handle to the living workspace. Copies are the same session.
#[derive(Clone, Copy)]
pub struct Session {
    workspace: RwSignal<Workspace>,
    save_state: RwSignal<SaveState>,
    kept: RwSignal<Vec<Kept>>,
    backup_age: RwSignal<BackupAge>,
    undo_message: RwSignal<Option<String>>,
    undo: StoredValue<Option<Undo>, LocalStorage>,
    store: StoredValue<Store, LocalStorage>,
    bank: fn() -> Vec<Question>,
    on_pending: StoredValue<OnPending, LocalStorage>,
}

impl Session {
    /// A session over an opened store. `durable` says whether the store
    /// outlives the tab; `bank` makes the built-in questions.
    #[must_use]
    pub fn new(
        store: Store,
        workspace: Workspace,
        durable: bool,
        bank: fn() -> Vec<Question>,
    ) -> Self {
        let state = if durable { SaveState::Saved } else { SaveState::NowhereToSave };
        let session = Self {
            workspace: RwSignal::new(workspace),
            save_state: RwSignal::new(state),
            kept: RwSignal::new(Vec::new()),
            backup_age: RwSignal::new(BackupAge::default()),
            undo_message: RwSignal::new(None),
            undo: StoredValue::new_local(None),
            store: StoredValue::new_local(store),
            bank,
            on_pending: StoredValue::new_local(Box::new(|| {})),
        };
        session.look_at_store();
        session
    }

    /// Sets what is called whenever something begins to wait for a flush.
    pub fn on_pending(self, arm: impl Fn() + 'static) {
        self.on_pending.set_value(Box::new(arm));
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
        self.undo_message.set(None);
        match undo {
            Some(Undo::Records(before)) => {
                self.edit(|workspace| workspace.put_back(before));
            }
            Some(Undo::Texts(before)) => {
                self.flush(now);
                self.store.with_value(|store| store.put_back(&before))?;
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
                self.workspace.update_untracked(|workspace| workspace.touch(failure.keys));
                self.save_state.set(SaveState::NotSaved(error));
            }
            _ if durable => self.save_state.set(SaveState::Saved),
            _ => {}
        }
        self.look_at_store();
    }

    fn look_at_store(self) {
        self.store.with_value(|store| {
            let age = BackupAge { at: store.backed_up(), changes: store.changed_since_backup() };
            if self.backup_age.get_untracked() != age {
                self.backup_age.set(age);
            }
            if self.kept.with_untracked(|kept| kept != store.kept()) {
                self.kept.set(store.kept().to_vec());
            }
        });
    }

    fn reload(self) -> Result<(), StorageError> {
        let workspace = self
            .store
            .try_update_value(|store| store.reload((self.bank)()))
            .unwrap_or(Err(StorageError::Denied))?;
        self.workspace.set(workspace);
        self.look_at_store();
        Ok(())
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

    /// What bringing `backup` in would do.
    #[must_use]
    pub fn preview(self, backup: &Backup, way: Way) -> Preview {
        self.store.with_value(|store| {
            self.peek(|workspace| import::preview(backup, workspace, store, way))
        })
    }

    /// Brings `backup` in, all of it or nothing; it can be undone.
    ///
    /// # Errors
    /// When storage refuses, or something of now still waits to be saved.
    pub fn import(
        self,
        backup: &Backup,
        way: Way,
        message: &str,
        now: DateTime<Utc>,
    ) -> Result<(), StorageError> {
        self.flush(now);
        self.unsaved()?;
        let preview = self.preview(backup, way);
        let before = self.store.with_value(|store| {
            store.change_texts(&import::changes(backup, &preview, store, way))
        })?;
        self.reload()?;
        self.offer_undo(message, Undo::Texts(before));
        Ok(())
    }

    /// Removes everything from this browser; it can be undone until the tab closes.
    ///
    /// # Errors
    /// When storage refuses; then nothing is gone.
    pub fn wipe(self, message: &str, now: DateTime<Utc>) -> Result<(), StorageError> {
        self.flush(now);
        let before = self.store.with_value(Store::wipe)?;
        self.reload()?;
        if self.save_state.get_untracked() != SaveState::NowhereToSave {
            self.save_state.set(SaveState::Saved);
        }
        self.offer_undo(message, Undo::Texts(before));
        Ok(())
    }

    /// Removes one unreadable text for good.
    ///
    /// # Errors
    /// When storage refuses.
    pub fn discard_kept(self, key: &str) -> Result<(), StorageError> {
        let done = self.store.try_update_value(|store| store.discard(key));
        self.look_at_store();
        done.unwrap_or(Ok(()))
    }
}

#[cfg(test)]
mod tests;
