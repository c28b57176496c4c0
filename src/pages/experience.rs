//! The fields of a contact that are choices or numbers, tied to the session:
//! the page of a person and the wizard ask for them in the same way.

use crate::domain::contact::{Seniority, Warmth};
use crate::domain::id::ContactId;
use crate::pages::bound::{Bound, at_position, bound, position_of};
use crate::session::Session;

/// Total years in the field (P59). What is not a number yet is not stored.
pub fn years(session: Session, id: ContactId) -> Bound {
    bound(
        session,
        move |w| {
            let years = w.contact(id).and_then(|contact| contact.years_in_field);
            years.map(|years| years.to_string()).unwrap_or_default()
        },
        move |w, text| {
            let years = text.trim().parse().ok();
            if years.is_some() || text.trim().is_empty() {
                w.edit_contact(id, |contact| contact.years_in_field = years);
            }
        },
    )
}

/// Seniority as it is set; nothing set follows the years (P59).
pub fn seniority(session: Session, id: ContactId) -> Bound {
    bound(
        session,
        move |w| {
            let set = w.contact(id).and_then(|contact| contact.seniority);
            set.map(|set| position_of(Seniority::ALL, &set)).unwrap_or_default()
        },
        move |w, value| {
            w.edit_contact(id, |contact| contact.seniority = at_position(Seniority::ALL, &value));
        },
    )
}

/// Warm or cold (P60).
pub fn warmth(session: Session, id: ContactId) -> Bound {
    bound(
        session,
        move |w| w.contact(id).map(|c| position_of(Warmth::ALL, &c.warmth)).unwrap_or_default(),
        move |w, value| {
            if let Some(warmth) = at_position(Warmth::ALL, &value) {
                w.edit_contact(id, |contact| contact.warmth = warmth);
            }
        },
    )
}
