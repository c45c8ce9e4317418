//! Amending an order that waits: it goes on waiting, as another.

use alloc::vec::Vec;

use cse_book::Order;
use cse_wire::{AmendOrder, Message, OrderAmended, PRICE_LIMIT, codes};

use super::firing::hold_waiting;
use super::records::{Phase, direction_of, is_limit_type};
use crate::exchange::{Exchange, Moment};
use crate::markets::Market;
use crate::orders::{Incoming, may_rest, or_before};
use crate::refusal::Refusal;
use crate::risk::AmendedTerms;

/// What an order that waits is to be.
struct Amended {
    price: u64,
    quantity: u64,
    display: u64,
    stop_price: u64,
    held: i128,
}

impl Exchange {
    /// Whether an open order has fired and stands in a queue.
    pub(crate) fn is_fired(&self, slot: u32) -> bool {
        match self.orders.details(slot).trigger {
            cse_book::NONE => false,
            place => matches!(self.triggers[place].phase, Phase::Fired(_)),
        }
    }

    /// Amends an order that waits and is not linked.
    pub(crate) fn amend_waiting(
        &mut self,
        at: Moment,
        command: &AmendOrder,
        slot: u32,
        out: &mut Vec<u8>,
    ) -> Result<(), Refusal> {
        let refusal = |code| Refusal::new(code).of_account(command.account);
        let trigger = &self.triggers[self.orders.details(slot).trigger];
        if command.stop_price != 0 && trigger.trail.is_some() {
            return Err(refusal(codes::ORDER_TYPE_UNAVAILABLE).about(command.order_id));
        }
        if command.quantity != 0 && trigger.quote_amount != 0 {
            return Err(refusal(codes::QUANTITY_OR_QUOTE_AMOUNT).about(command.order_id));
        }
        let amended = self
            .check_amend_waiting(command, slot)
            .map_err(|code| refusal(code).about(self.orders.id(slot)))?;
        if self.risk.is_on() {
            let terms = AmendedTerms {
                order_type: trigger.order_type,
                quote_amount: trigger.quote_amount,
                before: (self.orders[slot].price(), self.orders[slot].shown),
                after: (amended.price, amended.quantity),
            };
            self.take_amended(at, slot, &terms)
                .map_err(|code| refusal(code).about(self.orders.id(slot)))?;
        }
        self.apply_amend_waiting(slot, &amended, out);
        Ok(())
    }

    fn check_amend_waiting(&self, command: &AmendOrder, slot: u32) -> Result<Amended, u16> {
        let (order, details) = (&self.orders[slot], self.orders.details(slot));
        let trigger = &self.triggers[details.trigger];
        let market = self.check_may_amend(order)?;
        check_ranges(command, market)?;
        let amended = Amended {
            price: or_before(command.price, order.price()),
            quantity: or_before(command.quantity, order.shown),
            display: or_before(command.display_quantity, self.orders.slab.display(slot)),
            stop_price: or_before(command.stop_price, self.stop_of(trigger)),
            held: 0,
        };
        let Amended {
            price,
            quantity,
            display,
            stop_price,
            ..
        } = amended;
        let is_limit = is_limit_type(trigger.order_type);
        let may_display = is_limit && may_rest(details.time_in_force) && display <= quantity;
        if display != 0 && !may_display {
            return Err(codes::INVALID_DISPLAY_QUANTITY);
        }
        market.check_lots(command.display_quantity)?;
        let is_other = (price, quantity) != (order.price(), order.shown);
        if is_limit && is_other {
            market.check_notional(market.notional(price, quantity))?;
        }
        let direction = direction_of(trigger.order_type, order.side);
        let last_price = market.state.last_price;
        let would_trigger = last_price != 0 && direction.meets(last_price, stop_price);
        if fault!(
            AmendedPastThePrice,
            false,
            trigger.trail.is_none() && would_trigger
        ) {
            return Err(codes::WOULD_TRIGGER);
        }
        let changed = Order::new(order.account, order.market, order.side, price, quantity);
        let held = hold_waiting(market, &changed, details, trigger.quote_amount);
        let asset = market.held_asset(order.side);
        self.check_funds(order.account, asset, held - details.held)?;
        Ok(Amended { held, ..amended })
    }

    fn apply_amend_waiting(&mut self, slot: u32, amended: &Amended, out: &mut Vec<u8>) {
        let before = self.orders.incoming(slot);
        let Order {
            account,
            market,
            side,
            has_expiry,
            ..
        } = before.order;
        let mut order = Order::new(account, market, side, amended.price, amended.quantity);
        order.has_expiry = has_expiry;
        let (order_id, trigger) = (before.details.id, before.details.trigger);
        let changed = Incoming {
            order,
            display: amended.display,
            details: before.details,
        };
        self.orders.write_back(slot, changed);
        self.hold_instead(slot, amended.held);
        OrderAmended {
            order_id,
            account,
            market,
            price: amended.price,
            quantity: amended.quantity,
            display_quantity: amended.display,
            stop_price: amended.stop_price,
            remaining_quantity: amended.quantity,
            keeps_priority: 1,
            reserved: [0; 7],
        }
        .append(out);
        if self.triggers[trigger].trail.is_none() {
            self.move_stop(trigger, amended.stop_price);
        }
    }

    /// Has an order wait at another stop price.
    fn move_stop(&mut self, place: u32, stop_price: u64) {
        let trigger = &self.triggers[place];
        let order = &self.orders[trigger.slot];
        let direction = direction_of(trigger.order_type, order.side);
        if let Phase::Waiting(waits) = trigger.phase {
            let waiting = &mut self.markets.at_mut(order.market).triggers.waiting;
            waiting.remove(&self.triggers, direction, place, waits);
            self.triggers[place].stop_price = stop_price;
            self.wait(place);
        }
    }
}

/// Check 4: each field is 0 or in its range.
fn check_ranges(command: &AmendOrder, market: &Market) -> Result<(), u16> {
    if command.price != 0 {
        market.check_price(command.price)?;
    }
    if command.quantity != 0 {
        market.check_quantity(command.quantity)?;
    }
    if command.stop_price >= PRICE_LIMIT {
        return Err(codes::INVALID_STOP_PRICE);
    }
    market.check_step(command.stop_price)
}
