//! Icebergs: only a slice is shown, and each new one stands at the end of the queue.

use crate::script::{Line, run};

#[test]
fn an_iceberg_shows_a_slice_at_a_time() {
    let cases: &[(&str, &[Line])] = &[
        (
            "depth shows the slice alone, and all of it is held",
            &[
                ("A sell 10@10 show=3", "#1"),
                ("depth", " | 3@10"),
                ("funds A", "999990+10 1000000+0"),
            ],
        ),
        (
            "a refreshed slice stands behind those who came meanwhile",
            &[
                ("A sell 10@10 show=3", "#1"),
                ("B sell 2@10", "#2"),
                (
                    "C buy 6@10",
                    "#3; 3@10 with #1; 2@10 with #2; #2 filled; 1@10 with #1; #3 filled",
                ),
                ("depth", " | 2@10"),
                ("B sell 1@10", "#4"),
                (
                    "C buy 3@10",
                    "#5; 2@10 with #1; 1@10 with #4; #4 filled; #5 filled",
                ),
                ("depth", " | 3@10"),
            ],
        ),
        (
            "one who takes all takes slice after slice",
            &[
                ("A sell 7@10 show=3", "#1"),
                (
                    "C buy 9@10",
                    "#2; 3@10 with #1; 3@10 with #1; 1@10 with #1; #1 filled",
                ),
                ("depth", "2@10 | "),
            ],
        ),
        (
            "it takes with all it has, and shows a slice of the rest",
            &[
                ("A sell 4@10", "#1"),
                ("B buy 10@10 show=3", "#2; 4@10 with #1; #1 filled"),
                ("depth", "3@10 | "),
            ],
        ),
        (
            "fill-or-kill and market orders find what is not shown",
            &[
                ("A sell 7@10 show=2", "#1"),
                ("B sell 2@10", "#2"),
                ("C buy 10@10 fok", "#3; #3 killed 10 left"),
                (
                    "C buy 6@10 fok",
                    "#4; 2@10 with #1; 2@10 with #2; #2 filled; 2@10 with #1; #4 filled",
                ),
                (
                    "C buy market 3",
                    "#5; 2@10 with #1; 1@10 with #1; #1 filled; #5 filled",
                ),
            ],
        ),
        (
            "a sell by amount stops within a slice",
            &[
                ("A buy 7@10 show=2", "#1"),
                (
                    "C sell market for 55",
                    "#2; 2@10 with #1; 2@10 with #1; 1@10 with #1; #2 filled",
                ),
                ("depth", "1@10 | "),
                (
                    "C sell market for 100",
                    "#3; 1@10 with #1; 1@10 with #1; #1 filled; #3 expired",
                ),
            ],
        ),
        (
            "decrement takes the slice",
            &[
                ("A sell 7@10 show=2", "#1"),
                (
                    "A buy 3@10 stp=decrement",
                    "#2; 2@10 prevented with #1; 1@10 prevented with #1; #2 selftrade",
                ),
                ("depth", " | 1@10"),
                ("funds A", "999996+4 1000000+0"),
            ],
        ),
        (
            "a smaller quantity cuts what is hidden first",
            &[
                ("A sell 10@10 show=3", "#1"),
                ("A amend #1 4@0", "#1 now 4@10 in its place"),
                ("depth", " | 3@10"),
                ("A amend #1 2@0", "invalid_display_quantity"),
                ("A amend #1 2@0 show=2", "#1 now 2@10 at the end"),
                ("depth", " | 2@10"),
            ],
        ),
    ];
    for (name, lines) in cases {
        run(name, |_| {}, lines);
    }
}
