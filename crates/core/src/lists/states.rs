//! Links as entries of a state, written and read back.

use alloc::vec::Vec;

use cse_book::NONE;
use cse_wire::{OrderLinkState, OrderListKind, OrderType, Side};

use super::links::Link;
use crate::exchange::Exchange;
use crate::snapshot::{Checked, check};
use crate::triggers::{Phase, Trigger, hold_waiting, is_trigger};

impl Exchange {
    /// The links, ascending by market and their second order.
    pub(crate) fn link_states(&self) -> Vec<OrderLinkState> {
        let mut states: Vec<OrderLinkState> = self.links.iter().map(link_state).collect();
        states.sort_unstable_by_key(|state| (state.market, state.second));
        states
    }

    /// Links orders that are there as an entry says.
    pub(crate) fn restore_link(&mut self, state: &OrderLinkState) -> Checked {
        let link = restored_link(self, state)?;
        for id in link.orders() {
            let slot = self
                .orders
                .slot_of(id)
                .ok_or("a linked order is not open")?;
            let details = self.orders.details_mut(slot);
            check(!details.is_linked, "an order is linked twice")?;
            details.is_linked = true;
            details.keeps_base = id == link.entry;
        }
        self.links.insert(link);
        Ok(())
    }
}

fn link_state(link: &Link) -> OrderLinkState {
    let [first, second] = link.pair;
    let (first, second, third) = match link.kind {
        OrderListKind::Oco => (first, second, 0),
        OrderListKind::Bracket => (link.entry, first, second),
    };
    OrderLinkState {
        kind: link.kind as u8,
        reserved: [0; 7],
        account: link.account,
        market: link.market,
        first,
        second,
        third,
    }
}

fn restored_link(exchange: &Exchange, state: &OrderLinkState) -> Result<Link, &'static str> {
    let kind = OrderListKind::from_number(state.kind).ok_or("the kind of link is unknown")?;
    let (entry, pair) = match kind {
        OrderListKind::Oco => (0, [state.first, state.second]),
        OrderListKind::Bracket => (state.first, [state.second, state.third]),
    };
    check(
        (kind == OrderListKind::Oco) == (state.third == 0),
        "a link has the wrong number of orders",
    )?;
    let link = Link {
        kind,
        account: state.account,
        market: state.market,
        entry,
        pair,
    };
    let mut slots = Vec::new();
    for id in link.orders() {
        let slot = exchange
            .orders
            .slot_of(id)
            .ok_or("a linked order is not open")?;
        let order = &exchange.orders[slot];
        check(
            (order.account, order.market) == (link.account, link.market),
            "a linked order is another's",
        )?;
        slots.push(slot);
    }
    check(
        pair[0] < pair[1] && entry < pair[0],
        "linked orders are out of order",
    )?;
    check_roles(exchange, &link, &slots)?;
    Ok(link)
}

/// Whether the orders of a link are what they ought to be, and hold what they ought to.
fn check_roles(exchange: &Exchange, link: &Link, slots: &[u32]) -> Checked {
    let [.., first, second] = *slots else {
        return Err("a link has the wrong number of orders");
    };
    let (limit, limit_details) = (&exchange.orders[first], exchange.orders.details(first));
    let (stop, stop_details) = (&exchange.orders[second], exchange.orders.details(second));
    let limit_lots = exchange.orders.remaining(first);
    let of_limit = trigger_of(exchange, first);
    let of_stop = trigger_of(exchange, second).ok_or("a linked stop does not wait")?;
    check(is_trigger(of_stop.order_type), "a linked stop is none")?;
    let are_alike = limit.side == stop.side && limit_lots == stop.shown;
    check(
        are_alike && limit_details.filled == 0,
        "linked orders are not alike",
    )?;
    let of_bracket = link.kind == OrderListKind::Bracket;
    check(!of_bracket || limit.side == Side::Sell, "an exit buys")?;
    let market = exchange.markets.at(link.market);
    let held = (limit_details.held, stop_details.held);
    if link.entry != 0 {
        let entry = &exchange.orders[slots[0]];
        let is_entry = entry.side == Side::Buy && exchange.orders.details(slots[0]).trigger == NONE;
        check(is_entry, "an entry does not rest")?;
        let is_attached = |trigger: &Trigger| trigger.phase == Phase::Attached;
        let are_attached = of_limit.is_some_and(is_attached) && is_attached(of_stop);
        check(are_attached && held == (0, 0), "an exit is not attached")?;
        return check(stop.shown == 0, "an exit has lots before its entry closes");
    }
    check(of_stop.phase != Phase::Attached, "an exit has no entry")?;
    let needed = match of_limit {
        Some(queued) => {
            let is_queued = of_bracket
                && queued.order_type == OrderType::Limit
                && queued.phase == of_stop.phase
                && matches!(queued.phase, Phase::Fired(_));
            check(is_queued, "an exit is not activated")?;
            (market.base_units(limit_lots), 0)
        }
        None => {
            let needed = hold_waiting(market, stop, stop_details, 0);
            (limit_details.held, (needed - limit_details.held).max(0))
        }
    };
    check(held == needed, "linked orders hold what they should not")
}

fn trigger_of(exchange: &Exchange, slot: u32) -> Option<&Trigger> {
    match exchange.orders.details(slot).trigger {
        NONE => None,
        place => Some(&exchange.triggers[place]),
    }
}
