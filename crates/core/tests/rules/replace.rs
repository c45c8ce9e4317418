//! Cancelling an order and placing another as one, with both answers to a failure.

use crate::script::{Line, run};

#[test]
fn orders_are_replaced_as_the_rules_say() {
    let cases: &[(&str, &[Line])] = &[
        (
            "stop on failure: both take effect",
            &[
                ("A buy 5@10", "#1"),
                ("A replace #1 stop buy 6@11", "#1 cancelled 5 left; #2"),
                ("depth", "6@11 | "),
            ],
        ),
        (
            "what the one held is there for the other",
            &[
                ("A sell 1000000@10", "#1"),
                ("A sell 1@10", "insufficient_funds"),
                (
                    "A replace #1 stop sell 1000000@9",
                    "#1 cancelled 1000000 left; #2",
                ),
            ],
        ),
        (
            "stop on failure: where the other is refused, the one stays in its place",
            &[
                ("A sell 5@10", "#1"),
                ("B sell 5@10", "#2"),
                ("C sell 5@10", "#3"),
                ("B replace #2 stop sell 1000001@10", "insufficient_funds"),
                ("A replace #1 stop sell 1000001@10", "insufficient_funds"),
                ("C replace #3 stop sell 1000001@10", "insufficient_funds"),
                ("depth", " | 15@10"),
                (
                    "D buy 12@10",
                    "#4; 5@10 with #1; #1 filled; 5@10 with #2; #2 filled; 2@10 with #3; #4 filled",
                ),
                ("C replace #3 stop sell 1000001@10", "insufficient_funds"),
                ("depth", " | 3@10"),
                ("funds C", "999995+3 1000020+0"),
            ],
        ),
        (
            "stop on failure: where the one is closed, the other is not placed",
            &[
                ("A buy 5@10 id=x", "#1"),
                ("B sell 5@10", "#2; 5@10 with #1; #1 filled; #2 filled"),
                ("A replace #1 stop buy 5@10", "order_unknown"),
                ("A replace id=x stop buy 5@10", "order_not_open"),
                ("B replace #1 stop sell 5@10", "order_unknown"),
                ("depth", " | "),
            ],
        ),
        (
            "allow failure: the other is placed where the one is closed",
            &[
                ("A replace #7 allow buy 5@10", "order_unknown; #1"),
                ("depth", "5@10 | "),
            ],
        ),
        (
            "allow failure: the one is cancelled where the other is refused",
            &[
                ("A buy 5@10", "#1"),
                (
                    "A replace #1 allow sell 1000001@10",
                    "#1 cancelled 5 left; insufficient_funds",
                ),
                ("depth", " | "),
            ],
        ),
        (
            "an order does not meet the one it replaces",
            &[
                ("A sell 5@10", "#1"),
                ("B sell 5@11", "#2"),
                (
                    "A replace #1 stop buy market 5",
                    "#1 cancelled 5 left; #3; 5@11 with #2; #2 filled; #3 filled",
                ),
            ],
        ),
        (
            "a replacement sent again replaces nothing again",
            &[
                ("A buy 5@10", "#1"),
                ("A replace #1 stop buy 6@11 id=n", "#1 cancelled 5 left; #2"),
                ("A replace #1 stop buy 6@11 id=n", "repeat of #2"),
                ("A replace #2 allow buy 6@11 id=n", "repeat of #2"),
                (
                    "A replace #2 allow buy 7@11 id=n",
                    "client_order_id_conflict",
                ),
                ("depth", "6@11 | "),
            ],
        ),
        (
            "there are two modes",
            &[
                ("A buy 5@10", "#1"),
                ("A replace #1 0 buy 6@11", "invalid_replace_mode"),
                ("A replace #1 3 buy 6@11", "invalid_replace_mode"),
            ],
        ),
    ];
    for (name, lines) in cases {
        run(name, |_| {}, lines);
    }
    run(
        "the one counts no longer where the other is counted",
        |market| market.max_open_orders = 1,
        &[
            ("A buy 5@10", "#1"),
            ("A buy 5@10", "too_many_open_orders"),
            ("A replace #1 stop buy 6@10", "#1 cancelled 5 left; #2"),
        ],
    );
}
