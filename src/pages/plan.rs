//! The plan of the whole search: what one wants to find out, and why, written
//! before the first talk (P23), with an honest look at what to expect of it.

mod outlook;
mod readiness;

use crate::components::{Choice, PageHeader, RadioGroup, RadioLayout, TextArea, TextField};
use crate::domain::plan::Purpose;
use crate::domain::policy::Networking;
use crate::pages::bound::{at_position, bound, plan_text, position_of};
use crate::session::Session;
use crate::view::view;
use crate::words;
use leptos::prelude::*;
use outlook::{Expectations, Progress};
use readiness::Readiness;

/// The page of the plan.
#[component]
pub fn Plan(
    /// The one session.
    session: Session,
) -> impl IntoView {
    view! {
        <div class="page stack">
            <PageHeader
                title="Plan"
                lede="What you want to find out, in your own words. A few lines are enough, and what you \
                      write here flows into your messages and your opening words."
            />
            <div class="with-aside">
                <div class="form">
                    <You session />
                    <Field session />
                    <FindOut session />
                    <DeclaredPurpose session />
                    <Readiness session />
                </div>
                <aside class="card stack-loose" aria-label="What to expect">
                    <Progress session />
                    <Expectations session />
                </aside>
            </div>
        </div>
    }
}

/// Who I am (P87).
#[component]
fn You(
    /// The one session.
    session: Session,
) -> impl IntoView {
    let name = plan_text!(session, name);
    let about = plan_text!(session, about_me);
    view! {
        <h2>"You"</h2>
        <TextField
            label="Your name"
            value=name.value
            on_input=name.on_input
            hint="As you sign your messages."
            autocomplete="name"
        />
        <TextArea
            label="You, in a sentence"
            value=about.value
            on_input=about.on_input
            rows=2
            placeholder="I teach chemistry and am looking into what comes next."
            hint="It says who is asking. No life story: they will ask for more if they like."
        />
    }
}

/// What is being explored (P39, P61).
#[component]
fn Field(
    /// The one session.
    session: Session,
) -> impl IntoView {
    let field = plan_text!(session, field);
    let roles = plan_text!(session, roles);
    let organisations = plan_text!(session, organisations);
    view! {
        <h2>"What you are looking into"</h2>
        <TextField
            label="Field"
            value=field.value
            on_input=field.on_input
            placeholder="museum conservation"
        />
        <TextArea
            label="Roles"
            value=roles.value
            on_input=roles.on_input
            rows=3
            placeholder="Data analyst, also: insights analyst, reporting analyst"
            hint="One a line, with its other names: the same work has many titles, and one title hides \
                  different work."
        />
        <TextArea
            label="Organisations that might fit"
            value=organisations.value
            on_input=organisations.on_input
            rows=3
            placeholder="City Library: small team, open archive"
            hint="One a line, and why, as far as reading tells you."
        />
    }
}

/// Goals and beliefs (P23).
#[component]
fn FindOut(
    /// The one session.
    session: Session,
) -> impl IntoView {
    let goals = plan_text!(session, goals);
    let beliefs = plan_text!(session, beliefs);
    view! {
        <h2>"What you want to find out"</h2>
        <TextArea
            label="What I want to learn"
            value=goals.value
            on_input=goals.on_input
            rows=3
            placeholder="What a bad week looks like"
            hint="One a line. They stay in sight while you talk."
        />
        <TextArea
            label="What I believe now and want to test"
            value=beliefs.value
            on_input=beliefs.on_input
            rows=3
            placeholder="Without a second degree nobody gets in"
            hint="One a line. Being wrong about one of them is a good result."
        />
    }
}

/// The purpose one declares, and so the one the messages state (P21, C3).
#[component]
fn DeclaredPurpose(
    /// The one session.
    session: Session,
) -> impl IntoView {
    let purpose = bound(
        session,
        |w| position_of(Purpose::ALL, &w.plan().purpose),
        |w, value| {
            if let Some(purpose) = at_position(Purpose::ALL, &value) {
                w.edit_plan(|plan| plan.purpose = purpose);
            }
        },
    );
    let options = Purpose::ALL
        .iter()
        .enumerate()
        .map(|(n, purpose)| {
            let hint = match purpose {
                Purpose::LearnTheField => "Whom you get to know on the way is a bonus.",
                Purpose::BuildANetwork => "Just as good, as long as you say so.",
            };
            Choice::new(n.to_string(), words::purpose(*purpose)).with_hint(hint)
        })
        .collect::<Vec<_>>();
    let hint = session.select(|w| {
        let open = w.plan().purpose == Purpose::BuildANetwork
            && w.settings().policies.networking == Networking::LearnFirst;
        let words = if open {
            "Your messages say it openly: that you want to learn, and also hope to get to know people."
        } else {
            "Your messages say exactly this, so choose what is true."
        };
        Some(words.to_owned())
    });
    view! {
        <h2>"What you tell people"</h2>
        <RadioGroup
            label="Why you ask for a talk"
            options
            value=purpose.value
            on_change=purpose.on_input
            hint
            layout=RadioLayout::Cards
        />
    }
}
