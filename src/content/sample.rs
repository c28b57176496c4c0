//! A made-up search to look around in: one person, twelve contacts, five talks.
//!
//! Everyone in it is invented, addresses end in `example.org` or
//! `example.com`, and numbers begin with 555. Every record is marked as sample,
//! so that it can be taken away again, and has a fixed id, so that loading it
//! twice changes nothing. All dates are counted from `now`.

use crate::domain::answer::Answer;
use crate::domain::contact::{ChosenFor, Contact, Contacted, Touch, Warmth};
use crate::domain::id::{ContactId, InterviewId, QuestionId, SuggestionId, TaskId};
use crate::domain::interview::{Debrief, Fit, Interview, Mode, Suggestion};
use crate::domain::plan::{Plan, Purpose};
use crate::domain::prepare::Step;
use crate::domain::question::{Aim, QuestionChange, Theme, Weight};
use crate::domain::task::Task;
use crate::domain::timebox::Clock;
use chrono::{DateTime, TimeDelta, Utc};

/// A whole search, ready to be added to a workspace.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sample {
    /// The plan.
    pub plan: Plan,
    /// Twelve people.
    pub contacts: Vec<Contact>,
    /// Five talks: three done, one set, one barely begun.
    pub interviews: Vec<Interview>,
    /// The notes of the talks that are done.
    pub answers: Vec<(InterviewId, QuestionId, Answer)>,
    /// Dated things to do.
    pub tasks: Vec<Task>,
    /// One question of the person's own.
    pub questions: Vec<(QuestionId, QuestionChange)>,
}

/// The first half says when a v7 id was made: a day in 1970, so that it
/// collides with no real one.
const BASE: u128 = 0x0000_5a3b_1e00_7000_8000_0000_0000_0000;

const fn contact_id(n: u128) -> ContactId {
    ContactId::fixed(BASE + 0x1000 + n)
}

const fn interview_id(n: u128) -> InterviewId {
    InterviewId::fixed(BASE + 0x2000 + n)
}

const fn task_id(n: u128) -> TaskId {
    TaskId::fixed(BASE + 0x3000 + n)
}

const fn suggestion_id(n: u128) -> SuggestionId {
    SuggestionId::fixed(BASE + 0x4000 + n)
}

const GRACE: ContactId = contact_id(1);
const NOOR: ContactId = contact_id(2);
const IFEOMA: ContactId = contact_id(3);
const TOMASZ: ContactId = contact_id(4);
const LEILANI: ContactId = contact_id(5);
const MATEUS: ContactId = contact_id(6);
const RUTH: ContactId = contact_id(7);
const DAE_JUNG: ContactId = contact_id(8);
const AMARA: ContactId = contact_id(9);
const SIOBHAN: ContactId = contact_id(10);
const HEMI: ContactId = contact_id(11);
const YUSUF: ContactId = contact_id(12);

const WITH_NOOR: InterviewId = interview_id(1);
const WITH_IFEOMA: InterviewId = interview_id(2);
const WITH_TOMASZ: InterviewId = interview_id(3);
const WITH_LEILANI: InterviewId = interview_id(4);
const WITH_MATEUS: InterviewId = interview_id(5);

/// The one question of the person's own.
const OWN_QUESTION: &str = "00005a3b-1e00-7000-8000-000000005001";

/// The sample search as it stands at `now`.
#[must_use]
pub fn sample(now: DateTime<Utc>) -> Sample {
    let mut answers = Vec::new();
    let interviews = vec![
        with_noor(now, &mut answers),
        with_ifeoma(now, &mut answers),
        with_tomasz(now, &mut answers),
        with_leilani(now),
        with_mateus(now),
    ];
    Sample {
        plan: plan(),
        contacts: contacts(now),
        interviews,
        answers,
        tasks: tasks(now),
        questions: vec![(
            question(OWN_QUESTION),
            QuestionChange {
                text: Some("How do you decide that an object is better left alone?".to_owned()),
                probe: Some("Who has the last word on it?".to_owned()),
                theme: Some(Theme::Skills),
                aim: Some(Aim::TestFit),
                minutes: Some(2),
                weight: Some(Weight::Reserve),
                retired: false,
                sample: true,
            },
        )],
    }
}

fn plan() -> Plan {
    Plan {
        name: "Sam Okafor".to_owned(),
        about_me: "I am a lab technician at a secondary school, and I mend books in my spare time."
            .to_owned(),
        field: "museum conservation".to_owned(),
        roles: "Conservator (paper, objects, textiles)\n\
                Collections care assistant, also: conservation technician\n\
                Preventive conservator, also: environment officer"
            .to_owned(),
        organisations: "Harbour Museum: a lab of its own, takes on technicians\n\
                        Northgate City Archive: paper, and close to home\n\
                        Tidewater Maritime Trust: wet wood and metal, a lot of chemistry"
            .to_owned(),
        purpose: Purpose::LearnTheField,
        goals: "What the work is like on an ordinary Tuesday\n\
                Whether there is a way in without a second degree\n\
                What my lab years are worth here"
            .to_owned(),
        beliefs: "Nobody gets in without a master's degree\n\
                  Most of the day is spent at the bench\n\
                  The pay is lower than a school's"
            .to_owned(),
        sample: true,
    }
}

/// What the table of contacts says of one person.
struct Person {
    id: ContactId,
    added: i64,
    name: &'static str,
    role: &'static str,
    organisation: &'static str,
    years: Option<u16>,
    link: Option<&'static str>,
    chosen_for: Option<ChosenFor>,
    source: &'static str,
    introduced_by: Option<ContactId>,
    email: &'static str,
    phone: &'static str,
    known: &'static str,
    notes: &'static str,
    tags: &'static [&'static str],
    /// Days ago, what, and a few words, oldest first.
    touches: &'static [(i64, Contacted, &'static str)],
}

use Contacted::{Asked, Nudged, Other, Replied, Talked, Thanked};

static PEOPLE: &[Person] = &[
    Person {
        id: GRACE,
        added: 57,
        name: "Grace Lindqvist",
        role: "Retired chemistry teacher, volunteer guide",
        organisation: "Friends of Harbour Museum",
        years: None,
        link: Some("the lessons in which I first stood in a lab"),
        chosen_for: None,
        source: "my own address book",
        introduced_by: None,
        email: "grace.lindqvist@example.com",
        phone: "555-0112",
        known: "",
        notes: "Not in the field herself, but knows half the town. Best rung after six.",
        tags: &["friends"],
        touches: &[
            (56, Other, "Rang her. Gave me Noor's name before I had finished the question"),
            (3, Other, "Met her at the market. Promised to ring about the open evening"),
        ],
    },
    Person {
        id: NOOR,
        added: 56,
        name: "Noor Haddad",
        role: "Assistant paper conservator",
        organisation: "Northgate City Archive",
        years: Some(2),
        link: Some("both of us learned our chemistry from her"),
        chosen_for: Some(ChosenFor::Both),
        source: "Grace Lindqvist",
        introduced_by: Some(GRACE),
        email: "n.haddad@archive.example.org",
        phone: "555-0127",
        known: "the parish registers mended after the flood, and three posts about them",
        notes: "",
        tags: &["paper"],
        touches: &[
            (50, Asked, "By email, mentioned Grace"),
            (48, Replied, "Yes, at her bench"),
            (38, Talked, ""),
            (37, Thanked, "Email, and a card with the old town bridge"),
        ],
    },
    Person {
        id: IFEOMA,
        added: 38,
        name: "Ifeoma Okafor",
        role: "Head of conservation",
        organisation: "Harbour Museum",
        years: Some(22),
        link: Some("Noor Haddad introduced us"),
        chosen_for: Some(ChosenFor::Position),
        source: "Noor Haddad",
        introduced_by: Some(NOOR),
        email: "i.okafor@harbour.example.org",
        phone: "555-0131",
        known: "a lab that began in one room, and a talk on choosing what to treat",
        notes: "Her assistant keeps the diary and answers quickest.",
        tags: &["museum"],
        touches: &[
            (30, Asked, "By email, with Noor's leave to use her name"),
            (26, Replied, "Yes, by video, half an hour"),
            (9, Talked, ""),
            (8, Thanked, "Email"),
        ],
    },
    Person {
        id: TOMASZ,
        added: 20,
        name: "Tomasz Zieliński",
        role: "Objects conservator",
        organisation: "Tidewater Maritime Trust",
        years: Some(6),
        link: None,
        chosen_for: Some(ChosenFor::Organisation),
        source: "the Trust's page on the harbour wreck",
        introduced_by: None,
        email: "tomasz@tidewater.example.org",
        phone: "555-0145",
        known: "the ship's rudder that has been drying for four years, and its diary",
        notes: "",
        tags: &["wood", "metal"],
        touches: &[
            (16, Asked, "By email"),
            (9, Nudged, "One line"),
            (7, Replied, "Had been at sea. A call, a quarter of an hour"),
            (2, Talked, ""),
        ],
    },
    Person {
        id: LEILANI,
        added: 9,
        name: "Leilani Kealoha",
        role: "Collections care assistant",
        organisation: "Harbour Museum",
        years: Some(1),
        link: Some("a start in a lab, not in a museum"),
        chosen_for: Some(ChosenFor::Organisation),
        source: "Ifeoma Okafor",
        introduced_by: Some(IFEOMA),
        email: "l.kealoha@harbour.example.org",
        phone: "555-0158",
        known: "the insect traps, and the years in a hospital lab",
        notes: "Same jump as mine, one year ahead of me. Ifeoma told her that I would write.",
        tags: &["museum"],
        touches: &[
            (6, Asked, "By email"),
            (4, Replied, "Yes, in the museum café, she picked the day"),
        ],
    },
    Person {
        id: MATEUS,
        added: 20,
        name: "Mateus Figueira",
        role: "Adviser on preventive conservation",
        organisation: "Self-employed",
        years: Some(15),
        link: None,
        chosen_for: Some(ChosenFor::Position),
        source: "the speakers' list of the regional museums day",
        introduced_by: None,
        email: "mateus@example.com",
        phone: "",
        known: "",
        notes: "Works for a dozen small museums. Ask how that adds up to a living?",
        tags: &["preventive", "freelance"],
        touches: &[(5, Asked, "By email"), (1, Replied, "Yes in principle, asks for dates")],
    },
    Person {
        id: RUTH,
        added: 25,
        name: "Ruth Abernathy",
        role: "Book conservator",
        organisation: "Fenwick Bindery",
        years: Some(8),
        link: None,
        chosen_for: Some(ChosenFor::Position),
        source: "the bookbinders' guild directory",
        introduced_by: None,
        email: "studio@fenwick.example.com",
        phone: "555-0163",
        known: "bindings for three cathedral libraries, and pupils on Saturdays",
        notes: "The only private workshop on my list, so worth one nudge.",
        tags: &["paper", "private"],
        touches: &[(8, Asked, "By email")],
    },
    Person {
        id: DAE_JUNG,
        added: 22,
        name: "Dae-jung Park",
        role: "Conservation scientist",
        organisation: "Aldermoor Heritage Science Centre",
        years: Some(4),
        link: None,
        chosen_for: Some(ChosenFor::Organisation),
        source: "a paper on ink corrosion that I read",
        introduced_by: None,
        email: "dj.park@aldermoor.example.org",
        phone: "",
        known: "a paper on how inks eat into the page",
        notes: "",
        tags: &["science"],
        touches: &[
            (21, Asked, "By email"),
            (18, Replied, "Kind no, away until summer. Named Amara Diallo instead"),
        ],
    },
    Person {
        id: AMARA,
        added: 18,
        name: "Amara Diallo",
        role: "Doctoral student in heritage science",
        organisation: "Aldermoor Heritage Science Centre",
        years: Some(2),
        link: Some("Dae-jung Park introduced us"),
        chosen_for: None,
        source: "Dae-jung Park",
        introduced_by: Some(DAE_JUNG),
        email: "a.diallo@aldermoor.example.org",
        phone: "",
        known: "",
        notes: "",
        tags: &["science"],
        touches: &[],
    },
    Person {
        id: SIOBHAN,
        added: 12,
        name: "Siobhán Kerr",
        role: "Registrar",
        organisation: "Calder Textile Museum",
        years: Some(12),
        link: None,
        chosen_for: Some(ChosenFor::Position),
        source: "the museum's staff page",
        introduced_by: None,
        email: "registrar@calder.example.org",
        phone: "555-0170",
        known: "every loan in and out of the museum",
        notes: "A neighbouring role. Less bench, more paperwork?",
        tags: &["related"],
        touches: &[],
    },
    Person {
        id: HEMI,
        added: 2,
        name: "Hemi Rangi",
        role: "Textile conservator",
        organisation: "Calder Textile Museum",
        years: Some(2),
        link: Some("Tomasz Zieliński introduced us"),
        chosen_for: Some(ChosenFor::Both),
        source: "Tomasz Zieliński",
        introduced_by: Some(TOMASZ),
        email: "h.rangi@calder.example.org",
        phone: "",
        known: "",
        notes: "Came in by apprenticeship, no second degree. Shared a bench with Tomasz once.",
        tags: &["textiles"],
        touches: &[],
    },
    Person {
        id: YUSUF,
        added: 9,
        name: "Yusuf Demir",
        role: "Exhibition designer, formerly conservator",
        organisation: "Lantern & Frame",
        years: Some(9),
        link: None,
        chosen_for: Some(ChosenFor::Position),
        source: "Ifeoma Okafor",
        introduced_by: Some(IFEOMA),
        email: "yusuf@lantern.example.com",
        phone: "555-0184",
        known: "seven years at the bench, then the move to exhibitions",
        notes: "The one who left. Ifeoma: he will tell you straight.",
        tags: &["left"],
        touches: &[(3, Asked, "By email, mentioned Ifeoma")],
    },
];

fn contacts(now: DateTime<Utc>) -> Vec<Contact> {
    PEOPLE
        .iter()
        .map(|person| Contact {
            role: person.role.to_owned(),
            organisation: person.organisation.to_owned(),
            years_in_field: person.years,
            warmth: if person.link.is_some() { Warmth::Warm } else { Warmth::Cold },
            warmth_reason: person.link.unwrap_or_default().to_owned(),
            chosen_for: person.chosen_for,
            source: person.source.to_owned(),
            introduced_by: person.introduced_by,
            email: person.email.to_owned(),
            phone: person.phone.to_owned(),
            known: person.known.to_owned(),
            notes: person.notes.to_owned(),
            tags: person.tags.iter().map(|tag| (*tag).to_owned()).collect(),
            touches: person
                .touches
                .iter()
                .map(|(days, what, note)| Touch {
                    on: (now - TimeDelta::days(*days)).date_naive(),
                    what: *what,
                    note: (*note).to_owned(),
                })
                .collect(),
            sample: true,
            ..Contact::named(person.id, person.name, now - TimeDelta::days(person.added))
        })
        .collect()
}

/// The answers of all talks, as they are collected.
type Answers = Vec<(InterviewId, QuestionId, Answer)>;

/// One note: at which minute it was begun, to which question, whether it is marked, the words.
type Note = (i64, &'static str, bool, &'static str);

/// Adds the notes of one talk.
fn note_down(answers: &mut Answers, interview: InterviewId, start: DateTime<Utc>, notes: &[Note]) {
    answers.extend(notes.iter().map(|(minute, id, useful, text)| {
        let answer = Answer {
            text: (*text).to_owned(),
            begun: Some(start + TimeDelta::minutes(*minute)),
            useful: *useful,
            sample: true,
        };
        (interview, question(id), answer)
    }));
}

/// A month and more ago, at a bench; thanked, and due a second note.
fn with_noor(now: DateTime<Utc>, answers: &mut Answers) -> Interview {
    let start = now - TimeDelta::days(38);
    let mut clock = Clock::start(start);
    clock.pause(start + TimeDelta::minutes(9));
    clock.resume(start + TimeDelta::minutes(12));
    clock.end(start + TimeDelta::minutes(23));
    note_down(
        answers,
        WITH_NOOR,
        start,
        &[
            (
                1,
                "path-in-1",
                true,
                "history degree!! not science. volunteered 1 day/wk in the strongroom, 8 months, then the traineeship. got in on \"steady hands + turning up\"",
            ),
            (
                5,
                "typical-day-1",
                true,
                "mail, then bench 10-12. surface cleaning w/ smoke sponge, tissue + wheat starch paste. pm: photos, condition reports, reports, reports. bench maybe 40 %",
            ),
            (
                12,
                "skills-3",
                false,
                "saying no to a keen curator. estimating hours, always x2. nobody teaches it",
            ),
            (
                14,
                "hiring-2",
                true,
                "2 interviews: both w/ a bench test. mend a tear in 30 min, explain aloud while doing it. they watch how you tidy up",
            ),
            (
                17,
                "downsides-2",
                false,
                "contracts. 3rd one in 2 yrs, 11 months each. rents flat w/ 2 others",
            ),
            (
                19,
                "resources-1",
                false,
                "institute's newsletter (members), blogs of the big libraries. \"read condition reports, they're online, they show how we think\"",
            ),
            (
                21,
                "closing-2",
                true,
                "1) volunteer, anywhere w/ a strongroom 2) mend 10 things, photograph before/after, write it up",
            ),
            (22, "closing-3", false, "email fine, not in June (audit)"),
            (
                23,
                QuestionId::FREE_NOTES,
                false,
                "smells of cold tea + leather. loved it. tiny window",
            ),
        ],
    );
    Interview {
        goals: "How she got in without a science degree\nHow much of the week is bench work"
            .to_owned(),
        read: "Her three posts on the flooded registers; the archive's yearly report".to_owned(),
        mode: Some(Mode::InPerson),
        starts_at: Some(start),
        place: "Northgate City Archive, side door".to_owned(),
        arrangements: "Ring the bell twice. She knows me by the green scarf.".to_owned(),
        picks: questions(&[
            "path-in-1",
            "typical-day-1",
            "hiring-2",
            "skills-3",
            "downsides-2",
            "resources-1",
            "related-roles-2",
            "closing-2",
            "closing-3",
        ]),
        packed: ticked(&[
            "directions",
            "photo-id",
            "leave-early",
            "questions",
            "pen-and-paper",
            "dress",
            "resume",
            "coffee",
            "phone-silent",
        ]),
        step: Step::Ready,
        clock: Some(clock),
        debrief: Debrief {
            learned: "A degree in history is no bar. The bench test is what counts, and it can be practised."
                .to_owned(),
            surprised: "Less than half of the week is at the bench. I believed most of it was."
                .to_owned(),
            fit: Some(Fit::Yes),
            fit_why: "I forgot to look at the clock while she showed me the paste.".to_owned(),
            suggestions: vec![suggestion(
                1,
                "Ifeoma Okafor",
                "Head of conservation at Harbour Museum, taught Noor. May say that Noor sent me.",
                Some(IFEOMA),
            )],
            thanks_for: "Letting me hold the mended register against the light. I have begun my ten mends since."
                .to_owned(),
            thanked: Some(start + TimeDelta::hours(20)),
            second_note: None,
            done: Some(start + TimeDelta::hours(2)),
        },
        sample: true,
        ..Interview::with(WITH_NOOR, NOOR, 20, now - TimeDelta::days(48))
    }
}

/// Nine days ago, by video; thanked.
fn with_ifeoma(now: DateTime<Utc>, answers: &mut Answers) -> Interview {
    let start = now - TimeDelta::days(9);
    let mut clock = Clock::start(start);
    clock.end(start + TimeDelta::minutes(31));
    note_down(
        answers,
        WITH_IFEOMA,
        start,
        &[
            (
                1,
                "path-in-1",
                false,
                "chemist in a paint works -> saw a varnish problem on tv?? -> evening classes -> Harbour when it was 1 room + a sink",
            ),
            (
                5,
                "skills-5",
                true,
                "they ask what it's FOR before touching it. and they write things down w/o being told. speed comes later",
            ),
            (
                9,
                "trends-3",
                true,
                "then: treat. now: prevent. fewer benches, more boxes, sensors, pests, light. money goes to the building not the object. moulds up w/ warmer summers",
            ),
            (
                14,
                "hiring-1",
                true,
                "assistant posts don't ask for the master's. conservator posts do. many start as assistant + study part-time, museum pays 1/2 after a yr",
            ),
            (
                18,
                "culture-2",
                false,
                "mon meeting standing up, everyone shows 1 thing that went wrong. she goes first",
            ),
            (
                21,
                "gaps-2",
                true,
                "lab yrs count more than I think: logs, fume cupboard, risk sheets. missing: handling of real objects, materials other than glass",
            ),
            (
                25,
                "resources-2",
                false,
                "the institute, student rate. preventive care group = friendliest. NOT the big conference, too dear",
            ),
            (
                28,
                "who-else-2",
                true,
                "Leilani K. (was a hospital lab!) + Yusuf D. who left, \"he'll tell you straight\"",
            ),
            (
                30,
                "closing-2",
                false,
                "spend 1 day w/ the pest traps, if that bores you the job will too :)",
            ),
        ],
    );
    Interview {
        goals: "What she looks for in a beginner\nWhat has changed in twenty years".to_owned(),
        read: "Her talk on choosing what to treat; the museum's collecting plan".to_owned(),
        mode: Some(Mode::Video),
        starts_at: Some(start),
        place: "https://meet.example.org/harbour-lab".to_owned(),
        arrangements: "She sends the link herself. Her half hour ends sharp, next meeting."
            .to_owned(),
        picks: questions(&[
            "path-in-1",
            "skills-5",
            "trends-3",
            "hiring-1",
            "culture-2",
            "gaps-2",
            "resources-2",
            "rewards-5",
            "who-else-2",
            "closing-2",
        ]),
        packed: ticked(&["link", "fallback", "light", "notifications", "questions", "dress"]),
        step: Step::Ready,
        clock: Some(clock),
        debrief: Debrief {
            learned: "The work is moving from treating to preventing. Assistants get in without the master's degree and can study while they work."
                .to_owned(),
            surprised: "My lab years are worth more than I thought, because of the paperwork I never liked."
                .to_owned(),
            fit: Some(Fit::Partly),
            fit_why: "Less bench every year. I like order and sensors too, but do I like them that much?"
                .to_owned(),
            suggestions: vec![
                suggestion(
                    2,
                    "Leilani Kealoha",
                    "Collections care assistant, came from a hospital lab. Ifeoma tells her that I will write.",
                    Some(LEILANI),
                ),
                suggestion(
                    3,
                    "Yusuf Demir",
                    "Left the bench, designs exhibitions now.",
                    Some(YUSUF),
                ),
                suggestion(
                    4,
                    "First Thursday group",
                    "The institute's people for preventive care. Meets at the library, guests welcome.",
                    None,
                ),
            ],
            thanks_for: "The Monday meeting where everyone shows what went wrong. I would like to work that way."
                .to_owned(),
            thanked: Some(start + TimeDelta::hours(22)),
            second_note: None,
            done: Some(start + TimeDelta::hours(1)),
        },
        sample: true,
        ..Interview::with(WITH_IFEOMA, IFEOMA, 30, now - TimeDelta::days(26))
    }
}

/// Two days ago, by phone; the thanks are due.
fn with_tomasz(now: DateTime<Utc>, answers: &mut Answers) -> Interview {
    let start = now - TimeDelta::hours(50);
    let mut clock = Clock::start(start);
    clock.end(start + TimeDelta::minutes(15));
    note_down(
        answers,
        WITH_TOMASZ,
        start,
        &[
            (
                1,
                "path-in-1",
                false,
                "boat builder's son. carpentry -> diving club -> wreck -> course abroad, 2 yrs, money from 4 places",
            ),
            (
                3,
                "typical-day-2",
                true,
                "tank checks every a.m.: level, temp, conductivity. then paperwork for permits. actual hands on wood: fridays. \"my job is waiting, neatly\"",
            ),
            (
                6,
                "challenges-1",
                true,
                "iron + sulphur in the wood, turns acid in air. nobody has cracked it. he neutralises + watches",
            ),
            (
                8,
                OWN_QUESTION,
                true,
                "\"when I can't say what it'll do in 50 yrs I don't.\" writes down the reason, 2 people sign",
            ),
            (
                10,
                "rewards-2",
                false,
                "thurs: the rudder hit its target weight after 4 YEARS. brought cake, told no one why, all knew",
            ),
            (
                12,
                "resources-1",
                false,
                "the wet wood working group's papers, free. his own diary (said w/ a laugh)",
            ),
            (13, "who-else-2", false, "Hemi Rangi, textiles. apprenticeship, no degree"),
            (
                14,
                "closing-2",
                true,
                "run one slow experiment at school, months, log it daily. see if I can bear it",
            ),
        ],
    );
    Interview {
        goals: "What the waiting is like\nHow much chemistry he uses".to_owned(),
        read: "The rudder diary, all of last year".to_owned(),
        mode: Some(Mode::Phone),
        starts_at: Some(start),
        arrangements: "I ring him. If the pumps start, he rings back.".to_owned(),
        picks: questions(&[
            "path-in-1",
            "typical-day-2",
            "challenges-1",
            OWN_QUESTION,
            "rewards-2",
            "resources-1",
            "who-else-2",
            "closing-2",
        ]),
        packed: ticked(&["number", "quiet-place", "charged", "questions", "pen-and-paper"]),
        step: Step::Ready,
        clock: Some(clock),
        debrief: Debrief {
            learned: "Objects work is slow on purpose: measure, wait, write it down. Leaving a thing alone is a decision too."
                .to_owned(),
            surprised: "Hands on the wood on Fridays only. Third person to say so in other words."
                .to_owned(),
            fit: Some(Fit::Unsure),
            fit_why: "I am patient with paper. With a tank, for four years? The slow experiment will tell."
                .to_owned(),
            suggestions: vec![suggestion(
                5,
                "Hemi Rangi",
                "Textile conservator at Calder, came in by apprenticeship.",
                Some(HEMI),
            )],
            thanks_for: "The cake for the rudder. I am starting a slow experiment of my own this week."
                .to_owned(),
            thanked: None,
            second_note: None,
            done: Some(start + TimeDelta::hours(1)),
        },
        sample: true,
        ..Interview::with(WITH_TOMASZ, TOMASZ, 15, now - TimeDelta::days(7))
    }
}

/// In two days, fully prepared.
fn with_leilani(now: DateTime<Utc>) -> Interview {
    Interview {
        goals: "How the jump from a lab felt in the first weeks\nWhat she would do again to get in"
            .to_owned(),
        read: "The museum's page on its insect traps; the advertisement for her post, still online"
            .to_owned(),
        mode: Some(Mode::InPerson),
        starts_at: Some(now + TimeDelta::days(2)),
        place: "Harbour Museum café, by the anchor".to_owned(),
        arrangements: "She comes down from the lab. I will have the green scarf and a notebook."
            .to_owned(),
        picks: questions(&[
            "path-in-1",
            "typical-day-1",
            "challenges-2",
            "hiring-2",
            "culture-3",
            "training-2",
            "gaps-4",
            "resources-2",
            "closing-2",
            "closing-3",
        ]),
        packed: ticked(&["directions", "photo-id", "questions", "pen-and-paper", "resume"]),
        step: Step::Ready,
        sample: true,
        ..Interview::with(WITH_LEILANI, LEILANI, 20, now - TimeDelta::days(4))
    }
}

/// Barely begun: he asks for dates.
fn with_mateus(now: DateTime<Utc>) -> Interview {
    Interview {
        goals: "How a living from a dozen small museums adds up".to_owned(),
        sample: true,
        ..Interview::with(WITH_MATEUS, MATEUS, 20, now - TimeDelta::days(1))
    }
}

fn tasks(now: DateTime<Utc>) -> Vec<Task> {
    let task = |n, text: &str, in_days, contact, interview| Task {
        id: task_id(n),
        text: text.to_owned(),
        due: Some((now + TimeDelta::days(in_days)).date_naive()),
        done: None,
        contact: Some(contact),
        interview,
        sample: true,
    };
    let mends = "Mend ten things, with photographs before and after";
    vec![
        Task {
            done: Some(now - TimeDelta::days(14)),
            ..task(1, mends, -12, NOOR, Some(WITH_NOOR))
        },
        task(
            2,
            "Write to Hemi Rangi, say that Tomasz gave me the name",
            1,
            HEMI,
            Some(WITH_TOMASZ),
        ),
        task(3, "Ring Grace about the Friends' open evening, as promised", 0, GRACE, None),
        task(4, "Send Mateus three dates", -1, MATEUS, Some(WITH_MATEUS)),
    ]
}

fn suggestion(n: u128, name: &str, about: &str, contact: Option<ContactId>) -> Suggestion {
    Suggestion { id: suggestion_id(n), name: name.to_owned(), about: about.to_owned(), contact }
}

/// The id of a question. All of them are checked by a test; one that did not
/// read would turn into the slot for free notes.
fn question(id: &str) -> QuestionId {
    id.parse().unwrap_or_else(|_| QuestionId::free_notes())
}

fn questions(ids: &[&str]) -> Vec<QuestionId> {
    ids.iter().map(|id| question(id)).collect()
}

fn ticked(ids: &[&str]) -> std::collections::BTreeSet<String> {
    ids.iter().map(|id| (*id).to_owned()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::content::{bank, checklists};
    use crate::domain::contact::Seniority;
    use crate::domain::interview::Stage;
    use crate::domain::policy::{Policies, SecondNote, ThanksBy};
    use crate::domain::prepare::gaps;
    use crate::domain::question::Question;
    use std::collections::{BTreeMap, BTreeSet};

    fn now() -> DateTime<Utc> {
        "2031-05-14T10:30:00Z".parse().unwrap()
    }

    /// The bank and the question of one's own, by id.
    fn known_questions(sample: &Sample) -> BTreeMap<QuestionId, Question> {
        let own = sample.questions.iter().map(|(id, change)| change.apply(id, None));
        bank::questions().into_iter().chain(own).map(|q| (q.id.clone(), q)).collect()
    }

    #[test]
    fn there_are_twelve_people_five_talks_and_a_few_tasks() {
        let sample = sample(now());
        assert_eq!(sample.contacts.len(), 12);
        assert_eq!(sample.interviews.len(), 5);
        assert_eq!(sample.tasks.len(), 4);
        assert_eq!(sample.questions.len(), 1);
    }

    #[test]
    fn it_is_the_same_every_time_with_ids_of_its_own() {
        let (sample, later) = (sample(now()), super::sample(now() + TimeDelta::days(9)));
        let ids = |s: &Sample| s.contacts.iter().map(|c| c.id).collect::<BTreeSet<_>>();
        assert_eq!(ids(&sample), ids(&later));
        assert_eq!(ids(&sample).len(), 12);
        let talks: BTreeSet<_> = sample.interviews.iter().map(|i| i.id).collect();
        assert_eq!(talks.len(), 5);
        let tasks: BTreeSet<_> = sample.tasks.iter().map(|t| t.id).collect();
        assert_eq!(tasks.len(), 4);
        let suggestions: Vec<_> =
            sample.interviews.iter().flat_map(|i| &i.debrief.suggestions).map(|s| s.id).collect();
        assert_eq!(suggestions.iter().collect::<BTreeSet<_>>().len(), suggestions.len());
        assert!(OWN_QUESTION.starts_with(&NOOR.to_string()[..19]));
    }

    #[test]
    fn everything_is_marked_as_sample() {
        let sample = sample(now());
        assert!(sample.plan.sample);
        assert!(sample.contacts.iter().all(|contact| contact.sample));
        assert!(sample.interviews.iter().all(|interview| interview.sample));
        assert!(sample.answers.iter().all(|(_, _, answer)| answer.sample));
        assert!(sample.tasks.iter().all(|task| task.sample));
        assert!(sample.questions.iter().all(|(_, change)| change.sample));
    }

    #[test]
    fn every_reference_leads_somewhere() {
        let sample = sample(now());
        let people: BTreeSet<_> = sample.contacts.iter().map(|c| c.id).collect();
        let talks: BTreeSet<_> = sample.interviews.iter().map(|i| i.id).collect();
        let questions = known_questions(&sample);
        for contact in &sample.contacts {
            assert!(contact.introduced_by.is_none_or(|id| people.contains(&id)));
        }
        for talk in &sample.interviews {
            assert!(people.contains(&talk.contact));
            let picks: BTreeSet<_> = talk.picks.iter().collect();
            assert_eq!(picks.len(), talk.picks.len(), "a question is picked twice");
            for pick in picks {
                assert!(questions.contains_key(pick), "{pick}");
            }
            for suggestion in &talk.debrief.suggestions {
                assert!(suggestion.contact.is_none_or(|id| people.contains(&id)));
            }
        }
        for (talk, question, _) in &sample.answers {
            let talk = sample.interviews.iter().find(|i| i.id == *talk).unwrap();
            let free = *question == QuestionId::free_notes();
            assert!(free || talk.picks.contains(question), "{question} was not picked");
        }
        for task in &sample.tasks {
            assert!(task.contact.is_none_or(|id| people.contains(&id)));
            assert!(task.interview.is_none_or(|id| talks.contains(&id)));
        }
    }

    #[test]
    fn picks_suit_the_person() {
        let sample = sample(now());
        let questions = known_questions(&sample);
        for talk in &sample.interviews {
            let contact = sample.contacts.iter().find(|c| c.id == talk.contact).unwrap();
            for pick in &talk.picks {
                let question = &questions[pick];
                assert!(question.suits(contact) && !question.homework, "{pick}");
            }
        }
    }

    #[test]
    fn ticked_lines_are_lines_of_the_checklist() {
        let sample = sample(now());
        for talk in &sample.interviews {
            let contact = sample.contacts.iter().find(|c| c.id == talk.contact).unwrap();
            let list = checklists::packing(talk, contact, &Policies::default());
            for ticked in &talk.packed {
                assert!(list.iter().any(|item| item.id == ticked), "{ticked}");
            }
        }
    }

    #[test]
    fn three_talks_are_done_one_is_set_and_one_is_begun() {
        let sample = sample(now());
        let stages: Vec<_> = sample.interviews.iter().map(Interview::stage).collect();
        assert_eq!(
            stages,
            [Stage::Done, Stage::Done, Stage::Done, Stage::Scheduled, Stage::Preparing]
        );
    }

    #[test]
    fn one_second_note_and_one_thank_you_are_due_and_neither_is_late() {
        let sample = sample(now());
        let talk = |id| sample.interviews.iter().find(|talk| talk.id == id).unwrap();
        let since = |id| now() - talk(id).ended().unwrap();
        let noor = since(WITH_NOOR).num_days();
        let note = SecondNote::default();
        assert!(talk(WITH_NOOR).debrief.thanked.is_some());
        assert!((note.due_days()..note.late_days()).contains(&noor), "{noor}");
        let tomasz = since(WITH_TOMASZ).num_hours();
        let thanks = ThanksBy::default();
        assert!(talk(WITH_TOMASZ).debrief.thanked.is_none());
        assert!((thanks.due_hours()..thanks.late_hours()).contains(&tomasz), "{tomasz}");
    }

    #[test]
    fn the_talk_that_is_set_is_fully_prepared() {
        let sample = sample(now());
        let talk = sample.interviews.iter().find(|talk| talk.id == WITH_LEILANI).unwrap();
        let contact = sample.contacts.iter().find(|c| c.id == LEILANI).unwrap();
        let questions = known_questions(&sample);
        let picked: Vec<_> = talk.picks.iter().map(|id| &questions[id]).collect();
        assert_eq!(gaps(talk, contact, &sample.plan, &picked), []);
    }

    #[test]
    fn every_talk_that_is_done_has_notes_within_its_time() {
        let sample = sample(now());
        for talk in sample.interviews.iter().filter(|talk| talk.stage() == Stage::Done) {
            let clock = talk.clock.as_ref().unwrap();
            let notes: Vec<_> = sample.answers.iter().filter(|(id, _, _)| *id == talk.id).collect();
            assert!((5..=9).contains(&notes.len()), "{}", notes.len());
            assert!(notes.iter().any(|(_, _, answer)| answer.useful));
            for (_, _, answer) in notes {
                let begun = answer.begun.unwrap();
                assert!(clock.started() <= begun && begun <= clock.ended().unwrap());
            }
        }
    }

    #[test]
    fn people_are_a_mix_and_their_history_runs_forward() {
        let sample = sample(now());
        let warm = sample.contacts.iter().filter(|c| c.warmth == Warmth::Warm).count();
        assert!((4..=8).contains(&warm), "{warm}");
        for seniority in Seniority::ALL {
            let count =
                sample.contacts.iter().filter(|c| c.seniority() == Some(*seniority)).count();
            assert!(count >= 3, "{seniority:?}: {count}");
        }
        for contact in &sample.contacts {
            let days: Vec<_> = contact.touches.iter().map(|touch| touch.on).collect();
            assert!(days.is_sorted(), "{}", contact.name);
            assert!(days.iter().all(|day| *day >= contact.added.date_naive()), "{}", contact.name);
            assert!(contact.added <= now());
        }
    }

    #[test]
    fn nobody_in_it_can_be_reached() {
        for contact in sample(now()).contacts {
            let host = contact.email.rsplit('@').next().unwrap();
            assert!(host.ends_with("example.org") || host.ends_with("example.com"), "{host}");
            assert!(contact.phone.is_empty() || contact.phone.starts_with("555-01"));
        }
    }
}
