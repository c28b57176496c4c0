//! When it is time to take a copy of everything out of the browser.

use crate::domain::interview::Interview;
use crate::domain::workspace::Workspace;
use chrono::{DateTime, TimeDelta, Utc};

/// How the app was opened, which decides how safe its storage is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OpenedFrom {
    /// A site: what is stored belongs to its address.
    Site,
    /// A file on the device: browsers treat its storage each in their own way, and some lose it when
    /// the file is moved or renamed.
    File,
}

impl OpenedFrom {
    /// After how many talks a backup is due: their notes can't be had a second time.
    fn talks(self) -> usize {
        match self {
            Self::Site => 3,
            Self::File => 1,
        }
    }

    /// After how long a backup is due when anything has changed.
    fn after(self) -> TimeDelta {
        match self {
            Self::Site => TimeDelta::days(7),
            Self::File => TimeDelta::days(1),
        }
    }
}

/// Whether a backup should be downloaded now. `last` is when that was done last,
/// `begun` since when there is anything of the user's own: a sample needs no
/// backup. `talks` have ended and `changed` records were written since `last`.
#[must_use]
pub fn backup_is_due(
    last: Option<DateTime<Utc>>,
    begun: Option<DateTime<Utc>>,
    talks: usize,
    changed: usize,
    from: OpenedFrom,
    now: DateTime<Utc>,
) -> bool {
    let Some(begun) = begun else { return false };
    // A time to come is one of a clock that was wrong, and says nothing.
    let since = last.filter(|last| *last <= now).unwrap_or(begun);
    changed > 0 && (talks >= from.talks() || now - since >= from.after())
}

/// Since when there is a person or talk of the user's own.
#[must_use]
pub fn begun(w: &Workspace) -> Option<DateTime<Utc>> {
    let people = w.contacts().filter(|contact| !contact.sample).map(|contact| contact.added);
    let talks = w.interviews().filter(|talk| !talk.sample).map(|talk| talk.created);
    people.chain(talks).min()
}

/// How many of the user's own talks have ended since then.
#[must_use]
pub fn talks_since(w: &Workspace, since: Option<DateTime<Utc>>) -> usize {
    let own = w.interviews().filter(|talk| !talk.sample);
    own.filter_map(Interview::ended).filter(|at| since.is_none_or(|since| *at > since)).count()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::contact::Contact;
    use crate::domain::id::{ContactId, InterviewId};
    use crate::domain::timebox::Clock;
    use crate::domain::workspace::Record;

    fn day(day: i64) -> DateTime<Utc> {
        DateTime::UNIX_EPOCH + TimeDelta::days(20_000 + day)
    }

    #[test]
    fn a_backup_is_due_after_three_talks_or_a_week() {
        let due = |last, begun, talks, changed, now| {
            backup_is_due(last, begun, talks, changed, OpenedFrom::Site, now)
        };
        assert!(!due(None, Some(day(0)), 0, 5, day(6)), "six days");
        assert!(due(None, Some(day(0)), 0, 5, day(7)), "a week since the first words");
        assert!(!due(Some(day(5)), Some(day(0)), 0, 5, day(11)));
        assert!(due(Some(day(5)), Some(day(0)), 0, 5, day(12)), "a week since the last one");
        assert!(!due(Some(day(5)), Some(day(5)), 2, 5, day(6)));
        assert!(due(Some(day(5)), Some(day(5)), 3, 5, day(6)), "three talks");
    }

    #[test]
    fn a_file_that_was_opened_wants_one_after_each_talk_or_day() {
        let due =
            |talks, now| backup_is_due(Some(day(5)), Some(day(0)), talks, 1, OpenedFrom::File, now);
        assert!(!due(0, day(5) + TimeDelta::hours(23)));
        assert!(due(0, day(6)));
        assert!(due(1, day(5)));
    }

    #[test]
    fn nothing_is_due_where_nothing_changed_or_nothing_is_ones_own() {
        assert!(!backup_is_due(Some(day(0)), Some(day(0)), 3, 0, OpenedFrom::Site, day(90)));
        assert!(!backup_is_due(None, None, 5, 50, OpenedFrom::File, day(90)), "a sample alone");
    }

    #[test]
    fn a_clock_that_was_ahead_does_not_silence_it() {
        assert!(!backup_is_due(Some(day(900)), Some(day(0)), 0, 1, OpenedFrom::Site, day(5)));
        assert!(backup_is_due(Some(day(900)), Some(day(0)), 0, 1, OpenedFrom::Site, day(7)));
    }

    #[test]
    fn the_sample_does_not_count() {
        let talk = |id, sample| {
            let mut talk = Interview::with(InterviewId::fixed(id), ContactId::fixed(1), 20, day(3));
            let mut clock = Clock::start(day(5));
            clock.end(day(6));
            (talk.clock, talk.sample) = (Some(clock), sample);
            Record::Interview(talk)
        };
        let mut w = Workspace::default();
        w.load(talk(1, true));
        assert_eq!((begun(&w), talks_since(&w, None)), (None, 0));
        w.load(Record::Contact(Contact::named(ContactId::fixed(1), "Noor", day(4))));
        assert_eq!(begun(&w), Some(day(4)));
        w.load(talk(2, false));
        assert_eq!((begun(&w), talks_since(&w, None)), (Some(day(3)), 1));
        assert_eq!(talks_since(&w, Some(day(6))), 0);
    }
}
