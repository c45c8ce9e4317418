//! The orders at one price: a queue through the orders themselves, oldest first.

use crate::orders::{Links, NONE, Orders};

/// A queue and the sum of what it shows.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Level {
    pub(crate) oldest: u32,
    newest: u32,
    /// The sum of the lots shown, in 96 bits: below 2^32 orders of less than 2^64 lots.
    total: u64,
    total_high: u32,
}

impl Level {
    pub(crate) const EMPTY: Self = Self {
        oldest: NONE,
        newest: NONE,
        total: 0,
        total_high: 0,
    };

    #[inline]
    pub(crate) fn is_empty(&self) -> bool {
        self.oldest == NONE
    }

    /// The total as others see it: in 64 bits, or the most that fits.
    #[inline]
    pub(crate) fn displayed(&self) -> u64 {
        if self.total_high == 0 {
            self.total
        } else {
            u64::MAX
        }
    }

    #[inline]
    pub(crate) fn add(&mut self, lots: u64) {
        let (total, carry) = self.total.overflowing_add(lots);
        self.total = total;
        self.total_high += u32::from(carry);
    }

    #[inline]
    pub(crate) fn subtract(&mut self, lots: u64) {
        let (total, borrow) = self.total.overflowing_sub(lots);
        self.total = total;
        self.total_high -= u32::from(borrow);
    }

    /// Puts an order behind all others.
    #[inline]
    pub(crate) fn append<D>(&mut self, orders: &mut Orders<D>, slot: u32) {
        let order = &mut orders[slot];
        order.links = Links {
            ahead: self.newest,
            behind: NONE,
        };
        let shown = order.shown;
        self.add(shown);
        if self.newest == NONE {
            self.oldest = slot;
        } else {
            orders[self.newest].links.behind = slot;
        }
        self.newest = slot;
    }

    /// Takes an order out, wherever it stands; it keeps its neighbours in mind.
    #[inline]
    pub(crate) fn unlink<D>(&mut self, orders: &mut Orders<D>, slot: u32) {
        let order = &orders[slot];
        let Links { ahead, behind } = order.links;
        self.subtract(order.shown);
        if ahead == NONE {
            self.oldest = behind;
        } else {
            orders[ahead].links.behind = behind;
        }
        if behind == NONE {
            self.newest = ahead;
        } else {
            orders[behind].links.ahead = ahead;
        }
    }

    /// Takes an order back to where it was unlinked, when nothing else has changed since.
    pub(crate) fn link_again<D>(&mut self, orders: &mut Orders<D>, slot: u32) {
        let order = &orders[slot];
        let Links { ahead, behind } = order.links;
        self.add(order.shown);
        if ahead == NONE {
            self.oldest = slot;
        } else {
            orders[ahead].links.behind = slot;
        }
        if behind == NONE {
            self.newest = slot;
        } else {
            orders[behind].links.ahead = slot;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Level;

    #[test]
    fn a_total_beyond_64_bits_is_displayed_as_the_most_that_fits() {
        let mut level = Level::EMPTY;
        level.add(u64::MAX);
        assert_eq!(level.displayed(), u64::MAX);
        level.add(2);
        assert_eq!(level.displayed(), u64::MAX);
        level.subtract(3);
        assert_eq!(level.displayed(), u64::MAX - 1);
    }
}
