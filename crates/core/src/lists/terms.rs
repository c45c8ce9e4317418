//! Which orders make a list.

use cse_wire::{
    FLAG_REPRICE, FLAG_TRAILING_PPM, OrderListKind, OrderType, PlaceOrder, SelfTradePrevention,
    Side, TimeInForce,
};

use crate::orders::may_rest;

/// Whether orders can be linked as a list of a kind.
pub(crate) fn fits_list(kind: OrderListKind, orders: &[PlaceOrder]) -> bool {
    let [first, rest @ ..] = orders else {
        return false;
    };
    let are_alike = rest
        .iter()
        .all(|order| (order.account, order.market) == (first.account, first.market));
    are_alike
        && have_own_ids(orders)
        && match (kind, orders) {
            (OrderListKind::Oco, [limit, stop]) => is_oco(limit, stop),
            (OrderListKind::Bracket, [entry, take_profit, stop]) => {
                is_entry(entry) && are_exits(take_profit, stop)
            }
            _ => false,
        }
}

fn have_own_ids(orders: &[PlaceOrder]) -> bool {
    let mut named = orders.iter().map(|order| order.client_order_id);
    while let Some(id) = named.next() {
        if !id.is_empty() && named.clone().any(|other| other == id) {
            return false;
        }
    }
    true
}

fn is_oco(limit: &PlaceOrder, stop: &PlaceOrder) -> bool {
    limit.side == stop.side
        && limit.quantity == stop.quantity
        && limit.quantity != 0
        && limit.quote_amount == 0
        && stop.quote_amount == 0
        && last_alike(limit, stop)
        && limit.order_type == OrderType::Limit as u8
        && limit.flags & FLAG_REPRICE == 0
        && is_stop(stop)
}

fn is_entry(entry: &PlaceOrder) -> bool {
    let is_plain =
        entry.order_type == OrderType::Limit as u8 || entry.order_type == OrderType::Market as u8;
    entry.side == Side::Buy as u8 && is_plain && entry.flags & FLAG_REPRICE == 0
}

fn are_exits(take_profit: &PlaceOrder, stop: &PlaceOrder) -> bool {
    last_alike(take_profit, stop)
        && take_profit.order_type == OrderType::Limit as u8
        && is_stop(stop)
        && is_exit(take_profit)
        && is_exit(stop)
}

fn is_exit(order: &PlaceOrder) -> bool {
    order.side == Side::Sell as u8
        && (order.quantity, order.quote_amount, order.display_quantity) == (0, 0, 0)
        && order.flags & !FLAG_TRAILING_PPM == 0
        && order.self_trade_prevention != SelfTradePrevention::Decrement as u8
}

/// Whether two orders are open, and for the same time.
fn last_alike(one: &PlaceOrder, other: &PlaceOrder) -> bool {
    let lasts = TimeInForce::from_number(one.time_in_force).is_some_and(may_rest);
    lasts && one.time_in_force == other.time_in_force && one.expires_at_us == other.expires_at_us
}

fn is_stop(order: &PlaceOrder) -> bool {
    matches!(
        OrderType::from_number(order.order_type),
        Some(OrderType::StopLoss | OrderType::StopLimit | OrderType::TrailingStop)
    )
}
