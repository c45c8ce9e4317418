//! Matching: best price first, oldest first, at the maker's price.

use alloc::vec::Vec;

use crate::exchange::{Exchange, Moment};
use crate::fees::{affordable, fee};
use crate::orders::{Order, opposite};
use cse_wire::{Side, TRADES_MAX};

/// What bounds an incoming order.
#[derive(Clone, Copy)]
pub(crate) enum Want {
    /// Its remaining lots.
    Lots,
    /// The quote units that a buy may cost, fees included.
    Amount(u128),
}

/// Why matching stopped.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum MatchEnd {
    /// Nothing more is wanted, or no whole lot more can be paid.
    Satisfied,
    /// No order is left that crosses.
    Exhausted,
    /// The next order is one of the same owner.
    SelfTrade,
    /// One command may bring about no more trades.
    Bounded,
}

impl Exchange {
    /// Trades an accepted order against the opposite side, at `limit` or better if there is one.
    pub(crate) fn match_order(
        &mut self,
        at: Moment,
        order: &mut Order,
        limit: Option<u64>,
        want: Want,
        out: &mut Vec<u8>,
    ) -> MatchEnd {
        let owner = self.accounts.owner_of(order.account);
        let most_notional = match want {
            Want::Lots => 0,
            Want::Amount(amount) => affordable(order.taker_fee_ppm, amount),
        };
        let mut trades = 0;
        loop {
            if is_satisfied(order, want) {
                return MatchEnd::Satisfied;
            }
            let market = self.markets.at(order.market);
            let ladder = market.ladder(opposite(order.side));
            let Some(best) = ladder
                .best()
                .filter(|best| limit.is_none_or(|limit| ladder.reaches(limit, best.price)))
            else {
                return MatchEnd::Exhausted;
            };
            let maker = &self.orders[best.oldest];
            if self.accounts.owner_of(maker.account) == owner {
                return MatchEnd::SelfTrade;
            }
            let offered = maker.remaining;
            let lots = match want {
                Want::Lots => offered.min(order.remaining),
                Want::Amount(_) => {
                    let left = most_notional - order.taker_notional;
                    let payable = left / market.lot_notional(best.price);
                    u64::try_from(payable).map_or(offered, |payable| payable.min(offered))
                }
            };
            if lots == 0 {
                return MatchEnd::Satisfied;
            }
            if trades == TRADES_MAX {
                return MatchEnd::Bounded;
            }
            trades += 1;
            let slot = best.oldest;
            self.trade(at, order, slot, lots, out);
        }
    }

    /// Puts what is left of a limit order into the book. It can only be a maker from now on.
    pub(crate) fn rest(&mut self, mut order: Order) {
        let market = self.markets.at_mut(order.market);
        if order.side == Side::Buy {
            let notional = market.notional(order.price, order.remaining);
            let enough = notional as i128 + fee(order.maker_fee_ppm.max(0), notional);
            let spare = order.held - enough;
            if spare > 0 {
                order.held = enough;
                self.balances
                    .touch(order.account, market.state.quote)
                    .release(spare);
            }
        }
        let side = order.side;
        let slot = self.orders.insert(order);
        market
            .ladder_mut(side)
            .join(&mut self.orders, slot, &mut self.depth_log);
        self.open_orders.push(&mut self.orders, slot);
    }
}

/// Whether nothing more is wanted: no lots, or not one quote unit is left to spend.
#[inline]
fn is_satisfied(order: &Order, want: Want) -> bool {
    match want {
        Want::Lots => order.remaining == 0,
        Want::Amount(amount) => order.taker_notional as i128 + order.fee >= amount as i128,
    }
}
