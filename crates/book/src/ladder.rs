//! One side of a book: levels by price, at each a queue of orders, oldest first.

use alloc::collections::BTreeMap;
use alloc::vec::Vec;
use core::{iter, mem};

use cse_prefetch::prefetch;
use cse_wire::Side;

use crate::level::Level;
use crate::orders::{NONE, Order, Orders};
use crate::totals::{Hidden, Wraps};
use crate::window::{WIDTH_MAX, Window};

/// The rank of no level. Ranks are below 2^63, so that sums of them and widths fit.
const NO_RANK: u64 = u64::MAX;
/// What turns prices of bids into ranks.
const BID_FLIP: u64 = u64::MAX >> 1;

const WIDTH_MIN: usize = 1024;
/// The window grows until at most one in so many of its places would stand outside it. So what it
/// takes is bounded by what rests.
const SPARSENESS: usize = 256;

/// Hears of levels that have changed.
pub trait LevelLog {
    /// The level of an order displayed so many lots before, and displays so many now.
    fn changed(&mut self, order: &Order, before: u64, now: u64);
}

/// Nobody hears of it.
impl LevelLog for () {
    #[inline]
    fn changed(&mut self, _order: &Order, _before: u64, _now: u64) {}
}

/// One side of a market's book. Levels are kept by rank, which rises from the best price on: those
/// in a window about the best each have their place, those outside it stand in an ordered map.
///
/// What an order that comes or goes looks at stands in the first line of the cache.
#[repr(C, align(128))]
pub struct Ladder {
    /// The rank of the best level, or [`NO_RANK`].
    best: u64,
    /// Of those outside the window.
    best_outside: u64,
    flip: u64,
    wraps: Wraps,
    window: Window,
    outside: BTreeMap<u64, Level>,
    hidden: Hidden,
    /// How often levels may be asked for outside the window before it is laid anew.
    patience: usize,
}

impl Ladder {
    /// An empty side.
    #[must_use]
    pub fn new(side: Side) -> Self {
        Self {
            best: NO_RANK,
            best_outside: NO_RANK,
            flip: match side {
                Side::Buy => BID_FLIP,
                Side::Sell => 0,
            },
            wraps: Wraps::default(),
            window: Window::default(),
            outside: BTreeMap::new(),
            hidden: Hidden::default(),
            patience: 0,
        }
    }

    /// Lays the window about a price beforehand, of so many prices, or as many as it may have.
    pub fn reserve(&mut self, price: u64, width: usize) {
        self.lay_window(self.rank(price), width.next_multiple_of(64));
    }

    #[inline(always)]
    fn rank(&self, price: u64) -> u64 {
        price ^ self.flip
    }

    /// Whether an order of the other side with this limit trades at `price`.
    #[inline(always)]
    #[must_use]
    pub fn reaches(&self, limit: u64, price: u64) -> bool {
        self.rank(price) <= self.rank(limit)
    }

    /// The best price.
    #[inline]
    #[must_use]
    pub fn best_price(&self) -> Option<u64> {
        (self.best != NO_RANK).then_some(self.best ^ self.flip)
    }

    /// The slot of the oldest order at the best price, if one with this limit trades there, or
    /// without any.
    #[inline(always)]
    #[must_use]
    pub fn first_within(&self, limit: Option<u64>) -> Option<u32> {
        let bound = limit.map_or(NO_RANK - 1, |limit| self.rank(limit));
        if self.best > fault!(CrossesBeyondTheLimitOnly, bound - 1, bound) {
            return None;
        }
        Some(self.level(self.best)?.first())
    }

    /// The displayed total at a price; 0 where nothing rests.
    #[inline]
    #[must_use]
    pub fn displayed(&self, price: u64) -> u64 {
        let rank = self.rank(price);
        let total = self.level(rank).map_or(0, |level| level.total);
        self.wraps.displayed(rank, total)
    }

    /// Prices and the lots displayed there, best first.
    pub fn levels(&self) -> impl Iterator<Item = (u64, u64)> {
        self.ranked().map(|(rank, level)| {
            let displayed = self.wraps.displayed(rank, level.total);
            (rank ^ self.flip, displayed)
        })
    }

    /// Prices and all lots that the orders there have left, shown or not; best first.
    pub fn remaining_levels(&self) -> impl Iterator<Item = (u64, u128)> {
        self.ranked().map(|(rank, level)| {
            let remaining = self.wraps.whole(rank, level.total) + self.hidden.at(rank);
            (rank ^ self.flip, remaining)
        })
    }

    /// The slot of the oldest order of each level, best first.
    pub fn oldest_slots(&self) -> impl Iterator<Item = u32> {
        self.ranked().map(|(_, level)| level.oldest)
    }

    /// Slots of the resting orders, best price first, oldest first.
    pub fn slots<'a, D>(&'a self, orders: &'a Orders<D>) -> impl Iterator<Item = u32> + 'a {
        let some = |slot: u32| (slot != NONE).then_some(slot);
        self.oldest_slots().flat_map(move |oldest| {
            iter::successors(some(oldest), move |&slot| some(orders[slot].behind()))
        })
    }

    fn ranked(&self) -> impl Iterator<Item = (u64, &Level)> {
        let base = self.window.base();
        let end = base + self.window.width() as u64;
        let of_map = |(&rank, level)| (rank, level);
        self.outside
            .range(..base)
            .map(of_map)
            .chain(self.window.iter())
            .chain(self.outside.range(end..).map(of_map))
    }

    /// Has brought near what every order that comes or goes looks at.
    #[inline]
    pub(crate) fn prefetch(&self) {
        prefetch(self);
        self.window.prefetch();
    }

    /// Has brought near by what the level at a price is found.
    #[inline]
    pub fn prefetch_place(&self, price: u64) {
        if let Some(place) = self.window.place_of(self.rank(price)) {
            self.window.prefetch_place(place);
        }
    }

    /// Has the level at a price brought near, where it is found in the window.
    #[inline]
    pub fn prefetch_level(&self, price: u64) {
        let place = self.window.place_of(self.rank(price));
        if let Some(level) = place.and_then(|place| self.window.get(place)) {
            prefetch(level);
        }
    }

    /// Puts an order behind all others at its price, showing its slice.
    #[inline(always)]
    pub fn join<D>(&mut self, orders: &mut Orders<D>, slot: u32, log: &mut impl LevelLog) {
        orders.show_slice(slot);
        self.join_as_shown(orders, slot, log);
    }

    /// The same, of an order that may show less than a slice.
    #[inline]
    pub fn join_as_shown<D>(&mut self, orders: &mut Orders<D>, slot: u32, log: &mut impl LevelLog) {
        let rank = self.rank(orders[slot].price());
        self.best = self.best.min(rank);
        let (before, now) = if let Some((level, wraps)) = self.level_mut(rank) {
            let before = wraps.displayed(rank, level.total);
            wraps.added(rank, level.append(orders, slot));
            (before, wraps.displayed(rank, level.total))
        } else {
            self.open(rank, Level::of(orders, slot));
            (0, orders[slot].shown)
        };
        log.changed(&orders[slot], before, now);
        self.hidden.add(rank, orders.hidden(slot));
    }

    /// Takes an order out of the queue at its price, wherever it stands.
    #[inline]
    pub fn leave<D>(&mut self, orders: &mut Orders<D>, slot: u32, log: &mut impl LevelLog) {
        let rank = self.rank(orders[slot].price());
        let Some((level, wraps)) = self.level_mut(rank) else {
            return;
        };
        let before = wraps.displayed(rank, level.total);
        wraps.subtracted(rank, level.unlink(orders, slot));
        let now = wraps.displayed(rank, level.total);
        if level.is_empty() {
            self.close(rank);
        }
        fault!(
            DepthOfLeavingForgotten,
            (),
            log.changed(&orders[slot], before, now)
        );
        self.hidden.subtract(rank, orders.hidden(slot));
    }

    /// Takes an order back to where it left, when nothing else has changed since.
    pub fn come_back<D>(&mut self, orders: &mut Orders<D>, slot: u32, log: &mut impl LevelLog) {
        let order = &orders[slot];
        let rank = self.rank(order.price());
        if order.links.is_alone() {
            self.join_as_shown(orders, slot, log);
        } else if let Some((level, wraps)) = self.level_mut(rank) {
            let before = wraps.displayed(rank, level.total);
            wraps.added(rank, level.link_again(orders, slot));
            let now = wraps.displayed(rank, level.total);
            log.changed(&orders[slot], before, now);
            self.hidden.add(rank, orders.hidden(slot));
        }
    }

    /// Lowers what remains of an order, where it stands.
    pub fn lower<D>(
        &mut self,
        orders: &mut Orders<D>,
        slot: u32,
        remaining: u64,
        log: &mut impl LevelLog,
    ) {
        let order = &orders[slot];
        let rank = self.rank(order.price());
        let Some((level, wraps)) = self.level_mut(rank) else {
            return;
        };
        let before = wraps.displayed(rank, level.total);
        let shown = order.shown.min(remaining);
        let less = fault!(LoweredOrderStaysInTheTotal, 0, order.shown - shown);
        wraps.subtracted(rank, level.subtract(less));
        log.changed(order, before, wraps.displayed(rank, level.total));
        self.hidden.subtract(rank, orders.hidden(slot));
        orders.show(slot, shown, remaining);
        self.hidden.add(rank, orders.hidden(slot));
    }

    /// Takes `lots` off what the oldest order at the best price shows. An order with nothing left
    /// goes; an iceberg that shows nothing any more goes to the end with its next slice.
    #[inline]
    pub fn take_first<D>(&mut self, orders: &mut Orders<D>, lots: u64, log: &mut impl LevelLog) {
        let rank = self.best;
        let Some((level, wraps)) = self.level_mut(rank) else {
            return;
        };
        let slot = level.first();
        let before = wraps.displayed(rank, level.total);
        wraps.subtracted(rank, level.subtract(lots));
        let order = &mut orders[slot];
        order.shown -= lots;
        let mut refreshed = 0;
        if order.shown == 0 {
            level.unlink(orders, slot);
            if orders.remaining(slot) > 0 {
                orders.show_slice(slot);
                let wrapped = fault!(
                    IcebergKeepsItsPlace,
                    level.link_again(orders, slot),
                    level.append(orders, slot)
                );
                wraps.added(rank, wrapped);
                refreshed = orders[slot].shown;
            }
        }
        let now = wraps.displayed(rank, level.total);
        if level.is_empty() {
            self.close(rank);
        }
        self.hidden.subtract(rank, refreshed);
        log.changed(&orders[slot], before, now);
    }

    #[inline(always)]
    fn level(&self, rank: u64) -> Option<&Level> {
        match self.window.place_of(rank) {
            Some(place) => self.window.get(place),
            None => self.outside.get(&rank),
        }
    }

    #[inline(always)]
    fn level_mut(&mut self, rank: u64) -> Option<(&mut Level, &mut Wraps)> {
        let level = match self.window.place_of(rank) {
            Some(place) => self.window.get_mut(place)?,
            None => self.outside.get_mut(&rank)?,
        };
        Some((level, &mut self.wraps))
    }

    /// A level of a rank exists from now on.
    #[inline]
    fn open(&mut self, rank: u64, level: Level) {
        match self.window.place_of(rank) {
            Some(place) => self.window.put(place, level),
            None => {
                self.miss();
                self.put(rank, level);
            }
        }
    }

    #[inline]
    fn close(&mut self, rank: u64) {
        match self.window.place_of(rank) {
            Some(place) => self.window.close(place),
            None => {
                self.close_outside(rank);
            }
        }
        if rank == self.best {
            self.best = self
                .window
                .first()
                .unwrap_or(NO_RANK)
                .min(self.best_outside);
        }
    }

    #[cold]
    fn close_outside(&mut self, rank: u64) -> Option<Level> {
        let level = self.outside.remove(&rank);
        if rank == self.best_outside {
            self.best_outside = self.outside.keys().next().copied().unwrap_or(NO_RANK);
        }
        level
    }

    /// A level is asked for outside the window.
    #[cold]
    fn miss(&mut self) {
        match self.patience.checked_sub(1) {
            Some(patience) => self.patience = patience,
            None => self.adapt_window(),
        }
    }

    /// Has the window fit better where so many levels are asked for outside it: wider where much
    /// stands there, and about the best rank where it has come far from that.
    fn adapt_window(&mut self) {
        let width = self.window.width();
        let is_narrow = self.outside.len() * SPARSENESS >= width && width < WIDTH_MAX;
        let best = self.best.wrapping_sub(self.window.base());
        if is_narrow {
            self.lay_window(self.best, width * 2);
        } else if best > width as u64 / 2 {
            self.lay_window(self.best, width);
        }
        // To lay it costs about as much as so many misses.
        self.patience = self.window.count() + self.window.width() / 8;
    }

    /// Lays the window so that a quarter of it is room for better prices than the one of a rank.
    fn lay_window(&mut self, rank: u64, width: usize) {
        let width = width.clamp(WIDTH_MIN, WIDTH_MAX);
        let base = rank.saturating_sub(width as u64 / 4);
        let before = mem::replace(&mut self.window, Window::new(base, width));
        for (rank, &level) in before.iter() {
            self.put(rank, level);
        }
        let range = base..base + width as u64;
        let entering: Vec<u64> = self.outside.range(range).map(|(&rank, _)| rank).collect();
        for rank in entering {
            if let Some(level) = self.close_outside(rank) {
                self.put(rank, level);
            }
        }
    }

    /// Puts a level where it belongs as the window lies now.
    fn put(&mut self, rank: u64, level: Level) {
        match self.window.place_of(rank) {
            Some(place) => self.window.put(place, level),
            None => self.put_outside(rank, level),
        }
    }

    #[cold]
    fn put_outside(&mut self, rank: u64, level: Level) {
        self.best_outside = rank.min(self.best_outside);
        self.outside.insert(rank, level);
    }
}
