//! All talks, the ones that want something first.

use crate::browser::clock;
use crate::components::{Chip, EmptyState, Glyph, LinkButton, PageHeader, RowLink, Tone, When};
use crate::domain::id::InterviewId;
use crate::domain::interview::{Interview, Mode, Stage};
use crate::domain::order::sorted_by_key;
use crate::domain::workspace::Workspace;
use crate::route::Route;
use crate::session::Session;
use crate::view::view;
use crate::words;
use chrono::{DateTime, Utc};
use leptos::prelude::*;

/// What one line of the list shows.
#[derive(Clone, PartialEq)]
struct Line {
    id: InterviewId,
    name: String,
    stage: Stage,
    at: Option<DateTime<Utc>>,
    mode: Option<Mode>,
    notes: usize,
    sample: bool,
}

impl Line {
    fn new(talk: &Interview, w: &Workspace) -> Self {
        Self {
            id: talk.id,
            name: w.contact(talk.contact).map_or_else(|| "Someone".to_owned(), words::name),
            stage: talk.stage(),
            at: talk.ended().or(talk.starts_at),
            mode: talk.mode,
            notes: w.answers(talk.id).count(),
            sample: talk.sample,
        }
    }

    fn about(&self) -> String {
        let when = self.at.map(|at| words::moment(clock::to_local(at), clock::today()));
        let mode = self.mode.map(|mode| words::mode(mode).to_owned());
        let notes = (self.notes > 0).then(|| words::records("answer", self.notes));
        when.into_iter().chain(mode).chain(notes).collect::<Vec<_>>().join(" · ")
    }
}

/// The list of talks.
#[component]
pub fn Interviews(
    /// The one session.
    session: Session,
) -> impl IntoView {
    let lines =
        session.select(|w| w.interviews().map(|talk| Line::new(talk, w)).collect::<Vec<_>>());
    let groups: [(&str, &[Stage]); 3] = [
        ("Going on", &[Stage::Live, Stage::ToDebrief]),
        ("Ahead", &[Stage::Preparing, Stage::Scheduled]),
        ("Done", &[Stage::Done]),
    ];
    let group = move |(title, stages): (&'static str, &'static [Stage])| {
        move || {
            let group =
                lines.get().into_iter().filter(|line| stages.contains(&line.stage)).collect();
            let mut group =
                sorted_by_key(group, |line: &Line| line.at.map_or(i64::MAX, |at| at.timestamp()));
            if title == "Done" {
                group.reverse();
            }
            (!group.is_empty()).then(|| {
                view! {
                    <section class="stack-tight">
                        <h2>{title}</h2>
                        <ul class="list">
                            {group.into_iter().map(|line| view! { <Row line /> }).collect_view()}
                        </ul>
                    </section>
                }
            })
        }
    };
    view! {
        <div class="page stack-loose">
            <PageHeader title="Talks" lede="Each talk from the first thought of it to the second thank-you.">
                <LinkButton href=Route::Contacts.to_string() glyph=Glyph::Add>"Prepare a talk"</LinkButton>
                <LinkButton href=Route::Now.to_string() glyph=Glyph::Play>"They can talk now"</LinkButton>
            </PageHeader>
            <When
                when=move || lines.with(|lines| !lines.is_empty())
                fallback=|| view! {
                    <EmptyState
                        glyph=Glyph::Talks
                        title="No talks yet"
                        text="A talk begins with a person: choose one, and prepare it step by step."
                    >
                        <LinkButton href=Route::Contacts.to_string()>"Choose someone"</LinkButton>
                    </EmptyState>
                }
            >
                {groups.into_iter().map(group).collect_view()}
            </When>
        </div>
    }
}

/// One talk in the list.
#[component]
fn Row(
    /// What to show.
    line: Line,
) -> impl IntoView {
    let tone = match line.stage {
        Stage::Live => Tone::Accent,
        Stage::ToDebrief => Tone::Amber,
        Stage::Preparing | Stage::Scheduled | Stage::Done => Tone::Neutral,
    };
    let (href, about, stage, sample) =
        (Route::of_talk(line.id, line.stage).to_string(), line.about(), line.stage, line.sample);
    view! {
        <RowLink href title=line.name subtitle=about>
            {sample.then(|| view! { <Chip tone=Tone::Sample>"Sample"</Chip> })}
            <Chip tone>{words::stage(stage)}</Chip>
        </RowLink>
    }
}
