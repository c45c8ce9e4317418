//! Walks through a side of the book that change nothing: what an order would get.

use cse_wire::{Side, TRADES_MAX};

use crate::exchange::Exchange;
use crate::orders::{Order, opposite};

/// Where a walk ended.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum WalkEnd {
    /// Nothing more is wanted.
    Satisfied,
    /// No order is left that crosses.
    Exhausted,
    /// At an order of the same owner.
    SelfTrade,
    /// At the order that would take part in one trade too many.
    Bounded,
}

/// What a walk has found.
pub(crate) struct Walk {
    pub(crate) lots: u64,
    pub(crate) notional: u128,
    pub(crate) end: WalkEnd,
}

/// Whose walk, and where: `side` is the side of the order that walks.
#[derive(Clone, Copy)]
pub(crate) struct Walker {
    pub(crate) account: u32,
    pub(crate) market: u32,
    pub(crate) side: Side,
}

impl Exchange {
    /// Walks for `wanted` lots, at `limit` or better where there is one.
    pub(crate) fn walk_for_lots(&self, walker: Walker, limit: Option<u64>, wanted: u64) -> Walk {
        let market = self.markets.at(walker.market);
        let ladder = market.ladder(opposite(walker.side));
        self.walk(walker, |maker, walked| {
            if walked.lots == wanted {
                return Step::End(WalkEnd::Satisfied);
            }
            match maker {
                Some(maker) if limit.is_none_or(|limit| ladder.reaches(limit, maker.price)) => {
                    Step::Take(maker.remaining.min(wanted - walked.lots))
                }
                _ => Step::End(WalkEnd::Exhausted),
            }
        })
    }

    /// Walks for as many lots as bring `amount` quote units at most.
    pub(crate) fn walk_for_amount(&self, walker: Walker, amount: u128) -> Walk {
        let market = self.markets.at(walker.market);
        // Set once an order could not give all it had.
        let mut is_cut = false;
        self.walk(walker, |maker, walked| {
            let left = amount - walked.notional;
            if is_cut || left == 0 {
                return Step::End(WalkEnd::Satisfied);
            }
            let Some(maker) = maker else {
                return Step::End(WalkEnd::Exhausted);
            };
            let affordable = left / market.lot_notional(maker.price);
            is_cut = affordable < u128::from(maker.remaining);
            Step::Take(if is_cut {
                affordable as u64
            } else {
                maker.remaining
            })
        })
    }

    /// Goes from maker to maker; `step` sees the next one, if any, and says what it gives.
    fn walk(&self, walker: Walker, mut step: impl FnMut(Option<&Order>, &Walk) -> Step) -> Walk {
        let market = self.markets.at(walker.market);
        let owner = self.accounts.owner_of(walker.account);
        let mut makers = market.ladder(opposite(walker.side)).makers(&self.orders);
        let mut trades = 0;
        let mut walk = Walk {
            lots: 0,
            notional: 0,
            end: WalkEnd::Satisfied,
        };
        loop {
            let maker = makers.next();
            let lots = match step(maker, &walk) {
                Step::End(end) => {
                    walk.end = end;
                    return walk;
                }
                Step::Take(lots) => lots,
            };
            let Some(maker) = maker.filter(|maker| self.accounts.owner_of(maker.account) != owner)
            else {
                walk.end = WalkEnd::SelfTrade;
                return walk;
            };
            if lots > 0 {
                if trades == TRADES_MAX {
                    walk.end = WalkEnd::Bounded;
                    return walk;
                }
                trades += 1;
            }
            walk.lots += lots;
            walk.notional += market.notional(maker.price, lots);
        }
    }
}

/// What to do about the next maker.
enum Step {
    Take(u64),
    End(WalkEnd),
}
