//! The time: now, the user's own zone, and a signal that ticks.

use chrono::{DateTime, Local, LocalResult, NaiveDate, NaiveDateTime, TimeZone, Utc};
use leptos::prelude::*;
use std::time::Duration;

/// The present instant, to the millisecond, as records keep it.
#[must_use]
pub fn now() -> DateTime<Utc> {
    let now = Utc::now();
    DateTime::from_timestamp_millis(now.timestamp_millis()).unwrap_or(now)
}

/// The present instant in the user's zone.
#[must_use]
pub fn local_now() -> DateTime<Local> {
    now().with_timezone(&Local)
}

/// Today in the user's calendar.
#[must_use]
pub fn today() -> NaiveDate {
    local_now().date_naive()
}

/// An instant as the user's clocks show it.
#[must_use]
pub fn to_local(at: DateTime<Utc>) -> NaiveDateTime {
    at.with_timezone(&Local).naive_local()
}

/// The instant that a reading of the user's clocks means. In the hour that is
/// there twice when clocks go back it is the first; in the one that is skipped
/// when they go forward, the instant an hour later.
#[must_use]
pub fn from_local(reading: NaiveDateTime) -> Option<DateTime<Utc>> {
    match Local.from_local_datetime(&reading) {
        LocalResult::Single(at) | LocalResult::Ambiguous(at, _) => Some(at.with_timezone(&Utc)),
        LocalResult::None => Local
            .from_local_datetime(&(reading + chrono::TimeDelta::hours(1)))
            .earliest()
            .map(|at| at.with_timezone(&Utc)),
    }
}

/// A signal of the present instant, set anew every `period` while its owner lives.
/// It may tick late or not at all in a hidden tab: it tells the time, it never counts.
#[must_use]
pub fn ticking(period: Duration) -> Signal<DateTime<Utc>> {
    let (time, set_time) = signal(now());
    if let Ok(timer) = set_interval_with_handle(move || set_time.set(now()), period) {
        on_cleanup(move || timer.clear());
    }
    time.into()
}
