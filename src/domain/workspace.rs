//! Everything one user has, and every edit of it as a verb.
//!
//! A verb marks the records it touched; [`Workspace::take_touched`] hands them
//! to whoever saves. An edit that changes nothing marks nothing.

use crate::domain::answer::Answer;
use crate::domain::contact::{Contact, Contacted, Touch};
use crate::domain::id::{ContactId, InterviewId, QuestionId, SuggestionId, TaskId};
use crate::domain::interview::{Interview, Suggestion};
use crate::domain::key::Key;
use crate::domain::order::sorted_by_key;
use crate::domain::plan::Plan;
use crate::domain::policy::{Policy, Settings};
use crate::domain::prepare;
use crate::domain::question::{Question, QuestionChange};
use crate::domain::task::Task;
use crate::domain::timebox::{Agenda, Clock, Item, Picked};
use chrono::{DateTime, NaiveDate, Utc};
use std::collections::{BTreeMap, BTreeSet};

/// The minutes of a talk that begins at once: what a person who picks up the phone has to spare (P25).
const MINUTES_NOW: u16 = 15;

/// Everything one user has. The plan and the settings are always there; all
/// other records lie in one map, those of a kind side by side.
#[derive(Debug, Clone, Default)]
pub struct Workspace {
    /// The built-in questions in their own order; compiled in, never stored.
    bank: Vec<Question>,
    plan: Plan,
    settings: Settings,
    records: BTreeMap<Key, Record>,
    touched: BTreeSet<Key>,
}

/// One record with its value, whole: what is stored, moved and undone.
#[derive(Debug, Clone, PartialEq, Eq)]
#[allow(clippy::large_enum_variant, reason = "short-lived, and a box would burden every match")]
pub enum Record {
    /// The plan.
    Plan(Plan),
    /// The settings.
    Settings(Settings),
    /// A person.
    Contact(Contact),
    /// A question, or what was changed of one.
    Question(QuestionId, QuestionChange),
    /// A talk.
    Interview(Interview),
    /// A note.
    Answer(InterviewId, QuestionId, Answer),
    /// A dated thing to do.
    Task(Task),
}

impl Record {
    /// Where the record belongs.
    #[must_use]
    pub fn key(&self) -> Key {
        match self {
            Self::Plan(_) => Key::Plan,
            Self::Settings(_) => Key::Settings,
            Self::Contact(contact) => Key::Contact(contact.id),
            Self::Question(id, _) => Key::Question(id.clone()),
            Self::Interview(interview) => Key::Interview(interview.id),
            Self::Answer(interview, question, _) => Key::Answer(*interview, question.clone()),
            Self::Task(task) => Key::Task(task.id),
        }
    }

    fn contact(&self) -> Option<&Contact> {
        match self {
            Self::Contact(contact) => Some(contact),
            _ => None,
        }
    }

    fn interview(&self) -> Option<&Interview> {
        match self {
            Self::Interview(interview) => Some(interview),
            _ => None,
        }
    }

    fn task(&self) -> Option<&Task> {
        match self {
            Self::Task(task) => Some(task),
            _ => None,
        }
    }

    /// Whether the record belongs to the sample.
    #[must_use]
    pub fn is_sample(&self) -> bool {
        match self {
            Self::Plan(plan) => plan.sample,
            Self::Settings(_) => false,
            Self::Contact(contact) => contact.sample,
            Self::Question(_, change) => change.sample,
            Self::Interview(interview) => interview.sample,
            Self::Answer(_, _, answer) => answer.sample,
            Self::Task(task) => task.sample,
        }
    }
}

/// Records as they were before an edit, so that the edit can be undone:
/// `None` where there was no record.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Before(Vec<(Key, Option<Record>)>);

impl Before {
    /// The records that putting this back would change.
    pub fn keys(&self) -> impl Iterator<Item = &Key> {
        self.0.iter().map(|(key, _)| key)
    }
}

/// Two workspaces are equal when every stored record is; what is compiled in
/// and what still waits to be saved do not count.
impl PartialEq for Workspace {
    fn eq(&self, other: &Self) -> bool {
        self.plan == other.plan && self.settings == other.settings && self.records == other.records
    }
}

impl Workspace {
    /// An empty workspace with a bank of built-in questions, in their order.
    #[must_use]
    pub fn with_bank(questions: Vec<Question>) -> Self {
        Self { bank: questions, ..Self::default() }
    }

    /// Puts the built-in questions in, in their order.
    pub fn set_bank(&mut self, questions: Vec<Question>) {
        self.bank = questions;
    }

    /// Whether the built-in questions are here yet.
    #[must_use]
    pub fn has_bank(&self) -> bool {
        !self.bank.is_empty()
    }

    // ---- Reading -------------------------------------------------------

    /// The plan of the search.
    #[must_use]
    pub fn plan(&self) -> &Plan {
        &self.plan
    }

    /// The settings.
    #[must_use]
    pub fn settings(&self) -> &Settings {
        &self.settings
    }

    /// The records from `first` on that `pick` takes, up to the first it does not.
    fn run<'a, T>(
        &'a self,
        first: Key,
        pick: impl Fn(&'a Key, &'a Record) -> Option<T> + 'a,
    ) -> impl Iterator<Item = T> + 'a {
        self.records.range(first..).map_while(move |(key, record)| pick(key, record))
    }

    /// All contacts, the oldest first.
    pub fn contacts(&self) -> impl Iterator<Item = &Contact> {
        self.run(Key::Contact(ContactId::fixed(0)), |_, record| record.contact())
    }

    /// One contact.
    #[must_use]
    pub fn contact(&self, id: ContactId) -> Option<&Contact> {
        self.records.get(&Key::Contact(id))?.contact()
    }

    /// All talks, the oldest first.
    pub fn interviews(&self) -> impl Iterator<Item = &Interview> {
        self.run(Key::Interview(InterviewId::fixed(0)), |_, record| record.interview())
    }

    /// One talk.
    #[must_use]
    pub fn interview(&self, id: InterviewId) -> Option<&Interview> {
        self.records.get(&Key::Interview(id))?.interview()
    }

    /// The talks with one person, the oldest first.
    pub fn interviews_with(&self, contact: ContactId) -> impl Iterator<Item = &Interview> {
        self.interviews().filter(move |interview| interview.contact == contact)
    }

    /// The note on one question in one talk.
    #[must_use]
    pub fn answer(&self, interview: InterviewId, question: &QuestionId) -> Option<&Answer> {
        match self.records.get(&Key::Answer(interview, question.clone()))? {
            Record::Answer(_, _, answer) => Some(answer),
            _ => None,
        }
    }

    /// All notes of one talk.
    pub fn answers(&self, interview: InterviewId) -> impl Iterator<Item = (&QuestionId, &Answer)> {
        let first = Key::Answer(interview, QuestionId::first());
        self.run(first, move |_, record| match record {
            Record::Answer(talk, question, answer) if *talk == interview => {
                Some((question, answer))
            }
            _ => None,
        })
    }

    /// The texts of notes whose talk is not here: its record is lost or unreadable.
    #[must_use]
    pub fn orphans(&self) -> Vec<String> {
        let first = Key::Answer(InterviewId::fixed(0), QuestionId::first());
        let notes = self.run(first, |_, record| match record {
            Record::Answer(talk, _, answer) => Some((*talk, answer)),
            _ => None,
        });
        let lost = notes.filter(|(talk, _)| self.interview(*talk).is_none());
        lost.map(|(_, answer)| answer.text.clone()).collect()
    }

    /// All tasks.
    pub fn tasks(&self) -> impl Iterator<Item = &Task> {
        self.run(Key::Task(TaskId::fixed(0)), |_, record| record.task())
    }

    /// One task.
    #[must_use]
    pub fn task(&self, id: TaskId) -> Option<&Task> {
        self.records.get(&Key::Task(id))?.task()
    }

    /// A built-in question as it came.
    fn built_in(&self, id: &QuestionId) -> Option<&Question> {
        self.bank.iter().find(|question| question.id == *id)
    }

    /// One question, whole, with the user's changes laid over it.
    #[must_use]
    pub fn question(&self, id: &QuestionId) -> Option<Question> {
        let built_in = self.built_in(id);
        match self.question_change(id) {
            Some(change) => Some(change.apply(id, built_in)),
            None => built_in.cloned(),
        }
    }

    /// Every question, retired ones too: the bank in its own order within each
    /// theme, followed by the user's own.
    #[must_use]
    pub fn questions(&self) -> Vec<Question> {
        let first = Key::Question(QuestionId::first());
        let own = self.run(first, |_, record| match record {
            Record::Question(id, _) => Some(id),
            _ => None,
        });
        let own = own.filter(|id| self.built_in(id).is_none());
        let ids = self.bank.iter().map(|question| &question.id).chain(own);
        let all = ids.filter_map(|id| self.question(id)).collect();
        sorted_by_key(all, |question: &Question| question.theme)
    }

    /// What the user changed of a question; `None` if nothing.
    #[must_use]
    pub fn question_change(&self, id: &QuestionId) -> Option<&QuestionChange> {
        match self.records.get(&Key::Question(id.clone()))? {
            Record::Question(_, change) => Some(change),
            _ => None,
        }
    }

    /// The questions picked for a talk that still exist, in their rank.
    #[must_use]
    pub fn picked(&self, interview: &Interview) -> Vec<Question> {
        interview.picks.iter().filter_map(|id| self.question(id)).collect()
    }

    /// How a talk is divided among its parts and questions.
    #[must_use]
    pub fn agenda(&self, interview: &Interview) -> Agenda {
        let picked: Vec<_> = self
            .picked(interview)
            .into_iter()
            .map(|q| Picked { question: q.id, theme: q.theme, minutes: q.minutes })
            .collect();
        Agenda::new(interview.minutes, &picked)
    }

    /// Whether there is nothing of the user's here at all.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.records.is_empty()
            && self.plan == Plan::default()
            && self.settings == Settings::default()
    }

    /// Whether any of it belongs to the sample.
    #[must_use]
    pub fn has_sample(&self) -> bool {
        self.plan.sample || self.records.values().any(Record::is_sample)
    }

    /// Every record that is stored. A plan or settings nobody touched are none.
    pub fn records(&self) -> impl Iterator<Item = Record> {
        let plan = (self.plan != Plan::default()).then(|| Record::Plan(self.plan.clone()));
        let settings =
            (self.settings != Settings::default()).then(|| Record::Settings(self.settings.clone()));
        plan.into_iter().chain(settings).chain(self.records.values().cloned())
    }

    /// One record as it stands; `None` where there is none, or nothing worth storing.
    #[must_use]
    pub fn record(&self, key: &Key) -> Option<Record> {
        match key {
            Key::Plan => (self.plan != Plan::default()).then(|| Record::Plan(self.plan.clone())),
            Key::Settings => (self.settings != Settings::default())
                .then(|| Record::Settings(self.settings.clone())),
            key => self.records.get(key).cloned(),
        }
    }

    // ---- Loading and saving -------------------------------------------

    /// Puts a record in its place without marking it: it comes from storage.
    pub fn load(&mut self, record: Record) {
        match record {
            Record::Plan(plan) => self.plan = plan,
            Record::Settings(settings) => self.settings = settings,
            record => {
                self.records.insert(record.key(), record);
            }
        }
    }

    /// Takes a record away without marking it.
    pub fn unload(&mut self, key: &Key) {
        match key {
            Key::Plan => self.plan = Plan::default(),
            Key::Settings => self.settings = Settings::default(),
            key => {
                self.records.remove(key);
            }
        }
    }

    /// The records that changed since the last call.
    #[must_use]
    pub fn take_touched(&mut self) -> BTreeSet<Key> {
        std::mem::take(&mut self.touched)
    }

    /// Marks records as changed again, after saving them failed.
    pub fn touch(&mut self, keys: impl IntoIterator<Item = Key>) {
        self.touched.extend(keys);
    }

    /// The records that wait to be saved.
    #[must_use]
    pub fn touched(&self) -> &BTreeSet<Key> {
        &self.touched
    }

    /// Whether anything waits to be saved.
    #[must_use]
    pub fn has_touched(&self) -> bool {
        !self.touched.is_empty()
    }

    /// Puts one record in place and marks it, if it differs.
    fn put(&mut self, record: Record) {
        let key = record.key();
        if self.record(&key).as_ref() != Some(&record) {
            self.load(record);
            self.touched.insert(key);
        }
    }

    /// Takes records away, marks them, and returns them as they were.
    fn remove(&mut self, keys: Vec<Key>) -> Before {
        let before = keys.into_iter().filter_map(|key| {
            let record = self.record(&key)?;
            self.unload(&key);
            self.touched.insert(key.clone());
            Some((key, Some(record)))
        });
        Before(before.collect())
    }

    /// One record as it stands, to undo an edit of it.
    #[must_use]
    pub fn before(&self, key: &Key) -> Before {
        Before(vec![(key.clone(), self.record(key))])
    }

    /// Undoes an edit: puts every record back as it was.
    pub fn put_back(&mut self, before: Before) {
        for (key, record) in before.0 {
            match record {
                Some(record) => self.load(record),
                None => self.unload(&key),
            }
            self.touched.insert(key);
        }
    }

    // ---- Plan and settings ---------------------------------------------

    /// Edits the plan. What the user writes is no sample any more.
    pub fn edit_plan(&mut self, edit: impl FnOnce(&mut Plan)) {
        let mut plan = self.plan.clone();
        edit(&mut plan);
        if plan != self.plan {
            plan.sample = false;
            self.plan = plan;
            self.touched.insert(Key::Plan);
        }
    }

    /// Edits the settings.
    pub fn edit_settings(&mut self, edit: impl FnOnce(&mut Settings)) {
        let mut settings = self.settings.clone();
        edit(&mut settings);
        if settings != self.settings {
            self.settings = settings;
            self.touched.insert(Key::Settings);
        }
    }

    /// Chooses a policy's value by its position (C1 to C14).
    pub fn choose(&mut self, policy: Policy, position: usize) {
        self.edit_settings(|settings| settings.policies.choose(policy, position));
    }

    // ---- Contacts --------------------------------------------------------

    /// Adds a contact.
    pub fn add_contact(&mut self, contact: Contact) -> ContactId {
        let id = contact.id;
        self.put(Record::Contact(contact));
        id
    }

    /// Edits a contact; one that is gone stays gone.
    pub fn edit_contact(&mut self, id: ContactId, edit: impl FnOnce(&mut Contact)) {
        if let Some(mut contact) = self.contact(id).cloned() {
            edit(&mut contact);
            contact.id = id;
            self.put(Record::Contact(contact));
        }
    }

    /// Adds a dated line to the history with a person (P105), in the order of days.
    pub fn log(&mut self, id: ContactId, on: NaiveDate, what: Contacted, note: &str) {
        self.edit_contact(id, |contact| {
            let place = contact.touches.partition_point(|touch| touch.on <= on);
            contact.touches.insert(place, Touch { on, what, note: note.to_owned() });
        });
    }

    /// Everything that goes when a contact goes: the talks with them, the notes, the tasks.
    #[must_use]
    pub fn belongings(&self, id: ContactId) -> Vec<Key> {
        let mut keys: Vec<_> = self.contact(id).map(|_| Key::Contact(id)).into_iter().collect();
        for interview in self.interviews_with(id) {
            keys.extend(self.parts_of(interview.id));
        }
        keys.extend(
            self.tasks().filter(|task| task.contact == Some(id)).map(|task| Key::Task(task.id)),
        );
        keys
    }

    /// Deletes a contact with all that belongs to it.
    pub fn delete_contact(&mut self, id: ContactId) -> Before {
        self.remove(self.belongings(id))
    }

    // ---- Questions -------------------------------------------------------

    /// Adds a question of the user's own.
    pub fn add_question(&mut self, id: QuestionId, change: QuestionChange) {
        self.put(Record::Question(id, change));
    }

    /// Edits what is changed of a question; a built-in one that is back to its
    /// original leaves no record.
    pub fn edit_question(&mut self, id: &QuestionId, edit: impl FnOnce(&mut QuestionChange)) {
        let mut change = self.question_change(id).cloned().unwrap_or_default();
        edit(&mut change);
        if let Some(original) = self.built_in(id) {
            let same = |text: &Option<String>, original: &str| text.as_deref() == Some(original);
            if same(&change.text, &original.text) {
                change.text = None;
            }
            if same(&change.probe, &original.probe) {
                change.probe = None;
            }
            change.theme = change.theme.filter(|theme| *theme != original.theme);
            change.aim = change.aim.filter(|aim| *aim != original.aim);
            change.minutes = change.minutes.filter(|minutes| *minutes != original.minutes);
            change.weight = change.weight.filter(|weight| *weight != original.weight);
            if change.is_empty() {
                let _ = self.remove(vec![Key::Question(id.clone())]);
                return;
            }
        } else if self.question_change(id).is_none() {
            return;
        }
        self.put(Record::Question(id.clone(), change));
    }

    /// Deletes a question of the user's own, or restores a built-in one to its original.
    pub fn delete_question(&mut self, id: &QuestionId) -> Before {
        self.remove(vec![Key::Question(id.clone())])
    }

    // ---- Talks -------------------------------------------------------------

    /// Begins to prepare a talk, of the length the policy says (C4).
    pub fn plan_interview(&mut self, contact: ContactId, now: DateTime<Utc>) -> InterviewId {
        let id = InterviewId::new(now);
        let minutes = self.settings.policies.minutes.count();
        self.put(Record::Interview(Interview::with(id, contact, minutes, now)));
        id
    }

    /// Begins a talk at once (P94), with somebody of whom nothing may be known but a name: fifteen
    /// minutes and the questions that suit anyone.
    pub fn talk_now(&mut self, name: &str, now: DateTime<Utc>) -> InterviewId {
        let contact = Contact::named(ContactId::new(now), name, now);
        let picks = prepare::suggest(&self.questions(), &contact, MINUTES_NOW)
            .into_iter()
            .map(|question| question.id.clone())
            .collect();
        let contact = self.add_contact(contact);
        let id = self.plan_interview(contact, now);
        self.edit_interview(id, |talk| (talk.minutes, talk.picks) = (MINUTES_NOW, picks));
        self.start(id, now);
        id
    }

    /// Edits a talk; one that is gone stays gone.
    pub fn edit_interview(&mut self, id: InterviewId, edit: impl FnOnce(&mut Interview)) {
        if let Some(mut interview) = self.interview(id).cloned() {
            edit(&mut interview);
            interview.id = id;
            self.put(Record::Interview(interview));
        }
    }

    /// Picks a question for a talk, last in rank, or drops it.
    pub fn toggle_pick(&mut self, id: InterviewId, question: &QuestionId) {
        self.edit_interview(id, |interview| {
            let before = interview.picks.len();
            interview.picks.retain(|picked| picked != question);
            if interview.picks.len() == before {
                interview.picks.push(question.clone());
            }
        });
    }

    /// Moves a picked question by `steps` in rank; it stops at either end.
    pub fn rank_pick(&mut self, id: InterviewId, question: &QuestionId, steps: isize) {
        self.edit_interview(id, |interview| {
            if let Some(from) = interview.picks.iter().position(|picked| picked == question) {
                let last = interview.picks.len() - 1;
                let to = from.saturating_add_signed(steps).min(last);
                let picked = interview.picks.remove(from);
                interview.picks.insert(to, picked);
            }
        });
    }

    /// Starts the clock of a talk, with the opening words in hand.
    pub fn start(&mut self, id: InterviewId, now: DateTime<Utc>) {
        self.edit_interview(id, |interview| {
            if interview.clock.is_none() {
                interview.clock = Some(Clock::start(now));
                interview.in_hand = Item::OpeningWords;
            }
        });
    }

    /// Takes something in hand: asked out of order is fine.
    pub fn hold(&mut self, id: InterviewId, item: Item) {
        self.edit_interview(id, |interview| interview.in_hand = item);
    }

    /// Takes in hand what comes `steps` further on the agenda.
    pub fn step(&mut self, id: InterviewId, steps: isize) {
        if let Some(interview) = self.interview(id) {
            let item = self.agenda(interview).beside(&interview.in_hand, steps);
            self.hold(id, item);
        }
    }

    /// Changes the clock of a talk that has begun.
    fn turn_clock(&mut self, id: InterviewId, turn: impl FnOnce(&mut Clock)) {
        self.edit_interview(id, |interview| {
            if let Some(clock) = &mut interview.clock {
                turn(clock);
            }
        });
    }

    /// Stops the count for a while.
    pub fn pause(&mut self, id: InterviewId, now: DateTime<Utc>) {
        self.turn_clock(id, |clock| clock.pause(now));
    }

    /// Goes on counting.
    pub fn resume(&mut self, id: InterviewId, now: DateTime<Utc>) {
        self.turn_clock(id, |clock| clock.resume(now));
    }

    /// Ends a talk.
    pub fn end(&mut self, id: InterviewId, now: DateTime<Utc>) {
        self.turn_clock(id, |clock| clock.end(now));
    }

    /// Ends a talk and logs it with the person (P105), once a day at most:
    /// a talk that is reopened and ended again is still one talk.
    pub fn talked(&mut self, id: InterviewId, now: DateTime<Utc>, today: NaiveDate) {
        let Some(contact) = self.interview(id).map(|interview| interview.contact) else { return };
        self.end(id, now);
        let logged = self.contact(contact).is_some_and(|contact| {
            contact.touches.iter().any(|t| t.on == today && t.what == Contacted::Talked)
        });
        if !logged {
            self.log(contact, today, Contacted::Talked, "");
        }
    }

    /// Goes back into a talk that was ended by mistake.
    pub fn reopen(&mut self, id: InterviewId, now: DateTime<Utc>) {
        self.turn_clock(id, |clock| clock.reopen(now));
    }

    /// Writes the note on one question. An emptied note keeps its record while
    /// it has a mark, and leaves none otherwise.
    pub fn note(&mut self, id: InterviewId, question: &QuestionId, text: &str, now: DateTime<Utc>) {
        self.edit_answer(id, question, |answer| {
            answer.begun = answer.begun.or(Some(now));
            text.clone_into(&mut answer.text);
        });
    }

    /// Marks a note as one worth remembering, or takes the mark away (P68).
    pub fn toggle_useful(&mut self, id: InterviewId, question: &QuestionId) {
        self.edit_answer(id, question, |answer| answer.useful = !answer.useful);
    }

    fn edit_answer(
        &mut self,
        id: InterviewId,
        question: &QuestionId,
        edit: impl FnOnce(&mut Answer),
    ) {
        if self.interview(id).is_none() {
            return;
        }
        let mut answer = self.answer(id, question).cloned().unwrap_or_default();
        edit(&mut answer);
        if answer.text.is_empty() && !answer.useful {
            let _ = self.remove(vec![Key::Answer(id, question.clone())]);
        } else {
            self.put(Record::Answer(id, question.clone(), answer));
        }
    }

    /// A talk with its notes and tasks.
    fn parts_of(&self, id: InterviewId) -> Vec<Key> {
        let notes = self.answers(id).map(|(question, _)| Key::Answer(id, question.clone()));
        let tasks =
            self.tasks().filter(|task| task.interview == Some(id)).map(|task| Key::Task(task.id));
        std::iter::once(Key::Interview(id)).chain(notes).chain(tasks).collect()
    }

    /// Deletes a talk with its notes and tasks.
    pub fn delete_interview(&mut self, id: InterviewId) -> Before {
        self.remove(self.parts_of(id))
    }

    // ---- Debrief -----------------------------------------------------------

    /// Writes down a name that was suggested (P78).
    pub fn suggest_name(&mut self, id: InterviewId, name: &str, about: &str, now: DateTime<Utc>) {
        let suggestion = Suggestion {
            id: SuggestionId::new(now),
            name: name.to_owned(),
            about: about.to_owned(),
            contact: None,
        };
        self.edit_interview(id, |interview| interview.debrief.suggestions.push(suggestion));
    }

    /// Turns a suggested name into a contact: warm, since someone introduced
    /// us (P60). Returns the contact; doing it twice makes no second one.
    pub fn adopt(
        &mut self,
        id: InterviewId,
        suggestion: SuggestionId,
        now: DateTime<Utc>,
    ) -> Option<ContactId> {
        let interview = self.interview(id)?;
        let suggestion = interview.debrief.suggestions.iter().find(|s| s.id == suggestion)?.clone();
        if let Some(contact) = suggestion.contact.filter(|c| self.contact(*c).is_some()) {
            return Some(contact);
        }
        let referrer = interview.contact;
        let mut contact = Contact::named(ContactId::new(now), &suggestion.name, now);
        contact.warmth = crate::domain::contact::Warmth::Warm;
        contact.introduced_by = Some(referrer);
        contact.notes.clone_from(&suggestion.about);
        contact.sample = interview.sample;
        let contact = self.add_contact(contact);
        self.edit_interview(id, |interview| {
            let named = |s: &&mut Suggestion| s.id == suggestion.id;
            if let Some(suggestion) = interview.debrief.suggestions.iter_mut().find(named) {
                suggestion.contact = Some(contact);
            }
        });
        Some(contact)
    }

    /// Says that the thank-you was sent, and logs it with the person (P105).
    pub fn thanked(&mut self, id: InterviewId, now: DateTime<Utc>, today: NaiveDate) {
        let Some(contact) = self.interview(id).map(|interview| interview.contact) else { return };
        self.edit_interview(id, |interview| interview.debrief.thanked = Some(now));
        self.log(contact, today, Contacted::Thanked, "");
    }

    /// Says that the second note was sent, and logs it with the person (P37, P105).
    pub fn wrote_again(&mut self, id: InterviewId, now: DateTime<Utc>, today: NaiveDate) {
        let Some(contact) = self.interview(id).map(|interview| interview.contact) else { return };
        self.edit_interview(id, |interview| interview.debrief.second_note = Some(now));
        self.log(contact, today, Contacted::SecondNote, "");
    }

    /// Edits a talk together with its contact, and returns both as they were.
    pub fn undoable_talk(&mut self, id: InterviewId, edit: impl FnOnce(&mut Self)) -> Before {
        let mut before = self.before(&Key::Interview(id));
        if let Some(contact) = self.interview(id).map(|interview| interview.contact) {
            before.0.extend(self.before(&Key::Contact(contact)).0);
        }
        edit(self);
        before
    }

    // ---- Tasks ---------------------------------------------------------------

    /// Adds a task.
    pub fn put_task(&mut self, task: Task) {
        self.put(Record::Task(task));
    }

    /// Edits a task; one that is gone stays gone.
    pub fn edit_task(&mut self, id: TaskId, edit: impl FnOnce(&mut Task)) {
        if let Some(mut task) = self.task(id).cloned() {
            edit(&mut task);
            task.id = id;
            self.put(Record::Task(task));
        }
    }

    /// Deletes a task.
    pub fn delete_task(&mut self, id: TaskId) -> Before {
        self.remove(vec![Key::Task(id)])
    }

    // ---- Sample and everything -------------------------------------------------

    /// Adds the records of the sample; a plan that the user has written stays.
    /// Records that are there already stay as they are.
    pub fn add_sample(&mut self, records: impl IntoIterator<Item = Record>) {
        for record in records {
            if self.record(&record.key()).is_none() {
                self.put(record);
            }
        }
    }

    /// Takes the sample away. A sample contact or talk that something of the
    /// user's own hangs on stays, and is theirs from then on.
    pub fn remove_sample(&mut self) -> Before {
        let mut keep = BTreeSet::new();
        for record in self.records().filter(|record| !record.is_sample()) {
            match record {
                Record::Answer(interview, ..) => {
                    keep.insert(Key::Interview(interview));
                }
                Record::Interview(interview) => {
                    keep.insert(Key::Contact(interview.contact));
                }
                Record::Task(task) => {
                    keep.extend(task.contact.map(Key::Contact));
                    keep.extend(task.interview.map(Key::Interview));
                }
                Record::Contact(contact) => keep.extend(contact.introduced_by.map(Key::Contact)),
                Record::Plan(_) | Record::Settings(_) | Record::Question(..) => {}
            }
        }
        let kept_talks = keep.iter().filter_map(|key| match key {
            Key::Interview(id) => self.interview(*id),
            _ => None,
        });
        let people: Vec<_> = kept_talks.map(|talk| Key::Contact(talk.contact)).collect();
        keep.extend(people);
        let gone = self
            .records()
            .filter(Record::is_sample)
            .map(|record| record.key())
            .filter(|key| !keep.contains(key))
            .collect();
        let mut before = self.remove(gone);
        for key in keep {
            let Some(record) = self.record(&key).filter(Record::is_sample) else { continue };
            before.0.push((key.clone(), Some(record)));
            match key {
                Key::Contact(id) => self.edit_contact(id, |contact| contact.sample = false),
                Key::Interview(id) => self.edit_interview(id, |talk| talk.sample = false),
                _ => {}
            }
        }
        before
    }

    /// Deletes everything of the user's.
    pub fn delete_everything(&mut self) -> Before {
        self.remove(self.records().map(|record| record.key()).collect())
    }
}

#[cfg(test)]
mod tests;
