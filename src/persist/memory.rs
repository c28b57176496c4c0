//! Storage in memory: the fallback when the browser denies the real one, and
//! the double that tests make fail.

use crate::persist::space::units;
use crate::persist::storage::{Storage, StorageError};
use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;

/// Keys and texts in memory, with an optional limit and a fault to order.
#[derive(Debug, Default)]
pub struct Memory {
    texts: RefCell<BTreeMap<String, String>>,
    /// How many UTF-16 units keys and texts may take together; `None` is no limit.
    room: Cell<Option<usize>>,
    /// After how many more writes and removals one fails; `None` is never.
    fails_after: Cell<Option<usize>>,
}

impl Memory {
    /// Limits the room, in UTF-16 units, as browsers count it.
    pub fn limit(&self, room: Option<usize>) {
        self.room.set(room);
    }

    /// Lets `calls` more writes or removals pass, then fails every one after.
    pub fn fail_after(&self, calls: Option<usize>) {
        self.fails_after.set(calls);
    }

    /// Everything that is kept, to compare.
    #[must_use]
    pub fn all(&self) -> BTreeMap<String, String> {
        self.texts.borrow().clone()
    }

    fn fault(&self) -> Result<(), StorageError> {
        match self.fails_after.get() {
            Some(0) => Err(StorageError::Failed("as ordered".to_owned())),
            Some(left) => {
                self.fails_after.set(Some(left - 1));
                Ok(())
            }
            None => Ok(()),
        }
    }
}

impl Storage for Memory {
    fn keys(&self) -> Result<Vec<String>, StorageError> {
        Ok(self.texts.borrow().keys().cloned().collect())
    }

    fn read(&self, key: &str) -> Result<Option<String>, StorageError> {
        Ok(self.texts.borrow().get(key).cloned())
    }

    fn write(&self, key: &str, text: &str) -> Result<(), StorageError> {
        self.fault()?;
        let mut texts = self.texts.borrow_mut();
        if let Some(room) = self.room.get() {
            let others = texts.iter().filter(|(other, _)| *other != key);
            let taken: usize = others.map(|(key, text)| units(key) + units(text)).sum();
            if taken + units(key) + units(text) > room {
                return Err(StorageError::Full);
            }
        }
        texts.insert(key.to_owned(), text.to_owned());
        Ok(())
    }

    fn remove(&self, key: &str) -> Result<(), StorageError> {
        self.fault()?;
        self.texts.borrow_mut().remove(key);
        Ok(())
    }
}

/// A shared memory is storage too, so that a test can look at what it handed over.
impl Storage for std::rc::Rc<Memory> {
    fn keys(&self) -> Result<Vec<String>, StorageError> {
        self.as_ref().keys()
    }

    fn read(&self, key: &str) -> Result<Option<String>, StorageError> {
        self.as_ref().read(key)
    }

    fn write(&self, key: &str, text: &str) -> Result<(), StorageError> {
        self.as_ref().write(key, text)
    }

    fn remove(&self, key: &str) -> Result<(), StorageError> {
        self.as_ref().remove(key)
    }
}
