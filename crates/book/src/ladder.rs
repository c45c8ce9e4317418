//! One side of a book: levels by price, at each a queue of orders, oldest first.

use alloc::collections::BTreeMap;
use alloc::vec::Vec;
use core::iter;

use cse_wire::Side;

use crate::level::Level;
use crate::orders::{NONE, Order, Orders};
use crate::window::Window;

/// The rank of no level. Ranks are below 2^63, so that sums of them and widths fit.
const NO_RANK: u64 = u64::MAX;
/// What turns prices of bids into ranks.
const BID_FLIP: u64 = u64::MAX >> 1;

const WIDTH_MIN: usize = 256;
const WIDTH_MAX: usize = 1 << 14;

/// Hears of levels before they change.
pub trait LevelLog {
    /// The level at a price, that displayed so many lots until now, is about to change.
    fn touch(&mut self, market: u32, side: Side, price: u64, displayed: u64);
}

/// Nobody hears of it.
impl LevelLog for () {
    #[inline]
    fn touch(&mut self, _market: u32, _side: Side, _price: u64, _displayed: u64) {}
}

/// One side of a market's book. Levels are kept by rank, which rises from the best price on: those
/// in a window about the best each have their place, those outside it stand in an ordered map.
pub struct Ladder {
    market: u32,
    side: Side,
    flip: u64,
    /// The rank of the best level, or [`NO_RANK`].
    best: u64,
    window: Window,
    outside: BTreeMap<u64, Level>,
    /// Levels asked for outside the window since it was laid last.
    misses: usize,
}

impl Ladder {
    /// An empty side.
    #[must_use]
    pub fn new(market: u32, side: Side) -> Self {
        Self {
            market,
            side,
            flip: match side {
                Side::Buy => BID_FLIP,
                Side::Sell => 0,
            },
            best: NO_RANK,
            window: Window::default(),
            outside: BTreeMap::new(),
            misses: 0,
        }
    }

    #[inline]
    fn rank(&self, price: u64) -> u64 {
        price ^ self.flip
    }

    /// Whether an order of the other side with this limit trades at `price`.
    #[inline]
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
    #[inline]
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
        self.level(self.rank(price)).map_or(0, Level::displayed)
    }

    /// Prices and the lots displayed there, best first.
    pub fn levels(&self) -> impl Iterator<Item = (u64, u64)> {
        self.ranked()
            .map(|(rank, level)| (rank ^ self.flip, level.displayed()))
    }

    /// Prices and all lots that the orders there have left, shown or not; best first.
    pub fn remaining_levels(&self) -> impl Iterator<Item = (u64, u128)> {
        self.ranked()
            .map(|(rank, level)| (rank ^ self.flip, level.remaining()))
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

    /// Puts an order behind all others at its price, showing its slice.
    #[inline]
    pub fn join<D>(&mut self, orders: &mut Orders<D>, slot: u32, log: &mut impl LevelLog) {
        let order = &mut orders[slot];
        order.show_slice();
        self.join_as_shown(orders, slot, log);
    }

    /// The same, of an order that shows less than a slice already.
    #[inline]
    pub fn join_as_shown<D>(&mut self, orders: &mut Orders<D>, slot: u32, log: &mut impl LevelLog) {
        let (market, side, price) = (self.market, self.side, orders[slot].price);
        let rank = self.rank(price);
        self.best = self.best.min(rank);
        let level = self.open(rank);
        log.touch(market, side, price, level.displayed());
        level.append(orders, slot);
    }

    /// Takes an order out of the queue at its price, wherever it stands.
    #[inline]
    pub fn leave<D>(&mut self, orders: &mut Orders<D>, slot: u32, log: &mut impl LevelLog) {
        let (market, side, price) = (self.market, self.side, orders[slot].price);
        let rank = self.rank(price);
        let Some(level) = self.level_mut(rank) else {
            return;
        };
        let displayed = level.displayed();
        fault!(
            DepthOfLeavingForgotten,
            (),
            log.touch(market, side, price, displayed)
        );
        level.unlink(orders, slot);
        if level.is_empty() {
            self.close(rank);
        }
    }

    /// Takes an order back to where it left, when nothing else has changed since.
    pub fn come_back<D>(&mut self, orders: &mut Orders<D>, slot: u32, log: &mut impl LevelLog) {
        let Order { price, links, .. } = orders[slot];
        if links.is_alone() {
            self.join_as_shown(orders, slot, log);
        } else if let Some(level) = self.level_mut(self.rank(price)) {
            level.link_again(orders, slot);
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
        let (market, side) = (self.market, self.side);
        let order = &mut orders[slot];
        let Some(level) = self.level_mut(self.rank(order.price)) else {
            return;
        };
        log.touch(market, side, order.price, level.displayed());
        let shown = order.shown.min(remaining);
        level.subtract(fault!(LoweredOrderStaysInTheTotal, 0, order.shown - shown));
        level.subtract_hidden(order.hidden);
        level.add_hidden(remaining - shown);
        order.shown = shown;
        order.hidden = remaining - shown;
    }

    /// Takes `lots` off what the oldest order at the best price shows. An order with nothing left
    /// goes; an iceberg that shows nothing any more goes to the end with its next slice.
    #[inline]
    pub fn take_first<D>(&mut self, orders: &mut Orders<D>, lots: u64, log: &mut impl LevelLog) {
        let (market, side, rank) = (self.market, self.side, self.best);
        let price = rank ^ self.flip;
        let Some(level) = self.level_mut(rank) else {
            return;
        };
        log.touch(market, side, price, level.displayed());
        let slot = level.first();
        let order = &mut orders[slot];
        level.subtract(lots);
        order.shown -= lots;
        if order.shown > 0 {
            return;
        }
        level.unlink(orders, slot);
        let order = &mut orders[slot];
        if order.hidden > 0 {
            order.show_slice();
            fault!(
                IcebergKeepsItsPlace,
                level.link_again(orders, slot),
                level.append(orders, slot)
            );
        } else if level.is_empty() {
            self.close(rank);
        }
    }

    #[inline]
    fn level(&self, rank: u64) -> Option<&Level> {
        match self.window.place_of(rank) {
            Some(place) => Some(self.window.at(place)),
            None => self.outside.get(&rank),
        }
    }

    /// A level; of the window perhaps an empty one.
    #[inline]
    fn level_mut(&mut self, rank: u64) -> Option<&mut Level> {
        match self.window.place_of(rank) {
            Some(place) => Some(self.window.at_mut(place)),
            None => self.outside.get_mut(&rank),
        }
    }

    /// The level of a rank, that is to exist from now on.
    #[inline]
    fn open(&mut self, rank: u64) -> &mut Level {
        match self.window.place_of(rank) {
            Some(place) => self.window.open(place),
            None => self.open_outside(rank),
        }
    }

    #[inline]
    fn close(&mut self, rank: u64) {
        match self.window.place_of(rank) {
            Some(place) => self.window.close(place),
            None => {
                self.outside.remove(&rank);
            }
        }
        if rank == self.best {
            let outside = self.outside.keys().next().copied();
            let inside = self.window.first();
            self.best = inside.unwrap_or(NO_RANK).min(outside.unwrap_or(NO_RANK));
        }
    }

    #[cold]
    fn open_outside(&mut self, rank: u64) -> &mut Level {
        self.misses += 1;
        // Laying the window anew costs about as much as so many misses did.
        if self.misses > self.window.count() + self.window.width() / 8 {
            self.lay_window();
        }
        self.place(rank)
    }

    /// Lays the window about the best rank, wider where much stands outside it.
    fn lay_window(&mut self) {
        self.misses = 0;
        let width = self.window.width();
        let is_narrow = self.outside.len() * 16 >= width;
        let width = if is_narrow { width * 2 } else { width }.clamp(WIDTH_MIN, WIDTH_MAX);
        // A quarter of it is room for better prices.
        let base = self.best.saturating_sub(width as u64 / 4);
        let before = core::mem::replace(&mut self.window, Window::new(base, width));
        for (rank, &level) in before.iter() {
            *self.place(rank) = level;
        }
        let range = base..base + width as u64;
        let entering: Vec<u64> = self.outside.range(range).map(|(&rank, _)| rank).collect();
        for rank in entering {
            if let Some(level) = self.outside.remove(&rank) {
                *self.place(rank) = level;
            }
        }
    }

    /// The level of a rank, that is to exist from now on, where the window lies now.
    fn place(&mut self, rank: u64) -> &mut Level {
        match self.window.place_of(rank) {
            Some(place) => self.window.open(place),
            None => self.outside.entry(rank).or_insert(Level::EMPTY),
        }
    }
}

/// Both sides of a market's book.
pub struct Book {
    bids: Ladder,
    asks: Ladder,
}

impl Book {
    /// An empty book.
    #[must_use]
    pub fn new(market: u32) -> Self {
        Self {
            bids: Ladder::new(market, Side::Buy),
            asks: Ladder::new(market, Side::Sell),
        }
    }

    /// One side.
    #[inline]
    #[must_use]
    pub fn ladder(&self, side: Side) -> &Ladder {
        match side {
            Side::Buy => &self.bids,
            Side::Sell => &self.asks,
        }
    }

    /// One side, to be changed.
    #[inline]
    pub fn ladder_mut(&mut self, side: Side) -> &mut Ladder {
        match side {
            Side::Buy => &mut self.bids,
            Side::Sell => &mut self.asks,
        }
    }
}
