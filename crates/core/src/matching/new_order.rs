//! What becomes of an order that was taken in and waits for nothing: it meets others, rests or closes.

use alloc::vec::Vec;

use cse_wire::{CloseReason, MarketStatus, PlaceOrder, SelfTradePrevention, Side, TimeInForce};

use super::match_order::{SizedBy, close_reason};
use super::walk::{WalkEnd, Walker, Wanted};
use crate::exchange::{Exchange, Moment};
use crate::orders::{Admitted, Incoming, Terms};

/// How an accepted order meets others.
struct Meeting {
    terms: Terms,
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
        let meeting = Meeting {
            terms: admitted.terms,
            limit,
            sized_by: if admitted.terms.side == Side::Buy && command.quote_amount > 0 {
                SizedBy::QuoteAmount(command.quote_amount)
            } else {
                SizedBy::Quantity
            },
            lots: admitted.plan.lots,
            walk_end: admitted.plan.walk_end,
        };
        self.meet_others(at, &mut incoming.clone(), &meeting, out);
    }

    /// Matches an accepted order that may meet others.
    #[inline(never)]
    fn meet_others(
        &mut self,
        at: Moment,
        incoming: &mut Incoming,
        meeting: &Meeting,
        out: &mut Vec<u8>,
    ) {
        let &Meeting {
            terms,
            limit,
            sized_by,
            ..
        } = meeting;
        let is_fok = terms.time_in_force == TimeInForce::Fok;
        if fault!(FillOrKillFillsInPart, false, is_fok)
            && !self.trades_whole(self.walker_of(at, incoming, limit), meeting.lots)
        {
            self.close(at, incoming, CloseReason::Killed, out);
            return;
        }
        let end = self.match_order(at, incoming, limit, sized_by, out);
        let reason = match meeting.walk_end {
            Some(walk_end) => self.end_walk(at, incoming, walk_end, out),
            None if end.leaves_rest() && terms.may_rest() => {
                self.rest(incoming.clone());
                return;
            }
            None => close_reason(end),
        };
        self.close(at, incoming, reason, out);
    }

    /// Whether a fill-or-kill order finds all its lots. With own orders in its way it does not,
    /// unless they are to give way.
    pub(crate) fn trades_whole(&self, walker: Walker, lots: u64) -> bool {
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
