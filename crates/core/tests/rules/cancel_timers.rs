//! Cancel timers: who is not heard of in time has no orders open any more.

use cse_wire::{
    CANCEL_TIMEOUT_MAX_US, CANCELS_MAX, CancelTimerFired, CommandRejected, OrderClosed,
    SetCancelTimer, Side, TIMERS_MAX, Tick,
};

use crate::floor::{A, Floor, MARKET, SUB_A, account, all_of};
use crate::invariants;
use crate::script::{Line, code_name, limit_order, run};

const SECOND_US: i64 = 1_000_000;

fn set(account: u32, timeout_us: i64) -> SetCancelTimer {
    SetCancelTimer {
        account,
        reserved: [0; 4],
        timeout_us,
    }
}

#[test]
fn orders_close_when_their_owner_is_not_heard_of() {
    let cases: &[(&str, &[Line])] = &[
        (
            "any command lets the timer fire, before it is looked at",
            &[
                ("A sell 3@10", "#1"),
                ("A buy 2@9", "#2"),
                ("B sell 1@11", "#3"),
                ("A timer 30", "timer at 30"),
                ("wait 29", ""),
                ("tick", ""),
                ("wait 1", ""),
                (
                    "B buy 3@10",
                    "#1 cancelled 3 left; #2 cancelled 2 left; 2 by timer; #4",
                ),
                ("funds A", "1000000+0 1000000+0"),
                ("depth", "3@10 | 1@11"),
                // It fires once.
                ("A sell 1@12", "#5"),
                ("wait 60", ""),
                ("tick", ""),
            ],
        ),
        (
            "set again it fires later, and disarmed not at all",
            &[
                ("A sell 3@10", "#1"),
                ("A timer 30", "timer at 30"),
                ("wait 20", ""),
                ("A timer 30", "timer at 50"),
                ("wait 29", ""),
                ("tick", ""),
                ("A timer 0", "no timer"),
                ("A timer 0", "no timer"),
                ("wait 60", ""),
                ("tick", ""),
                ("depth", " | 3@10"),
            ],
        ),
        (
            "a refused command lets it fire too, and it fires with nothing to close",
            &[
                ("A sell 3@10", "#1"),
                ("A timer 30", "timer at 30"),
                ("B timer 29", "timer at 29"),
                ("wait 30", ""),
                (
                    "A cancel #1",
                    "0 by timer; #1 cancelled 3 left; 1 by timer; order_unknown",
                ),
            ],
        ),
        (
            "orders expire before; one that is set late does not save what was due",
            &[
                ("A sell 3@10 gtd=20", "#1"),
                ("A sell 3@11", "#2"),
                ("A timer 20", "timer at 20"),
                ("wait 20", ""),
                (
                    "A timer 20",
                    "1 due; #1 expired 3 left; #2 cancelled 3 left; 1 by timer; timer at 40",
                ),
            ],
        ),
    ];
    for (name, lines) in cases {
        run(name, |_| {}, lines);
    }
}

#[test]
fn a_timer_is_refused_outside_its_bounds() {
    let cases = [
        ("", A, 0),
        ("", A, SECOND_US),
        ("", A, CANCEL_TIMEOUT_MAX_US),
        ("invalid_cancel_timer", A, SECOND_US - 1),
        ("invalid_cancel_timer", A, CANCEL_TIMEOUT_MAX_US + 1),
        ("invalid_cancel_timer", A, -1),
        ("invalid_cancel_timer", A, i64::MIN),
        ("account_unknown", 99, -1),
    ];
    for (expected, account, timeout_us) in cases {
        let events = Floor::new(|_| {}).send(&set(account, timeout_us));
        let rejected = all_of::<CommandRejected>(&events);
        let said = rejected
            .first()
            .map_or(String::new(), |event| code_name(event.code));
        assert_eq!(said, expected, "{timeout_us}");
        if let Some(rejected) = rejected.first() {
            assert_eq!((rejected.account, rejected.reference), (account, 0));
        }
    }
}

#[test]
fn a_timer_fires_within_the_time_that_is_known() {
    for (before_us, refused) in [(SECOND_US, 1), (SECOND_US + 1, 0)] {
        let mut floor = Floor::new(|_| {});
        floor.now_us = (1 << 53) - before_us;
        let events = floor.send(&set(A, SECOND_US));
        assert_eq!(all_of::<CommandRejected>(&events).len(), refused);
    }
}

/// What is left after one command closes with the next ones.
#[test]
fn one_command_closes_so_many_orders_and_no_more() {
    let mut floor = Floor::new(|_| {});
    for price in 0..CANCELS_MAX as u64 + 4 {
        floor.send(&limit_order(A, Side::Sell, 1, 10 + price));
    }
    floor.send(&limit_order(A + 1, Side::Buy, 1, 9));
    floor.send(&set(A, SECOND_US));
    floor.send(&set(A + 1, SECOND_US));
    floor.send(&set(SUB_A, SECOND_US));
    floor.now_us += SECOND_US;
    let expected: [&[(u32, u32)]; 3] = [
        &[(A, CANCELS_MAX as u32)],
        &[(A, 4), (A + 1, 1), (SUB_A, 0)],
        &[],
    ];
    for fired in expected {
        assert_eq!(floor.exchange.next_due_us().is_some(), !fired.is_empty());
        let events = floor.send(&Tick {});
        let told: Vec<(u32, u32)> = all_of::<CancelTimerFired>(&events)
            .iter()
            .map(|event| (event.account, event.count))
            .collect();
        assert_eq!(told, fired);
        let closed = all_of::<OrderClosed>(&events).len() as u32;
        assert_eq!(closed, fired.iter().map(|&(_, count)| count).sum());
        invariants::check(&floor.exchange);
    }
    assert!(floor.exchange.depth(MARKET, Side::Sell, 1).is_empty());
}

#[test]
fn one_command_lets_so_many_timers_fire_and_no_more() {
    let mut floor = Floor::new(|_| {});
    let count = TIMERS_MAX as u32 + 5;
    let first = SUB_A + 6;
    for owner in 0..count {
        let mut command = account(0, cse_wire::AccountKind::Main);
        command.owner[..4].copy_from_slice(&(owner + 1_000_000).to_le_bytes());
        floor.send(&command);
        floor.send(&set(first + owner, SECOND_US));
    }
    floor.now_us += SECOND_US;
    for expected in [TIMERS_MAX, 5, 0] {
        let events = floor.send(&Tick {});
        assert_eq!(all_of::<CancelTimerFired>(&events).len(), expected);
    }
}
