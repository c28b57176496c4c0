//! The built-in question bank: at least four questions on each of the twenty themes.
//!
//! A table and one loop, so that it costs little more than its words. Rules
//! that hold for every row, and that the tests below check where a machine can:
//!
//! - Open-ended, one question at a time, short enough to say in a breath (P44).
//! - Asks for no job, lead or favour (P71).
//! - Within a theme the order runs from safe to searching: the first can be
//!   put to a stranger, the last only once there is some trust.
//! - `must` marks what may not be missing from a talk (P30, P84); at most two
//!   a theme, of which one suits anybody.
//! - `homework` marks what an hour of reading could answer (P13). These rows
//!   are here so that the app can say so; they are never a must.
//! - An id is for ever, since notes are stored under it. A question that is
//!   dropped takes its number with it; a new one takes the next free number,
//!   wherever in the theme it stands.

use crate::domain::contact::Seniority;
use crate::domain::question::{Aim, Question, Theme, Weight};

use Aim::{InsideEdge, ShowInterest, TestFit, WinAdvocates};
use Seniority::{Junior, Mid, Senior};
use Theme::{
    Advancement, Challenges, Closing, Culture, Downsides, Gaps, Hindsight, Hiring, Hours,
    Organisation, PathIn, Pay, RelatedRoles, Resources, Rewards, Skills, Training, Trends,
    TypicalDay, WhoElse,
};

/// One line of the table.
struct Row {
    id: &'static str,
    text: &'static str,
    probe: &'static str,
    theme: Theme,
    aim: Aim,
    minutes: u8,
    suits: Option<Seniority>,
    weight: Weight,
    homework: bool,
}

/// A question for anyone, in reserve.
const fn ask(
    id: &'static str,
    theme: Theme,
    aim: Aim,
    minutes: u8,
    text: &'static str,
    probe: &'static str,
) -> Row {
    Row {
        id,
        text,
        probe,
        theme,
        aim,
        minutes,
        suits: None,
        weight: Weight::Reserve,
        homework: false,
    }
}

impl Row {
    /// Fills a slot that must not stay empty (P30, P84).
    const fn must(mut self) -> Self {
        self.weight = Weight::Must;
        self
    }

    /// Only someone of this seniority can answer it well (P58).
    const fn of(mut self, seniority: Seniority) -> Self {
        self.suits = Some(seniority);
        self
    }

    /// Reading could answer it (P13).
    const fn homework(mut self) -> Self {
        self.homework = true;
        self
    }
}

/// Every built-in question, by theme, and within a theme from safe to searching.
#[must_use]
pub fn questions() -> Vec<Question> {
    ROWS.iter()
        .filter_map(|row| {
            Some(Question {
                id: row.id.parse().ok()?,
                text: row.text.to_owned(),
                probe: row.probe.to_owned(),
                theme: row.theme,
                aim: row.aim,
                minutes: u16::from(row.minutes),
                suits: row.suits,
                weight: row.weight,
                homework: row.homework,
                retired: false,
                built_in: true,
            })
        })
        .collect()
}

#[rustfmt::skip]
static ROWS: &[Row] = &[
    // The work.
    ask("path-in-1", PathIn, ShowInterest, 3,
        "Tell me the story of how you came to this work, starting wherever it began for you.",
        "What tipped the balance?").must(),
    ask("path-in-2", PathIn, ShowInterest, 2,
        "How did you first find out that work like yours existed?",
        "What made you look closer?"),
    ask("path-in-3", PathIn, InsideEdge, 2,
        "Which earlier job or course turned out more useful than you expected?",
        "What did you carry over from it?"),
    ask("path-in-4", PathIn, ShowInterest, 2,
        "What were you trusted with in your first few months?",
        "How did that grow?").of(Junior),
    ask("path-in-5", PathIn, InsideEdge, 2,
        "What other ways into this work have you seen among your colleagues?",
        "Which of them still works today?").of(Senior),
    ask("path-in-6", PathIn, TestFit, 2,
        "What nearly sent you down a different road?",
        "What decided it in the end?"),

    ask("typical-day-1", TypicalDay, TestFit, 3,
        "Walk me through your last working day, from the first thing you did to the last.",
        "Which part of that was unusual?").must(),
    ask("typical-day-2", TypicalDay, InsideEdge, 2,
        "Where do the hours of an ordinary week actually go?",
        "How far is that from what your title suggests?"),
    ask("typical-day-3", TypicalDay, ShowInterest, 1,
        "Which part of the day do you look forward to?",
        "What is it about that part?"),
    ask("typical-day-4", TypicalDay, TestFit, 2,
        "How is your time split between working alone and working with others?",
        "Which of the two would you like more of?"),
    ask("typical-day-5", TypicalDay, TestFit, 2,
        "How does a busy stretch differ from a quiet one?",
        "When in the year does each come round?"),
    ask("typical-day-6", TypicalDay, InsideEdge, 2,
        "What takes up your time that nobody outside would guess?",
        "When did you find that out?"),

    ask("skills-1", Skills, TestFit, 2,
        "Which two or three abilities does your work lean on, week after week?",
        "When did you last need one of them badly?").must(),
    ask("skills-2", Skills, ShowInterest, 2,
        "Which tools or methods do you reach for almost every day?",
        "Which of them took longest to learn?"),
    ask("skills-3", Skills, InsideEdge, 2,
        "What did you have to learn in your first year that nobody had taught you?",
        "How did you pick it up?").of(Junior),
    ask("skills-4", Skills, TestFit, 2,
        "What sort of person tends to find this work comes easily?",
        "Who tends to struggle?"),
    ask("skills-5", Skills, InsideEdge, 2,
        "How do you tell, early on, that a newcomer is going to be good at this?",
        "What was the last sign you noticed?").must().of(Senior),
    ask("skills-6", Skills, InsideEdge, 2,
        "Which skill that every advertisement asks for matters least in practice?",
        "Why do they keep asking for it?").of(Mid),

    ask("training-1", Training, InsideEdge, 1,
        "What qualification do people usually hold when they start in this work?",
        "How strictly is that applied?").homework(),
    ask("training-2", Training, InsideEdge, 2,
        "Which training has proved worth its time for the work you do now?",
        "What do you still use from it?").must(),
    ask("training-3", Training, ShowInterest, 2,
        "How do you go on learning now that you are in the work?",
        "Where does the time for it come from?"),
    ask("training-4", Training, InsideEdge, 2,
        "How much of what you studied did you use in your first year at work?",
        "What was missing?").of(Junior),
    ask("training-5", Training, WinAdvocates, 2,
        "What would you study with three months and a small budget, to get ready for this field?",
        "What would you leave out?"),
    ask("training-6", Training, InsideEdge, 2,
        "Which course or certificate looks better on paper than it is?",
        "What do sensible people do instead?"),

    ask("hiring-1", Hiring, InsideEdge, 3,
        "How do people usually get taken on for work like yours, step by step?",
        "Which step decides the most?").must(),
    ask("hiring-2", Hiring, InsideEdge, 2,
        "What did the job interviews you went through really test?",
        "What would you prepare differently?").must().of(Junior),
    ask("hiring-3", Hiring, InsideEdge, 2,
        "How does word of new posts travel in this field before anything is advertised?",
        "Where would an outsider overhear it?"),
    ask("hiring-4", Hiring, InsideEdge, 2,
        "What makes people in this field read an application to the end?",
        "What makes them stop?").of(Senior),
    ask("hiring-5", Hiring, InsideEdge, 2,
        "What tips the choice between two applicants who look equally good?",
        "How has that changed over the years?").of(Senior),
    ask("hiring-6", Hiring, TestFit, 2,
        "What do people who keep applying without luck tend to get wrong?",
        "What would you tell them?"),

    ask("challenges-1", Challenges, TestFit, 2,
        "Which part of your work still costs you the most effort?",
        "How do you get through it?").must(),
    ask("challenges-2", Challenges, TestFit, 2,
        "What was the hardest thing about your first year?",
        "What would have made it easier?").must().of(Junior),
    ask("challenges-3", Challenges, ShowInterest, 3,
        "Tell me about a piece of work that did not go to plan.",
        "What did you do next?"),
    ask("challenges-4", Challenges, InsideEdge, 2,
        "What problem is your whole field stuck on at the moment?",
        "What has been tried so far?").of(Senior),
    ask("challenges-5", Challenges, TestFit, 1,
        "Which part of your work would you hand to someone else tomorrow?",
        "Why has nobody taken it?"),
    ask("challenges-6", Challenges, TestFit, 2,
        "What about this work has kept you awake at night?",
        "How did it end?"),

    ask("rewards-1", Rewards, ShowInterest, 2,
        "Which piece of your own work are you glad to have done?",
        "Who noticed?"),
    ask("rewards-2", Rewards, ShowInterest, 3,
        "Tell me about a recent day when you went home content.",
        "How often does a day like that come along?").must(),
    ask("rewards-3", Rewards, TestFit, 2,
        "What does this work give you that earlier work did not?",
        "When did you first notice?"),
    ask("rewards-4", Rewards, ShowInterest, 1,
        "Which part would you keep doing if nobody paid you for it?",
        "What is it about that part?"),
    ask("rewards-5", Rewards, TestFit, 2,
        "What has kept you in this field through its leaner years?",
        "How close did you come to leaving?").of(Senior),

    ask("downsides-1", Downsides, TestFit, 2,
        "What do people outside the field wrongly envy about your work?",
        "What is it like in truth?"),
    ask("downsides-2", Downsides, TestFit, 2,
        "What about this work should make someone think twice before choosing it?",
        "Who copes with that well?").must(),
    ask("downsides-3", Downsides, InsideEdge, 2,
        "Why have people you liked working with left the field?",
        "Where did they go?").of(Senior),
    ask("downsides-4", Downsides, TestFit, 2,
        "What have you had to give up for this work?",
        "What has made it worth it?"),
    ask("downsides-5", Downsides, TestFit, 2,
        "What would have to change before you left this work yourself?",
        "How near does that feel?"),

    // The conditions.
    ask("culture-1", Culture, ShowInterest, 1,
        "Who do you deal with most in the course of a week?",
        "What do you need from one another?"),
    ask("culture-2", Culture, TestFit, 2,
        "How would you describe the way your team works together?",
        "What happens on a bad day?").must(),
    ask("culture-3", Culture, ShowInterest, 2,
        "How were you brought in during your first weeks?",
        "What did you miss?").of(Junior),
    ask("culture-4", Culture, TestFit, 3,
        "How does your team settle a disagreement about the work?",
        "Tell me about the last one."),
    ask("culture-5", Culture, InsideEdge, 2,
        "What sort of behaviour is quietly rewarded where you work?",
        "What is quietly frowned on?").of(Mid),
    ask("culture-6", Culture, TestFit, 2,
        "What kind of person has found it hard to belong in a team like yours?",
        "What would have helped?").of(Senior),

    ask("hours-1", Hours, TestFit, 1,
        "What do your hours look like over an ordinary month?",
        "When do they stretch?"),
    ask("hours-2", Hours, TestFit, 1,
        "How much say do you have over when and where you work?",
        "How did it come to be that way?"),
    ask("hours-3", Hours, TestFit, 1,
        "Where does the work take you, apart from your usual place?",
        "How do you feel about the travel?"),
    ask("hours-4", Hours, ShowInterest, 2,
        "How do you keep the work from filling the rest of your life?",
        "Who taught you that?"),
    ask("hours-5", Hours, TestFit, 2,
        "What happens when a deadline and family life collide?",
        "How do the people around you take it?"),

    ask("pay-1", Pay, InsideEdge, 1,
        "What does someone who starts in this field usually earn?",
        "How does it differ from place to place?").homework(),
    ask("pay-2", Pay, InsideEdge, 2,
        "How is pay put together in this field, beyond the basic salary?",
        "Which part varies most?"),
    ask("pay-3", Pay, InsideEdge, 2,
        "What makes pay rise over the years in work like yours?",
        "Who decides it?"),
    ask("pay-4", Pay, TestFit, 2,
        "How steady is the income in this field from one year to the next?",
        "What do people do in a thin year?"),
    ask("pay-5", Pay, WinAdvocates, 2,
        "What do you wish someone had told you before you agreed your first salary?",
        "How would you go about it now?").of(Junior),

    ask("advancement-1", Advancement, InsideEdge, 2,
        "What are the usual steps from a first post to a senior one?",
        "Which of them is the steepest?").homework(),
    ask("advancement-2", Advancement, InsideEdge, 2,
        "How do people in your work move forward in practice?",
        "What holds others back?").must(),
    ask("advancement-3", Advancement, ShowInterest, 2,
        "How has your own work changed since your first post in the field?",
        "Which of those changes did you choose?").must().of(Mid),
    ask("advancement-4", Advancement, ShowInterest, 2,
        "Who has moved forward in a way that you admire?",
        "What did they do differently?"),
    ask("advancement-5", Advancement, TestFit, 2,
        "Which ways forward are there for someone who does not want to manage people?",
        "How well do they pay off?"),
    ask("advancement-6", Advancement, TestFit, 2,
        "What would the next step up cost you?",
        "What would it give you?").of(Mid),

    ask("related-roles-1", RelatedRoles, InsideEdge, 1,
        "What is work like yours called in other places?",
        "Which name should I search under?"),
    ask("related-roles-2", RelatedRoles, InsideEdge, 2,
        "Which kinds of work sit close to yours and suit similar people?",
        "What sets them apart?").must(),
    ask("related-roles-3", RelatedRoles, InsideEdge, 2,
        "How does a title like yours mean different things in different organisations?",
        "Where is the gap widest?").of(Mid),
    ask("related-roles-4", RelatedRoles, ShowInterest, 2,
        "Where have people you used to work with ended up?",
        "Which of those moves surprised you?").of(Senior),
    ask("related-roles-5", RelatedRoles, TestFit, 2,
        "Which neighbouring role would you try for a year, if you were free to swap?",
        "What draws you to it?"),

    ask("trends-1", Trends, InsideEdge, 1,
        "Which change in the field is everyone writing about at the moment?",
        "How much of it reaches your desk?").homework(),
    ask("trends-2", Trends, InsideEdge, 2,
        "How do you picture this work ten years from now?",
        "What are you doing about it yourself?").must(),
    ask("trends-3", Trends, ShowInterest, 3,
        "What has changed most in this work since you began?",
        "Who found that hardest?").must().of(Senior),
    ask("trends-4", Trends, TestFit, 2,
        "Which part of your work is most likely to disappear?",
        "What will take its place?"),
    ask("trends-5", Trends, InsideEdge, 2,
        "What does nearly everyone in your field expect of the future that you doubt?",
        "What makes you doubt it?"),

    ask("organisation-1", Organisation, ShowInterest, 1,
        "What is your organisation best known for?",
        "What should it be known for?").homework(),
    ask("organisation-2", Organisation, ShowInterest, 2,
        "What made you choose this place over others?",
        "What had you heard about it beforehand?"),
    ask("organisation-3", Organisation, ShowInterest, 2,
        "What is your team trying to get done this year?",
        "What stands in the way?"),
    ask("organisation-4", Organisation, InsideEdge, 2,
        "How does this place differ from others of its kind?",
        "What do the others do better?"),
    ask("organisation-5", Organisation, InsideEdge, 2,
        "What does a person learn about this place only after half a year inside?",
        "How did you learn it?").of(Mid),

    // You, and what comes next.
    ask("gaps-1", Gaps, WinAdvocates, 2,
        "Which part of my background sounds most useful to you for this field?",
        "Where would it be noticed?"),
    ask("gaps-2", Gaps, WinAdvocates, 3,
        "What do I still lack, going by what you have heard of my background?",
        "Which of those comes first?").must(),
    ask("gaps-3", Gaps, WinAdvocates, 2,
        "What small project would show that I can do the basics of this work?",
        "How would you know that it was good?"),
    ask("gaps-4", Gaps, WinAdvocates, 2,
        "Where do people with a background like mine pick up experience that counts?",
        "How long did it take those you know of?"),
    ask("gaps-5", Gaps, WinAdvocates, 2,
        "What would worry an employer in this field about a background like mine?",
        "How would you answer that worry?").of(Senior),
    ask("gaps-6", Gaps, TestFit, 2,
        "What in my story makes you doubt that this work would suit me?",
        "How might I find out?"),

    ask("hindsight-1", Hindsight, ShowInterest, 2,
        "What advice did you get at the start that turned out to be right?",
        "Who gave it to you?"),
    ask("hindsight-2", Hindsight, WinAdvocates, 2,
        "What would you do first if you were setting out again this year?",
        "What would you not bother with?"),
    ask("hindsight-3", Hindsight, ShowInterest, 3,
        "Which decision mattered more than it seemed to at the time?",
        "How did you make it?").of(Senior),
    ask("hindsight-4", Hindsight, InsideEdge, 2,
        "What did you believe about this work that proved wrong?",
        "What showed you?").of(Junior),
    ask("hindsight-5", Hindsight, WinAdvocates, 2,
        "What would you have wanted somebody to ask you when you were in my place?",
        "How would you have answered?"),

    ask("resources-1", Resources, WinAdvocates, 2,
        "What do you read to keep up with your field?",
        "Which one would you start with?").must(),
    ask("resources-2", Resources, WinAdvocates, 2,
        "Which association or group is worth a newcomer's time?",
        "What is it good for?").must(),
    ask("resources-3", Resources, WinAdvocates, 1,
        "Where do people in your field gather, in a room or online?",
        "Which of those places are kind to beginners?"),
    ask("resources-4", Resources, ShowInterest, 2,
        "Which book, talk or article changed how you think about the work?",
        "What did it change?"),
    ask("resources-5", Resources, InsideEdge, 2,
        "What gives newcomers a false picture of this work, however popular it is?",
        "Where is a truer one?"),

    ask("who-else-1", WhoElse, WinAdvocates, 1,
        "Which groups or places would show me another side of this work?",
        "What would I see there?"),
    ask("who-else-2", WhoElse, WinAdvocates, 2,
        "Who else would be good to hear from, now that you know what I would like to learn?",
        "What should I say about how I got the name?").must(),
    ask("who-else-3", WhoElse, WinAdvocates, 1,
        "Who has come into this work lately from somewhere quite different?",
        "What was their way in?"),
    ask("who-else-4", WhoElse, WinAdvocates, 2,
        "Who sees this work differently from you?",
        "What would they say to what you have told me?"),
    ask("who-else-5", WhoElse, TestFit, 2,
        "Who has left this work and might speak frankly about why?",
        "What do you think they would say?"),

    ask("closing-1", Closing, WinAdvocates, 2,
        "What have we not touched on that you think matters?",
        "What would you add?"),
    ask("closing-2", Closing, WinAdvocates, 2,
        "What would you do next in my place, within this month?",
        "What would come after that?").must(),
    ask("closing-3", Closing, WinAdvocates, 1,
        "How may I come back to you if a question comes up later?",
        "Which times suit you least?").must(),
    ask("closing-4", Closing, WinAdvocates, 1,
        "Which of the things you have told me should I take most to heart?",
        "What makes it that one?"),
    ask("closing-5", Closing, WinAdvocates, 1,
        "How would you like to hear what came of your advice?",
        "When would be a good moment?"),
    ask("closing-6", Closing, TestFit, 2,
        "What should I look at in six months to see whether this path fits me?",
        "What would be a warning sign?"),
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::contact::Contact;
    use crate::domain::id::ContactId;
    use std::collections::BTreeSet;

    fn slug(theme: Theme) -> String {
        serde_json::to_string(&theme).unwrap().trim_matches('"').to_owned()
    }

    fn words(text: &str) -> usize {
        text.split_whitespace().count()
    }

    #[test]
    fn every_row_becomes_a_question_and_there_are_over_a_hundred() {
        let questions = questions();
        assert_eq!(questions.len(), ROWS.len(), "an id in the table does not parse");
        assert!((105..=110).contains(&questions.len()), "{}", questions.len());
        assert!(questions.iter().all(|q| q.built_in && !q.retired));
    }

    #[test]
    fn ids_are_unique_and_name_their_theme() {
        let mut seen = BTreeSet::new();
        for row in ROWS {
            assert!(seen.insert(row.id), "{} twice", row.id);
            let (theme, number) = row.id.rsplit_once('-').unwrap();
            assert_eq!(theme, slug(row.theme));
            assert!(number.parse::<u8>().is_ok_and(|n| n > 0), "{}", row.id);
        }
    }

    #[test]
    fn themes_come_in_order_with_four_to_six_questions_each() {
        let themes: Vec<_> = ROWS.iter().map(|row| row.theme).collect();
        assert!(themes.is_sorted());
        for theme in Theme::ALL {
            let count = themes.iter().filter(|t| *t == theme).count();
            assert!((4..=6).contains(&count), "{theme:?}: {count}");
        }
    }

    #[test]
    fn every_question_is_open_ended() {
        const OPENERS: &[&str] = &[
            "how",
            "what",
            "which",
            "where",
            "when",
            "who",
            "why",
            "tell me",
            "walk me through",
            "describe",
        ];
        const CLOSED: &[&str] = &[
            "do", "does", "did", "is", "are", "was", "were", "am", "can", "could", "would", "will",
            "have", "has", "had", "should", "may", "might", "shall", "must",
        ];
        for row in ROWS {
            for text in [row.text, row.probe] {
                let lower = text.to_lowercase();
                let first = lower.split_whitespace().next().unwrap();
                assert!(!CLOSED.contains(&first), "{}: {text}", row.id);
                assert!(OPENERS.iter().any(|o| lower.starts_with(o)), "{}: {text}", row.id);
                assert!(text.ends_with('?') || text.ends_with('.'), "{}: {text}", row.id);
            }
        }
    }

    #[test]
    fn every_question_is_one_question_that_fits_in_a_breath() {
        for row in ROWS {
            assert!((5..=28).contains(&words(row.text)), "{}: {}", row.id, row.text);
            assert!((2..=12).contains(&words(row.probe)), "{}: {}", row.id, row.probe);
            for text in [row.text, row.probe] {
                assert!(text.matches('?').count() <= 1, "{}: {text}", row.id);
                for second in [", and how", ", and what", ", and why", " and how ", " and why "] {
                    assert!(!text.contains(second), "{}: two questions in one: {text}", row.id);
                }
                assert!(!text.contains(['!', '—', ';']), "{}: {text}", row.id);
            }
        }
    }

    #[test]
    fn no_two_questions_are_the_same() {
        let texts: BTreeSet<_> = ROWS.iter().map(|row| row.text.to_lowercase()).collect();
        assert_eq!(texts.len(), ROWS.len());
    }

    #[test]
    fn nobody_is_asked_for_a_job_a_lead_or_a_favour() {
        const BEGGING: &[&str] = &[
            "job for me",
            "hire me",
            "take me on",
            "employ me",
            "put in a",
            "good word",
            "referral",
            "refer me",
            "recommend me",
            "introduce me",
            "a lead",
            "vacanc",
            "opening",
            "favour",
            "pass on my",
            "forward my",
            "your salary",
            "you earn",
        ];
        for row in ROWS {
            let text = format!("{} {}", row.text, row.probe).to_lowercase();
            for phrase in BEGGING {
                assert!(!text.contains(phrase), "{}: {phrase}", row.id);
            }
        }
    }

    #[test]
    fn an_answer_takes_one_to_four_minutes() {
        assert!(ROWS.iter().all(|row| (1..=4).contains(&row.minutes)));
    }

    #[test]
    fn every_aim_is_well_represented() {
        for aim in Aim::ALL {
            let count = ROWS.iter().filter(|row| row.aim == *aim).count();
            assert!(count >= 15, "{aim:?}: {count}");
        }
    }

    #[test]
    fn every_slot_that_must_be_filled_has_a_must_for_anyone() {
        for theme in [
            PathIn,
            TypicalDay,
            Skills,
            Training,
            Hiring,
            Challenges,
            Rewards,
            Downsides,
            Culture,
            Advancement,
            RelatedRoles,
            Trends,
            Gaps,
            Resources,
            WhoElse,
            Closing,
        ] {
            let anyone = ROWS
                .iter()
                .any(|r| r.theme == theme && r.weight == Weight::Must && r.suits.is_none());
            assert!(anyone, "{theme:?}");
        }
        for theme in Theme::ALL {
            let musts = ROWS.iter().filter(|r| r.theme == *theme && r.weight == Weight::Must);
            assert!(musts.count() <= 2, "{theme:?}");
        }
    }

    #[test]
    fn homework_is_rare_and_never_a_must() {
        let homework: Vec<_> = ROWS.iter().filter(|row| row.homework).collect();
        assert!((3..=8).contains(&homework.len()));
        assert!(homework.iter().all(|row| row.weight == Weight::Reserve));
    }

    #[test]
    fn each_seniority_has_questions_of_its_own_and_most_questions_suit_anyone() {
        for seniority in Seniority::ALL {
            let own = ROWS.iter().filter(|row| row.suits == Some(*seniority)).count();
            assert!(own >= 4, "{seniority:?}: {own}");
        }
        let anyone = ROWS.iter().filter(|row| row.suits.is_none()).count();
        assert!(anyone * 10 >= ROWS.len() * 7, "{anyone}");
    }

    #[test]
    fn whoever_is_asked_every_theme_has_at_least_three_questions() {
        let questions = questions();
        for seniority in Seniority::ALL {
            let mut contact =
                Contact::named(ContactId::fixed(1), "Ada", chrono::DateTime::UNIX_EPOCH);
            contact.seniority = Some(*seniority);
            for theme in Theme::ALL {
                let left = questions
                    .iter()
                    .filter(|q| q.theme == *theme && !q.homework && q.suits(&contact))
                    .count();
                assert!(left >= 3, "{theme:?} for {seniority:?}: {left}");
            }
        }
    }
}
