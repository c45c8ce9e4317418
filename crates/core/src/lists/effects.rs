//! What an order's trade, trigger or end does to those that it is linked with.

use alloc::vec::Vec;

use cse_wire::{CloseReason, OrderClosed};

use super::links::Link;
use crate::exchange::{Exchange, Moment};
use crate::orders::Incoming;
use crate::triggers::hold_waiting;

impl Exchange {
    /// A maker that is still open, and an incoming order, have traded or lost lots.
    pub(crate) fn linked_met(
        &mut self,
        at: Moment,
        maker: Option<u32>,
        incoming: &mut Incoming,
        out: &mut Vec<u8>,
    ) {
        if let Some(slot) = maker {
            self.close_other(at, self.orders.id(slot), out);
        }
        if self.close_other(at, incoming.details.id, out) {
            incoming.details.is_linked = false;
        }
    }

    /// Closes the other one of a pair, and says whether there was one.
    pub(crate) fn close_other(&mut self, at: Moment, order_id: u64, out: &mut Vec<u8>) -> bool {
        fault!(LinkedOrderStays, return false);
        let Some((place, other)) = self.other(order_id) else {
            return false;
        };
        self.dissolve(place);
        self.close_linked(at, other, out);
        true
    }

    /// The stop of a pair is triggered: the other one closes, and the stop holds for itself.
    pub(crate) fn linked_triggered(&mut self, at: Moment, slot: u32, out: &mut Vec<u8>) {
        self.close_other(at, self.orders.id(slot), out);
        let (order, details) = (&self.orders[slot], self.orders.details(slot));
        let market = self.markets.at(order.market);
        let needed = hold_waiting(market, order, details, 0);
        self.hold_instead(slot, needed);
    }

    /// The first of a pair has come to rest, and holds what it needs there: the other one holds what
    /// it would need beyond that.
    pub(crate) fn linked_rests(&mut self, slot: u32) {
        let (order, details) = (&self.orders[slot], self.orders.details(slot));
        let other = self
            .other(details.id)
            .and_then(|(_, other)| self.orders.slot_of(other));
        let Some(other) = other else {
            return;
        };
        let market = self.markets.at(order.market);
        let needed = hold_waiting(market, &self.orders[other], self.orders.details(other), 0);
        let beyond = fault!(PairHoldsTwice, needed, (needed - details.held).max(0));
        self.hold_instead(other, beyond);
    }

    /// The other one of the pair of an order, and the place of their link.
    fn other(&self, order_id: u64) -> Option<(u32, u64)> {
        let place = self.links.place_of(order_id)?;
        let other = self.links.get(place)?.other(order_id);
        (other != 0).then_some((place, other))
    }

    /// An order with a link has closed.
    pub(crate) fn linked_closed(&mut self, at: Moment, closed: &OrderClosed, out: &mut Vec<u8>) {
        let Some(place) = self.links.place_of(closed.order_id) else {
            return;
        };
        let Some(&link) = self.links.get(place) else {
            return;
        };
        if closed.order_id != link.entry {
            self.dissolve(place);
            self.close_linked(at, link.other(closed.order_id), out);
        } else if closed.filled_quantity > 0 {
            self.queue_exits(place, closed.filled_quantity);
        } else {
            self.dissolve(place);
            for exit in link.pair {
                self.close_linked(at, exit, out);
            }
        }
    }

    fn close_linked(&mut self, at: Moment, order_id: u64, out: &mut Vec<u8>) {
        if let Some(slot) = self.orders.slot_of(order_id) {
            self.close_open(at, slot, CloseReason::Linked, out);
        }
    }

    /// Has the orders of a link go on without it. Base that an entry kept for its exits is free.
    fn dissolve(&mut self, place: u32) {
        let Some(link) = self.links.remove(place) else {
            return;
        };
        for id in link.orders() {
            if let Some(slot) = self.orders.slot_of(id) {
                self.orders.details_mut(slot).is_linked = false;
            }
        }
        self.free_entry(&link);
    }

    fn free_entry(&mut self, link: &Link) {
        let Some(slot) = self.orders.slot_of(link.entry) else {
            return;
        };
        let details = self.orders.details_mut(slot);
        details.keeps_base = false;
        let market = self.markets.at(link.market);
        let kept = market.base_units(fault!(EntryKeepsItsBase, 0, details.filled));
        if kept != 0 {
            self.balances
                .touch(link.account, market.state.base)
                .release(kept);
        }
    }
}
