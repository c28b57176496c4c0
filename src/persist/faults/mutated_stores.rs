//! Stored texts are damaged in every way that comes to mind, in the home of the
//! records and in its shadow.
//!
//! A generation that is damaged into another number, or gone, can't be told from
//! a storage that lost its last words; that is tried out in `crash`.

use super::*;
use crate::domain::key::Key;
use crate::persist::record::Unreadable;
use crate::persist::store::place_of;

const GENERATION: &str = "ask-around:generation";
const JOURNAL: &str = "ask-around:journal";
const RESERVE: &str = "ask-around:reserve";

/// What was done to a storage, by place; `None` if the text was taken away.
type Damage = BTreeMap<String, Option<String>>;

/// Any records, tombstones and a kept text, and the workspace they make up.
fn furnished(seed: u64) -> (Texts, Texts, Workspace) {
    let disk = Disk::of_device(1);
    disk.texts.borrow_mut().insert(GENERATION.to_owned(), "7".to_owned());
    let (mut store, mut w) = open(&disk, None);
    edit(&mut store, &mut w, now(), |w| {
        w.add_sample(any_records(seed, 5));
        w.add_sample(a_few_records());
        w.add_contact(Contact::named(ContactId::fixed(88), "Gone", now()));
    });
    edit(&mut store, &mut w, now(), |w| {
        let _ = w.delete_contact(ContactId::fixed(88));
        w.edit_plan(|plan| plan.goals.push_str(" and more"));
    });
    disk.texts.borrow_mut().insert("ask-around:task:kept".to_owned(), "half a rec".to_owned());
    let (mut store, w) = open(&disk, None);
    let mut shadow = Texts::new();
    take_over(&mut shadow, store.take_outbox().unwrap());
    (disk.all(), shadow, w)
}

pub(super) fn cut_at(text: &str, chance: &mut Chance) -> String {
    let mut at = chance.below(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    text[..at].to_owned()
}

pub(super) fn flipped(text: &str, chance: &mut Chance) -> String {
    let mut bytes = text.as_bytes().to_vec();
    for _ in 0..=chance.below(3) {
        let at = chance.below(bytes.len());
        if let Some(byte) = bytes.get_mut(at) {
            *byte ^= 1 << chance.below(8);
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// With numbers that are too large for anything.
fn with_huge_numbers(text: &str, chance: &mut Chance) -> String {
    let field = *chance.pick(&["\"rev\":", "\"at\":", "\"n\":", "\"format\":"]);
    let huge = *chance.pick(&["1e999", "-1e308", "18446744073709551616", "-9223372036854775809"]);
    let Some((before, after)) = text.split_once(field) else { return huge.to_owned() };
    let rest = after.trim_start_matches(|c: char| c.is_ascii_digit() || c == '-');
    format!("{before}{field}{huge}{rest}")
}

fn nested(text: &str, chance: &mut Chance) -> String {
    let depth = *chance.pick(&[100, 129, 5_000]);
    let open = *chance.pick(&["[", "{\"key\":"]);
    match (chance.one_in(2), text.split_once("\"body\":")) {
        (true, Some((head, _))) => format!("{head}\"body\":{}", open.repeat(depth)),
        (true, None) => format!("{}{}", "[".repeat(depth), "]".repeat(depth)),
        (false, Some((head, _))) => {
            format!("{head}\"body\":{{\"a\":{}1{}}}}}", "[".repeat(depth), "]".repeat(depth))
        }
        (false, None) => open.repeat(depth),
    }
}

/// A journal that is not whole, though it tells of something terrible.
fn broken_journal(texts: &Texts, chance: &mut Chance) -> String {
    let all: Vec<Change> = texts.keys().map(|place| (place.clone(), None)).collect();
    let journal = serde_json::to_string(&(true, all, 1)).unwrap();
    if chance.one_in(2) { cut_at(&journal, chance) } else { journal }
}

/// Damages one to six texts of a storage; says which now are what.
fn damaged(texts: &mut Texts, chance: &mut Chance) -> Damage {
    let before = texts.clone();
    let places: Vec<_> = texts.keys().filter(|place| !is_own_business(place)).cloned().collect();
    for _ in 0..=chance.below(6) {
        let place = chance.pick(&places).clone();
        let text = texts.get(&place).cloned().unwrap_or_default();
        let another = chance.pick(&places).clone();
        let text = match chance.below(12) {
            0 => Some(cut_at(&text, chance)),
            1 | 2 => Some(flipped(&text, chance)),
            3 => {
                // Swapped with another.
                let other = texts.insert(another.clone(), text);
                if other.is_none() {
                    texts.remove(&another);
                }
                other
            }
            4 => {
                let id = chance.next();
                let key = *chance.pick(&["contact:", "", "kept:9:", "no such kind:", "plan"]);
                texts.insert(format!("ask-around:{key}{id}"), text.clone());
                texts.insert(format!("another-app:{id}"), text.clone());
                Some(text)
            }
            5 => Some(nested(&text, chance)),
            6 => Some(with_huge_numbers(&text, chance)),
            7 => Some(String::new()),
            8 => texts.get(&another).cloned(),
            9 => None,
            10 => {
                let bad = *chance.pick(&["", "-1", "7 ", "1e3", "99999999999999999999", "\u{0}"]);
                texts.insert(GENERATION.to_owned(), bad.to_owned());
                Some(text)
            }
            _ => {
                let journal = broken_journal(&before, chance);
                let place = *chance.pick(&[JOURNAL, DEVICE, RESERVE, "ask-around:backup"]);
                let bad = match chance.below(3) {
                    0 => String::new(),
                    1 => "99999999999999999999".to_owned(),
                    _ => journal,
                };
                texts.insert(place.to_owned(), bad);
                Some(text)
            }
        };
        match text {
            Some(text) => texts.insert(place, text),
            None => texts.remove(&place),
        };
    }
    let all: BTreeSet<_> = before.keys().chain(texts.keys()).cloned().collect();
    all.into_iter()
        .filter(|place| before.get(place) != texts.get(place))
        .map(|place| (place.clone(), texts.get(&place).cloned()))
        .collect()
}

fn is_record_at(place: &str, text: &str) -> bool {
    let at_home = |key| place_of(&key) == place;
    record::decode(text).is_ok_and(|(key, ..)| at_home(key))
}

fn any_newer(texts: &Texts) -> bool {
    texts.values().any(|text| matches!(record::decode(text), Err(Unreadable::Newer(_))))
}

fn is_ours(place: &str) -> bool {
    place.starts_with("ask-around:") && !is_own_business(place)
}

/// Every text that is nobody's record is still there to the letter.
fn assert_none_lost(texts: &Texts, disk: &Disk, case: &str) {
    let there: BTreeSet<_> = disk.all().into_values().collect();
    for (place, text) in texts.iter().filter(|(place, _)| is_ours(place)) {
        assert!(there.contains(text), "{case}: the text of {place} is gone:\n{text}");
    }
}

fn opened_alone(seed: u64) -> usize {
    let case = format!("seed {seed}");
    let mut chance = Chance::new(seed);
    let (mut texts, _, w) = furnished(seed);
    let damage = damaged(&mut texts, &mut chance);
    let disk = Disk::with(texts.clone());
    let (store, found) = open(&disk, None);
    for record in w.records() {
        let place = place_of(&record.key());
        let shown = found.record(&record.key());
        match damage.get(&place) {
            None => assert!(shown == Some(record), "{case}: {place} is not as it was"),
            Some(_) => assert!(shown.is_none_or(|shown| shown == record), "{case}: {place}"),
        }
    }
    assert!(found.records().all(|shown| w.record(&shown.key()).as_ref() == Some(&shown)));
    for (place, text) in texts.iter().filter(|(place, _)| is_ours(place)) {
        let kept = store.kept().iter().any(|kept| kept.key == *place && kept.text == *text);
        assert_eq!(kept, !is_record_at(place, text), "{case}: {place}");
        assert_eq!(disk.all().get(place), Some(text), "{case}: {place}");
    }
    for (place, text) in texts.iter().filter(|(place, _)| !place.starts_with("ask-around:")) {
        assert_eq!(disk.all().get(place), Some(text), "{case}: of another app");
    }
    // Again, and nothing changes.
    let once = disk.all();
    let (mut again, same) = open(&disk, None);
    assert!(same == found && again.kept() == store.kept(), "{case}: opened twice");
    assert!(disk.all() == once, "{case}: the second time wrote something");
    // Whatever is written on top, no damaged text goes.
    if again.writes() {
        let mut found = same;
        edit(&mut again, &mut found, now(), |w| {
            w.edit_plan(|plan| plan.name.push('!'));
            w.edit_settings(|settings| settings.clock_hidden = !settings.clock_hidden);
            w.add_sample(a_few_records());
        });
        let unreadable: Texts =
            texts.into_iter().filter(|(place, text)| !is_record_at(place, text)).collect();
        assert_none_lost(&unreadable, &disk, &case);
        assert!(open(&disk, None).1 == found, "{case}: after saving");
    }
    damage.len()
}

fn healed_from_its_shadow(seed: u64) -> usize {
    let case = format!("seed {seed}");
    let mut chance = Chance::new(seed);
    let (good, mut shadow, w) = furnished(seed);
    let mut texts = good.clone();
    let damage = damaged(&mut texts, &mut chance);
    let disk = Disk::with(texts.clone());
    let (mut store, found) = open(&disk, Some(&shadow));
    let all = disk.all();
    if any_newer(&texts) {
        // Not for this version to judge.
        for (place, text) in texts.iter().filter(|(place, _)| is_ours(place)) {
            assert_eq!(all.get(place), Some(text), "{case}: {place}");
        }
        return 0;
    }
    assert!(found == w, "{case}: not all that was damaged was healed");
    for (place, text) in &good {
        let healed = is_record_at(place, text) || !texts.contains_key(place);
        if is_ours(place) && healed {
            assert_eq!(all.get(place), Some(text), "{case}: {place}");
        }
    }
    assert_none_lost(&texts, &disk, &case);
    if let Some(outbox) = store.take_outbox() {
        take_over(&mut shadow, outbox);
    }
    drop(store);
    let (mut again, same) = open(&disk, Some(&shadow));
    assert!(same == w && disk.all() == all, "{case}: opened twice");
    assert_eq!(again.take_outbox(), None, "{case}: the shadow is not up to date");
    damage.len()
}

fn beside_a_damaged_shadow(seed: u64) -> usize {
    let case = format!("seed {seed}");
    let mut chance = Chance::new(seed);
    let (good, mut shadow, w) = furnished(seed);
    // At times it is newer, as far as it can say.
    let newer = chance.one_in(4);
    let damage = damaged(&mut shadow, &mut chance);
    if newer {
        for (place, text) in &good {
            if is_ours(place) {
                shadow.entry(place.clone()).or_insert_with(|| text.clone());
            }
        }
        shadow.insert(GENERATION.to_owned(), "8".to_owned());
    }
    let disk = Disk::with(good.clone());
    let (mut store, found) = open(&disk, Some(&shadow));
    assert!(found == w, "{case}: something worse came from the shadow");
    for (place, text) in good.iter().filter(|(place, _)| is_ours(place)) {
        let record = is_record_at(place, text);
        assert!(!record || disk.all().get(place) == Some(text), "{case}: {place}");
    }
    assert_none_lost(&good, &disk, &case);
    let heals = !any_newer(&shadow);
    if let Some(outbox) = store.take_outbox() {
        take_over(&mut shadow, outbox);
    }
    drop(store);
    let all = disk.all();
    let (mut again, same) = open(&disk, Some(&shadow));
    assert!(same == w && disk.all() == all, "{case}: opened twice");
    if heals {
        assert_eq!(again.take_outbox(), None, "{case}: the shadow is not up to date");
    }
    damage.len()
}

#[test]
fn a_damaged_store_opens_and_loses_no_letter() {
    let begun = std::time::Instant::now();
    let seeds = cases(2_000, 200);
    let mut texts = [0, 0, 0];
    for seed in 0..seeds {
        match seed % 3 {
            0 => texts[0] += opened_alone(seed),
            1 => texts[1] += healed_from_its_shadow(seed),
            _ => texts[2] += beside_a_damaged_shadow(seed),
        }
    }
    println!(
        "mutated stores: {seeds} opened; {} texts damaged without a shadow, {} healed from one, \
         {} damaged in the shadow; whole records shown, all else kept to the letter ({:?})",
        texts[0],
        texts[1],
        texts[2],
        begun.elapsed()
    );
}

#[test]
fn the_largest_numbers_there_are_do_no_harm() {
    let (mut texts, _, w) = furnished(1);
    let plan = &place_of(&Key::Plan);
    let numbers = [("rev", u64::MAX.to_string()), ("at", i64::MAX.to_string())];
    let mut body: serde_json::Value = serde_json::from_str(&texts[plan]).unwrap();
    for (name, number) in numbers {
        body[name] = serde_json::from_str(&number).unwrap();
    }
    body["n"] = u32::MAX.into();
    let (_, huge) = record::mended(&body.to_string()).unwrap();
    texts.insert(plan.clone(), huge);
    texts.insert(GENERATION.to_owned(), u64::MAX.to_string());
    let disk = Disk::with(texts);
    let (mut store, mut found) = open(&disk, None);
    assert!(found == w);
    edit(&mut store, &mut found, now(), |w| w.edit_plan(|plan| plan.name = "Still".to_owned()));
    let file = crate::persist::backup::read(&export(&store, &found, now())).unwrap();
    let before = store.wipe().unwrap();
    assert!(store.reload(Vec::new()).unwrap().is_empty());
    let _ = store.put_back(&before).unwrap();
    assert!(store.reload(Vec::new()).unwrap() == found);
    assert!(open(&disk, None).1 == found);
    assert_eq!(file.entries.len(), store.metas().count());
}
