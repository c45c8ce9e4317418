//! Orders that expire at a time.

use cse_wire::{
    BalanceChanged, CloseReason, DAY_US, EXPIRIES_MAX, OrderClosed, OrdersExpired, Side,
    TimeInForce,
};

use crate::floor::{A, BASE, FUNDS, Floor, START_US, all_of, leg, transfer};
use crate::invariants;
use crate::script::{Line, limit_order, perform, rendered, run};

#[test]
fn orders_expire_when_their_time_has_come() {
    let cases: &[(&str, &[Line])] = &[
        (
            "any command lets the time pass, and what is due closes before it",
            &[
                ("A sell 3@10 gtd=10", "#1"),
                ("wait 9", ""),
                ("B buy 1@10", "#2; 1@10 with #1; #2 filled"),
                ("wait 1", ""),
                ("B buy 2@10", "1 due; #1 expired 2 left; #3"),
                ("depth", "2@10 | "),
                ("funds A", "999999+0 1000010+0"),
            ],
        ),
        (
            "a command that is refused lets it pass too",
            &[
                ("A sell 3@10 gtd=10", "#1"),
                ("wait 10", ""),
                ("A cancel #1", "1 due; #1 expired 3 left; order_unknown"),
                ("A cancel #1", "order_unknown"),
            ],
        ),
        (
            "they expire by time, then by age",
            &[
                ("A sell 1@10 gtd=20", "#1"),
                ("A sell 1@11 gtd=10", "#2"),
                ("A sell 1@12 gtd=10", "#3"),
                ("A sell 1@13 gtd=21", "#4"),
                ("wait 20", ""),
                (
                    "tick",
                    "3 due; #2 expired 1 left; #3 expired 1 left; #1 expired 1 left",
                ),
                ("tick", ""),
                ("depth", " | 1@13"),
            ],
        ),
        (
            "one that closes before its time does not expire again",
            &[
                ("A sell 1@10 gtd=10", "#1"),
                ("A sell 1@11 gtd=10", "#2"),
                ("A cancel #2", "#2 cancelled 1 left"),
                ("B buy 1@10", "#3; 1@10 with #1; #1 filled; #3 filled"),
                ("wait 10", ""),
                ("tick", ""),
            ],
        ),
        (
            "a client order id is free again when its order expired",
            &[
                ("A sell 1@10 gtd=10 id=x", "#1"),
                ("wait 10", ""),
                ("A cancel id=x", "1 due; #1 expired 1 left; order_not_open"),
            ],
        ),
    ];
    for (name, lines) in cases {
        run(name, |_| {}, lines);
    }
}

#[test]
fn an_order_of_the_day_expires_at_midnight() {
    let mut floor = Floor::new(|_| {});
    let midnight = (START_US / DAY_US + 1) * DAY_US;
    let mut order = limit_order(A, Side::Sell, 1, 10);
    order.time_in_force = TimeInForce::Day as u8;
    floor.send(&order);
    assert_eq!(floor.exchange.next_due_us(), Some(midnight));
    floor.now_us = midnight - 1;
    assert_eq!(perform(&mut floor, "tick"), "");
    floor.now_us = midnight;
    assert_eq!(
        perform(&mut floor, "A sell 1@10 day"),
        "1 due; #1 expired 1 left; #2"
    );
    assert_eq!(floor.exchange.next_due_us(), Some(midnight + DAY_US));
}

/// What a refused transfer takes back are its own legs, not what the time has brought about.
#[test]
fn a_refused_transfer_leaves_what_expired_before_it() {
    let mut floor = Floor::new(|_| {});
    perform(&mut floor, "A sell 5@10 gtd=1");
    floor.now_us = START_US + 1_000_000;
    let legs = [leg(A, A + 1, BASE, 1), leg(A + 1, A, BASE, FUNDS + 2)];
    let events = floor.send_bytes(&transfer(&legs));
    assert_eq!(
        rendered(&events),
        "1 due; #1 expired 5 left; insufficient_funds"
    );
    let changed: Vec<BalanceChanged> = all_of(&events);
    assert_eq!(
        changed,
        [BalanceChanged {
            account: A,
            asset: BASE,
            available: FUNDS as i128,
            locked: 0,
        }]
    );
    invariants::check(&floor.exchange);
}

/// What is due and could not be closed at once never trades.
#[test]
fn more_than_a_command_may_close_wait_and_do_not_trade() {
    let mut floor = Floor::new(|_| {});
    let extra = 3;
    for place in 0..EXPIRIES_MAX + extra {
        let mut order = limit_order(A, Side::Sell, 1, 10 + place as u64 / 500);
        order.time_in_force = TimeInForce::Gtd as u8;
        order.expires_at_us = START_US + 5 - i64::from(place < EXPIRIES_MAX);
        floor.send(&order);
    }
    perform(&mut floor, "C sell 1@12");
    floor.now_us = START_US + 5;
    let events = floor.send(&limit_order(A + 1, Side::Buy, 1, 12));
    let expired: Vec<OrdersExpired> = all_of(&events);
    assert_eq!(expired[0].count as usize, EXPIRIES_MAX);
    let closed: Vec<OrderClosed> = all_of(&events);
    let ends: Vec<(u64, u8)> = closed[EXPIRIES_MAX..]
        .iter()
        .map(|event| (event.order_id, event.reason))
        .collect();
    let (expired, filled) = (CloseReason::Expired as u8, CloseReason::Filled as u8);
    assert_eq!(
        ends,
        [
            (1_001, expired),
            (1_002, expired),
            (1_003, expired),
            (1_004, filled),
            (1_005, filled)
        ]
    );
    assert_eq!(floor.exchange.next_due_us(), None);
    invariants::check(&floor.exchange);
}
