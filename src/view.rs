//! `view!`, with a result of one type whatever is in it.
//!
//! Leptos gives every view a type of its own, and compiles everything that can
//! be done with it anew. Here all of them are `AnyView`: the app is smaller by a
//! third, for one allocation a view.

/// As [`leptos::view!`], but the result is always an `AnyView`.
macro_rules! view {
    ($($tokens:tt)*) => {
        ::leptos::prelude::IntoAny::into_any(::leptos::view! { $($tokens)* })
    };
}
pub(crate) use view;
