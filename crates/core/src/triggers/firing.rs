//! Having orders wait, and what a trade does to those that do.

use core::cmp::Reverse;

use super::records::{Phase, Trigger, direction_of};
use super::{Fired, Waits};
use crate::exchange::Exchange;
use crate::markets::Market;
use crate::money::hold;
use crate::orders::Details;
use cse_book::{NONE, Order};

/// What a trigger order holds while it waits.
pub(crate) fn hold_waiting(
    market: &Market,
    order: &Order,
    details: &Details,
    quote_amount: u128,
) -> i128 {
    if quote_amount > 0 {
        return quote_amount as i128;
    }
    hold(
        market,
        order.side,
        order.price(),
        order.shown,
        details.rates(),
    )
}

impl Exchange {
    /// Has an open order wait for trades.
    pub(crate) fn wait(&mut self, place: u32) {
        let Trigger {
            slot,
            order_type,
            stop_price,
            trail,
            ..
        } = self.triggers[place];
        let order = &self.orders[slot];
        let direction = direction_of(order_type, order.side);
        let market = self.markets.at_mut(order.market);
        let waiting = &mut market.triggers.waiting;
        let waits = match trail {
            None => waiting.add_fixed(direction, stop_price, place),
            Some(trail) => {
                let from = Some(market.state.last_price)
                    .filter(|&price| fault!(FollowsBeforeTheFirstTrade, true, price != 0));
                waiting.add_following(direction, trail, from, place)
            }
        };
        self.triggers[place].phase = Phase::Waiting(waits);
    }

    /// Takes an order out of where it waits or stands in a queue, and forgets what made it wait.
    pub(crate) fn stop_waiting(&mut self, place: u32) -> Trigger {
        let trigger = self.triggers.remove(place);
        self.orders.details_mut(trigger.slot).trigger = NONE;
        let order = &self.orders[trigger.slot];
        let direction = direction_of(trigger.order_type, order.side);
        let market_id = order.market;
        let triggers = &mut self.markets.at_mut(market_id).triggers;
        match trigger.phase {
            Phase::Attached => {}
            Phase::Waiting(waits) => {
                triggers
                    .waiting
                    .remove(&self.triggers, direction, place, waits);
            }
            Phase::Fired(number) => {
                triggers.queue.remove(number);
                if triggers.queue.is_empty() {
                    self.triggers.queued.remove(&market_id);
                }
            }
        }
        trigger
    }

    /// A market has traded at a price that is not quiet: orders fire, and trailing stops follow.
    pub(crate) fn fire(&mut self, market: u32, price: u64) {
        let waiting = &mut self.markets.at_mut(market).triggers.waiting;
        let mut fired = waiting.fire(&mut self.triggers, price);
        fired.sort_unstable_by_key(|&(stop, place)| {
            let id = self.orders.id(self.triggers[place].slot);
            let distance = stop.abs_diff(price);
            (Reverse(fault!(CascadeByAgeAlone, 0, distance)), id)
        });
        for (stop, place) in fired {
            self.triggers[place].stop_price = stop;
            fault!(TriggersTwice, self.join_queue(market, place));
            self.join_queue(market, place);
        }
    }

    /// Puts a trigger order that waits no more at the end of its market's queue.
    pub(crate) fn join_queue(&mut self, market: u32, place: u32) {
        let queue = &mut self.markets.at_mut(market).triggers.queue;
        self.triggers[place].phase = Phase::Fired(queue.push(Fired::Order(place)));
        self.triggers.queued.insert(market);
    }

    /// The stop price that a trigger order has now.
    pub(crate) fn stop_of(&self, trigger: &Trigger) -> u64 {
        match (trigger.phase, trigger.trail) {
            (Phase::Waiting(Waits::Following(cohort)), Some(trail)) => {
                let order = &self.orders[trigger.slot];
                let direction = direction_of(trigger.order_type, order.side);
                let waiting = &self.markets.at(order.market).triggers.waiting;
                waiting.stop_of(direction, cohort, trail)
            }
            _ => trigger.stop_price,
        }
    }
}
