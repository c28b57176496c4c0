//! The bank to pick from: search, one theme or all, and a box to tick for each
//! question, which is its place in this talk.

use super::Shown;
use crate::components::{
    CheckLine, Disclosure, InputKind, Opening, SelectField, TextField, When, each,
};
use crate::derived::{Derived, derived};
use crate::domain::contact::Seniority;
use crate::domain::id::{InterviewId, QuestionId};
use crate::domain::question::{Question, Theme, Weight};
use crate::domain::workspace::Workspace;
use crate::pages::bound::{at_position, optional_choices};
use crate::pages::prepare::talk_with;
use crate::session::Session;
use crate::view::view;
use crate::words;
use leptos::prelude::*;
use std::collections::BTreeSet;

/// One question of the bank.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
struct Line {
    id: QuestionId,
    text: String,
    facts: String,
}

/// The questions of one theme.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
struct Group {
    theme: Theme,
    lines: Vec<Line>,
    /// Whether it shows its questions at once: while something is searched for.
    open: bool,
}

/// What is worth knowing of a question before it is picked, in a line.
fn facts(question: &Question, suits: bool) -> String {
    let suited = question.suits.map(|suits| match suits {
        Seniority::Junior => "newcomers know best",
        Seniority::Mid => "people some years in know best",
        Seniority::Senior => "people many years in know best",
    });
    let suited = suited.map(|suited| {
        if suits { suited.to_owned() } else { format!("{suited}, so perhaps not this person") }
    });
    let facts = [
        Some(format!("{} min", question.minutes)),
        (question.weight == Weight::Must).then(|| "must ask".to_owned()),
        question.homework.then(|| "reading could answer this".to_owned()),
        suited,
    ];
    facts.into_iter().flatten().collect::<Vec<_>>().join(" · ")
}

/// What is shown of the bank, by theme. What was put aside stays out.
fn groups(w: &Workspace, id: InterviewId, query: &str, only: Option<Theme>) -> Vec<Group> {
    let contact = talk_with(w, id).map(|(_, contact)| contact);
    let open = only.is_some() || !query.trim().is_empty();
    let mut groups: Vec<Group> = Vec::new();
    for question in w.questions() {
        let wanted = !question.retired
            && only.is_none_or(|theme| question.theme == theme)
            && question.matches(query);
        if !wanted {
            continue;
        }
        let line = Line {
            facts: facts(&question, contact.is_none_or(|contact| question.suits(contact))),
            id: question.id,
            text: question.text,
        };
        match groups.last_mut().filter(|group| group.theme == question.theme) {
            Some(group) => group.lines.push(line),
            None => groups.push(Group { theme: question.theme, lines: vec![line], open }),
        }
    }
    groups
}

/// The bank.
#[component]
pub(super) fn Bank(
    /// The one session.
    session: Session,
    /// Which talk.
    id: InterviewId,
    /// What of it is on the screen.
    shown: Shown,
) -> impl IntoView {
    let query = shown.query.bound();
    let groups = derived(move || {
        let words = shown.query.words.get();
        let theme = at_position(Theme::ALL, &shown.theme.get());
        session.with(|w| groups(w, id, &words, theme))
    });
    let picked = session.select(move |w| {
        let picks = w.interview(id).map(|talk| talk.picks.clone()).unwrap_or_default();
        picks.into_iter().collect::<BTreeSet<_>>()
    });
    let none = derived(move || groups.with(Vec::is_empty));
    view! {
        <section class="stack prepare-bank" aria-labelledby="prepare-bank-title">
            <h3 id="prepare-bank-title">"Pick from the bank"</h3>
            <div class="toolbar" role="search">
                <TextField
                    label="Search"
                    kind=InputKind::Search
                    value=query.value
                    on_input=query.on_input
                    placeholder="Any word"
                />
                <SelectField
                    label="Theme"
                    options=optional_choices("All", Theme::ALL, words::theme)
                    value=shown.theme
                    on_change=move |value| shown.theme.set(value)
                />
            </div>
            <div class="prepare-bank-list">
                {each(move || groups.get(), |group| format!("{group:?}"), move |group| {
                    let group = group.clone();
                    view! { <ThemeGroup session id group picked /> }
                })}
            </div>
            <When when=move || none.get()>
                <p class="muted" role="status">"No question has these words. You can add your own."</p>
            </When>
        </section>
    }
}

/// The questions of one theme, folded unless something is searched for.
#[component]
fn ThemeGroup(
    /// The one session.
    session: Session,
    /// Which talk.
    id: InterviewId,
    /// What to show.
    group: Group,
    /// The questions picked for the talk.
    picked: Derived<BTreeSet<QuestionId>>,
) -> impl IntoView {
    let ids: Vec<_> = group.lines.iter().map(|line| line.id.clone()).collect();
    let all = ids.len();
    let note = Signal::derive(move || {
        let count = picked.with(|picked| ids.iter().filter(|id| picked.contains(*id)).count());
        match count {
            0 => Some(all.to_string()),
            count => Some(format!("{count} of {all} picked")),
        }
    });
    let line = move |line: Line| {
        let (mine, question) = (line.id.clone(), line.id);
        let checked = Signal::derive(move || picked.with(|picked| picked.contains(&mine)));
        let toggle = move |_: bool| {
            session.edit(|w| w.toggle_pick(id, &question));
        };
        view! { <li><CheckLine label=line.text hint=line.facts checked on_change=toggle /></li> }
    };
    let opening = if group.open { Opening::Open } else { Opening::Closed };
    view! {
        <Disclosure summary=words::theme(group.theme) note opening>
            <ul class="prepare-bank-theme">{group.lines.into_iter().map(line).collect_view()}</ul>
        </Disclosure>
    }
}
