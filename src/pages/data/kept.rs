//! Stored texts that are no part of what is shown: those that could not be
//! read, words that another tab was faster than, and notes without their talk.

use super::differences::{describe, differences};
use super::not_taken;
use crate::browser::{clock, files};
use crate::components::{Button, ButtonKind, Dialog, Disclosure, Glyph, TextArea, When, each};
use crate::derived::derived;
use crate::domain::workspace::Workspace;
use crate::pages::safety::Safety;
use crate::persist::record::{self, Unreadable, print_of};
use crate::persist::store::Kept;
use crate::session::{MendError, Session};
use crate::view::view;
use crate::words;
use leptos::prelude::*;

/// The sections of what could not be read; nothing where there is nothing.
#[component]
pub fn KeptTexts(
    /// The one session.
    session: Session,
    /// The copies.
    safety: Safety,
) -> impl IntoView {
    let of = move |overtaken: bool| {
        derived(move || {
            let all = session.kept().get();
            let those =
                all.into_iter().filter(|kept| (kept.why == Unreadable::Overtaken) == overtaken);
            those.collect::<Vec<Kept>>()
        })
    };
    let (overtaken, unreadable) = (of(true), of(false));
    let list = move |kept: crate::derived::Derived<Vec<Kept>>| {
        each(
            move || kept.get(),
            |entry| format!("{} {}", entry.key, print_of(&entry.text)),
            move |entry| view! { <KeptText session safety entry=entry.clone() /> },
        )
    };
    let orphans = session.select(Workspace::orphans);
    view! {
        <When when=move || overtaken.with(|kept| !kept.is_empty())>
            <section class="stack">
                <h2>"Words from another tab"</h2>
                <p>
                    "Two tabs were open, and the other one saved first. What was written here is kept, \
                     until you bring it in or let it go."
                </p>
                {list(overtaken)}
            </section>
        </When>
        <When when=move || unreadable.with(|kept| !kept.is_empty())>
            <section class="stack">
                <h2>"Could not be read"</h2>
                <p>
                    "These entries are stored here just as they were found. They are part of every \
                     backup, and nothing will be written over them."
                </p>
                {list(unreadable)}
            </section>
        </When>
        <When when=move || orphans.with(|notes| !notes.is_empty())>
            <section class="stack">
                <h2>"Notes without their talk"</h2>
                <p>"The talk these notes belong to can't be read. The notes can:"</p>
                <ul class="list">
                    {move || orphans.get().into_iter().map(|text| view! {
                        <li class="row"><p class="prose" dir="auto">{text}</p></li>
                    }).collect_view()}
                </ul>
            </section>
        </When>
    }
}

/// What was written in another tab and is not here: whose it is, and each field in words.
fn prose(session: Session, text: &str) -> AnyView {
    let Ok((key, _, Some(record))) = record::decode(text) else { return ().into_any() };
    let (whose, found) = session.peek(|w| (describe(&record, w, None), differences(&key, text, w)));
    let none = found.is_empty();
    view! {
        <p><strong dir="auto">{whose}</strong></p>
        {found
            .into_iter()
            .map(|(label, _, words)| view! {
                <div>
                    <p class="small muted">{label}</p>
                    <p class="prose" dir="auto">{words}</p>
                </div>
            })
            .collect_view()}
        {none.then(|| view! { <p class="muted">"All of it is here already."</p> })}
    }
}

/// One text: look at it, download it, put it back, or let it go.
#[component]
fn KeptText(
    /// The one session.
    session: Session,
    /// The copies.
    safety: Safety,
    /// Which.
    entry: Kept,
) -> impl IntoView {
    let overtaken = entry.why == Unreadable::Overtaken;
    let asking = RwSignal::new(false);
    let busy = RwSignal::new(false);
    let failed = RwSignal::new(None::<String>);
    let typed = RwSignal::new(entry.text.clone());
    let stored = StoredValue::new((entry.key.clone(), entry.text.clone()));
    let download = move |()| {
        let text = stored.with_value(|(_, text)| text.clone());
        if let Err(error) =
            files::download("ask-around-unreadable.txt", "text/plain;charset=utf-8", &text)
        {
            failed.set(Some(not_taken(&error.to_string())));
        }
    };
    // One thing at a time, and never without a copy if there can be one.
    let safely = move |why: &'static str, act: fn(Session, &str, &str) -> Result<(), String>| {
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        failed.set(None);
        leptos::task::spawn_local(async move {
            let _ = safety.take(why).await;
            let Some((key, _)) = stored.try_get_value() else { return };
            let done = act(session, &key, &typed.get_untracked());
            busy.try_set(false);
            if let Err(why) = done {
                failed.try_set(Some(why));
            }
        });
    };
    let mend = move |()| {
        let why = if overtaken { "before bringing in words" } else { "before mending an entry" };
        safely(why, |session, key, text| {
            let done = session.mend_kept(key, text, "The entry is back.", clock::now());
            done.map_err(|why| match why {
                MendError::Unreadable(why) => words::unmended(&why),
                MendError::Storage(why) => words::storage_error(&why),
            })
        });
    };
    let discard = move |()| {
        asking.set(false);
        safely("before deleting an entry", |session, key, _| {
            session.discard_kept(key).map_err(|why| words::storage_error(&why))
        });
    };
    let heading = if overtaken {
        prose(session, &entry.text)
    } else {
        view! { <p><strong>{entry.key.clone()}</strong>": "{words::unreadable(&entry.why)}"."</p> }
    };
    let title = if overtaken { "Let these words go?" } else { "Delete this text for good?" };
    view! {
        <div class="card stack-tight">
            {heading}
            <Disclosure summary="See the text">
                <pre class="prose small" dir="auto">{entry.text.clone()}</pre>
            </Disclosure>
            {(!overtaken).then(|| view! {
                <Disclosure summary="Mend it">
                    <div class="stack-tight">
                        <TextArea
                            label="The text, as it should be"
                            hint="If you can see what is wrong with it, put it right. It goes back only if all of it makes sense."
                            value=typed
                            on_input=move |text| typed.set(text)
                        />
                        <p><Button disabled=busy on_click=mend>"Put it back"</Button></p>
                    </div>
                </Disclosure>
            })}
            {move || failed.get().map(|why| view! { <p class="error" role="alert">{why}</p> })}
            <p class="cluster">
                {overtaken.then(|| view! {
                    <Button kind=ButtonKind::Primary glyph=Glyph::Merge disabled=busy on_click=mend>
                        "Bring these words in"
                    </Button>
                })}
                <Button glyph=Glyph::Download on_click=download>"Download the text"</Button>
                <Button kind=ButtonKind::Quiet glyph=Glyph::Delete on_click=move |()| asking.set(true)>
                    "Delete it for good"
                </Button>
            </p>
            <Dialog
                open=asking
                on_close=move |()| asking.set(false)
                title=title
                actions=move || view! {
                    <Button on_click=move |()| asking.set(false)>"Keep it"</Button>
                    <Button kind=ButtonKind::Danger on_click=discard>"Delete it"</Button>
                }
            >
                <p>"This can't be undone. Download the text first if it might hold notes of yours."</p>
            </Dialog>
        </div>
    }
}
