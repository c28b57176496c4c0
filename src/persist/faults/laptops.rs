//! Two or three laptops with histories of their own, whose clocks are off by
//! years, bring each other's backups in: in any order, repeatedly and late.
//!
//! Every word that is typed is a word of its own. One may be missing in the end
//! only if somebody who saw it took it away: by editing or deleting what it
//! stood in, or by going back to an older state.

use super::*;
use crate::domain::contact::{Contacted, Touch};
use crate::domain::id::SuggestionId;
use crate::domain::interview::Suggestion;
use crate::domain::policy::{Policy, Settings};
use crate::domain::question::QuestionChange;
use crate::persist::backup;
use crate::persist::import::{Preview, Way, preview};
use crate::persist::store::TextsBefore;
use chrono::TimeDelta;

/// Everything of one history.
struct World {
    chance: Chance,
    laptops: Vec<Laptop>,
    /// Backups that were made, by whichever laptop.
    files: Vec<String>,
    /// How many words were typed so far, and how many ids given.
    words: usize,
    ids: u128,
    /// The words that ever stood anywhere.
    typed: BTreeSet<String>,
    /// The words that somebody took away who had seen them.
    taken_away: BTreeSet<String>,
}

struct Laptop {
    disk: Rc<Disk>,
    store: Store,
    workspace: Workspace,
    clock: DateTime<Utc>,
}

impl Laptop {
    fn new(n: u128, clock: DateTime<Utc>) -> Self {
        let disk = Disk::of_device(n);
        let (store, workspace) = open(&disk, None);
        Self { disk, store, workspace, clock }
    }

    fn export(&self) -> String {
        export(&self.store, &self.workspace, self.clock)
    }

    fn look_at(&self, file: &str, way: Way) -> Preview {
        let backup = backup::read(file).unwrap();
        preview(&backup, &self.workspace, &self.store, way, self.clock)
    }

    fn change(&mut self, preview: &Preview) -> TextsBefore {
        let before = self.store.change_texts(preview.changes()).unwrap();
        self.workspace = self.store.reload(Vec::new()).unwrap();
        before
    }

    fn merge(&mut self, file: &str) {
        let preview = self.look_at(file, Way::Merge);
        let _ = self.change(&preview);
    }

    /// Every word that is shown here.
    fn words(&self) -> BTreeSet<String> {
        let texts: Vec<String> =
            self.workspace.records().map(|record| format!("{record:?}")).collect();
        words_in(&texts.join("\n"))
    }

    /// What is shown, for comparing: suggestions have no order.
    fn shown(&self) -> Vec<Record> {
        let sorted = |mut record: Record| {
            if let Record::Interview(talk) = &mut record {
                talk.debrief.suggestions.sort_by_key(|suggestion| suggestion.id);
            }
            record
        };
        self.workspace.records().map(sorted).collect()
    }
}

/// Words look like `w000123w`.
fn words_in(text: &str) -> BTreeSet<String> {
    text.match_indices('w')
        .filter_map(|(at, _)| text.get(at..at + 8))
        .filter(|word| word.ends_with('w') && word[1..7].bytes().all(|b| b.is_ascii_digit()))
        .map(str::to_owned)
        .collect()
}

impl World {
    fn new(seed: u64) -> Self {
        let mut chance = Chance::new(seed);
        let count = 2 + chance.below(2);
        let mut laptops: Vec<_> = (0..count)
            .map(|n| Laptop::new(n as u128 + 1, now() + TimeDelta::minutes(n as i64)))
            .collect();
        // The sample has the same ids everywhere.
        for laptop in &mut laptops {
            if !chance.one_in(3) {
                let at = laptop.clock;
                edit(&mut laptop.store, &mut laptop.workspace, at, |w| {
                    w.add_sample(a_few_records());
                });
            }
        }
        let (typed, taken_away) = (BTreeSet::new(), BTreeSet::new());
        Self { chance, laptops, files: Vec::new(), words: 0, ids: 100, typed, taken_away }
    }

    fn word(&mut self) -> String {
        self.words += 1;
        format!("w{:06}w", self.words)
    }

    fn id(&mut self) -> u128 {
        self.ids += 1;
        self.ids
    }

    /// What becomes of a text that somebody edits.
    fn retyped(&mut self, text: &str) -> String {
        let word = self.word();
        match self.chance.below(8) {
            _ if text.is_empty() => word,
            0 => word,
            1 => format!("{word}\n{text}"),
            2 => text.lines().skip(1).collect::<Vec<_>>().join("\n"),
            3 => String::new(),
            4 => format!("{text} {word}"),
            _ => format!("{text}\n{word}"),
        }
    }

    /// The words that laptop `at` showed before and does not show after.
    fn watch(&mut self, at: usize, act: impl FnOnce(&mut Self)) {
        let before = self.laptops[at].words();
        act(self);
        let after = self.laptops[at].words();
        self.taken_away.extend(before.difference(&after).cloned());
        self.typed.extend(after);
    }

    fn edit(&mut self, at: usize, change: impl FnOnce(&mut Workspace)) {
        self.watch(at, |world| {
            let laptop = &mut world.laptops[at];
            edit(&mut laptop.store, &mut laptop.workspace, laptop.clock, change);
        });
    }

    fn some_contact(&mut self, at: usize) -> Option<Contact> {
        let all: Vec<_> = self.laptops[at].workspace.contacts().cloned().collect();
        (!all.is_empty()).then(|| self.chance.pick(&all).clone())
    }

    fn some_talk(&mut self, at: usize) -> Option<Interview> {
        let all: Vec<_> = self.laptops[at].workspace.interviews().cloned().collect();
        (!all.is_empty()).then(|| self.chance.pick(&all).clone())
    }

    /// One thing that somebody does on laptop `at`.
    fn step(&mut self, at: usize) {
        let clock = self.laptops[at].clock;
        match self.chance.below(24) {
            0 => {
                let contact = Contact::named(ContactId::fixed(self.id()), &self.word(), clock);
                self.edit(at, |w| {
                    w.add_contact(contact);
                });
            }
            1..=5 => self.edit_contact(at),
            6 => {
                let Some(contact) = self.some_contact(at) else { return };
                let talk = Interview::with(InterviewId::fixed(self.id()), contact.id, 20, clock);
                self.edit(at, |w| w.add_sample([Record::Interview(talk)]));
            }
            7..=9 => self.edit_talk(at),
            10..=12 => {
                let Some(talk) = self.some_talk(at) else { return };
                let question = ["path-in-1", "day-2", "free-notes"];
                let question: QuestionId = self.chance.pick(&question).parse().unwrap();
                let before = self.laptops[at].workspace.answer(talk.id, &question);
                let before = before.map_or(String::new(), |answer| answer.text.clone());
                let text = self.retyped(&before);
                let mark = self.chance.one_in(4);
                self.edit(at, |w| match mark {
                    true => w.toggle_useful(talk.id, &question),
                    false => w.note(talk.id, &question, &text, clock),
                });
            }
            13 => {
                let plan = self.laptops[at].workspace.plan().clone();
                let (goals, field) = (self.retyped(&plan.goals), self.retyped(&plan.field));
                let both = self.chance.one_in(2);
                self.edit(at, |w| {
                    w.edit_plan(|plan| match both {
                        true => plan.goals = goals,
                        false => plan.field = field.replace('\n', " "),
                    });
                });
            }
            14 => {
                let position = self.chance.below(3);
                let policy = *self.chance.pick(Policy::ALL);
                self.edit(at, |w| w.choose(policy, position));
            }
            15 => self.edit_task(at),
            16 => self.edit_question(at),
            17 => self.delete(at),
            18 => self.files.push(self.laptops[at].export()),
            19 | 20 => self.bring_in(at),
            21 => self.jump(at),
            22 => {
                // The tab is closed and opened again.
                let laptop = &mut self.laptops[at];
                let shown = laptop.shown();
                (laptop.store, laptop.workspace) = open(&laptop.disk, None);
                assert_eq!(laptop.shown(), shown);
            }
            _ => self.go_back(at),
        }
        let step = TimeDelta::seconds(self.chance.below(4_000) as i64);
        // Now and then two things within one millisecond.
        if !self.chance.one_in(4) {
            self.laptops[at].clock += step;
        }
    }

    fn edit_contact(&mut self, at: usize) {
        let Some(contact) = self.some_contact(at) else { return };
        let mut changed = contact.clone();
        for _ in 0..=self.chance.below(2) {
            match self.chance.below(9) {
                0 => changed.notes = self.retyped(&contact.notes),
                1 => changed.known = self.retyped(&contact.known),
                2 => changed.source = self.retyped(&contact.source).replace('\n', " "),
                3 => changed.role = format!("role {}", self.chance.below(9)),
                4 => changed.years_in_field = Some(7),
                5 => {
                    let _ = changed.tags.insert(self.word());
                }
                6 => {
                    changed.tags.pop_first();
                }
                7 => {
                    let day = u64::try_from(self.chance.below(20)).unwrap();
                    let on = now().date_naive() + chrono::Days::new(day);
                    // Sometimes the same line twice.
                    let note = if self.chance.one_in(3) { String::new() } else { self.word() };
                    let touch = Touch { on, what: Contacted::Asked, note };
                    let place = changed.touches.partition_point(|other| other.on <= on);
                    changed.touches.insert(place, touch);
                }
                _ => {
                    let line = self.chance.below(changed.touches.len());
                    if line < changed.touches.len() {
                        changed.touches.remove(line);
                    }
                }
            }
        }
        self.edit(at, |w| w.edit_contact(contact.id, |contact| *contact = changed));
    }

    fn edit_talk(&mut self, at: usize) {
        let Some(mut talk) = self.some_talk(at) else { return };
        let clock = self.laptops[at].clock;
        let debrief = &mut talk.debrief;
        let line = self.chance.below(debrief.suggestions.len());
        match self.chance.below(9) {
            0 => talk.goals = self.retyped(&talk.goals),
            1 => debrief.learned = self.retyped(&debrief.learned),
            2 => {
                let words = talk.opening.clone().unwrap_or_default();
                talk.opening = Some(self.retyped(&words)).filter(|words| !words.is_empty());
            }
            3 => talk.place = self.retyped(&talk.place).replace('\n', " "),
            4 => {
                let id = SuggestionId::fixed(self.id());
                let (name, about) = (self.word(), self.word());
                debrief.suggestions.push(Suggestion { id, name, about, contact: None });
            }
            5 if line < debrief.suggestions.len() => {
                let about = self.retyped(&debrief.suggestions[line].about).replace('\n', " ");
                debrief.suggestions[line].about = about;
            }
            6 if line < debrief.suggestions.len() => {
                debrief.suggestions.remove(line);
            }
            7 => match &mut talk.clock {
                Some(running) => running.pause(clock),
                none => *none = Some(crate::domain::timebox::Clock::start(clock)),
            },
            _ => {
                talk.picks.push("day-2".parse().unwrap());
                talk.packed.insert("pen".to_owned());
            }
        }
        self.edit(at, |w| w.edit_interview(talk.id, |other| *other = talk));
    }

    fn edit_task(&mut self, at: usize) {
        let all: Vec<_> = self.laptops[at].workspace.tasks().cloned().collect();
        let clock = self.laptops[at].clock;
        if all.is_empty() || self.chance.one_in(3) {
            let (id, text) = (TaskId::fixed(self.id()), self.word());
            let links = (None, None);
            let (contact, interview) = links;
            let task = Task { id, text, due: None, done: None, contact, interview, sample: false };
            return self.edit(at, |w| w.put_task(task));
        }
        let task = self.chance.pick(&all).clone();
        let text = self.retyped(&task.text).replace('\n', " ");
        let done = self.chance.one_in(2);
        self.edit(at, |w| {
            w.edit_task(task.id, |task| match done {
                true => task.done = Some(clock),
                false => task.text = text,
            });
        });
    }

    fn edit_question(&mut self, at: usize) {
        let id: QuestionId = "own-1".parse().unwrap();
        let before = self.laptops[at].workspace.question_change(&id).cloned();
        let text = before.clone().and_then(|change| change.text).unwrap_or_default();
        let text = Some(self.retyped(&text).replace('\n', " "));
        let change = QuestionChange { text, ..before.unwrap_or_default() };
        self.edit(at, |w| w.add_question(id, change));
    }

    /// Deletes something, and perhaps thinks better of it.
    fn delete(&mut self, at: usize) {
        let contact = self.some_contact(at).map(|contact| contact.id);
        let talk = self.some_talk(at).map(|talk| talk.id);
        let task = self.laptops[at].workspace.tasks().next().map(|task| task.id);
        let which = self.chance.below(4);
        let mut before = None;
        self.edit(at, |w| {
            before = match (which, contact, talk, task) {
                (0, Some(id), ..) => Some(w.delete_contact(id)),
                (1, _, Some(id), _) => Some(w.delete_interview(id)),
                (2, .., Some(id)) => Some(w.delete_task(id)),
                (3, ..) => {
                    w.edit_settings(|settings| *settings = Settings::default());
                    None
                }
                _ => None,
            };
        });
        if let Some(before) = before
            && self.chance.one_in(3)
        {
            self.edit(at, |w| w.put_back(before));
        }
    }

    /// Merges some file, and perhaps takes that back.
    fn bring_in(&mut self, at: usize) {
        if self.files.is_empty() || self.chance.one_in(2) {
            let other = self.chance.below(self.laptops.len());
            self.files.push(self.laptops[other].export());
        }
        let file = self.chance.pick(&self.files).clone();
        let laptop = &mut self.laptops[at];
        let (preview, shown) = (laptop.look_at(&file, Way::Merge), laptop.shown());
        let before = laptop.change(&preview);
        let missing: Vec<_> = Vec::from_iter(words_in(&format!("{shown:?}")));
        let lost = missing.iter().filter(|word| {
            !self.laptops[at].words().contains(*word) && !self.taken_away.contains(*word)
        });
        assert_eq!(lost.count(), 0, "a merge took words away that nobody had");
        if self.chance.one_in(4) {
            let laptop = &mut self.laptops[at];
            let _ = laptop.store.put_back(&before).unwrap();
            laptop.workspace = laptop.store.reload(Vec::new()).unwrap();
            assert_eq!(laptop.shown(), shown);
        }
    }

    /// The clock of a laptop jumps by up to ten years.
    fn jump(&mut self, at: usize) {
        let days = self.chance.below(7_300) as i64 - 3_650;
        self.laptops[at].clock += TimeDelta::days(days);
    }

    /// Everything becomes as in some file, or is deleted.
    fn go_back(&mut self, at: usize) {
        let file = match self.files.is_empty() || self.chance.one_in(3) {
            true => None,
            false => Some(self.chance.pick(&self.files).clone()),
        };
        self.watch(at, |world| {
            let laptop = &mut world.laptops[at];
            match file {
                Some(file) => {
                    let preview = laptop.look_at(&file, Way::Replace);
                    let _ = laptop.change(&preview);
                }
                None => {
                    let _ = laptop.store.wipe().unwrap();
                    laptop.workspace = laptop.store.reload(Vec::new()).unwrap();
                }
            }
        });
    }

    /// Everybody brings everybody's last backup in: what all then show.
    fn end(&mut self) {
        let files: Vec<_> = self.laptops.iter().map(Laptop::export).collect();
        for round in 0..2 {
            let files: Vec<_> = self.laptops.iter().map(Laptop::export).collect();
            for at in 0..self.laptops.len() {
                let mut order: Vec<_> = (0..files.len()).filter(|from| *from != at).collect();
                self.chance.shuffle(&mut order);
                for from in order {
                    let preview = self.laptops[at].look_at(&files[from], Way::Merge);
                    assert!(round == 0 || preview.is_idle(), "there is an end to merging");
                    let _ = self.laptops[at].change(&preview);
                }
            }
        }
        let first = self.laptops[0].shown();
        for other in &self.laptops[1..] {
            assert_eq!(other.shown(), first, "all have come to the same");
        }
        for turn in 0..2 {
            let mut order: Vec<_> = (0..files.len()).collect();
            order.rotate_left(turn);
            self.chance.shuffle(&mut order);
            let mut fresh = Laptop::new(99, now());
            order.iter().for_each(|from| fresh.merge(&files[*from]));
            assert_eq!(fresh.shown(), first, "merged in the order {order:?}");
            assert!(fresh.look_at(&files[order[0]], Way::Merge).is_idle());
        }
        let there = self.laptops[0].words();
        let mut lost =
            self.typed.difference(&there).filter(|word| !self.taken_away.contains(*word));
        assert_eq!(lost.next(), None, "a word is gone that nobody took away");
    }
}

#[test]
fn laptops_come_to_the_same_and_no_word_is_lost() {
    let seeds = seeds(20_000, 100);
    let (cases, mut steps, mut words, mut wrong) = (seeds.len(), 0, 0, Vec::new());
    for seed in seeds {
        let result = std::panic::catch_unwind(|| {
            let mut world = World::new(seed);
            let count = 15 + world.chance.below(25);
            for _ in 0..count {
                let at = world.chance.below(world.laptops.len());
                world.step(at);
            }
            world.end();
            (count, world.words)
        });
        match result {
            Ok((count, typed)) => {
                steps += count;
                words += typed;
            }
            Err(_) => wrong.push(seed),
        }
    }
    assert!(wrong.is_empty(), "{} of {cases} wrong, seeds {wrong:?}", wrong.len());
    println!(
        "laptops: {cases} histories of 2 or 3 laptops, {steps} steps, {words} words; \
         all came to the same, no word was lost"
    );
}

#[test]
fn what_stood_in_an_older_copy_outlives_going_back_to_it_and_merging() {
    let mut mine = Laptop::new(1, now());
    let type_note = |laptop: &mut Laptop, notes: &str| {
        laptop.clock += TimeDelta::minutes(1);
        edit(&mut laptop.store, &mut laptop.workspace, laptop.clock, |w| {
            w.add_sample([Record::Contact(Contact::named(ContactId::fixed(1), "Ada", now()))]);
            w.edit_contact(ContactId::fixed(1), |contact| notes.clone_into(&mut contact.notes));
        });
    };
    type_note(&mut mine, "older");
    let older = mine.export();
    type_note(&mut mine, "older\nand newer");
    let newer = mine.export();
    let preview = mine.look_at(&older, Way::Replace);
    let _ = mine.change(&preview);
    mine.clock += TimeDelta::minutes(1);
    edit(&mut mine.store, &mut mine.workspace, mine.clock, |w| {
        w.edit_contact(ContactId::fixed(1), |contact| contact.role = "Archivist".to_owned());
    });
    mine.merge(&newer);
    let ada = mine.workspace.contact(ContactId::fixed(1)).unwrap();
    assert_eq!((ada.notes.as_str(), ada.role.as_str()), ("older\nand newer", "Archivist"));
}

#[test]
fn a_backup_comes_back_whole_beside_what_was_typed_since_everything_was_deleted() {
    let mut mine = Laptop::new(1, now());
    edit(&mut mine.store, &mut mine.workspace, mine.clock, |w| {
        w.edit_plan(|plan| plan.goals = "Find out".to_owned());
    });
    let file = mine.export();
    let _ = mine.store.wipe().unwrap();
    mine.workspace = mine.store.reload(Vec::new()).unwrap();
    mine.clock += TimeDelta::minutes(1);
    edit(&mut mine.store, &mut mine.workspace, mine.clock, |w| {
        w.edit_plan(|plan| plan.name = "Ada".to_owned());
    });
    mine.merge(&file);
    let plan = mine.workspace.plan();
    assert_eq!((plan.goals.as_str(), plan.name.as_str()), ("Find out", "Ada"));
}

#[test]
fn a_backup_of_words_that_were_never_saved_comes_back_beside_later_ones() {
    let mut mine = Laptop::new(1, now());
    let talk = InterviewId::fixed(1);
    let notes = QuestionId::free_notes();
    edit(&mut mine.store, &mut mine.workspace, mine.clock, |w| w.add_sample(a_few_records()));
    mine.clock += TimeDelta::minutes(1);
    let question: QuestionId = "day-2".parse().unwrap();
    mine.workspace.note(talk, &notes, "Bring the map\nnever saved", mine.clock);
    mine.workspace.note(talk, &question, "never saved either", mine.clock);
    let unsaved = mine.workspace.touched().clone();
    let texts = mine.store.texts(&mine.workspace, &unsaved, mine.clock).unwrap();
    let file = backup::write(&texts, &[], mine.store.device(), mine.clock).unwrap();
    // The tab is closed before there is room.
    (mine.store, mine.workspace) = open(&mine.disk, None);
    mine.clock += TimeDelta::minutes(1);
    edit(&mut mine.store, &mut mine.workspace, mine.clock, |w| {
        w.toggle_useful(talk, &notes);
        w.note(talk, &question, "typed since", now());
    });
    mine.merge(&file);
    let note = |id| mine.workspace.answer(talk, id).map(|note| note.text.clone()).unwrap();
    assert!(note(&notes).contains("never saved"), "{}", note(&notes));
    assert!(note(&question).contains("never saved either"), "{}", note(&question));
    assert!(note(&question).contains("typed since"), "{}", note(&question));
}
