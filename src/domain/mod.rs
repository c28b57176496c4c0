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
        #[derive(
            Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default,
            serde::Serialize, serde::Deserialize,
        )]
        #[serde(rename_all = "kebab-case")]
        pub enum $name {
            $(#[$first_doc])*
            #[default]
            $first,
            $($(#[$var_doc])* $var),*
        }

        impl $name {
            /// Every value, in the order people should read them.
            pub const ALL: &'static [Self] = &[Self::$first $(, Self::$var)*];
        }
    };
}
pub(crate) use choices;

/// Serde's `skip_serializing_if` for a flag that is off.
#[allow(clippy::trivially_copy_pass_by_ref, reason = "serde passes a reference")]
pub(crate) fn is_off(flag: &bool) -> bool {
    !flag
}
