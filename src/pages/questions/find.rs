//! Which questions a search finds, and on which shelf each of them stands. Pure.

use crate::domain::id::QuestionId;
use crate::domain::order::sorted_by_key;
use crate::domain::question::{Aim, Question, Theme};
use crate::words;
use std::collections::BTreeMap;

/// Where a question stands: the user's own together in front, whatever they
/// are about, so that they never drown among those that came with the app.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Shelf {
    /// The user's own.
    Own,
    /// Those that came with the app, by theme.
    Of(Theme),
}

impl Shelf {
    /// The shelf of a question.
    pub fn of(question: &Question) -> Self {
        if question.built_in { Self::Of(question.theme) } else { Self::Own }
    }

    /// Every shelf.
    pub fn all() -> impl Iterator<Item = Self> {
        std::iter::once(Self::Own).chain(Theme::ALL.iter().map(|theme| Self::Of(*theme)))
    }

    /// Its name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Own => "Your own",
            Self::Of(theme) => words::theme(theme),
        }
    }

    /// The id of its element on the page.
    pub fn element_id(self) -> String {
        match self {
            Self::Own => "shelf-own".to_owned(),
            Self::Of(theme) => {
                let place = Theme::ALL.iter().position(|other| *other == theme);
                format!("shelf-{}", place.unwrap_or_default())
            }
        }
    }
}

/// What one is looking for.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Wanted {
    /// Words that must all occur.
    pub words: String,
    /// Only this theme.
    pub theme: Option<Theme>,
    /// Only this purpose (P67).
    pub aim: Option<Aim>,
    /// Retired ones too.
    pub retired: bool,
}

impl Wanted {
    /// Whether less than everything is wanted, so that what is found should lie open.
    pub fn is_narrow(&self) -> bool {
        !self.words.trim().is_empty() || self.theme.is_some() || self.aim.is_some()
    }

    /// Whether a question is wanted.
    pub fn admits(&self, question: &Question) -> bool {
        self.theme.is_none_or(|theme| theme == question.theme)
            && self.aim.is_none_or(|aim| aim == question.aim)
            && (self.retired || !question.retired)
            && question.matches(&self.words)
    }
}

/// The wanted questions by shelf, in the order of the bank; one's own with the
/// newest first. A shelf without any is not there.
pub fn shelve(questions: &[Question], wanted: &Wanted) -> BTreeMap<Shelf, Vec<QuestionId>> {
    let mut shelves = BTreeMap::<Shelf, Vec<QuestionId>>::new();
    for question in questions.iter().filter(|question| wanted.admits(question)) {
        shelves.entry(Shelf::of(question)).or_default().push(question.id.clone());
    }
    if let Some(own) = shelves.get_mut(&Shelf::Own) {
        // Ids sort by the time they were made at.
        *own = sorted_by_key(std::mem::take(own), |id| std::cmp::Reverse(id.clone()));
    }
    shelves
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::content::bank;
    use crate::domain::question::QuestionChange;

    fn own(id: &str, text: &str, theme: Theme) -> Question {
        let change = QuestionChange {
            text: Some(text.to_owned()),
            theme: Some(theme),
            ..QuestionChange::default()
        };
        change.apply(&id.parse().unwrap(), None)
    }

    #[test]
    fn every_theme_has_its_shelf_and_own_questions_stand_in_front() {
        let mut questions = bank::questions();
        questions.push(own("a-1", "Who mends the roof?", Theme::Hours));
        questions.push(own("a-2", "What is in the cellar?", Theme::PathIn));
        let shelves = shelve(&questions, &Wanted::default());
        assert_eq!(shelves.keys().copied().collect::<Vec<_>>(), Shelf::all().collect::<Vec<_>>());
        let newest_first: Vec<_> = shelves[&Shelf::Own].iter().map(QuestionId::as_str).collect();
        assert_eq!(newest_first, ["a-2", "a-1"]);
        assert_eq!(shelves.values().map(Vec::len).sum::<usize>(), questions.len());
    }

    #[test]
    fn retired_questions_are_found_only_when_asked_for() {
        let mut question = own("a-1", "Who mends the roof?", Theme::Hours);
        question.retired = true;
        assert!(!Wanted::default().admits(&question));
        assert!(Wanted { retired: true, ..Wanted::default() }.admits(&question));
    }

    #[test]
    fn words_theme_and_purpose_must_all_agree() {
        let question = own("a-1", "Who mends the roof?", Theme::Hours);
        let roof = Wanted { words: "ROOF mends".to_owned(), ..Wanted::default() };
        assert!(roof.is_narrow() && roof.admits(&question));
        assert!(!Wanted { theme: Some(Theme::Pay), ..roof.clone() }.admits(&question));
        assert!(Wanted { theme: Some(Theme::Hours), ..roof.clone() }.admits(&question));
        assert!(!Wanted { aim: Some(Aim::TestFit), ..roof }.admits(&question));
        assert!(!Wanted { words: "  ".to_owned(), ..Wanted::default() }.is_narrow());
    }
}
