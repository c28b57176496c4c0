//! Where in the app one is: one enum, one parser, one printer.
//!
//! Routes live behind the `#`, so a reload, a deep link, any sub-path and even
//! `file://` work on a static host without a trick.

use crate::domain::id::{ContactId, InterviewId};
use crate::domain::interview::Stage;
use crate::domain::prepare::Step;
use std::fmt;

/// A place in the app.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Route {
    /// What is next and what is due.
    Today,
    /// The plan of the search.
    Plan,
    /// Everyone.
    Contacts,
    /// One person.
    Contact(ContactId),
    /// The question bank.
    Questions,
    /// All talks.
    Interviews,
    /// The wizard for one talk; without a step, where it was left.
    Prepare(InterviewId, Option<Step>),
    /// They can talk now: straight into a talk (P94).
    Now,
    /// A talk going on.
    Live(InterviewId),
    /// After a talk.
    Debrief(InterviewId),
    /// The one-page guide of a talk, to print.
    Guide(InterviewId),
    /// Backup and import.
    Data,
    /// Policies and looks.
    Settings,
    /// An address that leads nowhere, as it was typed.
    NotFound(String),
}

/// A wizard step in an address.
fn slug(step: Step) -> &'static str {
    match step {
        Step::Purpose => "purpose",
        Step::Person => "person",
        Step::Meeting => "meeting",
        Step::Questions => "questions",
        Step::Words => "words",
        Step::Packing => "packing",
        Step::Ready => "ready",
    }
}

impl Route {
    /// Reads the fragment of an address, with or without its `#`.
    /// Never fails: what leads nowhere is [`Route::NotFound`].
    #[must_use]
    pub fn parse(hash: &str) -> Self {
        let path = hash.strip_prefix('#').unwrap_or(hash);
        let parts: Vec<_> = path.trim_matches('/').split('/').collect();
        Self::of_parts(&parts).unwrap_or_else(|| Self::NotFound(path.to_owned()))
    }

    fn of_parts(parts: &[&str]) -> Option<Self> {
        Some(match parts {
            [""] => Self::Today,
            ["plan"] => Self::Plan,
            ["contacts"] => Self::Contacts,
            ["contacts", id] => Self::Contact(id.parse().ok()?),
            ["questions"] => Self::Questions,
            ["interviews"] => Self::Interviews,
            ["interviews", id, "prepare"] => Self::Prepare(id.parse().ok()?, None),
            ["interviews", id, "prepare", step] => {
                let step = Step::ALL.iter().find(|known| slug(**known) == *step)?;
                Self::Prepare(id.parse().ok()?, Some(*step))
            }
            ["now"] => Self::Now,
            ["interviews", id, "live"] => Self::Live(id.parse().ok()?),
            ["interviews", id, "debrief"] => Self::Debrief(id.parse().ok()?),
            ["interviews", id, "guide"] => Self::Guide(id.parse().ok()?),
            ["data"] => Self::Data,
            ["settings"] => Self::Settings,
            _ => return None,
        })
    }

    /// Where a talk goes on from the stage it has reached.
    #[must_use]
    pub fn of_talk(id: InterviewId, stage: Stage) -> Self {
        match stage {
            Stage::Preparing | Stage::Scheduled => Self::Prepare(id, None),
            Stage::Live => Self::Live(id),
            Stage::ToDebrief | Stage::Done => Self::Debrief(id),
        }
    }

    /// The address of the section this place belongs to, for the navigation.
    #[must_use]
    pub fn section(&self) -> Self {
        match self {
            Self::Contact(_) => Self::Contacts,
            Self::Prepare(..) | Self::Now | Self::Live(_) | Self::Debrief(_) | Self::Guide(_) => {
                Self::Interviews
            }
            other => other.clone(),
        }
    }
}

/// Prints the address, with its `#`, ready for a link.
impl fmt::Display for Route {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Today => f.write_str("#/"),
            Self::Plan => f.write_str("#/plan"),
            Self::Contacts => f.write_str("#/contacts"),
            Self::Contact(id) => write!(f, "#/contacts/{id}"),
            Self::Questions => f.write_str("#/questions"),
            Self::Interviews => f.write_str("#/interviews"),
            Self::Prepare(id, None) => write!(f, "#/interviews/{id}/prepare"),
            Self::Prepare(id, Some(step)) => {
                write!(f, "#/interviews/{id}/prepare/{}", slug(*step))
            }
            Self::Now => f.write_str("#/now"),
            Self::Live(id) => write!(f, "#/interviews/{id}/live"),
            Self::Debrief(id) => write!(f, "#/interviews/{id}/debrief"),
            Self::Guide(id) => write!(f, "#/interviews/{id}/guide"),
            Self::Data => f.write_str("#/data"),
            Self::Settings => f.write_str("#/settings"),
            Self::NotFound(path) => write!(f, "#{path}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn any_route() -> impl Strategy<Value = Route> {
        let contact = any::<u128>().prop_map(ContactId::fixed);
        let talk = any::<u128>().prop_map(InterviewId::fixed);
        let step = prop::option::of(prop::sample::select(Step::ALL));
        prop_oneof![
            Just(Route::Today),
            Just(Route::Plan),
            Just(Route::Contacts),
            contact.prop_map(Route::Contact),
            Just(Route::Questions),
            Just(Route::Interviews),
            (talk.clone(), step).prop_map(|(id, step)| Route::Prepare(id, step)),
            talk.clone().prop_map(Route::Live),
            talk.clone().prop_map(Route::Debrief),
            talk.prop_map(Route::Guide),
            Just(Route::Now),
            Just(Route::Data),
            Just(Route::Settings),
        ]
    }

    #[test]
    fn an_empty_address_is_today() {
        for hash in ["", "#", "#/", "/"] {
            assert_eq!(Route::parse(hash), Route::Today, "{hash:?}");
        }
    }

    #[test]
    fn what_leads_nowhere_says_so() {
        for hash in ["#/nowhere", "#/contacts/12", "#/interviews/x/live", "#/plan/more"] {
            assert!(matches!(Route::parse(hash), Route::NotFound(_)), "{hash}");
        }
    }

    proptest! {
        #[test]
        fn every_route_reads_back(route in any_route()) {
            prop_assert_eq!(Route::parse(&route.to_string()), route);
        }

        #[test]
        fn any_address_is_read_without_panic(hash in any::<String>()) {
            let route = Route::parse(&hash);
            prop_assert_eq!(Route::parse(&route.to_string()), route);
        }

        #[test]
        fn a_section_is_its_own_section(route in any_route()) {
            prop_assert_eq!(route.section().section(), route.section());
        }
    }
}
