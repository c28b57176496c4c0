//! Values worked out from signals, with machinery that is compiled once.
//!
//! A `Memo<T>` of Leptos is compiled anew for every `T` and every closure; with
//! a hundred and fifty of them that was a third of the app. Here every memo
//! holds the same kind of box, so that each value costs a few dozen bytes.

use leptos::prelude::*;
use std::any::Any;
use std::fmt;
use std::marker::PhantomData;
use std::sync::Arc;

/// What a box can do: be compared with its like, and be opened.
trait Value: Any + Send + Sync {
    fn same(&self, other: &dyn Value) -> bool;
    fn any(&self) -> &dyn Any;
}

impl<T: PartialEq + Send + Sync + 'static> Value for T {
    fn same(&self, other: &dyn Value) -> bool {
        other.any().downcast_ref::<T>().is_some_and(|other| self == other)
    }

    fn any(&self) -> &dyn Any {
        self
    }
}

#[derive(Clone)]
struct Held(Arc<dyn Value>);

impl PartialEq for Held {
    fn eq(&self, other: &Self) -> bool {
        self.0.same(&*other.0)
    }
}

/// A value that follows what it was worked out from. Copies are the same value.
pub struct Derived<T> {
    memo: Memo<Held>,
    of: PhantomData<fn() -> T>,
}

impl<T> Clone for Derived<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Derived<T> {}

impl<T> fmt::Debug for Derived<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Derived")
    }
}

/// Works out a value, anew whenever a signal it reads changes; whoever follows
/// it hears of it only when the result differs.
pub fn derived<T: PartialEq + Send + Sync + 'static>(
    read: impl Fn() -> T + Send + Sync + 'static,
) -> Derived<T> {
    Derived { memo: memo(Box::new(move || Held(Arc::new(read())))), of: PhantomData }
}

/// The one memo there is.
fn memo(read: Box<dyn Fn() -> Held + Send + Sync>) -> Memo<Held> {
    Memo::new(move |_| read())
}

impl<T: Clone + 'static> Derived<T> {
    /// The value, followed.
    #[must_use]
    pub fn get(&self) -> T {
        open(&self.memo.get(), T::clone)
    }

    /// The value as it is now, not followed: for events.
    #[must_use]
    pub fn get_untracked(&self) -> T {
        open(&self.memo.get_untracked(), T::clone)
    }
}

impl<T: 'static> Derived<T> {
    /// Looks at the value, followed.
    pub fn with<U>(&self, look: impl FnOnce(&T) -> U) -> U {
        open(&self.memo.get(), look)
    }

    /// Looks at the value as it is now, not followed: for events.
    pub fn with_untracked<U>(&self, look: impl FnOnce(&T) -> U) -> U {
        open(&self.memo.get_untracked(), look)
    }
}

fn open<T: 'static, U>(held: &Held, look: impl FnOnce(&T) -> U) -> U {
    match held.0.any().downcast_ref() {
        Some(value) => look(value),
        // `derived` is the only maker, and puts a `T` into what it calls `Derived<T>`.
        None => unreachable!("a derived value holds what it says"),
    }
}

impl<T: Clone + Send + Sync + 'static> From<Derived<T>> for Signal<T> {
    fn from(value: Derived<T>) -> Self {
        Self::derive(move || value.get())
    }
}

impl<T: Clone + Send + Sync + 'static> From<Derived<T>> for MaybeProp<T> {
    fn from(value: Derived<T>) -> Self {
        Signal::<T>::from(value).into()
    }
}

impl<T: Clone + Send + Sync + 'static> From<Derived<Option<T>>> for MaybeProp<T> {
    fn from(value: Derived<Option<T>>) -> Self {
        Signal::<Option<T>>::from(value).into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::atomic::{AtomicUsize, Ordering};

    #[test]
    fn a_derived_value_follows_and_is_worked_out_only_when_needed() {
        Owner::new().with(|| {
            let number = RwSignal::new(1);
            let count = Arc::new(AtomicUsize::new(0));
            let counted = Arc::clone(&count);
            let even = derived(move || number.get() % 2 == 0);
            let word = derived(move || {
                counted.fetch_add(1, Ordering::Relaxed);
                if even.get() { "even".to_owned() } else { "odd".to_owned() }
            });
            assert_eq!(word.get_untracked(), "odd");
            number.set(3);
            assert_eq!(word.get_untracked(), "odd");
            assert_eq!(count.load(Ordering::Relaxed), 1, "nothing changed in between");
            number.set(4);
            assert_eq!(word.with_untracked(String::len), 4);
            assert_eq!(Signal::<String>::from(word).get_untracked(), "even");
        });
    }
}
