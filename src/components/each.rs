//! A list whose lines stay the same elements while their keys do.
//!
//! As Leptos' `For`, but compiled once and not anew for every kind of line.

use crate::view::view;
use leptos::prelude::*;
use std::any::Any;
use std::sync::Arc;

/// A line with its kind forgotten.
#[derive(Clone)]
struct Line {
    key: String,
    value: Arc<dyn Any + Send + Sync>,
}

/// Draws `items`, each by `row`. A line is drawn anew only when its `key` is
/// new: whatever of it may change must be in the key, or be a signal.
pub fn each<T: Send + Sync + 'static>(
    items: impl Fn() -> Vec<T> + Send + Sync + 'static,
    key: impl Fn(&T) -> String + Send + Sync + 'static,
    row: impl Fn(&T) -> AnyView + Send + Sync + 'static,
) -> AnyView {
    list(
        Box::new(move || {
            let line = |item| Line { key: key(&item), value: Arc::new(item) };
            items().into_iter().map(line).collect()
        }),
        Arc::new(move |line| line.value.downcast_ref().map(&row)),
    )
}

type Lines = dyn Fn() -> Vec<Line> + Send + Sync;
type Row = dyn Fn(&Line) -> Option<AnyView> + Send + Sync;

/// The one list there is.
fn list(lines: Box<Lines>, row: Arc<Row>) -> AnyView {
    view! {
        <For each=move || lines() key=|line| line.key.clone() children=move |line| row(&line) />
    }
}
