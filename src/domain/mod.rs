//! What an informational interview is, and every rule about it.
//!
//! Pure: no browser, no storage, no clock of its own. Whatever depends on the
//! time takes it as an argument, so that a rule can be tested in microseconds.
//! Nothing here imports another layer of this crate.

pub mod answer;
pub mod contact;
pub mod follow_up;
pub mod id;
pub mod interview;
pub mod keeping;
pub mod key;
pub mod order;
pub mod plan;
pub mod policy;
pub mod prepare;
pub mod question;
pub mod task;
pub mod timebox;
pub mod workspace;

/// Declares a plain enum whose variants are listed in [`ALL`](Self::ALL) in
/// reading order and stored in kebab-case; the first variant is the default.
macro_rules! choices {
    ($(#[$doc:meta])* $name:ident { $(#[$first_doc:meta])* $first:ident $(, $(#[$var_doc:meta])* $var:ident)* $(,)? }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
        pub enum $name {
            $(#[$first_doc])*
            #[default]
            $first,
            $($(#[$var_doc])* $var),*
        }

        impl $name {
            /// Every value, in the order people should read them.
            pub const ALL: &'static [Self] = &[Self::$first $(, Self::$var)*];
            /// Their names, in the same order.
            const NAMES: &'static [&'static str] =
                &[stringify!($first) $(, stringify!($var))*];
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                let name = Self::NAMES.get(*self as usize).copied().unwrap_or_default();
                serializer.serialize_str(&$crate::domain::kebab(name))
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let text = <String as serde::Deserialize>::deserialize(deserializer)?;
                let value = $crate::domain::place_of(&text, Self::NAMES).and_then(|n| Self::ALL.get(n));
                value.copied().ok_or_else(|| serde::de::Error::custom($crate::domain::Unknown(text)))
            }
        }
    };
}
pub(crate) use choices;

/// A name of a value as it is stored: `BringForAdvice` as `bring-for-advice`.
fn kebab(name: &str) -> String {
    let mut stored = String::with_capacity(name.len() + 4);
    for (at, letter) in name.char_indices() {
        if letter.is_ascii_uppercase() && at > 0 {
            stored.push('-');
        }
        stored.push(letter.to_ascii_lowercase());
    }
    stored
}

/// Where in `names` the one is that is stored as `text`. One search for all
/// choices: what serde derives is some hundred times as large.
fn place_of(text: &str, names: &[&str]) -> Option<usize> {
    names.iter().position(|name| kebab(name) == text)
}

/// A stored value that is none of those this version knows.
#[derive(Debug, thiserror::Error)]
#[error("unknown value {0:?}")]
struct Unknown(String);

/// Serde's `skip_serializing_if` for a flag that is off.
#[allow(clippy::trivially_copy_pass_by_ref, reason = "serde passes a reference")]
pub(crate) fn is_off(flag: &bool) -> bool {
    !flag
}

#[cfg(test)]
mod tests {
    use super::policy::Resume;
    use super::question::Theme;

    #[test]
    fn choices_are_stored_in_kebab_case_and_read_back() -> Result<(), serde_json::Error> {
        assert_eq!(serde_json::to_string(&Resume::BringForAdvice)?, "\"bring-for-advice\"");
        for theme in Theme::ALL {
            assert_eq!(serde_json::from_str::<Theme>(&serde_json::to_string(theme)?)?, *theme);
        }
        assert!(serde_json::from_str::<Theme>("\"PathIn\"").is_err());
        assert!(serde_json::from_str::<Theme>("7").is_err());
        Ok(())
    }
}
