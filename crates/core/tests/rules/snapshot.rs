//! Snapshots: what is read back goes on as the original would.

use cse_core::Exchange;
use cse_wire::{FeeTierState, Message};

use crate::floor::Floor;
use crate::invariants;
use crate::stream::{Xorshift, command, floor};

fn body(exchange: &Exchange) -> Vec<u8> {
    let mut out = Vec::new();
    exchange.write_state(&mut out);
    out
}

#[test]
fn an_empty_exchange_is_restored() {
    let restored = Exchange::read_state(&body(&Exchange::new())).expect("it is a state");
    assert_eq!(restored.dump(), "state 0 0 0000000000000000 0 0 0 0\n");
    assert!(Exchange::read_state(&[]).is_err());
}

/// Found by fuzzing: what fits no counter is refused like any other damage.
#[test]
fn an_entry_of_what_is_not_there_is_refused() {
    let tier_of = |market| FeeTierState {
        market,
        tier: 1,
        reserved: [0; 3],
        maker_fee_ppm: 0,
        taker_fee_ppm: 0,
    };
    for market in [0, 1, u32::MAX] {
        let mut entries = body(&Exchange::new());
        tier_of(market).append(&mut entries);
        let refused = Exchange::read_state(&entries).err();
        assert_eq!(
            refused.map(|error| error.reason),
            Some("the tier's market is another")
        );
    }
}

#[test]
fn a_restored_exchange_has_the_same_future() {
    for seed in 11..=13 {
        let (mut original, mut random) = (floor(), Xorshift::new(seed));
        let mut copy: Option<Floor> = None;
        for step in 0..2_000 {
            if step % 97 == 0 {
                let taken = body(&original.exchange);
                let exchange = Exchange::read_state(&taken).expect("it is a state");
                assert_eq!(body(&exchange), taken);
                assert_eq!(exchange.dump(), original.exchange.dump());
                assert_eq!(exchange.state_hash(), original.exchange.state_hash());
                copy = Some(Floor {
                    exchange,
                    now_us: original.now_us,
                });
            }
            let command = command(&mut random, &original);
            original.now_us += random.below(100_000_000) as i64;
            let events = original.send_bytes(&command);
            if let Some(copy) = &mut copy {
                copy.now_us = original.now_us;
                assert_eq!(
                    copy.send_bytes(&command),
                    events,
                    "seed {seed}, step {step}"
                );
                assert_eq!(copy.exchange.chain(), original.exchange.chain());
            }
        }
    }
}

#[test]
fn a_damaged_state_is_refused_or_consistent() {
    let (mut original, mut random) = (floor(), Xorshift::new(21));
    for _ in 0..600 {
        let command = command(&mut random, &original);
        original.send_bytes(&command);
    }
    let whole = body(&original.exchange);
    let mut refused = 0;
    for _ in 0..1_500 {
        let mut damaged = whole.clone();
        for _ in 0..1 + random.below(3) {
            let place = random.below(damaged.len() as u64) as usize;
            match random.below(3) {
                0 => damaged[place] = random.next() as u8,
                1 => damaged[place] ^= 1 << random.below(8),
                _ => damaged[place / 8 * 8..][..8].fill(0xff),
            }
        }
        if random.chance(10) {
            damaged.truncate(random.below(damaged.len() as u64) as usize);
        }
        let Ok(exchange) = Exchange::read_state(&damaged) else {
            refused += 1;
            continue;
        };
        invariants::check(&exchange);
        let now_us = original.now_us.max(exchange.time_us());
        let mut floor = Floor { exchange, now_us };
        for _ in 0..20 {
            let command = command(&mut random, &floor);
            floor.send_bytes(&command);
        }
    }
    assert!(refused > 750, "most damage is seen: {refused}");
}
