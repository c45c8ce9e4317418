//! Resting orders: a slab of slots. A slot that is given back is the next to be used.

use alloc::collections::BTreeMap;
use alloc::vec::Vec;
use core::mem;
use core::ops::{Index, IndexMut};

use cse_prefetch::prefetch;
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

/// What a book looks at again and again: two orders a line of the cache.
#[derive(Clone, Debug)]
#[repr(align(32))]
pub struct Order {
    /// Lots that it shows; of an incoming order all that it wants.
    pub shown: u64,
    /// Where it stands in the queue at its price.
    pub(crate) links: Links,
    /// Whose.
    pub account: u32,
    /// In which book.
    pub market: u32,
    price_low: u32,
    price_high: u8,
    /// On which side.
    pub side: Side,
    /// Whether it ends at a time.
    pub has_expiry: bool,
    /// Whether it has a reserve.
    is_iceberg: bool,
}

/// The neighbours of an order in its queue.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Links {
    pub(crate) ahead: u32,
    pub(crate) behind: u32,
}

impl Links {
    /// Of an order that stands alone, or in no queue.
    pub(crate) const ALONE: Self = Self {
        ahead: NONE,
        behind: NONE,
    };

    pub(crate) fn is_alone(self) -> bool {
        self.ahead == NONE && self.behind == NONE
    }
}

impl Order {
    /// An order of so many lots, in no queue. The price is in ticks, below 2^40; 0 where an incoming
    /// order has none.
    #[inline]
    #[must_use]
    pub const fn new(account: u32, market: u32, side: Side, price: u64, lots: u64) -> Self {
        Self {
            shown: lots,
            links: Links::ALONE,
            account,
            market,
            price_low: price as u32,
            price_high: (price >> 32) as u8,
            side,
            has_expiry: false,
            is_iceberg: false,
        }
    }

    /// In ticks; 0 where an incoming order has none.
    #[inline]
    #[must_use]
    pub const fn price(&self) -> u64 {
        (self.price_high as u64) << 32 | self.price_low as u64
    }

    /// The slot of the order behind it in the queue at its price, or [`NONE`].
    #[inline]
    #[must_use]
    pub const fn behind(&self) -> u32 {
        self.links.behind
    }
}

/// What an iceberg does not show.
#[derive(Clone, Copy)]
struct Reserve {
    /// Lots that it shows at a time.
    display: u64,
    /// Lots behind those that it shows.
    hidden: u64,
}

/// Resting orders by slot, each with the details `D` that its owner keeps and no book looks at.
pub struct Orders<D> {
    orders: Vec<Order>,
    details: Vec<D>,
    /// Of icebergs, by slot.
    reserves: BTreeMap<u32, Reserve>,
    /// The first free slot; each free one names the next as the one behind it.
    free: u32,
}

impl<D> Default for Orders<D> {
    fn default() -> Self {
        Self {
            orders: Vec::new(),
            details: Vec::new(),
            reserves: BTreeMap::new(),
            free: NONE,
        }
    }
}

impl<D: Clone + Default> Orders<D> {
    /// Room for so many orders, whose memory is there already.
    #[must_use]
    pub fn with_room(orders: usize) -> Self {
        let mut with_room = Self::default();
        let nobodys = Order::new(0, 0, Side::Buy, 0, 0);
        with_room.orders.resize(orders, nobodys);
        with_room.orders.clear();
        with_room.details.resize(orders, D::default());
        with_room.details.clear();
        with_room
    }
}

impl<D> Orders<D> {
    /// Puts an order into a slot. One with a `display` above 0 is an iceberg, that shows so many lots
    /// at a time.
    #[inline(always)]
    pub fn insert(&mut self, order: Order, display: u64, details: D) -> u32 {
        let slot = self.free;
        let slot = if slot == NONE {
            self.orders.push(order);
            self.details.push(details);
            self.orders.len() as u32 - 1
        } else {
            let place = &mut self.orders[slot as usize];
            self.free = place.links.behind;
            *place = order;
            self.details[slot as usize] = details;
            slot
        };
        if display != 0 {
            self.keep_reserve(slot, display);
        }
        slot
    }

    /// Writes an order over the one in a slot that has left its queue.
    pub fn rewrite(&mut self, slot: u32, order: Order, display: u64, details: D) {
        let place = &mut self.orders[slot as usize];
        if mem::replace(place, order).is_iceberg {
            self.reserves.remove(&slot);
        }
        self.details[slot as usize] = details;
        if display != 0 {
            self.keep_reserve(slot, display);
        }
    }

    #[cold]
    fn keep_reserve(&mut self, slot: u32, display: u64) {
        let hidden = 0;
        self.reserves.insert(slot, Reserve { display, hidden });
        self.orders[slot as usize].is_iceberg = true;
    }

    /// Gives the slot of an order back that has left its queue.
    #[inline(always)]
    pub fn remove(&mut self, slot: u32) {
        let order = &mut self.orders[slot as usize];
        order.links.behind = self.free;
        self.free = slot;
        if order.is_iceberg {
            self.reserves.remove(&slot);
        }
    }

    /// How many slots there are, free ones included.
    #[inline]
    #[must_use]
    pub fn slot_count(&self) -> usize {
        self.orders.len()
    }

    /// Has an order and the beginning of its details brought near.
    #[inline]
    pub fn prefetch(&self, slot: u32) {
        if let (Some(order), Some(details)) = (
            self.orders.get(slot as usize),
            self.details.get(slot as usize),
        ) {
            prefetch(order);
            prefetch(details);
        }
    }

    /// Has the slot that is used next brought near.
    #[inline]
    pub fn prefetch_free(&self) {
        self.prefetch(self.free);
    }

    /// Has the neighbours of an order in its queue brought near.
    #[inline]
    pub fn prefetch_neighbours(&self, slot: u32) {
        let Links { ahead, behind } = self.orders[slot as usize].links;
        for neighbour in [ahead, behind] {
            if let Some(order) = self.orders.get(neighbour as usize) {
                prefetch(order);
            }
        }
    }

    /// Lots still to trade.
    #[inline(always)]
    #[must_use]
    pub fn remaining(&self, slot: u32) -> u64 {
        let order = &self.orders[slot as usize];
        if order.is_iceberg {
            order.shown + self.reserves.get(&slot).map_or(0, |reserve| reserve.hidden)
        } else {
            order.shown
        }
    }

    /// Lots that it has and does not show.
    #[inline(always)]
    pub(crate) fn hidden(&self, slot: u32) -> u64 {
        self.remaining(slot) - self.orders[slot as usize].shown
    }

    /// Lots that an iceberg shows at a time; 0 of any other.
    #[inline(always)]
    #[must_use]
    pub fn display(&self, slot: u32) -> u64 {
        if self.orders[slot as usize].is_iceberg {
            self.reserves
                .get(&slot)
                .map_or(0, |reserve| reserve.display)
        } else {
            0
        }
    }

    /// Has an order show what it shows when it joins a queue: of an iceberg one slice.
    #[inline(always)]
    pub(crate) fn show_slice(&mut self, slot: u32) {
        if self.orders[slot as usize].is_iceberg {
            self.show_slice_of_iceberg(slot);
        }
    }

    #[cold]
    fn show_slice_of_iceberg(&mut self, slot: u32) {
        let remaining = self.remaining(slot);
        self.show(slot, self.display(slot).min(remaining), remaining);
    }

    /// Has an order show some of its remaining lots; all, unless it is an iceberg.
    #[inline]
    pub(crate) fn show(&mut self, slot: u32, shown: u64, remaining: u64) {
        self.orders[slot as usize].shown = shown;
        if let Some(reserve) = self.reserves.get_mut(&slot) {
            reserve.hidden = remaining - shown;
        }
    }

    /// Hides lots of an iceberg that are not part of what it shows already.
    pub fn hide(&mut self, slot: u32, hidden: u64) {
        if let Some(reserve) = self.reserves.get_mut(&slot) {
            reserve.hidden = hidden;
        }
    }

    /// What its owner keeps of an order.
    #[inline(always)]
    #[must_use]
    pub fn details(&self, slot: u32) -> &D {
        &self.details[slot as usize]
    }

    /// The same, to be changed.
    #[inline(always)]
    pub fn details_mut(&mut self, slot: u32) -> &mut D {
        &mut self.details[slot as usize]
    }

    /// An order and what is kept of it.
    #[inline(always)]
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
