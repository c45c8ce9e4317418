//! How an order comes to rest.

use cse_book::Order;
use cse_wire::Side;

use crate::exchange::Exchange;
use crate::money::need;
use crate::orders::Incoming;

impl Exchange {
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
