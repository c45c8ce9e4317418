//! Price-time priority and what becomes of the incoming order. Most cases are failures of engines
//! in the field.

use crate::script::{Line, run};

#[test]
fn orders_match_as_the_rules_say() {
    let cases: &[(&str, &[Line])] = &[
        (
            "the sweep stops at the first price that does not cross",
            &[
                ("A buy 1@3296", "#1"),
                ("B buy 1@3274", "#2"),
                (
                    "C sell 2@3286 ioc",
                    "#3; 1@3296 with #1; #1 filled; #3 expired 1 left",
                ),
                ("depth", "1@3274 | "),
                ("funds C", "999999+0 1003296+0"),
            ],
        ),
        (
            "a trade is at the maker's price",
            &[
                ("A buy 5@1010", "#1"),
                ("B sell 5@1000", "#2; 5@1010 with #1; #1 filled; #2 filled"),
                ("depth", " | "),
                ("funds A", "1000005+0 994950+0"),
                ("funds B", "999995+0 1005050+0"),
            ],
        ),
        (
            "the best price trades first, then the oldest at it",
            &[
                ("A sell 1@1005", "#1"),
                ("B sell 1@1002", "#2"),
                ("C sell 1@1002", "#3"),
                (
                    "D buy 2@1005",
                    "#4; 1@1002 with #2; #2 filled; 1@1002 with #3; #3 filled; #4 filled",
                ),
                ("depth", " | 1@1005"),
                ("funds D", "1000002+0 997996+0"),
            ],
        ),
        (
            "nothing is lost when the other side runs empty",
            &[
                ("A buy 1@1000", "#1"),
                ("B buy 2@999", "#2"),
                ("depth", "1@1000 2@999 | "),
                (
                    "C sell 3@999",
                    "#3; 1@1000 with #1; #1 filled; 2@999 with #2; #2 filled; #3 filled",
                ),
                ("depth", " | "),
                ("A buy 1@1000", "#4"),
                ("C sell 3@1000", "#5; 1@1000 with #4; #4 filled"),
                ("depth", " | 2@1000"),
            ],
        ),
        (
            "a level falls by what traded",
            &[
                ("A sell 10@10", "#1"),
                ("depth", " | 10@10"),
                ("B buy 3@10", "#2; 3@10 with #1; #2 filled"),
                ("depth", " | 7@10"),
                ("B buy 3@10", "#3; 3@10 with #1; #3 filled"),
                ("depth", " | 4@10"),
            ],
        ),
        (
            "a cancel inside a queue leaves those behind it in line",
            &[
                ("A sell 1@10", "#1"),
                ("B sell 1@10", "#2"),
                ("C sell 1@10", "#3"),
                ("D sell 1@10", "#4"),
                ("E sell 1@10", "#5"),
                ("A cancel #1", "#1 cancelled 1 left"),
                ("C cancel #3", "#3 cancelled 1 left"),
                (
                    "F buy 3@10",
                    "#6; 1@10 with #2; #2 filled; 1@10 with #4; #4 filled; 1@10 with #5; \
                     #5 filled; #6 filled",
                ),
                ("B cancel #2", "order_unknown"),
                ("depth", " | "),
            ],
        ),
        (
            "a level's queue is served in order whatever left it",
            &[
                ("A buy 1@10", "#1"),
                ("B buy 2@10", "#2"),
                ("C buy 3@10", "#3"),
                ("C cancel #3", "#3 cancelled 3 left"),
                ("C buy 3@10", "#4"),
                ("B cancel #2", "#2 cancelled 2 left"),
                (
                    "D sell 2@10",
                    "#5; 1@10 with #1; #1 filled; 1@10 with #4; #5 filled",
                ),
                ("depth", "2@10 | "),
            ],
        ),
        (
            "what is left of a limit order rests at its own price",
            &[
                ("A sell 2@100", "#1"),
                ("B buy 5@103", "#2; 2@100 with #1; #1 filled"),
                ("depth", "3@103 | "),
                ("funds B", "1000002+0 999491+309"),
            ],
        ),
    ];
    for (name, lines) in cases {
        run(name, |_| {}, lines);
    }
}

#[test]
fn an_order_never_trades_with_its_owner() {
    let cases: &[(&str, &[Line])] = &[
        (
            "the incoming order's rest is cancelled and the resting order stays",
            &[
                ("A sell 3@10", "#1"),
                (
                    "A buy 5@10",
                    "#2; 3@10 prevented with #1; #2 selftrade 5 left",
                ),
                ("depth", " | 3@10"),
                ("funds A", "999997+3 1000000+0"),
            ],
        ),
        (
            "it trades with others up to there",
            &[
                ("B sell 2@10", "#1"),
                ("A sell 3@10", "#2"),
                ("C sell 3@10", "#3"),
                (
                    "A buy 5@10",
                    "#4; 2@10 with #1; #1 filled; 3@10 prevented with #2; #4 selftrade 3 left",
                ),
                ("depth", " | 6@10"),
            ],
        ),
        (
            "the owner counts, not the account",
            &[
                ("A sell 3@10", "#1"),
                (
                    "a buy 3@10",
                    "#2; 3@10 prevented with #1; #2 selftrade 3 left",
                ),
                (
                    "a buy market 3",
                    "#3; 3@10 prevented with #1; #3 selftrade 3 left",
                ),
                (
                    "a buy market for 30",
                    "#4; 3@10 prevented with #1; #4 selftrade",
                ),
                ("depth", " | 3@10"),
            ],
        ),
        (
            "an own order beyond the limit is not met",
            &[
                ("A sell 3@10", "#1"),
                ("A buy 3@9", "#2"),
                ("A buy 3@9 fok", "#3; #3 killed 3 left"),
                ("A buy 3@9 ioc", "#4; #4 expired 3 left"),
            ],
        ),
    ];
    for (name, lines) in cases {
        run(name, |_| {}, lines);
    }
}

#[test]
fn time_in_force_decides_over_the_rest() {
    let cases: &[(&str, &[Line])] = &[
        (
            "fill or kill fills across levels",
            &[
                ("A sell 3@10", "#1"),
                ("B sell 2@11", "#2"),
                (
                    "C buy 5@11 fok",
                    "#3; 3@10 with #1; #1 filled; 2@11 with #2; #2 filled; #3 filled",
                ),
            ],
        ),
        (
            "fill or kill that cannot fill leaves everything as it was",
            &[
                ("A sell 3@10", "#1"),
                ("B sell 2@12", "#2"),
                ("C buy 5@11 fok", "#3; #3 killed 5 left"),
                ("depth", " | 3@10 2@12"),
                ("funds C", "1000000+0 1000000+0"),
            ],
        ),
        (
            "fill or kill does not count own orders, nor what stands behind them",
            &[
                ("A sell 3@10", "#1"),
                ("B sell 2@10", "#2"),
                ("A buy 5@10 fok", "#3; #3 killed 5 left"),
                ("B buy 4@10 fok", "#4; #4 killed 4 left"),
                ("B buy 3@10 fok", "#5; 3@10 with #1; #1 filled; #5 filled"),
                ("depth", " | 2@10"),
                ("funds A", "999997+0 1000030+0"),
            ],
        ),
        (
            "immediate or cancel never rests",
            &[
                ("C buy 5@11 ioc", "#1; #1 expired 5 left"),
                ("funds C", "1000000+0 1000000+0"),
                ("depth", " | "),
            ],
        ),
        (
            "post only rests or is refused",
            &[
                ("A sell 1@1000", "#1"),
                ("B buy 1@1000 post", "post_only_would_take"),
                ("B buy 1@1001 post", "post_only_would_take"),
                ("funds B", "1000000+0 1000000+0"),
                ("B buy 1@999 post", "#2"),
                ("A sell 1@999 post", "post_only_would_take"),
                ("depth", "1@999 | 1@1000"),
            ],
        ),
    ];
    for (name, lines) in cases {
        run(name, |_| {}, lines);
    }
}

#[test]
fn market_orders_take_what_there_is() {
    let cases: &[(&str, &[Line])] = &[
        (
            "by quantity, beyond the book",
            &[
                ("A sell 2@100", "#1"),
                ("C sell 2@100", "#2"),
                (
                    "B buy market 6",
                    "#3; 2@100 with #1; #1 filled; 2@100 with #2; #2 filled; #3 expired 2 left",
                ),
                ("funds B", "1000004+0 999600+0"),
            ],
        ),
        (
            "on an empty book",
            &[
                ("B buy market 6", "#1; #1 expired 6 left"),
                ("B sell market 6", "#2; #2 expired 6 left"),
                ("B buy market for 6", "#3; #3 expired"),
                ("B sell market for 6", "#4; #4 expired"),
                ("funds B", "1000000+0 1000000+0"),
            ],
        ),
        (
            "a buy by amount spends whole lots and gives the rest back",
            &[
                ("A sell 10@999", "#1"),
                ("C sell 1000@1001", "#2"),
                (
                    "B buy market for 20500",
                    "#3; 10@999 with #1; #1 filled; 10@1001 with #2; #3 filled",
                ),
                ("funds B", "1000020+0 980000+0"),
                ("B buy market for 1000", "#4; #4 filled"),
            ],
        ),
        (
            "a buy by amount that is spent to the last unit is filled",
            &[
                ("A sell 10@100", "#1"),
                ("B sell 10@100", "#2"),
                (
                    "B buy market for 1000",
                    "#3; 10@100 with #1; #1 filled; #3 filled",
                ),
                (
                    "C buy market for 1000",
                    "#4; 10@100 with #2; #2 filled; #4 filled",
                ),
            ],
        ),
        (
            "a buy by amount that outruns the book is expired",
            &[
                ("A sell 10@100", "#1"),
                (
                    "C buy market for 1001",
                    "#2; 10@100 with #1; #1 filled; #2 expired",
                ),
                ("funds C", "1000010+0 999000+0"),
            ],
        ),
        (
            "a sell by amount sells whole lots up to it",
            &[
                ("A buy 3@100", "#1"),
                ("B buy 5@90", "#2"),
                (
                    "C sell market for 500",
                    "#3; 3@100 with #1; #1 filled; 2@90 with #2; #3 filled",
                ),
                ("funds C", "999995+0 1000480+0"),
                ("C sell market for 89", "#4; #4 expired"),
                (
                    "C sell market for 270",
                    "#5; 3@90 with #2; #2 filled; #5 filled",
                ),
            ],
        ),
        (
            "a sell by amount stops at an own order, and says so",
            &[
                ("A buy 3@100", "#1"),
                ("C buy 5@90", "#2"),
                (
                    "C sell market for 500",
                    "#3; 3@100 with #1; #1 filled; 2@90 prevented with #2; #3 selftrade",
                ),
                (
                    "C sell market for 500",
                    "#4; 5@90 prevented with #2; #4 selftrade",
                ),
                (
                    "c sell market for 500",
                    "#5; 5@90 prevented with #2; #5 selftrade",
                ),
            ],
        ),
        (
            "a sell by amount that outruns the book is expired",
            &[
                ("A buy 3@100", "#1"),
                (
                    "C sell market for 500",
                    "#2; 3@100 with #1; #1 filled; #2 expired",
                ),
            ],
        ),
    ];
    for (name, lines) in cases {
        run(name, |_| {}, lines);
    }
}

#[test]
fn a_halted_market_takes_cancels_only() {
    use crate::floor::MARKET;
    use crate::script::perform;
    use cse_wire::{MarketStatus, SetMarketStatus};

    let mut floor = run("before the halt", |_| {}, &[("A buy 1@10 id=x", "#1")]);
    let set = |status: MarketStatus| SetMarketStatus {
        market: MARKET,
        status: status as u8,
        reserved: [0; 3],
        auction_ends_at_us: 0,
    };
    floor.send(&set(MarketStatus::Halted));
    assert_eq!(perform(&mut floor, "B sell 1@10"), "market_halted");
    assert_eq!(perform(&mut floor, "A buy 1@10 id=x"), "repeat of #1");
    assert_eq!(perform(&mut floor, "A cancel #1"), "#1 cancelled 1 left");
    floor.send(&set(MarketStatus::Open));
    assert_eq!(perform(&mut floor, "B sell 1@10"), "#2");
}
