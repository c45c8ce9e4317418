//! What becomes of an order that was taken in: it matches at once, or waits for a trade.

use alloc::vec::Vec;

use cse_wire::{CloseReason, MarketStatus, PlaceOrder, SelfTradePrevention, Side, TimeInForce};

use super::place::Admitted;
use super::records::Incoming;
use crate::exchange::{Exchange, Moment};
use crate::matching::{SizedBy, WalkEnd, Walker, Wanted, close_reason};
use crate::triggers::Trigger;

impl Exchange {
    /// Takes an order in that has passed all checks.
    pub(crate) fn carry_out_placement(
        &mut self,
        at: Moment,
        command: &PlaceOrder,
        admitted: &Admitted,
        content: u64,
        out: &mut Vec<u8>,
    ) {
        let mut incoming = self.take_in(at, command, admitted, content, out);
        if admitted.terms.is_trigger() {
            let slot = self.open(&incoming);
            let place = self.add_trigger(slot, command, admitted);
            self.wait(place);
        } else {
            self.carry_out_order(at, &mut incoming, command, admitted, out);
        }
    }

    /// Keeps what an open order is beyond an order until it matches, and says where.
    pub(crate) fn add_trigger(
        &mut self,
        slot: u32,
        command: &PlaceOrder,
        admitted: &Admitted,
    ) -> u32 {
        let trigger = Trigger::new(slot, admitted.terms.order_type, command);
        let place = self.triggers.insert(trigger);
        self.orders.details_mut(slot).trigger = place;
        place
    }

    /// Matches an accepted order; what is left of it rests or closes.
    #[inline]
    fn carry_out_order(
        &mut self,
        at: Moment,
        incoming: &mut Incoming,
        command: &PlaceOrder,
        admitted: &Admitted,
        out: &mut Vec<u8>,
    ) {
        if self.markets.at(command.market).is(MarketStatus::Auction) {
            self.rest(incoming);
            return;
        }
        let Admitted {
            terms, price, plan, ..
        } = admitted;
        let is_fok = terms.time_in_force == TimeInForce::Fok;
        if fault!(FillOrKillFillsInPart, false, is_fok)
            && !self.trades_whole(self.walker(at, command, *terms, *price), plan.lots)
        {
            self.close(at, incoming, CloseReason::Killed, out);
            return;
        }
        let is_buy_by_amount = terms.side == Side::Buy && command.quote_amount > 0;
        let sized_by = if is_buy_by_amount {
            SizedBy::QuoteAmount(command.quote_amount)
        } else {
            SizedBy::Quantity
        };
        let limit = (*price != 0).then_some(*price);
        let end = self.match_order(at, incoming, limit, sized_by, out);
        let reason = match plan.walk_end {
            Some(walk_end) => self.end_walk(at, incoming, walk_end, out),
            None if end.leaves_rest() && terms.may_rest() => {
                self.rest(incoming);
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
