//! The checks of an order that look at nothing but the order, its market and the time.

use cse_wire::{
    DAY_US, EXPIRES_AT_LIMIT_US, FLAG_POST_ONLY, FLAG_REPRICE, MarketStatus, OrderType, PlaceOrder,
    SUPPLY_LIMIT, SelfTradePrevention, Side, TimeInForce, codes,
};

use crate::expiries::NEVER;
use crate::markets::Market;

/// The parts of an order that are names, checked, and what follows from them.
#[derive(Clone, Copy)]
pub(crate) struct Terms {
    pub(crate) side: Side,
    pub(crate) order_type: OrderType,
    pub(crate) time_in_force: TimeInForce,
    pub(crate) prevention: SelfTradePrevention,
    /// When the order expires, or [`NEVER`].
    pub(crate) expires_at_us: i64,
}

impl Terms {
    /// Whether what does not trade at once may stay.
    pub(crate) fn may_rest(&self) -> bool {
        may_rest(self.time_in_force)
    }
}

/// Whether orders of a time in force may rest.
#[inline]
pub(crate) fn may_rest(time_in_force: TimeInForce) -> bool {
    matches!(
        time_in_force,
        TimeInForce::Gtc | TimeInForce::Gtd | TimeInForce::Day
    )
}

/// The checks of the command's names and of its time.
pub(crate) fn check_terms(
    command: &PlaceOrder,
    market: &Market,
    time_us: i64,
) -> Result<Terms, u16> {
    let side = Side::from_number(command.side).ok_or(codes::INVALID_SIDE)?;
    let order_type = OrderType::from_number(command.order_type)
        .filter(|kind| matches!(kind, OrderType::Limit | OrderType::Market))
        .ok_or(codes::ORDER_TYPE_UNAVAILABLE)?;
    let has_no_others = command.stop_price == 0
        && command.trailing_delta == 0
        && command.flags & !(FLAG_POST_ONLY | FLAG_REPRICE) == 0;
    if !has_no_others {
        return Err(codes::ORDER_TYPE_UNAVAILABLE);
    }
    let prevention = prevention_of(command, market)?;
    let is_limit = order_type == OrderType::Limit;
    let time_in_force = TimeInForce::from_number(command.time_in_force)
        .filter(|&kind| is_limit || kind == TimeInForce::Ioc)
        .ok_or(codes::INVALID_TIME_IN_FORCE)?;
    let expires_at_us = expiry_of(command, time_in_force, time_us)?;
    let may_be_post_only = may_rest(time_in_force);
    let flags_fit = match command.flags {
        0 => true,
        FLAG_REPRICE => false,
        _ => may_be_post_only,
    };
    if !flags_fit {
        return Err(codes::POST_ONLY_NOT_ALLOWED);
    }
    let is_collected = may_rest(time_in_force) && command.flags == 0;
    if market.is(MarketStatus::Auction) && !is_collected {
        return Err(codes::NOT_IN_AUCTION);
    }
    Ok(Terms {
        side,
        order_type,
        time_in_force,
        prevention,
        expires_at_us,
    })
}

fn prevention_of(command: &PlaceOrder, market: &Market) -> Result<SelfTradePrevention, u16> {
    let prevention = match command.self_trade_prevention {
        0 => Some(SelfTradePrevention::CancelNewest),
        number => SelfTradePrevention::from_number(number),
    };
    prevention
        .filter(|kind| match kind {
            SelfTradePrevention::None => market.state.self_trade_allowed == 1,
            SelfTradePrevention::Decrement => command.quote_amount == 0,
            _ => true,
        })
        .ok_or(codes::INVALID_SELF_TRADE_PREVENTION)
}

fn expiry_of(command: &PlaceOrder, time_in_force: TimeInForce, time_us: i64) -> Result<i64, u16> {
    if time_in_force != TimeInForce::Gtd && command.expires_at_us != 0 {
        return Err(codes::INVALID_EXPIRY);
    }
    let expires_at_us = match time_in_force {
        TimeInForce::Gtd => command.expires_at_us,
        TimeInForce::Day => midnight_after(time_us),
        _ => return Ok(NEVER),
    };
    let now_us = fault!(ExpiryNowTakenIn, time_us - 1, time_us).max(0);
    let is_ahead = expires_at_us > now_us && expires_at_us < EXPIRES_AT_LIMIT_US;
    is_ahead
        .then_some(expires_at_us)
        .ok_or(codes::INVALID_EXPIRY)
}

/// The next midnight UTC, or the end of time.
fn midnight_after(time_us: i64) -> i64 {
    let days = fault!(DayEndsADayLate, 2, 1);
    (time_us.div_euclid(DAY_US) + days).saturating_mul(DAY_US)
}

/// The checks of the command's numbers.
pub(crate) fn check_numbers(
    command: &PlaceOrder,
    terms: Terms,
    market: &Market,
) -> Result<(), u16> {
    let PlaceOrder {
        price,
        quantity,
        quote_amount,
        ..
    } = *command;
    let is_limit = terms.order_type == OrderType::Limit;
    let says_how_much = if is_limit {
        quote_amount == 0
    } else {
        (quantity == 0) != (quote_amount == 0)
    };
    if !says_how_much {
        return Err(codes::QUANTITY_OR_QUOTE_AMOUNT);
    }
    if is_limit || price != 0 {
        market.check_price(price)?;
    }
    if quote_amount == 0 {
        market.check_quantity(quantity)?;
    }
    let may_display = terms.may_rest() && command.display_quantity <= quantity;
    if command.display_quantity != 0 && !may_display {
        return Err(codes::INVALID_DISPLAY_QUANTITY);
    }
    market.check_lots(command.display_quantity)?;
    if quote_amount >= SUPPLY_LIMIT {
        return Err(codes::QUANTITY_OUT_OF_RANGE);
    }
    let notional = if is_limit {
        market.notional(price, quantity)
    } else {
        quote_amount
    };
    if is_limit || quote_amount > 0 {
        market.check_notional(notional)?;
    }
    if is_limit {
        market.check_band(terms.side, price)?;
    }
    Ok(())
}
