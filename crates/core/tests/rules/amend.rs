//! Amending open orders: what keeps its place in the queue, what does not, what is refused.

use cse_wire::{CreateMarket, FreezeAccount, SetMarketStatus};

use crate::floor::{A, MARKET};
use crate::script::{Line, perform, run};

#[test]
fn orders_are_amended_as_the_rules_say() {
    let cases: &[(&str, &[Line])] = &[
        (
            "a smaller quantity keeps the place",
            &[
                ("A sell 5@10", "#1"),
                ("B sell 5@10", "#2"),
                ("A amend #1 3@0", "#1 now 3@10 in its place"),
                ("depth", " | 8@10"),
                ("funds A", "999997+3 1000000+0"),
                (
                    "C buy 4@10",
                    "#3; 3@10 with #1; #1 filled; 1@10 with #2; #3 filled",
                ),
            ],
        ),
        (
            "a larger one goes to the end",
            &[
                ("A sell 5@10", "#1"),
                ("B sell 5@10", "#2"),
                ("A amend #1 6@0", "#1 now 6@10 at the end"),
                (
                    "C buy 6@10",
                    "#3; 5@10 with #2; #2 filled; 1@10 with #1; #3 filled",
                ),
                ("funds A", "999994+5 1000010+0"),
            ],
        ),
        (
            "another price goes to the end of its queue, and holds what it needs there",
            &[
                ("A buy 5@10", "#1"),
                ("B buy 5@9", "#2"),
                ("A amend #1 0@9", "#1 now 5@9 at the end"),
                ("funds A", "1000000+0 999955+45"),
                ("depth", "10@9 | "),
                (
                    "C sell 6@9",
                    "#3; 5@9 with #2; #2 filled; 1@9 with #1; #3 filled",
                ),
            ],
        ),
        (
            "a price that crosses trades at once, under the same id",
            &[
                ("A buy 5@10", "#1"),
                ("B sell 3@12", "#2"),
                (
                    "A amend #1 0@12",
                    "#1 now 5@12 at the end; 3@12 with #2; #2 filled",
                ),
                ("depth", "2@12 | "),
                ("funds A", "1000003+0 999940+24"),
                ("B sell 2@12", "#3; 2@12 with #1; #1 filled; #3 filled"),
            ],
        ),
        (
            "it closes when all of it trades",
            &[
                ("A buy 5@10", "#1"),
                ("B sell 5@12", "#2"),
                (
                    "A amend #1 0@12",
                    "#1 now 5@12 at the end; 5@12 with #2; #2 filled; #1 filled",
                ),
                ("A amend #1 0@12", "order_unknown"),
            ],
        ),
        (
            "it meets its owner's orders as it said when it was placed",
            &[
                ("A buy 5@10 stp=oldest", "#1"),
                ("a sell 3@12", "#2"),
                (
                    "A amend #1 0@12",
                    "#1 now 5@12 at the end; 3@12 prevented with #2; #2 selftrade 3 left",
                ),
                ("A amend #1 4@0", "#1 now 4@12 in its place"),
            ],
        ),
        (
            "an own order between its neighbours may go while it is matched",
            &[
                ("A buy 1@8", "#1"),
                ("A buy 5@10 stp=oldest", "#2"),
                ("A sell 3@12", "#3"),
                (
                    "A amend #2 0@12",
                    "#2 now 5@12 at the end; 3@12 prevented with #3; #3 selftrade 3 left",
                ),
                (
                    "A cancel all",
                    "#1 cancelled 1 left; #2 cancelled 5 left; 2 cancelled",
                ),
            ],
        ),
        (
            "a race with a fill: less than what is filled is refused, and so is what is closed",
            &[
                ("A sell 5@10 id=x", "#1"),
                ("B buy 3@10", "#2; 3@10 with #1; #2 filled"),
                ("A amend #1 3@0", "amend_below_filled"),
                ("A amend id=x 4@0", "#1 now 4@10 in its place"),
                ("B buy 1@10", "#3; 1@10 with #1; #1 filled; #3 filled"),
                ("A amend id=x 5@0", "order_not_open"),
                ("A amend #1 5@0", "order_unknown"),
                ("B amend #1 5@0", "order_unknown"),
            ],
        ),
        (
            "what it is already may be asked for again",
            &[
                ("A sell 5@10", "#1"),
                ("B sell 5@10", "#2"),
                ("A amend #1 5@10", "#1 now 5@10 in its place"),
                ("A amend #1 0@0", "#1 now 5@10 in its place"),
                ("C buy 1@10", "#3; 1@10 with #1; #3 filled"),
            ],
        ),
        (
            "post-only stays what it is",
            &[
                ("A buy 5@10 post", "#1"),
                ("B sell 5@12", "#2"),
                ("A amend #1 0@12", "post_only_would_take"),
                ("C buy 5@10 post reprice", "#3"),
                ("C amend #3 0@12", "#3 now 5@11 at the end"),
            ],
        ),
        (
            "funds and bounds",
            &[
                ("A sell 5@10", "#1"),
                ("A amend #1 1000000@0", "#1 now 1000000@10 at the end"),
                ("A amend #1 1000001@0", "insufficient_funds"),
                ("A amend #1 0@1099511627776", "price_out_of_range"),
                ("A amend #1 1099511627777@0", "quantity_out_of_range"),
                ("A amend #1 5@0 show=6", "invalid_display_quantity"),
                ("A amend #1 5@0 show=3", "#1 now 5@10 at the end"),
                ("depth", " | 3@10"),
            ],
        ),
    ];
    for (name, lines) in cases {
        run(name, |_| {}, lines);
    }
    run(
        "the minimum of the market",
        |market: &mut CreateMarket| market.min_notional = 50,
        &[
            ("A sell 6@10", "#1"),
            ("A amend #1 4@0", "below_min_notional"),
            ("A amend #1 5@0", "#1 now 5@10 in its place"),
        ],
    );
}

#[test]
fn fees_are_rounded_once_over_all_an_order_was() {
    let terms = |market: &mut CreateMarket| {
        (market.maker_fee_ppm, market.taker_fee_ppm) = (1_000, 2_000);
    };
    run(
        "amended with fees",
        terms,
        &[
            ("A buy 5@100", "#1"),
            ("funds A", "1000000+0 999499+501"),
            ("B sell 2@100", "#2; 2@100 with #1; #2 filled"),
            ("funds A", "1000002+0 999499+300"),
            ("B sell 1@110", "#3"),
            (
                "A amend #1 0@110",
                "#1 now 5@110 at the end; 1@110 with #3; #3 filled",
            ),
            ("funds A", "1000003+0 999468+220"),
            ("A cancel #1", "#1 cancelled 2 left"),
            ("funds A", "1000003+0 999688+0"),
        ],
    );
}

#[test]
fn neither_a_frozen_account_nor_a_halted_market_amends() {
    let mut floor = run("one order", |_| {}, &[("A sell 5@10", "#1")]);
    let halt = SetMarketStatus {
        market: MARKET,
        status: 2,
        reserved: [0; 3],
        auction_ends_at_us: 0,
    };
    floor.send(&halt);
    assert_eq!(perform(&mut floor, "A amend #1 3@0"), "market_halted");
    floor.send(&FreezeAccount {
        account: A,
        reserved: [0; 4],
    });
    assert_eq!(perform(&mut floor, "A amend #1 3@0"), "account_frozen");
}
