//! The two or more sides of each policy, in a sentence each (P69).
//!
//! Good advisers disagree, so the app takes no side: it has a default, says
//! who argues for what, and leaves the choice to its user. What a choice
//! changes is decided elsewhere; here are only the words.

use crate::domain::policy::Policy;

/// The words around one policy.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PolicyText {
    /// Which policy.
    pub policy: Policy,
    /// The choice, as a short question.
    pub title: &'static str,
    /// Why it is worth a thought, in one sentence.
    pub why_it_matters: &'static str,
    /// The values in the order of the choice's `ALL`; position 0 is the default.
    pub options: &'static [OptionText],
}

/// The words around one value of a policy.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OptionText {
    /// The value, in a few words.
    pub label: &'static str,
    /// Who argues for it and why, in one sentence.
    pub reason: &'static str,
}

/// Shorthand for one value.
const fn option(label: &'static str, reason: &'static str) -> OptionText {
    OptionText { label, reason }
}

/// The words around `policy` (P69).
#[must_use]
pub fn text(policy: Policy) -> &'static PolicyText {
    match policy {
        Policy::Minutes => &MINUTES,
        Policy::RunningOver => &RUNNING_OVER,
        Policy::Resume => &RESUME,
        Policy::QuestionsAhead => &QUESTIONS_AHEAD,
        Policy::Networking => &NETWORKING,
        Policy::Openings => &OPENINGS,
        Policy::WhoElse => &WHO_ELSE,
        Policy::ThanksBy => &THANKS_BY,
        Policy::ThanksForm => &THANKS_FORM,
        Policy::SecondNote => &SECOND_NOTE,
        Policy::Silence => &SILENCE,
        Policy::Expect => &EXPECT,
        Policy::Talks => &TALKS,
        Policy::FirstChannel => &FIRST_CHANNEL,
    }
}

/// C4.
static MINUTES: PolicyText = PolicyText {
    policy: Policy::Minutes,
    title: "How many minutes do you ask for?",
    why_it_matters: "A busy person says yes more easily when they can see where it ends.",
    options: &[
        option(
            "20 minutes",
            "A job-search coach finds that twenty is enough for a real story and still easy to grant.",
        ),
        option(
            "15 minutes",
            "A sceptical scientist-recruiter keeps it to a quarter of an hour, which hardly anyone has to move a meeting for.",
        ),
        option(
            "25 minutes",
            "A career office plans for twenty to thirty, which leaves room for a proper ending.",
        ),
        option(
            "30 minutes",
            "A university career counsellor allows up to half an hour, as long as the end is agreed beforehand.",
        ),
    ],
};

/// C5.
static RUNNING_OVER: PolicyText = PolicyText {
    policy: Policy::RunningOver,
    title: "May the talk run over?",
    why_it_matters: "Keeping to the time you named is the first promise they see you keep.",
    options: &[
        option(
            "Only if they offer",
            "A data-science teacher holds that the time is theirs, so only they can give you more of it.",
        ),
        option(
            "If it flows, after asking",
            "A sceptical scientist-recruiter lets the talk itself decide, somewhere between fifteen minutes and thirty.",
        ),
    ],
};

/// C1.
static RESUME: PolicyText = PolicyText {
    policy: Policy::Resume,
    title: "What about your résumé?",
    why_it_matters: "A résumé on the table can turn a talk about their work into a talk about yours.",
    options: &[
        option(
            "Leave it at home, offer to send it later",
            "A university career counsellor leaves it behind, so that nobody feels a request for a job coming.",
        ),
        option(
            "Bring it, for advice on it only",
            "A career office has you bring one, because someone in the field sees at a glance what it lacks.",
        ),
        option(
            "Only once you get on well",
            "A reader of that counsellor keeps it out of sight until the two of you have warmed to each other.",
        ),
    ],
};

/// C2.
static QUESTIONS_AHEAD: PolicyText = PolicyText {
    policy: Policy::QuestionsAhead,
    title: "Do your questions go along beforehand?",
    why_it_matters: "Some people like to prepare, and others take a list for a chore.",
    options: &[
        option(
            "When they ask for them",
            "The middle way: your request stays short, and whoever wants to prepare can.",
        ),
        option(
            "Always",
            "A university career counsellor sends them, so that people can think, or answer in writing if they prefer.",
        ),
        option(
            "Never",
            "A career office keeps questions out of the letter, which should say only who you are and what you wish to learn.",
        ),
    ],
};

/// C3.
static NETWORKING: PolicyText = PolicyText {
    policy: Policy::Networking,
    title: "Is getting to know people a purpose of its own?",
    why_it_matters: "People help more gladly when what you say you want is what you want.",
    options: &[
        option(
            "Learn first, and say so if it is more than that",
            "A university career counsellor treats new acquaintances as a bonus, and has you be open about it if they are your aim.",
        ),
        option(
            "Yes, over time",
            "A job-search coach and a data-science teacher both see the talk as the start of an acquaintance that grows slowly.",
        ),
    ],
};

/// C6.
static OPENINGS: PolicyText = PolicyText {
    policy: Policy::Openings,
    title: "Do you ask about openings?",
    why_it_matters: "One question about posts can make the whole talk look like a pretext.",
    options: &[
        option(
            "Never",
            "A data-science teacher rules it out: if someone wants to tell you of a post, they will.",
        ),
        option(
            "In general, after saying you are not asking for a job",
            "A career office finds it fair to ask how posts come about, once it is clear that you do not want one from them.",
        ),
    ],
};

/// C7.
static WHO_ELSE: PolicyText = PolicyText {
    policy: Policy::WhoElse,
    title: "When do you ask who else to talk to?",
    why_it_matters: "A name is a piece of their good will, and it opens a door that a stranger finds shut.",
    options: &[
        option(
            "When it went well",
            "A data-science teacher asks only after a warm talk, and takes no for an answer.",
        ),
        option(
            "Always",
            "A job-search coach, a career office and a scientist-recruiter end every talk with it, since each name leads to the next.",
        ),
    ],
};

/// C8.
static THANKS_BY: PolicyText = PolicyText {
    policy: Policy::ThanksBy,
    title: "How soon do you say thanks?",
    why_it_matters: "Thanks that come late look like an afterthought, however warm they are.",
    options: &[
        option(
            "Within a day",
            "Many career offices say the same day or the next, while both of you still remember the words.",
        ),
        option(
            "Within three days",
            "One career office allows two or three days, which leaves time to write something worth reading.",
        ),
        option(
            "Within the week",
            "A job-search coach only says soon: better a few days later and well meant than quick and empty.",
        ),
    ],
};

/// C9.
static THANKS_FORM: PolicyText = PolicyText {
    policy: Policy::ThanksForm,
    title: "What form do your thanks take?",
    why_it_matters: "The form says how much trouble you took, and some forms arrive faster than others.",
    options: &[
        option(
            "An email, and a card if you like",
            "An email arrives in time and is easy to answer; a card can follow when the talk meant a lot to you.",
        ),
        option(
            "A handwritten card",
            "A data-science teacher likes a card best, because hardly anyone gets one now, but does not insist on it.",
        ),
        option(
            "A letter",
            "A career office asks for a letter after every talk, and counts it as part of your manners.",
        ),
    ],
};

/// C10.
static SECOND_NOTE: PolicyText = PolicyText {
    policy: Policy::SecondNote,
    title: "When do you write a second time?",
    why_it_matters: "People who gave advice like to hear what became of it, and hardly anyone tells them.",
    options: &[
        option(
            "After a month",
            "A job-search coach writes after a month, when you have done something but they still remember you.",
        ),
        option(
            "After six weeks",
            "Half way through the one to two months that a career office gives you.",
        ),
        option(
            "After two months",
            "The late end of what a career office suggests, so that you have more to tell.",
        ),
    ],
};

/// C11.
static SILENCE: PolicyText = PolicyText {
    policy: Policy::Silence,
    title: "What do you do when nobody answers?",
    why_it_matters: "Silence mostly means a full inbox, but asking again and again wears out good will.",
    options: &[
        option(
            "Wait seven days, then one nudge",
            "A data-science teacher waits a week, writes once more if the person is central to your search, then lets go.",
        ),
        option(
            "Ring, as you said you would",
            "A career office has you say in your letter when you will ring, and then ring on that day.",
        ),
        option(
            "Three working days, then someone else; seven, then one nudge",
            "One job-search method moves on to a second person after three working days, so that waiting costs you nothing.",
        ),
    ],
};

/// C12.
static EXPECT: PolicyText = PolicyText {
    policy: Policy::Expect,
    title: "How much help do you expect?",
    why_it_matters: "Hope that is too high turns into hurt, and hope that is too low keeps you from asking.",
    options: &[
        option(
            "Show me both views",
            "Advisers disagree, so you see both, next to the share of people who answered you.",
        ),
        option(
            "Most people are glad to help",
            "A job-search coach finds that most people like to talk about their work when someone asks kindly.",
        ),
        option(
            "Do not count on it",
            "A sceptical scientist-recruiter warns that many people write and few get an answer, so no plan should hang on one reply.",
        ),
    ],
};

/// C13.
static TALKS: PolicyText = PolicyText {
    policy: Policy::Talks,
    title: "How many talks do you aim for?",
    why_it_matters: "One talk is one person's view, and after some number of them you hear little that is new.",
    options: &[
        option(
            "Four",
            "A data-science teacher puts the sweet spot at four: enough to compare, few enough to finish.",
        ),
        option(
            "Two",
            "A university career counsellor asks for at least two people, with different paths.",
        ),
        option(
            "Six",
            "The upper end of what a data-science teacher suggests, for a field with many corners.",
        ),
        option(
            "Twenty",
            "Career pages of a science journal speak of twenty to forty, for a change that takes a year or more.",
        ),
    ],
};

/// C14.
static FIRST_CHANNEL: PolicyText = PolicyText {
    policy: Policy::FirstChannel,
    title: "How do you ask first?",
    why_it_matters: "The first request is the one most people put off, so it helps to know how you will make it.",
    options: &[
        option(
            "By email",
            "A university career counsellor writes first, so that people can answer when it suits them.",
        ),
        option(
            "By phone",
            "A sceptical scientist-recruiter begins with a call: it takes a minute, and you hear yes or no.",
        ),
        option(
            "Either",
            "A career office is content with a letter or a call, as long as you are ready to talk when they pick up.",
        ),
    ],
};

#[cfg(test)]
mod tests {
    use super::*;

    fn every() -> impl Iterator<Item = &'static PolicyText> {
        Policy::ALL.iter().map(|policy| text(*policy))
    }

    #[test]
    fn each_policy_has_its_own_text_with_a_line_for_every_value() {
        for policy in Policy::ALL {
            let text = text(*policy);
            assert_eq!(text.policy, *policy);
            assert_eq!(text.options.len(), policy.count(), "{policy:?}");
        }
    }

    #[test]
    fn titles_ask_and_reasons_are_one_sentence() {
        for text in every() {
            assert!(text.title.ends_with('?'), "{}", text.title);
            let reasons = text.options.iter().map(|option| option.reason);
            for sentence in reasons.chain([text.why_it_matters]) {
                assert!(sentence.ends_with('.'), "{sentence}");
                assert!(!sentence.contains(". "), "{sentence}");
                assert!(!sentence.contains(['!', '—']), "{sentence}");
                assert!(sentence.split_whitespace().count() <= 26, "{sentence}");
            }
            for option in text.options {
                assert!(!option.label.ends_with('.'), "{}", option.label);
            }
        }
    }

    #[test]
    fn the_minutes_on_the_label_are_the_minutes_of_the_policy() {
        use crate::domain::policy::Minutes;
        for (value, option) in Minutes::ALL.iter().zip(MINUTES.options) {
            assert_eq!(option.label, format!("{} minutes", value.count()));
        }
    }

    #[test]
    fn the_unproven_odds_are_nowhere_printed() {
        for text in every() {
            for option in text.options {
                assert!(!option.reason.contains("1 in ") && !option.reason.contains("200"));
            }
        }
    }
}
