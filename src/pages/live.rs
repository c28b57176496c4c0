//! The talk itself: a quiet clock, the question in hand, a place for notes.
//!
//! Someone is talking while this is on the screen, so nothing here moves on,
//! opens or asks by itself.

use crate::browser::{clock, location};
use crate::components::{
    Button, ButtonKind, Chip, Disclosure, EmptyState, Glyph, LinkButton, Opening, PageHeader,
    Segment, TextArea, TimeBar, Tone, When,
};
use crate::content::drafts;
use crate::derived::{Derived, derived};
use crate::domain::id::{InterviewId, QuestionId};
use crate::domain::interview::{Interview, Stage};
use crate::domain::question::Question;
use crate::domain::timebox::{Agenda, Item, Part, Phase, phase};
use crate::domain::workspace::Workspace;
use crate::pages::bound::bound;
use crate::pages::not_found::Missing;
use crate::route::Route;
use crate::session::Session;
use crate::view::view;
use crate::words;
use chrono::TimeDelta;
use leptos::prelude::*;
use std::time::Duration;

/// How often the clock is looked at. Shorter than a second, so that none is skipped on the screen.
const TICK: Duration = Duration::from_millis(250);

/// The page of a talk that is going on.
#[component]
pub fn Live(
    /// The one session.
    session: Session,
    /// Which talk.
    id: InterviewId,
) -> impl IntoView {
    let stage = session.select(move |w| w.interview(id).map(Interview::stage));
    let name = session.select(move |w| name_of(w, id));
    view! {
        {move || match stage.get() {
            None => view! {
                <Missing title="This talk is not here" back=Route::Interviews back_label="See all talks" />
            }.into_any(),
            Some(Stage::Live) => view! { <Cockpit session id name /> }.into_any(),
            Some(Stage::Preparing | Stage::Scheduled) => view! { <NotBegun session id name /> }.into_any(),
            Some(Stage::ToDebrief | Stage::Done) => view! { <Over session id name /> }.into_any(),
        }}
    }
}

fn name_of(w: &Workspace, id: InterviewId) -> String {
    words::name_of(w.interview(id).and_then(|talk| w.contact(talk.contact)))
}

/// Before the start: one button.
#[component]
fn NotBegun(
    /// The one session.
    session: Session,
    /// Which talk.
    id: InterviewId,
    /// With whom.
    name: Derived<String>,
) -> impl IntoView {
    let start = move |()| {
        session.edit(|w| w.start(id, clock::now()));
    };
    view! {
        <div class="page stack">
            <PageHeader title=Signal::derive(move || format!("Your talk with {}", name.get())) />
            <EmptyState
                glyph=Glyph::Timer
                title="The clock is not running yet"
                text="Press start when you say hello. You can pause it at any time, and it goes on even if you close the page."
            >
                <Button kind=ButtonKind::Primary glyph=Glyph::Play on_click=start>"Start the talk"</Button>
                <LinkButton href=Route::Prepare(id, None).to_string()>"Go on preparing"</LinkButton>
            </EmptyState>
        </div>
    }
}

/// After the end: on to the debrief, or back if it was a slip.
#[component]
fn Over(
    /// The one session.
    session: Session,
    /// Which talk.
    id: InterviewId,
    /// With whom.
    name: Derived<String>,
) -> impl IntoView {
    let reopen = move |()| {
        session.edit(|w| w.reopen(id, clock::now()));
    };
    view! {
        <div class="page stack">
            <PageHeader title=Signal::derive(move || format!("Your talk with {}", name.get())) />
            <EmptyState
                glyph=Glyph::Done
                title="This talk is over"
                text="Your notes are safe. Write down the rest while it is fresh."
            >
                <LinkButton kind=ButtonKind::Primary href=Route::Debrief(id).to_string()>"Debrief"</LinkButton>
                <Button glyph=Glyph::Undo on_click=reopen>"We are still talking"</Button>
            </EmptyState>
        </div>
    }
}

/// What of the talk the screen needs besides the time.
#[derive(Clone, PartialEq)]
struct Talk {
    minutes: u16,
    agenda: Agenda,
    in_hand: Item,
}

/// While the talk goes on.
#[component]
fn Cockpit(
    /// The one session.
    session: Session,
    /// Which talk.
    id: InterviewId,
    /// With whom.
    name: Derived<String>,
) -> impl IntoView {
    let talk = session.select(move |w| {
        w.interview(id).map(|talk| Talk {
            minutes: talk.minutes,
            agenda: w.agenda(talk),
            in_hand: talk.in_hand.clone(),
        })
    });
    let running = session.select(move |w| w.interview(id).and_then(|talk| talk.clock.clone()));
    let now = clock::ticking(TICK);
    // Whole seconds, so that the screen changes once a second and not at every look.
    let elapsed = derived(move || {
        // The tick says when to look; the time is taken anew, so that a pause shows its own second.
        now.track();
        let now = clock::now();
        let elapsed = running.with(|clock| clock.as_ref().map(|clock| clock.elapsed(now)));
        TimeDelta::seconds(elapsed.unwrap_or_default().num_seconds())
    });
    let step = move |steps: isize| {
        session.edit(|w| w.step(id, steps));
    };
    view! {
        <div class="live">
            <h1 class="visually-hidden" tabindex="-1">
                {move || format!("Talking with {}", name.get())}
            </h1>
            <ClockBar session id talk elapsed name />
            <div class="live-columns">
                <InHand session id talk step=Callback::new(step) />
                <AgendaList session id talk />
            </div>
        </div>
    }
}

/// The clock with its buttons, always in sight.
#[component]
fn ClockBar(
    /// The one session.
    session: Session,
    /// Which talk.
    id: InterviewId,
    /// What it needs of the talk.
    talk: Derived<Option<Talk>>,
    /// Time that has counted.
    elapsed: Derived<TimeDelta>,
    /// With whom.
    name: Derived<String>,
) -> impl IntoView {
    let minutes = derived(move || talk.with(|talk| talk.as_ref().map_or(0, |t| t.minutes)));
    let phase = derived(move || phase(minutes.get(), elapsed.get()));
    let hidden = session.select(|w| w.settings().clock_hidden);
    let left = move || {
        let whole = TimeDelta::minutes(i64::from(minutes.get()));
        let left = whole - elapsed.get();
        if left > TimeDelta::zero() {
            format!("{} left of {}", words::clock(left), minutes.get())
        } else {
            format!("{} over the {} you agreed", words::clock(-left), minutes.get())
        }
    };
    let hide = move |()| {
        session.edit(|w| w.edit_settings(|s| s.clock_hidden = !s.clock_hidden));
    };
    view! {
        <div
            class="live-clock"
            class:live-nearing=move || phase.get() == Phase::Nearing
            class:live-over=move || phase.get() == Phase::Over
        >
            <div class="live-time">
                <p class="live-with small" dir="auto">{move || name.get()}</p>
                <When when=move || !hidden.get() fallback=|| view! { <p class="live-elapsed muted">"Clock hidden"</p> }>
                    <p class="live-elapsed numbers" role="timer">{move || words::clock(elapsed.get())}</p>
                    <p class="live-left numbers">{left}</p>
                </When>
            </div>
            <ClockButtons session id hide=Callback::new(hide) hidden />
            <PartBar talk elapsed />
            <Prompt session id talk phase />
        </div>
    }
}

/// Pause, end, hide.
#[component]
fn ClockButtons(
    /// The one session.
    session: Session,
    /// Which talk.
    id: InterviewId,
    /// Hides or shows the clock.
    hide: Callback<()>,
    /// Whether it is hidden.
    hidden: Derived<bool>,
) -> impl IntoView {
    let paused = session.select(move |w| {
        w.interview(id).and_then(|talk| talk.clock.as_ref()).is_some_and(|clock| clock.is_paused())
    });
    let toggle = move |()| {
        let now = clock::now();
        session.edit(|w| if paused.get_untracked() { w.resume(id, now) } else { w.pause(id, now) });
    };
    let end = move |()| {
        session.edit(|w| w.talked(id, clock::now(), clock::today()));
        location::go(&Route::Debrief(id));
    };
    view! {
        <div class="live-buttons cluster">
            {move || if paused.get() {
                view! {
                    <Chip tone=Tone::Amber glyph=Glyph::Pause>"Paused"</Chip>
                    <Button kind=ButtonKind::Primary glyph=Glyph::Play on_click=toggle>"Go on"</Button>
                }.into_any()
            } else {
                view! { <Button glyph=Glyph::Pause on_click=toggle>"Pause"</Button> }.into_any()
            }}
            <Button glyph=Glyph::Stop on_click=end>"End"</Button>
            {move || {
                let (glyph, label) =
                    if hidden.get() { (Glyph::Eye, "Show the clock") } else { (Glyph::EyeOff, "Hide the clock") };
                view! { <Button kind=ButtonKind::Quiet glyph label on_click=hide /> }
            }}
        </div>
    }
}

/// The parts of the talk as boxes of time, and where the clock stands in them.
#[component]
fn PartBar(
    /// What it needs of the talk.
    talk: Derived<Option<Talk>>,
    /// Time that has counted.
    elapsed: Derived<TimeDelta>,
) -> impl IntoView {
    let whole = derived(move || {
        talk.with(|talk| talk.as_ref().map_or(1.0, |t| f64::from(t.minutes) * 60.0).max(1.0))
    });
    // Seconds of a talk are far below what a float can hold exactly.
    #[allow(clippy::cast_precision_loss)]
    let share = move |time: TimeDelta| (time.num_seconds() as f64 / whole.get()).clamp(0.0, 1.0);
    let part = derived(move || {
        talk.with(|talk| talk.as_ref().map(|talk| talk.agenda.part_at(elapsed.get())))
    });
    let segments = derived(move || {
        let now = part.get();
        talk.with(|talk| {
            let slots = talk.iter().flat_map(|talk| &talk.agenda.slots);
            slots
                .map(|slot| {
                    let tone = match slot.part {
                        Part::Closing => Tone::Amber,
                        part if Some(part) == now => Tone::Accent,
                        _ => Tone::Neutral,
                    };
                    Segment::new(words::part(slot.part), share(slot.length), tone)
                })
                .collect::<Vec<_>>()
        })
    });
    let caption = Signal::derive(move || {
        let ends = talk.with(|talk| {
            let slot = talk.as_ref().and_then(|talk| talk.agenda.slot(part.get()?).cloned());
            slot.map(|slot| words::clock(slot.ends()))
        });
        match (part.get(), ends) {
            (Some(part), Some(ends)) => format!(
                "By the clock: {}, until {ends}. {}",
                words::part(part).to_lowercase(),
                drafts::part_cue(part)
            ),
            _ => String::new(),
        }
    });
    view! {
        <div class="live-parts">
            <TimeBar
                segments
                caption
                position=Signal::derive(move || Some(share(elapsed.get())))
            />
        </div>
    }
}

/// One quiet line when the closing begins, and one when the time is over (P29, P79).
#[component]
fn Prompt(
    /// The one session.
    session: Session,
    /// Which talk.
    id: InterviewId,
    /// What it needs of the talk.
    talk: Derived<Option<Talk>>,
    /// How much time is left, in kind.
    phase: Derived<Phase>,
) -> impl IntoView {
    let in_closing = derived(move || {
        talk.with(|talk| {
            talk.as_ref().is_none_or(|talk| match &talk.in_hand {
                Item::ClosingWords => true,
                Item::Question(q) => talk.agenda.part_of_question(q) == Some(Part::Closing),
                Item::OpeningWords => false,
            })
        })
    });
    let close = move |()| {
        let closing = talk.with_untracked(|talk| talk.as_ref().map(|t| t.agenda.closing()));
        if let Some(item) = closing {
            session.edit(|w| w.hold(id, item));
        }
    };
    let message = move || match (phase.get(), in_closing.get()) {
        (Phase::Calm, _) => "",
        (Phase::Nearing, false) => {
            "Time to close: keep these last minutes for the next step and your thanks."
        }
        (Phase::Nearing, true) => "These last minutes are for closing.",
        (Phase::Over, _) => "The agreed time is over. Thank them now; only they may offer more.",
    };
    view! {
        <div class="live-prompt">
            <p role="status">{message}</p>
            <When when=move || phase.get() != Phase::Calm && !in_closing.get()>
                <Button glyph=Glyph::Next on_click=close>"Go to the closing"</Button>
            </When>
        </div>
    }
}

/// The slot in which the note of an item lies.
fn slot_of(item: &Item) -> QuestionId {
    match item {
        Item::Question(id) => id.clone(),
        Item::OpeningWords | Item::ClosingWords => QuestionId::free_notes(),
    }
}

/// What is in hand, and the note on it.
#[component]
fn InHand(
    /// The one session.
    session: Session,
    /// Which talk.
    id: InterviewId,
    /// What it needs of the talk.
    talk: Derived<Option<Talk>>,
    /// Goes on, or back.
    step: Callback<isize>,
) -> impl IntoView {
    let item =
        derived(move || talk.with(|t| t.as_ref().map(|t| t.in_hand.clone())).unwrap_or_default());
    // One text field for all questions: the keyboard stays in it from one to the next.
    let note = bound(
        session,
        move |w| {
            let slot = w.interview(id).map(|talk| slot_of(&talk.in_hand));
            slot.and_then(|slot| w.answer(id, &slot)).map(|a| a.text.clone()).unwrap_or_default()
        },
        move |w, text| {
            if let Some(slot) = w.interview(id).map(|talk| slot_of(&talk.in_hand)) {
                w.note(id, &slot, &text, clock::now());
            }
        },
    );
    let free = bound(
        session,
        move |w| {
            let note = w.answer(id, &QuestionId::free_notes());
            note.map(|note| note.text.clone()).unwrap_or_default()
        },
        move |w, text| w.note(id, &QuestionId::free_notes(), &text, clock::now()),
    );
    let is_question = derived(move || matches!(item.get(), Item::Question(_)));
    let last = derived(move || item.get() == Item::ClosingWords);
    let first = derived(move || item.get() == Item::OpeningWords);
    let on_key = move |event: leptos::ev::KeyboardEvent| {
        if event.key() == "Enter" && (event.ctrl_key() || event.meta_key()) {
            event.prevent_default();
            step.run(if event.shift_key() { -1 } else { 1 });
        }
    };
    view! {
        <section class="live-hand stack" aria-label="In hand" on:keydown=on_key>
            <div class="live-item" aria-live="polite">
                {move || {
                    let item = item.get();
                    untrack(|| shown(session, id, &item))
                }}
            </div>
            <TextArea
                label=NOTE_LABEL
                value=note.value
                on_input=note.on_input
                rows=6
                hint="Their words, in short. Ctrl and Enter goes on to the next."
            />
            <div class="cluster cluster-ends">
                <Button glyph=Glyph::Previous disabled=first on_click=move |()| step.run(-1)>"Back"</Button>
                <Button kind=ButtonKind::Primary glyph=Glyph::Next disabled=last on_click=move |()| step.run(1)>"Next"</Button>
            </div>
            <When when=move || is_question.get()>
                <Disclosure summary="Notes that fit nowhere else" opening=Opening::Closed>
                    <TextArea label="Free notes" value=free.value on_input=free.on_input rows=3 />
                </Disclosure>
            </When>
        </section>
    }
}

/// The label of the note on whatever is in hand.
const NOTE_LABEL: &str = "Your notes";

/// What is in hand, large enough for a glance.
fn shown(session: Session, id: InterviewId, item: &Item) -> AnyView {
    match item {
        Item::Question(question) => match session.peek(|w| w.question(question)) {
            Some(question) => view! { <Asked question /> }.into_any(),
            None => {
                view! { <p class="muted">"This question is gone; your note on it is kept."</p> }
                    .into_any()
            }
        },
        Item::OpeningWords => {
            let said = session.peek(|w| words_to_say(w, id, true));
            view! { <Said title="Your opening words" said /> }.into_any()
        }
        Item::ClosingWords => {
            let said = session.peek(|w| words_to_say(w, id, false));
            view! { <Said title="Your closing words" said /> }.into_any()
        }
    }
}

/// The opening or closing words: the user's own, else the draft.
fn words_to_say(w: &Workspace, id: InterviewId, opening: bool) -> String {
    let Some(talk) = w.interview(id) else { return String::new() };
    let Some(contact) = w.contact(talk.contact) else { return String::new() };
    let (own, draft): (_, fn(_, _, _, _) -> _) =
        if opening { (&talk.opening, drafts::opening) } else { (&talk.closing, drafts::closing) };
    own.clone().unwrap_or_else(|| draft(talk, contact, w.plan(), &w.settings().policies))
}

/// A question with its follow-up.
#[component]
fn Asked(
    /// The question.
    question: Question,
) -> impl IntoView {
    view! {
        <p class="small muted">{words::theme(question.theme)}</p>
        <h2 class="live-question" dir="auto">{question.text}</h2>
        {(!question.probe.is_empty()).then(|| view! {
            <p class="muted" dir="auto">"If it stays short: "{question.probe}</p>
        })}
    }
}

/// Words to say aloud.
#[component]
fn Said(
    /// What they are.
    title: &'static str,
    /// The words.
    said: String,
) -> impl IntoView {
    view! {
        <h2 class="small muted">{title}</h2>
        <p class="live-said prose" dir="auto">{said}</p>
    }
}

/// Everything on the agenda, to jump to; and the purpose, in sight (P1).
#[component]
fn AgendaList(
    /// The one session.
    session: Session,
    /// Which talk.
    id: InterviewId,
    /// What it needs of the talk.
    talk: Derived<Option<Talk>>,
) -> impl IntoView {
    let purpose = session.peek(|w| {
        w.interview(id).map(|talk| drafts::purpose_card(w.plan(), talk)).unwrap_or_default()
    });
    let agenda = derived(move || talk.with(|talk| talk.as_ref().map(|talk| talk.agenda.clone())));
    let in_hand = derived(move || talk.with(|talk| talk.as_ref().map(|talk| talk.in_hand.clone())));
    let parts = move || {
        let agenda = agenda.get()?;
        let reserve = agenda.reserve.clone();
        let mut groups: Vec<(String, Vec<Item>)> = Vec::new();
        for slot in &agenda.slots {
            let items: Vec<_> = match slot.part {
                Part::Opening => vec![Item::OpeningWords],
                Part::Introduction => continue,
                Part::Closing => slot
                    .questions
                    .iter()
                    .cloned()
                    .map(Item::Question)
                    .chain([Item::ClosingWords])
                    .collect(),
                Part::Story | Part::Advice => {
                    slot.questions.iter().cloned().map(Item::Question).collect()
                }
            };
            if slot.part == Part::Closing && !reserve.is_empty() {
                groups.push((
                    "If there is time".to_owned(),
                    reserve.iter().cloned().map(Item::Question).collect(),
                ));
            }
            let title = format!("{}, until {}", words::part(slot.part), words::clock(slot.ends()));
            groups.push((title, items));
        }
        groups.retain(|(_, items)| !items.is_empty());
        Some(groups)
    };
    let group = move |(title, items): (String, Vec<Item>)| {
        view! {
            <li>
                <h3 class="small">{title}</h3>
                <ul class="live-items">
                    {items.into_iter().map(|item| view! { <AgendaItem session id item in_hand /> }).collect_view()}
                </ul>
            </li>
        }
    };
    view! {
        <aside class="live-agenda stack" aria-label="Agenda">
            <ol class="live-groups">
                {move || parts().map(|groups| groups.into_iter().map(group).collect_view())}
            </ol>
            <Disclosure summary="Why you are here" opening=Opening::Closed>
                <ul class="bullets">{purpose.into_iter().map(|line| view! { <li dir="auto">{line}</li> }).collect_view()}</ul>
            </Disclosure>
            <Disclosure summary="What not to ask" opening=Opening::Closed>
                <ul class="bullets">{drafts::do_not_ask().iter().map(|line| view! { <li>{*line}</li> }).collect_view()}</ul>
                <p class="small">{drafts::if_they_offer()}</p>
            </Disclosure>
        </aside>
    }
}

/// One line of the agenda: a button that takes it in hand.
#[component]
fn AgendaItem(
    /// The one session.
    session: Session,
    /// Which talk.
    id: InterviewId,
    /// What the line is about.
    item: Item,
    /// What is in hand now.
    in_hand: Derived<Option<Item>>,
) -> impl IntoView {
    let text = match &item {
        Item::OpeningWords => "Opening words".to_owned(),
        Item::ClosingWords => "Closing words".to_owned(),
        Item::Question(question) => {
            session.peek(|w| w.question(question)).map(|q| q.text).unwrap_or_default()
        }
    };
    let question = match &item {
        Item::Question(question) => Some(question.clone()),
        _ => None,
    };
    let noted = session.select(move |w| {
        question
            .as_ref()
            .and_then(|q| w.answer(id, q))
            .is_some_and(|answer| !answer.text.is_empty())
    });
    let current = {
        let item = item.clone();
        derived(move || in_hand.get().as_ref() == Some(&item))
    };
    let take = move |_| {
        let item = item.clone();
        session.edit(|w| w.hold(id, item));
    };
    view! {
        <li>
            <button
                type="button"
                class="live-line"
                aria-current=move || current.get().then_some("step")
                on:click=take
            >
                <span dir="auto">{text}</span>
                <When when=move || noted.get()>
                    <Chip tone=Tone::Accent glyph=Glyph::Note>"noted"</Chip>
                </When>
            </button>
        </li>
    }
}
