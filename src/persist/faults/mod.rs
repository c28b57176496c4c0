//! What must hold whatever goes wrong: crashes, refusals, damage, other tabs and
//! other laptops, each tried out many times over.
//!
//! Every case follows from a seed, which is said when it fails; `SEED=7` plays
//! that one alone where histories are played. A few cases run by default; with
//! `ASK_AROUND_THOROUGH=1` all of them do. Each test prints one
//! line with what it has tried.

use crate::domain::contact::Contact;
use crate::domain::id::{ContactId, InterviewId, QuestionId, TaskId};
use crate::domain::interview::Interview;
use crate::domain::task::Task;
use crate::domain::workspace::{Record, Workspace};
use crate::persist::journal::Change;
use crate::persist::shadow;
use crate::persist::space::units;
use crate::persist::storage::{Storage, StorageError};
use crate::persist::store::{Outbox, Store, is_own_business};
use crate::persist::{arbitrary, record};
use chrono::{DateTime, Utc};
use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use std::cell::{Cell, RefCell};
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

mod crash;
mod cut;
mod failing;
mod full;
mod laptops;
mod mutated_backups;
mod mutated_stores;
mod round_trip;
mod tabs;

/// What lies in a storage or its shadow, by place.
type Texts = BTreeMap<String, String>;

/// Where a device keeps its own id.
const DEVICE: &str = "ask-around:device";

/// `full` cases if everything is to be tried, else `few`.
fn cases(full: u64, few: u64) -> u64 {
    if std::env::var_os("ASK_AROUND_THOROUGH").is_some() { full } else { few }
}

/// The seeds of that many cases, or the one that was asked for.
fn seeds(full: u64, few: u64) -> Vec<u64> {
    match std::env::var("SEED").ok().and_then(|seed| seed.parse().ok()) {
        Some(seed) => vec![seed],
        None => (0..cases(full, few)).collect(),
    }
}

fn now() -> DateTime<Utc> {
    "2026-03-02T10:00:00Z".parse().unwrap()
}

/// Chance that can be had again: xorshift64*, Vigna 2016.
#[derive(Debug)]
struct Chance(u64);

impl Chance {
    fn new(seed: u64) -> Self {
        let mut chance = Self(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1);
        chance.next();
        chance.next();
        chance
    }

    fn next(&mut self) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        self.0.wrapping_mul(0x2545_f491_4f6c_dd1d)
    }

    fn below(&mut self, end: usize) -> usize {
        usize::try_from(self.next() >> 16).unwrap() % end.max(1)
    }

    fn one_in(&mut self, many: usize) -> bool {
        self.below(many) == 0
    }

    fn pick<'a, T>(&mut self, all: &'a [T]) -> &'a T {
        &all[self.below(all.len())]
    }

    fn shuffle<T>(&mut self, all: &mut [T]) {
        for at in (1..all.len()).rev() {
            let other = self.below(at + 1);
            all.swap(at, other);
        }
    }
}

/// `count` records of any kind and with any text, always the same for a seed.
fn any_records(seed: u64, count: usize) -> Vec<Record> {
    let mut bytes = [7; 32];
    bytes[..8].copy_from_slice(&seed.to_le_bytes());
    let rng = TestRng::from_seed(RngAlgorithm::ChaCha, &bytes);
    let mut runner = TestRunner::new_with_rng(Config::default(), rng);
    let one = arbitrary::record();
    (0..count).map(|_| one.new_tree(&mut runner).unwrap().current()).collect()
}

/// Two people, a talk with two notes, and a task.
fn a_few_records() -> Vec<Record> {
    let talk = Interview::with(InterviewId::fixed(1), ContactId::fixed(1), 20, now());
    let note = |question: QuestionId, text: &str| {
        let answer = crate::domain::answer::Answer {
            text: text.to_owned(),
            begun: Some(now()),
            ..Default::default()
        };
        Record::Answer(InterviewId::fixed(1), question, answer)
    };
    vec![
        Record::Contact(Contact::named(ContactId::fixed(1), "Ada", now())),
        Record::Contact(Contact::named(ContactId::fixed(2), "Grace שלום 👩🏽‍🔬", now())),
        Record::Interview(talk),
        note(QuestionId::free_notes(), "Bring the map"),
        note("path-in-1".parse().unwrap(), "By way of glue\nand patience"),
        Record::Task(Task {
            id: TaskId::fixed(1),
            text: "Write to Grace".to_owned(),
            due: None,
            done: None,
            contact: Some(ContactId::fixed(2)),
            interview: None,
            sample: false,
        }),
    ]
}

/// What goes wrong with calls, counted from nought.
#[derive(Debug, Clone, Copy)]
enum Fault {
    Never,
    /// This one call fails.
    Once(usize),
    /// This one and all later ones fail.
    From(usize),
    /// From this one on there is no room for any write.
    FullFrom(usize),
}

/// Storage that writes down what it is told, and fails as ordered.
#[derive(Debug)]
struct Disk {
    texts: RefCell<Texts>,
    /// Every write and removal that went through.
    log: RefCell<Vec<Change>>,
    calls: Cell<usize>,
    fault: Cell<Fault>,
    /// How many UTF-16 units there is room for.
    room: Cell<Option<usize>>,
    /// How many of them others take.
    foreign: Cell<usize>,
}

impl Disk {
    fn with(texts: Texts) -> Rc<Self> {
        Rc::new(Self {
            texts: RefCell::new(texts),
            log: RefCell::default(),
            calls: Cell::new(0),
            fault: Cell::new(Fault::Never),
            room: Cell::new(None),
            foreign: Cell::new(0),
        })
    }

    /// An empty one whose device has this id.
    fn of_device(n: u128) -> Rc<Self> {
        let id = crate::domain::id::DeviceId::fixed(n).to_string();
        Self::with(Texts::from([(DEVICE.to_owned(), id)]))
    }

    fn all(&self) -> Texts {
        self.texts.borrow().clone()
    }

    /// Forgets what was logged and counted, and fails like this from now on.
    fn order(&self, fault: Fault) {
        self.log.borrow_mut().clear();
        self.calls.set(0);
        self.fault.set(fault);
    }

    fn used(&self) -> usize {
        self.texts.borrow().iter().map(|(place, text)| units(place) + units(text)).sum()
    }

    fn call(&self, writes: bool) -> Result<(), StorageError> {
        let call = self.calls.replace(self.calls.get() + 1);
        match self.fault.get() {
            Fault::Once(at) if call == at => Err(StorageError::Failed("as ordered".to_owned())),
            Fault::From(at) if call >= at => Err(StorageError::Failed("as ordered".to_owned())),
            Fault::FullFrom(at) if call >= at && writes => Err(StorageError::Full),
            _ => Ok(()),
        }
    }
}

impl Storage for Rc<Disk> {
    fn keys(&self) -> Result<Vec<String>, StorageError> {
        self.call(false)?;
        Ok(self.texts.borrow().keys().cloned().collect())
    }

    fn read(&self, key: &str) -> Result<Option<String>, StorageError> {
        self.call(false)?;
        Ok(self.texts.borrow().get(key).cloned())
    }

    fn write(&self, key: &str, text: &str) -> Result<(), StorageError> {
        self.call(true)?;
        if let Some(room) = self.room.get() {
            let before = self.texts.borrow().get(key).map_or(0, |text| units(key) + units(text));
            if self.used() - before + units(key) + units(text) > room {
                return Err(StorageError::Full);
            }
        }
        self.texts.borrow_mut().insert(key.to_owned(), text.to_owned());
        self.log.borrow_mut().push((key.to_owned(), Some(text.to_owned())));
        Ok(())
    }

    fn remove(&self, key: &str) -> Result<(), StorageError> {
        self.call(false)?;
        self.texts.borrow_mut().remove(key);
        self.log.borrow_mut().push((key.to_owned(), None));
        Ok(())
    }

    fn foreign_units(&self) -> usize {
        self.foreign.get()
    }
}

fn open(disk: &Rc<Disk>, shadow: Option<&Texts>) -> (Store, Workspace) {
    let shadow = shadow.map(|texts| shadow::Texts::new(texts.clone().into_iter().collect()));
    let port = Box::new(Rc::clone(disk));
    Store::open_beside(port, shadow.as_ref(), Vec::new(), now()).unwrap()
}

/// Edits the workspace and saves what that touched.
fn edit(
    store: &mut Store,
    workspace: &mut Workspace,
    at: DateTime<Utc>,
    edit: impl FnOnce(&mut Workspace),
) {
    edit(workspace);
    let touched = workspace.take_touched();
    store.save(workspace, &touched, at).unwrap();
}

/// Everything as a backup file.
fn export(store: &Store, workspace: &Workspace, at: DateTime<Utc>) -> String {
    let texts = store.texts(workspace, &BTreeSet::new(), at).unwrap();
    crate::persist::backup::write(&texts, store.kept(), store.device(), at).unwrap()
}

/// Has a shadow take something over, in one step.
fn take_over(shadow: &mut Texts, outbox: Outbox) {
    if outbox.clear {
        shadow.clear();
    }
    for (place, text) in outbox.changes {
        match text {
            Some(text) => shadow.insert(place, text),
            None => shadow.remove(&place),
        };
    }
}

/// What is of worth in a storage: records by their places, and all other texts
/// wherever they lie.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Worth {
    records: BTreeMap<String, String>,
    kept: BTreeSet<String>,
}

fn worth(texts: &Texts) -> Worth {
    let mut worth = Worth { records: BTreeMap::new(), kept: BTreeSet::new() };
    for (place, text) in texts.iter().filter(|(place, _)| !is_own_business(place)) {
        match record::decode(text) {
            Ok((key, ..)) if *place == crate::persist::store::place_of(&key) => {
                worth.records.insert(place.clone(), text.clone());
            }
            _ => {
                worth.kept.insert(text.clone());
            }
        }
    }
    worth
}
