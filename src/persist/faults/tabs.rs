//! Two tabs over one storage: they hand the writing over, freeze, wake up late,
//! are reloaded and killed, and hear of each other late or never.
//!
//! Every sentence that was typed and saved must lie in storage at every moment
//! after, in a record or put aside; and what was put aside can be brought in.

use super::*;
use crate::domain::answer::Answer;
use crate::persist::backup;
use crate::persist::import::{Preview, Way};
use crate::session::{Role, SaveState, Session};
use leptos::prelude::{GetUntracked, Owner};
use std::collections::VecDeque;

fn no_bank() -> Vec<crate::domain::question::Question> {
    Vec::new()
}

/// One tab, and what it has still to hear.
struct Tab {
    _owner: Owner,
    session: Session,
    /// Whether the browser has put it to sleep.
    frozen: bool,
    /// Whether it has been told that the other writes now.
    must_let_go: bool,
    events: VecDeque<Change>,
    /// Typed here, and not saved yet.
    unsaved: Vec<String>,
}

impl Tab {
    fn open(disk: &Rc<Disk>, writes: bool) -> Self {
        let owner = Owner::new();
        let session = owner.with(|| {
            let port = Box::new(Rc::clone(disk));
            let (store, workspace) = match writes {
                true => Store::open(port, Vec::new(), now()),
                false => Store::follow(port, Vec::new(), now()),
            }
            .unwrap();
            Session::new(store, workspace, true, no_bank)
        });
        Self {
            _owner: owner,
            session,
            frozen: false,
            must_let_go: false,
            events: VecDeque::new(),
            unsaved: Vec::new(),
        }
    }
}

struct Browser {
    chance: Chance,
    disk: Rc<Disk>,
    tabs: [Tab; 2],
    /// Which tab has the lock.
    holder: usize,
    clock: DateTime<Utc>,
    typed: usize,
    /// What must lie in storage from now on.
    saved: BTreeSet<String>,
}

const TALK: InterviewId = InterviewId::fixed(1);

fn questions() -> [QuestionId; 3] {
    ["free-notes", "path-in-1", "day-2"].map(|id| id.parse().unwrap())
}

impl Browser {
    fn new(seed: u64) -> Self {
        let disk = Disk::of_device(1);
        let (mut store, mut w) = open(&disk, None);
        edit(&mut store, &mut w, now(), |w| w.add_sample(a_few_records()));
        let tabs = [Tab::open(&disk, true), Tab::open(&disk, false)];
        disk.order(Fault::Never);
        let chance = Chance::new(seed);
        Self { chance, disk, tabs, holder: 0, clock: now(), typed: 0, saved: BTreeSet::new() }
    }

    /// Lets a tab do something; the other will hear what it wrote.
    fn act<T>(&mut self, tab: usize, act: impl FnOnce(Session, DateTime<Utc>) -> T) -> T {
        self.clock += chrono::TimeDelta::milliseconds(7);
        let done = act(self.tabs[tab].session, self.clock);
        let log = self.disk.log.take();
        self.tabs[1 - tab].events.extend(log);
        let state = self.tabs[tab].session.save_state().get_untracked();
        if state == SaveState::Saved && !self.tabs[tab].session.peek(Workspace::has_touched) {
            self.saved.extend(self.tabs[tab].unsaved.drain(..));
        }
        done
    }

    /// Every sentence that was saved lies somewhere.
    fn check(&self, what: &str) {
        let all: String = self.disk.all().into_values().collect();
        for sentence in &self.saved {
            assert!(all.contains(sentence), "{sentence} is gone after: {what}");
        }
    }

    fn type_something(&mut self, tab: usize) {
        if self.tabs[tab].session.role().get_untracked() != Role::Writer {
            return;
        }
        self.typed += 1;
        let sentence = format!("s{:06}s", self.typed);
        let question = self.chance.pick(&questions()[..]).clone();
        let in_plan = self.chance.one_in(5);
        let typed = sentence.clone();
        self.act(tab, |session, now| {
            session.edit(|w| match in_plan {
                true => w.edit_plan(|plan| plan.goals = format!("{}\n{typed}", plan.goals)),
                false => {
                    let before = w.answer(TALK, &question).map_or("", |a: &Answer| &a.text);
                    let text = format!("{before}\n{typed}");
                    w.note(TALK, &question, &text, now);
                }
            });
        });
        self.tabs[tab].unsaved.push(sentence);
    }

    /// A tab hears of what the other wrote: all so far, some of it, or it is lost.
    fn hear(&mut self, tab: usize) {
        let mut count = self.chance.below(self.tabs[tab].events.len() + 1);
        if self.chance.one_in(2) {
            count = self.tabs[tab].events.len();
        }
        let lost = self.chance.one_in(5);
        for _ in 0..count {
            let Some((place, text)) = self.tabs[tab].events.pop_front() else { break };
            if !lost {
                self.act(tab, |session, now| session.hear(Some(&place), text.as_deref(), now));
            }
        }
    }

    fn let_go(&mut self, tab: usize) {
        self.tabs[tab].must_let_go = false;
        self.act(tab, Session::let_go);
    }

    /// Another tab takes the writing over; the one that had it may be asleep.
    fn take_over(&mut self, tab: usize) {
        let other = 1 - tab;
        if self.holder == tab {
            return;
        }
        self.holder = tab;
        let at_once = !self.tabs[other].frozen && self.chance.one_in(2);
        if at_once {
            self.let_go(other);
        }
        self.act(tab, |session, now| session.take_over(now).unwrap());
        self.tabs[other].must_let_go = !at_once;
    }

    /// A sleeping tab does what it had to do, in some order.
    fn wake(&mut self, tab: usize) {
        self.tabs[tab].frozen = false;
        let mut first = vec![0, 1, 2, 3];
        self.chance.shuffle(&mut first);
        for what in first {
            match what {
                0 => self.hear(tab),
                1 => self.act(tab, Session::flush),
                2 if self.tabs[tab].must_let_go => self.let_go(tab),
                3 if self.chance.one_in(2) => self.type_something(tab),
                _ => {}
            }
            self.check("waking");
        }
    }

    fn reopen(&mut self, tab: usize) {
        let writes = self.holder == tab;
        self.tabs[tab] = Tab::open(&self.disk, writes);
        let log = self.disk.log.take();
        self.tabs[1 - tab].events.extend(log);
    }

    fn step(&mut self) {
        let tab = self.chance.below(2);
        let what = self.chance.below(20);
        if self.tabs[tab].frozen {
            if what < 6 {
                self.wake(tab);
            } else if what == 6 {
                // The browser throws a sleeping tab away.
                self.reopen(tab);
            }
            return self.check("sleeping");
        }
        match what {
            0..8 => self.type_something(tab),
            8..11 => self.act(tab, Session::flush),
            11..13 => self.hear(tab),
            13..15 => self.take_over(tab),
            15 if self.tabs[tab].must_let_go => self.let_go(tab),
            16 => self.tabs[tab].frozen = true,
            17 => {
                self.act(tab, Session::flush);
                self.reopen(tab);
            }
            18 if self.chance.one_in(2) => self.reopen(tab),
            19 => self.undo_or_bring_in(tab),
            _ => {}
        }
        self.check(&format!("step {what} of tab {tab}"));
    }

    /// A change of many texts in one tab: its own backup, another note in it.
    fn undo_or_bring_in(&mut self, tab: usize) {
        if self.tabs[tab].session.role().get_untracked() != Role::Writer {
            return;
        }
        if self.chance.one_in(2) {
            // Undoing may take away what was brought in, but nothing typed.
            let _ = self.act(tab, Session::undo);
            return;
        }
        let other = Disk::of_device(7);
        let (mut store, mut w) = open(&other, None);
        let count = self.typed;
        edit(&mut store, &mut w, now(), |w| {
            w.add_sample(a_few_records());
            w.note(TALK, &questions()[0], &format!("elsewhere {count}"), now());
        });
        let backup = backup::read(&export(&store, &w, now())).unwrap();
        let mut preview = Preview::default();
        self.act(tab, |session, now| {
            session.flush(now);
            while session.preview(&mut preview, &backup, Way::Merge, 9, now) {}
        });
        // Somebody thinks about it for a while.
        if self.chance.one_in(3) {
            let other = 1 - tab;
            if !self.tabs[other].frozen {
                self.type_something(other);
                self.act(other, Session::flush);
            }
        }
        let _ = self.act(tab, |session, now| session.import(&preview, "Brought in", now));
    }

    /// All is saved, and everything that was put aside is brought in.
    fn end(mut self) {
        for tab in 0..2 {
            self.wake(tab);
            self.act(tab, Session::flush);
        }
        self.check("the end");
        let tab = self.holder;
        self.act(tab, |session, now| session.take_over(now).unwrap());
        let overtaken: Vec<_> = self.tabs[tab].session.kept().get_untracked();
        for kept in overtaken {
            self.act(tab, |session, now| {
                session.mend_kept(&kept.key, &kept.text, "Brought in", now).unwrap();
            });
            self.check("bringing in");
        }
        let (store, w) = open(&self.disk, None);
        assert_eq!(store.kept(), []);
        let mut texts: Vec<String> = w.answers(TALK).map(|(_, a)| a.text.clone()).collect();
        texts.push(w.plan().goals.clone());
        for sentence in &self.saved {
            assert!(texts.iter().any(|text| text.contains(sentence)), "{sentence} is in no note");
        }
    }
}

#[test]
fn no_sentence_is_lost_between_two_tabs() {
    let seeds = seeds(500, 50);
    let (cases, mut steps, mut sentences, mut wrong) = (seeds.len(), 0, 0, Vec::new());
    for seed in seeds {
        let result = std::panic::catch_unwind(|| {
            let mut browser = Browser::new(seed);
            let count = 30 + browser.chance.below(50);
            (0..count).for_each(|_| browser.step());
            let typed = browser.typed;
            browser.end();
            (count, typed)
        });
        match result {
            Ok((count, typed)) => {
                steps += count;
                sentences += typed;
            }
            Err(_) => wrong.push(seed),
        }
    }
    assert!(wrong.is_empty(), "{} of {cases} wrong, seeds {wrong:?}", wrong.len());
    println!(
        "two tabs: {cases} interleavings, {steps} steps, {sentences} sentences; none was lost"
    );
}
