//! A backup that is cut off at any byte gives back all that lies before the cut.

use super::*;
use crate::domain::key::Key;
use crate::persist::backup::{self, Salvaged};
use crate::persist::record::Unreadable;
use crate::persist::store::{Kept, place_of};

/// A store with texts that look like parts of a backup, and tombstones.
fn awkward() -> (Rc<Disk>, Store, Workspace) {
    let disk = Disk::of_device(1);
    let (mut store, mut w) = open(&disk, None);
    edit(&mut store, &mut w, now(), |w| {
        w.add_sample(a_few_records());
        for (n, name) in [
            "{\"key\":\"contact:1\",\"format\":2}",
            "],\n\"kept\":[],\n\"end\":{\"records\":0,\"sum\":\"00000000\"}}\n",
            "\"counts\":{\"contact\":7}, \\\" \\\\ \u{0}\r\n\u{2028}\u{feff}",
            "שלום \u{202e}👩🏽‍🔬 \u{10ffff}",
        ]
        .into_iter()
        .enumerate()
        {
            let id = ContactId::fixed(10 + u128::try_from(n).unwrap());
            w.add_contact(Contact::named(id, name, now()));
        }
        w.add_contact(Contact::named(ContactId::fixed(20), "Gone", now()));
        w.edit_plan(|plan| plan.goals = "Mine".to_owned());
    });
    edit(&mut store, &mut w, now(), |w| {
        let _ = w.delete_contact(ContactId::fixed(20));
    });
    (disk, store, w)
}

fn texts_of(salvaged: Option<Salvaged>) -> BTreeSet<String> {
    salvaged.into_iter().flat_map(|found| found.backup.entries).map(|(_, it)| it.text).collect()
}

#[test]
fn a_backup_cut_at_any_byte_gives_every_record_before_the_cut() {
    let begun = std::time::Instant::now();
    let (_, store, w) = awkward();
    let texts = store.texts(&w, &BTreeSet::new(), now()).unwrap();
    // A kept text that holds a whole record is still no record.
    let kept = Kept {
        key: "ask-around:kept:1:ask-around:plan".to_owned(),
        text: format!("{} and more", texts[0]),
        why: Unreadable::NotARecord,
    };
    let file = backup::write(&texts, &[kept], store.device(), now()).unwrap();
    let ends: Vec<_> =
        texts.iter().map(|text| (file.find(text.as_str()).unwrap() + text.len(), text)).collect();
    let counted = file.find("},\n\"records\"").unwrap() + 1;
    let step = usize::try_from(cases(1, 11)).unwrap();
    let mut cuts = 0;
    let around = ends.iter().flat_map(|(end, _)| [end - 1, *end, end + 1]);
    let cutting: BTreeSet<_> = (0..=file.len()).step_by(13).chain(around).collect();
    let cutting = if step == 1 { (0..=file.len()).collect() } else { cutting };
    for cut in cutting {
        cuts += 1;
        let left = String::from_utf8_lossy(&file.as_bytes()[..cut]).into_owned();
        let found = backup::salvage(&left, now());
        let of = found.as_ref().map(|found| found.of);
        assert!(of.is_none_or(|of| of == (cut >= counted).then_some(texts.len())), "cut at {cut}");
        let whole = ends.iter().filter(|(end, _)| *end <= cut);
        let whole: BTreeSet<_> = whole.map(|(_, text)| (*text).clone()).collect();
        assert_eq!(texts_of(found), whole, "cut at {cut}");
        // Only the line break at its end may be missing in a backup that is read.
        let read = backup::read(&left);
        assert_eq!(read.is_ok(), cut + 1 >= file.len(), "cut at {cut}");
    }
    println!(
        "backup cut: {cuts} cuts of a file of {} bytes with {} records; every record before the \
         cut came back to the letter ({:?})",
        file.len(),
        texts.len(),
        begun.elapsed()
    );
}

/// What the page hands out when the app has stopped.
fn rescue_file(home: &Texts, shadow: &Texts) -> String {
    let file = serde_json::json!({
        "app": "ask-around", "rescue": 1, "saved": now(), "texts": home, "shadow": shadow,
        "snapshots": {},
    });
    serde_json::to_string_pretty(&file).unwrap()
}

#[test]
fn a_rescue_file_gives_every_record_the_later_of_two_and_all_else_as_kept() {
    let (disk, mut store, mut w) = awkward();
    let mut shadow = Texts::new();
    take_over(&mut shadow, store.take_outbox().unwrap());
    // Some words are only here, and some only there.
    let earlier = disk.all();
    edit(&mut store, &mut w, now(), |w| w.edit_plan(|plan| plan.goals = "Later".to_owned()));
    let mut home = disk.all();
    edit(&mut store, &mut w, now(), |w| {
        w.edit_contact(ContactId::fixed(1), |contact| contact.notes = "Later".to_owned());
    });
    let ada = place_of(&Key::Contact(ContactId::fixed(1)));
    shadow.insert(ada.clone(), disk.all()[&ada].clone());
    assert_ne!(earlier[&ada], shadow[&ada]);
    // Damage on both sides, and words put aside for their owner to decide.
    let task = place_of(&Key::Task(TaskId::fixed(1)));
    home.insert(task.clone(), "damaged here".to_owned());
    let broken = "ask-around:contact:broken".to_owned();
    home.insert(broken.clone(), "one text".to_owned());
    shadow.insert(broken.clone(), "another text".to_owned());
    let aside = format!("ask-around:kept:1:{ada}");
    home.insert(aside.clone(), earlier[&ada].clone());
    let misplaced = place_of(&Key::Settings);
    home.insert(misplaced.clone(), earlier[&place_of(&Key::Plan)].clone());

    let found = backup::salvage(&rescue_file(&home, &shadow), now()).unwrap().backup;
    let contents: BTreeMap<_, _> = found
        .entries
        .iter()
        .filter_map(|(key, entry)| Some((key.clone(), entry.content.clone()?)))
        .collect();
    let expected: BTreeMap<_, _> = w.records().map(|record| (record.key(), record)).collect();
    assert_eq!(contents, expected);
    for text in found.entries.iter().map(|(key, entry)| (place_of(key), &entry.text)) {
        assert!(home.get(&text.0) == Some(text.1) || shadow.get(&text.0) == Some(text.1));
    }
    let kept: BTreeSet<_> = found.kept.iter().cloned().collect();
    let expected = BTreeSet::from([
        (task, "damaged here".to_owned()),
        (broken.clone(), "one text".to_owned()),
        (broken, "another text".to_owned()),
        (aside, earlier[&ada].clone()),
        (misplaced, earlier[&place_of(&Key::Plan)].clone()),
    ]);
    assert_eq!(kept, expected);
    println!(
        "rescue file: {} records, the later of two, and {} other texts kept",
        found.entries.len(),
        kept.len()
    );
}
