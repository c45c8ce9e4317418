//! What holds after every command, whatever it was. Seen from outside, through the state's entries.

use std::collections::BTreeMap;

use cse_core::{Exchange, OpenOrder};
use cse_wire::{
    AccountKind, BalanceState, HeldTransferState, MarketState, MarketStatus, Message,
    OrderLinkState, OrderState, Side, TransferLeg, TriggerState,
};

use crate::floor::{all_of, messages};

pub fn check(exchange: &Exchange) {
    let mut body = Vec::new();
    exchange.write_state(&mut body);
    let orders: Vec<OrderState> = all_of(&body);
    let balances: Vec<BalanceState> = all_of(&body);
    sums_are_zero(&balances);
    only_external_accounts_owe(exchange, &balances);
    let triggers: Vec<TriggerState> = all_of(&body);
    let links: Vec<OrderLinkState> = all_of(&body);
    locked_is_held(
        exchange,
        (&orders, &triggers, &links),
        &held_legs(&body),
        &balances,
    );
    for market in exchange.markets() {
        let of_market = |side: Side| {
            orders
                .iter()
                .filter(|order| order.market == market.market && order.side == side as u8)
                .copied()
                .collect::<Vec<_>>()
        };
        let (bids, asks) = (of_market(Side::Buy), of_market(Side::Sell));
        if market.status == MarketStatus::Open as u8 {
            book_is_not_crossed(&bids, &asks);
        }
        best_price_first(&bids, &asks);
        depth_is_what_rests(exchange, &market, &bids, &asks);
        buys_hold_enough(&market, &bids);
    }
    orders_are_found(exchange, &orders, &triggers);
}

fn sums_are_zero(balances: &[BalanceState]) {
    let mut sums: BTreeMap<u32, i128> = BTreeMap::new();
    for balance in balances {
        *sums.entry(balance.asset).or_default() += balance.available + balance.locked;
    }
    assert!(
        sums.values().all(|&sum| sum == 0),
        "sums by asset: {sums:?}"
    );
}

fn only_external_accounts_owe(exchange: &Exchange, balances: &[BalanceState]) {
    for balance in balances {
        let account = exchange.account(balance.account).expect("it exists");
        let is_external = account.kind == AccountKind::External as u8;
        assert!(balance.locked >= 0, "{balance:?}");
        assert!(balance.available >= 0 || is_external, "{balance:?}");
    }
}

/// The legs of all held transfers.
fn held_legs(body: &[u8]) -> Vec<TransferLeg> {
    messages(body)
        .into_iter()
        .filter(|&(kind, _)| kind == HeldTransferState::KIND)
        .flat_map(|(_, message)| all_of(&message[HeldTransferState::WIDTH..]))
        .collect()
}

fn locked_is_held(
    exchange: &Exchange,
    (orders, triggers, links): (&[OrderState], &[TriggerState], &[OrderLinkState]),
    legs: &[TransferLeg],
    balances: &[BalanceState],
) {
    let mut held: BTreeMap<(u32, u32), i128> = BTreeMap::new();
    let resting = orders
        .iter()
        .map(|order| (order.account, order.market, order.side, order.held));
    let waiting = triggers
        .iter()
        .map(|order| (order.account, order.market, order.side, order.held));
    for (account, market, side, amount) in resting.chain(waiting) {
        let market = exchange.market(market).expect("it exists");
        let is_buy = side == Side::Buy as u8;
        let asset = if is_buy { market.quote } else { market.base };
        *held.entry((account, asset)).or_default() += amount as i128;
    }
    for leg in legs {
        *held.entry((leg.debit, leg.asset)).or_default() += leg.amount as i128;
    }
    for link in links.iter().filter(|link| link.third != 0) {
        let market = exchange.market(link.market).expect("it exists");
        let entry = orders.iter().find(|order| order.order_id == link.first);
        let bought = entry.map_or(0, |entry| entry.filled_quantity * market.lot_size);
        *held.entry((link.account, market.base)).or_default() += i128::from(bought);
    }
    held.retain(|_, amount| *amount != 0);
    let locked: BTreeMap<(u32, u32), i128> = balances
        .iter()
        .filter(|balance| balance.locked != 0)
        .map(|balance| ((balance.account, balance.asset), balance.locked))
        .collect();
    assert_eq!(held, locked, "held by orders and transfers, and locked");
}

fn book_is_not_crossed(bids: &[OrderState], asks: &[OrderState]) {
    if let (Some(bid), Some(ask)) = (bids.first(), asks.first()) {
        assert!(bid.price < ask.price, "{bid:?} crosses {ask:?}");
    }
}

fn best_price_first(bids: &[OrderState], asks: &[OrderState]) {
    assert!(bids.is_sorted_by_key(|order| u64::MAX - order.price));
    assert!(asks.is_sorted_by_key(|order| order.price));
}

fn depth_is_what_rests(
    exchange: &Exchange,
    market: &MarketState,
    bids: &[OrderState],
    asks: &[OrderState],
) {
    for (side, orders) in [(Side::Buy, bids), (Side::Sell, asks)] {
        let mut levels: Vec<(u64, u64)> = Vec::new();
        for order in orders {
            let left = order.displayed_quantity;
            assert!(left > 0, "an order rests that shows nothing: {order:?}");
            assert!(left <= order.quantity - order.filled_quantity, "{order:?}");
            match levels.last_mut() {
                Some((price, lots)) if *price == order.price => *lots += left,
                _ => levels.push((order.price, left)),
            }
        }
        let shown = exchange.depth(market.market, side, usize::MAX);
        assert_eq!(shown, levels, "depth and orders");
    }
}

/// On the market of these tests one lot at one tick is one quote unit.
fn buys_hold_enough(market: &MarketState, bids: &[OrderState]) {
    if (market.tick_size, market.lot_size) != (1, 1) {
        return;
    }
    for order in bids {
        let left = u128::from(order.quantity - order.filled_quantity) * u128::from(order.price);
        assert!(order.held >= left, "{order:?}");
    }
}

fn orders_are_found(exchange: &Exchange, orders: &[OrderState], triggers: &[TriggerState]) {
    let mut by_account: BTreeMap<u32, Vec<OpenOrder>> = BTreeMap::new();
    let resting = orders
        .iter()
        .map(|&order| (OpenOrder::Resting(order), order.client_order_id));
    let waiting = triggers
        .iter()
        .map(|&order| (OpenOrder::Waiting(order), order.client_order_id));
    for (order, client_order_id) in resting.chain(waiting) {
        assert_eq!(exchange.order(order.order_id()), Some(order));
        by_account.entry(order.account()).or_default().push(order);
        if !client_order_id.is_empty() {
            let known = exchange.client_order(order.account(), client_order_id.bytes());
            assert_eq!(known.map(|known| known.order_id), Some(order.order_id()));
        }
    }
    for account in exchange.accounts() {
        let mut expected = by_account.remove(&account.account).unwrap_or_default();
        expected.sort_by_key(OpenOrder::order_id);
        assert_eq!(exchange.open_orders(account.account, 0), expected);
    }
}
