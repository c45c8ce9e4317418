//! The orders of a market that wait for trades in one direction.

use alloc::collections::BTreeSet;
use alloc::vec::Vec;

use super::following::Following;
use super::records::{Triggers, Waits};
use super::trailing::Trail;

/// Which trades meet a stop price.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Direction {
    /// Those at it or below.
    #[default]
    Down,
    /// Those at it or above.
    Up,
}

impl Direction {
    /// Prices by how near they are for a price that comes from the other side: a trade meets a stop
    /// price when its rank is not above that of the stop.
    #[inline]
    pub(crate) const fn rank(self, price: u64) -> u64 {
        match self {
            Self::Down => price,
            Self::Up => !price,
        }
    }

    /// Whether a trade at a price meets a stop price.
    pub(crate) const fn meets(self, price: u64, stop: u64) -> bool {
        self.rank(price) <= self.rank(stop)
    }
}

/// Stop prices that stay, and those that follow the price.
#[derive(Default)]
pub(crate) struct Watch {
    direction: Direction,
    /// By rank of the stop price, then place of the trigger.
    fixed: BTreeSet<(u64, u32)>,
    following: Following,
}

impl Watch {
    pub(crate) fn new(direction: Direction) -> Self {
        Self {
            direction,
            fixed: BTreeSet::new(),
            following: Following::new(direction),
        }
    }

    pub(crate) fn add_fixed(&mut self, stop: u64, place: u32) {
        self.fixed.insert((self.direction.rank(stop), place));
    }

    /// Adds one that follows from a price on; from the first trade on, where there is none.
    pub(crate) fn add_following(&mut self, trail: Trail, from: Option<u64>, place: u32) -> u32 {
        self.following.add(trail, from, place)
    }

    pub(crate) fn remove(&mut self, triggers: &Triggers, place: u32, waits: Waits) {
        let trigger = &triggers[place];
        match (waits, trigger.trail) {
            (Waits::Following(cohort), Some(trail)) => self.following.remove(cohort, trail, place),
            _ => {
                self.fixed
                    .remove(&(self.direction.rank(trigger.stop_price), place));
            }
        }
    }

    /// The stop price of one that follows; 0 where it has none yet.
    pub(crate) fn stop_of(&self, cohort: u32, trail: Trail) -> u64 {
        self.following.stop_of(cohort, trail)
    }

    /// The stop price that a trade meets first, if any order has one.
    pub(crate) fn nearest_stop(&self) -> Option<u64> {
        let fixed = self.fixed.last().map(|&(rank, _)| rank);
        let rank = fixed.max(self.following.nearest_rank())?;
        Some(self.direction.rank(rank))
    }

    /// The price beyond which a trade moves the first of those that follow. Of one that has no
    /// price yet it is beyond all others.
    pub(crate) fn nearest_mark(&self) -> Option<u64> {
        self.following
            .lowest_mark_rank()
            .map(|rank| self.direction.rank(rank))
    }

    /// Takes out what a trade at a price meets, with stop prices and places.
    pub(crate) fn fire(&mut self, price: u64, fired: &mut Vec<(u64, u32)>) {
        let rank = self.direction.rank(price);
        while let Some(&(stop_rank, place)) = self.fixed.last() {
            if stop_rank < fault!(StopMetBeyondOnly, rank + 1, rank) {
                break;
            }
            self.fixed.pop_last();
            fired.push((self.direction.rank(stop_rank), place));
        }
        self.following.fire(rank, fired);
    }

    /// Moves those that follow to the price of a trade where that is nearer.
    pub(crate) fn follow(&mut self, triggers: &mut Triggers, price: u64) {
        fault!(
            TrailingStopStays,
            (),
            self.following.follow(triggers, price)
        );
    }
}
