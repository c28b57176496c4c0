//! How it looks, and the fourteen questions on which good advisers disagree
//! (P69): each with both sides, and each the user's to decide.

use crate::browser::updates;
use crate::components::{
    Button, CheckLine, Choice, Disclosure, Glyph, PageHeader, RadioGroup, RadioLayout, When,
};
use crate::content::policies;
use crate::domain::key::Key;
use crate::domain::policy::{Appearance, Policies, Policy};
use crate::pages::bound::{at_position, bound, choices, position_of};
use crate::session::Session;
use crate::view::view;
use crate::words;
use leptos::prelude::*;

/// The policies as they are grouped on the page.
const GROUPS: [(&str, &[Policy]); 5] = [
    ("Time", &[Policy::Minutes, Policy::RunningOver]),
    ("Asking for a talk", &[Policy::FirstChannel, Policy::Networking, Policy::Silence]),
    ("In the talk", &[Policy::QuestionsAhead, Policy::Resume, Policy::Openings, Policy::WhoElse]),
    ("Thanks and follow-up", &[Policy::ThanksBy, Policy::ThanksForm, Policy::SecondNote]),
    ("Expectations", &[Policy::Talks, Policy::Expect]),
];

/// How many policies differ from their default.
fn changed(policies: &Policies) -> usize {
    Policy::ALL.iter().filter(|policy| policies.position(**policy) != 0).count()
}

/// The page of settings.
#[component]
pub fn Settings(
    /// The one session.
    session: Session,
) -> impl IntoView {
    view! {
        <div class="page stack-loose">
            <PageHeader
                title="Settings"
                lede="How the app looks, and how you go about it. Everything here takes effect at once."
            />
            <Looks session />
            <Offline />
            <section class="stack">
                <h2>"Your way of doing it"</h2>
                <p class="muted">
                    "Good advisers disagree on these, and customs differ from place to place. Each begins \
                     with a sound choice; change one, and your messages, checklists and reminders follow."
                </p>
                <Defaults session />
                {GROUPS
                    .into_iter()
                    .map(|(title, group)| view! {
                        <section class="policy-group">
                            <h3>{title}</h3>
                            {group
                                .iter()
                                .map(|policy| view! { <PolicyChoice session policy=*policy /> })
                                .collect_view()}
                        </section>
                    })
                    .collect_view()}
            </section>
        </div>
    }
}

/// Light or dark, and the clock.
#[component]
fn Looks(
    /// The one session.
    session: Session,
) -> impl IntoView {
    let appearance = bound(
        session,
        |w| position_of(Appearance::ALL, &w.settings().appearance),
        |w, value| {
            if let Some(appearance) = at_position(Appearance::ALL, &value) {
                w.edit_settings(|settings| settings.appearance = appearance);
            }
        },
    );
    let clock_hidden = session.select(|w| w.settings().clock_hidden);
    let hide_clock = move |on| {
        session.edit(|w| w.edit_settings(|settings| settings.clock_hidden = on));
    };
    view! {
        <section class="stack-tight">
            <h2>"Appearance"</h2>
            <RadioGroup
                label="Light or dark"
                options=choices(Appearance::ALL, words::appearance)
                value=appearance.value
                on_change=appearance.on_input
                layout=RadioLayout::Row
            />
            <CheckLine
                label="Hide the clock while I talk"
                checked=clock_hidden
                on_change=hide_clock
                hint="You still see when it is time to close."
            />
        </section>
    }
}

/// Whether the app opens without a connection by now, and how to have it at hand.
#[component]
fn Offline() -> impl IntoView {
    let words = match (updates::opened_from_disk(), updates::works_offline()) {
        (true, _) => "This is the whole app in one file: it never needs a connection.",
        (false, true) => {
            "This browser has the whole app: every page opens without a connection. In its menu you \
             may find \u{201c}Install\u{201d} or \u{201c}Add to home screen\u{201d}, for a window and an icon of its own."
        }
        (false, false) => {
            "This browser does not have the whole app yet. It fetches it in the background while you \
             are connected; look here again in a minute before you go where there is no signal."
        }
    };
    view! {
        <section class="stack-tight">
            <h2>"Without a connection"</h2>
            <p>{words}</p>
        </section>
    }
}

/// How many policies were changed, and the way back.
#[component]
fn Defaults(
    /// The one session.
    session: Session,
) -> impl IntoView {
    let number = session.select(|w| changed(&w.settings().policies));
    let restore = move |()| {
        session.edit_undoable("All fourteen are back to their defaults.", |w| {
            let before = w.before(&Key::Settings);
            w.edit_settings(|settings| settings.policies = Policies::default());
            before
        });
    };
    view! {
        <When when=move || { number.get() > 0 }>
            <div class="cluster">
                <p>{move || format!("{} of fourteen changed.", number.get())}</p>
                <Button glyph=Glyph::Undo on_click=restore>"Back to the defaults"</Button>
            </div>
        </When>
    }
}

/// One policy: what is chosen in its line, both sides inside.
#[component]
fn PolicyChoice(
    /// The one session.
    session: Session,
    /// Which.
    policy: Policy,
) -> impl IntoView {
    let text = policies::text(policy);
    let choice = bound(
        session,
        move |w| w.settings().policies.position(policy).to_string(),
        move |w, value| {
            if let Ok(position) = value.parse() {
                w.choose(policy, position);
            }
        },
    );
    let note = session.select(move |w| {
        let position = w.settings().policies.position(policy);
        let label = text.options.get(position).map_or("", |option| option.label);
        Some(if position == 0 { label.to_owned() } else { format!("{label} (changed)") })
    });
    let options = text
        .options
        .iter()
        .enumerate()
        .map(|(position, option)| {
            let label = match position {
                0 => format!("{} (default)", option.label),
                _ => option.label.to_owned(),
            };
            Choice::new(position.to_string(), label).with_hint(option.reason)
        })
        .collect::<Vec<_>>();
    view! {
        <Disclosure summary=text.title note>
            <RadioGroup
                label=text.title
                options
                value=choice.value
                on_change=choice.on_input
                hint=text.why_it_matters
                layout=RadioLayout::Cards
            />
        </Disclosure>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_policy_stands_in_one_group() {
        let mut shown: Vec<_> =
            GROUPS.iter().flat_map(|(_, group)| group.iter().copied()).collect();
        shown.sort_unstable();
        assert_eq!(shown, Policy::ALL);
    }

    #[test]
    fn what_differs_from_its_default_is_counted() {
        let mut policies = Policies::default();
        assert_eq!(changed(&policies), 0);
        policies.choose(Policy::Minutes, 2);
        policies.choose(Policy::Silence, 1);
        assert_eq!(changed(&policies), 2);
    }
}
