//! Orders of every sort, and what is done to open ones.

use cse_wire::{
    AmendOrder, CancelOrder, FLAG_TRAILING_PPM, Message, OrderListKind, PlaceOrder, PlaceOrderList,
    ReplaceOrder, Symbol, TimeInForce,
};

use super::random::Xorshift;
use super::someone;
use crate::floor::Floor;

pub fn order(random: &mut Xorshift, floor: &Floor) -> PlaceOrder {
    let is_market = random.chance(15);
    let by_amount = is_market && random.chance(50);
    let client_order_id = match random.chance(30) {
        true => format!("{}", random.below(500)),
        false => String::new(),
    };
    let time_in_force = match random.below(10) {
        _ if is_market => 2,
        0 => 2,
        1 => 3,
        2 => 4,
        3 => 5,
        _ => 1,
    };
    PlaceOrder {
        account: someone(random),
        market: 1 + u32::from(random.chance(40)),
        side: 1 + random.below(2) as u8,
        order_type: 1 + u8::from(is_market),
        time_in_force,
        self_trade_prevention: random.below(6) as u8,
        flags: if random.chance(5) {
            1 + 2 * random.below(2) as u32
        } else {
            0
        },
        price: if is_market && random.chance(70) {
            0
        } else {
            95 + random.below(11)
        },
        quantity: if by_amount { 0 } else { 1 + random.below(100) },
        quote_amount: if by_amount {
            u128::from(random.below(20_000))
        } else {
            0
        },
        stop_price: 0,
        trailing_delta: 0,
        display_quantity: if random.chance(15) {
            1 + random.below(20)
        } else {
            0
        },
        expires_at_us: if time_in_force == TimeInForce::Gtd as u8 {
            floor.now_us + random.below(5_000_000_000) as i64
        } else {
            0
        },
        client_order_id: Symbol::new(client_order_id.as_bytes()).expect("a short id"),
    }
}

/// A trigger order, mostly one that fits its type.
pub fn trigger(random: &mut Xorshift, floor: &Floor) -> PlaceOrder {
    let order_type = 3 + random.below(5) as u8;
    let is_limit = matches!(order_type, 4 | 6);
    let follows = order_type == 7;
    let plain = order(random, floor);
    let lasts = matches!(plain.time_in_force, 1 | 4 | 5);
    let by_amount = !is_limit && plain.side == 1 && random.chance(40);
    let has_price = is_limit || random.chance(50) || (plain.side == 1 && !by_amount);
    let in_ppm = follows && random.chance(50);
    PlaceOrder {
        order_type,
        time_in_force: if lasts || is_limit {
            plain.time_in_force
        } else {
            1
        },
        flags: if in_ppm { FLAG_TRAILING_PPM } else { 0 },
        price: if has_price { 95 + random.below(11) } else { 0 },
        quantity: if by_amount { 0 } else { 1 + random.below(100) },
        quote_amount: if by_amount {
            u128::from(random.below(20_000))
        } else {
            0
        },
        stop_price: if follows { 0 } else { 94 + random.below(13) },
        trailing_delta: match (follows, in_ppm) {
            (false, _) => 0,
            (true, false) => 1 + random.below(5),
            (true, true) => 1 + random.below(60_000),
        },
        display_quantity: if is_limit { plain.display_quantity } else { 0 },
        ..plain
    }
}

/// An OCO or a bracket, mostly one whose orders fit.
pub fn list(random: &mut Xorshift, floor: &Floor) -> Vec<u8> {
    let kind = 1 + random.below(2) as u8;
    let is_bracket = kind == OrderListKind::Bracket as u8;
    let entry = PlaceOrder {
        flags: 0,
        ..order(random, floor)
    };
    let lasting = |mut order: PlaceOrder| {
        (order.account, order.market) = (entry.account, entry.market);
        (order.time_in_force, order.expires_at_us) = (1, 0);
        order
    };
    let mut stop = lasting(trigger(random, floor));
    let mut limit = PlaceOrder {
        order_type: 1,
        price: 95 + random.below(11),
        quote_amount: 0,
        ..lasting(order(random, floor))
    };
    stop.order_type = [3, 4, 7][stop.order_type as usize % 3];
    if stop.order_type == 7 {
        (stop.stop_price, stop.trailing_delta) = (0, 1 + random.below(5));
    } else {
        (stop.stop_price, stop.trailing_delta, stop.flags) = (94 + random.below(13), 0, 0);
    }
    stop.price = 95 + random.below(11);
    (stop.quote_amount, stop.display_quantity, limit.flags) = (0, 0, 0);
    let mut orders = Vec::new();
    if is_bracket {
        PlaceOrder { side: 1, ..entry }.append(&mut orders);
        for exit in [&mut limit, &mut stop] {
            (exit.side, exit.quantity, exit.display_quantity) = (2, 0, 0);
            exit.self_trade_prevention = random.below(4) as u8;
        }
    } else {
        (stop.side, stop.quantity) = (limit.side, limit.quantity);
    }
    limit.append(&mut orders);
    stop.append(&mut orders);
    let mut bytes = Vec::new();
    let command = PlaceOrderList {
        kind,
        reserved: [0; 7],
    };
    command.append_with(&orders, &mut bytes);
    bytes
}

pub fn amend(random: &mut Xorshift, floor: &Floor) -> AmendOrder {
    let CancelOrder {
        account,
        reserved,
        order_id,
        client_order_id,
    } = cancel(random, floor);
    let mut some = |range| match random.below(2) {
        0 => 0,
        _ => random.below(range),
    };
    AmendOrder {
        account,
        reserved,
        order_id,
        client_order_id,
        price: match some(11) {
            0 => 0,
            ticks => 95 + ticks,
        },
        quantity: some(120),
        display_quantity: some(9),
        stop_price: match some(30) {
            ticks @ 1..11 => 95 + ticks,
            _ => 0,
        },
    }
}

pub fn replacement(random: &mut Xorshift, floor: &Floor) -> Vec<u8> {
    let cancel = cancel(random, floor);
    let order = PlaceOrder {
        account: cancel.account,
        ..order(random, floor)
    };
    let command = ReplaceOrder {
        order_id: cancel.order_id,
        client_order_id: cancel.client_order_id,
        mode: 1 + random.below(2) as u8,
        reserved: [0; 7],
    };
    let mut bytes = Vec::new();
    command.append_with(&order.encoded(), &mut bytes);
    bytes
}

pub fn cancel(random: &mut Xorshift, floor: &Floor) -> CancelOrder {
    let account = someone(random);
    let open = floor.exchange.open_orders(account, 0);
    let order_id = match open.len() as u64 {
        0 => random.below(1_000),
        count => open[random.below(count) as usize].order_id(),
    };
    CancelOrder {
        account,
        reserved: [0; 4],
        order_id: if random.chance(90) { order_id } else { 0 },
        client_order_id: Symbol::new(format!("{}", random.below(500)).as_bytes()).expect("short"),
    }
}
