//! Commands carried out in a core, one after another at one time.

use std::hint::black_box;

use cse_core::Exchange;
use cse_wire::{CommandRejected, Group, Message, OrderRejected, header_of};

const TIME_US: i64 = 1_700_000_000_000_000;
const DRAIN_BYTES: usize = 1 << 16;

/// Room for groups, as much as [`carry_out`] ever takes but for the largest.
#[must_use]
pub fn room_for_groups() -> Vec<u8> {
    Vec::with_capacity(2 * DRAIN_BYTES)
}

/// Carries out the next command. Groups stay in `out` until there are some; then they are dropped.
///
/// # Panics
/// Never: sequences follow on.
pub fn carry_out(exchange: &mut Exchange, command: &[u8], out: &mut Vec<u8>) {
    if out.len() > DRAIN_BYTES {
        black_box(&out);
        out.clear();
    }
    let sequence = exchange.sequence() + 1;
    exchange
        .apply(sequence, TIME_US, command, out)
        .expect("sequences follow on");
}

/// Whether a group says that its command was refused.
#[must_use]
pub fn is_rejection(group: &[u8]) -> bool {
    header_of(&group[Group::WIDTH..])
        .is_ok_and(|first| matches!(first.kind, CommandRejected::KIND | OrderRejected::KIND))
}
