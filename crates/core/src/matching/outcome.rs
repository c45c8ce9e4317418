//! What becomes of an order that meets others: it rests or closes. It was just taken in and waits for
//! nothing, or is open and in no queue.

use alloc::vec::Vec;

use cse_wire::{CloseReason, MarketStatus, PlaceOrder, SelfTradePrevention, Side, TimeInForce};

use super::match_order::{SizedBy, close_reason};
use super::walk::{WalkEnd, Walker, Wanted};
use crate::exchange::{Exchange, Moment};
use crate::orders::{Admitted, Incoming, may_rest};

/// How an order is matched.
struct MatchTerms {
    time_in_force: TimeInForce,
    /// Whether what does not trade at once may stay.
    may_rest: bool,
    limit: Option<u64>,
    sized_by: SizedBy,
    /// The order's lots, and how the walk of a sell by quote amount ended, as planned.
    lots: u64,
    walk_end: Option<WalkEnd>,
}

impl Exchange {
    /// Matches an accepted order; what is left of it rests or closes.
    #[inline(always)]
    pub(crate) fn match_new(
        &mut self,
        at: Moment,
        incoming: Incoming,
        command: &PlaceOrder,
        admitted: &Admitted,
        out: &mut Vec<u8>,
    ) {
        let limit = (admitted.price != 0).then_some(admitted.price);
        let is_collected = self.markets.at(command.market).is(MarketStatus::Auction);
        let rests = admitted.terms.may_rest() && self.meets_nobody(&incoming.order, limit);
        if is_collected || rests {
            self.rest(incoming);
            return;
        }
        // Copies, so that an order that rests at once is built nowhere but in its slot.
        let terms = MatchTerms {
            time_in_force: admitted.terms.time_in_force,
            may_rest: admitted.terms.may_rest(),
            limit,
            // The walk of a sell by quote amount has set its lots.
            sized_by: match admitted.terms.side {
                Side::Buy => SizedBy::of(command.quote_amount),
                Side::Sell => SizedBy::Quantity,
            },
            lots: admitted.plan.lots,
            walk_end: admitted.plan.walk_end,
        };
        self.match_crossing(at, incoming.clone(), &terms, out);
    }

    /// Matches an accepted order that may meet others.
    #[inline(never)]
    fn match_crossing(
        &mut self,
        at: Moment,
        mut incoming: Incoming,
        terms: &MatchTerms,
        out: &mut Vec<u8>,
    ) {
        match self.meet_others(at, &mut incoming, terms, out) {
            None => self.rest(incoming),
            Some(reason) => self.close(at, &incoming, reason, out),
        }
    }

    /// Matches an open order that is in no queue as one that comes in now.
    pub(crate) fn match_open(
        &mut self,
        at: Moment,
        slot: u32,
        is_limit: bool,
        sized_by: SizedBy,
        out: &mut Vec<u8>,
    ) {
        let mut incoming = self.orders.incoming(slot);
        let Incoming { order, details, .. } = &incoming;
        let time_in_force = if is_limit {
            details.time_in_force
        } else {
            TimeInForce::Ioc
        };
        let terms = MatchTerms {
            time_in_force,
            may_rest: may_rest(time_in_force),
            limit: (order.price() != 0).then_some(order.price()),
            sized_by,
            lots: order.shown,
            walk_end: None,
        };
        let reason = self.meet_others(at, &mut incoming, &terms, out);
        self.finish_open(at, slot, incoming, reason, out);
    }

    /// Has what matching left of an open order rest, or closes it.
    pub(crate) fn finish_open(
        &mut self,
        at: Moment,
        slot: u32,
        incoming: Incoming,
        reason: Option<CloseReason>,
        out: &mut Vec<u8>,
    ) {
        self.orders.write_back(slot, incoming);
        match reason {
            None => self.join_book(slot),
            Some(reason) => self.close_taken(at, slot, reason, out),
        }
    }

    /// Has an order meet others, and says why it closes; `None` where what is left of it rests.
    fn meet_others(
        &mut self,
        at: Moment,
        incoming: &mut Incoming,
        terms: &MatchTerms,
        out: &mut Vec<u8>,
    ) -> Option<CloseReason> {
        let &MatchTerms {
            limit, sized_by, ..
        } = terms;
        let is_fok = terms.time_in_force == TimeInForce::Fok;
        if fault!(FillOrKillFillsInPart, false, is_fok)
            && !self.trades_whole(self.walker_of(at, incoming, limit), terms.lots)
        {
            return Some(CloseReason::Killed);
        }
        let end = self.match_order(at, incoming, limit, sized_by, out);
        match terms.walk_end {
            Some(walk_end) => Some(self.end_walk(at, incoming, walk_end, out)),
            None if end.leaves_rest() && terms.may_rest => None,
            None => Some(close_reason(end)),
        }
    }

    /// Whether a fill-or-kill order finds all its lots. With own orders in its way it does not,
    /// unless they are to give way.
    fn trades_whole(&self, walker: Walker, lots: u64) -> bool {
        let walker = Walker {
            taker: walker.taker.without_decrement(),
            ..walker
        };
        self.walk(walker, Wanted::Lots(lots)).end == WalkEnd::Satisfied
    }

    /// How a sell by quote amount closes, whose lots a walk has set and which have traded.
    fn end_walk(
        &mut self,
        at: Moment,
        incoming: &mut Incoming,
        end: WalkEnd,
        out: &mut Vec<u8>,
    ) -> CloseReason {
        match end {
            WalkEnd::Prevented { order_id, lots } => {
                if let Some(slot) = self.orders.slot_of(order_id) {
                    let prevention = match incoming.details.prevention {
                        SelfTradePrevention::CancelBoth => SelfTradePrevention::CancelBoth,
                        _ => SelfTradePrevention::CancelNewest,
                    };
                    self.prevent(at, incoming, slot, lots, prevention, out);
                }
                CloseReason::SelfTrade
            }
            WalkEnd::Satisfied if incoming.details.filled > 0 => CloseReason::Filled,
            _ => CloseReason::Expired,
        }
    }
}
