//! Bytes that are no command: refused, whatever they are.

use cse_wire::{
    AssetCreated, CommandRejected, LAYOUTS, Message, PlaceOrder, Side, Symbol, Tick, TransferLeg,
};

use crate::floor::{A, Floor, all_of, leg};
use crate::invariants;
use crate::script::{limit_order, rendered};
use crate::stream::{Xorshift, command, floor};

#[test]
fn what_has_no_layout_is_malformed() {
    let short = limit_order(A, Side::Buy, 1, 1).encoded();
    let mut named = limit_order(A, Side::Buy, 1, 1);
    named.client_order_id = Symbol::new(b"a").expect("short");
    let order = named.encoded();
    let with = |offset: usize, value: u8| {
        let mut bytes = order.clone();
        bytes[offset] = value;
        bytes
    };
    let event = AssetCreated {
        asset: 1,
        decimals: 0,
        reserved: [0; 3],
        symbol: Symbol::new(b"AB").expect("short"),
    };
    // The bytes, and the kind that the refusal names.
    let cases: &[(Vec<u8>, u16)] = &[
        (vec![], 0),
        (vec![0x20], 0),
        (order[..7].to_vec(), 0),
        (order[..8].to_vec(), PlaceOrder::KIND),
        (order[..120].to_vec(), PlaceOrder::KIND),
        ([order.as_slice(), &[0; 8]].concat(), PlaceOrder::KIND),
        (with(2, 1), PlaceOrder::KIND),
        (with(4, 120), PlaceOrder::KIND),
        (with(4, 129), PlaceOrder::KIND),
        // Of a short one bytes are missing or follow; of a long one the rest is blank.
        (short[..32].to_vec(), PlaceOrder::KIND),
        ([short.as_slice(), &[0; 8]].concat(), PlaceOrder::KIND),
        (with(PlaceOrder::WIDTH - 40, 0), PlaceOrder::KIND),
        (with(0, 0x99), 0x0199),
        (with(1, 0xff), 0xff20),
        ([Tick {}.encoded(), Tick {}.encoded()].concat(), Tick::KIND),
        (leg(4, 5, 1, 1).encoded(), TransferLeg::KIND),
        (event.encoded(), AssetCreated::KIND),
    ];
    for (bytes, kind) in cases {
        let events = Floor::new(|_| {}).send_bytes(bytes);
        assert_eq!(rendered(&events), "malformed_command", "{bytes:?}");
        let rejected = all_of::<CommandRejected>(&events)[0];
        assert_eq!(
            (rejected.command, rejected.account, rejected.reference),
            (*kind, 0, 0)
        );
    }
}

#[test]
fn no_bytes_break_the_core() {
    for seed in 31..=33 {
        let (mut floor, mut random) = (floor(), Xorshift::new(seed));
        for step in 0..20_000 {
            let bytes = bytes(&mut random, &floor);
            floor.send_bytes(&bytes);
            if step % 100 == 0 {
                invariants::check(&floor.exchange);
            }
        }
    }
}

/// A command with some of its bytes changed, or noise behind the header of some layout.
fn bytes(random: &mut Xorshift, floor: &Floor) -> Vec<u8> {
    if random.chance(30) {
        let layouts = LAYOUTS.concat();
        let layout = &layouts[random.below(layouts.len() as u64) as usize];
        let width = match random.below(2) {
            0 => layout.short_width,
            _ => layout.width,
        };
        let length = width + 8 * random.below(2) as usize * usize::from(layout.has_tail);
        let mut noise: Vec<u8> = (0..length).map(|_| random.next() as u8).collect();
        noise[..2].copy_from_slice(&layout.kind.to_le_bytes());
        noise[2..4].fill(0);
        noise[4..8].copy_from_slice(&(length as u32).to_le_bytes());
        return noise;
    }
    let mut bytes = command(random, floor);
    for _ in 0..random.below(4) {
        let place = random.below(bytes.len() as u64) as usize;
        match random.below(4) {
            0 => bytes[place] = random.next() as u8,
            1 => bytes[place..].fill(0xff),
            2 => bytes[place] ^= 1 << random.below(8),
            _ => bytes[place / 8 * 8..][..8].fill(0xff),
        }
    }
    if random.chance(5) {
        bytes.truncate(random.below(bytes.len() as u64 + 1) as usize);
    }
    bytes
}
