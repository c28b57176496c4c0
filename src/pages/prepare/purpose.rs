//! Step 1: why I am asking (P1, P21), what I want to learn and believe (P23),
//! and whether I have read enough to ask at all (P40).

use super::asked::{AskOnce, Asked};
use crate::components::{Choice, Disclosure, RadioGroup, RadioLayout, TextArea, TextField};
use crate::content::drafts;
use crate::domain::id::InterviewId;
use crate::domain::plan;
use crate::pages::bound::{at_position, bound, interview_text, plan_text, position_of};
use crate::route::Route;
use crate::session::Session;
use crate::view::view;
use crate::words;
use leptos::prelude::*;

/// The controls of the step.
#[component]
pub fn Purpose(
    /// The one session.
    session: Session,
    /// Which talk.
    id: InterviewId,
) -> impl IntoView {
    let purpose = bound(
        session,
        |w| position_of(plan::Purpose::ALL, &w.plan().purpose),
        |w, value| {
            if let Some(purpose) = at_position(plan::Purpose::ALL, &value) {
                w.edit_plan(|plan| plan.purpose = purpose);
            }
        },
    );
    let goals = interview_text!(session, id, goals);
    view! {
        <div class="form">
            <TextArea
                label="From this talk, what do you most want to learn?"
                value=goals.value
                on_input=goals.on_input
                rows=3
                hint="One thing a line; two or three are plenty. They stay in sight while you talk."
            />
            <h3>"The same for all your talks"</h3>
            <RadioGroup
                label="What you say you have come for"
                options=purposes()
                value=purpose.value
                on_change=purpose.on_input
                layout=RadioLayout::Cards
            />
            <AskOnce asked=same_for_all(session) change="Change these" />
            <SelfTest />
        </div>
    }
}

fn purposes() -> Vec<Choice> {
    plan::Purpose::ALL
        .iter()
        .enumerate()
        .map(|(position, purpose)| {
            let hint = match purpose {
                plan::Purpose::LearnTheField => {
                    "You come with questions and leave with answers. Nothing else is wanted."
                }
                plan::Purpose::BuildANetwork => {
                    "You want to learn, and to stay in touch. Said openly, it is fine."
                }
            };
            Choice::new(position.to_string(), words::purpose(*purpose)).with_hint(hint)
        })
        .collect()
}

/// What the plan holds: asked here if it is not there yet, else only shown.
fn same_for_all(session: Session) -> Vec<Asked> {
    let field = plan_text!(session, field);
    let name = plan_text!(session, name);
    let about_me = plan_text!(session, about_me);
    let goals = plan_text!(session, goals);
    let beliefs = plan_text!(session, beliefs);
    vec![
        Asked::text(
            "Field",
            field,
            view! {
                <TextField
                    label="The field you are exploring"
                    value=field.value
                    on_input=field.on_input
                    placeholder="museum conservation"
                    hint="As you would say it aloud: \u{201c}I would like to learn about …\u{201d}"
                />
            },
        ),
        Asked::text(
            "Your name",
            name,
            view! {
                <TextField
                    label="Your name"
                    value=name.value
                    on_input=name.on_input
                    autocomplete="name"
                    hint="As you sign with it."
                />
            },
        ),
        Asked::text(
            "About you",
            about_me,
            view! {
                <TextArea
                    label="You, in a sentence"
                    value=about_me.value
                    on_input=about_me.on_input
                    rows=2
                    placeholder="I am a lab technician at a school, and I mend books in my spare time."
                />
            },
        ),
        Asked::text(
            "To learn",
            goals,
            view! {
                <TextArea
                    label="What do you want to find out, over all your talks?"
                    value=goals.value
                    on_input=goals.on_input
                    rows=3
                    hint="One thing a line."
                />
            },
        ),
        Asked::text(
            "To test",
            beliefs,
            view! {
                <TextArea
                    label="What do you believe now that may be wrong?"
                    value=beliefs.value
                    on_input=beliefs.on_input
                    rows=3
                    hint="One thing a line. Being proved wrong is the best a talk can do for you."
                    placeholder="Nobody gets in without a second degree"
                />
            },
        ),
    ]
}

/// Whether to read first (P39, P40), and what may be expected (P16).
#[component]
fn SelfTest() -> impl IntoView {
    view! {
        <Disclosure summary="Do I know enough to ask?">
            <div class="stack-tight">
                <p>"If you can say yes to all three, you are ready to ask people:"</p>
                <ul class="bullets">
                    {drafts::self_test().iter().map(|line| view! { <li>{*line}</li> }).collect_view()}
                </ul>
                <p>
                    "If not, an hour of reading first makes the talk twice as good. Write what you find into "
                    <a href=Route::Plan.to_string()>"your plan"</a> "."
                </p>
            </div>
        </Disclosure>
        <p class="small muted">
            "Expect to learn something; don't expect a job. One talk seldom leads to one, and it does not have to."
        </p>
    }
}
