//! What is due, and why: thanks, the second note, tasks, talks that come up.
//!
//! Days are counted in the user's own calendar, so `now` carries a time zone.

use crate::domain::id::{ContactId, InterviewId, TaskId};
use crate::domain::interview::{Interview, Stage};
use crate::domain::order::sorted_by_key;
use crate::domain::policy::Policies;
use crate::domain::workspace::Workspace;
use chrono::{DateTime, NaiveDate, TimeDelta, TimeZone, Utc};

/// Something to do, and what it is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reason {
    /// The talk is going on.
    TalkIsLive(InterviewId),
    /// The talk is over and nothing has been written down yet.
    Debrief(InterviewId),
    /// Thanks are owed (C8).
    Thank(InterviewId),
    /// Date, time and place should be confirmed (P96).
    Confirm(InterviewId),
    /// It is time to say what I did with the advice (C10, P37).
    SecondNote(InterviewId),
    /// A dated task.
    Task(TaskId),
}

/// How pressing it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Urgency {
    /// Its time is past.
    Late,
    /// Its time has come.
    Due,
    /// It comes within a week.
    Soon,
}

/// One line of the list of what is due.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Due {
    /// How pressing it is.
    pub urgency: Urgency,
    /// The day it is due, in the user's calendar.
    pub day: NaiveDate,
    /// What is to be done.
    pub reason: Reason,
    /// The person it is about, if it is about one.
    pub contact: Option<ContactId>,
}

/// Everything that is late, due or due within a week, the most pressing first.
#[must_use]
pub fn due<Tz: TimeZone>(workspace: &Workspace, now: &DateTime<Tz>) -> Vec<Due> {
    let mut list: Vec<_> = workspace
        .interviews()
        .flat_map(|interview| of_interview(interview, &workspace.settings().policies, now))
        .collect();
    let today = now.date_naive();
    for task in workspace.tasks().filter(|task| task.done.is_none()) {
        let Some(day) = task.due else { continue };
        let urgency = if day < today {
            Urgency::Late
        } else if day == today {
            Urgency::Due
        } else {
            Urgency::Soon
        };
        list.push(Due { urgency, day, reason: Reason::Task(task.id), contact: task.contact });
    }
    list.retain(|due| due.day <= today + TimeDelta::days(7));
    sorted_by_key(list, |due| (due.urgency, due.day, due.reason))
}

/// What is due about one talk, however far ahead.
fn of_interview<Tz: TimeZone>(
    interview: &Interview,
    policies: &Policies,
    now: &DateTime<Tz>,
) -> Vec<Due> {
    let instant = now.with_timezone(&Utc);
    let day_of = |at: DateTime<Utc>| at.with_timezone(&now.timezone()).date_naive();
    let id = interview.id;
    let line =
        |urgency, day, reason| Due { urgency, day, reason, contact: Some(interview.contact) };
    let dated = |from: DateTime<Utc>, due: TimeDelta, late: TimeDelta, reason| {
        let urgency = if instant >= from + late {
            Urgency::Late
        } else if instant >= from + due || day_of(from + due) <= now.date_naive() {
            Urgency::Due
        } else {
            Urgency::Soon
        };
        line(urgency, day_of(from + due), reason)
    };
    let mut list = Vec::new();
    match interview.stage() {
        Stage::Preparing => {}
        Stage::Scheduled => {
            if let Some(starts) = interview.starts_at {
                let eve = day_of(starts) - TimeDelta::days(1);
                if day_of(starts) >= now.date_naive() && eve <= now.date_naive() {
                    list.push(line(Urgency::Due, now.date_naive(), Reason::Confirm(id)));
                }
            }
        }
        Stage::Live => {
            list.push(line(Urgency::Due, now.date_naive(), Reason::TalkIsLive(id)));
        }
        Stage::ToDebrief | Stage::Done => {}
    }
    if let Some(ended) = interview.ended() {
        if interview.debrief.done.is_none() {
            list.push(dated(ended, TimeDelta::zero(), TimeDelta::hours(24), Reason::Debrief(id)));
        }
        if interview.debrief.thanked.is_none() {
            list.push(dated(
                ended,
                TimeDelta::hours(policies.thanks_by.due_hours()),
                TimeDelta::hours(policies.thanks_by.late_hours()),
                Reason::Thank(id),
            ));
        } else if interview.debrief.second_note.is_none() {
            list.push(dated(
                ended,
                TimeDelta::days(policies.second_note.due_days()),
                TimeDelta::days(policies.second_note.late_days()),
                Reason::SecondNote(id),
            ));
        }
    }
    list
}

/// The next talk that is set, if any: one that is not over yet, the soonest first.
/// A talk whose time has passed within the day still counts: people run late.
#[must_use]
pub fn next_talk(workspace: &Workspace, now: DateTime<Utc>) -> Option<&Interview> {
    workspace
        .interviews()
        .filter(|interview| interview.stage() == Stage::Scheduled)
        .filter_map(|interview| Some((interview.starts_at?, interview)))
        .filter(|(starts, _)| *starts > now - TimeDelta::hours(12))
        .min_by_key(|(starts, _)| *starts)
        .map(|(_, interview)| interview)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::contact::Contact;
    use crate::domain::policy::{Policy, ThanksBy};
    use crate::domain::task::Task;
    use chrono::FixedOffset;

    fn at(text: &str) -> DateTime<Utc> {
        text.parse().unwrap()
    }

    fn local(text: &str) -> DateTime<FixedOffset> {
        DateTime::parse_from_rfc3339(text).unwrap()
    }

    /// A workspace with one talk that ended at `ended`, debriefed.
    fn talked(ended: &str) -> (Workspace, InterviewId) {
        let ended = at(ended);
        let mut w = Workspace::default();
        let contact = w.add_contact(Contact::named(ContactId::fixed(1), "Ada", ended));
        let id = w.plan_interview(contact, ended - TimeDelta::hours(1));
        w.start(id, ended - TimeDelta::minutes(20));
        w.end(id, ended);
        w.edit_interview(id, |i| i.debrief.done = Some(ended));
        (w, id)
    }

    fn reasons<Tz: TimeZone>(w: &Workspace, now: &DateTime<Tz>) -> Vec<(Urgency, Reason)> {
        due(w, now).into_iter().map(|due| (due.urgency, due.reason)).collect()
    }

    #[test]
    fn thanks_are_soon_then_due_then_late() {
        let (w, id) = talked("2026-03-02T10:00:00Z");
        for (now, urgency) in [
            ("2026-03-02T10:00:00Z", Urgency::Soon),
            ("2026-03-03T00:00:01Z", Urgency::Due),
            ("2026-03-03T10:00:00Z", Urgency::Due),
            ("2026-03-05T09:59:59Z", Urgency::Due),
            ("2026-03-05T10:00:00Z", Urgency::Late),
        ] {
            assert_eq!(reasons(&w, &at(now)), [(urgency, Reason::Thank(id))], "{now}");
        }
    }

    #[test]
    fn a_policy_moves_the_day_of_thanks() {
        let (mut w, _) = talked("2026-03-02T10:00:00Z");
        let position = ThanksBy::ALL.iter().position(|p| *p == ThanksBy::ThreeDays).unwrap();
        w.choose(Policy::ThanksBy, position);
        let list = due(&w, &at("2026-03-03T12:00:00Z"));
        assert_eq!(list[0].day, NaiveDate::from_ymd_opt(2026, 3, 5).unwrap());
        assert_eq!(list[0].urgency, Urgency::Soon);
    }

    #[test]
    fn the_second_note_comes_a_month_after_and_only_once_thanked() {
        let (mut w, id) = talked("2026-03-02T10:00:00Z");
        w.edit_interview(id, |i| i.debrief.thanked = Some(at("2026-03-03T08:00:00Z")));
        assert_eq!(reasons(&w, &at("2026-03-20T10:00:00Z")), []);
        assert_eq!(
            reasons(&w, &at("2026-04-01T10:00:00Z")),
            [(Urgency::Due, Reason::SecondNote(id))]
        );
        assert_eq!(
            reasons(&w, &at("2026-05-02T10:00:00Z")),
            [(Urgency::Late, Reason::SecondNote(id))]
        );
        w.edit_interview(id, |i| i.debrief.second_note = Some(at("2026-05-02T11:00:00Z")));
        assert_eq!(reasons(&w, &at("2026-05-03T10:00:00Z")), []);
    }

    #[test]
    fn a_talk_is_confirmed_on_its_eve_in_the_users_own_calendar() {
        let mut w = Workspace::default();
        let made = at("2026-03-01T00:00:00Z");
        let contact = w.add_contact(Contact::named(ContactId::fixed(1), "Ada", made));
        let id = w.plan_interview(contact, made);
        // 01:00 UTC on the 10th is still the 9th in New York.
        w.edit_interview(id, |i| i.starts_at = Some(at("2026-03-10T01:00:00Z")));
        let confirm = [(Urgency::Due, Reason::Confirm(id))];
        assert_eq!(reasons(&w, &local("2026-03-07T23:00:00-05:00")), []);
        assert_eq!(reasons(&w, &local("2026-03-08T00:00:00-05:00")), confirm);
        assert_eq!(reasons(&w, &local("2026-03-09T10:00:00-05:00")), confirm);
        assert_eq!(reasons(&w, &local("2026-03-10T00:30:00-05:00")), []);
    }

    #[test]
    fn tasks_are_late_due_or_soon_by_the_day_and_gone_when_done() {
        let mut w = Workspace::default();
        let now = at("2026-03-02T23:30:00Z");
        let day = |d| NaiveDate::from_ymd_opt(2026, 3, d);
        let mut add = |n, due| {
            w.put_task(Task {
                id: TaskId::fixed(n),
                text: "Call".to_owned(),
                due,
                done: None,
                contact: None,
                interview: None,
                sample: false,
            });
        };
        add(1, day(1));
        add(2, day(2));
        add(3, day(9));
        add(4, day(10));
        add(5, None);
        let found = reasons(&w, &now);
        assert_eq!(
            found,
            [
                (Urgency::Late, Reason::Task(TaskId::fixed(1))),
                (Urgency::Due, Reason::Task(TaskId::fixed(2))),
                (Urgency::Soon, Reason::Task(TaskId::fixed(3))),
            ]
        );
        w.edit_task(TaskId::fixed(1), |task| task.done = Some(now));
        assert_eq!(reasons(&w, &now).len(), 2);
    }

    #[test]
    fn the_next_talk_is_the_soonest_that_is_not_over() {
        let mut w = Workspace::default();
        let now = at("2026-03-02T10:00:00Z");
        let contact = w.add_contact(Contact::named(ContactId::fixed(1), "Ada", now));
        let mut set = |starts: &str| {
            let id = w.plan_interview(contact, now);
            w.edit_interview(id, |i| i.starts_at = Some(at(starts)));
            id
        };
        set("2026-03-09T10:00:00Z");
        let missed = set("2026-02-09T10:00:00Z");
        let soonest = set("2026-03-02T09:45:00Z");
        assert_ne!(missed, soonest);
        assert_eq!(next_talk(&w, now).map(|i| i.id), Some(soonest));
    }
}
