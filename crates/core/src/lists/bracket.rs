//! The exits of a bracket, once its entry has closed.

use alloc::vec::Vec;

use cse_wire::{CloseReason, Message, OrderActivated, QUANTITY_LIMIT};

use super::links::Link;
use crate::exchange::{Exchange, Moment};
use crate::matching::SizedBy;
use crate::triggers::{Fired, Phase, direction_of};

impl Exchange {
    /// Makes the exits of a bracket orders of what its entry bought. They stand in the queue of fired
    /// orders as one.
    pub(crate) fn queue_exits(&mut self, place: u32, filled: u64) {
        let Some(Link {
            account,
            market: market_id,
            pair,
            ..
        }) = self.links.take_entry(place)
        else {
            return;
        };
        let market = self.markets.at_mut(market_id);
        let lots = filled.min(QUANTITY_LIMIT - 1);
        let spare = market.base_units(filled - lots);
        if fault!(BracketKeepsTheSurplus, false, spare != 0) {
            self.balances
                .touch(account, market.state.base)
                .release(spare);
        }
        let number = market.triggers.queue.push(Fired::Exits(place));
        self.triggers.queued.insert(market_id);
        let holds = [market.base_units(lots), 0];
        for (exit, held) in pair.into_iter().zip(holds) {
            let Some(slot) = self.orders.slot_of(exit) else {
                continue;
            };
            let (order, details) = self.orders.both_mut(slot);
            order.shown = lots;
            details.held = held;
            self.triggers[details.trigger].phase = Phase::Fired(number);
        }
    }

    /// Has the exits of a bracket take effect: the stop waits, and the take-profit matches.
    pub(crate) fn activate(&mut self, at: Moment, place: u32, out: &mut Vec<u8>) {
        let slots = self
            .links
            .get(place)
            .map(|link| link.pair.map(|id| self.orders.slot_of(id)));
        let Some([Some(take_profit), Some(stop)]) = slots else {
            return;
        };
        if fault!(
            DueExitsActivated,
            false,
            self.orders.is_due(take_profit, at.time_us)
        ) {
            self.close_open(at, take_profit, CloseReason::Expired, out);
            return;
        }
        self.stop_waiting(self.orders.details(take_profit).trigger);
        self.tell_active(take_profit, 0, out);
        self.activate_stop(stop, out);
        self.match_open(at, take_profit, true, SizedBy::Quantity, out);
    }

    /// Has the stop wait, or stand in the queue where the last price meets it already.
    fn activate_stop(&mut self, slot: u32, out: &mut Vec<u8>) {
        let place = self.orders.details(slot).trigger;
        let trigger = &mut self.triggers[place];
        let order = &self.orders[slot];
        let market = order.market;
        let last_price = self.markets.at(market).state.last_price;
        let direction = direction_of(trigger.order_type, order.side);
        let stop_price = trigger.trail.map_or(trigger.stop_price, |trail| {
            trail.stop_at(direction, last_price)
        });
        if direction.meets(last_price, stop_price) {
            trigger.stop_price = stop_price;
            self.join_queue(market, place);
        } else {
            self.wait(place);
        }
        self.tell_active(slot, stop_price, out);
    }

    fn tell_active(&self, slot: u32, stop_price: u64, out: &mut Vec<u8>) {
        let order = &self.orders[slot];
        OrderActivated {
            order_id: self.orders.id(slot),
            account: order.account,
            market: order.market,
            quantity: order.shown,
            stop_price,
        }
        .append(out);
    }
}
