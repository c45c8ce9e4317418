//! What an order's end does: it leaves where it is, what it holds is released, and it is told.

use alloc::vec::Vec;

use cse_book::{NONE, Order};
use cse_wire::{CloseReason, Message, OrderClosed, Side};

use super::records::{Details, Incoming};
use crate::exchange::{Exchange, Moment};

impl Exchange {
    /// Ends an open order, wherever it is.
    #[inline(always)]
    pub(crate) fn close_open(
        &mut self,
        at: Moment,
        slot: u32,
        reason: CloseReason,
        out: &mut Vec<u8>,
    ) {
        match self.orders.details(slot).trigger {
            NONE => self.close_resting(at, slot, reason, out),
            place => {
                self.stop_waiting(place);
                self.close_taken(at, slot, reason, out);
            }
        }
    }

    /// Ends an order that rests.
    #[inline(always)]
    pub(crate) fn close_resting(
        &mut self,
        at: Moment,
        slot: u32,
        reason: CloseReason,
        out: &mut Vec<u8>,
    ) {
        let Order { market, side, .. } = self.orders[slot];
        let ladder = self.markets.at_mut(market).ladder_mut(side);
        ladder.leave(&mut self.orders.slab, slot, &mut self.depth_log);
        self.close_taken(at, slot, reason, out);
    }

    /// Ends an open order that is out of the book already.
    #[inline(always)]
    pub(crate) fn close_taken(
        &mut self,
        at: Moment,
        slot: u32,
        reason: CloseReason,
        out: &mut Vec<u8>,
    ) {
        let remaining = self.orders.remaining(slot);
        let (order, details) = (&self.orders[slot], self.orders.details(slot));
        let ending = Ending::new(order, remaining, details, reason);
        let is_linked = details.is_linked;
        if order.has_expiry {
            self.expiries.remove(details.expires_at_us, details.id);
        }
        self.orders.remove(slot);
        let OrderClosed {
            account, market, ..
        } = ending.told;
        self.open_orders.remove(&self.orders, account, market);
        self.end(at, &ending, out);
        if is_linked {
            let told = ending.told;
            self.linked_closed(at, &told, out);
        }
    }

    /// Ends an order that never came to rest.
    pub(crate) fn close(
        &mut self,
        at: Moment,
        incoming: &Incoming,
        reason: CloseReason,
        out: &mut Vec<u8>,
    ) {
        let ending = Ending::new(
            &incoming.order,
            incoming.order.shown,
            &incoming.details,
            reason,
        );
        self.end(at, &ending, out);
    }

    /// Releases what an order still holds, and tells of its end.
    #[inline(always)]
    fn end(&mut self, at: Moment, ending: &Ending, out: &mut Vec<u8>) {
        if fault!(NothingUnlockedAtTheEnd, false, ending.held != 0) {
            let told = &ending.told;
            let asset = self.markets.at(told.market).held_asset(ending.side);
            self.balances
                .touch(told.account, asset)
                .release(ending.held);
        }
        let client = fault!(ClosedIdStaysOpen, NONE, ending.client);
        self.client_orders
            .close(client, at.time_us, self.moment.time_us);
        ending.told.append(out);
    }
}

/// The end of an order: what is told, what it holds until then, and where its client order id is.
struct Ending {
    told: OrderClosed,
    side: Side,
    held: i128,
    client: u32,
}

impl Ending {
    #[inline(always)]
    fn new(order: &Order, remaining: u64, details: &Details, reason: CloseReason) -> Self {
        // What an order that never traded has paid stands in a line of the cache that need not be read.
        let (filled_notional, fee) = match details.filled {
            0 => (0, 0),
            _ => (details.maker_notional + details.taker_notional, details.fee),
        };
        let told = OrderClosed {
            order_id: details.id,
            account: order.account,
            market: order.market,
            reason: reason as u8,
            side: order.side as u8,
            reserved: [0; 6],
            price: order.price(),
            filled_quantity: details.filled,
            remaining_quantity: remaining,
            filled_notional,
            fee,
        };
        Self {
            told,
            side: order.side,
            held: details.held,
            client: details.client,
        }
    }
}
