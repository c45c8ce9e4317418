//! Call auctions: what is collected, and what is indicated of it.

use crate::script::{Line, run};

#[test]
fn orders_are_collected_and_the_price_is_indicated() {
    let cases: &[(&str, &[Line])] = &[
        (
            "the book may be crossed, and what would trade is told when it is another",
            &[
                ("market auction", "auction"),
                ("A buy 10@105", "#1"),
                ("B sell 8@100", "#2; would be 8@105 and 2 to buy"),
                ("C buy 5@101", "#3"),
                ("C sell 4@104", "#4; would be 10@104 and 2 to sell"),
                ("depth", "10@105 5@101 | 8@100 4@104"),
                (
                    "A cancel #1",
                    "#1 cancelled 10 left; would be 5@100 and 3 to sell",
                ),
                ("C cancel #3", "#3 cancelled 5 left; would be 0@0"),
                ("tick", ""),
            ],
        ),
        (
            "only limit orders that may rest and may take",
            &[
                ("market auction", "auction"),
                ("A buy 1@10 ioc", "not_in_auction"),
                ("A buy 1@10 fok", "not_in_auction"),
                ("A buy market 1", "not_in_auction"),
                ("A buy 1@10 post", "not_in_auction"),
                ("A buy 0@10", "quantity_out_of_range"),
                ("A buy 1@10 day", "#1"),
                ("A buy 1@10 gtd=9", "#2"),
                ("A buy 4@10 show=1", "#3"),
            ],
        ),
        (
            "an order holds its need at once, and an amend joins the end",
            &[
                ("market auction", "auction"),
                ("A buy 10@100", "#1"),
                ("funds A", "1000000+0 999000+1000"),
                ("B buy 1@101", "#2"),
                ("A amend #1 0@101", "#1 now 10@101 at the end"),
                ("funds A", "1000000+0 998990+1010"),
                ("C sell 2@101", "#3; would be 2@101 and 9 to buy"),
                (
                    "market open",
                    "1@101 with #2 by #3; #2 filled; 1@101 with #1 by #3; #3 filled; \
                     uncrossed 2@101; open",
                ),
            ],
        ),
        (
            "all lots of an iceberg count, those of orders that are due do not",
            &[
                ("market auction", "auction"),
                ("A buy 10@100 show=1", "#1"),
                ("B sell 9@100", "#2; would be 9@100 and 1 to buy"),
                ("C sell 9@99 gtd=5", "#3; would be 10@100 and 8 to sell"),
                ("wait 5", ""),
                (
                    "tick",
                    "1 due; #3 expired 9 left; would be 9@100 and 1 to buy",
                ),
            ],
        ),
        (
            "what was indicated is forgotten with the status",
            &[
                ("market auction", "auction"),
                ("A buy 1@10", "#1"),
                ("B sell 1@10", "#2; would be 1@10"),
                ("market halted", "halted"),
                ("market auction", "auction; would be 1@10"),
                ("market auction", "auction"),
                ("band 0 ref=9", ""),
            ],
        ),
        (
            "what stands for the last price moves the price",
            &[
                ("market auction", "auction"),
                ("A buy 6@105", "#1"),
                ("B sell 6@101", "#2; would be 6@103"),
                ("band 0 ref=104", "would be 6@104"),
                ("band 0 ref=110", "would be 6@105"),
            ],
        ),
    ];
    for (name, lines) in cases {
        run(name, |_| {}, lines);
    }
}
