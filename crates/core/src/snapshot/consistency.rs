//! What must hold between the parts of any state.

use alloc::collections::BTreeMap;

use cse_wire::{MarketStatus, Side};

use super::restore::{Checked, check};
use crate::exchange::Exchange;

/// Whether the parts of a state that was read fit each other.
pub(crate) fn check_consistency(exchange: &Exchange) -> Checked {
    check_held(exchange)?;
    check_sums(exchange)?;
    check_books(exchange)
}

/// What is locked is what orders and held transfers hold.
fn check_held(exchange: &Exchange) -> Checked {
    let mut held: BTreeMap<(u32, u32), i128> = BTreeMap::new();
    for market in exchange.markets.iter() {
        for (side, asset) in [
            (Side::Buy, market.state.quote),
            (Side::Sell, market.state.base),
        ] {
            for slot in market.ladder(side).slots(&exchange.orders.slab) {
                let account = exchange.orders[slot].account;
                let sum = held.entry((account, asset)).or_default();
                *sum = sum
                    .checked_add(exchange.orders.details(slot).held)
                    .ok_or("orders hold too much")?;
            }
        }
    }
    for (account, asset, amount) in held_outside_books(exchange) {
        let sum = held.entry((account, asset)).or_default();
        *sum = sum.checked_add(amount).ok_or("orders hold too much")?;
    }
    for leg in exchange.held_transfers.values().flat_map(|held| &held.legs) {
        let sum = held.entry((leg.debit, leg.asset)).or_default();
        *sum = sum
            .checked_add(leg.amount as i128)
            .ok_or("held transfers hold too much")?;
    }
    for account in 1..=exchange.accounts.count() {
        for balance in exchange.balances.of_account(account) {
            let sum = held.remove(&(account, balance.asset)).unwrap_or(0);
            check(
                sum == balance.locked,
                "what is locked is not what orders and transfers hold",
            )?;
        }
    }
    check(held.is_empty(), "something holds what is not locked")
}

/// What orders hold that do not rest, and entries for their exits: account, asset, amount.
fn held_outside_books(exchange: &Exchange) -> impl Iterator<Item = (u32, u32, i128)> {
    let waiting = exchange.triggers.iter().map(|trigger| {
        let order = &exchange.orders[trigger.slot];
        let asset = exchange.markets.at(order.market).held_asset(order.side);
        let held = exchange.orders.details(trigger.slot).held;
        (order.account, asset, held)
    });
    let kept = exchange.links.iter().filter_map(|link| {
        let slot = exchange.orders.slot_of(link.entry)?;
        let market = exchange.markets.at(link.market);
        let kept = market.base_units(exchange.orders.details(slot).filled);
        Some((link.account, market.state.base, kept))
    });
    waiting.chain(kept)
}

/// Of every asset all balances come to zero.
fn check_sums(exchange: &Exchange) -> Checked {
    let mut sums: BTreeMap<u32, i128> = BTreeMap::new();
    for account in 1..=exchange.accounts.count() {
        for balance in exchange.balances.of_account(account) {
            let sum = sums.entry(balance.asset).or_default();
            *sum = sum
                .checked_add(balance.available)
                .and_then(|sum| sum.checked_add(balance.locked))
                .ok_or("balances are too large")?;
        }
    }
    check(
        sums.values().all(|&sum| sum == 0),
        "the balances of an asset do not come to zero",
    )
}

/// In continuous trading no bid reaches an ask, and where nothing will ever trade nothing rests.
fn check_books(exchange: &Exchange) -> Checked {
    for market in exchange.markets.iter() {
        let may_be = !market.is(MarketStatus::Open) || market.crossing().is_none();
        check(may_be, "a book is crossed")?;
        let may_have =
            !market.is(MarketStatus::Delisted) || !exchange.has_orders(market.state.market);
        check(
            may_have,
            "an order is open in a market that is closed for good",
        )?;
    }
    Ok(())
}
