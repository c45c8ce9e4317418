//! Looking ahead changes nothing.

use cse_core::Lookahead;
use cse_wire::{CancelOrder, Message, PlaceOrder, Symbol};

use crate::floor::{A, Floor};
use crate::script::order;
use crate::stream::{self, Xorshift};

fn rich_floor() -> Floor {
    let mut floor = stream::floor();
    floor.credit(A, 3, 100_000_000);
    floor
}

/// So many orders that it is worth to look ahead.
fn crowd() -> Vec<Vec<u8>> {
    let prices = (0..2_100).map(|number| 1_000_000 + number % 3);
    let order = |price| PlaceOrder {
        market: 2,
        ..order(&["A", "sell", &format!("1@{price}")])
    };
    prices.map(|price| order(price).encoded()).collect()
}

/// Commands that lead nowhere: no such order, no such market.
fn misleading() -> [Vec<u8>; 2] {
    let cancel = CancelOrder {
        account: A,
        reserved: [0; 4],
        order_id: u64::MAX,
        client_order_id: Symbol::EMPTY,
    };
    let mut order = vec![0; PlaceOrder::WIDTH];
    let header = [0x20, 0x01, 0, 0, PlaceOrder::WIDTH as u8];
    order[..header.len()].copy_from_slice(&header);
    order[8..17].copy_from_slice(&[A as u8, 0, 0, 0, 255, 255, 255, 255, 1]);
    [cancel.encoded(), order]
}

#[test]
fn the_same_commands_come_to_the_same_state_whether_or_not_one_looks_ahead() {
    let mut random = Xorshift::new(7);
    let mut floor = rich_floor();
    let mut commands = crowd();
    for command in &commands {
        floor.send_bytes(command);
    }
    assert!(floor.exchange.open_orders(A, 2).len() > 2_048);
    for _ in 0..600 {
        let command = stream::command(&mut random, &floor);
        floor.send_bytes(&command);
        commands.push(command);
        for command in misleading() {
            floor.send_bytes(&command);
            commands.push(command);
        }
    }
    let mut looking = rich_floor();
    let bytes = commands.concat();
    let mut lookahead = Lookahead::new(&bytes);
    for command in &commands {
        lookahead.step(&looking.exchange);
        looking.send_bytes(command);
    }
    assert_eq!(looking.exchange.chain(), floor.exchange.chain());
    assert_eq!(looking.exchange.dump(), floor.exchange.dump());
}
