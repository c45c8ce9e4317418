//! How much one command brings about at most.

use cse_wire::{CANCELS_MAX, CloseReason, OrderClosed, Side, TRADES_MAX, Traded};

use crate::floor::{A, Floor, all_of};
use crate::invariants;
use crate::script::{limit_order, order, perform};

/// B sells so many lots one by one, at prices from 1 up.
fn crowded(sells: usize) -> Floor {
    let mut floor = Floor::new(|_| {});
    for place in 0..sells {
        floor.send(&limit_order(A + 1, Side::Sell, 1, 1 + place as u64 / 64));
    }
    floor
}

#[test]
fn an_order_trades_with_so_many_makers_and_no_more() {
    let many = TRADES_MAX + 5;
    let next = TRADES_MAX + 1;
    let cases: &[(&str, usize, String, usize, Option<CloseReason>)] = &[
        (
            "the rest of a limit order that would cross expires",
            next,
            format!("A buy {many}@99"),
            TRADES_MAX,
            Some(CloseReason::Expired),
        ),
        (
            "the rest of one that would not cross rests",
            TRADES_MAX,
            format!("A buy {many}@99"),
            TRADES_MAX,
            None,
        ),
        (
            "as many as are allowed fill",
            next,
            format!("A buy {TRADES_MAX}@99 fok"),
            TRADES_MAX,
            Some(CloseReason::Filled),
        ),
        (
            "fill-or-kill for one more is killed",
            next,
            format!("A buy {next}@99 fok"),
            0,
            Some(CloseReason::Killed),
        ),
        (
            "immediate-or-cancel",
            next,
            format!("A buy {many}@99 ioc"),
            TRADES_MAX,
            Some(CloseReason::Expired),
        ),
        (
            "a market order",
            next,
            format!("A buy market {many}"),
            TRADES_MAX,
            Some(CloseReason::Expired),
        ),
        (
            "a market order by amount",
            next,
            "A buy market for 900000".into(),
            TRADES_MAX,
            Some(CloseReason::Expired),
        ),
    ];
    for (name, sells, line, trades, closed) in cases {
        let mut floor = crowded(*sells);
        let words: Vec<&str> = line.split_whitespace().collect();
        let events = floor.send(&order(&words));
        let reason = all_of::<OrderClosed>(&events)
            .into_iter()
            .find(|event| event.account == A)
            .map(|event| event.reason);
        assert_eq!(all_of::<Traded>(&events).len(), *trades, "{name}");
        assert_eq!(reason, closed.map(|reason| reason as u8), "{name}");
        invariants::check(&floor.exchange);
    }
}

#[test]
fn a_walk_ends_after_so_many_orders() {
    let mut floor = Floor::new(|_| {});
    for _ in 0..TRADES_MAX + 1 {
        floor.send(&limit_order(A + 1, Side::Buy, 1, 10));
    }
    let events = floor.send(&order(&["A", "sell", "market", "for", "900000"]));
    let closed = all_of::<OrderClosed>(&events);
    let last = closed.last().expect("it closes");
    assert_eq!(last.filled_quantity, TRADES_MAX as u64);
    assert_eq!(last.reason, CloseReason::Expired as u8);
    assert_eq!(perform(&mut floor, "depth"), "1@10 | ");
    invariants::check(&floor.exchange);
}

#[test]
fn a_cancel_of_all_closes_the_first_so_many() {
    let mut floor = crowded(CANCELS_MAX + 2);
    let mut counts = Vec::new();
    for _ in 0..3 {
        counts.push(perform(&mut floor, "B cancel all"));
    }
    let last = |said: &String| said.rsplit("; ").next().map(str::to_owned);
    assert_eq!(last(&counts[0]), Some(format!("{CANCELS_MAX} cancelled")));
    let (next, end) = (CANCELS_MAX + 1, CANCELS_MAX + 2);
    assert_eq!(
        counts[1],
        format!("#{next} cancelled 1 left; #{end} cancelled 1 left; 2 cancelled")
    );
    assert_eq!(counts[2], "0 cancelled");
    invariants::check(&floor.exchange);
}
