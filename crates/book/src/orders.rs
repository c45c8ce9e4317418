//! Resting orders: a slab of slots. A slot that is given back is the next to be used.

use alloc::vec::Vec;
use core::ops::{Index, IndexMut};

use cse_wire::Side;

/// The end of every chain of slots.
pub const NONE: u32 = u32::MAX;

/// The side that an order of `side` trades with.
#[inline]
#[must_use]
pub const fn opposite(side: Side) -> Side {
    match side {
        Side::Buy => Side::Sell,
        Side::Sell => Side::Buy,
    }
}

/// What a book knows of an order: one line of the cache.
#[derive(Clone, Debug)]
#[repr(align(64))]
pub struct Order {
    /// Above 0, and its own among all open orders.
    pub id: u64,
    /// In ticks, below 2^62; 0 where an incoming order has none.
    pub price: u64,
    /// Lots that it shows; of an incoming order all that it wants.
    pub shown: u64,
    /// Lots behind those.
    pub hidden: u64,
    /// Lots that an iceberg shows at a time; 0 of any other.
    pub display: u64,
    /// Whose.
    pub account: u32,
    /// By what own orders are told from others.
    pub owner: u32,
    /// In which book.
    pub market: u32,
    /// On which side.
    pub side: Side,
    /// Whether it ends at a time.
    pub has_expiry: bool,
    /// Where it stands in the queue at its price.
    pub links: Links,
}

/// The neighbours of an order in its queue: the book's own business.
#[derive(Clone, Copy, Debug)]
pub struct Links {
    pub(crate) ahead: u32,
    pub(crate) behind: u32,
}

impl Links {
    /// Of an order that stands alone, or in no queue.
    pub const ALONE: Self = Self {
        ahead: NONE,
        behind: NONE,
    };

    pub(crate) fn is_alone(self) -> bool {
        self.ahead == NONE && self.behind == NONE
    }
}

impl Order {
    /// An order without lots, to be filled in.
    #[must_use]
    pub const fn new(id: u64, market: u32, side: Side, price: u64) -> Self {
        Self {
            id,
            price,
            shown: 0,
            hidden: 0,
            display: 0,
            account: 0,
            owner: 0,
            market,
            side,
            has_expiry: false,
            links: Links::ALONE,
        }
    }

    /// Lots still to trade.
    #[inline]
    #[must_use]
    pub const fn remaining(&self) -> u64 {
        self.shown + self.hidden
    }

    /// The slot of the order behind it in the queue at its price, or [`NONE`].
    #[inline]
    #[must_use]
    pub const fn behind(&self) -> u32 {
        self.links.behind
    }

    /// Shows what it shows when it joins a queue.
    #[inline]
    pub(crate) fn show_slice(&mut self) {
        if self.display != 0 {
            let remaining = self.remaining();
            self.shown = self.display.min(remaining);
            self.hidden = remaining - self.shown;
        }
    }
}

/// Resting orders by slot, each with the details `D` that its owner keeps and no book looks at.
pub struct Orders<D = ()> {
    orders: Vec<Order>,
    details: Vec<D>,
    /// The first free slot; each free one names the next as the one behind it.
    free: u32,
}

impl<D> Default for Orders<D> {
    fn default() -> Self {
        Self {
            orders: Vec::new(),
            details: Vec::new(),
            free: NONE,
        }
    }
}

impl<D> Orders<D> {
    /// Puts an order into a slot.
    #[inline]
    pub fn insert(&mut self, order: Order, details: D) -> u32 {
        let slot = self.free;
        if slot == NONE {
            self.orders.push(order);
            self.details.push(details);
            return self.orders.len() as u32 - 1;
        }
        let place = &mut self.orders[slot as usize];
        self.free = place.links.behind;
        *place = order;
        self.details[slot as usize] = details;
        slot
    }

    /// Gives the slot of an order back that has left its queue. It can be read until the next comes.
    #[inline]
    pub fn remove(&mut self, slot: u32) {
        self.orders[slot as usize].links.behind = self.free;
        self.free = slot;
    }

    /// What its owner keeps of an order.
    #[inline]
    #[must_use]
    pub fn details(&self, slot: u32) -> &D {
        &self.details[slot as usize]
    }

    /// The same, to be changed.
    #[inline]
    pub fn details_mut(&mut self, slot: u32) -> &mut D {
        &mut self.details[slot as usize]
    }

    /// An order and what is kept of it.
    #[inline]
    pub fn both_mut(&mut self, slot: u32) -> (&mut Order, &mut D) {
        (
            &mut self.orders[slot as usize],
            &mut self.details[slot as usize],
        )
    }
}

impl<D> Index<u32> for Orders<D> {
    type Output = Order;

    #[inline]
    fn index(&self, slot: u32) -> &Order {
        &self.orders[slot as usize]
    }
}

impl<D> IndexMut<u32> for Orders<D> {
    #[inline]
    fn index_mut(&mut self, slot: u32) -> &mut Order {
        &mut self.orders[slot as usize]
    }
}
