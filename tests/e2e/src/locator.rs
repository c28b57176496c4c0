//! Names for what a person sees on the page: by role and accessible name, by label, by text.
//!
//! Names are compared after white space is collapsed, and in full. A `*` stands for anything:
//! `"*minutes left"`, `"Delete *"`.

use std::fmt;

use serde_json::{Value, json};

/// Finds elements in the page; see `find.js` for what counts as a role, a name and visible.
pub(crate) const FIND: &str = include_str!("find.js");

/// What to look for. Make one with the functions of this module.
#[derive(Debug, Clone)]
pub struct Locator {
    kind: Kind,
    level: Option<u8>,
    within: Option<Box<Locator>>,
    at: Option<usize>,
}

#[derive(Debug, Clone)]
enum Kind {
    Role { role: String, name: String },
    Field(String),
    Text(String),
    Css(String),
}

/// Any ARIA role, explicit or of a native element, with an accessible name. Containers without a
/// name of their own (a list item, a row, an article) answer to their text.
pub fn role(role: &str, name: &str) -> Locator {
    Locator::new(Kind::Role { role: role.to_owned(), name: name.to_owned() })
}

/// A button.
pub fn button(name: &str) -> Locator {
    role("button", name)
}

/// A link.
pub fn link(name: &str) -> Locator {
    role("link", name)
}

/// A heading of any level.
pub fn heading(name: &str) -> Locator {
    role("heading", name)
}

/// Anything that takes input (text, choice, date, file), by its label.
pub fn field(label: &str) -> Locator {
    Locator::new(Kind::Field(label.to_owned()))
}

/// The innermost elements whose whole text is this.
pub fn text(text: &str) -> Locator {
    Locator::new(Kind::Text(text.to_owned()))
}

/// A CSS selector, for what has no name to a person. Finds invisible elements too.
pub fn css(selector: &str) -> Locator {
    Locator::new(Kind::Css(selector.to_owned()))
}

impl Locator {
    fn new(kind: Kind) -> Self {
        Self { kind, level: None, within: None, at: None }
    }

    /// Only inside the one element that `other` finds.
    #[must_use]
    pub fn within(mut self, other: Locator) -> Self {
        self.within = Some(Box::new(other));
        self
    }

    /// Only headings of this level, 1 for the page's own.
    #[must_use]
    pub fn of_level(mut self, level: u8) -> Self {
        self.level = Some(level);
        self
    }

    /// The one at this place among several, counted from 0 in document order.
    #[must_use]
    pub fn nth(mut self, at: usize) -> Self {
        self.at = Some(at);
        self
    }

    /// The first of several.
    #[must_use]
    pub fn first(self) -> Self {
        self.nth(0)
    }

    /// As `find.js` reads it.
    pub(crate) fn to_json(&self) -> Value {
        let within = self.within.as_ref().map(|other| other.to_json());
        let (kind, name, role) = match &self.kind {
            Kind::Role { role, name } => ("role", name, role.as_str()),
            Kind::Field(name) => ("field", name, ""),
            Kind::Text(name) => ("text", name, ""),
            Kind::Css(name) => ("css", name, ""),
        };
        json!({ "kind": kind, "name": name, "role": role, "level": self.level, "within": within, "at": self.at })
    }
}

impl fmt::Display for Locator {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.kind {
            Kind::Role { role, name } => write!(f, "{role} \"{name}\"")?,
            Kind::Field(label) => write!(f, "field \"{label}\"")?,
            Kind::Text(text) => write!(f, "text \"{text}\"")?,
            Kind::Css(selector) => write!(f, "`{selector}`")?,
        }
        if let Some(level) = self.level {
            write!(f, " of level {level}")?;
        }
        if let Some(at) = self.at {
            write!(f, " number {at}")?;
        }
        match &self.within {
            Some(other) => write!(f, " within {other}"),
            None => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_locator_reads_like_what_a_person_would_say() {
        let delete = button("Delete").within(role("listitem", "*Ada*").nth(1));
        assert_eq!(delete.to_string(), "button \"Delete\" within listitem \"*Ada*\" number 1");
    }
}
