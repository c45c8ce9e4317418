//! Transfers: all legs or none.

use cse_wire::{
    BalanceChanged, CommandRejected, FreezeAccount, TransferCondition, TransferLeg, TransferMade,
};

use crate::floor::{A, BASE, FUNDS, Floor, OUTSIDE, QUOTE, all_of, external, leg, transfer};
use crate::invariants;
use crate::script::{perform, rendered};

const B: u32 = A + 1;
const C: u32 = A + 2;

#[test]
fn legs_apply_in_turn() {
    let mut floor = Floor::new(|_| {});
    // B can pass on what it only gets from the leg before.
    let legs = [
        leg(A, B, QUOTE, FUNDS),
        leg(B, C, QUOTE, 2 * FUNDS),
        leg(C, A, BASE, 5),
    ];
    let events = floor.send_bytes(&transfer(&legs));
    let made = all_of::<TransferMade>(&events)[0];
    assert_eq!((made.leg_count, made.reference), (3, [7; 16]));
    let changed: Vec<(u32, u32, i128)> = all_of::<BalanceChanged>(&events)
        .iter()
        .map(|balance| (balance.account, balance.asset, balance.available))
        .collect();
    let funds = FUNDS as i128;
    let expected = [
        (A, BASE, funds + 5),
        (A, QUOTE, 0),
        (B, QUOTE, 0),
        (C, BASE, funds - 5),
        (C, QUOTE, 3 * funds),
    ];
    assert_eq!(changed, expected);
    invariants::check(&floor.exchange);
}

#[test]
fn a_transfer_is_refused_whole() {
    let many = vec![leg(A, B, QUOTE, 1); 17];
    let most = (1 << 100) - 1;
    let with = |change: fn(&mut TransferLeg)| {
        let mut leg = leg(A, B, QUOTE, 1);
        change(&mut leg);
        vec![leg]
    };
    // What is said, the account and the reference named, and the legs.
    let cases: Vec<(&str, u32, u64, Vec<TransferLeg>)> = vec![
        ("", 0, 0, many[..16].to_vec()),
        ("transfer_invalid", 0, 0, many),
        ("transfer_invalid", 0, 0, vec![]),
        (
            "transfer_invalid",
            0,
            0,
            with(|l| (l.condition, l.asset) = (3, 99)),
        ),
        (
            "transfer_invalid",
            0,
            0,
            with(|l| (l.condition_amount, l.asset) = (1, 99)),
        ),
        (
            "transfer_invalid",
            0,
            0,
            with(|l| (l.condition, l.condition_amount) = (2, 1 << 100)),
        ),
        ("transfer_invalid", 0, 0, with(|l| l.condition = 257)),
        ("transfer_invalid", 0, 0, vec![leg(A, B, 99, 0)]),
        ("transfer_invalid", 0, 0, vec![leg(A, B, QUOTE, 1 << 100)]),
        ("transfer_invalid", 0, 0, vec![leg(A, A, QUOTE, 1)]),
        ("asset_unknown", 0, 99, vec![leg(A, 88, 99, 1)]),
        ("asset_unknown", 0, 0, vec![leg(A, B, 0, 1)]),
        ("account_unknown", 77, 0, vec![leg(77, 88, QUOTE, 1)]),
        ("account_unknown", 88, 0, vec![leg(A, 88, QUOTE, 1)]),
        (
            "account_frozen",
            C,
            0,
            vec![leg(A, C, QUOTE, 1), leg(C, A, QUOTE, 1)],
        ),
        ("", 0, 0, vec![leg(A, C, QUOTE, 1)]),
        (
            "insufficient_funds",
            A,
            2,
            vec![leg(A, B, QUOTE, FUNDS + 1)],
        ),
        (
            "insufficient_funds",
            A,
            2,
            vec![leg(A, B, QUOTE, 1), leg(A, B, QUOTE, FUNDS)],
        ),
        (
            "insufficient_funds",
            B,
            1,
            vec![leg(A, B, QUOTE, 1), leg(B, A, BASE, 2 * FUNDS)],
        ),
        (
            "supply_exceeded",
            OUTSIDE,
            2,
            vec![leg(OUTSIDE, B, QUOTE, most)],
        ),
        ("", 0, 0, vec![leg(OUTSIDE, B, QUOTE, most - 12 * FUNDS)]),
        (
            "supply_exceeded",
            OUTSIDE,
            2,
            vec![leg(OUTSIDE, B, QUOTE, most - 12 * FUNDS + 1)],
        ),
    ];
    for (number, (expected, account, reference, legs)) in cases.iter().enumerate() {
        let mut floor = Floor::new(|_| {});
        floor.send(&FreezeAccount {
            account: C,
            reserved: [0; 4],
        });
        let before = floor.exchange.dump();
        let events = floor.send_bytes(&transfer(legs));
        let case = number + 1;
        assert_eq!(&rendered(&events), expected, "case {case}");
        invariants::check(&floor.exchange);
        if let Some(rejected) = all_of::<CommandRejected>(&events).first() {
            assert_eq!(
                (rejected.account, rejected.reference),
                (*account, *reference),
                "case {case}"
            );
            assert!(
                before
                    .lines()
                    .skip(1)
                    .eq(floor.exchange.dump().lines().skip(1))
            );
        }
    }
}

#[test]
fn supply_stays_bounded_however_often_it_is_brought_in() {
    let mut floor = Floor::new(|_| {});
    floor.send(&external(QUOTE, 1));
    for _ in 0..3 {
        floor.send_bytes(&transfer(&[leg(OUTSIDE, A, QUOTE, 1 << 99)]));
    }
    assert_eq!(floor.funds(A, QUOTE).0, (1 << 99) + FUNDS as i128);
    let back = 16; // the second external account
    let events = floor.send_bytes(&transfer(&[leg(A, back, QUOTE, 1 << 99)]));
    assert_eq!(rendered(&events), "");
    assert_eq!(floor.funds(back, QUOTE), (1 << 99, 0));
    invariants::check(&floor.exchange);
}

#[test]
fn the_tail_is_exactly_the_legs() {
    let whole = transfer(&[leg(A, B, QUOTE, 1), leg(A, B, QUOTE, 1)]);
    let cases: &[(usize, u8)] = &[(32, 1), (32, 3), (88, 0), (32, 0), (34, 1), (36, 8)];
    for &(offset, value) in cases {
        // The count, then a leg's kind, version and length.
        let mut bytes = whole.clone();
        bytes[offset] = value;
        let expected = "transfer_invalid";
        assert_eq!(
            rendered(&Floor::new(|_| {}).send_bytes(&bytes)),
            expected,
            "{offset}"
        );
    }
}

#[test]
fn a_leg_applies_only_where_its_condition_holds() {
    let with = |condition: TransferCondition, amount: u128, condition_amount: u128| TransferLeg {
        condition: condition as u16,
        condition_amount,
        ..leg(A, B, QUOTE, amount)
    };
    let (at_least, at_most) = (
        TransferCondition::DebitAtLeast,
        TransferCondition::CreditAtMost,
    );
    let from_outside = TransferLeg {
        debit: OUTSIDE,
        ..with(at_least, 1, 0)
    };
    // What is said, the account named, and the legs; B has 300 of its funds in an order.
    let cases: Vec<(&str, u32, Vec<TransferLeg>)> = vec![
        ("", 0, vec![with(at_least, 30, FUNDS)]),
        ("condition_not_met", A, vec![with(at_least, 30, FUNDS + 1)]),
        ("", 0, vec![with(at_most, 30, FUNDS + 30)]),
        ("condition_not_met", B, vec![with(at_most, 30, FUNDS + 29)]),
        // The balances are those that the legs before have left.
        (
            "condition_not_met",
            A,
            vec![leg(A, C, QUOTE, 1), with(at_least, 1, FUNDS)],
        ),
        (
            "",
            0,
            vec![leg(B, C, QUOTE, 1), with(at_most, 30, FUNDS + 29)],
        ),
        // The world outside is below zero.
        ("condition_not_met", OUTSIDE, vec![from_outside]),
        // The condition comes before the funds.
        (
            "condition_not_met",
            B,
            vec![with(at_most, FUNDS + 1, FUNDS)],
        ),
        (
            "insufficient_funds",
            A,
            vec![with(at_most, FUNDS + 1, 3 * FUNDS)],
        ),
    ];
    for (number, (expected, account, legs)) in cases.iter().enumerate() {
        let mut floor = Floor::new(|_| {});
        perform(&mut floor, "B buy 30@10");
        let before = floor.exchange.dump();
        let events = floor.send_bytes(&transfer(legs));
        let case = number + 1;
        assert_eq!(&rendered(&events), expected, "case {case}");
        invariants::check(&floor.exchange);
        if let Some(rejected) = all_of::<CommandRejected>(&events).first() {
            let named = (rejected.account, rejected.reference);
            assert_eq!(named, (*account, u64::from(QUOTE)), "case {case}");
            let after = floor.exchange.dump();
            assert!(before.lines().skip(1).eq(after.lines().skip(1)));
        }
    }
}
