//! The checks of an order that look at nothing but the order, its market and the time.

use cse_wire::{
    DAY_US, EXPIRES_AT_LIMIT_US, FLAG_POST_ONLY, FLAG_REPRICE, FLAG_TRAILING_PPM, MarketStatus,
    OrderType, PPM, PRICE_LIMIT, PlaceOrder, SUPPLY_LIMIT, SelfTradePrevention, Side, TimeInForce,
    codes,
};

use super::expiries::NEVER;
use crate::markets::Market;
use crate::triggers::{is_limit_type, is_trigger};

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
    #[inline(always)]
    pub(crate) fn may_rest(&self) -> bool {
        is_limit_type(self.order_type) && may_rest(self.time_in_force)
    }

    /// Whether it waits for a trade before it matches.
    #[inline(always)]
    pub(crate) fn is_trigger(&self) -> bool {
        is_trigger(self.order_type)
    }
}

/// Whether orders of a time in force may rest.
#[inline(always)]
pub(crate) fn may_rest(time_in_force: TimeInForce) -> bool {
    matches!(
        time_in_force,
        TimeInForce::Gtc | TimeInForce::Gtd | TimeInForce::Day
    )
}

/// The checks of the command's names and of its time.
#[inline(always)]
pub(crate) fn check_terms(
    command: &PlaceOrder,
    market: &Market,
    time_us: i64,
) -> Result<Terms, u16> {
    let side = Side::from_number(command.side).ok_or(codes::INVALID_SIDE)?;
    let order_type =
        OrderType::from_number(command.order_type).ok_or(codes::ORDER_TYPE_UNAVAILABLE)?;
    check_type(command, order_type)?;
    let prevention = prevention_of(command, market)?;
    let time_in_force = TimeInForce::from_number(command.time_in_force)
        .filter(|&kind| may_have(order_type, kind))
        .ok_or(codes::INVALID_TIME_IN_FORCE)?;
    let expires_at_us = expiry_of(command, time_in_force, time_us)?;
    let may_be_post_only = order_type == OrderType::Limit && may_rest(time_in_force);
    let flags_fit = match command.flags & !FLAG_TRAILING_PPM {
        0 => true,
        FLAG_REPRICE => false,
        _ => may_be_post_only,
    };
    if !flags_fit {
        return Err(codes::POST_ONLY_NOT_ALLOWED);
    }
    let is_collected = is_trigger(order_type) || (may_rest(time_in_force) && command.flags == 0);
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

/// Whether an order says nothing that its type has no place for.
#[inline(always)]
fn check_type(command: &PlaceOrder, order_type: OrderType) -> Result<(), u16> {
    let follows = order_type == OrderType::TrailingStop;
    let flags = if follows {
        FLAG_POST_ONLY | FLAG_REPRICE | FLAG_TRAILING_PPM
    } else {
        FLAG_POST_ONLY | FLAG_REPRICE
    };
    let fits = (command.stop_price == 0 || is_trigger(order_type))
        && (command.trailing_delta == 0 || follows)
        && command.flags & !flags == 0;
    fits.then_some(()).ok_or(codes::ORDER_TYPE_UNAVAILABLE)
}

/// Whether an order of a type may have a time in force.
#[inline(always)]
fn may_have(order_type: OrderType, time_in_force: TimeInForce) -> bool {
    match order_type {
        kind if is_limit_type(kind) => true,
        OrderType::Market => time_in_force == TimeInForce::Ioc,
        // How long it waits.
        _ => may_rest(time_in_force),
    }
}

#[inline(always)]
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

#[inline(always)]
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
#[inline(always)]
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
    let is_limit = is_limit_type(terms.order_type);
    if !says_how_much(command, terms) {
        return Err(codes::QUANTITY_OR_QUOTE_AMOUNT);
    }
    check_price(terms, price, market)?;
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
    check_trigger(command, terms, market)?;
    let notional = if is_limit {
        market.notional(price, quantity)
    } else {
        quote_amount
    };
    if is_limit || quote_amount > 0 {
        market.check_notional(notional)?;
    }
    if terms.order_type == OrderType::Limit {
        market.check_band(terms.side, price)?;
    }
    Ok(())
}

/// The checks of the numbers of a bracket's exit, whose quantity its entry will say.
#[inline(always)]
pub(crate) fn check_numbers_of_exit(
    command: &PlaceOrder,
    terms: Terms,
    market: &Market,
) -> Result<(), u16> {
    check_price(terms, command.price, market)?;
    check_trigger(command, terms, market)
}

/// Whether it says how much, once, and of a buy that waits what it may cost.
#[inline(always)]
fn says_how_much(command: &PlaceOrder, terms: Terms) -> bool {
    let has_quantity = command.quantity != 0;
    let has_amount = command.quote_amount != 0;
    match terms.order_type {
        kind if is_limit_type(kind) => !has_amount,
        OrderType::Market => has_quantity != has_amount,
        _ if terms.side == Side::Sell => has_quantity && !has_amount,
        _ => has_quantity != has_amount && (has_amount || command.price != 0),
    }
}

#[inline(always)]
fn check_price(terms: Terms, price: u64, market: &Market) -> Result<(), u16> {
    let has_price = is_limit_type(terms.order_type) || price != 0;
    if has_price {
        market.check_price(price)?;
    }
    Ok(())
}

/// The checks of what fires an order.
#[inline(always)]
fn check_trigger(command: &PlaceOrder, terms: Terms, market: &Market) -> Result<(), u16> {
    if !terms.is_trigger() {
        return Ok(());
    }
    let follows = terms.order_type == OrderType::TrailingStop;
    let has_stop = (1..PRICE_LIMIT).contains(&command.stop_price);
    if has_stop == follows || (follows && command.stop_price != 0) {
        return Err(codes::INVALID_STOP_PRICE);
    }
    market.check_step(command.stop_price)?;
    let deltas = if command.flags & FLAG_TRAILING_PPM == 0 {
        1..PRICE_LIMIT
    } else {
        1..u64::from(PPM)
    };
    if follows && !deltas.contains(&command.trailing_delta) {
        return Err(codes::INVALID_TRAILING_DELTA);
    }
    Ok(())
}
