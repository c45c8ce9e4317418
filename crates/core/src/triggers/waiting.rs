//! All orders of a market that wait, and the prices between which a trade fires and moves nothing.

use alloc::vec::Vec;

use super::records::{Triggers, Waits};
use super::trailing::Trail;
use super::watch::{Direction, Watch};

pub(crate) struct Waiting {
    down: Watch,
    up: Watch,
    /// A trade above the one and below the other is of no matter.
    quiet_above: u64,
    quiet_below: u64,
}

impl Default for Waiting {
    fn default() -> Self {
        Self {
            down: Watch::new(Direction::Down),
            up: Watch::new(Direction::Up),
            quiet_above: 0,
            quiet_below: u64::MAX,
        }
    }
}

impl Waiting {
    /// Whether a trade at a price neither fires an order nor moves a trailing stop.
    #[inline]
    pub(crate) fn is_quiet(&self, price: u64) -> bool {
        self.quiet_above < price && price < self.quiet_below
    }

    pub(crate) fn add_fixed(&mut self, direction: Direction, stop: u64, place: u32) -> Waits {
        self.watch_mut(direction).add_fixed(stop, place);
        self.look_again();
        Waits::Fixed
    }

    /// Adds one that follows from a price on; from the first trade on, where there is none.
    pub(crate) fn add_following(
        &mut self,
        direction: Direction,
        trail: Trail,
        from: Option<u64>,
        place: u32,
    ) -> Waits {
        let cohort = self.watch_mut(direction).add_following(trail, from, place);
        self.look_again();
        Waits::Following(cohort)
    }

    pub(crate) fn remove(
        &mut self,
        triggers: &Triggers,
        direction: Direction,
        place: u32,
        waits: Waits,
    ) {
        self.watch_mut(direction).remove(triggers, place, waits);
        self.look_again();
    }

    /// The stop price of one that follows; 0 where it has none yet.
    pub(crate) fn stop_of(&self, direction: Direction, cohort: u32, trail: Trail) -> u64 {
        match direction {
            Direction::Down => self.down.stop_of(cohort, trail),
            Direction::Up => self.up.stop_of(cohort, trail),
        }
    }

    /// Takes out what a trade fires, with stop prices and places in no order, and has the others
    /// follow.
    pub(crate) fn fire(&mut self, triggers: &mut Triggers, price: u64) -> Vec<(u64, u32)> {
        let mut fired = Vec::new();
        for watch in [&mut self.down, &mut self.up] {
            watch.fire(price, &mut fired);
            watch.follow(triggers, price);
        }
        self.look_again();
        fired
    }

    fn watch_mut(&mut self, direction: Direction) -> &mut Watch {
        match direction {
            Direction::Down => &mut self.down,
            Direction::Up => &mut self.up,
        }
    }

    fn look_again(&mut self) {
        let fires_at = self.down.nearest_stop().unwrap_or(0);
        let moves_below = self.up.nearest_mark().unwrap_or(0);
        self.quiet_above = fires_at.max(moves_below.saturating_sub(1));
        let fires_at = self.up.nearest_stop().unwrap_or(u64::MAX);
        let moves_above = self.down.nearest_mark().unwrap_or(u64::MAX);
        self.quiet_below = fires_at.min(moves_above.saturating_add(1));
    }
}
