//! Matching: best price first, oldest first, at the maker's price.

use alloc::vec::Vec;

use crate::exchange::{Exchange, Moment};
use crate::fees::affordable;
use crate::holds::need;
use crate::markets::Market;
use crate::orders::{Order, opposite};
use crate::prevention::Taker;
use cse_wire::{CloseReason, Side, TRADES_MAX};

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
    /// It met an own order, and is to close for it.
    Prevented,
    /// One command may bring about no more meetings.
    Bounded,
}

impl MatchEnd {
    /// Why an order closes that does not rest. One that reached the bound may not: what is left of
    /// it would cross the book.
    pub(crate) fn close_reason(self) -> CloseReason {
        match self {
            Self::Satisfied => CloseReason::Filled,
            Self::Prevented => CloseReason::SelfTrade,
            Self::Exhausted | Self::Bounded => CloseReason::Expired,
        }
    }
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
        let taker = Taker::new(&self.accounts, order.account, order.prevention);
        let most_notional = match want {
            Want::Lots => 0,
            Want::Amount(amount) => affordable(order.taker_fee_ppm, amount),
        };
        let mut meetings = 0;
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
            let slot = best.oldest;
            let maker = &self.orders[slot];
            let is_due = maker.expires_at_us <= at.time_us;
            let lots = match want {
                Want::Lots => maker.shown.min(order.remaining),
                Want::Amount(_) => {
                    let left = most_notional - order.taker_notional;
                    payable(market, maker, left)
                }
            };
            if lots == 0 && !is_due {
                return MatchEnd::Satisfied;
            }
            if meetings == TRADES_MAX {
                return MatchEnd::Bounded;
            }
            meetings += 1;
            if is_due {
                self.close_resting(at, slot, CloseReason::Expired, out);
                continue;
            }
            match taker.prevention_with(&self.accounts, maker.account) {
                None => self.trade(at, order, slot, lots, out),
                Some(prevention) => {
                    if self.prevent(at, order, slot, lots, prevention, out) {
                        return MatchEnd::Prevented;
                    }
                }
            }
        }
    }

    /// Puts what is left of a new limit order into the book.
    pub(crate) fn rest(&mut self, order: Order) {
        self.expiries.add(order.expires_at_us, order.id);
        let slot = self.orders.insert(order);
        self.open_orders.push(&mut self.orders, slot);
        self.join_book(slot);
    }

    /// Puts an open order behind all others at its price. It can only be a maker from now on.
    pub(crate) fn join_book(&mut self, slot: u32) {
        let order = &mut self.orders[slot];
        order.shown = order.slice();
        let side = order.side;
        let market = self.markets.at_mut(order.market);
        if side == Side::Buy {
            let needed = need(market, order);
            let spare = order.held - needed;
            if spare > 0 {
                order.held = needed;
                self.balances
                    .touch(order.account, market.state.quote)
                    .release(spare);
            }
        }
        market
            .ladder_mut(side)
            .join(&mut self.orders, slot, &mut self.depth_log);
    }
}

/// The lots that a maker shows and that `left` quote units of notional reach for.
fn payable(market: &Market, maker: &Order, left: u128) -> u64 {
    let lots = left / market.lot_notional(maker.price);
    u64::try_from(lots).map_or(maker.shown, |lots| lots.min(maker.shown))
}

/// Whether nothing more is wanted: no lots, or not one quote unit is left to spend.
#[inline]
fn is_satisfied(order: &Order, want: Want) -> bool {
    match want {
        Want::Lots => order.remaining == 0,
        Want::Amount(amount) => order.taker_notional as i128 + order.fee >= amount as i128,
    }
}
