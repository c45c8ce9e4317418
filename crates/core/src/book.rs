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
    /// The sum of the lots shown.
    total: u128,
}

impl Level {
    /// The total as others see it: in 64 bits, or the most that fits.
    #[inline]
    pub(crate) fn displayed(&self) -> u64 {
        u64::try_from(self.total).unwrap_or(u64::MAX)
    }
}

impl Level {
    /// Puts an order behind all others.
    fn append(&mut self, orders: &mut Orders, slot: u32) {
        let order = &mut orders[slot];
        (order.ahead, order.behind) = (self.newest, NONE);
        if self.newest != NONE {
            orders[self.newest].behind = slot;
        }
        self.newest = slot;
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
        let Order { price, shown, .. } = orders[slot];
        let level = self.levels.entry(self.rank(price)).or_insert(Level {
            price,
            oldest: slot,
            newest: NONE,
            total: 0,
        });
        log.touch(self.market, self.side, price, level.displayed());
        level.total += u128::from(shown);
        level.append(orders, slot);
    }

    /// Takes an order out of the queue at its price, wherever it stands.
    pub(crate) fn leave(&mut self, orders: &mut Orders, slot: u32, log: &mut DepthLog) {
        let Order {
            price,
            shown,
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
        level.total -= u128::from(shown);
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

    /// Takes an order back to where it left, when nothing else has changed since.
    pub(crate) fn come_back(&mut self, orders: &mut Orders, slot: u32, log: &mut DepthLog) {
        let Order {
            price,
            shown,
            ahead,
            behind,
            ..
        } = orders[slot];
        if ahead == NONE && behind == NONE {
            self.join(orders, slot, log);
            return;
        }
        let rank = self.rank(price);
        let Some(level) = self.levels.get_mut(&rank) else {
            return;
        };
        level.total += u128::from(shown);
        if ahead == NONE {
            level.oldest = slot;
        } else {
            orders[ahead].behind = slot;
        }
        if behind == NONE {
            level.newest = slot;
        } else {
            orders[behind].ahead = slot;
        }
    }

    /// Lowers what remains of an order, where it stands.
    pub(crate) fn lower(
        &mut self,
        orders: &mut Orders,
        slot: u32,
        remaining: u64,
        log: &mut DepthLog,
    ) {
        let order = &mut orders[slot];
        let rank = self.rank(order.price);
        let Some(level) = self.levels.get_mut(&rank) else {
            return;
        };
        log.touch(self.market, self.side, level.price, level.displayed());
        let shown = order.shown.min(remaining);
        level.total -= u128::from(order.shown - shown);
        order.remaining = remaining;
        order.shown = shown;
    }

    /// Takes `lots` off what the oldest order at the best price shows. An order with nothing left
    /// goes; an iceberg that shows nothing any more goes to the end with its next slice.
    pub(crate) fn take_first(&mut self, orders: &mut Orders, lots: u64, log: &mut DepthLog) {
        let Some(mut entry) = self.levels.first_entry() else {
            return;
        };
        let level = entry.get_mut();
        log.touch(self.market, self.side, level.price, level.displayed());
        let slot = level.oldest;
        let order = &mut orders[slot];
        order.remaining -= lots;
        order.shown -= lots;
        level.total -= u128::from(lots);
        if order.shown > 0 {
            return;
        }
        order.shown = order.slice();
        level.total += u128::from(order.shown);
        let (is_empty, behind) = (order.remaining == 0, order.behind);
        match (is_empty, behind) {
            (true, NONE) => {
                entry.remove();
            }
            (false, NONE) => {}
            _ => {
                level.oldest = behind;
                orders[behind].ahead = NONE;
                if !is_empty {
                    level.append(orders, slot);
                }
            }
        }
    }
}
