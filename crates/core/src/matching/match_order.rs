//! What the exchange says when an incoming order meets others, and how an order comes to rest.

use alloc::vec::Vec;

use cse_book::{MatchEnd, Matching, Order, match_incoming, opposite};
use cse_wire::{CloseReason, Side, TRADES_MAX, TimeInForce};

use super::prevention::Taker;
use super::walk::Walker;
use crate::auctions::{HaltGuard, Look};
use crate::exchange::{Exchange, Moment};
use crate::markets::Market;
use crate::money::{affordable, need};
use crate::orders::{Incoming, may_rest};

/// What bounds an incoming order.
#[derive(Clone, Copy)]
pub(crate) enum Want {
    /// Its remaining lots.
    Lots,
    /// The quote units that a buy may cost, fees included.
    Amount(u128),
}

/// Why an order closes that does not rest. One that reached a bound may not: what is left of it would
/// cross the book.
pub(crate) fn close_reason(end: MatchEnd) -> CloseReason {
    match end {
        MatchEnd::Satisfied => CloseReason::Filled,
        MatchEnd::Prevented => CloseReason::SelfTrade,
        MatchEnd::Exhausted | MatchEnd::Bounded | MatchEnd::Halted => CloseReason::Expired,
    }
}

/// An incoming order under way.
struct Passage<'a> {
    exchange: &'a mut Exchange,
    at: Moment,
    incoming: &'a mut Incoming,
    limit: Option<u64>,
    want: Want,
    /// The most notional that a buy by quote amount comes to.
    most_notional: u128,
    taker: Taker,
    meetings: usize,
    halt: Option<HaltGuard>,
    out: &'a mut Vec<u8>,
}

impl Matching for Passage<'_> {
    const MEETINGS_MAX: usize = TRADES_MAX;

    /// Nothing is wanted: no lots, or not one quote unit is left to spend.
    #[inline]
    fn is_satisfied(&self) -> bool {
        let Incoming { order, details, .. } = &*self.incoming;
        match self.want {
            Want::Lots => order.shown == 0,
            Want::Amount(amount) => details.taker_notional as i128 + details.fee >= amount as i128,
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
        match self.want {
            Want::Lots => maker.shown.min(order.shown),
            Want::Amount(_) => {
                let market = self.exchange.markets.at(order.market);
                let left = self.most_notional - details.taker_notional;
                payable(market, maker.price(), maker.shown, left)
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
        match self.halt {
            None => false,
            Some(_) => self.halts_at(slot),
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
    /// Whether the trade with a maker would halt the market; if not it may begin a window.
    fn halts_at(&mut self, slot: u32) -> bool {
        let order = &self.exchange.orders[slot];
        let (market, price) = (order.market, order.price());
        let Some(halt) = &mut self.halt else {
            return false;
        };
        match halt.look_at(price) {
            Look::Halts => true,
            Look::Passes => false,
            Look::Begins => {
                let market = self.exchange.markets.at_mut(market);
                market.set_halt_reference(price, self.at.time_us);
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
        want: Want,
        out: &mut Vec<u8>,
    ) -> MatchEnd {
        let most_notional = match want {
            Want::Lots => 0,
            Want::Amount(amount) => affordable(incoming.details.taker_fee_ppm, amount),
        };
        let Order { market, side, .. } = incoming.order;
        let entry = self.markets.at(market);
        let within = entry.limit_within_band(side, limit);
        let ladder = entry.ladder(opposite(side));
        if within == limit && incoming.order.shown > 0 && ladder.first_within(limit).is_none() {
            self.meetings = 0;
            return MatchEnd::Exhausted;
        }
        let taker = Taker::of(&self.accounts, incoming);
        let halt = entry.halt_guard(at.time_us);
        let mut passage = Passage {
            exchange: self,
            at,
            limit: within,
            want,
            most_notional,
            taker,
            halt,
            incoming,
            meetings: 0,
            out,
        };
        let end = match_incoming(&mut passage);
        self.meetings = passage.meetings;
        match end {
            MatchEnd::Exhausted if within != limit => self.at_band(market, side, limit),
            MatchEnd::Halted => {
                self.halt(at, market, out);
                end
            }
            _ => end,
        }
    }

    /// How matching ended that found nothing more within the band.
    fn at_band(&self, market: u32, side: Side, limit: Option<u64>) -> MatchEnd {
        let ladder = self.markets.at(market).ladder(opposite(side));
        match ladder.first_within(limit) {
            Some(_) => MatchEnd::Bounded,
            None => MatchEnd::Exhausted,
        }
    }

    /// Matches an open order that is in no queue as one that comes in now. What is left of it rests
    /// or closes.
    pub(crate) fn match_open(
        &mut self,
        at: Moment,
        slot: u32,
        is_limit: bool,
        want: Want,
        out: &mut Vec<u8>,
    ) {
        let mut incoming = self.orders.incoming(slot);
        let Incoming { order, details, .. } = &incoming;
        let time_in_force = if is_limit {
            details.time_in_force
        } else {
            TimeInForce::Ioc
        };
        let walker = Walker {
            taker: Taker::of(&self.accounts, &incoming),
            market: order.market,
            side: order.side,
            limit: (order.price() != 0).then_some(order.price()),
            time_us: at.time_us,
        };
        let is_killed =
            time_in_force == TimeInForce::Fok && !self.trades_whole(walker, order.shown);
        if is_killed {
            self.close_taken(at, slot, CloseReason::Killed, out);
            return;
        }
        let end = self.match_order(at, &mut incoming, walker.limit, want, out);
        self.orders.write_back(slot, incoming);
        if matches!(end, MatchEnd::Exhausted | MatchEnd::Halted) && may_rest(time_in_force) {
            self.join_book(slot);
        } else {
            self.close_taken(at, slot, close_reason(end), out);
        }
    }

    /// Puts what is left of a new limit order into the book.
    #[inline]
    pub(crate) fn rest(&mut self, incoming: &Incoming) {
        let slot = self.open(incoming);
        self.join_book(slot);
    }

    /// Gives an order that stays open a slot.
    #[inline]
    pub(crate) fn open(&mut self, incoming: &Incoming) -> u32 {
        let expires_at_us = fault!(
            ExpiryForgotten,
            crate::orders::NEVER,
            incoming.details.expires_at_us
        );
        self.expiries.add(expires_at_us, incoming.details.id);
        let Order {
            account, market, ..
        } = incoming.order;
        self.open_orders.push(account, market, incoming.details.id);
        self.orders.insert(incoming)
    }

    /// Puts an open order behind all others at its price. It can only be a maker from now on.
    pub(crate) fn join_book(&mut self, slot: u32) {
        let remaining = self.orders.remaining(slot);
        let (order, details) = self.orders.both_mut(slot);
        let (side, market) = (order.side, self.markets.at_mut(order.market));
        if side == Side::Buy {
            let needed = need(market, order, remaining, details);
            let spare = details.held - needed;
            if fault!(TakersRateHeldAtRest, false, spare > 0) {
                details.held = needed;
                self.balances
                    .touch(order.account, market.state.quote)
                    .release(spare);
            }
        }
        let is_linked = details.is_linked;
        market
            .ladder_mut(side)
            .join(&mut self.orders.slab, slot, &mut self.depth_log);
        if is_linked {
            self.linked_rests(slot);
        }
    }
}

/// The lots of a slice at a price that `left` quote units of notional reach for.
fn payable(market: &Market, price: u64, slice: u64, left: u128) -> u64 {
    let lots = left / market.lot_notional(price);
    u64::try_from(lots).map_or(slice, |lots| lots.min(slice))
}
