//! Reading one open order back, with all that later arithmetic relies on.

use cse_book::{NONE, Order};
use cse_wire::{
    AccountKind, EXPIRES_AT_LIMIT_US, FEE_PPM_MAX, FLAG_POST_ONLY, FLAG_REPRICE, OrderState,
    PRICE_LIMIT, QUANTITY_LIMIT, SelfTradePrevention, Side, TimeInForce,
};

use crate::client_orders::is_client_order_id;
use crate::exchange::Exchange;
use crate::expiries::NEVER;
use crate::holds::need;
use crate::orders::{Details, Incoming};
use crate::restore::check;
use crate::terms::may_rest;

/// The order that an entry describes, of accounts and markets that are there.
pub(crate) fn restored_order(
    exchange: &Exchange,
    state: &OrderState,
) -> Result<Incoming, &'static str> {
    let account = exchange
        .accounts
        .get(state.account)
        .ok_or("the account is unknown")?;
    let may_trade = matches!(account.kind, AccountKind::Main | AccountKind::Sub);
    check(may_trade, "an account of this kind has no orders")?;
    let market = exchange
        .markets
        .get(state.market)
        .ok_or("the market is unknown")?;
    let side = Side::from_number(state.side).ok_or("the side is unknown")?;
    let time_in_force = TimeInForce::from_number(state.time_in_force)
        .filter(|&kind| may_rest(kind))
        .ok_or("an order of this time in force does not rest")?;
    let expires_at_us = restored_time(time_in_force, state.expires_at_us)?;
    let prevention = SelfTradePrevention::from_number(state.self_trade_prevention)
        .ok_or("the prevention is unknown")?;
    const REPRICED: u32 = FLAG_POST_ONLY | FLAG_REPRICE;
    check(
        matches!(state.flags, 0 | FLAG_POST_ONLY | REPRICED),
        "the flags are none",
    )?;
    check(
        (1..PRICE_LIMIT).contains(&state.price),
        "the price is out of range",
    )?;
    let remaining = state.quantity.saturating_sub(state.filled_quantity);
    let is_in_range = remaining > 0 && state.quantity < QUANTITY_LIMIT;
    check(is_in_range, "the quantity is out of range")?;
    let is_new = exchange.orders.slot_of(state.order_id).is_none();
    let is_given = (1..=exchange.last_order_id).contains(&state.order_id);
    check(is_new && is_given, "the order's id is none")?;
    check(
        is_client_order_id(state.client_order_id),
        "the client order id is none",
    )?;
    let rates = [state.maker_fee_ppm, state.taker_fee_ppm];
    let have_bounds = rates
        .iter()
        .all(|rate| (-FEE_PPM_MAX..=FEE_PPM_MAX).contains(rate));
    check(
        have_bounds && state.taker_fee_ppm >= 0,
        "a rate is out of range",
    )?;
    let notionals = [state.maker_notional, state.taker_notional];
    let most = market.notional(PRICE_LIMIT - 1, state.filled_quantity);
    check(
        notionals.iter().all(|&notional| notional <= most),
        "a notional is too large",
    )?;
    check(state.fee.unsigned_abs() <= most, "the fee is too large")?;
    let held = i128::try_from(state.held).unwrap_or(-1);
    let shown = state.displayed_quantity;
    let mut order = Order::new(state.account, state.market, side, state.price, shown);
    order.has_expiry = expires_at_us != NEVER;
    let details = Details {
        id: state.order_id,
        filled: state.filled_quantity,
        maker_notional: state.maker_notional,
        taker_notional: fault!(RestoredWithoutTakersPart, 0, state.taker_notional),
        fee: state.fee,
        held,
        maker_fee_ppm: state.maker_fee_ppm,
        taker_fee_ppm: state.taker_fee_ppm,
        accepted_sequence: state.accepted_sequence,
        accepted_at_us: state.accepted_at_us,
        expires_at_us,
        flags: state.flags,
        client: NONE,
        time_in_force,
        prevention,
    };
    let display = state.display_quantity;
    let shows = match display {
        0 => order.shown == remaining,
        _ => (1..=display.min(remaining)).contains(&order.shown),
    };
    check(shows, "it shows what it cannot")?;
    check(
        held >= need(market, &order, remaining, &details),
        "the order holds too little",
    )?;
    Ok(Incoming {
        order,
        display,
        details,
    })
}

/// When an order with this time in force expires, if it may say so.
fn restored_time(time_in_force: TimeInForce, expires_at_us: i64) -> Result<i64, &'static str> {
    if time_in_force == TimeInForce::Gtc {
        check(
            expires_at_us == 0,
            "an order that does not expire has a time",
        )?;
        return Ok(NEVER);
    }
    check(
        (1..EXPIRES_AT_LIMIT_US).contains(&expires_at_us),
        "the time at which it expires is none",
    )?;
    Ok(expires_at_us)
}
