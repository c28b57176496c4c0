//! Time in a talk: a clock that survives a reload, and the boxes a talk is cut into.
//!
//! The clock keeps instants, never ticks: what has elapsed is worked out from
//! the start, the pauses and `now`, so a throttled or closed tab loses nothing.

use super::choices;
use crate::domain::id::QuestionId;
use crate::domain::question::{Theme, ThemeGroup};
use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

/// One stretch of time that does not count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
struct Pause {
    from: DateTime<Utc>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    to: Option<DateTime<Utc>>,
}

/// The clock of one talk: running, paused or ended.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Clock {
    started: DateTime<Utc>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pauses: Vec<Pause>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    ended: Option<DateTime<Utc>>,
}

impl Clock {
    /// A clock that starts running now.
    #[must_use]
    pub fn start(now: DateTime<Utc>) -> Self {
        Self { started: now, pauses: Vec::new(), ended: None }
    }

    /// When the talk began.
    #[must_use]
    pub fn started(&self) -> DateTime<Utc> {
        self.started
    }

    /// When the talk ended, if it has.
    #[must_use]
    pub fn ended(&self) -> Option<DateTime<Utc>> {
        self.ended
    }

    /// Whether the clock stands still for now.
    #[must_use]
    pub fn is_paused(&self) -> bool {
        self.ended.is_none() && self.pauses.last().is_some_and(|pause| pause.to.is_none())
    }

    /// Whether time is counting.
    #[must_use]
    pub fn is_running(&self) -> bool {
        self.ended.is_none() && !self.is_paused()
    }

    /// Stops the count. Does nothing unless the clock runs.
    pub fn pause(&mut self, now: DateTime<Utc>) {
        if self.is_running() {
            self.pauses.push(Pause { from: now, to: None });
        }
    }

    /// Goes on counting. Does nothing unless the clock is paused.
    pub fn resume(&mut self, now: DateTime<Utc>) {
        if let Some(pause) = self.pauses.last_mut().filter(|pause| pause.to.is_none()) {
            pause.to = Some(now);
        }
    }

    /// Ends the talk. Does nothing if it has ended.
    pub fn end(&mut self, now: DateTime<Utc>) {
        if self.ended.is_none() {
            self.resume(now);
            self.ended = Some(now);
        }
    }

    /// Goes back to a talk that was ended by mistake: the time since then counts as a pause.
    pub fn reopen(&mut self, now: DateTime<Utc>) {
        if let Some(ended) = self.ended.take() {
            self.pauses.push(Pause { from: ended, to: Some(now) });
        }
    }

    /// Time that has counted so far. Never negative, whatever the wall clock does.
    #[must_use]
    pub fn elapsed(&self, now: DateTime<Utc>) -> TimeDelta {
        let until = self.ended.unwrap_or(now);
        let mut elapsed = until.signed_duration_since(self.started);
        for pause in &self.pauses {
            let to = pause.to.unwrap_or(until);
            elapsed -= to.signed_duration_since(pause.from).max(TimeDelta::zero());
        }
        elapsed.max(TimeDelta::zero())
    }
}

choices! {
    /// The parts of a talk, in order.
    Part {
        /// Thanks, how long it takes, what it is not (P28, P66).
        Opening,
        /// Who I am, briefly (P87).
        Introduction,
        /// Their story: the work and its conditions.
        Story,
        /// Advice: me, and what comes next.
        Advice,
        /// Thanks, who else, the next step; protected (P29, P102).
        Closing,
    }
}

/// The part of a talk that a question on `theme` belongs to.
#[must_use]
pub fn part_of(theme: Theme) -> Part {
    match theme {
        Theme::WhoElse | Theme::Closing => Part::Closing,
        _ if theme.group() == ThemeGroup::YouAndNext => Part::Advice,
        _ => Part::Story,
    }
}

/// A question that was picked for a talk, as the agenda needs it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Picked {
    /// Which question.
    pub question: QuestionId,
    /// What it is about.
    pub theme: Theme,
    /// Usual time for it.
    pub minutes: u16,
}

/// What one has in hand at a moment of the talk: words to say, or a question.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Item {
    /// The words to open with (P28).
    #[default]
    OpeningWords,
    /// A question.
    Question(QuestionId),
    /// The words to close with (P29, P102).
    ClosingWords,
}

/// One part of the agenda with its box of time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Slot {
    /// Which part.
    pub part: Part,
    /// When it begins, from the start of the talk.
    pub starts: TimeDelta,
    /// How long it may last.
    pub length: TimeDelta,
    /// The questions in it, in their rank.
    pub questions: Vec<QuestionId>,
}

impl Slot {
    /// When the part is over, from the start of the talk.
    #[must_use]
    pub fn ends(&self) -> TimeDelta {
        self.starts + self.length
    }
}

/// How a talk of some minutes is divided.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Agenda {
    /// The parts, in order, without gaps, together exactly the whole talk.
    pub slots: Vec<Slot>,
    /// Questions for which there is likely no time, in their rank.
    pub reserve: Vec<QuestionId>,
}

/// Seconds of `minutes` that opening, introduction and closing take.
///
/// The shape of a 25-minute talk is 1 opening, 2 introduction, 12 their story,
/// 5 advice, 5 close; other lengths keep the proportions.
fn frame(minutes: u16) -> (i64, i64, i64) {
    let whole = i64::from(minutes) * 60;
    (whole / 25, whole * 2 / 25, whole / 5)
}

/// Seconds that are left for questions in a talk of `minutes`.
#[must_use]
pub fn question_time(minutes: u16) -> TimeDelta {
    let (opening, introduction, closing) = frame(minutes);
    TimeDelta::seconds(i64::from(minutes) * 60 - opening - introduction - closing)
}

impl Agenda {
    /// Divides a talk of `minutes` among its parts and ranks the questions into them.
    ///
    /// Questions are taken in rank until their minutes fill the time for
    /// questions; the rest waits in reserve. Those of the closing (P51, P78)
    /// always fit: their time is kept free. Story and advice share the time
    /// by what was picked for each.
    #[must_use]
    pub fn new(minutes: u16, picked: &[Picked]) -> Self {
        let (opening, introduction, closing) = frame(minutes);
        let budget = question_time(minutes).num_seconds();
        let mut used = 0;
        let (mut story, mut advice, mut close, mut reserve) = (vec![], vec![], vec![], vec![]);
        let (mut story_seconds, mut advice_seconds) = (0, 0);
        for pick in picked {
            let seconds = i64::from(pick.minutes) * 60;
            let part = part_of(pick.theme);
            if part == Part::Closing {
                close.push(pick.question.clone());
            } else if used + seconds > budget {
                reserve.push(pick.question.clone());
            } else if part == Part::Advice {
                used += seconds;
                advice_seconds += seconds;
                advice.push(pick.question.clone());
            } else {
                used += seconds;
                story_seconds += seconds;
                story.push(pick.question.clone());
            }
        }
        if story_seconds + advice_seconds == 0 {
            (story_seconds, advice_seconds) = (12, 5);
        }
        let story_length = budget * story_seconds / (story_seconds + advice_seconds);
        let mut slots = Vec::with_capacity(5);
        let mut starts = 0;
        for (part, length, questions) in [
            (Part::Opening, opening, vec![]),
            (Part::Introduction, introduction, vec![]),
            (Part::Story, story_length, story),
            (Part::Advice, budget - story_length, advice),
            (Part::Closing, closing, close),
        ] {
            slots.push(Slot {
                part,
                starts: TimeDelta::seconds(starts),
                length: TimeDelta::seconds(length),
                questions,
            });
            starts += length;
        }
        Self { slots, reserve }
    }

    /// The part that the clock has reached; past the end it is the closing.
    #[must_use]
    pub fn part_at(&self, elapsed: TimeDelta) -> Part {
        self.slots.iter().find(|slot| elapsed < slot.ends()).map_or(Part::Closing, |slot| slot.part)
    }

    /// The box of one part.
    #[must_use]
    pub fn slot(&self, part: Part) -> Option<&Slot> {
        self.slots.iter().find(|slot| slot.part == part)
    }

    /// The part that a question was put into; `None` for one in reserve or not picked.
    #[must_use]
    pub fn part_of_question(&self, id: &QuestionId) -> Option<Part> {
        self.slots.iter().find(|slot| slot.questions.contains(id)).map(|slot| slot.part)
    }

    /// The questions in the order they are asked: those in reserve come before
    /// the closing, so that going on step by step always ends with it.
    pub fn questions(&self) -> impl Iterator<Item = &QuestionId> {
        let is_closing = |slot: &&Slot| slot.part == Part::Closing;
        let before = self.slots.iter().filter(move |slot| !is_closing(slot));
        before
            .flat_map(|slot| &slot.questions)
            .chain(&self.reserve)
            .chain(self.slots.iter().filter(is_closing).flat_map(|slot| &slot.questions))
    }

    /// Everything one has in hand in turn, from the first words to the last.
    #[must_use]
    pub fn items(&self) -> Vec<Item> {
        std::iter::once(Item::OpeningWords)
            .chain(self.questions().cloned().map(Item::Question))
            .chain([Item::ClosingWords])
            .collect()
    }

    /// What comes `steps` after `item`; it stops at either end.
    /// An item that is not on the agenda counts as the first.
    #[must_use]
    pub fn beside(&self, item: &Item, steps: isize) -> Item {
        let items = self.items();
        let here = items.iter().position(|other| other == item).unwrap_or(0);
        let there = here.saturating_add_signed(steps).min(items.len().saturating_sub(1));
        items.get(there).cloned().unwrap_or_default()
    }

    /// The first thing of the closing: its first question, else the closing words.
    #[must_use]
    pub fn closing(&self) -> Item {
        self.slot(Part::Closing)
            .and_then(|slot| slot.questions.first())
            .map_or(Item::ClosingWords, |question| Item::Question(question.clone()))
    }
}

choices! {
    /// How much time is left, in kind.
    Phase {
        /// Plenty.
        Calm,
        /// The protected closing has begun: start to wrap up.
        Nearing,
        /// The agreed time is over.
        Over,
    }
}

/// The phase of a talk of `minutes` after `elapsed` (P66, P79).
#[must_use]
pub fn phase(minutes: u16, elapsed: TimeDelta) -> Phase {
    let whole = TimeDelta::minutes(i64::from(minutes));
    let (_, _, closing) = frame(minutes);
    if elapsed >= whole {
        Phase::Over
    } else if elapsed >= whole - TimeDelta::seconds(closing) {
        Phase::Nearing
    } else {
        Phase::Calm
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn at(seconds: i64) -> DateTime<Utc> {
        DateTime::UNIX_EPOCH + TimeDelta::seconds(seconds)
    }

    fn pick(name: &str, theme: Theme, minutes: u16) -> Picked {
        Picked { question: name.parse().unwrap(), theme, minutes }
    }

    #[test]
    fn a_pause_does_not_count() {
        let mut clock = Clock::start(at(0));
        clock.pause(at(60));
        assert!(clock.is_paused());
        assert_eq!(clock.elapsed(at(300)).num_seconds(), 60);
        clock.resume(at(300));
        assert_eq!(clock.elapsed(at(310)).num_seconds(), 70);
        clock.end(at(320));
        assert_eq!(clock.elapsed(at(9_999)).num_seconds(), 80);
    }

    #[test]
    fn ending_a_paused_talk_keeps_the_time_before_the_pause() {
        let mut clock = Clock::start(at(0));
        clock.pause(at(100));
        clock.end(at(500));
        assert!(!clock.is_paused());
        assert_eq!(clock.elapsed(at(600)).num_seconds(), 100);
    }

    #[test]
    fn a_talk_ended_by_mistake_goes_on_where_it_stopped() {
        let mut clock = Clock::start(at(0));
        clock.end(at(100));
        clock.reopen(at(160));
        assert!(clock.is_running());
        assert_eq!(clock.elapsed(at(170)).num_seconds(), 110);
    }

    #[test]
    fn a_clock_set_back_never_shows_less_than_nothing() {
        let clock = Clock::start(at(1_000));
        assert_eq!(clock.elapsed(at(10)), TimeDelta::zero());
    }

    #[test]
    fn twenty_five_minutes_have_the_usual_shape() {
        let agenda = Agenda::new(25, &[]);
        let minutes: Vec<_> = agenda.slots.iter().map(|s| s.length.num_minutes()).collect();
        assert_eq!(minutes, [1, 2, 12, 5, 5]);
    }

    #[test]
    fn what_does_not_fit_waits_in_reserve_and_the_closing_always_fits() {
        let mut picked: Vec<_> =
            (0..10).map(|n| pick(&format!("q{n}"), Theme::TypicalDay, 2)).collect();
        picked.push(pick("bye", Theme::Closing, 2));
        let agenda = Agenda::new(20, &picked);
        assert_eq!(agenda.slot(Part::Story).map(|s| s.questions.len()), Some(6));
        assert_eq!(agenda.reserve.len(), 4);
        let closing: Vec<QuestionId> = vec!["bye".parse().unwrap()];
        assert_eq!(agenda.slot(Part::Closing).map(|s| s.questions.clone()), Some(closing));
        assert_eq!(agenda.questions().count(), 11);
    }

    #[test]
    fn a_short_question_may_follow_one_too_long_to_fit() {
        let agenda = Agenda::new(
            15,
            &[
                pick("a", Theme::PathIn, 9),
                pick("long", Theme::Skills, 5),
                pick("short", Theme::Skills, 1),
            ],
        );
        assert_eq!(agenda.reserve, ["long".parse().unwrap()]);
        assert_eq!(agenda.part_of_question(&"short".parse().unwrap()), Some(Part::Story));
    }

    #[test]
    fn going_on_step_by_step_leads_through_everything_and_ends_with_the_closing_words() {
        let agenda = Agenda::new(
            15,
            &[
                pick("bye", Theme::Closing, 2),
                pick("a", Theme::PathIn, 9),
                pick("spare", Theme::Skills, 9),
            ],
        );
        let mut item = Item::OpeningWords;
        let mut seen = vec![item.clone()];
        while item != Item::ClosingWords {
            item = agenda.beside(&item, 1);
            seen.push(item.clone());
        }
        let question = |name: &str| Item::Question(name.parse().unwrap());
        assert_eq!(
            seen,
            [
                Item::OpeningWords,
                question("a"),
                question("spare"),
                question("bye"),
                Item::ClosingWords
            ]
        );
        assert_eq!(agenda.beside(&Item::ClosingWords, 1), Item::ClosingWords);
        assert_eq!(agenda.beside(&Item::OpeningWords, -1), Item::OpeningWords);
        assert_eq!(agenda.beside(&question("gone"), 1), question("a"));
        assert_eq!(agenda.closing(), question("bye"));
        assert_eq!(Agenda::new(15, &[]).closing(), Item::ClosingWords);
    }

    #[test]
    fn the_last_fifth_is_for_closing_and_then_time_is_over() {
        let at = |seconds| phase(20, TimeDelta::seconds(seconds));
        assert_eq!(at(0), Phase::Calm);
        assert_eq!(at(16 * 60 - 1), Phase::Calm);
        assert_eq!(at(16 * 60), Phase::Nearing);
        assert_eq!(at(20 * 60 - 1), Phase::Nearing);
        assert_eq!(at(20 * 60), Phase::Over);
    }

    proptest! {
        #[test]
        fn the_parts_fill_the_talk_without_gap_or_overlap(
            minutes in 0u16..=600,
            picks in prop::collection::vec((0usize..20, 0u16..60), 0..40),
        ) {
            let picked: Vec<_> = picks
                .iter()
                .enumerate()
                .map(|(n, (theme, minutes))| pick(&format!("q{n}"), Theme::ALL[*theme], *minutes))
                .collect();
            let agenda = Agenda::new(minutes, &picked);
            let mut end = TimeDelta::zero();
            for slot in &agenda.slots {
                prop_assert_eq!(slot.starts, end);
                prop_assert!(slot.length >= TimeDelta::zero());
                end = slot.ends();
            }
            prop_assert_eq!(end, TimeDelta::minutes(i64::from(minutes)));
            prop_assert_eq!(agenda.questions().count(), picked.len());
        }

        #[test]
        fn elapsed_time_never_runs_backwards_or_below_zero(
            steps in prop::collection::vec((0u8..4, -100i64..1000), 0..30),
        ) {
            let mut clock = Clock::start(at(0));
            let mut now = 0;
            for (action, step) in steps {
                now += step;
                match action {
                    0 => clock.pause(at(now)),
                    1 => clock.resume(at(now)),
                    2 => clock.end(at(now)),
                    _ => clock.reopen(at(now)),
                }
                prop_assert!(clock.elapsed(at(now)) >= TimeDelta::zero());
            }
        }
    }
}
