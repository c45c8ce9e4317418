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
    pub(crate) fn walk(&self, walker: Walker, mut wanted: Wanted) -> Walk {
        let market = self.markets.at(walker.market);
        let ladder = market.ladder(opposite(walker.side));
        let within = market.limit_within_band(walker.side, walker.limit);
        let crosses =
            |met: &Maker<'_>| within.is_none_or(|limit| ladder.reaches(limit, met.order.price()));
        let mut guard = market.volatility_guard(walker.time_us);
        let mut ahead = MakersAhead {
            orders: &self.orders,
            time_us: walker.time_us,
            levels: ladder.oldest_slots(),
            next: NONE,
            again: VecDeque::new(),
        };
        let mut meetings = 0;
        let (mut lots, mut notional) = (0, 0);
        let end = loop {
            if wanted.is_nothing() {
                break WalkEnd::Satisfied;
            }
            let Some(met) = ahead.meet().filter(crosses) else {
                break WalkEnd::Exhausted;
            };
            let maker = met.order;
            let given = wanted.lots_of(market, maker.price(), met.slice);
            if given == 0 && !met.is_due {
                break WalkEnd::Satisfied;
            }
            if meetings == TRADES_MAX {
                break WalkEnd::Bounded;
            }
            meetings += 1;
            if met.is_due {
                continue;
            }
            let prevention = walker.taker.prevention_with(&self.accounts, maker);
            let is_interrupted =
                |guard: &mut VolatilityGuard| guard.judge(maker.price()) == Verdict::Interrupts;
            match prevention {
                None if guard.as_mut().is_some_and(is_interrupted) => break WalkEnd::Exhausted,
                None => {
                    let of_fill = market.notional(maker.price(), given);
                    lots += given;
                    notional += of_fill;
                    wanted = match wanted {
                        // One that could not give all it had is the last.
                        Wanted::Amount(_) if given < met.slice => Wanted::Amount(0),
                        _ => wanted.without(given, of_fill),
                    };
                    ahead.give(&met, given);
                }
                Some(SelfTradePrevention::CancelOldest) => {}
                Some(SelfTradePrevention::Decrement) => {
                    wanted = wanted.without(given, 0);
                    ahead.give(&met, given);
                }
                Some(_) => {
                    break WalkEnd::Prevented {
                        order_id: self.orders.id(met.slot),
                        lots: given,
                    };
                }
            }
        };
        Walk {
            lots,
            notional,
            end,
        }
    }
}
