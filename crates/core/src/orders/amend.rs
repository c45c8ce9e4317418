//! Amending an open order: in its place where it gives others nothing to lose, else from the end.

use alloc::vec::Vec;

use cse_book::{MatchEnd, NONE, Order};
use cse_wire::{AmendOrder, FLAG_POST_ONLY, MarketStatus, Message, OrderAmended, OrderType, codes};

use super::post_only::post_only_price;
use super::records::{Details, Incoming, Orders};
use crate::exchange::{Exchange, Moment};
use crate::markets::Market;
use crate::matching::{SizedBy, close_reason};
use crate::money::{hold, need};
use crate::refusal::Refusal;
use crate::risk::AmendedTerms;

/// What an order is to be.
struct Amended {
    incoming: Incoming,
    keeps_priority: bool,
    /// What it is to hold, beyond what it held.
    extra: i128,
}

impl Exchange {
    pub(crate) fn amend_order(
        &mut self,
        at: Moment,
        command: &AmendOrder,
        out: &mut Vec<u8>,
    ) -> Result<(), Refusal> {
        let AmendOrder {
            account,
            order_id,
            client_order_id,
            ..
        } = *command;
        let slot = self.find_open(at, account, order_id, client_order_id)?;
        let refusal = |code| Refusal::new(code).of_account(account);
        let id = self.orders.id(slot);
        // It might trade once more.
        if self.orders.is_due(slot, at.time_us) || self.is_fired(slot) {
            return Err(refusal(codes::ORDER_NOT_OPEN).about(id));
        }
        let &Details {
            is_linked, trigger, ..
        } = self.orders.details(slot);
        if is_linked {
            return Err(refusal(codes::ORDER_IS_LINKED).about(id));
        }
        if trigger != NONE {
            return self.amend_waiting(at, command, slot, out);
        }
        if command.stop_price != 0 {
            return Err(refusal(codes::ORDER_TYPE_UNAVAILABLE).about(order_id));
        }
        let amended = self
            .check_amend(command, slot)
            .map_err(|code| refusal(code).about(id))?;
        if self.risk.is_on() {
            self.take_amended(at, slot, &self.amended_terms(slot, &amended))
                .map_err(|code| refusal(code).about(id))?;
        }
        self.apply_amend(at, slot, amended, out);
        Ok(())
    }

    fn check_amend(&self, command: &AmendOrder, slot: u32) -> Result<Amended, u16> {
        let order = &self.orders[slot];
        let market = self.check_may_amend(order)?;
        let amended = amended(command, &self.orders, slot, market)?;
        self.check_funds(order.account, market.held_asset(order.side), amended.extra)?;
        Ok(amended)
    }

    fn amended_terms(&self, slot: u32, amended: &Amended) -> AmendedTerms {
        let (before, Incoming { order, details, .. }) = (&self.orders[slot], &amended.incoming);
        let filled = details.filled;
        AmendedTerms {
            order_type: OrderType::Limit,
            quote_amount: 0,
            before: (before.price(), filled + self.orders.remaining(slot)),
            after: (order.price(), filled + order.shown),
        }
    }

    /// Whether orders of an account may be amended in a market, which is answered.
    pub(crate) fn check_may_amend(&self, order: &Order) -> Result<&Market, u16> {
        let market = self.markets.at(order.market);
        let is_frozen = self
            .accounts
            .get(order.account)
            .is_none_or(|account| account.frozen);
        if is_frozen {
            return Err(codes::ACCOUNT_FROZEN);
        }
        if !market.takes_orders() {
            return Err(codes::MARKET_HALTED);
        }
        Ok(market)
    }

    fn apply_amend(&mut self, at: Moment, slot: u32, amended: Amended, out: &mut Vec<u8>) {
        let Amended {
            mut incoming,
            keeps_priority,
            extra,
        } = amended;
        let Incoming {
            order,
            display,
            details,
        } = &incoming;
        let market = self.markets.at_mut(order.market);
        let asset = market.held_asset(order.side);
        if fault!(LessKeepsItsHold, extra > 0, extra != 0) {
            self.balances.touch(order.account, asset).hold(extra);
        }
        OrderAmended {
            order_id: details.id,
            account: order.account,
            market: order.market,
            price: order.price(),
            quantity: details.filled + order.shown,
            display_quantity: *display,
            stop_price: 0,
            remaining_quantity: order.shown,
            keeps_priority: u8::from(keeps_priority),
            reserved: [0; 7],
        }
        .append(out);
        let ladder = market.ladder_mut(order.side);
        if keeps_priority {
            let remaining = order.shown;
            ladder.lower(&mut self.orders.slab, slot, remaining, &mut self.depth_log);
            self.orders.details_mut(slot).held = details.held;
            return;
        }
        ladder.leave(&mut self.orders.slab, slot, &mut self.depth_log);
        let limit = Some(order.price());
        let end = if market.is(MarketStatus::Auction) {
            MatchEnd::Exhausted
        } else {
            self.match_order(at, &mut incoming, limit, SizedBy::Quantity, out)
        };
        let reason = (!end.leaves_rest()).then(|| close_reason(end));
        self.finish_open(at, slot, incoming, reason, out);
    }
}

/// What a field of an amend asks for; what was before where it is 0.
pub(crate) const fn or_before(asked: u64, before: u64) -> u64 {
    if asked == 0 { before } else { asked }
}

/// The order as the command changes it, checked.
fn amended(
    command: &AmendOrder,
    orders: &Orders,
    slot: u32,
    market: &Market,
) -> Result<Amended, u16> {
    let (before, details) = (&orders[slot], orders.details(slot));
    let (price_before, display_before) = (before.price(), orders.slab.display(slot));
    let ordered = details.filled + orders.remaining(slot);
    let mut price = or_before(command.price, price_before);
    let quantity = or_before(command.quantity, ordered);
    let display = or_before(command.display_quantity, display_before);
    if command.price != 0 {
        market.check_price(price)?;
    }
    if command.quantity != 0 {
        market.check_quantity(quantity)?;
    }
    let least = fault!(AmendedToNothing, details.filled, details.filled + 1);
    if quantity < least {
        return Err(codes::AMEND_BELOW_FILLED);
    }
    if display > quantity {
        return Err(codes::INVALID_DISPLAY_QUANTITY);
    }
    market.check_lots(command.display_quantity)?;
    let is_other = (price, quantity) != (price_before, ordered);
    if is_other {
        market.check_notional(market.notional(price, quantity))?;
    }
    if price != price_before {
        market.check_band(before.side, price)?;
        if details.flags & FLAG_POST_ONLY != 0 {
            price = post_only_price(market, before.side, details.flags, price, quantity)?;
        }
    }
    let at_most = fault!(MoreKeepsItsPlace, quantity, ordered);
    let most = fault!(LessLosesItsPlace, 0, at_most);
    let keeps_priority = (price, display) == (price_before, display_before) && quantity <= most;
    let remaining = quantity - details.filled;
    let mut order = Order::new(before.account, before.market, before.side, price, remaining);
    order.has_expiry = before.has_expiry;
    let held = if keeps_priority {
        need(market, &order, remaining, details)
    } else {
        hold(market, order.side, price, remaining, details.rates())
    };
    let extra = held - details.held;
    let details = Details {
        held,
        ..details.clone()
    };
    Ok(Amended {
        incoming: Incoming {
            order,
            display,
            details,
        },
        keeps_priority,
        extra,
    })
}
