//! One question in a dialog. Every keystroke is an edit: there is nothing to
//! save. It is no part of the list, so that a question which changes its theme,
//! or no longer matches the search, stays under the user's hands.

use super::Browsing;
use super::find::Shelf;
use super::row::{element_id, is_changed};
use crate::browser::location;
use crate::components::{
    Button, ButtonKind, Choice, Dialog, Glyph, RadioGroup, RadioLayout, SelectField, TextArea,
    TextField, When,
};
use crate::derived::derived;
use crate::domain::id::QuestionId;
use crate::domain::question::{Aim, Question, QuestionChange, Theme, Weight};
use crate::pages::bound::{Bound, at_position, bound, choices, position_of};
use crate::session::Session;
use crate::view::view;
use crate::words;
use leptos::prelude::*;

/// The longest answer one can plan for, in minutes.
const LONGEST: u16 = 10;

/// Whether a question, in English, asks for no more than yes or no (P44).
pub fn asks_yes_or_no(text: &str) -> bool {
    const OPENERS: [&str; 22] = [
        "is", "are", "was", "were", "am", "do", "does", "did", "can", "could", "would", "will",
        "should", "have", "has", "had", "may", "must", "isn't", "aren't", "don't", "doesn't",
    ];
    const INVITATIONS: [&str; 6] =
        [" tell ", " describe ", " walk me ", " share ", " explain ", " give "];
    let text = text.to_lowercase().replace('\u{2019}', "'");
    let first = text.split_whitespace().next().unwrap_or_default();
    text.split_whitespace().nth(1).is_some()
        && OPENERS.contains(&first)
        && !INVITATIONS.iter().any(|invitation| text.contains(invitation))
}

/// The dialog, shown while there is a question to edit.
#[component]
pub fn EditDialog(
    /// What the page shares.
    browsing: Browsing,
) -> impl IntoView {
    let Browsing { session, open, editing, .. } = browsing;
    // The row may have moved to another shelf: open that one, and put the keyboard back at it.
    let close = move || {
        let Some(id) = editing.get_untracked() else { return };
        editing.set(None);
        if let Some(shelf) = session.peek(|w| w.question(&id).map(|q| Shelf::of(&q))) {
            if !open.with_untracked(|open| open.contains(&shelf)) {
                open.update(|open| {
                    open.insert(shelf);
                });
            }
            location::focus_when_drawn(vec![format!("#{} .button", element_id(&id))]);
        }
    };
    let changed = derived(move || {
        let built_in = |id: &QuestionId| {
            session.with(|w| w.question(id).is_some_and(|q| q.built_in) && is_changed(w, id))
        };
        editing.with(|id| id.as_ref().is_some_and(built_in))
    });
    let restore = move |()| {
        let id = editing.get_untracked();
        // The offer to undo lies behind the dialog, so that goes first.
        close();
        if let Some(id) = id {
            session.edit_undoable("The question is as it came.", |w| w.delete_question(&id));
        }
    };
    view! {
        <Dialog
            open=Signal::derive(move || editing.with(Option::is_some))
            on_close=move |()| close()
            title="Edit this question"
            actions=move || view! {
                <Button kind=ButtonKind::Primary on_click=move |()| close()>"Done"</Button>
                <When when=move || changed.get()>
                    <Button glyph=Glyph::Undo on_click=restore>"Back to the original"</Button>
                </When>
            }
        >
            {move || editing.get().map(|id| view! { <EditForm session id /> })}
        </Dialog>
    }
}

/// Ties a control to one part of a question.
fn question_part(
    session: Session,
    id: &QuestionId,
    read: fn(&Question) -> String,
    write: fn(&mut QuestionChange, String),
) -> Bound {
    let (read_id, write_id) = (id.clone(), id.clone());
    bound(
        session,
        move |w| w.question(&read_id).as_ref().map(read).unwrap_or_default(),
        move |w, text| w.edit_question(&write_id, |change| write(change, text)),
    )
}

/// The lengths one can plan for, and the one it has if that is longer.
fn lengths(present: u16) -> Vec<Choice> {
    let longer = (present > LONGEST || present == 0).then_some(present);
    (1..=LONGEST)
        .chain(longer)
        .map(|minutes| Choice::new(minutes.to_string(), format!("{minutes} min")))
        .collect()
}

/// Everything that can be changed of a question.
#[component]
fn EditForm(
    /// The one session.
    session: Session,
    /// Which question.
    id: QuestionId,
) -> impl IntoView {
    let part = |read, write| question_part(session, &id, read, write);
    let text = part(|q| q.text.clone(), |change, text| change.text = Some(text));
    let probe = part(|q| q.probe.clone(), |change, text| change.probe = Some(text));
    let theme = part(
        |q| position_of(Theme::ALL, &q.theme),
        |change, value| change.theme = at_position(Theme::ALL, &value).or(change.theme),
    );
    let aim = part(
        |q| position_of(Aim::ALL, &q.aim),
        |change, value| change.aim = at_position(Aim::ALL, &value).or(change.aim),
    );
    let minutes = part(
        |q| q.minutes.to_string(),
        |change, value| change.minutes = value.parse().ok().or(change.minutes),
    );
    let weight = part(
        |q| position_of(Weight::ALL, &q.weight),
        |change, value| change.weight = at_position(Weight::ALL, &value).or(change.weight),
    );
    let present = session.peek(|w| w.question(&id).map_or(0, |question| question.minutes));
    let hint = move || {
        let words = if text.value.with(|text| asks_yes_or_no(text)) {
            "This can be answered with yes or no. Beginning with how or what brings out more."
        } else {
            "In your own words, as you would say it."
        };
        Some(words.to_owned())
    };
    view! {
        <TextArea
            label="The question"
            value=text.value
            on_input=text.on_input
            rows=2
            hint=Signal::derive(hint)
        />
        <TextField
            label="Follow-up"
            value=probe.value
            on_input=probe.on_input
            hint="For when the answer stays short."
        />
        <div class="pair">
            <SelectField
                label="Theme"
                options=choices(Theme::ALL, words::theme)
                value=theme.value
                on_change=theme.on_input
            />
            <SelectField
                label="Purpose"
                options=choices(Aim::ALL, words::aim)
                value=aim.value
                on_change=aim.on_input
            />
        </div>
        <SelectField
            label="Time for the answer"
            options=lengths(present)
            value=minutes.value
            on_change=minutes.on_input
        />
        <RadioGroup
            label="How much it matters"
            options=choices(Weight::ALL, words::weight)
            value=weight.value
            on_change=weight.on_input
            layout=RadioLayout::Row
        />
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn closed_questions_are_told_from_open_ones() {
        for closed in ["Do you like it here?", "Is it hard", "  would you do it again?"] {
            assert!(asks_yes_or_no(closed), "{closed}");
        }
        for open in [
            "",
            "Do",
            "How did you begin?",
            "Could you tell me about your first year?",
            "Would you describe a bad day?",
            "¿Le gusta?",
        ] {
            assert!(!asks_yes_or_no(open), "{open}");
        }
    }

    #[test]
    fn no_question_that_comes_with_the_app_is_called_closed() {
        for question in crate::content::bank::questions() {
            assert!(!asks_yes_or_no(&question.text), "{}", question.text);
        }
    }

    #[test]
    fn a_length_out_of_the_ordinary_can_be_kept() {
        assert_eq!(lengths(3).len(), usize::from(LONGEST));
        assert!(lengths(25).iter().any(|choice| choice.value == "25"));
    }
}
