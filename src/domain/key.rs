//! The address of one record: its kind and its id.

use crate::domain::id::{ContactId, InterviewId, NotAnId, QuestionId, TaskId};
use std::fmt;
use std::str::FromStr;

/// Names one record. Printed as `<kind>:<id>`, which is also its place in storage.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Key {
    /// The one plan of the whole search.
    Plan,
    /// The one record of settings.
    Settings,
    /// A person.
    Contact(ContactId),
    /// A question of the user's own, or what they changed of a built-in one.
    Question(QuestionId),
    /// A talk.
    Interview(InterviewId),
    /// The note on one question in one talk.
    Answer(InterviewId, QuestionId),
    /// A dated thing to do.
    Task(TaskId),
}

impl Key {
    /// The kind alone, as it is stored.
    #[must_use]
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Plan => "plan",
            Self::Settings => "settings",
            Self::Contact(_) => "contact",
            Self::Question(_) => "question",
            Self::Interview(_) => "interview",
            Self::Answer(..) => "answer",
            Self::Task(_) => "task",
        }
    }
}

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let kind = self.kind();
        match self {
            Self::Plan | Self::Settings => write!(f, "{kind}:mine"),
            Self::Contact(id) => write!(f, "{kind}:{id}"),
            Self::Question(id) => write!(f, "{kind}:{id}"),
            Self::Interview(id) => write!(f, "{kind}:{id}"),
            Self::Answer(interview, question) => write!(f, "{kind}:{interview}.{question}"),
            Self::Task(id) => write!(f, "{kind}:{id}"),
        }
    }
}

impl FromStr for Key {
    type Err = NotAnId;

    fn from_str(text: &str) -> Result<Self, NotAnId> {
        let (kind, id) = text.split_once(':').ok_or(NotAnId)?;
        match kind {
            "plan" if id == "mine" => Ok(Self::Plan),
            "settings" if id == "mine" => Ok(Self::Settings),
            "contact" => Ok(Self::Contact(id.parse()?)),
            "question" => Ok(Self::Question(id.parse()?)),
            "interview" => Ok(Self::Interview(id.parse()?)),
            "answer" => {
                let (interview, question) = id.split_once('.').ok_or(NotAnId)?;
                Ok(Self::Answer(interview.parse()?, question.parse()?))
            }
            "task" => Ok(Self::Task(id.parse()?)),
            _ => Err(NotAnId),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_of_key_reads_back() -> Result<(), NotAnId> {
        let interview = InterviewId::fixed(7);
        for key in [
            Key::Plan,
            Key::Settings,
            Key::Contact(ContactId::fixed(1)),
            Key::Question("path-in-1".parse()?),
            Key::Interview(interview),
            Key::Answer(interview, QuestionId::free_notes()),
            Key::Task(TaskId::fixed(9)),
        ] {
            assert_eq!(key.to_string().parse(), Ok(key));
        }
        Ok(())
    }

    #[test]
    fn a_foreign_key_is_refused() {
        for bad in ["", "contact", "contact:", "plan:other", "ghost:1", "answer:1"] {
            assert_eq!(bad.parse::<Key>(), Err(NotAnId), "{bad}");
        }
    }
}
