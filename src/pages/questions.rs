//! The question bank: what comes with the app, what the user made of it, and
//! questions of their own. It stays small to the eye: themes are closed until
//! asked for, or until a search finds something in them.

mod add;
mod edit;
mod find;
mod row;

use crate::components::{
    Button, ButtonKind, CheckLine, EmptyState, Glyph, Icon, InputKind, PageHeader, SelectField,
    TextField, When, each,
};
use crate::derived::{Derived, derived};
use crate::domain::id::QuestionId;
use crate::domain::question::{Aim, Theme, ThemeGroup};
use crate::pages::bound::{Query, at_position, optional_choices};
use crate::session::Session;
use crate::view::view;
use crate::words;
use add::AddQuestion;
use edit::EditDialog;
use find::{Shelf, Wanted, shelve};
use leptos::html;
use leptos::prelude::*;
use row::Row;
use std::collections::{BTreeMap, BTreeSet};

/// What one is looking for, as the controls have it.
#[derive(Clone, Copy)]
struct Filter {
    query: Query,
    theme: RwSignal<String>,
    aim: RwSignal<String>,
    retired: RwSignal<bool>,
}

impl Filter {
    fn new() -> Self {
        Self {
            query: Query::new(),
            theme: RwSignal::new(String::new()),
            aim: RwSignal::new(String::new()),
            retired: RwSignal::new(false),
        }
    }

    fn wanted(self) -> Wanted {
        Wanted {
            words: self.query.words.get(),
            theme: at_position(Theme::ALL, &self.theme.get()),
            aim: at_position(Aim::ALL, &self.aim.get()),
            retired: self.retired.get(),
        }
    }

    /// Looks for everything again; what is retired stays as it was.
    fn clear(self) {
        self.query.words.set(String::new());
        self.theme.set(String::new());
        self.aim.set(String::new());
    }
}

/// What the parts of this page share.
#[derive(Clone, Copy)]
struct Browsing {
    session: Session,
    filter: Filter,
    /// The shelves that stand open while nothing is searched for.
    open: RwSignal<BTreeSet<Shelf>>,
    /// The question in the edit dialog.
    editing: RwSignal<Option<QuestionId>>,
}

/// The page of all questions.
#[component]
pub fn Questions(
    /// The one session.
    session: Session,
) -> impl IntoView {
    let browsing = Browsing {
        session,
        filter: Filter::new(),
        open: RwSignal::new(BTreeSet::from([Shelf::Own])),
        editing: RwSignal::new(None),
    };
    let wanted = derived(move || browsing.filter.wanted());
    let found =
        derived(move || wanted.with(|wanted| session.with(|w| shelve(&w.questions(), wanted))));
    let narrow = derived(move || wanted.with(Wanted::is_narrow));
    let nothing = derived(move || found.with(BTreeMap::is_empty));
    let clear = move |()| browsing.filter.clear();

    view! {
        <div class="page stack">
            <PageHeader
                title="Questions"
                lede="Good questions on twenty themes. Change any of them, retire what you would never \
                      ask, and add your own."
            />
            <AddQuestion browsing />
            <Tools browsing />
            <Summary browsing found narrow />
            <When when=move || nothing.get()>
                <EmptyState
                    glyph=Glyph::Search
                    title="No question like that"
                    text="Try fewer words, or add the question yourself."
                >
                    <Button on_click=clear>"Show all questions"</Button>
                </EmptyState>
            </When>
            <ShelfView browsing shelf=Shelf::Own found narrow />
            {ThemeGroup::ALL
                .iter()
                .map(|group| view! { <Group browsing group=*group found narrow /> })
                .collect_view()}
            <EditDialog browsing />
        </div>
    }
}

/// Search, theme, purpose, and whether retired questions are shown.
#[component]
fn Tools(
    /// What the page shares.
    browsing: Browsing,
) -> impl IntoView {
    let Filter { query, theme, aim, retired } = browsing.filter;
    let put_aside = browsing
        .session
        .select(|w| w.questions().iter().filter(|question| question.retired).count());
    view! {
        <div class="toolbar question-tools" role="search">
            <TextField
                label="Search"
                kind=InputKind::Search
                value=query.bound().value
                on_input=query.bound().on_input
                placeholder="A word in the question"
            />
            <SelectField
                label="Theme"
                options=optional_choices("All", Theme::ALL, words::theme)
                value=theme
                on_change=move |value| theme.set(value)
            />
            <SelectField
                label="Purpose"
                options=optional_choices("All", Aim::ALL, words::aim)
                value=aim
                on_change=move |value| aim.set(value)
            />
        </div>
        <When when=move || { put_aside.get() > 0 || retired.get() }>
            <CheckLine
                label="Show retired questions too"
                checked=retired
                on_change=move |on| retired.set(on)
            />
        </When>
    }
}

/// How many were found, and all shelves at once.
#[component]
fn Summary(
    /// What the page shares.
    browsing: Browsing,
    /// What was found, by shelf.
    found: Derived<BTreeMap<Shelf, Vec<QuestionId>>>,
    /// Whether anything is searched for.
    narrow: Derived<bool>,
) -> impl IntoView {
    let Browsing { session, open, .. } = browsing;
    let all = session.select(|w| w.questions().len());
    let shown = derived(move || found.with(|found| found.values().map(Vec::len).sum::<usize>()));
    let any_open = derived(move || open.with(|open| open.iter().any(|shelf| *shelf != Shelf::Own)));
    let turn = move |()| {
        let wanted = !any_open.get_untracked();
        open.update(|open| {
            open.retain(|shelf| *shelf == Shelf::Own);
            if wanted {
                open.extend(Shelf::all());
            }
        });
    };
    view! {
        <div class="cluster question-summary">
            <p class="small muted" role="status">
                {move || format!("{} of {}", shown.get(), words::records("question", all.get()))}
            </p>
            <When when=move || !narrow.get()>
                <Button kind=ButtonKind::Quiet on_click=turn>
                    {move || if any_open.get() { "Close all themes" } else { "Open all themes" }}
                </Button>
            </When>
        </div>
    }
}

/// One of the three groups, with the themes in which something was found.
#[component]
fn Group(
    /// What the page shares.
    browsing: Browsing,
    /// Which group.
    group: ThemeGroup,
    /// What was found, by shelf.
    found: Derived<BTreeMap<Shelf, Vec<QuestionId>>>,
    /// Whether anything is searched for.
    narrow: Derived<bool>,
) -> impl IntoView {
    let shelves: Vec<_> =
        Theme::ALL.iter().filter(|theme| theme.group() == group).map(|t| Shelf::Of(*t)).collect();
    let own = shelves.clone();
    let any = derived(move || found.with(|found| own.iter().any(|s| found.contains_key(s))));
    view! {
        <When when=move || any.get()>
            <h2 class="question-group">{words::theme_group(group)}</h2>
        </When>
        <div class="question-shelves">
            {shelves
                .into_iter()
                .map(|shelf| view! { <ShelfView browsing shelf found narrow /> })
                .collect_view()}
        </div>
    }
}

/// One theme, or the user's own: a line that opens to its questions. Its rows
/// are made only once it is open, so that the page opens at once.
#[component]
fn ShelfView(
    /// What the page shares.
    browsing: Browsing,
    /// Which shelf.
    shelf: Shelf,
    /// What was found, by shelf.
    found: Derived<BTreeMap<Shelf, Vec<QuestionId>>>,
    /// Whether anything is searched for.
    narrow: Derived<bool>,
) -> impl IntoView {
    let Browsing { session, open, .. } = browsing;
    let ids = derived(move || found.with(|found| found.get(&shelf).cloned().unwrap_or_default()));
    let any = derived(move || ids.with(|ids| !ids.is_empty()));
    let is_open = derived(move || narrow.get() || open.with(|open| open.contains(&shelf)));
    let count = session.select(move |w| {
        ids.with(|ids| {
            let retired = ids.iter().filter_map(|id| w.question(id)).filter(|q| q.retired).count();
            match retired {
                0 => ids.len().to_string(),
                retired => format!("{}, {retired} retired", ids.len()),
            }
        })
    });
    let node = NodeRef::<html::Details>::new();
    // The browser opens and closes it by itself. What it does because of a search is not the user's wish.
    let on_toggle = move |_| {
        let Some(details) = node.get_untracked().filter(|_| !narrow.get_untracked()) else {
            return;
        };
        let wished = details.open();
        if open.with_untracked(|open| open.contains(&shelf)) != wished {
            open.update(|open| {
                let _ = if wished { open.insert(shelf) } else { open.remove(&shelf) };
            });
        }
    };
    view! {
        <When when=move || any.get()>
            <details
                node_ref=node
                class="disclosure shelf"
                id=shelf.element_id()
                prop:open=move || is_open.get()
                on:toggle=on_toggle
            >
                <summary class="disclosure-summary">
                    <Icon glyph=Glyph::Right />
                    <span class="disclosure-words">
                        <h3>{shelf.name()}</h3>
                        <span class="disclosure-note numbers">{move || count.get()}</span>
                    </span>
                </summary>
                <When when=move || is_open.get()>
                    <ul class="disclosure-body shelf-rows">
                        {each(move || ids.get(), QuestionId::to_string, move |id| {
                            let id = id.clone();
                            view! { <Row browsing shelf id /> }
                        })}
                    </ul>
                </When>
            </details>
        </When>
    }
}
