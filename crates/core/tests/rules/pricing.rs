//! The worst price of market orders, and post-only orders whose price gives way.

use crate::script::{Line, run};

#[test]
fn a_market_order_trades_at_its_worst_price_or_better() {
    let cases: &[(&str, &[Line])] = &[
        (
            "a buy by quantity pays no more a lot",
            &[
                ("A sell 2@10", "#1"),
                ("A sell 2@11", "#2"),
                (
                    "B buy market 3 worst=10",
                    "#3; 2@10 with #1; #1 filled; #3 expired 1 left",
                ),
                ("funds B", "1000002+0 999980+0"),
            ],
        ),
        (
            "a buy by amount leaves over what it would pay beyond",
            &[
                ("A sell 2@10", "#1"),
                ("A sell 2@11", "#2"),
                (
                    "B buy market for 40 worst=10",
                    "#3; 2@10 with #1; #1 filled; #3 expired",
                ),
                ("funds B", "1000002+0 999980+0"),
            ],
        ),
        (
            "a sell by amount stops there",
            &[
                ("A buy 2@11", "#1"),
                ("A buy 2@10", "#2"),
                (
                    "B sell market for 40 worst=11",
                    "#3; 2@11 with #1; #1 filled; #3 expired",
                ),
                ("B sell market for 10 worst=11", "#4; #4 expired"),
                (
                    "B sell market for 10 worst=10",
                    "#5; 1@10 with #2; #5 filled",
                ),
            ],
        ),
    ];
    for (name, lines) in cases {
        run(name, |_| {}, lines);
    }
}

#[test]
fn a_post_only_order_may_give_way() {
    let cases: &[(&str, &[Line])] = &[
        (
            "a tick below the best ask, a tick above the best bid",
            &[
                ("A sell 2@10", "#1"),
                ("B buy 5@12 post", "post_only_would_take"),
                ("B buy 5@12 post reprice", "#2"),
                ("depth", "5@9 | 2@10"),
                ("funds B", "1000000+0 999955+45"),
                ("C sell 5@3 post reprice day", "#3"),
                ("depth", "5@9 | 7@10"),
            ],
        ),
        (
            "a price that does not take stays",
            &[
                ("A sell 2@10", "#1"),
                ("B buy 5@8 post reprice", "#2"),
                ("depth", "5@8 | 2@10"),
            ],
        ),
        (
            "there is no price below one",
            &[
                ("A sell 2@1", "#1"),
                ("B buy 5@1 post reprice", "post_only_would_take"),
            ],
        ),
    ];
    for (name, lines) in cases {
        run(name, |_| {}, lines);
    }
    run(
        "the notional at the new price has the minimum too",
        |market| market.min_notional = 50,
        &[
            ("A sell 5@10", "#1"),
            ("B buy 5@10 post reprice", "below_min_notional"),
            ("B buy 6@10 post reprice", "#2"),
        ],
    );
}
