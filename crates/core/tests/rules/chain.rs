//! Turn, groups, the chain, and the order of events in a group.

use cse_core::Exchange;
use cse_wire::{
    BalanceChanged, CancelAllOrders, DepthChanged, Group, Message, OrderAccepted, OrderClosed,
    Tick, Traded, chain_group,
};

use crate::floor::{A, Floor, all_of, messages};
use crate::script::{Line, order, run};

#[test]
fn commands_come_in_their_turn() {
    let mut exchange = Exchange::new();
    let mut out = Vec::new();
    let tick = Tick {}.encoded();
    assert!(exchange.apply(2, 0, &tick, &mut out).is_err());
    assert!(exchange.apply(1, -1, &tick, &mut out).is_err());
    assert!(exchange.apply(1, 50, &tick, &mut out).is_ok());
    assert!(exchange.apply(1, 50, &tick, &mut out).is_err());
    let early = exchange
        .apply(2, 49, &tick, &mut out)
        .expect_err("time fell");
    assert_eq!((early.expected_sequence, early.last_time_us), (2, 50));
    assert!(exchange.apply(2, 50, &tick, &mut out).is_ok());
    assert_eq!(out.len(), 2 * Group::WIDTH);
    assert_eq!((exchange.sequence(), exchange.time_us()), (2, 50));
}

#[test]
fn the_chain_runs_over_all_groups() {
    let mut exchange = Exchange::new();
    let mut chain = 0;
    for sequence in 1..=5 {
        let mut out = Vec::new();
        let command = crate::floor::asset(&format!("AS{sequence}"), 0).encoded();
        exchange
            .apply(sequence, 7, &command, &mut out)
            .expect("it is its turn");
        let (group, events) = Group::decode(&out).expect("a group");
        chain = chain_group(chain, sequence, 7, events);
        assert_eq!((group.chain, exchange.chain()), (chain, chain));
    }
}

#[test]
fn a_group_tells_what_happened_then_depth_then_balances() {
    let mut floor = run(
        "makers",
        |_| {},
        &[
            ("A sell 1@10", "#1"),
            ("B sell 2@11", "#2"),
            ("B sell 1@12", "#3"),
        ],
    );
    let before = floor.exchange.market(1).expect("it exists").book_sequence;
    let words: Vec<&str> = "C buy 4@11".split_whitespace().collect();
    let events = floor.send(&order(&words));
    let kinds: Vec<u16> = messages(&events).iter().map(|&(kind, _)| kind).collect();
    let expected = [
        &[OrderAccepted::KIND][..],
        &[
            Traded::KIND,
            OrderClosed::KIND,
            Traded::KIND,
            OrderClosed::KIND,
        ],
        &[DepthChanged::KIND; 3],
        &[BalanceChanged::KIND; 6],
    ];
    assert_eq!(kinds, expected.concat());
    let depth: Vec<(u64, u8, u64, u64)> = all_of::<DepthChanged>(&events)
        .iter()
        .map(|level| {
            (
                level.book_sequence - before,
                level.side,
                level.price,
                level.quantity,
            )
        })
        .collect();
    assert_eq!(depth, [(1, 1, 11, 1), (2, 2, 10, 0), (3, 2, 11, 0)]);
    let changed: Vec<(u32, u32)> = all_of::<BalanceChanged>(&events)
        .iter()
        .map(|balance| (balance.account, balance.asset))
        .collect();
    assert_eq!(changed, [(4, 1), (4, 2), (5, 1), (5, 2), (6, 1), (6, 2)]);
}

#[test]
fn a_level_is_told_once_however_often_it_was_touched() {
    let lines: &[Line] = &[
        ("A sell 1@10", "#1"),
        ("A sell 1@11", "#2"),
        ("B sell 5@10", "#3"),
        ("A sell 1@10", "#4"),
    ];
    let mut floor = run("levels in turn", |_| {}, lines);
    let events = floor.send(&CancelAllOrders {
        account: A,
        market: 0,
        side: 0,
        reserved: [0; 7],
    });
    let told: Vec<(u64, u64)> = all_of::<DepthChanged>(&events)
        .iter()
        .map(|level| (level.price, level.quantity))
        .collect();
    assert_eq!(told, [(10, 5), (11, 0)]);
}

#[test]
fn what_is_as_before_is_not_told() {
    let mut floor = Floor::new(|_| {});
    let words: Vec<&str> = "C buy 4@11 ioc".split_whitespace().collect();
    let kinds: Vec<u16> = messages(&floor.send(&order(&words)))
        .iter()
        .map(|&(kind, _)| kind)
        .collect();
    assert_eq!(kinds, [OrderAccepted::KIND, OrderClosed::KIND]);
}
