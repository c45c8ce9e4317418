//! What levels add up to beyond what stands in them: totals that wrapped, and hidden lots.

use alloc::boxed::Box;
use alloc::collections::BTreeMap;

use crate::level::Wrapped;

/// How often the totals of levels have gone beyond 64 bits, by rank. Hardly ever does one.
// A pointer, so that who looks whether there are any looks at one word.
#[allow(clippy::box_collection)]
#[derive(Default)]
pub(crate) struct Wraps(Option<Box<BTreeMap<u64, u32>>>);

impl Wraps {
    /// A level's total as others see it: in 64 bits, or the most that fits.
    #[inline]
    pub(crate) fn displayed(&self, rank: u64, total: u64) -> u64 {
        match &self.0 {
            None => total,
            Some(wraps) if wraps.contains_key(&rank) => u64::MAX,
            Some(_) => total,
        }
    }

    #[inline]
    pub(crate) fn added(&mut self, rank: u64, wrapped: Wrapped) {
        if wrapped {
            self.count(rank, 1);
        }
    }

    #[inline]
    pub(crate) fn subtracted(&mut self, rank: u64, wrapped: Wrapped) {
        if wrapped {
            self.count(rank, -1);
        }
    }

    /// All of a level's total.
    pub(crate) fn whole(&self, rank: u64, total: u64) -> u128 {
        let wraps = self.0.as_ref().and_then(|wraps| wraps.get(&rank));
        wraps.map_or(0, |&wraps| u128::from(wraps) << 64) + u128::from(total)
    }

    #[cold]
    fn count(&mut self, rank: u64, by: i32) {
        let wraps = self.0.get_or_insert_default();
        let count = wraps.entry(rank).or_default();
        *count = count.wrapping_add_signed(by);
        if *count == 0 {
            wraps.remove(&rank);
        }
        if wraps.is_empty() {
            self.0 = None;
        }
    }
}

/// The lots that the icebergs of a level hide, by rank.
#[derive(Default)]
pub(crate) struct Hidden(BTreeMap<u64, u128>);

impl Hidden {
    pub(crate) fn at(&self, rank: u64) -> u128 {
        self.0.get(&rank).copied().unwrap_or(0)
    }

    #[inline]
    pub(crate) fn add(&mut self, rank: u64, lots: u64) {
        if lots != 0 {
            self.change(rank, 0, lots);
        }
    }

    #[inline]
    pub(crate) fn subtract(&mut self, rank: u64, lots: u64) {
        if lots != 0 {
            self.change(rank, lots, 0);
        }
    }

    #[cold]
    fn change(&mut self, rank: u64, less: u64, more: u64) {
        let lots = self.0.entry(rank).or_default();
        *lots = *lots + u128::from(more) - u128::from(less);
        if *lots == 0 {
            self.0.remove(&rank);
        }
    }
}
