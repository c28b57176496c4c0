//! Backups that were damaged on the way, cut, put together wrongly, or saved
//! again by another program.

use super::mutated_stores::{cut_at, flipped};
use super::*;
use crate::persist::backup;
use crate::persist::import::{Way, preview};

fn later() -> DateTime<Utc> {
    now() + chrono::TimeDelta::hours(1)
}

/// One laptop's storage and backup, and another's that began with the same.
struct Laptops {
    home: Texts,
    own: String,
    other: String,
}

fn laptops(seed: u64) -> Laptops {
    let disk = Disk::of_device(1);
    let (mut store, mut w) = open(&disk, None);
    edit(&mut store, &mut w, now(), |w| {
        w.add_sample(a_few_records());
        w.add_sample(any_records(seed, 2));
    });
    let mut texts = disk.all();
    texts.insert("ask-around:contact:broken".to_owned(), "half a rec".to_owned());
    let mut there = texts.clone();
    there.insert(DEVICE.to_owned(), crate::domain::id::DeviceId::fixed(2).to_string());
    there.insert("ask-around:task:broken".to_owned(), "{\"key\":\"half".to_owned());
    let (mut elsewhere, mut v) = open(&Disk::with(there), None);
    edit(&mut elsewhere, &mut v, later(), |w| {
        w.note(InterviewId::fixed(1), &QuestionId::free_notes(), "Written elsewhere", later());
        w.add_sample(any_records(seed + 1_000_000, 2));
        let _ = w.delete_task(TaskId::fixed(1));
    });
    let disk = Disk::with(texts);
    let (mut store, mut w) = open(&disk, None);
    edit(&mut store, &mut w, now(), |w| {
        w.edit_contact(ContactId::fixed(1), |contact| contact.notes = "Written here".to_owned());
    });
    Laptops {
        own: export(&store, &w, later()),
        other: export(&elsewhere, &v, later()),
        home: disk.all(),
    }
}

/// What other programs make of a file.
fn recoded(text: &str, chance: &mut Chance) -> String {
    let bytes: Vec<u8> = match chance.below(4) {
        0 => text.encode_utf16().flat_map(u16::to_le_bytes).collect(),
        1 => {
            [0xfe, 0xff].into_iter().chain(text.encode_utf16().flat_map(u16::to_be_bytes)).collect()
        }
        2 => text.chars().map(|c| u8::try_from(c).unwrap_or(b'?')).collect(),
        // UTF-8 taken for Latin-1 and saved as UTF-8.
        _ => text.bytes().map(char::from).collect::<String>().into_bytes(),
    };
    String::from_utf8_lossy(&bytes).into_owned()
}

fn mutated(text: &str, another: &str, chance: &mut Chance) -> String {
    let mut lines: Vec<_> = text.split_inclusive('\n').collect();
    let (one, two) = (chance.below(lines.len()), chance.below(lines.len()));
    match chance.below(12) {
        0 | 1 => flipped(text, chance),
        2 => cut_at(text, chance),
        3 => {
            lines.insert(one, lines[two]);
            lines.concat()
        }
        4 => {
            lines.remove(one);
            lines.concat()
        }
        5 => {
            lines.swap(one, two);
            lines.concat()
        }
        6 => {
            let theirs: Vec<_> = another.split_inclusive('\n').collect();
            lines[one] = *chance.pick(&theirs);
            lines.concat()
        }
        7 => {
            let mut bytes = text.as_bytes().to_vec();
            for _ in 0..=chance.below(4) {
                let any = u8::try_from(chance.below(256)).unwrap();
                let byte = *chance.pick(&[b' ', b'\n', 0, b'"', b'{', b',', any]);
                bytes.insert(chance.below(bytes.len()), byte);
            }
            String::from_utf8_lossy(&bytes).into_owned()
        }
        8 => recoded(text, chance),
        9 => text.replace('\n', "\r\n"),
        10 => format!("\u{feff}{text}{}", if chance.one_in(2) { "" } else { another }),
        // Laid out anew by an editor.
        _ => match serde_json::from_str::<serde_json::Value>(text) {
            Ok(value) => serde_json::to_string_pretty(&value).unwrap(),
            Err(_) => text.to_owned(),
        },
    }
}

/// What a record's text says, whatever white space its envelope has.
fn says(text: &str) -> String {
    let (key, meta, content) = record::decode(text).unwrap();
    format!("{key} {} {:?} {content:?}", meta.rev, meta.stamp)
}

fn records_of(texts: &Texts) -> Texts {
    texts.clone().into_iter().filter(|(place, _)| !is_own_business(place)).collect()
}

#[derive(Default)]
struct Tried {
    refused: usize,
    undone: usize,
    salvaged: usize,
}

fn brought_in(seed: u64, laptops: &Laptops, tried: &mut Tried) {
    let mut chance = Chance::new(seed);
    let pair = [&laptops.own, &laptops.other];
    let from = chance.below(2);
    let file = mutated(pair[from], pair[1 - from], &mut chance);
    let file = match chance.one_in(3) {
        true => mutated(&file, pair[1 - from], &mut chance),
        false => file,
    };
    // What can be saved was there.
    if let Some(found) = backup::salvage(&file, now()) {
        tried.salvaged += 1;
        let there = pair.iter().flat_map(|file| backup::read(file).unwrap().entries);
        let there: BTreeSet<_> = there.map(|(_, entry)| says(&entry.text)).collect();
        for entry in found.backup.entries.values() {
            assert!(there.contains(&says(&entry.text)), "seed {seed}: made up:\n{}", entry.text);
        }
    }
    let disk = Disk::with(laptops.home.clone());
    let (mut store, w) = open(&disk, None);
    disk.order(Fault::Never);
    let before = disk.all();
    let Ok(read) = backup::read(&file) else {
        tried.refused += 1;
        assert!(disk.log.borrow().is_empty() && disk.all() == before, "seed {seed}");
        return;
    };
    for way in [Way::Merge, Way::Replace] {
        // Looked at, and not confirmed.
        let looked = preview(&read, &w, &store, way, later());
        assert!(disk.log.borrow().is_empty(), "seed {seed}: looking at it wrote something");
        assert_eq!(looked.must_fit(&store), Ok(()), "seed {seed}");
        // Done, and undone.
        let undo = store.change_texts(looked.changes()).unwrap();
        let _ = store.reload(Vec::new()).unwrap();
        let _ = store.put_back(&undo).unwrap();
        let again = store.reload(Vec::new()).unwrap();
        assert!(again == w, "seed {seed} {way:?}: undone, but not the same");
        assert_eq!(records_of(&disk.all()), records_of(&before), "seed {seed} {way:?}");
        disk.order(Fault::Never);
        tried.undone += 1;
    }
}

#[test]
fn a_damaged_backup_is_refused_or_can_be_undone() {
    let begun = std::time::Instant::now();
    let files = cases(10_000, 500);
    let mut tried = Tried::default();
    let mut pair = laptops(0);
    for seed in 0..files {
        if seed % 100 == 0 {
            pair = laptops(seed / 100);
        }
        brought_in(seed, &pair, &mut tried);
    }
    let Tried { refused, undone, salvaged } = tried;
    assert!(refused > 0 && undone > 0 && salvaged > 0);
    println!(
        "mutated backups: {files} files, {refused} refused with every key identical, {undone} \
         imports undone to the letter, records saved from {salvaged}, none made up ({:?})",
        begun.elapsed()
    );
}

#[test]
fn ones_own_backup_brought_in_twice_changes_nothing() {
    for seed in 0..cases(200, 20) {
        let laptops = laptops(seed);
        let read = backup::read(&laptops.own).unwrap();
        let disk = Disk::with(laptops.home);
        let (mut store, w) = open(&disk, None);
        disk.order(Fault::Never);
        for way in [Way::Merge, Way::Replace, Way::Merge] {
            let preview = preview(&read, &w, &store, way, later());
            assert!(preview.is_idle(), "seed {seed} {way:?}");
            let _ = store.change_texts(preview.changes()).unwrap();
        }
        assert_eq!(disk.log.borrow().len(), 0, "seed {seed}");
        // Another laptop's, once: the second time it has nothing to say.
        let read = backup::read(&laptops.other).unwrap();
        let first = preview(&read, &w, &store, Way::Merge, later());
        assert!(!first.is_idle(), "seed {seed}");
        let _ = store.change_texts(first.changes()).unwrap();
        let w = store.reload(Vec::new()).unwrap();
        disk.order(Fault::Never);
        let second = preview(&read, &w, &store, Way::Merge, later());
        let _ = store.change_texts(second.changes()).unwrap();
        assert_eq!(disk.log.borrow().len(), 0, "seed {seed}: twice");
    }
}
