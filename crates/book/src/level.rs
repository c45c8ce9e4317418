//! The orders at one price: a queue through the orders themselves, oldest first.

use crate::orders::{Links, NONE, Orders};

/// A queue, and the sums of what it shows and of what its icebergs have behind that.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Level {
    pub(crate) oldest: u32,
    newest: u32,
    /// The sum of the lots shown, in 96 bits: below 2^32 orders of less than 2^64 lots.
    total: u64,
    total_high: u32,
    hidden_high: u32,
    /// The sum of the lots hidden, as that of those shown.
    hidden: u64,
}

impl Level {
    pub(crate) const EMPTY: Self = Self {
        oldest: NONE,
        newest: NONE,
        total: 0,
        total_high: 0,
        hidden_high: 0,
        hidden: 0,
    };

    #[inline]
    pub(crate) fn is_empty(&self) -> bool {
        self.oldest == NONE
    }

    /// The order that trades first.
    #[inline]
    pub(crate) fn first(&self) -> u32 {
        fault!(NewestFirst, self.newest, self.oldest)
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

    /// All lots that its orders have left, shown or not.
    pub(crate) fn remaining(&self) -> u128 {
        let wide = |high: u32, low: u64| u128::from(high) << 64 | u128::from(low);
        wide(self.total_high, self.total) + wide(self.hidden_high, self.hidden)
    }

    #[inline]
    pub(crate) fn add_hidden(&mut self, lots: u64) {
        if lots != 0 {
            let (hidden, carry) = self.hidden.overflowing_add(lots);
            self.hidden = hidden;
            self.hidden_high += u32::from(carry);
        }
    }

    #[inline]
    pub(crate) fn subtract_hidden(&mut self, lots: u64) {
        if lots != 0 {
            let (hidden, borrow) = self.hidden.overflowing_sub(lots);
            self.hidden = hidden;
            self.hidden_high -= u32::from(borrow);
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
        self.add(order.shown);
        self.add_hidden(order.hidden);
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
        self.subtract_hidden(order.hidden);
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
        self.add_hidden(order.hidden);
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

    #[test]
    fn what_remains_counts_what_is_hidden() {
        let mut level = Level::EMPTY;
        level.add(5);
        level.add_hidden(u64::MAX);
        level.add_hidden(7);
        assert_eq!(level.remaining(), u128::from(u64::MAX) + 12);
        level.subtract_hidden(8);
        assert_eq!(level.remaining(), u128::from(u64::MAX) + 4);
        assert_eq!(level.displayed(), 5);
    }
}
