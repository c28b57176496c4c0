//! A file on one's own disk that Ask Around keeps up to date.

use super::intake::{Intake, Kind};
use crate::browser::{clock, linked_file};
use crate::components::{Banner, BannerKind, Button, ButtonKind, Glyph, When};
use crate::derived::derived;
use crate::pages::safety::{Link, Safety};
use crate::persist::record::print_of;
use crate::view::view;
use crate::words;
use leptos::prelude::*;

/// What the file is called if nothing else is chosen.
const NAME: &str = "ask-around.json";

/// The section of the linked file.
#[component]
pub fn LinkedFileSection(
    /// The copies.
    safety: Safety,
    /// What takes the file in, should it have something new.
    intake: Intake,
) -> impl IntoView {
    let body = if linked_file::can_link() && safety.keeps() {
        view! { <LinkedFile safety intake /> }
    } else {
        view! {
            <p>
                "This browser can't do that. Ask Around reminds you to download a backup instead, after \
                 every few talks."
            </p>
        }
    };
    view! {
        <section class="stack">
            <h2>"A file that keeps itself up to date"</h2>
            {body}
        </section>
    }
}

/// How the linked file is, and what can be done about it.
#[component]
fn LinkedFile(
    /// The copies.
    safety: Safety,
    /// What takes the file in.
    intake: Intake,
) -> impl IntoView {
    let failed = RwSignal::new(None::<String>);
    let linked = derived(move || !matches!(safety.link(), Link::None | Link::Unknown));
    let link = move |anew: bool| {
        failed.set(None);
        leptos::task::spawn_local(async move {
            let linked = match anew {
                true => safety.link_file(NAME).await,
                false => safety.link_existing().await,
            };
            if let Err(why) = linked {
                failed.try_set(Some(format!("The browser could not link a file ({why}).")));
            }
        });
    };
    let unlink = move |()| leptos::task::spawn_local(safety.unlink());
    view! {
        <p>
            "Choose where it is to be, for example on a stick or in a folder that is copied to the cloud. \
             A moment after each change, everything is written into it."
        </p>
        {move || failed.get().map(|why| view! { <p class="error" role="alert">{why}</p> })}
        <When
            when=move || linked.get()
            fallback=move || view! {
                <p class="cluster">
                    <Button glyph=Glyph::Link on_click=move |()| link(true)>"Link a new file…"</Button>
                    <Button on_click=move |()| link(false)>"Link a file of another device…"</Button>
                </p>
                <p class="muted small">
                    "Give a new file a name of its own: one that is there already would be replaced."
                </p>
            }
        >
            <State safety intake />
            <p><Button kind=ButtonKind::Quiet on_click=unlink>"Unlink"</Button></p>
        </When>
    }
}

/// How the linked file is.
#[component]
fn State(
    /// The copies.
    safety: Safety,
    /// What takes the file in.
    intake: Intake,
) -> impl IntoView {
    let state = derived(move || safety.link());
    let allow = move |()| leptos::task::spawn_local(safety.unlock());
    let again = move |()| leptos::task::spawn_local(safety.write_file());
    let bring_in = move |()| {
        leptos::task::spawn_local(async move {
            // It may have come in by another way meanwhile.
            safety.write_file().await;
            if !safety.is_foreign() {
                return;
            }
            let name = safety.file_name();
            match safety.file_text().await {
                Ok(text) => intake.open(&name, Kind::Linked(print_of(&text)), text),
                Err(why) => {
                    let why =
                        format!("The browser could not read it ({why}). Nothing was changed.");
                    intake.refuse(&name, Kind::File, why);
                }
            }
        });
    };
    let quiet = |text: String| view! { <p class="fact" dir="auto">{text}</p> };
    move || {
        let name = safety.file_name();
        match state.get() {
            Link::Unknown | Link::None => ().into_any(),
            Link::UpToDate(at) => {
                let at = words::moment(clock::to_local(at), clock::today());
                quiet(format!("{name} is up to date, last written {at}."))
            }
            Link::Behind | Link::Writing => quiet(format!("{name}: writing…")),
            Link::Locked => view! {
                <Banner
                    kind=BannerKind::Warn
                    title=format!("{name} needs your permission")
                    actions=move || view! { <Button on_click=allow>"Allow again"</Button> }
                >
                    <p>"The browser asks anew from time to time. Everything is safe here; the file is not up to date until you allow it."</p>
                </Banner>
            },
            Link::Foreign => view! {
                <Banner
                    kind=BannerKind::Warn
                    title=format!("{name} was changed by another device")
                    actions=move || view! {
                        <Button glyph=Glyph::Upload on_click=bring_in>"Bring it in"</Button>
                    }
                >
                    <p>"It holds something that is not here, so nothing was written over it. Bring it in; after that it is kept up to date again."</p>
                </Banner>
            },
            Link::Failed(why) => view! {
                <Banner
                    kind=BannerKind::Warn
                    title=format!("{name} could not be written")
                    actions=move || view! { <Button on_click=again>"Try again"</Button> }
                >
                    <p>{format!("Perhaps it was moved or deleted ({why}). Everything is safe here. Try again, or unlink it and link another file.")}</p>
                </Banner>
            },
        }
    }
}
