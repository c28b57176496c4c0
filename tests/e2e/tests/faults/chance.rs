//! Chance that can be repeated.

use std::thread;

/// Numbers drawn from a seed (SplitMix64). When a test fails while one is alive, it says which.
pub struct Chance {
    seed: u64,
    round: usize,
    state: u64,
}

impl Chance {
    /// Begins a round; each has numbers of its own, however many another one drew.
    pub fn of_round(seed: u64, round: usize) -> Self {
        let state = seed.wrapping_add((round as u64).wrapping_mul(0xa076_1d64_78bd_642f));
        Self { seed, round, state }
    }

    fn next(&mut self) -> u64 {
        self.state = self.state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.state;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number below `limit`, which is not 0.
    pub fn below(&mut self, limit: usize) -> usize {
        (self.next() % limit as u64) as usize
    }

    /// A number from `low` to `high`.
    pub fn between(&mut self, low: usize, high: usize) -> usize {
        low + self.below(high - low + 1)
    }

    /// Heads or tails.
    pub fn coin(&mut self) -> bool {
        self.below(2) == 0
    }

    /// One of several.
    pub fn pick<'a, T>(&mut self, from: &'a [T]) -> &'a T {
        &from[self.below(from.len())]
    }
}

impl Drop for Chance {
    fn drop(&mut self) {
        if thread::panicking() {
            println!("failed in round {} of seed {:#x}", self.round, self.seed);
        }
    }
}
