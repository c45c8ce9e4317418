//! The price band: how far from its reference a market trades.

use crate::script::{Line, run};

#[test]
fn limit_orders_beyond_the_band_are_refused() {
    let cases: &[(&str, &[Line])] = &[
        (
            "without a reference there is no band",
            &[
                ("band 100000", ""),
                ("A buy 1@500", "#1"),
                ("B sell 1@500", "#2; 1@500 with #1; #1 filled; #2 filled"),
                ("A buy 1@551", "price_outside_band"),
                ("A sell 1@449", "price_outside_band"),
                ("A buy 1@550", "#3"),
            ],
        ),
        (
            "what stands for the last price before the first trade; bounds are rounded inwards",
            &[
                ("band 50000 ref=101", ""),
                ("A buy 1@107", "price_outside_band"),
                ("A buy 1@106", "#1"),
                ("A amend #1 0@107", "price_outside_band"),
                ("B sell 1@95", "price_outside_band"),
                ("B sell 1@96", "#2; 1@106 with #1; #1 filled; #2 filled"),
                ("A buy 1@1", "#3"),
                ("B sell 1@9999", "#4"),
            ],
        ),
        (
            "an amend that leaves the price may stay outside",
            &[
                ("A buy 5@90", "#1"),
                ("B sell 1@90", "#2; 1@90 with #1; #2 filled"),
                ("band 10000 ref=50", ""),
                ("C sell 1@100", "#3"),
                ("D buy 9@91", "price_outside_band"),
                ("A amend #1 9@0", "#1 now 9@90 at the end"),
            ],
        ),
        (
            "in an auction the band is not looked at",
            &[
                ("band 10000 ref=100", ""),
                ("market auction", "auction"),
                ("A buy 1@500", "#1"),
            ],
        ),
    ];
    for (name, lines) in cases {
        run(name, |_| {}, lines);
    }
}

#[test]
fn an_order_does_not_trade_beyond_the_band() {
    let cases: &[(&str, &[Line])] = &[
        (
            "a market buy by quantity holds and takes what lies inside",
            &[
                ("band 100000 ref=100", ""),
                ("B sell 2@100", "#1"),
                ("B sell 2@110", "#2"),
                ("B sell 2@111", "#3"),
                (
                    "A buy market 5",
                    "#4; 2@100 with #1; #1 filled; 2@110 with #2; #2 filled; #4 expired 1 left",
                ),
                ("funds A", "1000004+0 999580+0"),
            ],
        ),
        (
            "by amount too, and the rest of the amount is released",
            &[
                ("band 100000 ref=100", ""),
                ("B sell 2@100", "#1"),
                ("B sell 2@111", "#2"),
                (
                    "A buy market for 1000",
                    "#3; 2@100 with #1; #1 filled; #3 expired",
                ),
                ("funds A", "1000002+0 999800+0"),
            ],
        ),
        (
            "the bounds are those of when the order came",
            &[
                ("band 100000 ref=100", ""),
                ("B buy 1@95", "#1"),
                ("B buy 1@90", "#2"),
                ("B buy 1@89", "#3"),
                (
                    "A sell market 9",
                    "#4; 1@95 with #1; #1 filled; 1@90 with #2; #2 filled; #4 expired 7 left",
                ),
                ("C sell market 1", "#5; 1@89 with #3; #3 filled; #5 filled"),
            ],
        ),
        (
            "a sell by amount ends there",
            &[
                ("band 100000 ref=100", ""),
                ("B buy 1@95", "#1"),
                ("B buy 1@80", "#2"),
                (
                    "A sell market for 500",
                    "#3; 1@95 with #1; #1 filled; #3 expired",
                ),
            ],
        ),
    ];
    for (name, lines) in cases {
        run(name, |_| {}, lines);
    }
}
