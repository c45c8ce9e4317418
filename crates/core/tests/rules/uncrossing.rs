//! The end of an auction: one price for all that crosses, and what becomes of the rest.

use cse_wire::{CreateMarket, TRADES_MAX};

use crate::floor::{CREATOR, FEES, QUOTE};
use crate::script::{Line, perform, run};

#[test]
fn what_crosses_trades_at_one_price() {
    let cases: &[(&str, &[Line])] = &[
        (
            "best price first, oldest first; a buy has back what it did not pay",
            &[
                ("market auction", "auction"),
                ("A buy 3@105", "#1"),
                ("B buy 4@104", "#2"),
                ("C sell 2@100", "#3; would be 2@105 and 1 to buy"),
                ("D sell 3@101", "#4; would be 5@104 and 2 to buy"),
                (
                    "market open",
                    "2@104 with #1 by #3; #3 filled; 1@104 with #1 by #4; #1 filled; \
                     2@104 with #2 by #4; #4 filled; uncrossed 5@104; open",
                ),
                ("funds A", "1000003+0 999688+0"),
                ("funds B", "1000002+0 999584+208"),
                ("funds C", "999998+0 1000208+0"),
                ("depth", "2@104 | "),
            ],
        ),
        (
            "before the command whose time has come, whatever it is",
            &[
                ("market auction ends=5", "auction until 5"),
                ("A buy 1@10", "#1"),
                ("B sell 1@10", "#2; would be 1@10"),
                ("wait 5", ""),
                (
                    "C sell market 1",
                    "1@10 with #1 by #2; #1 filled; #2 filled; uncrossed 1@10; open; \
                     #3; #3 expired 1 left",
                ),
            ],
        ),
        (
            "where nothing crosses the market opens",
            &[
                ("market auction ends=5", "auction until 5"),
                ("A buy 1@10", "#1"),
                ("wait 5", ""),
                ("tick", "uncrossed 0@0; open"),
                ("market open", "open"),
            ],
        ),
        (
            "a crossed book of another status goes through auction",
            &[
                ("market auction", "auction"),
                ("A buy 1@10", "#1"),
                ("B sell 1@9", "#2; would be 1@9"),
                ("market halted", "halted"),
                (
                    "market open",
                    "auction; 1@9 with #1 by #2; #1 filled; #2 filled; uncrossed 1@9; open",
                ),
            ],
        ),
        (
            "icebergs are refreshed as ever, and lose their place",
            &[
                ("market auction", "auction"),
                ("A buy 4@10 show=1", "#1"),
                ("B buy 2@10", "#2"),
                ("C sell 5@10", "#3; would be 5@10 and 1 to buy"),
                (
                    "market open",
                    "1@10 with #1 by #3; 2@10 with #2 by #3; #2 filled; 1@10 with #1 by #3; \
                     1@10 with #1 by #3; #3 filled; uncrossed 5@10; open",
                ),
                ("depth", "1@10 | "),
            ],
        ),
    ];
    for (name, lines) in cases {
        run(name, |_| {}, lines);
    }
}

#[test]
fn own_orders_meet_with_the_prevention_of_the_later_one() {
    let cases: &[(&str, &[Line])] = &[
        (
            "cancel newest",
            &[
                ("market auction", "auction"),
                ("A buy 3@10", "#1"),
                ("a sell 3@10", "#2; would be 3@10"),
                ("B sell 1@10", "#3; would be 3@10 and 1 to sell"),
                (
                    "market open",
                    "3@10 prevented with #1; #2 selftrade 3 left; 1@10 with #1 by #3; #3 filled; \
                     uncrossed 1@10; open",
                ),
                ("funds a", "1000000+0 1000000+0"),
            ],
        ),
        (
            "cancel oldest, and the price is fixed anew for what is left",
            &[
                ("market auction", "auction"),
                ("A sell 3@10", "#1"),
                ("B sell 1@12", "#2"),
                ("A buy 3@15 stp=oldest", "#3; would be 3@10"),
                (
                    "market open",
                    "3@10 prevented with #1; #1 selftrade 3 left; 1@15 with #2 by #3; #2 filled; \
                     uncrossed 1@15; open",
                ),
            ],
        ),
        (
            "cancel both",
            &[
                ("market auction", "auction"),
                ("A sell 3@10", "#1"),
                ("A buy 2@10 stp=both", "#2; would be 2@10 and 1 to sell"),
                (
                    "market open",
                    "2@10 prevented with #1; #1 selftrade 3 left; #2 selftrade 2 left; \
                     uncrossed 0@0; open",
                ),
            ],
        ),
        (
            "decrement releases what both held for the lots",
            &[
                ("market auction", "auction"),
                ("A sell 3@10", "#1"),
                ("A buy 5@12 stp=decrement", "#2; would be 3@12 and 2 to buy"),
                ("funds A", "999997+3 999940+60"),
                (
                    "market open",
                    "3@12 prevented with #1; #1 selftrade; uncrossed 0@0; open",
                ),
                ("funds A", "1000000+0 999976+24"),
                ("depth", "2@12 | "),
            ],
        ),
        (
            "none: another account of the owner trades, the same one does not",
            &[
                ("allow self-trades", ""),
                ("market auction", "auction"),
                ("A sell 1@10", "#1"),
                ("a buy 1@10 stp=none", "#2; would be 1@10"),
                ("A buy 1@10 stp=none", "#3; would be 1@10 and 1 to buy"),
                ("B sell 1@10", "#4; would be 2@10"),
                (
                    "market open",
                    "1@10 with #1 by #2; #1 filled; #2 filled; 1@10 with #3 by #4; #3 filled; \
                     #4 filled; uncrossed 2@10; open",
                ),
            ],
        ),
    ];
    for (name, lines) in cases {
        run(name, |_| {}, lines);
    }
}

#[test]
fn both_pay_as_makers_and_no_rebate_is_given() {
    let terms = |rate: i32| {
        move |market: &mut CreateMarket| {
            (market.maker_fee_ppm, market.taker_fee_ppm) = (rate, 20_000);
            (market.creator_account, market.creator_share_ppm) = (CREATOR, 500_000);
        }
    };
    let lines: &[Line] = &[
        ("market auction", "auction"),
        ("A buy 1@100", "#1"),
        ("B sell 1@100", "#2; would be 1@100"),
        (
            "market open",
            "1@100 with #1 by #2; #1 filled; #2 filled; uncrossed 1@100; open",
        ),
    ];
    let mut floor = run("a fee", terms(10_000), lines);
    assert_eq!(perform(&mut floor, "funds A"), "1000001+0 999899+0");
    assert_eq!(perform(&mut floor, "funds B"), "999999+0 1000099+0");
    assert_eq!(floor.funds(CREATOR, QUOTE), (1, 0));
    assert_eq!(floor.funds(FEES, QUOTE), (1, 0));
    let mut floor = run("a rebate", terms(-10_000), lines);
    assert_eq!(perform(&mut floor, "funds A"), "1000001+0 999900+0");
    assert_eq!(perform(&mut floor, "funds B"), "999999+0 1000100+0");
}

/// The end of what is said of many trades.
fn end_of(said: &str, parts: usize) -> String {
    let parts: Vec<&str> = said.rsplitn(parts + 1, "; ").take(parts).collect();
    parts.into_iter().rev().collect::<Vec<_>>().join("; ")
}

#[test]
fn a_command_has_so_many_meetings_and_the_next_ones_go_on() {
    let mut floor = run("many", |_| {}, &[("market auction", "auction")]);
    let pairs = TRADES_MAX + 2;
    for _ in 0..pairs {
        perform(&mut floor, "A buy 1@2");
    }
    perform(&mut floor, &format!("B sell {pairs}@2"));
    let said = perform(&mut floor, "market open");
    assert_eq!(
        end_of(&said, 2),
        "#4096 filled; uncrossed 4096@2, goes on at 2"
    );
    let market = floor.exchange.market(1).expect("it exists");
    assert_eq!((market.status, market.uncross_price), (3, 2));
    let is_now = floor.exchange.next_due_us();
    assert!(is_now.is_some_and(|time_us| time_us <= floor.now_us));
    let said = perform(&mut floor, "A cancel #4098");
    let rest = "1@2 with #4097 by #4099; #4097 filled; 1@2 with #4098 by #4099; #4098 filled; \
                #4099 filled; uncrossed 2@2; open; order_unknown";
    assert_eq!(said, rest);
    assert_eq!(floor.exchange.next_due_us(), None);
}

#[test]
fn while_it_goes_on_orders_are_cancelled_only() {
    let lines: &[(&str, &str)] = &[
        ("market open", "invalid_market_status"),
        ("C buy 1@2", "market_halted"),
        ("A amend #25000 1@2", "market_halted"),
        ("A cancel #25000", "#25000 cancelled 1 left"),
        ("market halted", "halted"),
        ("market open", "open"),
    ];
    let mut floor = run("many", |_| {}, &[("market auction", "auction")]);
    let orders = 25_000;
    for _ in 0..orders {
        perform(&mut floor, "A buy 1@2");
    }
    perform(&mut floor, "B sell 1000@2");
    for _ in 0..orders / 1_000 {
        perform(&mut floor, "B sell 1000@2");
    }
    perform(&mut floor, "market open");
    for &(line, expected) in lines {
        let said = perform(&mut floor, line);
        assert_eq!(end_of(&said, 1), expected, "{line}");
    }
}
