//! The frame around every page: the name of the app, the way to its sections, the state of saving, the page.
//! It knows no route and no session: the current section and the badge come in.

use super::{Glyph, Icon, Tone};
use crate::derived::derived;
use crate::view::view;
use leptos::html;
use leptos::prelude::*;

/// A section of the app.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NavItem {
    /// Where it is, such as `#/contacts`.
    pub href: String,
    /// Its name, one word.
    pub label: String,
    /// Its drawing; it also decides whether a phone's bar has room for it.
    pub glyph: Glyph,
}

impl NavItem {
    /// A section.
    pub fn new(href: impl Into<String>, label: impl Into<String>, glyph: Glyph) -> Self {
        NavItem { href: href.into(), label: label.into(), glyph }
    }

    /// A phone's bar holds the four sections of every day; the others fold under "More".
    fn is_folded(&self) -> bool {
        !matches!(self.glyph, Glyph::Today | Glyph::People | Glyph::Questions | Glyph::Talks)
    }
}

/// The state of saving, as words with a tone.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SaveBadge {
    /// `Neutral` saved, `Accent` saving, `Amber` or `Red` not saved.
    pub tone: Tone,
    /// The state in words.
    pub text: String,
}

impl SaveBadge {
    fn glyph(&self) -> Glyph {
        match self.tone {
            Tone::Neutral | Tone::Sample | Tone::Warm => Glyph::Check,
            Tone::Accent => Glyph::Edit,
            Tone::Amber => Glyph::Warn,
            Tone::Red => Glyph::Danger,
        }
    }
}

/// The frame.
#[component]
pub fn Shell(
    /// The sections in order.
    nav: Vec<NavItem>,
    /// The `href` of the section on the screen; empty for none.
    #[prop(into)]
    current: Signal<String>,
    /// The state of saving.
    #[prop(into)]
    save: Signal<SaveBadge>,
    /// Banners, the page, the toast.
    children: Children,
) -> impl IntoView {
    let main = NodeRef::<html::Main>::new();
    // A real jump to "#main" would look like a route.
    let skip = move || {
        if let Some(main) = main.get() {
            drop(main.focus());
        }
    };
    view! {
        <div class="shell">
            <a
                class="skip-link"
                href="#main"
                on:click=move |event| {
                    event.prevent_default();
                    skip();
                }
            >
                "Skip to content"
            </a>
            <header class="shell-rail">
                <a class="wordmark" href="#/">
                    <Mark />
                    "Ask Around"
                </a>
                <Sections nav current />
                <SaveState save />
            </header>
            <main id="main" class="shell-main" tabindex="-1" node_ref=main>
                {children()}
            </main>
        </div>
    }
}

/// The rail or bar. Folded sections are in it twice, in the rail and under "More"; the style sheet shows one.
#[component]
fn Sections(
    /// The sections in order.
    nav: Vec<NavItem>,
    /// The `href` of the section on the screen.
    current: Signal<String>,
) -> impl IntoView {
    let menu = NodeRef::<html::Div>::new();
    let folded: Vec<NavItem> = nav.iter().filter(|item| item.is_folded()).cloned().collect();
    let folded_hrefs: Vec<String> = folded.iter().map(|item| item.href.clone()).collect();
    let is_under_more = derived(move || folded_hrefs.contains(&current.get()));

    let places = nav
        .into_iter()
        .map(|item| {
            let class = if item.is_folded() { "nav-item nav-folded" } else { "nav-item" };
            view! { <li class=class><SectionLink item current /></li> }
        })
        .collect_view();
    let more = folded
        .into_iter()
        .map(|item| view! { <li><SectionLink item current /></li> })
        .collect_view();

    // A popover closes by itself on Escape and on a press outside, but not when a link inside is followed.
    let fold = move || {
        if let Some(menu) = menu.get() {
            drop(menu.hide_popover());
        }
    };

    view! {
        <nav class="shell-nav" aria-label="Sections">
            <ul class="nav-list">
                {places}
                <li class="nav-item nav-more">
                    <button
                        type="button"
                        class="nav-link"
                        class:nav-more-current=move || is_under_more.get()
                        popovertarget="more-menu"
                    >
                        <Icon glyph=Glyph::More />
                        "More"
                    </button>
                    <div id="more-menu" class="more-menu" popover="auto" node_ref=menu on:click=move |_| fold()>
                        <ul class="more-list">{more}</ul>
                    </div>
                </li>
            </ul>
        </nav>
    }
}

/// The way to one section.
#[component]
fn SectionLink(
    /// The section.
    item: NavItem,
    /// The `href` of the section on the screen.
    current: Signal<String>,
) -> impl IntoView {
    let href = item.href.clone();
    view! {
        <a class="nav-link" href=item.href aria-current=move || (current.get() == href).then_some("page")>
            <Icon glyph=item.glyph />
            {item.label}
        </a>
    }
}

/// The state of saving, always in sight. Only trouble is read out: "Saved" after every word would drown the page.
#[component]
fn SaveState(
    /// The state.
    save: Signal<SaveBadge>,
) -> impl IntoView {
    let trouble = move || {
        Some(save.get())
            .filter(|badge| matches!(badge.tone, Tone::Amber | Tone::Red))
            .map(|badge| badge.text)
    };
    let glyph = Signal::derive(move || save.get().glyph());
    view! {
        <p class=move || format!("save-badge {}", save.get().tone.class()) role="status" aria-live="off">
            <Icon glyph />
            <span>{move || save.get().text}</span>
        </p>
        <p class="visually-hidden" aria-live="polite">{trouble}</p>
    }
}

/// The app's own sign: one who asks, one who answers.
#[component]
fn Mark() -> impl IntoView {
    view! {
        <svg class="mark" viewBox="0 0 32 32" aria-hidden="true">
            <path class="mark-back" d="M12.5 3a9.5 9.5 0 1 1-4.6 17.8L3 22.5l1.6-4.8A9.5 9.5 0 0 1 12.5 3z" />
            <path
                class="mark-front"
                stroke-width="2"
                stroke-linejoin="round"
                d="M20.5 11.5a8 8 0 0 1 6.7 12.4l1.5 4.4-4.6-1.4a8 8 0 1 1-3.6-15.4z"
            />
        </svg>
    }
}
