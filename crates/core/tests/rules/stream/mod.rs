//! A stream of commands of every kind, the same for the same seed.

mod operators;
mod orders;
mod random;
mod transfers;

use cse_wire::{
    AccountKind, CancelAllOrders, CreateMarket, FreezeAccount, Message, SetCancelTimer,
    SetMarketSelfTrade, Side, Tick, UnfreezeAccount,
};

use self::operators::{operator, set_fees};
use self::orders::{amend, cancel, list, order, replacement, trigger};
pub use self::random::Xorshift;
use self::transfers::{end_of_hold, from_outbox, movement};
use crate::floor::{A, CREATOR, Floor, OWNERS, account, asset, external, market};
use crate::follower::Follower;
use crate::invariants;

/// A floor with fees, a creator, and a second market whose lots and ticks are not 1.
pub fn floor() -> Floor {
    let terms = |market: &mut CreateMarket| {
        (market.maker_fee_ppm, market.taker_fee_ppm) = (-500, 1_500);
        (market.creator_account, market.creator_share_ppm) = (CREATOR, 333_333);
        market.max_open_orders = 20;
    };
    let mut floor = Floor::new(terms);
    floor.send(&asset("ETH", 3));
    let second = CreateMarket {
        base: 3,
        quote: 2,
        tick_size: 2,
        lot_size: 5_000,
        min_notional: 50,
        maker_fee_ppm: 1_000,
        taker_fee_ppm: 2_000,
        ..market()
    };
    floor.send(&second);
    for account in A..A + 2 * OWNERS {
        floor.credit(account, 3, 5_000_000);
    }
    floor
}

/// The next command of the stream.
pub fn command(random: &mut Xorshift, floor: &Floor) -> Vec<u8> {
    match random.below(100) {
        0..38 => order(random, floor).encoded(),
        38..48 => trigger(random, floor).encoded(),
        48..52 => list(random, floor),
        52..58 => amend(random, floor).encoded(),
        58..62 => replacement(random, floor),
        62..85 => cancel(random, floor).encoded(),
        85 => CancelAllOrders {
            account: someone(random),
            market: random.below(4) as u32,
            side: random.below(4) as u8,
            reserved: [0; 7],
        }
        .encoded(),
        86..89 => movement(random),
        89 => end_of_hold(random, floor),
        90 => FreezeAccount {
            account: someone(random),
            reserved: [0; 4],
        }
        .encoded(),
        91..93 => UnfreezeAccount {
            account: someone(random),
            reserved: [0; 4],
        }
        .encoded(),
        93 => set_fees(random, floor),
        94 | 95 => operator(random, floor),
        96 if random.chance(50) => {
            external(random.below(5) as u32, random.below(3) as u32).encoded()
        }
        96 => account(20 + random.below(5) as u8, AccountKind::Main).encoded(),
        97 => asset(&format!("AS{}", random.below(20)), random.below(20) as u8).encoded(),
        98 if random.chance(50) => SetMarketSelfTrade {
            market: 1 + random.below(2) as u32,
            allowed: random.below(2) as u8,
            reserved: [0; 3],
        }
        .encoded(),
        98 if random.chance(50) => SetCancelTimer {
            account: someone(random),
            reserved: [0; 4],
            timeout_us: random.below(8) as i64 * 500_000_000,
        }
        .encoded(),
        98 => Tick {}.encoded(),
        _ => from_outbox(random, floor),
    }
}

/// A trader's account, or rarely none.
fn someone(random: &mut Xorshift) -> u32 {
    if random.chance(98) {
        A + random.below(2 * u64::from(OWNERS)) as u32
    } else {
        random.below(99) as u32
    }
}

#[test]
fn invariants_hold_after_every_command() {
    let mut leaves_orders = false;
    for seed in 1..=3 {
        let (mut floor, mut random) = (floor(), Xorshift::new(seed));
        let mut follower = Follower::of(&floor.exchange);
        for _ in 0..2_000 {
            let command = command(&mut random, &floor);
            floor.now_us += random.below(100_000_000) as i64;
            follower.take(&floor.send_bytes(&command));
            follower.compare(&floor.exchange);
            invariants::check(&floor.exchange);
        }
        let market = floor.exchange.market(1).expect("it exists");
        assert!(
            market.last_trade_id > 25,
            "the stream trades: {}",
            market.last_trade_id
        );
        let is_empty = |side| floor.exchange.depth(1, side, 1).is_empty();
        leaves_orders |= !is_empty(Side::Buy) || !is_empty(Side::Sell);
    }
    assert!(leaves_orders, "the streams leave orders");
}
