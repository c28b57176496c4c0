//! Storage that fails at any one call, from any call on, or is full from any
//! call on, while a session does everything it can do.

use super::*;
use crate::persist::backup;
use crate::persist::import::{Preview, Way};
use crate::session::{Role, SaveState, Session};
use leptos::prelude::{GetUntracked, Owner};

fn no_bank() -> Vec<crate::domain::question::Question> {
    Vec::new()
}

const TALK: InterviewId = InterviewId::fixed(1);

fn session(disk: &Rc<Disk>) -> Option<(Owner, Session)> {
    let owner = Owner::new();
    let session = owner.with(|| {
        let port = Box::new(Rc::clone(disk));
        let (store, workspace) = Store::open(port, Vec::new(), now()).ok()?;
        Some(Session::new(store, workspace, true, no_bank))
    })?;
    Some((owner, session))
}

fn shown(workspace: &Workspace) -> Vec<Record> {
    workspace.records().collect()
}

/// What is there once storage is well again and opened anew.
fn opened(disk: &Rc<Disk>) -> Vec<Record> {
    shown(&open(&Disk::with(disk.all()), None).1)
}

/// What a session does, one thing after the other.
const SCRIPT: [&str; 12] = [
    "add", "note", "flush", "edit", "export", "merge", "undo", "note", "wipe", "undo", "replace",
    "export",
];

/// A storage to begin with, and another laptop's backup.
struct Begin {
    texts: Texts,
    file: String,
}

fn begin() -> Begin {
    let disk = Disk::of_device(1);
    let (mut store, mut w) = open(&disk, None);
    edit(&mut store, &mut w, now(), |w| w.add_sample(a_few_records()));
    let mut texts = disk.all();
    texts.insert("ask-around:task:broken".to_owned(), "half a rec".to_owned());
    let other = Disk::with(disk.all());
    other.texts.borrow_mut().remove(DEVICE);
    let (mut store, mut w) = open(&other, None);
    edit(&mut store, &mut w, now(), |w| {
        w.note(TALK, &QuestionId::free_notes(), "Written elsewhere", now());
        w.add_contact(Contact::named(ContactId::fixed(9), "Edsger", now()));
    });
    Begin { texts, file: export(&store, &w, now()) }
}

/// One thing of the script; says whether it claims to be done.
fn act(session: Session, what: &str, turn: usize, file: &str) -> bool {
    let at = now() + chrono::TimeDelta::seconds(i64::try_from(turn).unwrap());
    match what {
        "add" => {
            let contact = Contact::named(ContactId::fixed(5), "Barbara", at);
            session.edit(|w| w.add_contact(contact)).is_some()
        }
        "edit" => {
            let edit = |c: &mut Contact| c.role = "Archivist".to_owned();
            session.edit(|w| w.edit_contact(ContactId::fixed(1), edit)).is_some()
        }
        "note" => {
            let text = format!("typed at {turn}");
            let done = session.edit(|w| {
                w.note(TALK, &"day-2".parse().unwrap(), &text, at);
                w.note(TALK, &QuestionId::free_notes(), &text, at);
            });
            session.flush(at);
            done.is_some()
        }
        "flush" => {
            session.flush(at);
            true
        }
        "merge" | "replace" => {
            let way = if what == "merge" { Way::Merge } else { Way::Replace };
            let backup = backup::read(file).unwrap();
            let mut preview = Preview::default();
            while session.preview(&mut preview, &backup, way, 3, at) {}
            session.import(&preview, "Brought in", at).is_ok()
        }
        "undo" => session.undo(at).is_ok(),
        "wipe" => session.wipe("All is gone", at).is_ok(),
        _ => session.export(at).is_ok(),
    }
}

/// Plays the script on a failing storage; says what was wrong.
fn play(begin: &Begin, fault: Fault) -> Result<(), String> {
    let disk = Disk::with(begin.texts.clone());
    disk.order(fault);
    let Some((_owner, session)) = session(&disk) else {
        disk.order(Fault::Never);
        let there = opened(&disk) == opened(&Disk::with(begin.texts.clone()));
        return there.then_some(()).ok_or_else(|| "a failed start changed something".to_owned());
    };
    let mut wiped = false;
    // Storage could be changed, but not be read after: what is shown is older.
    let mut unread = false;
    // What undoing leads to.
    let mut earlier = Vec::new();
    for (turn, what) in SCRIPT.iter().enumerate() {
        let say = |wrong: &str| Err(format!("{what} ({turn}): {wrong}"));
        let before = (disk.all(), session.peek(shown), session.peek(Workspace::has_touched));
        let offered = session.undo_message().get_untracked().is_some();
        let done = act(session, what, turn, &begin.file);
        wiped |= *what == "wipe";
        let (waits, state) = (session.peek(Workspace::has_touched), session.save_state());
        let (state, role) = (state.get_untracked(), session.role().get_untracked());
        let (mine, there) = (session.peek(shown), opened(&disk));
        let twin = Disk::with(before.0.clone());
        let was = opened(&twin);
        if state == SaveState::Saved && waits {
            return say("something waits, and it says that all is saved");
        }
        // What waits is somewhere: here, or put aside.
        let many = ["merge", "replace", "wipe", "undo"].contains(what);
        unread = (unread && there != mine) || (many && !done && there != was);
        if !waits && !many && !unread && there != mine {
            return say("nothing waits, and something else is stored");
        }
        if *what == "undo" && !offered {
            if there != was {
                return say("there was nothing to undo");
            }
            continue;
        }
        if many && done && !waits && there != mine {
            return say("it is done, and something else is stored");
        }
        if many && !done && there != mine {
            // If it was not done, all is as it was, or else as it should be.
            let (_owner, other) = self::session(&Disk::with(disk.all())).unwrap();
            let whole = match *what {
                "wipe" => Vec::new(),
                "undo" => earlier.clone(),
                way => {
                    let (_owner, twin) = self::session(&twin).unwrap();
                    if before.2 {
                        twin.edit(|w| w.add_sample(before.1.iter().cloned()));
                    }
                    act(twin, way, turn, &begin.file);
                    twin.peek(shown)
                }
            };
            if there != was && there != whole && other.peek(shown) != before.1 {
                return say("it was not done, and storage holds a mix");
            }
        }
        if many && session.undo_message().get_untracked().is_some() {
            earlier = was;
        }
        // Whatever happens, all that is shown can be taken away.
        if role == Role::Writer {
            let file = session.export(now()).map_err(|error| error.to_string())?;
            let file = backup::read(&file).map_err(|error| format!("{what}: export: {error}"))?;
            let exported: Vec<Record> =
                file.entries.into_values().filter_map(|entry| entry.content).collect();
            if exported.len() != mine.len() || !mine.iter().all(|one| exported.contains(one)) {
                return say("an export has not all that is shown");
            }
        }
    }
    // Storage is well again.
    let mine = session.peek(shown);
    let waited = session.peek(Workspace::has_touched);
    disk.order(Fault::Never);
    session.flush(now());
    if session.save_state().get_untracked() != SaveState::Saved {
        return Err("storage is well, and still it is not saved".to_owned());
    }
    let all: Vec<String> = disk.all().into_values().collect();
    let all = all.join("\n");
    for record in mine.iter().filter(|_| waited) {
        if let Record::Answer(_, _, answer) = record
            && !all.contains(serde_json::to_string(&answer.text).unwrap().trim_matches('"'))
        {
            return Err(format!("{} is in no storage", answer.text));
        }
    }
    if !wiped && !all.contains("half a rec") {
        return Err("a kept text is gone".to_owned());
    }
    Ok(())
}

#[test]
fn storage_may_fail_at_any_call() {
    let begin = begin();
    let disk = Disk::with(begin.texts.clone());
    disk.order(Fault::Never);
    let (_owner, session) = session(&disk).unwrap();
    for (turn, what) in SCRIPT.iter().enumerate() {
        assert!(act(session, what, turn, &begin.file), "{what}");
    }
    let calls = disk.calls.get();
    let (mut played, mut wrong) = (0, Vec::new());
    // Thirteen is prime to the calls of any one act: a few of each are tried.
    let every = usize::try_from(cases(1, 13)).unwrap();
    for at in (0..calls).step_by(every) {
        for fault in [Fault::Once(at), Fault::From(at), Fault::FullFrom(at)] {
            played += 1;
            let result = std::panic::catch_unwind(|| play(&begin, fault));
            match result {
                Ok(Ok(())) => {}
                Ok(Err(what)) => wrong.push(format!("{fault:?}: {what}")),
                Err(_) => wrong.push(format!("{fault:?}: it panicked")),
            }
        }
    }
    assert!(wrong.is_empty(), "{} of {played} wrong:\n{}", wrong.len(), wrong.join("\n"));
    println!(
        "failing storage: {calls} calls, {played} sessions (one fails, all fail, full); \
         nothing was lost or said wrongly"
    );
}

#[test]
fn what_the_shadow_alone_has_outlives_a_start_that_fails() {
    let disk = Disk::of_device(1);
    let (mut store, mut w) = open(&disk, None);
    edit(&mut store, &mut w, now(), |w| w.add_sample(a_few_records()));
    let home = disk.all();
    edit(&mut store, &mut w, now(), |w| {
        w.note(TALK, &QuestionId::free_notes(), "Only the shadow has it", now());
        w.add_contact(Contact::named(ContactId::fixed(9), "So it has Edsger", now()));
    });
    let mut later = disk.all();
    later.remove(DEVICE);
    let mut merged = later.clone();
    merged.insert("ask-around:generation".to_owned(), "1".to_owned());
    let mut tried = 0;
    for shadow in [later, merged] {
        for (at, fault) in (0..120).flat_map(|at| {
            [Fault::Once(at), Fault::From(at), Fault::FullFrom(at)].map(|fault| (at, fault))
        }) {
            let (disk, mut shadow) = (Disk::with(home.clone()), shadow.clone());
            disk.order(fault);
            let texts = shadow::Texts::new(shadow.clone().into_iter().collect());
            let port = Box::new(Rc::clone(&disk));
            let mut seen = false;
            if let Ok((mut store, mut w)) =
                Store::open_beside(port, Some(&texts), Vec::new(), now())
            {
                let mut taken = |store: &mut Store| {
                    if let Some(outbox) = store.take_outbox() {
                        take_over(&mut shadow, outbox);
                    }
                };
                taken(&mut store);
                seen = shown(&w).iter().any(|one| format!("{one:?}").contains("Only the shadow"));
                for _ in 0..2 {
                    w.note(TALK, &QuestionId::free_notes(), "Typed since", now());
                    // What can't be saved yet may be put aside.
                    if store.save(&w, &w.touched().clone(), now()).is_err() {
                        let _ = store.set_aside(&w, &w.touched().clone(), now());
                    }
                    taken(&mut store);
                }
            }
            disk.order(Fault::Never);
            let _ = open(&disk, Some(&shadow));
            let all: Vec<String> = disk.all().into_values().collect();
            for words in ["Only the shadow has it", "So it has Edsger"] {
                // Who saw it may have written over it.
                let replaced = seen && words.starts_with("Only");
                let there = all.iter().any(|text| text.contains(words));
                assert!(there || replaced, "{fault:?} ({at}): {words}");
            }
            tried += 1;
        }
    }
    println!("failing starts: {tried}; what the shadow alone had was not lost");
}
