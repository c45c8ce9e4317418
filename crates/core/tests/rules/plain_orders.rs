//! Plain orders go a way of their own through the same rules, and nothing comes of it but time.

use cse_wire::{Message, PlaceOrder, SelfTradePrevention};

use crate::script::order;
use crate::stream::{self, Xorshift};

/// A plain order, mostly one that is taken in.
fn plain(random: &mut Xorshift) -> PlaceOrder {
    let one_of = |random: &mut Xorshift, usual: u64, others: [u64; 3]| match random.below(30) {
        place @ 0..3 => others[place as usize],
        _ => usual,
    };
    let account = 4 + random.below(4);
    let (market, side) = (random.below(2), random.below(2));
    let price = 90 + random.below(20);
    let quantity = 1 + random.below(50);
    PlaceOrder {
        account: one_of(random, account, [0, 1, 99]) as u32,
        market: 1 + one_of(random, market, [98, 7, 1]) as u32,
        side: 1 + one_of(random, side, [2, 254, 1]) as u8,
        price: one_of(random, price, [0, 1, u64::MAX]),
        quantity: one_of(random, quantity, [0, 1 << 50, u64::MAX]),
        ..order(&["A", "sell", "1@10"])
    }
}

/// The same order, which says of itself what holds of one that says nothing.
fn spelled_out(order: PlaceOrder) -> PlaceOrder {
    PlaceOrder {
        self_trade_prevention: SelfTradePrevention::CancelNewest as u8,
        ..order
    }
}

#[test]
fn a_plain_order_comes_to_what_it_comes_to_spelled_out() {
    let mut random = Xorshift::new(11);
    let (mut plainly, mut in_full) = (stream::floor(), stream::floor());
    for _ in 0..4_000 {
        let (command, other) = if random.chance(60) {
            let order = plain(&mut random);
            (order.encoded(), spelled_out(order).encoded())
        } else {
            let command = stream::command(&mut random, &plainly);
            (command.clone(), command)
        };
        let passed_us = random.below(10_000_000) as i64;
        plainly.now_us += passed_us;
        in_full.now_us += passed_us;
        assert_eq!(plainly.send_bytes(&command), in_full.send_bytes(&other));
    }
    assert_eq!(plainly.exchange.dump(), in_full.exchange.dump());
    assert!(
        plainly
            .exchange
            .market(1)
            .is_some_and(|market| market.last_trade_id > 25)
    );
}
