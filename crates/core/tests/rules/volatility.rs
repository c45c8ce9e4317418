//! The volatility interruption: an auction instead of the trade that moves the price too far.

use crate::script::{Line, run};

#[test]
fn a_trade_too_far_from_the_first_in_the_window_is_not_made() {
    let cases: &[(&str, &[Line])] = &[
        (
            "what may rest comes into the auction, where it crosses",
            &[
                ("band 0 interruption=20000 window=60 auction=30", ""),
                ("B sell 1@100", "#1"),
                ("B sell 1@102", "#2"),
                ("B sell 1@103", "#3"),
                (
                    "A buy 5@105",
                    "#4; 1@100 with #1; #1 filled; 1@102 with #2; #2 filled; auction until 30; \
                     would be 1@105 and 2 to buy",
                ),
                ("depth", "3@105 | 1@103"),
                ("funds A", "1000002+0 999483+315"),
                ("wait 30", ""),
                (
                    "tick",
                    "1@105 with #3 by #4; #3 filled; uncrossed 1@105; open",
                ),
                ("depth", "2@105 | "),
            ],
        ),
        (
            "any other order expires",
            &[
                ("band 0 interruption=20000 window=60 auction=30", ""),
                ("B buy 1@100", "#1"),
                ("B buy 1@97", "#2"),
                (
                    "A sell market 5",
                    "#3; 1@100 with #1; #1 filled; auction until 30; #3 expired 4 left",
                ),
                ("C sell 1@97 ioc", "not_in_auction"),
            ],
        ),
        (
            "a fill-or-kill order is killed and interrupts nothing",
            &[
                ("band 0 interruption=20000 window=60 auction=30", ""),
                ("B sell 1@100", "#1"),
                ("B sell 1@103", "#2"),
                ("A buy 2@103 fok", "#3; #3 killed 2 left"),
                ("A buy 1@100", "#4; 1@100 with #1; #1 filled; #4 filled"),
            ],
        ),
        (
            "after the window the first trade begins another",
            &[
                ("band 0 interruption=20000 window=60 auction=30", ""),
                ("B sell 1@100", "#1"),
                ("A buy 1@100", "#2; 1@100 with #1; #1 filled; #2 filled"),
                ("B sell 1@150", "#3"),
                ("B sell 1@154", "#4"),
                ("wait 60", ""),
                (
                    "A buy 2@154",
                    "#5; 1@150 with #3; #3 filled; auction until 90; would be 1@154",
                ),
                ("wait 30", ""),
                (
                    "tick",
                    "1@154 with #4 by #5; #4 filled; #5 filled; uncrossed 1@154; open",
                ),
            ],
        ),
        (
            "an auction begins a window at its price, and another band none",
            &[
                ("band 0 interruption=20000 window=60 auction=30", ""),
                ("market auction", "auction"),
                ("A buy 1@100", "#1"),
                ("B sell 1@100", "#2; would be 1@100"),
                (
                    "market open",
                    "1@100 with #1 by #2; #1 filled; #2 filled; uncrossed 1@100; open",
                ),
                ("B sell 1@103", "#3"),
                ("A buy 1@103", "#4; auction until 30; would be 1@103"),
                (
                    "market open",
                    "1@103 with #3 by #4; #3 filled; #4 filled; uncrossed 1@103; open",
                ),
                ("B sell 1@200", "#5"),
                ("band 0 interruption=20000 window=60 auction=30", ""),
                ("A buy 1@200", "#6; 1@200 with #5; #5 filled; #6 filled"),
            ],
        ),
        (
            "own orders in the way are dealt with first",
            &[
                ("band 0 interruption=20000 window=60 auction=30", ""),
                ("B sell 1@100", "#1"),
                ("A sell 1@103", "#2"),
                ("B sell 1@103", "#3"),
                (
                    "A buy 3@103 stp=oldest",
                    "#4; 1@100 with #1; #1 filled; 1@103 prevented with #2; #2 selftrade 1 left; \
                     auction until 30; would be 1@103 and 1 to buy",
                ),
            ],
        ),
        (
            "an amend that takes interrupts the market too",
            &[
                ("band 0 interruption=20000 window=60 auction=30", ""),
                ("B sell 1@100", "#1"),
                ("A buy 2@90", "#2"),
                ("C buy 1@100", "#3; 1@100 with #1; #1 filled; #3 filled"),
                ("B sell 1@103", "#4"),
                (
                    "A amend #2 0@104",
                    "#2 now 2@104 at the end; auction until 30; would be 1@104 and 1 to buy",
                ),
                ("depth", "2@104 | 1@103"),
                ("funds A", "1000000+0 999792+208"),
            ],
        ),
    ];
    for (name, lines) in cases {
        run(name, |_| {}, lines);
    }
}
