//! Held transfers: money that is locked until it moves, or comes back.

use cse_wire::{
    CommandRejected, FreezeAccount, Message, SettleTransfer, TransferCondition, TransferHeld,
    TransferLeg, TransferMade, TransferSettled, TransferVoided, VoidTransfer,
};

use crate::floor::{A, FUNDS, Floor, OUTSIDE, QUOTE, all_of, hold, leg, messages, transfer};
use crate::invariants;
use crate::script::{perform, rendered};

const B: u32 = A + 1;
const C: u32 = A + 2;
const ALL: i128 = FUNDS as i128;

fn settle(transfer: u64) -> SettleTransfer {
    SettleTransfer { transfer }
}

fn void(transfer: u64) -> VoidTransfer {
    VoidTransfer { transfer }
}

/// The id of the transfer that the legs were held under, and the legs as they were told.
fn held(floor: &mut Floor, legs: &[TransferLeg]) -> (u64, Vec<TransferLeg>) {
    let events = floor.send_bytes(&hold(legs));
    invariants::check(&floor.exchange);
    let told = all_of::<TransferHeld>(&events)[0];
    assert_eq!(told.reference, [8; 16]);
    (told.transfer, legs_in(&events))
}

/// The legs in the tail of the first event.
fn legs_in(events: &[u8]) -> Vec<TransferLeg> {
    let (_, first) = messages(events)[0];
    all_of(&first[TransferHeld::WIDTH..])
}

#[test]
fn a_settled_transfer_moves_what_was_locked() {
    let mut floor = Floor::new(|_| {});
    let legs = [leg(A, B, QUOTE, 30), leg(A, C, QUOTE, 50)];
    let (transfer, told) = held(&mut floor, &legs);
    assert_eq!(told, legs);
    assert_eq!(floor.funds(A, QUOTE), (ALL - 80, 80));
    assert_eq!(floor.funds(B, QUOTE), (ALL, 0));
    let events = floor.send(&settle(transfer));
    let settled = all_of::<TransferSettled>(&events)[0];
    assert_eq!(
        (settled.transfer, settled.reference, settled.leg_count),
        (transfer, [8; 16], 2)
    );
    assert_eq!(legs_in(&events), legs);
    assert_eq!(floor.funds(A, QUOTE), (ALL - 80, 0));
    assert_eq!(floor.funds(B, QUOTE), (ALL + 30, 0));
    assert_eq!(floor.funds(C, QUOTE), (ALL + 50, 0));
    invariants::check(&floor.exchange);
}

#[test]
fn a_voided_transfer_gives_back_what_was_locked() {
    let mut floor = Floor::new(|_| {});
    let legs = [leg(A, B, QUOTE, 30), leg(OUTSIDE, A, QUOTE, 50)];
    let (transfer, _) = held(&mut floor, &legs);
    let outside = floor.funds(OUTSIDE, QUOTE);
    assert_eq!(outside.1, 50);
    let events = floor.send(&void(transfer));
    let voided = all_of::<TransferVoided>(&events)[0];
    assert_eq!((voided.transfer, voided.leg_count), (transfer, 2));
    assert_eq!(legs_in(&events), legs);
    assert_eq!(floor.funds(A, QUOTE), (ALL, 0));
    assert_eq!(floor.funds(OUTSIDE, QUOTE), (outside.0 + 50, 0));
    invariants::check(&floor.exchange);
}

#[test]
fn a_transfer_is_settled_or_voided_once() {
    for first in [settle(2).encoded(), void(2).encoded()] {
        let mut floor = Floor::empty();
        for command in [settle(2).encoded(), void(2).encoded()] {
            assert_eq!(rendered(&floor.send_bytes(&command)), "transfer_not_held");
        }
        floor = Floor::new(|_| {});
        let made = all_of::<TransferMade>(&floor.send_bytes(&transfer(&[leg(A, B, QUOTE, 1)])))[0];
        let (id, _) = held(&mut floor, &[leg(A, B, QUOTE, 1)]);
        assert_eq!(id, made.transfer + 1, "one counter for both");
        let mut bytes = first.clone();
        bytes[8..16].copy_from_slice(&id.to_le_bytes());
        assert_eq!(rendered(&floor.send_bytes(&bytes)), "");
        for command in [
            settle(id).encoded(),
            void(id).encoded(),
            settle(made.transfer).encoded(),
        ] {
            let events = floor.send_bytes(&command);
            assert_eq!(rendered(&events), "transfer_not_held");
            let rejected = all_of::<CommandRejected>(&events)[0];
            let asked = u64::from_le_bytes(command[8..16].try_into().expect("eight bytes"));
            assert_eq!((rejected.account, rejected.reference), (0, asked));
        }
    }
}

#[test]
fn a_leg_cannot_spend_what_an_earlier_one_will_bring() {
    let mut floor = Floor::new(|_| {});
    let legs = [leg(A, B, QUOTE, 1), leg(B, C, QUOTE, FUNDS + 1)];
    let before = floor.exchange.dump();
    let events = floor.send_bytes(&hold(&legs));
    assert_eq!(rendered(&events), "insufficient_funds");
    let after = floor.exchange.dump();
    assert!(before.lines().skip(1).eq(after.lines().skip(1)));
    assert_eq!(rendered(&floor.send_bytes(&transfer(&legs))), "");
}

#[test]
fn what_is_held_cannot_be_traded() {
    let mut floor = Floor::new(|_| {});
    let (transfer, _) = held(&mut floor, &[leg(A, B, QUOTE, FUNDS - 9)]);
    assert_eq!(perform(&mut floor, "A buy 1@10"), "insufficient_funds");
    floor.send(&void(transfer));
    assert_eq!(perform(&mut floor, "A buy 1@10"), "#1");
}

/// The world may have changed: what was promised is kept.
#[test]
fn settling_asks_nothing_again() {
    let mut floor = Floor::new(|_| {});
    let condition = TransferLeg {
        condition: TransferCondition::CreditAtMost as u16,
        condition_amount: FUNDS + 5,
        ..leg(A, B, QUOTE, 5)
    };
    let (transfer, _) = held(&mut floor, &[condition]);
    floor.credit(B, QUOTE, 1);
    floor.send(&FreezeAccount {
        account: A,
        reserved: [0; 4],
    });
    assert_eq!(
        rendered(&floor.send_bytes(&hold(&[condition]))),
        "account_frozen"
    );
    assert_eq!(rendered(&floor.send(&settle(transfer))), "");
    assert_eq!(floor.funds(B, QUOTE), (ALL + 6, 0));
    assert_eq!(
        rendered(&floor.send_bytes(&hold(&[TransferLeg {
            debit: C,
            ..condition
        }]))),
        "condition_not_met"
    );
}
