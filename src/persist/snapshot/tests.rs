//! Which safety copies are made, and which stay.

use super::*;

fn at(text: &str) -> DateTime<Utc> {
    format!("{text}:00Z").parse().unwrap()
}

fn copy(when: &str, people: usize, unreadable: usize) -> Named {
    let about = About {
        at: at(when),
        before: String::new(),
        people,
        talks: 0,
        notes: 0,
        unreadable,
        print: crc32fast::hash(when.as_bytes()),
    };
    (when.to_owned(), about)
}

fn stay(all: &[Named]) -> Vec<&str> {
    let dropped = to_drop(all, |at| at.date_naive());
    all.iter().map(|(name, _)| name.as_str()).filter(|n| !dropped.iter().any(|d| d == n)).collect()
}

#[test]
fn three_of_the_last_day_stay_and_the_last_of_each_day_before() {
    let all: Vec<_> = [
        "2026-03-01T09:00",
        "2026-03-01T18:00",
        "2026-03-02T08:00",
        "2026-03-03T08:00",
        "2026-03-03T10:00",
        "2026-03-03T12:00",
        "2026-03-03T14:00",
    ]
    .map(|when| copy(when, 1, 0))
    .into();
    assert_eq!(
        stay(&all),
        [
            "2026-03-01T18:00",
            "2026-03-02T08:00",
            "2026-03-03T10:00",
            "2026-03-03T12:00",
            "2026-03-03T14:00"
        ]
    );
}

#[test]
fn there_are_never_more_than_ten() {
    let all: Vec<_> = (1..=28).map(|day| copy(&format!("2026-02-{day:02}T09:00"), 1, 0)).collect();
    assert_eq!(stay(&all).len(), MOST);
    assert!(stay(&all).contains(&"2026-02-28T09:00"));
}

#[test]
fn an_empty_or_unreadable_state_never_takes_the_place_of_a_good_one() {
    let mut all = vec![copy("2026-03-01T09:00", 5, 0)];
    for hour in 10..20 {
        all.push(copy(&format!("2026-03-01T{hour}:00"), 0, 0));
        all.push(copy(&format!("2026-03-01T{hour}:30"), 5, 2));
    }
    for day in 2..28 {
        all.push(copy(&format!("2026-03-{day:02}T09:00"), 0, 1));
    }
    assert!(stay(&all).contains(&"2026-03-01T09:00"));
    assert!(stay(&all).len() <= MOST);

    // Nor within one day.
    let mut today = vec![copy("2026-03-01T09:00", 5, 0)];
    today.extend((10..16).map(|hour| copy(&format!("2026-03-01T{hour}:00"), 5, 2)));
    assert!(stay(&today).contains(&"2026-03-01T09:00"));
}

#[test]
fn a_copy_is_due_when_something_changed_and_some_time_has_gone() {
    let earlier = copy("2026-03-01T09:00", 5, 0);
    let all = [earlier.clone()];
    let later = |when| copy(when, 5, 0).1;
    assert!(is_due(&[], &earlier.1));
    assert!(!is_due(&all, &later("2026-03-01T10:59")));
    assert!(is_due(&all, &later("2026-03-01T11:00")));
    assert!(is_due(&all, &later("2026-02-01T11:00")), "the clock was put back");
    assert!(!is_due(&all, &About { at: at("2026-03-02T09:00"), ..earlier.1.clone() }), "the same");
    assert!(!is_due(&[], &copy("2026-03-01T09:00", 0, 0).1), "nothing is no copy");
}
