//! How an order comes to rest.

use cse_book::Order;
use cse_wire::Side;

use crate::exchange::Exchange;
use crate::markets::Market;
use crate::money::{Balances, release_beyond_need};
use crate::orders::{Details, Incoming};

impl Exchange {
    /// Puts what is left of a new limit order into the book.
    #[inline(always)]
    pub(crate) fn rest(&mut self, mut incoming: Incoming) {
        let Incoming { order, details, .. } = &mut incoming;
        let (side, market) = (order.side, order.market);
        let entry = self.markets.at(market);
        hold_as_maker(&mut self.balances, entry, order, order.shown, details);
        let slot = self.open(&incoming);
        self.markets.at_mut(market).ladder_mut(side).join(
            &mut self.orders.slab,
            slot,
            &mut self.depth_log,
        );
    }

    /// Gives an order that stays open a slot.
    #[inline(always)]
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

    /// Puts an open order behind all others at its price.
    pub(crate) fn join_book(&mut self, slot: u32) {
        let remaining = self.orders.remaining(slot);
        let (order, details) = self.orders.both_mut(slot);
        let market = self.markets.at_mut(order.market);
        hold_as_maker(&mut self.balances, market, order, remaining, details);
        let (side, is_linked) = (order.side, details.is_linked);
        market
            .ladder_mut(side)
            .join(&mut self.orders.slab, slot, &mut self.depth_log);
        if is_linked {
            self.linked_rests(slot);
        }
    }
}

/// Releases what an order holds beyond its need that can only be a maker from now on.
#[inline(always)]
fn hold_as_maker(
    balances: &mut Balances,
    market: &Market,
    order: &Order,
    remaining: u64,
    details: &mut Details,
) {
    fault!(TakersRateHeldAtRest, return);
    // A sell holds its base, whatever its role.
    if order.side == Side::Buy {
        release_beyond_need(balances, market, order, remaining, details);
    }
}
