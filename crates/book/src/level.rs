//! The orders at one price: a queue through the orders themselves, oldest first.

use crate::orders::{Links, NONE, Orders};

/// A queue and the sum of what it shows: four a line of the cache.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Level {
    /// The sum of the lots shown, but for multiples of 2^64: who adds is told of a carry, who
    /// subtracts of a borrow.
    pub(crate) total: u64,
    pub(crate) oldest: u32,
    newest: u32,
}

/// Whether a total went beyond its 64 bits, up or down.
pub(crate) type Wrapped = bool;

impl Level {
    /// The level of one order.
    #[inline]
    pub(crate) fn of<D>(orders: &mut Orders<D>, slot: u32) -> Self {
        let order = &mut orders[slot];
        order.links = Links::ALONE;
        Self {
            total: order.shown,
            oldest: slot,
            newest: slot,
        }
    }

    #[inline]
    pub(crate) fn is_empty(&self) -> bool {
        self.oldest == NONE
    }

    /// The order that trades first.
    #[inline]
    pub(crate) fn first(&self) -> u32 {
        fault!(NewestFirst, self.newest, self.oldest)
    }

    #[inline]
    pub(crate) fn add(&mut self, lots: u64) -> Wrapped {
        let (total, wrapped) = self.total.overflowing_add(lots);
        self.total = total;
        wrapped
    }

    #[inline]
    pub(crate) fn subtract(&mut self, lots: u64) -> Wrapped {
        let (total, wrapped) = self.total.overflowing_sub(lots);
        self.total = total;
        wrapped
    }

    /// Puts an order behind all others.
    #[inline]
    pub(crate) fn append<D>(&mut self, orders: &mut Orders<D>, slot: u32) -> Wrapped {
        let order = &mut orders[slot];
        order.links = Links {
            ahead: self.newest,
            behind: NONE,
        };
        let shown = order.shown;
        if self.newest == NONE {
            self.oldest = slot;
        } else {
            orders[self.newest].links.behind = slot;
        }
        self.newest = slot;
        self.add(shown)
    }

    /// Takes an order out, wherever it stands; it keeps its neighbours in mind.
    #[inline]
    pub(crate) fn unlink<D>(&mut self, orders: &mut Orders<D>, slot: u32) -> Wrapped {
        let order = &orders[slot];
        let shown = order.shown;
        let Links { ahead, behind } = order.links;
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
        self.subtract(shown)
    }

    /// Takes an order back to where it was unlinked, when nothing else has changed since.
    pub(crate) fn link_again<D>(&mut self, orders: &mut Orders<D>, slot: u32) -> Wrapped {
        let order = &orders[slot];
        let shown = order.shown;
        let Links { ahead, behind } = order.links;
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
        self.add(shown)
    }
}
