//! The guide of one talk: everything on one page, to print and to hold in the
//! hand. It shows what the wizard was told and asks for nothing.

use crate::browser::{clock, files};
use crate::components::{Button, ButtonKind, Glyph, PageHeader, When};
use crate::content::drafts;
use crate::domain::contact::Contact;
use crate::domain::id::{InterviewId, QuestionId};
use crate::domain::interview::{Interview, Mode};
use crate::domain::prepare::Step;
use crate::domain::question::Question;
use crate::domain::timebox::Part;
use crate::domain::workspace::Workspace;
use crate::pages::not_found::Missing;
use crate::pages::prepare::{Which, marked, packing_items, talk_with};
use crate::route::Route;
use crate::session::Session;
use crate::view::view;
use crate::words;
use leptos::prelude::*;

/// When, where and how long, as far as it is known; the place also where it is
/// only their number.
pub(super) fn when_and_where(talk: &Interview, contact: &Contact) -> Vec<(&'static str, String)> {
    let writing = talk.mode == Some(Mode::InWriting);
    let when = talk.starts_at.filter(|_| !writing).map(|at| {
        let at = clock::to_local(at);
        format!("{}, {}", words::full_day(at.date()), words::time(at))
    });
    let mode = talk.mode.map(words::mode);
    let place = match (talk.place.trim(), talk.mode) {
        (_, Some(Mode::InWriting)) => contact.email.trim(),
        ("", Some(Mode::Phone)) => contact.phone.trim(),
        (place, _) => place,
    };
    let place = Some(place).filter(|place| !place.is_empty());
    let wheres: Vec<_> = mode.into_iter().chain(place).collect();
    let minutes = words::count(usize::from(talk.minutes), "minute", "minutes");
    let length = if writing { format!("{minutes} to answer") } else { minutes };
    [
        when.map(|when| ("When", when)),
        (!wheres.is_empty()).then(|| ("Where", wheres.join(": "))),
        Some(("Minutes", length)),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// The questions of a talk in the order they are asked. In a letter that is their
/// rank, since they may stop answering anywhere.
pub(super) fn asked_in_order(w: &Workspace, id: InterviewId) -> Vec<Question> {
    let Some(talk) = w.interview(id) else { return Vec::new() };
    if talk.mode == Some(Mode::InWriting) {
        return w.picked(talk);
    }
    w.agenda(talk).questions().filter_map(|id| w.question(id)).collect()
}

/// A stretch of the talk with the questions that belong there.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Stretch {
    title: &'static str,
    /// How long it lasts, or when it comes.
    time: String,
    cue: &'static str,
    /// Number in the whole talk, words, follow-up.
    questions: Vec<(usize, String, String)>,
}

/// What lies between the first words and the last, in the order it runs. Questions
/// in reserve come before the closing, where there may be time for them. A part
/// without a question is left out: the page is one page.
fn stretches(w: &Workspace, id: InterviewId) -> Vec<Stretch> {
    let Some(talk) = w.interview(id) else { return Vec::new() };
    let in_order = asked_in_order(w, id);
    let lines = |wanted: &dyn Fn(&QuestionId) -> bool| -> Vec<_> {
        let numbered = in_order.iter().zip(1..).filter(|(question, _)| wanted(&question.id));
        numbered.map(|(q, number)| (number, q.text.clone(), q.probe.clone())).collect()
    };
    if talk.mode == Some(Mode::InWriting) {
        let questions = lines(&|_| true);
        return vec![Stretch { title: "", time: String::new(), cue: "", questions }];
    }
    let agenda = w.agenda(talk);
    let mut stretches = Vec::new();
    for slot in &agenda.slots {
        if slot.part == Part::Closing {
            stretches.push(Stretch {
                title: "In reserve",
                time: "if time allows".to_owned(),
                cue: "",
                questions: lines(&|id| agenda.reserve.contains(id)),
            });
        }
        stretches.push(Stretch {
            title: words::part(slot.part),
            time: format!("{}, until {}", words::minutes(slot.length), words::minutes(slot.ends())),
            cue: drafts::part_cue(slot.part),
            questions: lines(&|id| slot.questions.contains(id)),
        });
    }
    stretches.retain(|stretch| !stretch.questions.is_empty());
    stretches
}

/// How long the first words may take, the introduction included: nothing in a letter.
fn time_to_begin(w: &Workspace, id: InterviewId) -> Option<String> {
    let talk = w.interview(id).filter(|talk| talk.mode != Some(Mode::InWriting))?;
    let story = w.agenda(talk).slot(Part::Story)?.starts;
    Some(format!("{}, with your introduction", words::minutes(story)))
}

/// The page.
#[component]
pub fn Guide(
    /// The one session.
    session: Session,
    /// Which talk.
    id: InterviewId,
) -> impl IntoView {
    let exists = session.select(move |w| talk_with(w, id).is_some());
    view! {
        <When
            when=move || exists.get()
            fallback=|| view! {
                <Missing title="This talk is not here" back=Route::Interviews back_label="See all talks" />
            }
        >
            <div class="page stack guide">
                <Header session id />
                <article class="guide-sheet">
                    <Top session id />
                    <div class="guide-columns">
                        <Course session id />
                        <Beside session id />
                    </div>
                </article>
            </div>
        </When>
    }
}

/// The top of the page on the screen; the paper has a head of its own.
#[component]
fn Header(
    /// The one session.
    session: Session,
    /// Which talk.
    id: InterviewId,
) -> impl IntoView {
    let title = session.select(move |w| {
        let name = talk_with(w, id).map(|(_, contact)| words::name(contact)).unwrap_or_default();
        format!("Guide for {name}")
    });
    let lede = session.select(move |w| match asked_in_order(w, id).len() {
        0..=10 => "One page to print, on A4 or Letter.".to_owned(),
        count => format!("To print on A4 or Letter. With {count} questions it may take two pages."),
    });
    let back = (Route::Prepare(id, Some(Step::Ready)).to_string(), "Prepare".to_owned());
    view! {
        <div class="no-print">
            <PageHeader title lede back>
                <Button kind=ButtonKind::Primary glyph=Glyph::Print on_click=|()| files::print()>
                    "Print"
                </Button>
            </PageHeader>
        </div>
    }
}

/// Who, when, where, how long, and why.
#[component]
fn Top(
    /// The one session.
    session: Session,
    /// Which talk.
    id: InterviewId,
) -> impl IntoView {
    let who = session.select(move |w| {
        talk_with(w, id)
            .map(|(_, contact)| (words::name(contact), words::position(contact)))
            .unwrap_or_default()
    });
    let facts = session.select(move |w| {
        talk_with(w, id).map(|(talk, contact)| when_and_where(talk, contact)).unwrap_or_default()
    });
    let agreed = session.select(move |w| {
        w.interview(id).map(|talk| talk.arrangements.trim().to_owned()).unwrap_or_default()
    });
    view! {
        <header class="guide-top">
            <div>
                <h2 class="guide-name" dir="auto">{move || who.get().0}</h2>
                <p dir="auto">{move || who.get().1}</p>
            </div>
            <ul class="guide-facts">
                {move || facts.get().into_iter().map(|(_, said)| view! { <li dir="auto">{said}</li> }).collect_view()}
                {move || Some(agreed.get()).filter(|said| !said.is_empty()).map(|said| view! {
                    <li dir="auto">{said}</li>
                })}
            </ul>
        </header>
    }
}

/// The talk as it runs: first words, questions part by part, last words.
#[component]
fn Course(
    /// The one session.
    session: Session,
    /// Which talk.
    id: InterviewId,
) -> impl IntoView {
    let parts = session.select(move |w| stretches(w, id));
    let writing =
        session.select(move |w| w.interview(id).is_some_and(|t| t.mode == Some(Mode::InWriting)));
    let part = move |stretch: Stretch| {
        // A letter has no parts and no cues.
        let spoken = !writing.get();
        let count = stretch.questions.len().to_string();
        view! {
            <section class="guide-part" style=("--questions", count)>
                {spoken.then(|| view! {
                    <h3>{stretch.title} " " <span class="guide-time numbers">{stretch.time}</span></h3>
                    <p class="guide-cue">{stretch.cue}</p>
                })}
                <ul class="guide-questions">
                    {stretch.questions.into_iter().map(question).collect_view()}
                </ul>
            </section>
        }
    };
    view! {
        <div class="guide-course">
            <Said session id which=Which::Opening title="To begin" />
            {move || parts.get().into_iter().map(part).collect_view()}
            <Said session id which=Which::Closing title="To end" />
        </div>
    }
}

/// One question with its follow-up and a line to write on.
fn question((number, text, probe): (usize, String, String)) -> impl IntoView {
    view! {
        <li class="guide-question">
            <span class="guide-number numbers">{number}</span>
            <span class="guide-asked" dir="auto">{text} " " <span class="guide-probe">{probe}</span></span>
            <span class="guide-rule" aria-hidden="true"></span>
        </li>
    }
}

/// Words to say, as they stand.
#[component]
fn Said(
    /// The one session.
    session: Session,
    /// Which talk.
    id: InterviewId,
    /// Which words.
    which: Which,
    /// What they are for.
    title: &'static str,
) -> impl IntoView {
    let text = session.select(move |w| which.text(w, id));
    let time = session.select(move |w| time_to_begin(w, id).filter(|_| which == Which::Opening));
    let paragraphs = move || {
        let text = text.get();
        let filled = text.split("\n\n").filter(|part| !part.trim().is_empty());
        let paragraph = |part| view! { <p class="guide-words" dir="auto">{marked(part)}</p> };
        filled.map(paragraph).collect_view()
    };
    view! {
        <section class="guide-said">
            <h3>{title} " " <span class="guide-time numbers">{move || time.get()}</span></h3>
            {paragraphs}
        </section>
    }
}

/// What to keep in sight: why I am here, what not to ask for, what to pack.
#[component]
fn Beside(
    /// The one session.
    session: Session,
    /// Which talk.
    id: InterviewId,
) -> impl IntoView {
    let card = session.select(move |w| {
        w.interview(id).map(|talk| drafts::purpose_card(w.plan(), talk)).unwrap_or_default()
    });
    let packing = session.select(move |w| packing_items(w, id));
    view! {
        <div class="guide-beside">
            <section class="guide-purpose">
                <h3>"Why I am here"</h3>
                <ul class="bullets">
                    {move || card.get().into_iter().map(|line| view! { <li dir="auto">{line}</li> }).collect_view()}
                </ul>
            </section>
            <section>
                <h3>"Not to ask for"</h3>
                <ul class="bullets">
                    {drafts::do_not_ask().iter().map(|line| view! { <li>{*line}</li> }).collect_view()}
                </ul>
            </section>
            <section>
                <h3>"With me"</h3>
                <ul class="guide-packing">
                    {move || packing.get().into_iter().map(|item| view! { <li dir="auto">{item.text}</li> }).collect_view()}
                </ul>
            </section>
        </div>
    }
}
