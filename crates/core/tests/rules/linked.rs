//! OCOs and brackets: orders of which one closes others.

use crate::floor::Floor;
use crate::script::{Line, perform, run};

#[test]
fn of_an_oco_one_order_closes_the_other() {
    let cases: &[(&str, &[Line])] = &[
        (
            "a fill in part is enough, and the lots are held once",
            &[
                (
                    "A oco sell 10@12 / sell stop-loss 10 stop=9",
                    "#1; #2; linked #1 #2",
                ),
                ("funds A", "999990+10 1000000+0"),
                (
                    "B buy 4@12",
                    "#3; 4@12 with #1; #2 linked 10 left; #3 filled",
                ),
                ("funds A", "999990+6 1000048+0"),
                ("C buy 1@9", "#4"),
                ("D sell 1@9", "#5; 1@9 with #4; #4 filled; #5 filled"),
                ("A amend #1 5@0", "#1 now 5@12 in its place"),
            ],
        ),
        (
            "the stop fires, and the limit order goes before it sells",
            &[
                (
                    "A oco sell 10@12 / sell stop-loss 10 stop=9",
                    "#1; #2; linked #1 #2",
                ),
                ("C buy 5@9", "#3"),
                (
                    "D sell 1@9",
                    "#4; 1@9 with #3; #4 filled; #2 fires at 9; #1 linked 10 left; 4@9 with #3; \
                     #3 filled; #2 expired 6 left",
                ),
                ("funds A", "999996+0 1000036+0"),
            ],
        ),
        (
            "one sweep that meets both ends with one of them",
            &[
                (
                    "A oco buy 5@8 / buy stop-limit 5@12 stop=10",
                    "#1; #2; linked #1 #2",
                ),
                ("funds A", "1000000+0 999940+60"),
                ("C buy 1@10", "#3"),
                (
                    "D sell 9@8",
                    "#4; 1@10 with #3; #3 filled; 5@8 with #1; #1 filled; #2 linked 5 left",
                ),
                ("depth", " | 3@8"),
                ("funds A", "1000005+0 999960+0"),
            ],
        ),
        (
            "the limit order trades as it comes in",
            &[
                ("B buy 3@12", "#1"),
                (
                    "A oco sell 10@12 / sell stop-loss 10 stop=9",
                    "#2; #3; linked #2 #3; 3@12 with #1; #1 filled; #3 linked 10 left",
                ),
                ("depth", " | 7@12"),
            ],
        ),
        (
            "a cancel closes both, and neither can be changed",
            &[
                (
                    "A oco sell 10@12 / sell stop-loss 10 stop=9",
                    "#1; #2; linked #1 #2",
                ),
                ("A amend #1 5@0", "order_is_linked"),
                ("A amend #2 5@0", "order_is_linked"),
                ("A replace #2 stop sell 1@20", "order_is_linked"),
                ("A replace #1 allow sell 1@20", "order_is_linked; #3"),
                ("A cancel #2", "#2 cancelled 10 left; #1 linked 10 left"),
                ("funds A", "999999+1 1000000+0"),
            ],
        ),
        (
            "they expire as one, and cancel-all counts one",
            &[
                (
                    "A oco sell 1@12 gtd=9 / sell stop-loss 1 stop=9 gtd=9",
                    "#1; #2; linked #1 #2",
                ),
                ("wait 9", ""),
                ("tick", "1 due; #1 expired 1 left; #2 linked 1 left"),
                (
                    "A oco sell 1@12 / sell stop-loss 1 stop=9",
                    "#3; #4; linked #3 #4",
                ),
                (
                    "A cancel all",
                    "#3 cancelled 1 left; #4 linked 1 left; 1 cancelled",
                ),
            ],
        ),
        (
            "lots that go by decrement close the other one",
            &[
                (
                    "A oco sell 5@12 / sell stop-loss 5 stop=9",
                    "#1; #2; linked #1 #2",
                ),
                (
                    "a buy 2@12 stp=decrement",
                    "#3; 2@12 prevented with #1; #2 linked 5 left; #3 selftrade",
                ),
                ("depth", " | 3@12"),
            ],
        ),
        (
            "what cannot be linked is refused",
            &[
                (
                    "A oco sell 5@12 / buy stop-loss 5@20 stop=9",
                    "invalid_order_list",
                ),
                (
                    "A oco sell 5@12 / sell stop-loss 4 stop=9",
                    "invalid_order_list",
                ),
                ("A oco sell 5@12 / sell 5@13", "invalid_order_list"),
                (
                    "A oco sell 5@12 ioc / sell stop-loss 5 stop=9",
                    "invalid_order_list",
                ),
                (
                    "A oco sell 5@12 day / sell stop-loss 5 stop=9",
                    "invalid_order_list",
                ),
                (
                    "A oco sell 5@12 id=x / sell stop-loss 5 stop=9 id=x",
                    "invalid_order_list",
                ),
                (
                    "A oco sell 5@12 / sell take-profit 5 stop=9",
                    "invalid_order_list",
                ),
                (
                    "A oco sell 5@12 / sell stop-loss 5 stop=9 / sell 1@1",
                    "invalid_order_list",
                ),
                (
                    "A bracket buy 5@12 / sell stop-loss 5 stop=9",
                    "invalid_order_list",
                ),
                (
                    "A bracket sell 5@12 / sell @13 / sell stop-loss stop=9",
                    "invalid_order_list",
                ),
                (
                    "A bracket buy 5@12 / sell 5@13 / sell stop-loss stop=9",
                    "invalid_order_list",
                ),
                (
                    "A oco sell 1000001@12 / sell stop-loss 1000001 stop=9",
                    "insufficient_funds",
                ),
                (
                    "A oco buy 1@12 / buy stop-limit 1@2000000 stop=9",
                    "insufficient_funds",
                ),
                (
                    "A oco sell 5@12 id=x / sell stop-loss 5 stop=9",
                    "#1; #2; linked #1 #2",
                ),
                (
                    "A oco sell 5@12 id=x / sell stop-loss 5 stop=9",
                    "repeat of #1",
                ),
                (
                    "A oco sell 5@12 id=x / sell stop-loss 5 stop=8",
                    "client_order_id_conflict",
                ),
            ],
        ),
    ];
    for (name, lines) in cases {
        run(name, |_| {}, lines);
    }
}

/// What the limit order of a buy releases as it comes to rest is held for the stop instead.
#[test]
fn the_two_hold_what_the_dearer_one_needs() {
    let lines: &[Line] = &[
        (
            "A oco buy 1000@100 / buy stop-limit 1000@100 stop=101",
            "#1; #2; linked #1 #2",
        ),
        // 100,000 and a taker's fee of 1,000, and one unit for rounding.
        ("funds A", "1000000+0 898999+101001"),
        ("A cancel #1", "#1 cancelled 1000 left; #2 linked 1000 left"),
        ("funds A", "1000000+0 1000000+0"),
    ];
    let with_fees = |market: &mut cse_wire::CreateMarket| market.taker_fee_ppm = 10_000;
    run("held once", with_fees, lines);
}

#[test]
fn the_exits_of_a_bracket_sell_what_its_entry_bought() {
    const PLACED: &str = "#1; #2; #3; linked #1 #2 #3";
    const BRACKET: &str = "A bracket buy 10@100 / sell @110 / sell stop-loss stop=95";
    let cases: &[(&str, &[Line])] = &[
        (
            "what it buys is kept for them, and they take effect when it closes",
            &[
                (BRACKET, PLACED),
                ("funds A", "1000000+0 999000+1000"),
                ("B sell 4@100", "#4; 4@100 with #1; #4 filled"),
                ("funds A", "1000000+4 999000+600"),
                (
                    "A cancel #1",
                    "#1 cancelled 6 left; #2 active 4; #3 active 4 at 95",
                ),
                ("depth", " | 4@110"),
                ("funds A", "1000000+4 999600+0"),
                ("C buy 1@95", "#5"),
                (
                    "D sell 1@95",
                    "#6; 1@95 with #5; #5 filled; #6 filled; #3 fires at 95; #2 linked 4 left; \
                     #3 expired 4 left",
                ),
                ("funds A", "1000004+0 999600+0"),
            ],
        ),
        (
            "an entry that fills as it comes in",
            &[
                ("B sell 10@99", "#1"),
                (
                    "A bracket buy market 10 / sell @110 / sell trailing-stop trail=5",
                    "#2; #3; #4; linked #2 #3 #4; 10@99 with #1; #1 filled; #2 filled; \
                     #3 active 10; #4 active 10 at 94",
                ),
                (
                    "C buy 3@110",
                    "#5; 3@110 with #3; #4 linked 10 left; #5 filled",
                ),
                ("funds A", "1000000+7 999340+0"),
            ],
        ),
        (
            "a take-profit that trades at once",
            &[
                ("B sell 2@100", "#1"),
                ("C buy 2@99", "#2"),
                (
                    "A bracket buy 2@100 / sell @99 / sell stop-loss stop=95",
                    "#3; #4; #5; linked #3 #4 #5; 2@100 with #1; #1 filled; #3 filled; #4 active 2; \
                     #5 active 2 at 95; 2@99 with #2; #2 filled; #5 linked 2 left; #4 filled",
                ),
            ],
        ),
        (
            "a stop that the last price has met already fires at once, behind the take-profit",
            &[
                ("B sell 2@90", "#1"),
                (
                    "A bracket buy 2@100 / sell @110 / sell stop-loss stop=95",
                    "#2; #3; #4; linked #2 #3 #4; 2@90 with #1; #1 filled; #2 filled; #3 active 2; \
                     #4 active 2 at 95; #4 fires at 95; #3 linked 2 left; #4 expired 2 left",
                ),
                ("funds A", "1000002+0 999820+0"),
            ],
        ),
        (
            "an entry that buys nothing closes them",
            &[
                (BRACKET, PLACED),
                ("A cancel #1", "#1 cancelled 10 left; #2 linked; #3 linked"),
                ("funds A", "1000000+0 1000000+0"),
                (
                    "A bracket buy market 1 / sell @110 / sell stop-loss stop=95",
                    "#4; #5; #6; linked #4 #5 #6; #4 expired 1 left; #5 linked; #6 linked",
                ),
            ],
        ),
        (
            "an exit that is cancelled takes the other along, and the entry goes on alone",
            &[
                (BRACKET, PLACED),
                ("B sell 4@100", "#4; 4@100 with #1; #4 filled"),
                ("A amend #1 11@0", "order_is_linked"),
                ("A amend #3 0@0 stop=90", "order_is_linked"),
                ("A cancel #3", "#3 cancelled; #2 linked"),
                ("funds A", "1000004+0 999000+600"),
                ("A amend #1 9@0", "#1 now 9@100 in its place"),
                ("B sell 5@100", "#5; 5@100 with #1; #1 filled; #5 filled"),
                ("funds A", "1000009+0 999100+0"),
            ],
        ),
        (
            "exits expire while they wait for it",
            &[
                (
                    "A bracket buy 10@100 / sell @110 gtd=9 / sell stop-loss stop=95 gtd=9",
                    PLACED,
                ),
                ("wait 9", ""),
                ("tick", "1 due; #2 expired; #3 linked"),
                ("depth", "10@100 | "),
            ],
        ),
    ];
    for (name, lines) in cases {
        run(name, |_| {}, lines);
    }
}

#[test]
fn an_order_tells_with_which_it_is_linked_while_it_is() {
    let place = "A bracket buy 10@100 / sell @110 / sell stop-loss stop=95";
    let mut floor = run("links", |_| {}, &[]);
    perform(&mut floor, place);
    let links = |floor: &Floor| [1, 2, 3].map(|id| floor.exchange.linked_orders(id));
    assert_eq!(links(&floor), [vec![2, 3], vec![1, 3], vec![1, 2]]);
    perform(&mut floor, "B sell 10@100");
    assert_eq!(links(&floor), [vec![], vec![3], vec![2]]);
    perform(&mut floor, "A cancel #2");
    assert_eq!(links(&floor), [vec![], vec![], vec![]]);
}
