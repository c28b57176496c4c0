//! Drafts and cues built from what is known: opening and closing words, the
//! thank-you, the purpose card, and the one-line help around them.
//!
//! A draft is a beginning for the user to change, not a form letter. What is
//! not known yet stands in it in square brackets, so that it can be seen and
//! filled; when everything is known no bracket is left. Requests for a talk
//! are not here.

use crate::domain::contact::{Contact, Warmth};
use crate::domain::interview::{Interview, Mode};
use crate::domain::plan::{Plan, Purpose, lines};
use crate::domain::policy::{
    Networking, Openings, Policies, QuestionsAhead, Resume, RunningOver, SecondNote, ThanksForm,
    WhoElse,
};
use crate::domain::prepare::Step;
use crate::domain::timebox::Part;

/// What every opening says under every purpose (P28). Kept whole, for the tests.
const NO_REQUEST: &str = "This is not a request for a job";

/// The opening words: about a minute aloud, or the first lines of the letter
/// when they answer in writing (P15).
///
/// Thanks and how I got the name or what I know of their work (P27, P86), the
/// declared purpose (P21, C3), that this is no request for a job (P28, C6), who I
/// am (P87), how long it takes and that I watch the time (P66, C5). On the phone
/// it asks whether the moment suits (P47).
#[must_use]
pub fn opening(
    interview: &Interview,
    contact: &Contact,
    plan: &Plan,
    policies: &Policies,
) -> String {
    let mode = interview.mode.unwrap_or_default();
    let name = or_gap(&contact.name, "their name");
    let about_me = format!("About me: {}", sentence_or_gap(&plan.about_me, "who you are"));
    let first = match mode {
        Mode::InPerson => format!(
            "Hello {name}, how good to meet you. Thank you for making time. {}",
            how_i_found(contact)
        ),
        Mode::Video => format!(
            "Hello {name}, thank you for making time. I hope you can see and hear me well. {}",
            how_i_found(contact)
        ),
        Mode::Phone => format!(
            "Hello, is that {name}?{} Thank you for agreeing to talk with me. {about_me} {} Is this a good time for you?",
            filled(&plan.name).map(|me| format!(" This is {me}.")).unwrap_or_default(),
            how_i_found(contact)
        ),
        Mode::InWriting => format!(
            "Dear {name}, thank you for being willing to answer in writing. {}",
            how_i_found(contact)
        ),
    };
    let second = [
        Some(purpose_said(plan, policies)),
        Some(match policies.openings {
            Openings::Never => format!("{NO_REQUEST}, today or later."),
            Openings::InGeneral => format!(
                "{NO_REQUEST}, though I may ask how openings come about in your field in general."
            ),
        }),
        (mode != Mode::Phone).then_some(about_me),
    ];
    let length = minutes(interview.minutes);
    let time = match (mode, policies.running_over) {
        (Mode::InWriting, _) => format!(
            "Answering should take no more than {length}. A line or two for each question is plenty, whenever it suits you."
        ),
        (_, RunningOver::OnlyThey) => {
            format!("It will take {length}. I will watch the time, and stop when they are over.")
        }
        (_, RunningOver::ByFlow) => format!(
            "It will take about {length}. I will watch the time, and ask you before we go on."
        ),
    };
    let seen = (policies.questions_ahead == QuestionsAhead::Always && mode != Mode::InWriting)
        .then(|| "You have seen my questions; we need not keep to their order.".to_owned());
    let last = match mode {
        Mode::InPerson => {
            "I would like to take notes, if you don't mind. And I would love to begin with your own story."
        }
        Mode::Video | Mode::Phone => {
            "If you hear me typing, I am taking notes. And I would love to begin with your own story."
        }
        Mode::InWriting => {
            "My questions follow, the most important ones first, so please stop wherever you like."
        }
    };
    let third = [Some(time), seen, Some(last.to_owned())];
    paragraphs([first, joined(second), joined(third)])
}

/// The closing words, a line for each thought so that they can be found at a glance (P102).
///
/// The end as agreed (P66, C5), thanks, one thing I will do next, left open to be
/// finished aloud (P29, P33), may I come back to you (P51, P52), who else and who sees
/// it differently (P78, C7), the résumé (P6, C1), and the second note (P37, C10).
/// A line for certain cases begins by naming the case: "If it went well: ".
/// A talk in writing leaves such lines out, since nobody is there to judge.
#[must_use]
pub fn closing(
    interview: &Interview,
    contact: &Contact,
    plan: &Plan,
    policies: &Policies,
) -> String {
    let writing = interview.mode == Some(Mode::InWriting);
    let name = or_gap(&contact.name, "their name");
    let field = or_gap(&plan.field, "the field");
    let length = minutes(interview.minutes);
    let end = match (writing, policies.running_over) {
        (true, _) => "Please leave out whatever you would rather not answer.".to_owned(),
        (false, RunningOver::OnlyThey) => {
            format!("Those were our {length}, and I promised to stop.")
        }
        (false, RunningOver::ByFlow) => {
            format!("Our {length} are over, and I don't want to keep you.")
        }
    };
    let thanks = if writing {
        format!("Thank you, {name}. Whatever you write will help me see {field} more clearly.")
    } else {
        format!("Thank you, {name}. You have helped me see {field} more clearly.")
    };
    let next = if writing {
        "When I have your answers, I will tell you which of them I act on first."
    } else {
        "Because of what you told me, the first thing I will do is …"
    };
    let back = match plan.purpose {
        Purpose::LearnTheField => "May I come back to you if a question comes up?",
        Purpose::BuildANetwork => {
            "May I come back to you if a question comes up, and keep in touch now and then?"
        }
    };
    let who_else =
        "Who else would be good to hear from, perhaps someone who sees this work differently?";
    let who_else = match policies.who_else {
        WhoElse::Always => Some(who_else.to_owned()),
        WhoElse::WhenWarm if writing => None,
        WhoElse::WhenWarm => Some(format!("If it went well: {who_else}")),
    };
    let resume = (!writing).then(|| resume_said(interview.mode, policies.resume));
    let later = format!(
        "I will write again in {} to tell you what came of it.",
        second_note_in(policies.second_note)
    );
    let all = [
        Some(end),
        Some(thanks),
        Some(next.to_owned()),
        Some(back.to_owned()),
        who_else,
        resume.map(str::to_owned),
        Some(later),
    ];
    all.into_iter().flatten().collect::<Vec<_>>().join("\n")
}

/// The thank-you itself, to be sent in the time of C8 and the form of C9 (P36, P53, P104).
///
/// Names what I enjoyed and what I learned, and what is already arranged: the
/// names I was given (P80). A card says the same in fewer words.
#[must_use]
pub fn thank_you(
    interview: &Interview,
    contact: &Contact,
    plan: &Plan,
    policies: &Policies,
) -> String {
    let debrief = &interview.debrief;
    let name = or_gap(&contact.name, "their name");
    let thanks = match interview.mode {
        Some(Mode::InPerson) | None => "Thank you for meeting me",
        Some(Mode::Video | Mode::Phone) => "Thank you for talking with me",
        Some(Mode::InWriting) => "Thank you for answering my questions",
    };
    let field = filled(&plan.field).map(|field| format!(" and telling me about {field}"));
    let thanks = format!("{thanks}{}.", field.unwrap_or_default());
    let enjoyed = whole(&debrief.thanks_for).map(|said| format!("What stays with me: {said}"));
    let learned =
        first_line(&debrief.learned).map(|said| format!("What I take away: {}", sentence(said)));
    let nothing_noted = enjoyed.is_none() && learned.is_none();
    let gap = nothing_noted.then(|| {
        "What stays with me: [what you enjoyed or learned]. Because of it I will [what you will do with it]."
            .to_owned()
    });
    let names: Vec<_> =
        debrief.suggestions.iter().filter_map(|suggestion| filled(&suggestion.name)).collect();
    let arranged = (!names.is_empty())
        .then(|| format!("I will get in touch with {}, as you suggested.", listed(&names)));
    let later = format!(
        "I will write again in {} to tell you what came of your advice.",
        second_note_in(policies.second_note)
    );
    let end = match plan.purpose {
        Purpose::LearnTheField => "There is no need to answer this.",
        Purpose::BuildANetwork => "I would be glad to keep in touch.",
    };
    let letter = policies.thanks_form == ThanksForm::Letter;
    if policies.thanks_form == ThanksForm::Card {
        let middle = enjoyed.or(learned).or(gap);
        return paragraphs([
            format!("Dear {name},"),
            joined([Some(thanks), middle, arranged]),
            signed("With warm thanks,", plan),
        ]);
    }
    let address = lines(&contact.address).collect::<Vec<_>>().join("\n");
    paragraphs([
        if letter { address } else { String::new() },
        format!("Dear {name},"),
        thanks,
        joined([enjoyed, learned, gap]),
        joined([arranged, Some(later)]),
        end.to_owned(),
        signed(if letter { "Yours sincerely," } else { "With kind regards," }, plan),
    ])
}

/// The last line of a letter with the name of its writer below it.
fn signed(regards: &str, plan: &Plan) -> String {
    format!("{regards}\n{}", or_gap(&plan.name, "your name"))
}

/// The subject line of the thank-you, for the forms that have one.
#[must_use]
pub fn thank_you_subject(interview: &Interview, plan: &Plan) -> String {
    match (interview.mode, filled(&plan.field)) {
        (Some(Mode::InWriting), _) => "Thank you for your answers".to_owned(),
        (_, Some(field)) => format!("Thank you for telling me about {field}"),
        (_, None) => "Thank you for your time".to_owned(),
    }
}

/// The lines of the purpose card, which stays in sight while talking (P1): the
/// purpose as declared (P21), the goals for this talk and then those of the plan,
/// one belief to test (P23), and what it is not for. Seven lines at most.
#[must_use]
pub fn purpose_card(plan: &Plan, interview: &Interview) -> Vec<String> {
    let field = filled(&plan.field).unwrap_or("this field");
    let purpose = match plan.purpose {
        Purpose::LearnTheField => format!("I am here to learn about {field}."),
        Purpose::BuildANetwork => {
            format!("I am here to learn about {field} and to get to know people in it.")
        }
    };
    let mut card = vec![purpose];
    for goal in lines(&interview.goals).chain(lines(&plan.goals)) {
        if card.len() < 5 && !card.iter().any(|line| line == goal) {
            card.push(goal.to_owned());
        }
    }
    card.extend(lines(&plan.beliefs).next().map(|belief| format!("To test: {belief}")));
    card.push("I am not here for a job.".to_owned());
    card
}

/// What is not asked for in any talk, under any policy (P22, P26, P71).
#[must_use]
pub fn do_not_ask() -> &'static [&'static str] {
    &[
        "A job, or whether they have one",
        "A good word, or to be recommended",
        "Whom they know that is taking people on",
        "To pass on my papers to someone",
        "What they earn themselves",
        "More time than we agreed on",
    ]
}

/// What to do if they offer a job, a lead or a good word of their own accord (P71).
#[must_use]
pub fn if_they_offer() -> &'static str {
    "If they offer help of that kind, thank them, ask what they have in mind, and write it down."
}

/// The name of a step of the wizard.
#[must_use]
pub fn step_title(step: Step) -> &'static str {
    match step {
        Step::Purpose => "Why you are asking",
        Step::Person => "Who you are meeting",
        Step::Meeting => "When, where and how",
        Step::Questions => "What you will ask",
        Step::Words => "How you begin and end",
        Step::Packing => "What to have with you",
        Step::Ready => "Ready to talk",
    }
}

/// Why a step of the wizard matters, in a sentence.
#[must_use]
pub fn step_tip(step: Step) -> &'static str {
    match step {
        // P1, P23.
        Step::Purpose => {
            "With a purpose written down, a talk stays about their work and never slides into asking for a job."
        }
        // P27.
        Step::Person => {
            "Twenty minutes of reading about someone shows in your very first sentence."
        }
        // P62, P66, P96.
        Step::Meeting => {
            "Face to face teaches you most, and a clear beginning and end make it easy for them to say yes."
        }
        // P43, P97, and the figures: six must-asks and four in reserve fit twenty minutes.
        Step::Questions => {
            "Put what matters most first: six questions and four in reserve are plenty for twenty minutes."
        }
        // P28, P29.
        Step::Words => {
            "The first minute and the last are the hardest to make up on the spot, so have them ready."
        }
        // P48, P98.
        Step::Packing => "What lies packed the evening before is off your mind when you say hello.",
        // P94.
        Step::Ready => "A last look now, and then all that is left to do is listen.",
    }
}

/// What to do in a part of the talk, in a line to read while talking.
#[must_use]
pub fn part_cue(part: Part) -> &'static str {
    match part {
        // P28, P66.
        Part::Opening => "Thank them, name the minutes, say that this is not about a job.",
        // P87.
        Part::Introduction => "Two sentences about you, then over to them.",
        // P31, and the figure: listen four fifths of the time.
        Part::Story => "Listen. Ask one thing more about what they just said before you move on.",
        // P31, P101.
        Part::Advice => "Ask what they would do in your place, and write it down in their words.",
        // P29, P51, P102.
        Part::Closing => "Say what you will do next, ask if you may come back, and thank them.",
    }
}

/// Whether one knows enough to ask people at all (P39, P40). Who cannot say yes
/// to each line should read first.
#[must_use]
pub fn self_test() -> &'static [&'static str] {
    &[
        "I can say what a person in this role does for most of the week.",
        "I can name three things it takes to do it well.",
        "I can name three organisations where it is done.",
    ]
}

/// How I came to this person (P27), and what links us (P60, P86). A link that
/// only repeats where the name came from is not said twice.
fn how_i_found(contact: &Contact) -> String {
    let source = first_line(&contact.source);
    let link = first_line(&contact.warmth_reason)
        .filter(|_| contact.warmth == Warmth::Warm)
        .filter(|link| source.is_none_or(|source| !link.contains(source)));
    let known = first_line(&contact.known);
    if source.is_none() && link.is_none() && known.is_none() {
        return "I wanted to talk with you because of [what you know of their work].".to_owned();
    }
    joined([
        source.map(|source| format!("I got your name through {}", sentence(source))),
        link.map(|link| format!("What links us: {}", sentence(link))),
        known.map(|known| format!("I have read a little about your work: {}", sentence(known))),
    ])
}

/// The purpose, in the words of the one that was declared (P21, C3).
fn purpose_said(plan: &Plan, policies: &Policies) -> String {
    let field = or_gap(&plan.field, "the field");
    match (plan.purpose, policies.networking) {
        (Purpose::LearnTheField, Networking::LearnFirst) => format!(
            "I would like to learn what {field} is really like, and that is all I came for."
        ),
        (Purpose::LearnTheField, Networking::OverTime) => {
            format!("I would like to learn what {field} is really like from someone who knows.")
        }
        (Purpose::BuildANetwork, Networking::LearnFirst) => format!(
            "I would like to learn about {field}, and to be open with you: I also hope to get to know people in it."
        ),
        (Purpose::BuildANetwork, Networking::OverTime) => format!(
            "I would like to learn about {field} and, over time, to get to know people in it."
        ),
    }
}

/// What is said about the résumé at the end (P6, C1).
fn resume_said(mode: Option<Mode>, resume: Resume) -> &'static str {
    let at_a_distance = matches!(mode, Some(Mode::Phone | Mode::Video));
    match resume {
        Resume::LeaveHome => {
            "If they ask about your background: I can send you my résumé later, if you would like to see it."
        }
        Resume::BringForAdvice if at_a_distance => {
            "I have my résumé at hand and can send it; all I would like is your advice on it."
        }
        Resume::BringForAdvice => {
            "I have my résumé with me; all I would like is your advice on it."
        }
        Resume::OnceRapport => {
            "If it went well: may I send you my résumé later, only for your advice on it?"
        }
    }
}

/// When the second note follows, in words (C10).
fn second_note_in(policy: SecondNote) -> &'static str {
    match policy {
        SecondNote::AfterAMonth => "a month or so",
        SecondNote::AfterSixWeeks => "about six weeks",
        SecondNote::AfterTwoMonths => "about two months",
    }
}

/// A length in words.
fn minutes(count: u16) -> String {
    if count == 1 { "1 minute".to_owned() } else { format!("{count} minutes") }
}

/// The text without blanks around it, if any is left.
fn filled(text: &str) -> Option<&str> {
    Some(text.trim()).filter(|text| !text.is_empty())
}

/// The first filled line.
fn first_line(text: &str) -> Option<&str> {
    lines(text).next()
}

/// Every filled line as a sentence, one after the other.
fn whole(text: &str) -> Option<String> {
    let sentences: Vec<_> = lines(text).map(sentence).collect();
    (!sentences.is_empty()).then(|| sentences.join(" "))
}

/// The text, ending as a sentence does.
fn sentence(text: &str) -> String {
    let text = text.trim().trim_end_matches([',', ';', ':']);
    if text.ends_with(['.', '?', '!', '…']) { text.to_owned() } else { format!("{text}.") }
}

/// The text in the middle of a sentence, or a gap that says what belongs there.
fn or_gap(text: &str, gap: &str) -> String {
    first_line(text)
        .map_or_else(|| format!("[{gap}]"), |text| text.trim_end_matches('.').to_owned())
}

/// The first line as a sentence, or a gap that says what belongs there.
fn sentence_or_gap(text: &str, gap: &str) -> String {
    first_line(text).map_or_else(|| format!("[{gap}]."), sentence)
}

/// Names in a row: "A", "A and B", "A, B and C".
fn listed(names: &[&str]) -> String {
    match names.split_last() {
        None => String::new(),
        Some((last, [])) => (*last).to_owned(),
        Some((last, others)) => format!("{} and {last}", others.join(", ")),
    }
}

/// The sentences that are there, as one paragraph.
fn joined<const N: usize>(sentences: [Option<String>; N]) -> String {
    sentences.into_iter().flatten().collect::<Vec<_>>().join(" ")
}

/// The paragraphs that are not empty, with a blank line between them.
fn paragraphs<const N: usize>(paragraphs: [String; N]) -> String {
    let filled: Vec<_> = paragraphs.into_iter().filter(|text| !text.is_empty()).collect();
    filled.join("\n\n")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::id::{ContactId, InterviewId, SuggestionId};
    use crate::domain::interview::Suggestion;
    use crate::domain::policy::Policy;
    use chrono::DateTime;

    fn talk(mode: Mode) -> Interview {
        let id = ContactId::fixed(1);
        let mut talk = Interview::with(InterviewId::fixed(1), id, 25, DateTime::UNIX_EPOCH);
        talk.mode = Some(mode);
        talk.goals = "What a first year is like".to_owned();
        talk.debrief.learned = "That most of the day is paperwork".to_owned();
        talk.debrief.thanks_for = "The tale of the wet ledgers".to_owned();
        for (n, name) in ["Ana Ruiz", "The map group"].into_iter().enumerate() {
            talk.debrief.suggestions.push(Suggestion {
                id: SuggestionId::fixed(n as u128),
                name: name.to_owned(),
                about: String::new(),
                contact: None,
            });
        }
        talk
    }

    fn person() -> Contact {
        let mut person = Contact::named(ContactId::fixed(1), "Noor Haddad", DateTime::UNIX_EPOCH);
        person.source = "Grace Lindqvist".to_owned();
        person.known = "repairs parish registers, and wrote about iron gall ink".to_owned();
        person
    }

    fn plan(purpose: Purpose) -> Plan {
        Plan {
            about_me: "I am a lab technician at a school and have begun to read about paper"
                .to_owned(),
            name: "Sam Okafor".to_owned(),
            field: "museum conservation".to_owned(),
            goals: "Which training is worth its time\nWhat a first year is like".to_owned(),
            beliefs: "One needs a chemistry degree".to_owned(),
            purpose,
            ..Plan::default()
        }
    }

    /// The default policies, and each single change from them.
    fn every_policy() -> Vec<Policies> {
        let mut all = vec![Policies::default()];
        for policy in Policy::ALL {
            for position in 1..policy.count() {
                let mut policies = Policies::default();
                policies.choose(*policy, position);
                all.push(policies);
            }
        }
        all
    }

    fn words(text: &str) -> usize {
        text.split_whitespace().count()
    }

    #[test]
    fn when_all_is_known_no_gap_is_left() {
        for policies in every_policy() {
            for purpose in Purpose::ALL {
                for mode in Mode::ALL {
                    let (talk, person, plan) = (talk(*mode), person(), plan(*purpose));
                    for draft in [
                        opening(&talk, &person, &plan, &policies),
                        closing(&talk, &person, &plan, &policies),
                        thank_you(&talk, &person, &plan, &policies),
                        thank_you_subject(&talk, &plan),
                    ] {
                        assert!(!draft.contains('['), "{draft}");
                        assert!(!draft.contains("..") && !draft.contains("  "), "{draft}");
                    }
                }
            }
        }
    }

    #[test]
    fn what_is_not_known_is_named_in_brackets() {
        let mut nobody = person();
        (nobody.name, nobody.source, nobody.known) = Default::default();
        let mut talk = talk(Mode::InPerson);
        talk.debrief = Default::default();
        let policies = Policies::default();
        let opening = opening(&talk, &nobody, &Plan::default(), &policies);
        for gap in ["[their name]", "[what you know of their work]", "[who you are]", "[the field]"]
        {
            assert!(opening.contains(gap), "{gap} in: {opening}");
        }
        let thanks = thank_you(&talk, &nobody, &Plan::default(), &policies);
        assert!(thanks.contains("[what you enjoyed or learned]"), "{thanks}");
    }

    #[test]
    fn an_opening_is_said_in_about_a_minute() {
        for policies in every_policy() {
            for purpose in Purpose::ALL {
                for mode in Mode::ALL {
                    let text = opening(&talk(*mode), &person(), &plan(*purpose), &policies);
                    assert!((90..=150).contains(&words(&text)), "{} words: {text}", words(&text));
                    let usual = policies == Policies::default();
                    assert!(!usual || words(&text) <= 140, "{} words: {text}", words(&text));
                }
            }
        }
    }

    #[test]
    fn every_opening_names_the_minutes_and_says_it_is_no_request_for_a_job() {
        for policies in every_policy() {
            for purpose in Purpose::ALL {
                for mode in Mode::ALL {
                    let text = opening(&talk(*mode), &person(), &plan(*purpose), &policies);
                    assert!(text.contains("25 minutes"), "{text}");
                    assert!(text.contains(NO_REQUEST), "{text}");
                }
            }
        }
    }

    #[test]
    fn the_declared_purpose_is_the_one_that_is_said() {
        let policies = Policies::default();
        let (talk, person) = (talk(Mode::Video), person());
        let learn = plan(Purpose::LearnTheField);
        let network = plan(Purpose::BuildANetwork);
        let meets = |text: &str| text.contains("get to know people");
        assert!(!meets(&opening(&talk, &person, &learn, &policies)));
        assert!(meets(&opening(&talk, &person, &network, &policies)));
        assert!(closing(&talk, &person, &network, &policies).contains("keep in touch"));
        assert!(!closing(&talk, &person, &learn, &policies).contains("keep in touch"));
        assert!(thank_you(&talk, &person, &network, &policies).contains("keep in touch"));
        assert!(!meets(&purpose_card(&learn, &talk).join("\n")));
        assert!(meets(&purpose_card(&network, &talk).join("\n")));
    }

    #[test]
    fn a_phone_call_asks_whether_the_moment_suits() {
        let policies = Policies::default();
        let plan = plan(Purpose::LearnTheField);
        for mode in Mode::ALL {
            let text = opening(&talk(*mode), &person(), &plan, &policies);
            assert_eq!(text.contains("Is this a good time"), *mode == Mode::Phone, "{text}");
        }
    }

    #[test]
    fn a_warm_contact_hears_what_links_us() {
        let mut person = person();
        person.warmth_reason = "the same evening class".to_owned();
        let said = |person: &Contact| {
            let plan = plan(Purpose::LearnTheField);
            opening(&talk(Mode::InPerson), person, &plan, &Policies::default())
        };
        assert!(!said(&person).contains("the same evening class"));
        person.warmth = Warmth::Warm;
        assert!(said(&person).contains("the same evening class"));
    }

    #[test]
    fn who_else_waits_for_a_warm_talk_unless_always_was_chosen() {
        let plan = plan(Purpose::LearnTheField);
        let mut policies = Policies::default();
        let line = |policies: &Policies, mode| {
            let text = closing(&talk(mode), &person(), &plan, policies);
            text.lines().find(|line| line.contains("Who else")).map(str::to_owned)
        };
        assert!(line(&policies, Mode::InPerson).unwrap().starts_with("If it went well: "));
        assert_eq!(line(&policies, Mode::InWriting), None);
        policies.who_else = WhoElse::Always;
        assert!(line(&policies, Mode::InPerson).unwrap().starts_with("Who else"));
        assert!(line(&policies, Mode::InWriting).unwrap().starts_with("Who else"));
    }

    #[test]
    fn every_closing_has_a_next_step_and_asks_to_come_back() {
        for policies in every_policy() {
            for mode in Mode::ALL {
                let text =
                    closing(&talk(*mode), &person(), &plan(Purpose::LearnTheField), &policies);
                assert!(text.contains("first"), "{text}");
                assert!(text.contains("May I come back to you"), "{text}");
                assert!(text.contains("Thank you, Noor Haddad"), "{text}");
            }
        }
    }

    #[test]
    fn each_policy_of_the_last_minutes_changes_the_closing() {
        let plan = plan(Purpose::LearnTheField);
        let usual = closing(&talk(Mode::InPerson), &person(), &plan, &Policies::default());
        for policy in [Policy::Resume, Policy::RunningOver, Policy::SecondNote, Policy::WhoElse] {
            for position in 1..policy.count() {
                let mut policies = Policies::default();
                policies.choose(policy, position);
                let text = closing(&talk(Mode::InPerson), &person(), &plan, &policies);
                assert_ne!(text, usual, "{policy:?} {position}");
            }
        }
    }

    #[test]
    fn a_thank_you_names_what_was_enjoyed_learned_and_arranged() {
        let plan = plan(Purpose::LearnTheField);
        for mode in Mode::ALL {
            let text = thank_you(&talk(*mode), &person(), &plan, &Policies::default());
            for part in [
                "The tale of the wet ledgers.",
                "That most of the day is paperwork.",
                "Ana Ruiz and The map group",
                "museum conservation",
            ] {
                assert!(text.contains(part), "{part} in: {text}");
            }
        }
    }

    #[test]
    fn a_card_is_shorter_than_an_email_and_a_letter_carries_the_address() {
        let plan = plan(Purpose::LearnTheField);
        let mut person = person();
        person.address = "1 Quay Lane\nNorthgate".to_owned();
        let form = |thanks_form| {
            let policies = Policies { thanks_form, ..Policies::default() };
            thank_you(&talk(Mode::InPerson), &person, &plan, &policies)
        };
        assert!(words(&form(ThanksForm::Card)) < words(&form(ThanksForm::EmailOrCard)));
        assert!(form(ThanksForm::Letter).starts_with("1 Quay Lane\nNorthgate\n\nDear"));
        assert!(!form(ThanksForm::EmailOrCard).contains("Quay"));
    }

    #[test]
    fn the_purpose_card_is_short_and_names_each_goal_once() {
        let mut plan = plan(Purpose::LearnTheField);
        let card = purpose_card(&plan, &talk(Mode::InPerson));
        assert_eq!(
            card,
            [
                "I am here to learn about museum conservation.",
                "What a first year is like",
                "Which training is worth its time",
                "To test: One needs a chemistry degree",
                "I am not here for a job.",
            ]
        );
        plan.goals = "a\nb\nc\nd\ne\nf\ng".to_owned();
        assert_eq!(purpose_card(&plan, &talk(Mode::InPerson)).len(), 7);
        assert_eq!(purpose_card(&Plan::default(), &talk(Mode::InWriting)).len(), 3);
    }

    #[test]
    fn every_step_and_part_has_its_words() {
        for step in Step::ALL {
            assert!(words(step_title(*step)) <= 6);
            assert!(words(step_tip(*step)) <= 26 && step_tip(*step).ends_with('.'), "{step:?}");
        }
        for part in Part::ALL {
            assert!(words(part_cue(*part)) <= 18 && part_cue(*part).ends_with('.'), "{part:?}");
        }
        assert_eq!(self_test().len(), 3);
        assert!(do_not_ask().len() >= 5);
    }
}
