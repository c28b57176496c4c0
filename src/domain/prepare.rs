//! The steps of preparing, and what is still missing from them.

use super::choices;
use crate::domain::contact::{Contact, Warmth};
use crate::domain::interview::{Interview, Mode};
use crate::domain::order::sorted_by_key;
use crate::domain::plan::{Plan, lines};
use crate::domain::question::{Question, Theme, Weight};

choices! {
    /// The steps of the wizard, in order. Each can be left and come back to.
    Step {
        /// Purpose and learning goals (P1, P21, P23).
        Purpose,
        /// The person, and what I know of them (P27, P60).
        Person,
        /// When, where and how (P62 to P66).
        Meeting,
        /// Questions, picked and ranked (P3, P97).
        Questions,
        /// Opening and closing words (P28, P29).
        Words,
        /// What to pack, and the way there (P48, P98).
        Packing,
        /// What is missing, and the guide.
        Ready,
    }
}

impl Step {
    /// The step before, if there is one.
    #[must_use]
    pub fn before(self) -> Option<Self> {
        let position = Self::ALL.iter().position(|step| *step == self)?;
        Self::ALL.get(position.checked_sub(1)?).copied()
    }

    /// The step after, if there is one.
    #[must_use]
    pub fn after(self) -> Option<Self> {
        let position = Self::ALL.iter().position(|step| *step == self)?;
        Self::ALL.get(position + 1).copied()
    }
}

choices! {
    /// Something a good talk needs that is not there yet.
    Gap {
        /// No learning goal, neither in the plan nor for this talk (P23).
        NoGoal,
        /// Nothing noted of the person's work (P27).
        NothingKnown,
        /// Called warm without saying what is shared (P60).
        WarmthUnexplained,
        /// No mode chosen (P62).
        NoMode,
        /// No date and time (P96).
        NoTime,
        /// No place, link or number (P96).
        NoPlace,
        /// No question picked (P3).
        NoQuestions,
        /// No question about how they got in (P30).
        NothingOnPathIn,
        /// No question about what to read or join (P30).
        NothingOnResources,
        /// No question that closes with a next step (P29).
        NothingToClose,
        /// The checklist was not looked at (P98).
        NothingPacked,
    }
}

impl Gap {
    /// The step on which it can be filled.
    #[must_use]
    pub fn step(self) -> Step {
        match self {
            Self::NoGoal => Step::Purpose,
            Self::NothingKnown | Self::WarmthUnexplained => Step::Person,
            Self::NoMode | Self::NoTime | Self::NoPlace => Step::Meeting,
            Self::NoQuestions
            | Self::NothingOnPathIn
            | Self::NothingOnResources
            | Self::NothingToClose => Step::Questions,
            Self::NothingPacked => Step::Packing,
        }
    }
}

/// What is still missing, in the order of the steps. An empty list means ready.
#[must_use]
pub fn gaps(
    interview: &Interview,
    contact: &Contact,
    plan: &Plan,
    picked: &[&Question],
) -> Vec<Gap> {
    let blank = |text: &str| text.trim().is_empty();
    let writing = interview.mode == Some(Mode::InWriting);
    let asks = |theme| picked.iter().any(|question| question.theme == theme);
    let found = [
        (lines(&plan.goals).next().is_none() && blank(&interview.goals), Gap::NoGoal),
        (blank(&contact.known) && blank(&interview.read), Gap::NothingKnown),
        (
            contact.warmth == Warmth::Warm
                && blank(&contact.warmth_reason)
                && contact.introduced_by.is_none(),
            Gap::WarmthUnexplained,
        ),
        (interview.mode.is_none(), Gap::NoMode),
        (interview.starts_at.is_none() && !writing, Gap::NoTime),
        (
            blank(&interview.place) && !writing && !reachable_by_phone(interview, contact),
            Gap::NoPlace,
        ),
        (picked.is_empty(), Gap::NoQuestions),
        (!picked.is_empty() && !asks(Theme::PathIn), Gap::NothingOnPathIn),
        (!picked.is_empty() && !asks(Theme::Resources), Gap::NothingOnResources),
        (!picked.is_empty() && !asks(Theme::Closing) && !writing, Gap::NothingToClose),
        (interview.packed.is_empty() && !writing, Gap::NothingPacked),
    ];
    found.into_iter().filter_map(|(missing, gap)| missing.then_some(gap)).collect()
}

/// Whether something was entered on a step of this talk: then it was visited,
/// wherever the wizard stands now.
#[must_use]
pub fn is_begun(step: Step, interview: &Interview) -> bool {
    match step {
        Step::Purpose => !interview.goals.is_empty(),
        Step::Person => !interview.read.is_empty(),
        Step::Meeting => {
            interview.mode.is_some()
                || interview.starts_at.is_some()
                || !interview.place.is_empty()
                || !interview.arrangements.is_empty()
        }
        Step::Questions => !interview.picks.is_empty(),
        Step::Words => interview.opening.is_some() || interview.closing.is_some(),
        Step::Packing => !interview.packed.is_empty(),
        Step::Ready => interview.clock.is_some(),
    }
}

/// A phone talk needs no other place than the number that is already known.
fn reachable_by_phone(interview: &Interview, contact: &Contact) -> bool {
    interview.mode == Some(Mode::Phone) && !contact.phone.trim().is_empty()
}

/// The slots that no talk should leave empty (P30): how they got in, what to
/// read and join, who else to ask, and the next step.
const NEVER_EMPTY: [Theme; 4] = [Theme::PathIn, Theme::Resources, Theme::WhoElse, Theme::Closing];

/// A first choice of questions for `contact` in a talk of `minutes`, in the
/// order to ask them.
///
/// The slots of P30 are filled first, then one question of each other theme in
/// turn: must-ask before reserve, made for this seniority before made for
/// anyone (P58). What is made for another seniority, is retired, or reading
/// could answer (P13) stays out. Ten at most.
#[must_use]
pub fn suggest<'a>(
    bank: impl IntoIterator<Item = &'a Question>,
    contact: &Contact,
    minutes: u16,
) -> Vec<&'a Question> {
    let wanted = usize::from(minutes.div_ceil(3)).clamp(5, 10);
    let for_them =
        |question: &Question| question.suits.is_none() || question.suits == contact.seniority();
    let fitting: Vec<_> = bank
        .into_iter()
        .filter(|question| !question.retired && !question.homework && for_them(question))
        .collect();
    let fitting = sorted_by_key(fitting, |question| {
        let slot = !NEVER_EMPTY.contains(&question.theme);
        (slot, question.weight != Weight::Must, question.theme, question.suits.is_none())
    });
    let mut chosen: Vec<&Question> = Vec::new();
    for question in fitting {
        let asked = chosen.iter().any(|other| other.theme == question.theme);
        if chosen.len() < wanted && !asked {
            chosen.push(question);
        }
    }
    sorted_by_key(chosen, |question| question.theme)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::contact::Seniority;
    use crate::domain::id::{ContactId, InterviewId};
    use crate::domain::question::{Aim, QuestionChange};
    use chrono::DateTime;

    fn person() -> Contact {
        Contact::named(ContactId::fixed(1), "Ada", DateTime::UNIX_EPOCH)
    }

    fn talk() -> Interview {
        Interview::with(InterviewId::fixed(1), ContactId::fixed(1), 20, DateTime::UNIX_EPOCH)
    }

    fn question(id: &str, theme: Theme, weight: Weight) -> Question {
        let change = QuestionChange {
            text: Some(id.to_owned()),
            theme: Some(theme),
            weight: Some(weight),
            aim: Some(Aim::ShowInterest),
            ..QuestionChange::default()
        };
        change.apply(&id.parse().unwrap(), None)
    }

    #[test]
    fn the_steps_form_a_line() {
        assert_eq!(Step::Purpose.before(), None);
        assert_eq!(Step::Ready.after(), None);
        for step in Step::ALL {
            if let Some(after) = step.after() {
                assert_eq!(after.before(), Some(*step));
            }
        }
    }

    #[test]
    fn an_empty_preparation_names_every_gap_once() {
        let gaps = gaps(&talk(), &person(), &Plan::default(), &[]);
        assert_eq!(
            gaps,
            [
                Gap::NoGoal,
                Gap::NothingKnown,
                Gap::NoMode,
                Gap::NoTime,
                Gap::NoPlace,
                Gap::NoQuestions,
                Gap::NothingPacked,
            ]
        );
    }

    #[test]
    fn a_full_preparation_has_no_gap() {
        let mut interview = talk();
        let mut contact = person();
        interview.goals = "What the day is like".to_owned();
        contact.known = "Runs the archive".to_owned();
        interview.mode = Some(Mode::Phone);
        contact.phone = "555".to_owned();
        interview.starts_at = Some(DateTime::UNIX_EPOCH);
        interview.packed.insert("pen".to_owned());
        let picks = [
            question("a", Theme::PathIn, Weight::Must),
            question("b", Theme::Resources, Weight::Must),
            question("c", Theme::Closing, Weight::Must),
        ];
        let picks: Vec<_> = picks.iter().collect();
        assert_eq!(gaps(&interview, &contact, &Plan::default(), &picks), []);
    }

    #[test]
    fn a_step_is_begun_once_something_was_entered_on_it() {
        let mut interview = talk();
        let begun = |interview: &Interview| -> Vec<_> {
            Step::ALL.iter().copied().filter(|step| is_begun(*step, interview)).collect()
        };
        assert_eq!(begun(&interview), []);
        interview.place = "the café".to_owned();
        interview.picks.push("a".parse().unwrap());
        interview.closing = Some(String::new());
        assert_eq!(begun(&interview), [Step::Meeting, Step::Questions, Step::Words]);
    }

    #[test]
    fn a_talk_in_writing_needs_neither_time_nor_place() {
        let mut interview = talk();
        interview.mode = Some(Mode::InWriting);
        let gaps = gaps(&interview, &person(), &Plan::default(), &[]);
        assert!(!gaps.contains(&Gap::NoTime) && !gaps.contains(&Gap::NoPlace), "{gaps:?}");
    }

    #[test]
    fn a_suggestion_spreads_over_themes_and_ends_with_a_closing() {
        let mut bank: Vec<_> = Theme::ALL
            .iter()
            .enumerate()
            .flat_map(|(n, theme)| {
                [
                    question(&format!("must-{n}"), *theme, Weight::Must),
                    question(&format!("more-{n}"), *theme, Weight::Reserve),
                ]
            })
            .collect();
        for question in &mut bank {
            if question.theme == Theme::Pay {
                question.homework = true;
            }
            if question.theme == Theme::Hiring {
                question.suits = Some(Seniority::Junior);
            }
        }
        let mut senior = person();
        senior.seniority = Some(Seniority::Senior);
        let chosen = suggest(&bank, &senior, 30);
        assert_eq!(chosen.len(), 10);
        assert_eq!(chosen.last().map(|q| q.theme), Some(Theme::Closing));
        assert!(chosen.iter().all(|q| q.weight == Weight::Must));
        for theme in NEVER_EMPTY {
            assert!(chosen.iter().any(|q| q.theme == theme), "{theme:?}");
        }
        assert!(chosen.iter().all(|q| q.theme != Theme::Pay && q.theme != Theme::Hiring));
        let mut themes: Vec<_> = chosen.iter().map(|q| q.theme).collect();
        themes.dedup();
        assert_eq!(themes.len(), chosen.len());
        let unknown = suggest(&bank, &person(), 15);
        assert_eq!(unknown.len(), 5);
        assert!(unknown.iter().all(|q| q.suits.is_none()), "made for anyone while unknown");
    }
}
