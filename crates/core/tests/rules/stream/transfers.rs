//! Transfers, made at once or held, and commands out of an outbox.

use cse_wire::{CoreState, FromOutbox, Message, SettleTransfer, TransferLeg, VoidTransfer};

use super::random::Xorshift;
use super::someone;
use crate::floor::{FEES, Floor, OUTSIDE, all_of, hold, leg, transfer};

/// Settles or voids one of the last transfers, which may be held.
pub fn end_of_hold(random: &mut Xorshift, floor: &Floor) -> Vec<u8> {
    let mut body = Vec::new();
    floor.exchange.write_state(&mut body);
    let last = all_of::<CoreState>(&body)[0].last_transfer_id;
    let transfer = last.saturating_sub(random.below(8));
    match random.below(2) {
        0 => SettleTransfer { transfer }.encoded(),
        _ => VoidTransfer { transfer }.encoded(),
    }
}

pub fn movement(random: &mut Xorshift) -> Vec<u8> {
    let legs: Vec<_> = (0..1 + random.below(4))
        .map(|_| {
            let debit = if random.chance(30) {
                OUTSIDE
            } else {
                someone(random)
            };
            let credit = if random.chance(10) {
                FEES
            } else {
                someone(random)
            };
            let has_condition = random.chance(20);
            TransferLeg {
                condition: u16::from(has_condition) * (1 + random.below(2) as u16),
                condition_amount: u128::from(has_condition) * u128::from(random.below(2_000_000)),
                ..leg(
                    debit,
                    credit,
                    1 + random.below(3) as u32,
                    u128::from(random.below(30_000)),
                )
            }
        })
        .collect();
    if random.chance(40) {
        hold(&legs)
    } else {
        transfer(&legs)
    }
}

pub fn from_outbox(random: &mut Xorshift, floor: &Floor) -> Vec<u8> {
    let source = 1 + random.below(2) as u32;
    let number = floor.exchange.outbox_number(source) + random.below(3);
    let mut out = Vec::new();
    FromOutbox {
        source,
        reserved: [0; 4],
        number,
    }
    .append_with(&movement(random), &mut out);
    out
}
