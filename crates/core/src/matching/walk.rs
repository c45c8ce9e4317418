//! Walks through a side of the book that change nothing: what an order would get.

use alloc::collections::VecDeque;

use cse_book::{NONE, Order, opposite};
use cse_wire::{SelfTradePrevention, Side, TRADES_MAX};

use super::prevention::Taker;
use crate::auctions::{Verdict, VolatilityGuard};
use crate::exchange::{Exchange, Moment};
use crate::markets::Market;
use crate::orders::{Incoming, Orders};

/// Where a walk ended.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum WalkEnd {
    /// Nothing more is wanted.
    Satisfied,
    /// No order is left that crosses.
    Exhausted,
    /// At an own order, with which so many lots would have traded.
    Prevented { order_id: u64, lots: u64 },
    /// At the order that would be one meeting too many.
    Bounded,
}

/// What a walk has found.
pub(crate) struct Walk {
    pub(crate) lots: u64,
    pub(crate) notional: u128,
    pub(crate) end: WalkEnd,
}

/// Whose walk, where and when: `side` is the side of the order that walks.
#[derive(Clone, Copy)]
pub(crate) struct Walker {
    pub(crate) taker: Taker,
    pub(crate) market: u32,
    pub(crate) side: Side,
    /// Its bound of price.
    pub(crate) limit: Option<u64>,
    pub(crate) time_us: i64,
}

/// What a walk still wants.
#[derive(Clone, Copy)]
pub(crate) enum Wanted {
    Lots(u64),
    /// Quote units of notional.
    Amount(u128),
}

impl Wanted {
    fn is_nothing(self) -> bool {
        matches!(self, Self::Lots(0) | Self::Amount(0))
    }

    /// The lots of a slice at a price that would be given.
    fn lots_of(self, market: &Market, price: u64, slice: u64) -> u64 {
        match self {
            Self::Lots(lots) => slice.min(lots),
            Self::Amount(amount) => market.lots_for(amount, price, slice),
        }
    }

    fn without(self, lots: u64, notional: u128) -> Self {
        match self {
            Self::Lots(wanted) => Self::Lots(wanted - lots),
            Self::Amount(amount) => Self::Amount(amount - notional),
        }
    }
}

/// A walk under way: what it has found, and what it wants beyond that.
struct Finding {
    lots: u64,
    notional: u128,
    wanted: Wanted,
}

impl Finding {
    /// A maker gives lots.
    fn add(&mut self, market: &Market, maker: &Maker<'_>, lots: u64) {
        let notional = market.notional(maker.order.price(), lots);
        self.lots += lots;
        self.notional += notional;
        self.wanted = match self.wanted {
            // One that could not give all it had is the last.
            Wanted::Amount(_) if lots < maker.slice => Wanted::Amount(0),
            wanted => wanted.without(lots, notional),
        };
    }

    fn ended(self, end: WalkEnd) -> Walk {
        Walk {
            lots: self.lots,
            notional: self.notional,
            end,
        }
    }
}

/// A maker as a walk meets it.
struct Maker<'a> {
    slot: u32,
    order: &'a Order,
    is_due: bool,
    /// What it shows, and all that it would have left.
    slice: u64,
    remaining: u64,
}

/// The orders of a side one by one, as matching would meet them.
struct MakersAhead<'a, L> {
    orders: &'a Orders,
    time_us: i64,
    /// The oldest order of each level that is to come.
    levels: L,
    /// The next one at the level under way.
    next: u32,
    /// Behind all of it: icebergs that stand there again, with what they would have left.
    again: VecDeque<(u32, u64)>,
}

impl<'a, L: Iterator<Item = u32>> MakersAhead<'a, L> {
    fn new(orders: &'a Orders, levels: L, time_us: i64) -> Self {
        Self {
            orders,
            time_us,
            levels,
            next: NONE,
            again: VecDeque::new(),
        }
    }

    fn meet(&mut self) -> Option<Maker<'a>> {
        loop {
            if self.next != NONE {
                let slot = self.next;
                let order = &self.orders[slot];
                self.next = order.behind();
                return Some(Maker {
                    slot,
                    order,
                    is_due: self.orders.is_due(slot, self.time_us),
                    slice: order.shown,
                    remaining: self.orders.remaining(slot),
                });
            }
            if let Some((slot, remaining)) = self.again.pop_front() {
                return Some(Maker {
                    slot,
                    order: &self.orders[slot],
                    is_due: false,
                    slice: self.orders.slab.display(slot).min(remaining),
                    remaining,
                });
            }
            self.next = self.levels.next()?;
        }
    }

    /// One that was met has given all of its slice, or less.
    fn give(&mut self, met: &Maker<'a>, lots: u64) {
        let has_more = fault!(WalkMissesReloads, false, lots < met.remaining);
        if lots == met.slice && has_more {
            self.again.push_back((met.slot, met.remaining - lots));
        }
    }
}

impl Exchange {
    /// An order that was taken in, as it walks.
    pub(crate) fn walker_of(&self, at: Moment, incoming: &Incoming, limit: Option<u64>) -> Walker {
        let Order { market, side, .. } = incoming.order;
        Walker {
            taker: Taker::of(&self.accounts, incoming),
            market,
            side,
            limit,
            time_us: at.time_us,
        }
    }

    /// Goes from maker to maker until nothing more is wanted, or the walk ends for another reason.
    pub(crate) fn walk(&self, walker: Walker, wanted: Wanted) -> Walk {
        let market = self.markets.at(walker.market);
        let ladder = market.ladder(opposite(walker.side));
        let within = market.limit_within_band(walker.side, walker.limit);
        let crosses =
            |met: &Maker<'_>| within.is_none_or(|limit| ladder.reaches(limit, met.order.price()));
        let mut guard = market.volatility_guard(walker.time_us);
        let mut interrupts_at = |price: u64| {
            let judge = |guard: &mut VolatilityGuard| guard.judge(price) == Verdict::Interrupts;
            guard.as_mut().is_some_and(judge)
        };
        let mut ahead = MakersAhead::new(&self.orders, ladder.oldest_slots(), walker.time_us);
        let mut found = Finding {
            lots: 0,
            notional: 0,
            wanted,
        };
        let mut meetings = 0;
        let end = loop {
            if found.wanted.is_nothing() {
                break WalkEnd::Satisfied;
            }
            let Some(met) = ahead.meet().filter(crosses) else {
                break WalkEnd::Exhausted;
            };
            let price = met.order.price();
            let lots = found.wanted.lots_of(market, price, met.slice);
            if lots == 0 && !met.is_due {
                break WalkEnd::Satisfied;
            }
            if meetings == TRADES_MAX {
                break WalkEnd::Bounded;
            }
            meetings += 1;
            if met.is_due {
                continue;
            }
            match walker.taker.prevention_with(&self.accounts, met.order) {
                None if interrupts_at(price) => break WalkEnd::Exhausted,
                None => {
                    found.add(market, &met, lots);
                    ahead.give(&met, lots);
                }
                Some(SelfTradePrevention::CancelOldest) => {}
                Some(SelfTradePrevention::Decrement) => {
                    found.wanted = found.wanted.without(lots, 0);
                    ahead.give(&met, lots);
                }
                Some(_) => {
                    let order_id = self.orders.id(met.slot);
                    break WalkEnd::Prevented { order_id, lots };
                }
            }
        };
        found.ended(end)
    }
}
