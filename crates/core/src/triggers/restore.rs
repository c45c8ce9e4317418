//! Trigger orders read back from the entries of a state.

use alloc::vec::Vec;

use cse_wire::{
    FLAG_TRAILING_PPM, OrderType, PRICE_LIMIT, QUANTITY_LIMIT, SUPPLY_LIMIT, Side, TriggerPhase,
    TriggerState,
};

use super::Fired;
use super::firing::hold_waiting;
use super::records::{Phase, Trigger, direction_of, is_limit_type, is_trigger, trail_of};
use crate::exchange::Exchange;
use crate::markets::Market;
use crate::orders::{Incoming, may_rest};
use crate::snapshot::{Checked, Named, check, check_named, restored_time};

impl Exchange {
    /// Takes a trigger order in that an entry describes. One that has fired says its place in the
    /// queue, which is filled once all are there.
    pub(crate) fn restore_trigger(&mut self, state: &TriggerState) -> Result<u32, &'static str> {
        let (incoming, order_type) = restored_trigger(self, state)?;
        self.expiries
            .add(incoming.details.expires_at_us, incoming.details.id);
        let slot = self.orders.insert(&incoming);
        let phase = TriggerPhase::from_number(state.phase).ok_or("the phase is unknown")?;
        let trail = trail_of(order_type, state.flags, state.trailing_delta);
        let place = self.triggers.insert(Trigger {
            slot,
            order_type,
            stop_price: state.stop_price,
            trail,
            quote_amount: state.quote_amount,
            phase: Phase::Attached,
        });
        self.orders.details_mut(slot).trigger = place;
        check(
            (phase == TriggerPhase::Fired) == (state.queue_number != 0),
            "what has fired stands in the queue, and nothing else",
        )?;
        match phase {
            TriggerPhase::Attached => {}
            TriggerPhase::Fired => self.triggers[place].phase = Phase::Fired(state.queue_number),
            TriggerPhase::Waiting => self.restore_waiting(place)?,
        }
        Ok(slot)
    }

    /// Has an order wait again; a trailing stop follows on from the price to which its own belongs.
    fn restore_waiting(&mut self, place: u32) -> Checked {
        let Trigger {
            slot,
            order_type,
            stop_price,
            trail,
            ..
        } = self.triggers[place];
        check(
            is_trigger(order_type),
            "an order of this type does not wait",
        )?;
        let order = &self.orders[slot];
        let direction = direction_of(order_type, order.side);
        let waiting = &mut self.markets.at_mut(order.market).triggers.waiting;
        let waits = match (trail, stop_price) {
            (None, stop) => waiting.add_fixed(direction, stop, place),
            (Some(trail), 0) => waiting.add_following(direction, trail, None, place),
            (Some(trail), stop) => {
                let from = trail
                    .price_of(direction, stop)
                    .ok_or("the stop price belongs to no price")?;
                waiting.add_following(direction, trail, Some(from), place)
            }
        };
        self.triggers[place].phase = Phase::Waiting(waits);
        Ok(())
    }

    /// Whether the triggers of a state that was read hold what they should. Those that are linked
    /// are looked at with their links.
    pub(crate) fn check_triggers(&self) -> Checked {
        for trigger in self.triggers.iter() {
            let slot = trigger.slot;
            let (order, details) = (&self.orders[slot], self.orders.details(slot));
            if !details.is_linked {
                let market = self.markets.at(order.market);
                let needed = hold_waiting(market, order, details, trigger.quote_amount);
                let is_alone = trigger.phase != Phase::Attached && is_trigger(trigger.order_type);
                check(is_alone, "an exit has no bracket")?;
                check(details.held == needed, "the order holds what it should not")?;
            }
        }
        Ok(())
    }

    /// Fills the queues with what has fired, by the places that entries said.
    pub(crate) fn restore_queues(&mut self) -> Checked {
        let mut fired: Vec<(u32, u64, u64, u32)> = Vec::new();
        for (place, trigger) in self.triggers.places() {
            if let Phase::Fired(number) = trigger.phase {
                let market = self.orders[trigger.slot].market;
                let id = self.orders.id(trigger.slot);
                fired.push((market, number, id, place));
            }
        }
        fired.sort_unstable();
        let mut last = (0, 0);
        for (market, number, _, place) in fired {
            let expected = if market == last.0 { last.1 + 1 } else { 1 };
            let slot = self.triggers[place].slot;
            let is_exit = !is_trigger(self.triggers[place].order_type);
            if number == expected {
                let entry = if is_exit {
                    Fired::Exits(self.link_of(slot)?)
                } else {
                    Fired::Order(place)
                };
                let number = self.markets.at_mut(market).triggers.queue.push(entry);
                self.triggers[place].phase = Phase::Fired(number);
                self.triggers.queued.insert(market);
            } else {
                let queue = &self.markets.at(market).triggers.queue;
                let link = Fired::Exits(self.link_of(slot)?);
                let is_second = (market, number) == last && queue.last() == Some((number, link));
                check(is_second, "the queue has gaps")?;
            }
            last = (market, number);
        }
        Ok(())
    }

    fn link_of(&self, slot: u32) -> Result<u32, &'static str> {
        let place = self.links.place_of(self.orders.id(slot));
        place.ok_or("an exit has no bracket")
    }
}

/// The order that an entry describes, of accounts and markets that are there.
fn restored_trigger(
    exchange: &Exchange,
    state: &TriggerState,
) -> Result<(Incoming, OrderType), &'static str> {
    let named = Named::from(state);
    let named = check_named(exchange, &named)?;
    let order_type = OrderType::from_number(state.order_type)
        .filter(|&kind| kind != OrderType::Market)
        .ok_or("the type is none that waits")?;
    let time_in_force = named.time_in_force;
    let lasts = is_limit_type(order_type) || may_rest(time_in_force);
    check(lasts, "an order of this time in force does not wait")?;
    let expires_at_us = restored_time(time_in_force, state.expires_at_us)?;
    check_numbers(
        state,
        order_type,
        named.side,
        exchange.markets.at(state.market),
    )?;
    let held = i128::try_from(state.held).unwrap_or(-1);
    check(held >= 0, "the order holds too much")?;
    let mut incoming = named.incoming(state.price, state.quantity, held, expires_at_us);
    incoming.display = state.display_quantity;
    incoming.details.accepted_sequence = state.accepted_sequence;
    incoming.details.accepted_at_us = state.accepted_at_us;
    incoming.details.flags = state.flags;
    Ok((incoming, order_type))
}

fn check_numbers(
    state: &TriggerState,
    order_type: OrderType,
    side: Side,
    market: &Market,
) -> Checked {
    let is_limit = is_limit_type(order_type);
    let is_exit = state.phase == TriggerPhase::Attached as u8;
    let follows = order_type == OrderType::TrailingStop;
    let flags = if follows { FLAG_TRAILING_PPM } else { 0 };
    check(state.flags & !flags == 0, "the flags are none")?;
    check(
        state.price < PRICE_LIMIT && (state.price > 0 || !is_limit),
        "the price is out of range",
    )?;
    let is_by_amount = state.quote_amount != 0;
    let may_be_by_amount = side == Side::Buy && !is_limit && state.quantity == 0;
    check(
        state.quote_amount < SUPPLY_LIMIT && (may_be_by_amount || !is_by_amount),
        "the quote amount is out of range",
    )?;
    let is_by_lots = state.quantity != 0;
    let says_how_much = is_by_lots || is_by_amount || is_exit;
    check(
        state.quantity < QUANTITY_LIMIT && says_how_much,
        "the quantity is out of range",
    )?;
    let costs_what_it_says = side == Side::Sell || is_by_amount || state.price > 0;
    check(costs_what_it_says, "what it may cost is not known")?;
    check(
        state.display_quantity <= state.quantity,
        "it shows what it cannot",
    )?;
    check_stop(state, order_type, side, market)
}

fn check_stop(state: &TriggerState, order_type: OrderType, side: Side, market: &Market) -> Checked {
    let stop = state.stop_price;
    check(stop < PRICE_LIMIT, "the stop price is out of range")?;
    let Some(trail) = trail_of(order_type, state.flags, state.trailing_delta) else {
        check(state.trailing_delta == 0, "it follows no price")?;
        check(
            (stop != 0) == is_trigger(order_type),
            "the stop price is out of range",
        )?;
        let last_price = market.state.last_price;
        let is_met = last_price != 0 && direction_of(order_type, side).meets(last_price, stop);
        let waits = state.phase == TriggerPhase::Waiting as u8;
        return check(!(waits && is_met), "it should have fired");
    };
    let deltas = match trail {
        super::Trail::Ticks(_) => 1..PRICE_LIMIT,
        super::Trail::Ppm(_) => 1..u64::from(cse_wire::PPM),
    };
    check(deltas.contains(&trail.delta()), "the delta is out of range")?;
    let waits = state.phase == TriggerPhase::Waiting as u8;
    let has_price = market.state.last_price != 0;
    check(
        !waits || has_price == (stop != 0),
        "a trailing stop follows the price once there is one",
    )
}
