//! Bytes as commands to a core: none makes it panic, ask for room without bound, or come to a state
//! that it would not take back from a snapshot.

use std::sync::OnceLock;

use cse_core::Exchange;
use cse_wire::{Group, Header, Message, header_of};

/// Commands that list markets and hand out money, as `tests/fuzz/seeds.py` writes them.
const OPENING: &[u8] = include_bytes!("../opening.commands");
/// What the first two bits of a step's first byte count in.
const UNITS_US: [i64; 4] = [0, 1, 1_000_000, 3_600_000_000];
/// The longest group of events, far above what the bounds of a command allow.
const GROUP_MAX: usize = 16 << 20;

/// Carries out one step after another: a byte of time, and a command as long as it says, or the rest.
///
/// # Panics
/// When the core breaks a promise.
pub fn run(data: &[u8]) {
    let mut exchange = opened();
    let mut rest = data;
    while let [time, behind @ ..] = rest {
        let (command, behind) = behind.split_at(length_of(behind));
        apply(&mut exchange, *time, command);
        rest = behind;
    }
    let mut state = Vec::new();
    exchange.write_state(&mut state);
    let again = Exchange::read_state(&state).expect("a core reads its own state");
    let mut written_again = Vec::new();
    again.write_state(&mut written_again);
    assert!(state == written_again, "the state that was read is another");
}

/// How many bytes the next command takes.
fn length_of(bytes: &[u8]) -> usize {
    match header_of(bytes) {
        Ok(header) => (header.length as usize).clamp(Header::WIDTH, bytes.len()),
        Err(_) => bytes.len(),
    }
}

fn apply(exchange: &mut Exchange, time: u8, command: &[u8]) {
    let step_us = UNITS_US[usize::from(time >> 6)] * i64::from(time & 0x3f);
    let time_us = exchange.time_us() + step_us;
    let mut group = Vec::new();
    exchange
        .apply(exchange.sequence() + 1, time_us, command, &mut group)
        .expect("it is the command's turn");
    assert!(group.len() < GROUP_MAX, "a group of {} bytes", group.len());
    let (_, mut events) = Group::decode(&group).expect("a group is a message");
    while !events.is_empty() {
        let event = header_of(events).expect("a group's events are messages");
        events = &events[event.length as usize..];
    }
}

/// A core behind the opening.
fn opened() -> Exchange {
    static STATE: OnceLock<Vec<u8>> = OnceLock::new();
    let state = STATE.get_or_init(|| {
        let (mut exchange, mut rest) = (Exchange::new(), OPENING);
        while !rest.is_empty() {
            let (command, behind) = rest.split_at(length_of(rest));
            apply(&mut exchange, 0, command);
            rest = behind;
        }
        assert!(
            exchange.markets().count() > 1,
            "the opening is of other layouts: CSE_RECORD=1 ./cse test tests/fuzz"
        );
        let mut state = Vec::new();
        exchange.write_state(&mut state);
        state
    });
    Exchange::read_state(state).expect("a core reads its own state")
}
