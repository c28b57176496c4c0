//! What was measured, in a line.

/// The value that this share of all values does not exceed.
pub fn percentile(values: &[u64], percent: usize) -> u64 {
    let mut sorted = values.to_vec();
    sorted.sort_unstable();
    let rank = (sorted.len() * percent).div_ceil(100).max(1);
    sorted.get(rank - 1).copied().unwrap_or_default()
}

/// How milliseconds are spread: `p50 41 ms, p95 180 ms, max 287 ms`.
pub fn spread(values: &[u64]) -> String {
    let of = |percent| percentile(values, percent);
    format!("p50 {} ms, p95 {} ms, max {} ms", of(50), of(95), of(100))
}

#[test]
fn percentiles_are_values_that_were_measured() {
    let values: Vec<u64> = (1..=200).rev().collect();
    assert_eq!(spread(&values), "p50 100 ms, p95 190 ms, max 200 ms");
    assert_eq!(spread(&[7]), "p50 7 ms, p95 7 ms, max 7 ms");
}
