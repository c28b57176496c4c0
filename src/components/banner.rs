//! A message that belongs to the page and stays until its cause is gone. What passes is a [`super::Toast`].

use super::{Glyph, Icon};
use crate::view::view;
use leptos::prelude::*;

/// What a banner is about.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum BannerKind {
    /// Good to know.
    #[default]
    Info,
    /// Something is at risk or late.
    Warn,
    /// Something is lost or about to be; read out at once.
    Danger,
    /// Something went well.
    Done,
    /// What is shown is an example, not the user's.
    Sample,
}

impl BannerKind {
    fn class(self) -> &'static str {
        match self {
            BannerKind::Info | BannerKind::Done => "banner",
            BannerKind::Warn => "banner banner-warn",
            BannerKind::Danger => "banner banner-danger",
            BannerKind::Sample => "banner banner-sample",
        }
    }

    fn glyph(self) -> Glyph {
        match self {
            BannerKind::Info => Glyph::Info,
            BannerKind::Warn => Glyph::Warn,
            BannerKind::Danger => Glyph::Danger,
            BannerKind::Done => Glyph::Done,
            BannerKind::Sample => Glyph::Sample,
        }
    }

    fn role(self) -> &'static str {
        match self {
            BannerKind::Danger => "alert",
            _ => "status",
        }
    }
}

/// A titled message with its drawing, words and what to do about it.
#[component]
pub fn Banner(
    /// What it is about; `Info` if not told.
    #[prop(optional)]
    kind: BannerKind,
    /// What happened, in a few words.
    #[prop(into)]
    title: Signal<String>,
    /// Buttons below the words.
    #[prop(optional, into)]
    actions: ViewFn,
    /// What is safe and what to do.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    view! {
        <div class=kind.class() role=kind.role()>
            <Icon glyph=kind.glyph() />
            <p class="banner-title">{move || title.get()}</p>
            <div class="banner-body">{children.map(|children| children())}</div>
            <div class="banner-actions">{actions.run()}</div>
        </div>
    }
}
