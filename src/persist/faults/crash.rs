//! The browser is killed at every write of everything that writes: before it,
//! in the middle of it, and after it.
//!
//! The shadow takes over what was stored in one step after each act. Browsers
//! write localStorage to disk late, so any earlier state of it may be found
//! beside any state of the shadow.

use super::*;
use crate::domain::key::Key;
use crate::persist::backup;
use crate::persist::import::{Way, preview};
use crate::persist::store::place_of;

/// Carries something out on a storage and its shadow; calls the second for each
/// time that the shadow takes over what was stored.
type Act = Box<dyn Fn(&Rc<Disk>, &Texts, &mut dyn FnMut(&mut Store))>;

/// One thing that writes, and what it begins with.
struct Scene {
    name: &'static str,
    home: Texts,
    shadow: Texts,
    act: Act,
    /// Whether each record may be old or new on its own.
    each_alone: bool,
}

fn later() -> DateTime<Utc> {
    now() + chrono::TimeDelta::hours(1)
}

/// A storage with records, tombstones and kept texts, and its shadow.
fn furnished() -> (Texts, Texts) {
    let disk = Disk::of_device(1);
    let (mut store, mut w) = open(&disk, None);
    edit(&mut store, &mut w, now(), |w| {
        w.add_sample(a_few_records());
        w.add_sample(any_records(3, 1));
        w.edit_plan(|plan| plan.name = "Mine".to_owned());
        w.add_contact(Contact::named(ContactId::fixed(77), "Gone", now()));
    });
    edit(&mut store, &mut w, now(), |w| {
        let _ = w.delete_contact(ContactId::fixed(77));
    });
    let mut texts = disk.all();
    texts.insert(unreadable(), "{\"half\":".to_owned());
    texts.insert("ask-around:task:broken".to_owned(), "half a rec".to_owned());
    settled(&Disk::with(texts))
}

fn unreadable() -> String {
    place_of(&Key::Settings)
}

/// A storage as it lies once it was opened, and its shadow.
fn settled(disk: &Rc<Disk>) -> (Texts, Texts) {
    let mut shadow = Texts::new();
    take_over(&mut shadow, open(disk, None).0.take_outbox().unwrap());
    (disk.all(), shadow)
}

/// A scene that begins with the store open and nothing to do.
fn scene(
    name: &'static str,
    (home, shadow): (Texts, Texts),
    act: impl Fn(&mut Store, Workspace, &mut dyn FnMut(&mut Store)) + 'static,
) -> Scene {
    let act = move |disk: &Rc<Disk>, shadow: &Texts, stored: &mut dyn FnMut(&mut Store)| {
        let (mut store, w) = open(disk, Some(shadow));
        assert_eq!(store.take_outbox(), None, "opening changes nothing");
        assert!(disk.log.borrow().is_empty(), "opening writes nothing");
        act(&mut store, w, stored);
    };
    Scene { name, home, shadow, act: Box::new(act), each_alone: false }
}

/// A scene that changes many texts at once, and one that undoes it.
fn done_and_undone(
    names: [&'static str; 2],
    begin: &(Texts, Texts),
    changes: impl Fn(&mut Store, &Workspace) -> crate::persist::store::TextsBefore + 'static,
) -> [Scene; 2] {
    let disk = Disk::with(begin.0.clone());
    let (mut store, w) = open(&disk, Some(&begin.1));
    let before = changes(&mut store, &w);
    let mut shadow = begin.1.clone();
    take_over(&mut shadow, store.take_outbox().unwrap());
    drop(store);
    // Opening it puts the reserve back.
    let _ = open(&disk, Some(&shadow));
    let done = (disk.all(), shadow);
    [
        scene(names[0], begin.clone(), move |store, w, stored| {
            let _ = changes(store, &w);
            stored(store);
        }),
        scene(names[1], done, move |store, _, stored| {
            let _ = store.put_back(&before).unwrap();
            stored(store);
        }),
    ]
}

/// The backup of another laptop that began with the same records.
fn of_another_laptop(home: &Texts) -> String {
    let mut texts = home.clone();
    texts.insert(DEVICE.to_owned(), crate::domain::id::DeviceId::fixed(2).to_string());
    let (mut store, mut w) = open(&Disk::with(texts), None);
    edit(&mut store, &mut w, later(), |w| {
        w.note(InterviewId::fixed(1), &QuestionId::free_notes(), "Written elsewhere", later());
        w.add_sample(any_records(4, 2));
        let _ = w.delete_task(TaskId::fixed(1));
    });
    export(&store, &w, later())
}

fn bring_in(
    file: String,
    way: Way,
) -> impl Fn(&mut Store, &Workspace) -> crate::persist::store::TextsBefore {
    move |store, w| {
        let backup = backup::read(&file).unwrap();
        let preview = preview(&backup, w, store, way, later());
        assert!(!preview.is_idle());
        store.change_texts(preview.changes()).unwrap()
    }
}

fn type_note(store: &mut Store, w: &mut Workspace, text: &str) {
    edit(store, w, later(), |w| {
        w.note(InterviewId::fixed(1), &QuestionId::free_notes(), text, later());
    });
}

fn scenes() -> Vec<Scene> {
    let begin = furnished();
    let mut scenes = vec![
        scene("save of one note", begin.clone(), |store, mut w, stored| {
            type_note(store, &mut w, "Bring the map and the key");
            stored(store);
        }),
        Scene {
            each_alone: true,
            ..scene("saves of notes in a row", begin.clone(), |store, mut w, stored| {
                for n in 0..3 {
                    type_note(store, &mut w, &format!("Bring the map{}", "!".repeat(n + 1)));
                    stored(store);
                    let touch = |w: &mut Workspace| w.edit_plan(|plan| plan.name.push('x'));
                    edit(store, &mut w, later(), touch);
                    stored(store);
                }
            })
        },
        Scene {
            each_alone: true,
            ..scene("save of many records", begin.clone(), |store, mut w, stored| {
                edit(store, &mut w, later(), |w| {
                    w.add_sample(any_records(9, 2));
                    w.edit_contact(ContactId::fixed(1), |c| c.role = "Archivist".to_owned());
                    let _ = w.delete_task(TaskId::fixed(1));
                });
                stored(store);
            })
        },
        Scene {
            each_alone: true,
            ..scene("deletion of a person", begin.clone(), |store, mut w, stored| {
                edit(store, &mut w, later(), |w| {
                    let _ = w.delete_contact(ContactId::fixed(1));
                });
                stored(store);
            })
        },
        scene("save where something unreadable lies", begin.clone(), |store, mut w, stored| {
            edit(store, &mut w, later(), |w| w.edit_settings(|s| s.clock_hidden = true));
            stored(store);
        }),
    ];
    let other = of_another_laptop(&begin.0);
    scenes.extend(done_and_undone(
        ["merge", "undo of a merge"],
        &begin,
        bring_in(other.clone(), Way::Merge),
    ));
    scenes.extend(done_and_undone(
        ["replacement", "undo of a replacement"],
        &begin,
        bring_in(other, Way::Replace),
    ));
    // A safety copy of an hour ago, and much written since.
    let disk = Disk::with(begin.0.clone());
    let (mut store, mut w) = open(&disk, Some(&begin.1));
    let copy = export(&store, &w, now());
    edit(&mut store, &mut w, now(), |w| {
        w.add_sample(any_records(5, 2));
        w.edit_contact(ContactId::fixed(1), |c| c.role = "Since".to_owned());
    });
    drop(store);
    scenes.extend(done_and_undone(
        ["safety copy", "undo of a safety copy"],
        &settled(&disk),
        bring_in(copy, Way::Replace),
    ));
    scenes.extend(done_and_undone(["wipe", "undo of a wipe"], &begin, |store, _| {
        store.wipe().unwrap()
    }));
    scenes.push(scene("discarding a kept text", begin.clone(), |store, _, stored| {
        store.discard("ask-around:task:broken").unwrap();
        stored(store);
    }));
    scenes.push(Scene {
        each_alone: true,
        ..scene("putting words aside", begin.clone(), |store, mut w, stored| {
            w.note(InterviewId::fixed(1), &QuestionId::free_notes(), "Faster", later());
            w.edit_plan(|plan| plan.goals = "Faster too".to_owned());
            let touched = w.take_touched();
            store.set_aside(&w, &touched, later()).unwrap();
            stored(store);
        })
    });
    // Words that were put aside, to be brought in.
    let disk = Disk::with(begin.0.clone());
    let (mut store, mut w) = open(&disk, Some(&begin.1));
    w.note(InterviewId::fixed(1), &QuestionId::free_notes(), "Put aside", later());
    store.set_aside(&w, &w.touched().clone(), later()).unwrap();
    drop(store);
    scenes.extend(done_and_undone(
        ["bringing in a kept text", "undo of bringing one in"],
        &settled(&disk),
        |store, _| {
            let overtaken = |kept: &&crate::persist::store::Kept| kept.text.contains("Put aside");
            let kept = store.kept().iter().find(overtaken).unwrap().clone();
            let changes = store.mending(&kept.key, &kept.text).unwrap();
            store.change_texts(&changes).unwrap()
        },
    ));
    scenes.push(scene("noting a backup", begin.clone(), |store, _, stored| {
        store.note_backup(later()).unwrap();
        stored(store);
    }));
    scenes.push(Scene {
        name: "first start and first save",
        home: Texts::new(),
        shadow: Texts::new(),
        act: Box::new(|disk, shadow, stored| {
            let (mut store, mut w) = open(disk, Some(shadow));
            stored(&mut store);
            edit(&mut store, &mut w, later(), |w| w.add_sample(a_few_records()));
            stored(&mut store);
        }),
        each_alone: true,
    });
    // Another tab was killed in the middle of a merge; this one takes over.
    let merge = scenes.iter().find(|scene| scene.name == "merge").unwrap();
    let (log, shadows) = played(merge);
    let mut cut = merge.home.clone();
    let half = log.len() / 2;
    log[..half].iter().for_each(|change| carry_out(&mut cut, change));
    assert!(cut.contains_key("ask-around:journal"));
    let over = |disk: &Rc<Disk>, _: &Texts, stored: &mut dyn FnMut(&mut Store)| {
        let follow = Store::follow(Box::new(Rc::clone(disk)), Vec::new(), now());
        let (mut store, _) = follow.unwrap();
        let _ = store.take_over(Vec::new(), now()).unwrap();
        stored(&mut store);
    };
    let (shadow, healed) = (merge.shadow.clone(), shadows.last().unwrap().clone());
    let home = cut.clone();
    scenes.push(Scene {
        name: "taking over",
        home,
        shadow,
        act: Box::new(over),
        each_alone: false,
    });
    let heal = |disk: &Rc<Disk>, shadow: &Texts, stored: &mut dyn FnMut(&mut Store)| {
        let (mut store, _) = open(disk, Some(shadow));
        stored(&mut store);
    };
    let shadow = healed;
    scenes.push(Scene {
        name: "healing after a merge",
        home: cut,
        shadow: shadow.clone(),
        act: Box::new(heal),
        each_alone: false,
    });
    let mut torn = begin.0.clone();
    let notes = torn.iter_mut().filter(|(place, _)| place.contains("answer:"));
    notes.for_each(|(_, text)| *text = half_of(text).to_owned());
    scenes.push(Scene {
        name: "healing after a merge of which nothing got to the disk",
        home: begin.0.clone(),
        shadow,
        act: Box::new(heal),
        each_alone: false,
    });
    scenes.push(Scene {
        name: "healing of damaged and lost records",
        home: torn.into_iter().filter(|(place, _)| !place.contains("contact:")).collect(),
        shadow: begin.1,
        act: Box::new(heal),
        each_alone: true,
    });
    scenes
}

fn half_of(text: &str) -> &str {
    let mut end = text.len() / 2;
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}

fn carry_out(texts: &mut Texts, (place, text): &Change) {
    match text {
        Some(text) => texts.insert(place.clone(), text.clone()),
        None => texts.remove(place),
    };
}

/// Plays a scene to its end: every write, and every state of the shadow.
fn played(scene: &Scene) -> (Vec<Change>, Vec<Texts>) {
    let disk = Disk::with(scene.home.clone());
    let mut shadows = vec![scene.shadow.clone()];
    (scene.act)(&disk, &scene.shadow, &mut |store| {
        let mut shadow = shadows.last().unwrap().clone();
        if let Some(outbox) = store.take_outbox() {
            take_over(&mut shadow, outbox);
        }
        shadows.push(shadow);
    });
    let log = disk.log.borrow().clone();
    (log, shadows)
}

/// Every state that this scene passes through, as it is once it was opened.
struct Allowed {
    /// Before it, and after it.
    whole: Vec<Worth>,
    /// Every text that any record ever had: nought for none.
    each: Option<BTreeMap<String, BTreeSet<Option<String>>>>,
    /// What is never lost.
    kept: BTreeSet<String>,
}

fn allowed(scene: &Scene, log: &[Change]) -> Allowed {
    let mut texts = scene.home.clone();
    let opened = |texts: &Texts, shadow: &Texts| {
        let disk = Disk::with(texts.clone());
        let _ = open(&disk, Some(shadow));
        worth(&disk.all())
    };
    let plain = |texts: &Texts| {
        let disk = Disk::with(texts.clone());
        let _ = open(&disk, None);
        worth(&disk.all())
    };
    let mut whole = vec![plain(&texts), opened(&texts, &scene.shadow)];
    let mut each: BTreeMap<String, BTreeSet<Option<String>>> = BTreeMap::new();
    let mut note = |worth: &Worth, all: &BTreeSet<String>| {
        for place in all {
            each.entry(place.clone()).or_default().insert(worth.records.get(place).cloned());
        }
    };
    let places: BTreeSet<String> = scene
        .home
        .keys()
        .chain(scene.shadow.keys())
        .chain(log.iter().map(|(place, _)| place))
        .filter(|place| !is_own_business(place))
        .cloned()
        .collect();
    whole.iter().for_each(|worth| note(worth, &places));
    for change in log {
        carry_out(&mut texts, change);
        if scene.each_alone {
            note(&worth(&texts), &places);
        }
    }
    whole.push(plain(&texts));
    let first = whole[0].kept.clone();
    let kept = whole.iter().fold(first, |kept, other| &kept & &other.kept);
    Allowed { whole, each: scene.each_alone.then_some(each), kept }
}

impl Allowed {
    /// Whether this may be found after a crash that left `torn` somewhere.
    fn check(&self, found: &Worth, torn: Option<&Change>, bare: bool) -> Result<(), String> {
        if let Some(lost) = self.kept.difference(&found.kept).next() {
            return Err(format!("a kept text is gone: {lost}"));
        }
        let half = torn.map(|(place, text)| (place, text.as_deref().unwrap_or_default()));
        let fits = |found: &Worth| match &self.each {
            None => self.whole.iter().any(|whole| whole.records == found.records),
            Some(each) => {
                each.iter().all(|(place, texts)| texts.contains(&found.records.get(place).cloned()))
            }
        };
        let known: BTreeSet<&str> = self
            .whole
            .iter()
            .flat_map(|whole| whole.kept.iter())
            .map(String::as_str)
            .chain(half.map(|(_, text)| text))
            .collect();
        let strange = found.kept.iter().find(|text| {
            // Words put aside one after the other, or one that made room.
            !known.contains(text.as_str()) && self.each.is_none()
        });
        if let Some(strange) = strange {
            return Err(format!("a text came from nowhere: {strange}"));
        }
        if fits(found) {
            return Ok(());
        }
        // Half a record without a shadow: it is damaged, and kept as it is.
        if let (Some((place, half)), true) = (half, bare)
            && found.kept.contains(half)
        {
            let mut mended = found.clone();
            let mut candidates = self.whole.iter().filter_map(|whole| whole.records.get(place));
            return match candidates.any(|text| {
                mended.records.insert(place.clone(), text.clone());
                fits(&mended)
            }) || {
                mended.records.remove(place);
                fits(&mended)
            } {
                true => Ok(()),
                false => Err("a mix beside half a record".to_owned()),
            };
        }
        Err("neither the old nor the new".to_owned())
    }
}

/// Opens what a crash has left, and looks at it three times: at once, again,
/// and after one more edit.
fn look(
    left: &Texts,
    shadow: Option<&Texts>,
    torn: Option<&Change>,
    allowed: &Allowed,
) -> Result<(), String> {
    let disk = Disk::with(left.clone());
    let (mut store, mut w) = open(&disk, shadow);
    let found = worth(&disk.all());
    allowed.check(&found, torn, shadow.is_none())?;
    let mut after = shadow.cloned().unwrap_or_default();
    if let Some(outbox) = store.take_outbox() {
        take_over(&mut after, outbox);
    }
    if worth(&after) != found {
        return Err("the shadow is not like the home".to_owned());
    }
    // Opening it a second time finds the same.
    let twice = Disk::with(disk.all());
    let (_, again) = open(&twice, shadow.map(|_| &after));
    if worth(&twice.all()) != found || again != w {
        return Err("opening again finds something else".to_owned());
    }
    // Later words stay.
    edit(&mut store, &mut w, later(), |w| w.edit_plan(|plan| plan.field = "Later".to_owned()));
    if let Some(outbox) = store.take_outbox() {
        take_over(&mut after, outbox);
    }
    for beside in [None, Some(&after)] {
        let twice = Disk::with(disk.all());
        let (_, again) = open(&twice, beside);
        if again != w {
            return Err(format!("later words are gone (shadow: {})", beside.is_some()));
        }
    }
    // And come back if only the shadow has them.
    let twice = Disk::with(left.clone());
    let (_, again) = open(&twice, Some(&after));
    if again != w {
        return Err("later words did not come back from the shadow".to_owned());
    }
    Ok(())
}

#[test]
fn after_a_crash_at_any_write_the_old_or_the_new_is_there() {
    let (mut operations, mut writes, mut crashes, mut opened) = (0, 0, 0, 0);
    let mut wrong = Vec::new();
    for scene in scenes() {
        let (log, shadows) = played(&scene);
        assert!(!log.is_empty(), "{} writes nothing", scene.name);
        let allowed = allowed(&scene, &log);
        operations += 1;
        writes += log.len();
        let mut home = scene.home.clone();
        for at in 0..=log.len() {
            let mut states = vec![("before", home.clone(), None)];
            if let Some((place, Some(text))) = log.get(at) {
                let half = (place.clone(), Some(half_of(text).to_owned()));
                let mut torn = home.clone();
                carry_out(&mut torn, &half);
                states.push(("in", torn, Some(half)));
            }
            if at < log.len() {
                // After a write is before the next.
                crashes += 3;
            }
            for (when, state, torn) in states {
                let beside = std::iter::once(None).chain(shadows.iter().map(Some));
                for (n, shadow) in beside.enumerate() {
                    opened += 1;
                    if let Err(what) = look(&state, shadow, torn.as_ref(), &allowed) {
                        let place = log.get(at).map(|(place, _)| place.as_str());
                        wrong.push(format!(
                            "{}, {when} write {at} of {} ({place:?}), shadow {n}: {what}",
                            scene.name,
                            log.len()
                        ));
                    }
                }
            }
            if let Some(change) = log.get(at) {
                carry_out(&mut home, change);
            }
        }
    }
    assert!(wrong.is_empty(), "{} wrong:\n{}", wrong.len(), wrong.join("\n"));
    println!(
        "crash at every write: {operations} operations, {writes} writes, {crashes} crashes, \
         opened {opened} times; old or new state every time"
    );
}
