//! Everyone one wants to talk to: add by a name alone, search, filter.

use crate::browser::{clock, location};
use crate::components::{
    Button, ButtonKind, Chip, EmptyState, Glyph, InputKind, PageHeader, RowLink, SelectField,
    TextField, Tone, When, each,
};
use crate::derived::derived;
use crate::domain::contact::{Contact, Seniority, Warmth};
use crate::domain::id::ContactId;
use crate::domain::interview::Stage;
use crate::domain::order::sorted_by_key;
use crate::domain::workspace::Workspace;
use crate::pages::bound::{Query, at_position, optional_choices};
use crate::route::Route;
use crate::session::Session;
use crate::view::view;
use crate::words;
use leptos::prelude::*;

/// What one line of the list shows.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Line {
    id: ContactId,
    name: String,
    position: String,
    warm: bool,
    seniority: Option<Seniority>,
    stage: Option<Stage>,
    sample: bool,
}

impl Line {
    fn new(contact: &Contact, w: &Workspace) -> Self {
        Self {
            id: contact.id,
            name: words::name(contact),
            position: words::position(contact),
            warm: contact.warmth == Warmth::Warm,
            seniority: contact.seniority(),
            stage: w.interviews_with(contact.id).last().map(|talk| talk.stage()),
            sample: contact.sample,
        }
    }
}

/// The list of people.
#[component]
pub fn Contacts(
    /// The one session.
    session: Session,
) -> impl IntoView {
    let query = Query::new();
    let warmth = RwSignal::new(String::new());
    let seniority = RwSignal::new(String::new());
    let all = session.select(|w| w.contacts().count());
    let lines = derived(move || {
        let words = query.words.get();
        let warmth = at_position(Warmth::ALL, &warmth.get());
        let seniority = at_position(Seniority::ALL, &seniority.get());
        session.with(|w| {
            let lines: Vec<_> = w
                .contacts()
                .filter(|contact| warmth.is_none_or(|wanted| contact.warmth == wanted))
                .filter(|contact| seniority.is_none_or(|s| contact.seniority() == Some(s)))
                .filter(|contact| contact.matches(&words))
                .map(|contact| Line::new(contact, w))
                .collect();
            // Warm contacts go first (P60), then by name.
            sorted_by_key(lines, |line| (!line.warm, line.name.to_lowercase()))
        })
    });

    view! {
        <div class="page stack">
            <PageHeader
                title="People"
                lede="Everyone you might talk to. A name is enough to begin with; warm contacts come first."
            />
            <AddPerson session />
            <When
                when=move || { all.get() > 0 }
                fallback=|| view! {
                    <EmptyState
                        glyph=Glyph::People
                        title="Nobody here yet"
                        text="Think of one person who does work you are curious about. A former \
                              classmate, a neighbour, a name from an article: write it down above."
                    />
                }
            >
                <div class="toolbar" role="search">
                    <TextField
                        label="Search"
                        kind=InputKind::Search
                        value=query.bound().value
                        on_input=query.bound().on_input
                        placeholder="Name, role, place, note"
                    />
                    <SelectField
                        label="Warm or cold"
                        options=optional_choices("All", Warmth::ALL, words::warmth)
                        value=warmth
                        on_change=move |value| warmth.set(value)
                    />
                    <SelectField
                        label="Experience"
                        options=optional_choices("All", Seniority::ALL, words::seniority)
                        value=seniority
                        on_change=move |value| seniority.set(value)
                    />
                </div>
                <p class="small muted" role="status">
                    {move || format!("{} of {}", lines.with(Vec::len), words::count(all.get(), "person", "people"))}
                </p>
                <ul class="list">
                    {each(move || lines.get(), |line| format!("{line:?}"), |line| {
                        let line = line.clone();
                        view! { <Row line /> }
                    })}
                </ul>
            </When>
        </div>
    }
}

/// Adds a person by name and opens their page.
#[component]
pub(super) fn AddPerson(
    /// The one session.
    session: Session,
) -> impl IntoView {
    let name = RwSignal::new(String::new());
    let error = RwSignal::new(None::<String>);
    let add = move || {
        let typed = name.get_untracked();
        if typed.trim().is_empty() {
            error.set(Some("Type a name first.".to_owned()));
            location::focus(".add-line input");
            return;
        }
        let now = clock::now();
        let contact = Contact::named(ContactId::new(now), typed.trim(), now);
        if let Some(id) = session.edit(|w| w.add_contact(contact)) {
            name.set(String::new());
            location::go(&Route::Contact(id));
        }
    };
    view! {
        <form
            class="add-line"
            on:submit=move |event| {
                event.prevent_default();
                add();
            }
        >
            <TextField
                label="Add someone by name"
                value=name
                on_input=move |text| {
                    name.set(text);
                    error.set(None);
                }
                placeholder="Their name"
                autocomplete="off"
                error=error
            />
            <Button kind=ButtonKind::Primary glyph=Glyph::Add on_click=move |()| add()>
                "Add"
            </Button>
        </form>
    }
}

/// One person in the list.
#[component]
fn Row(
    /// What to show.
    line: Line,
) -> impl IntoView {
    view! {
        <RowLink href=Route::Contact(line.id).to_string() title=line.name subtitle=line.position>
            {line.stage.map(|stage| view! { <Chip tone=Tone::Accent>{words::stage(stage)}</Chip> })}
            {line.seniority.map(|s| view! { <Chip>{words::seniority(s)}</Chip> })}
            // Warm ones go first; who is cold needs no mark.
            {line.warm.then(|| view! { <Chip tone=Tone::Warm>"Warm"</Chip> })}
            {line.sample.then(|| view! { <Chip tone=Tone::Sample>"Sample"</Chip> })}
        </RowLink>
    }
}
