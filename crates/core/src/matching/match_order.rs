//! An incoming order meets others: what bounds it, and what the exchange does at each meeting.

use alloc::vec::Vec;

use cse_book::{MatchEnd, Matching, Order, match_incoming, opposite};
use cse_wire::{CloseReason, Side, TRADES_MAX};

use super::prevention::Taker;
use crate::auctions::{Verdict, VolatilityGuard};
use crate::exchange::{Exchange, Moment};
use crate::money::affordable;
use crate::orders::Incoming;

/// What an incoming order is sized by.
#[derive(Clone, Copy)]
pub(crate) enum SizedBy {
    /// Its remaining lots.
    Quantity,
    /// The quote units that a buy may cost, fees included.
    QuoteAmount(u128),
}

impl SizedBy {
    /// By a quote amount, unless that is 0.
    #[inline(always)]
    pub(crate) const fn of(quote_amount: u128) -> Self {
        match quote_amount {
            0 => Self::Quantity,
            amount => Self::QuoteAmount(amount),
        }
    }
}

/// Why an order closes that does not rest. One that reached a bound may not: what is left of it would
/// cross the book.
pub(crate) fn close_reason(end: MatchEnd) -> CloseReason {
    match end {
        MatchEnd::Satisfied => CloseReason::Filled,
        MatchEnd::Prevented => CloseReason::SelfTrade,
        MatchEnd::Exhausted | MatchEnd::Bounded | MatchEnd::Interrupted => CloseReason::Expired,
    }
}

/// An incoming order under way.
struct Passage<'a> {
    exchange: &'a mut Exchange,
    at: Moment,
    incoming: &'a mut Incoming,
    limit: Option<u64>,
    sized_by: SizedBy,
    /// The most notional that a buy by quote amount comes to.
    most_notional: u128,
    taker: Taker,
    meetings: usize,
    guard: Option<VolatilityGuard>,
    out: &'a mut Vec<u8>,
}

impl Matching for Passage<'_> {
    const MEETINGS_MAX: usize = TRADES_MAX;

    /// Nothing is wanted: no lots, or not one quote unit is left to spend.
    #[inline]
    fn is_satisfied(&self) -> bool {
        let Incoming { order, details, .. } = &*self.incoming;
        match self.sized_by {
            SizedBy::Quantity => order.shown == 0,
            SizedBy::QuoteAmount(amount) => {
                details.taker_notional as i128 + details.fee >= amount as i128
            }
        }
    }

    #[inline]
    fn first_maker(&self) -> Option<u32> {
        let order = &self.incoming.order;
        let market = self.exchange.markets.at(order.market);
        market.ladder(opposite(order.side)).first_within(self.limit)
    }

    #[inline]
    fn is_due(&self, slot: u32) -> bool {
        fault!(
            DueOrderTrades,
            false,
            self.exchange.orders.is_due(slot, self.at.time_us)
        )
    }

    #[inline]
    fn lots_with(&self, slot: u32) -> u64 {
        let Incoming { order, details, .. } = &*self.incoming;
        let maker = &self.exchange.orders[slot];
        match self.sized_by {
            SizedBy::Quantity => maker.shown.min(order.shown),
            SizedBy::QuoteAmount(_) => {
                let market = self.exchange.markets.at(order.market);
                let left = self.most_notional - details.taker_notional;
                market.lots_for(left, maker.price(), maker.shown)
            }
        }
    }

    #[inline]
    fn is_own(&self, slot: u32) -> bool {
        let maker = &self.exchange.orders[slot];
        self.taker.is_own(&self.exchange.accounts, maker)
    }

    #[inline]
    fn ends_before(&mut self, slot: u32) -> bool {
        match self.guard {
            None => false,
            Some(_) => self.interrupts_at(slot),
        }
    }

    fn expire(&mut self, slot: u32) {
        self.meetings += 1;
        self.exchange
            .close_resting(self.at, slot, CloseReason::Expired, self.out);
    }

    fn prevent(&mut self, slot: u32, lots: u64) -> bool {
        self.meetings += 1;
        let prevention = self.taker.prevention();
        self.exchange
            .prevent(self.at, self.incoming, slot, lots, prevention, self.out)
    }

    #[inline]
    fn trade(&mut self, slot: u32, lots: u64) {
        self.meetings += 1;
        self.exchange
            .trade(self.at, self.incoming, slot, lots, self.out);
    }
}

impl Passage<'_> {
    /// Whether the trade with a maker is too far off; if not it may begin a window.
    fn interrupts_at(&mut self, slot: u32) -> bool {
        let order = &self.exchange.orders[slot];
        let (market, price) = (order.market, order.price());
        let Some(guard) = &mut self.guard else {
            return false;
        };
        match guard.judge(price) {
            Verdict::Interrupts => true,
            Verdict::Passes => false,
            Verdict::BeginsWindow => {
                let market = self.exchange.markets.at_mut(market);
                market.set_interruption_reference(price, self.at.time_us);
                false
            }
        }
    }
}

impl Exchange {
    /// Trades an accepted order against the opposite side, at `limit` or better if there is one, and
    /// within the market's band. One that stops at the band ends as at any other bound.
    pub(crate) fn match_order(
        &mut self,
        at: Moment,
        incoming: &mut Incoming,
        limit: Option<u64>,
        sized_by: SizedBy,
        out: &mut Vec<u8>,
    ) -> MatchEnd {
        let most_notional = match sized_by {
            SizedBy::Quantity => 0,
            SizedBy::QuoteAmount(amount) => affordable(incoming.details.taker_fee_ppm, amount),
        };
        let Order { market, side, .. } = incoming.order;
        if incoming.order.shown > 0 && self.meets_nobody(&incoming.order, limit) {
            self.meetings = 0;
            return MatchEnd::Exhausted;
        }
        let entry = self.markets.at(market);
        let within = entry.limit_within_band(side, limit);
        let taker = Taker::of(&self.accounts, incoming);
        let guard = entry.volatility_guard(at.time_us);
        let mut passage = Passage {
            exchange: self,
            at,
            limit: within,
            sized_by,
            most_notional,
            taker,
            guard,
            incoming,
            meetings: 0,
            out,
        };
        let end = match_incoming(&mut passage);
        self.meetings = passage.meetings;
        match end {
            MatchEnd::Exhausted if within != limit => self.at_band(market, side, limit),
            MatchEnd::Interrupted => {
                self.interrupt(at, market, out);
                end
            }
            _ => end,
        }
    }

    /// Whether no order crosses with an incoming one, which no band holds back either.
    #[inline(always)]
    pub(crate) fn meets_nobody(&self, order: &Order, limit: Option<u64>) -> bool {
        let market = self.markets.at(order.market);
        market.limit_within_band(order.side, limit) == limit
            && market
                .ladder(opposite(order.side))
                .first_within(limit)
                .is_none()
    }

    /// How matching ended that found nothing more within the band.
    fn at_band(&self, market: u32, side: Side, limit: Option<u64>) -> MatchEnd {
        let ladder = self.markets.at(market).ladder(opposite(side));
        match ladder.first_within(limit) {
            Some(_) => MatchEnd::Bounded,
            None => MatchEnd::Exhausted,
        }
    }
}
