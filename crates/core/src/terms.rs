//! The checks of an order that look at nothing but the order and its market.

use cse_wire::{
    FLAG_POST_ONLY, OrderType, PRICE_LIMIT, PlaceOrder, SUPPLY_LIMIT, SelfTradePrevention, Side,
    TimeInForce, codes,
};

use crate::markets::Market;

/// The parts of an order that are names, checked.
#[derive(Clone, Copy)]
pub(crate) struct Terms {
    pub(crate) side: Side,
    pub(crate) order_type: OrderType,
    pub(crate) time_in_force: TimeInForce,
}

/// The checks of the command's names.
pub(crate) fn check_terms(command: &PlaceOrder) -> Result<Terms, u16> {
    let side = Side::from_number(command.side).ok_or(codes::INVALID_SIDE)?;
    let order_type = OrderType::from_number(command.order_type)
        .filter(|kind| matches!(kind, OrderType::Limit | OrderType::Market))
        .ok_or(codes::ORDER_TYPE_UNAVAILABLE)?;
    let has_no_others = command.stop_price == 0
        && command.trailing_delta == 0
        && command.display_quantity == 0
        && command.expires_at_us == 0
        && command.flags & !FLAG_POST_ONLY == 0;
    if !has_no_others {
        return Err(codes::ORDER_TYPE_UNAVAILABLE);
    }
    if !matches!(command.self_trade_prevention, 0 | CANCEL_NEWEST) {
        return Err(codes::INVALID_SELF_TRADE_PREVENTION);
    }
    let is_limit = order_type == OrderType::Limit;
    let time_in_force = TimeInForce::from_number(command.time_in_force)
        .filter(|tif| match tif {
            TimeInForce::Ioc => true,
            TimeInForce::Gtc | TimeInForce::Fok => is_limit,
            TimeInForce::Gtd | TimeInForce::Day => false,
        })
        .ok_or(codes::INVALID_TIME_IN_FORCE)?;
    if command.flags & FLAG_POST_ONLY != 0 && time_in_force != TimeInForce::Gtc {
        return Err(codes::POST_ONLY_NOT_ALLOWED);
    }
    Ok(Terms {
        side,
        order_type,
        time_in_force,
    })
}

const CANCEL_NEWEST: u8 = SelfTradePrevention::CancelNewest as u8;

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
        price == 0 && (quantity == 0) != (quote_amount == 0)
    };
    if !says_how_much {
        return Err(codes::QUANTITY_OR_QUOTE_AMOUNT);
    }
    if is_limit && !(1..PRICE_LIMIT).contains(&price) {
        return Err(codes::PRICE_OUT_OF_RANGE);
    }
    let is_in_range = if quote_amount == 0 {
        (1..=market.state.max_quantity).contains(&quantity)
    } else {
        quote_amount < SUPPLY_LIMIT
    };
    if !is_in_range {
        return Err(codes::QUANTITY_OUT_OF_RANGE);
    }
    let notional = if is_limit {
        market.notional(price, quantity)
    } else {
        quote_amount
    };
    let has_minimum = is_limit || quote_amount > 0;
    if has_minimum && notional < market.state.min_notional {
        return Err(codes::BELOW_MIN_NOTIONAL);
    }
    Ok(())
}
