//! What to have ready before a talk, by the way it is held (P48, P95, P96, P98).
//!
//! The ids are stored when a line is ticked, so they never change; the words may.

use crate::domain::contact::Contact;
use crate::domain::interview::{Interview, Mode};
use crate::domain::policy::{Policies, QuestionsAhead, Resume};

/// One line to tick.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CheckItem {
    /// Stored in [`Interview::packed`] when the line is ticked; in kebab-case, for ever.
    pub id: &'static str,
    /// The words.
    pub text: String,
}

/// What to have ready for this talk, six to nine lines (P98).
///
/// A talk whose mode is not chosen yet is treated as one in person, the first
/// choice (P62). The lines on the résumé and on the questions follow C1 and C2.
#[must_use]
pub fn packing(interview: &Interview, contact: &Contact, policies: &Policies) -> Vec<CheckItem> {
    match interview.mode.unwrap_or_default() {
        Mode::InPerson => in_person(interview, policies),
        Mode::Video => video(interview, contact, policies),
        Mode::Phone => phone(interview, contact, policies),
        Mode::InWriting => in_writing(interview, policies),
    }
}

fn item(id: &'static str, text: impl Into<String>) -> CheckItem {
    CheckItem { id, text: text.into() }
}

fn in_person(interview: &Interview, policies: &Policies) -> Vec<CheckItem> {
    let place = filled(&interview.place).unwrap_or("the place you agreed on");
    vec![
        item("directions", format!("The way to {place}, and how they will recognise you")),
        item("photo-id", "Photo ID, in case the building asks for it"),
        item(
            "leave-early",
            "Leave early enough to arrive ten minutes ahead, even if a train is late",
        ),
        item("questions", questions(policies, "Your questions on paper, the most important first")),
        item("pen-and-paper", "A pen that writes, a second one, and paper"),
        item("dress", "Clothes one notch smarter than people wear there"),
        item("resume", resume_in_person(policies.resume)),
        item(
            "coffee",
            "No gift; a coffee is fine, up to about five dollars: offer once, and don't insist. No meal, no alcohol",
        ),
        item("phone-silent", "Phone on silent and out of sight"),
    ]
}

fn video(interview: &Interview, contact: &Contact, policies: &Policies) -> Vec<CheckItem> {
    let link = filled(&interview.place).map_or_else(
        || "A link that opens without joining a social network, tested today".to_owned(),
        |place| format!("The link opens, tested today: {place}"),
    );
    let fallback = filled(&contact.phone).map_or_else(
        || "A number to ring each other on if the link fails".to_owned(),
        |phone| format!("Their number, if the link fails: {phone}"),
    );
    vec![
        item("link", link),
        item("fallback", fallback),
        item("light", "Light in front of you, a quiet room, and nothing odd behind you"),
        item("notifications", "Notifications off, and everything else closed"),
        item("charged", "Laptop plugged in, headphones within reach"),
        item(
            "questions",
            questions(policies, "Your questions beside the screen, the most important first"),
        ),
        item("dress", "Dressed as you would be to meet them in person"),
        item("resume", resume_at_a_distance(policies.resume)),
    ]
}

fn phone(interview: &Interview, contact: &Contact, policies: &Policies) -> Vec<CheckItem> {
    let number = filled(&contact.phone).or_else(|| filled(&interview.place)).map_or_else(
        || "Who rings whom, and on which number".to_owned(),
        |number| format!("Who rings whom; their number is {number}"),
    );
    vec![
        item("number", number),
        item("quiet-place", "A quiet place with a good signal, for ten minutes longer than agreed"),
        item("charged", "Phone charged, headset tried"),
        item("voicemail", "Your own voicemail greeting in order, with your name in it"),
        item("message", "If theirs answers: your name, why you ring, and your number, said slowly"),
        item(
            "questions",
            questions(policies, "Your questions in front of you, the most important first"),
        ),
        item("pen-and-paper", "A pen and paper, or this page open to type into"),
        item("resume", resume_at_a_distance(policies.resume)),
    ]
}

fn in_writing(interview: &Interview, policies: &Policies) -> Vec<CheckItem> {
    let ahead = match policies.questions_ahead {
        QuestionsAhead::Never => {
            "They have said that they prefer to write, so the questions may go now"
        }
        QuestionsAhead::WhenAsked => "They have asked for the questions",
        QuestionsAhead::Always => {
            "The questions go in the message itself, so that nothing has to be opened"
        }
    };
    let resume = match policies.resume {
        Resume::BringForAdvice => {
            "Your résumé only if they have said that they would look at it, and for advice alone"
        }
        Resume::LeaveHome | Resume::OnceRapport => "No résumé with it; you can offer it later",
    };
    vec![
        item(
            "fewer",
            format!("Five questions or six, so that {} are enough", minutes(interview.minutes)),
        ),
        item("short", "Each question in one line, numbered, the most important first"),
        item("agreed", ahead),
        item("when", "A kind word on when: whenever it suits them"),
        item("resume", resume),
        item("address", "Sent from an address that sounds like you at work"),
        item("proofread", "Read aloud once, and their name checked letter by letter"),
    ]
}

/// The line on the questions, with what C2 says about sending them (P14).
fn questions(policies: &Policies, ready: &str) -> String {
    match policies.questions_ahead {
        QuestionsAhead::WhenAsked => format!("{ready}, and a copy to send if they ask"),
        QuestionsAhead::Always => format!("{ready}; a copy has gone to them already"),
        QuestionsAhead::Never => format!("{ready}, for your eyes only"),
    }
}

/// The line on the résumé, face to face (C1).
fn resume_in_person(resume: Resume) -> &'static str {
    match resume {
        Resume::LeaveHome => "No résumé; if they ask, you will send it later",
        Resume::BringForAdvice => {
            "One copy of your résumé, for their advice on it and nothing else"
        }
        Resume::OnceRapport => {
            "A copy of your résumé at the bottom of the bag, to be shown only if you get on well"
        }
    }
}

/// The line on the résumé, by phone or video (C1).
fn resume_at_a_distance(resume: Resume) -> &'static str {
    match resume {
        Resume::LeaveHome => "No résumé attached to anything; if they ask, you will send it later",
        Resume::BringForAdvice => {
            "Your résumé ready to send, for their advice on it and nothing else"
        }
        Resume::OnceRapport => "Your résumé ready to send later, but only if you get on well",
    }
}

fn minutes(count: u16) -> String {
    if count == 1 { "1 minute".to_owned() } else { format!("{count} minutes") }
}

fn filled(text: &str) -> Option<&str> {
    Some(text.trim()).filter(|text| !text.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::id::{ContactId, InterviewId};
    use crate::domain::policy::Policy;
    use chrono::DateTime;
    use std::collections::BTreeSet;

    fn person() -> Contact {
        Contact::named(ContactId::fixed(1), "Noor Haddad", DateTime::UNIX_EPOCH)
    }

    fn talk(mode: Option<Mode>) -> Interview {
        let id = ContactId::fixed(1);
        let mut talk = Interview::with(InterviewId::fixed(1), id, 20, DateTime::UNIX_EPOCH);
        talk.mode = mode;
        talk
    }

    fn resume_line(mode: Mode, resume: Resume) -> String {
        let policies = Policies { resume, ..Policies::default() };
        let items = packing(&talk(Some(mode)), &person(), &policies);
        items.into_iter().find(|item| item.id == "resume").unwrap().text
    }

    #[test]
    fn every_mode_has_six_to_nine_lines_with_ids_of_their_own() {
        for mode in Mode::ALL {
            let items = packing(&talk(Some(*mode)), &person(), &Policies::default());
            assert!((6..=9).contains(&items.len()), "{mode:?}");
            let ids: BTreeSet<_> = items.iter().map(|item| item.id).collect();
            assert_eq!(ids.len(), items.len(), "{mode:?}");
            for item in &items {
                assert!(
                    item.id.bytes().all(|b| b.is_ascii_lowercase() || b == b'-'),
                    "{}",
                    item.id
                );
                assert!(!item.text.contains(['!', '—', '[']), "{}", item.text);
            }
        }
    }

    #[test]
    fn ids_do_not_depend_on_policies() {
        for mode in Mode::ALL {
            let ids = |policies: &Policies| -> Vec<_> {
                let items = packing(&talk(Some(*mode)), &person(), policies);
                items.iter().map(|item| item.id).collect()
            };
            for policy in Policy::ALL {
                let mut policies = Policies::default();
                policies.choose(*policy, 1);
                assert_eq!(ids(&policies), ids(&Policies::default()), "{mode:?} {policy:?}");
            }
        }
    }

    #[test]
    fn the_resume_policy_changes_the_line_on_the_resume() {
        for mode in Mode::ALL {
            let home = resume_line(*mode, Resume::LeaveHome);
            let bring = resume_line(*mode, Resume::BringForAdvice);
            assert!(home.starts_with("No résumé"), "{home}");
            assert_ne!(home, bring);
            assert!(bring.contains("advice"), "{bring}");
            if *mode != Mode::InWriting {
                let warm = resume_line(*mode, Resume::OnceRapport);
                assert!(warm.contains("get on well"), "{warm}");
            }
        }
    }

    #[test]
    fn sending_questions_ahead_shows_in_every_mode() {
        for mode in Mode::ALL {
            let texts: BTreeSet<_> = QuestionsAhead::ALL
                .iter()
                .map(|ahead| {
                    let policies = Policies { questions_ahead: *ahead, ..Policies::default() };
                    let items = packing(&talk(Some(*mode)), &person(), &policies);
                    items.into_iter().map(|item| item.text).collect::<Vec<_>>()
                })
                .collect();
            assert_eq!(texts.len(), 3, "{mode:?}");
        }
    }

    #[test]
    fn what_is_known_stands_in_the_lines() {
        let mut person = person();
        person.phone = "555-0100".to_owned();
        let text = |mode, place: &str| {
            let mut talk = talk(Some(mode));
            talk.place = place.to_owned();
            let items = packing(&talk, &person, &Policies::default());
            items.into_iter().map(|item| item.text).collect::<Vec<_>>().join("\n")
        };
        assert!(text(Mode::InPerson, "the archive café").contains("the archive café"));
        assert!(text(Mode::Video, "https://meet.example.org/a").contains("meet.example.org"));
        assert!(text(Mode::Phone, "").contains("555-0100"));
        assert!(text(Mode::InWriting, "").contains("20 minutes"));
    }

    #[test]
    fn without_a_mode_one_packs_for_a_meeting() {
        let policies = Policies::default();
        assert_eq!(
            packing(&talk(None), &person(), &policies),
            packing(&talk(Some(Mode::InPerson)), &person(), &policies)
        );
    }
}
