//! Reading one open order back, with all that later arithmetic relies on.

use cse_book::Order;
use cse_wire::{
    AccountKind, EXPIRES_AT_LIMIT_US, FEE_PPM_MAX, FLAG_POST_ONLY, FLAG_REPRICE, OrderState,
    PRICE_LIMIT, QUANTITY_LIMIT, SelfTradePrevention, Side, Symbol, TimeInForce, TriggerState,
};

use super::restore::check;
use crate::exchange::Exchange;
use crate::markets::Market;
use crate::money::need;
use crate::orders::{Details, Incoming, NEVER, is_client_order_id, may_rest};

/// What entries of every kind say of an order.
pub(crate) struct Named {
    pub(crate) order_id: u64,
    pub(crate) account: u32,
    pub(crate) market: u32,
    pub(crate) side: u8,
    pub(crate) time_in_force: u8,
    pub(crate) self_trade_prevention: u8,
    /// As maker and as taker, parts per million.
    pub(crate) rates: (i32, i32),
    pub(crate) client_order_id: Symbol<40>,
}

macro_rules! named_from {
    ($($state:ty),*) => {$(
        impl From<&$state> for Named {
            fn from(state: &$state) -> Self {
                Self {
                    order_id: state.order_id,
                    account: state.account,
                    market: state.market,
                    side: state.side,
                    time_in_force: state.time_in_force,
                    self_trade_prevention: state.self_trade_prevention,
                    rates: (state.maker_fee_ppm, state.taker_fee_ppm),
                    client_order_id: state.client_order_id,
                }
            }
        }
    )*};
}
named_from!(OrderState, TriggerState);

/// The same, checked.
pub(crate) struct CheckedName<'a> {
    named: &'a Named,
    pub(crate) side: Side,
    pub(crate) time_in_force: TimeInForce,
    prevention: SelfTradePrevention,
}

/// Checks whose order it is, where, and what it is called.
pub(crate) fn check_named<'a>(
    exchange: &Exchange,
    named: &'a Named,
) -> Result<CheckedName<'a>, &'static str> {
    let account = exchange
        .accounts
        .get(named.account)
        .ok_or("the account is unknown")?;
    let may_trade = matches!(account.kind, AccountKind::Main | AccountKind::Sub);
    check(may_trade, "an account of this kind has no orders")?;
    let has_market = exchange.markets.get(named.market).is_some();
    check(has_market, "the market is unknown")?;
    let is_new = exchange.orders.slot_of(named.order_id).is_none();
    let is_given = (1..=exchange.last_order_id).contains(&named.order_id);
    check(is_new && is_given, "the order's id is none")?;
    check(
        is_client_order_id(named.client_order_id),
        "the client order id is none",
    )?;
    let (maker_fee_ppm, taker_fee_ppm) = named.rates;
    let have_bounds = [maker_fee_ppm, taker_fee_ppm]
        .iter()
        .all(|rate| (-FEE_PPM_MAX..=FEE_PPM_MAX).contains(rate));
    check(have_bounds && taker_fee_ppm >= 0, "a rate is out of range")?;
    Ok(CheckedName {
        named,
        side: Side::from_number(named.side).ok_or("the side is unknown")?,
        time_in_force: TimeInForce::from_number(named.time_in_force)
            .ok_or("the time in force is unknown")?,
        prevention: SelfTradePrevention::from_number(named.self_trade_prevention)
            .ok_or("the prevention is unknown")?,
    })
}

impl CheckedName<'_> {
    /// An order of so many lots that shows them all, of which nothing has traded.
    pub(crate) fn incoming(
        &self,
        price: u64,
        lots: u64,
        held: i128,
        expires_at_us: i64,
    ) -> Incoming {
        let Named {
            order_id,
            account,
            market,
            rates,
            ..
        } = *self.named;
        let mut order = Order::new(account, market, self.side, price, lots);
        order.has_expiry = expires_at_us != NEVER;
        let details = Details {
            id: order_id,
            held,
            maker_fee_ppm: rates.0,
            taker_fee_ppm: rates.1,
            expires_at_us,
            time_in_force: self.time_in_force,
            prevention: self.prevention,
            ..Details::BLANK
        };
        Incoming {
            order,
            display: 0,
            details,
        }
    }
}

/// The resting order that an entry describes, of accounts and markets that are there.
pub(crate) fn restored_order(
    exchange: &Exchange,
    state: &OrderState,
) -> Result<Incoming, &'static str> {
    let named = Named::from(state);
    let named = check_named(exchange, &named)?;
    let market = exchange.markets.at(state.market);
    check(
        may_rest(named.time_in_force),
        "an order of this time in force does not rest",
    )?;
    let expires_at_us = restored_time(named.time_in_force, state.expires_at_us)?;
    let remaining = check_numbers(state, market)?;
    let held = i128::try_from(state.held).unwrap_or(-1);
    let shown = state.displayed_quantity;
    let blank = named.incoming(state.price, shown, held, expires_at_us);
    let order = blank.order;
    let details = Details {
        filled: state.filled_quantity,
        maker_notional: state.maker_notional,
        taker_notional: fault!(RestoredWithoutTakersPart, 0, state.taker_notional),
        fee: state.fee,
        accepted_sequence: state.accepted_sequence,
        accepted_at_us: state.accepted_at_us,
        flags: state.flags,
        ..blank.details
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

/// Checks what a resting order's entry says by itself; the lots that it has left.
fn check_numbers(state: &OrderState, market: &Market) -> Result<u64, &'static str> {
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
    let notionals = [state.maker_notional, state.taker_notional];
    let most = market.notional(PRICE_LIMIT - 1, state.filled_quantity);
    check(
        notionals.iter().all(|&notional| notional <= most),
        "a notional is too large",
    )?;
    check(state.fee.unsigned_abs() <= most, "the fee is too large")?;
    Ok(remaining)
}

/// When an order with this time in force expires, if it may say so.
pub(crate) fn restored_time(
    time_in_force: TimeInForce,
    expires_at_us: i64,
) -> Result<i64, &'static str> {
    if !matches!(time_in_force, TimeInForce::Gtd | TimeInForce::Day) {
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
