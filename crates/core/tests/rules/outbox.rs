//! Commands out of an outbox, epochs and upgrades.

use cse_wire::{
    AssetCreated, CommandRejected, EpochStarted, FromOutbox, Message, OutboxRepeated, OutboxTaken,
    Side, StartEpoch, Tick, TransferLeg, Upgrade, Upgraded,
};

use crate::floor::{A, Floor, OUTSIDE, QUOTE, all_of, asset, leg, messages, transfer};
use crate::script::{limit_order, rendered};

fn wrapped(source: u32, number: u64, inner: &[u8]) -> Vec<u8> {
    let mut out = Vec::new();
    FromOutbox {
        source,
        reserved: [0; 4],
        number,
    }
    .append_with(inner, &mut out);
    out
}

fn kinds(events: &[u8]) -> Vec<u16> {
    messages(events).iter().map(|&(kind, _)| kind).collect()
}

#[test]
fn each_number_takes_effect_once() {
    let mut floor = Floor::new(|_| {});
    let credit = transfer(&[leg(OUTSIDE, A, QUOTE, 5)]);
    let funds = floor.funds(A, QUOTE).0;

    let events = floor.send_bytes(&wrapped(3, 1, &credit));
    assert_eq!(all_of::<OutboxTaken>(&events)[0].number, 1);
    assert_eq!(floor.funds(A, QUOTE).0, funds + 5);

    let events = floor.send_bytes(&wrapped(3, 1, &credit));
    assert_eq!(kinds(&events), [OutboxRepeated::KIND]);
    assert_eq!(all_of::<OutboxRepeated>(&events)[0].last_number, 1);
    assert_eq!(floor.funds(A, QUOTE).0, funds + 5);

    let events = floor.send_bytes(&wrapped(3, 3, &credit));
    let rejected = all_of::<CommandRejected>(&events)[0];
    assert_eq!(
        (rejected.command, rejected.reference),
        (FromOutbox::KIND, 3)
    );
    assert_eq!(rendered(&events), "outbox_gap");

    floor.send_bytes(&wrapped(3, 2, &credit));
    floor.send_bytes(&wrapped(4, 1, &credit));
    assert_eq!(floor.funds(A, QUOTE).0, funds + 15);
    assert_eq!(
        [3, 4, 5].map(|source| floor.exchange.outbox_number(source)),
        [2, 1, 0]
    );
    assert!(floor.exchange.dump().ends_with("outbox 3 2\noutbox 4 1\n"));
    assert_eq!(
        kinds(&floor.send_bytes(&wrapped(3, 0, &credit))),
        [OutboxRepeated::KIND]
    );
}

#[test]
fn a_taken_row_tells_the_digest_of_its_command() {
    let mut floor = Floor::new(|_| {});
    let taken = |events: &[u8]| all_of::<OutboxTaken>(events)[0].digest;
    let tick = Tick {}.encoded();
    assert_eq!(
        taken(&floor.send_bytes(&wrapped(3, 1, &tick))),
        0x2195_aa77_3a77_16a4
    );
    assert_eq!(
        taken(&floor.send_bytes(&wrapped(4, 1, &tick))),
        0x2195_aa77_3a77_16a4
    );
    let refused = asset("CRT", 0).encoded();
    assert_ne!(
        taken(&floor.send_bytes(&wrapped(3, 2, &refused))),
        0x2195_aa77_3a77_16a4
    );
}

#[test]
fn a_refused_row_stays_taken() {
    let mut floor = Floor::new(|_| {});
    let events = floor.send_bytes(&wrapped(1, 1, &asset("CRT", 0).encoded()));
    assert_eq!(kinds(&events), [OutboxTaken::KIND, CommandRejected::KIND]);
    assert_eq!(rendered(&events), "symbol_taken");
    let order = limit_order(A, Side::Buy, 1, 0);
    let events = floor.send_bytes(&wrapped(1, 2, &order.encoded()));
    assert_eq!(rendered(&events), "price_out_of_range");
    let leg: TransferLeg = leg(A, 5, QUOTE, 1);
    let events = floor.send_bytes(&wrapped(1, 3, &leg.encoded()));
    assert_eq!(rendered(&events), "malformed_command");
    assert_eq!(
        all_of::<CommandRejected>(&events)[0].command,
        TransferLeg::KIND
    );
    let events = floor.send_bytes(&wrapped(1, 4, &asset("NEW", 0).encoded()));
    assert_eq!(kinds(&events), [OutboxTaken::KIND, AssetCreated::KIND]);
}

#[test]
fn a_row_is_exactly_one_command_that_a_row_may_be() {
    let tick = Tick {}.encoded();
    let epoch = StartEpoch {
        epoch: 1,
        previous_epoch: 0,
        previous_last_sequence: 0,
    }
    .encoded();
    let upgrade = Upgrade {
        rules_version: 0,
        reserved: [0; 4],
        state_hash: [0; 32],
    }
    .encoded();
    let too_long = [&[1, 1, 0, 0, 64, 0, 0, 0], &[0; 24][..]].concat();
    let cases: &[(u32, &[u8])] = &[
        (0, &tick),
        (1, &[]),
        (1, &[tick.as_slice(), &tick].concat()),
        (1, &too_long),
        (1, &epoch),
        (1, &upgrade),
        (1, &wrapped(1, 1, &tick)),
    ];
    for &(source, inner) in cases {
        let mut floor = Floor::new(|_| {});
        let events = floor.send_bytes(&wrapped(source, 1, inner));
        assert_eq!(rendered(&events), "malformed_command");
        let rejected = all_of::<CommandRejected>(&events)[0];
        assert_eq!(
            (rejected.command, rejected.reference),
            (FromOutbox::KIND, 1)
        );
        assert_eq!(floor.exchange.outbox_number(source), 0);
    }
}

#[test]
fn epochs_follow_one_another() {
    let mut floor = Floor::empty();
    let start = |epoch, previous_epoch, previous_last_sequence| StartEpoch {
        epoch,
        previous_epoch,
        previous_last_sequence,
    };
    let cases = [
        (start(2, 0, 0), false),
        (start(1, 0, 1), true),
        (start(1, 0, 2), false),
        (start(2, 1, 2), false),
        (start(2, 0, 4), false),
        (start(u64::MAX, 1, 5), false),
        (start(2, 1, 6), true),
    ];
    for (command, is_taken) in cases {
        let events = floor.send(&command);
        assert_eq!(
            all_of::<EpochStarted>(&events).len(),
            usize::from(is_taken),
            "{command:?}"
        );
        if !is_taken {
            assert_eq!(rendered(&events), "invalid_epoch");
            assert_eq!(
                all_of::<CommandRejected>(&events)[0].reference,
                command.epoch
            );
        }
    }
    assert_eq!(floor.exchange.epoch(), 2);
}

#[test]
fn an_upgrade_names_the_state_before_it() {
    let mut floor = Floor::new(|_| {});
    let upgrade = |rules_version, state_hash| Upgrade {
        rules_version,
        reserved: [0; 4],
        state_hash,
    };
    let hash = floor.exchange.state_hash();
    assert_eq!(
        rendered(&floor.send(&upgrade(0, [0; 32]))),
        "upgrade_mismatch"
    );
    assert_eq!(rendered(&floor.send(&upgrade(0, hash))), "upgrade_mismatch");
    let hash = floor.exchange.state_hash();
    assert_eq!(rendered(&floor.send(&upgrade(1, hash))), "upgrade_mismatch");
    let hash = floor.exchange.state_hash();
    let events = floor.send(&upgrade(0, hash));
    assert_eq!(all_of::<Upgraded>(&events)[0].rules_version, 0);
}

#[test]
fn a_tick_says_nothing() {
    assert_eq!(Floor::new(|_| {}).send(&Tick {}), []);
}
