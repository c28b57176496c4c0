//! Sorting a list by a key, with machinery that is compiled once.
//!
//! The standard sorts are fast and large, and are compiled anew for every type;
//! a dozen of them weighed as much as all the questions.

use std::cmp::Ordering;

/// The list in the order of `key`; what has equal keys stays as it was.
#[must_use]
pub fn sorted_by_key<T, K: Ord>(list: Vec<T>, key: impl Fn(&T) -> K) -> Vec<T> {
    let keys: Vec<K> = list.iter().map(key).collect();
    let order = order(list.len(), &|a, b| keys.get(a).cmp(&keys.get(b)));
    let mut places: Vec<_> = list.into_iter().map(Some).collect();
    order.into_iter().filter_map(|place| places.get_mut(place)?.take()).collect()
}

/// The numbers below `count`, in order: the one sort there is.
fn order(count: usize, compare: &dyn Fn(usize, usize) -> Ordering) -> Vec<usize> {
    let mut order: Vec<_> = (0..count).collect();
    order.sort_by(|a, b| compare(*a, *b));
    order
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn it_sorts_as_the_standard_sort_does(list in prop::collection::vec((0u8..9, any::<u8>()), 0..50)) {
            let mut expected = list.clone();
            expected.sort_by_key(|(key, _)| *key);
            prop_assert_eq!(sorted_by_key(list, |(key, _)| *key), expected);
        }
    }
}
