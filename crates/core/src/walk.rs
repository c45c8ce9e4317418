//! Walks through a side of the book that change nothing: what an order would get.

use cse_wire::{SelfTradePrevention, Side, TRADES_MAX};

use crate::exchange::Exchange;
use crate::markets::Market;
use crate::orders::{Order, opposite};
use crate::prevention::Taker;

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
    pub(crate) account: u32,
    pub(crate) market: u32,
    pub(crate) side: Side,
    pub(crate) prevention: SelfTradePrevention,
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

    /// The lots that a maker would give.
    fn lots_of(self, market: &Market, maker: &Order) -> u64 {
        match self {
            Self::Lots(lots) => maker.remaining.min(lots),
            Self::Amount(amount) => {
                let affordable = amount / market.lot_notional(maker.price);
                u64::try_from(affordable).map_or(maker.remaining, |lots| lots.min(maker.remaining))
            }
        }
    }

    fn without(self, lots: u64, notional: u128) -> Self {
        match self {
            Self::Lots(wanted) => Self::Lots(wanted - lots),
            Self::Amount(amount) => Self::Amount(amount - notional),
        }
    }
}

impl Exchange {
    /// Goes from maker to maker until nothing more is wanted, or the walk ends for another reason.
    pub(crate) fn walk(&self, walker: Walker, mut wanted: Wanted) -> Walk {
        let market = self.markets.at(walker.market);
        let ladder = market.ladder(opposite(walker.side));
        let taker = Taker::new(&self.accounts, walker.account, walker.prevention);
        let crosses = |maker: &&Order| {
            walker
                .limit
                .is_none_or(|limit| ladder.reaches(limit, maker.price))
        };
        let mut makers = ladder.makers(&self.orders);
        let mut meetings = 0;
        let (mut lots, mut notional) = (0, 0);
        let end = loop {
            if wanted.is_nothing() {
                break WalkEnd::Satisfied;
            }
            let Some(maker) = makers.next().filter(crosses) else {
                break WalkEnd::Exhausted;
            };
            let is_due = maker.expires_at_us <= walker.time_us;
            let given = wanted.lots_of(market, maker);
            if given == 0 && !is_due {
                break WalkEnd::Satisfied;
            }
            if meetings == TRADES_MAX {
                break WalkEnd::Bounded;
            }
            meetings += 1;
            if is_due {
                continue;
            }
            match taker.prevention_with(&self.accounts, maker.account) {
                None => {
                    let of_fill = market.notional(maker.price, given);
                    lots += given;
                    notional += of_fill;
                    wanted = match wanted {
                        // One that could not give all it had is the last.
                        Wanted::Amount(_) if given < maker.remaining => Wanted::Amount(0),
                        _ => wanted.without(given, of_fill),
                    };
                }
                Some(SelfTradePrevention::CancelOldest) => {}
                Some(SelfTradePrevention::Decrement) => wanted = wanted.without(given, 0),
                Some(_) => {
                    break WalkEnd::Prevented {
                        order_id: maker.id,
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
