//! One side of a book: levels by price, at each a queue of orders, oldest first.

use alloc::collections::BTreeMap;
use core::iter;

use cse_wire::Side;

use crate::depth::DepthLog;
use crate::orders::{NONE, Order, Orders};

/// The orders at one price.
pub(crate) struct Level {
    pub(crate) price: u64,
    pub(crate) oldest: u32,
    newest: u32,
    /// The sum of remaining lots.
    total: u128,
}

impl Level {
    /// The total as others see it: in 64 bits, or the most that fits.
    #[inline]
    pub(crate) fn displayed(&self) -> u64 {
        u64::try_from(self.total).unwrap_or(u64::MAX)
    }
}

/// One side of a market's book. Levels are kept by rank, which rises from the best price on.
pub(crate) struct Ladder {
    market: u32,
    side: Side,
    levels: BTreeMap<u64, Level>,
}

impl Ladder {
    pub(crate) fn new(market: u32, side: Side) -> Self {
        Self {
            market,
            side,
            levels: BTreeMap::new(),
        }
    }

    #[inline]
    fn rank(&self, price: u64) -> u64 {
        match self.side {
            Side::Buy => !price,
            Side::Sell => price,
        }
    }

    /// Whether an order of the other side with this limit trades at `price`.
    #[inline]
    pub(crate) fn reaches(&self, limit: u64, price: u64) -> bool {
        self.rank(price) <= self.rank(limit)
    }

    #[inline]
    pub(crate) fn best(&self) -> Option<&Level> {
        self.levels.first_key_value().map(|(_, level)| level)
    }

    /// The displayed total at a price; 0 where nothing rests.
    #[inline]
    pub(crate) fn displayed(&self, price: u64) -> u64 {
        self.levels
            .get(&self.rank(price))
            .map_or(0, Level::displayed)
    }

    /// The levels, best first.
    pub(crate) fn levels(&self) -> impl Iterator<Item = &Level> {
        self.levels.values()
    }

    /// The resting orders, best price first, oldest first.
    pub(crate) fn makers<'a>(&'a self, orders: &'a Orders) -> impl Iterator<Item = &'a Order> {
        let order_in = move |slot: u32| (slot != NONE).then(|| &orders[slot]);
        self.levels.values().flat_map(move |level| {
            iter::successors(order_in(level.oldest), move |order| order_in(order.behind))
        })
    }

    /// Puts an order behind all others at its price.
    pub(crate) fn join(&mut self, orders: &mut Orders, slot: u32, log: &mut DepthLog) {
        let (price, remaining) = (orders[slot].price, orders[slot].remaining);
        let level = self.levels.entry(self.rank(price)).or_insert(Level {
            price,
            oldest: slot,
            newest: NONE,
            total: 0,
        });
        log.touch(self.market, self.side, price, level.displayed());
        level.total += u128::from(remaining);
        orders[slot].ahead = level.newest;
        if level.newest != NONE {
            orders[level.newest].behind = slot;
        }
        level.newest = slot;
    }

    /// Takes an order out of the queue at its price, wherever it stands.
    pub(crate) fn leave(&mut self, orders: &mut Orders, slot: u32, log: &mut DepthLog) {
        let Order {
            price,
            remaining,
            ahead,
            behind,
            ..
        } = orders[slot];
        let rank = self.rank(price);
        let Some(level) = self.levels.get_mut(&rank) else {
            return;
        };
        log.touch(self.market, self.side, price, level.displayed());
        if ahead == NONE && behind == NONE {
            self.levels.remove(&rank);
            return;
        }
        level.total -= u128::from(remaining);
        if ahead == NONE {
            level.oldest = behind;
        } else {
            orders[ahead].behind = behind;
        }
        if behind == NONE {
            level.newest = ahead;
        } else {
            orders[behind].ahead = ahead;
        }
    }

    /// Takes `lots` off the oldest order at the best price, and the order out when none are left.
    pub(crate) fn take_first(&mut self, orders: &mut Orders, lots: u64, log: &mut DepthLog) {
        let Some(mut entry) = self.levels.first_entry() else {
            return;
        };
        let level = entry.get_mut();
        log.touch(self.market, self.side, level.price, level.displayed());
        let order = &mut orders[level.oldest];
        order.remaining -= lots;
        level.total -= u128::from(lots);
        if order.remaining > 0 {
            return;
        }
        let behind = order.behind;
        if behind == NONE {
            entry.remove();
        } else {
            level.oldest = behind;
            orders[behind].ahead = NONE;
        }
    }
}
