//! Self-trade prevention: what each way of it does when orders of one owner meet.

use cse_wire::{SelfTradePrevented, SelfTradePrevention, Side};

use crate::floor::{A, Floor, MARKET, SUB_A, all_of};
use crate::script::{Line, limit_order, perform, run};

#[test]
fn orders_of_one_owner_meet_as_the_incoming_one_asks() {
    let cases: &[(&str, &[Line])] = &[
        (
            "cancel oldest: the resting order goes, and the incoming one goes on",
            &[
                ("A sell 3@10", "#1"),
                ("B sell 4@10", "#2"),
                (
                    "A buy 5@10 stp=oldest",
                    "#3; 3@10 prevented with #1; #1 selftrade 3 left; 4@10 with #2; #2 filled",
                ),
                ("depth", "1@10 | "),
                ("funds A", "1000004+0 999950+10"),
            ],
        ),
        (
            "cancel both: neither stays",
            &[
                ("A sell 3@10", "#1"),
                (
                    "A buy 5@10 stp=both",
                    "#2; 3@10 prevented with #1; #1 selftrade 3 left; #2 selftrade 5 left",
                ),
                ("depth", " | "),
                ("funds A", "1000000+0 1000000+0"),
            ],
        ),
        (
            "decrement: the smaller resting order goes, the rest of the larger one stays",
            &[
                ("A sell 3@10", "#1"),
                (
                    "A buy 5@10 stp=decrement",
                    "#2; 3@10 prevented with #1; #1 selftrade",
                ),
                ("depth", "2@10 | "),
                ("funds A", "1000000+0 999980+20"),
            ],
        ),
        (
            "decrement: the smaller incoming order goes, and releases what it held",
            &[
                ("A buy 5@10", "#1"),
                (
                    "a sell 3@10 stp=decrement",
                    "#2; 3@10 prevented with #1; #2 selftrade",
                ),
                ("depth", "2@10 | "),
                ("funds A", "1000000+0 999980+20"),
                ("funds a", "1000000+0 1000000+0"),
                ("B sell 2@10", "#3; 2@10 with #1; #1 filled; #3 filled"),
            ],
        ),
        (
            "decrement of a market buy pays for what trades alone",
            &[
                ("A sell 3@10", "#1"),
                ("B sell 3@11", "#2"),
                (
                    "A buy market 5 stp=decrement",
                    "#3; 3@10 prevented with #1; #1 selftrade; 2@11 with #2; #3 filled",
                ),
                ("depth", " | 1@11"),
                ("funds A", "1000002+0 999978+0"),
            ],
        ),
        (
            "what decides is the incoming order's",
            &[
                ("A sell 3@10 stp=oldest", "#1"),
                (
                    "A buy 3@10",
                    "#2; 3@10 prevented with #1; #2 selftrade 3 left",
                ),
                ("depth", " | 3@10"),
            ],
        ),
        (
            "none is for markets that allow it, and never for one account",
            &[
                ("A sell 3@10", "#1"),
                ("a buy 1@10 stp=none", "invalid_self_trade_prevention"),
                ("allow self-trades", ""),
                ("a buy 1@10 stp=none", "#2; 1@10 with #1; #2 filled"),
                (
                    "A buy 1@10 stp=none",
                    "#3; 1@10 prevented with #1; #3 selftrade 1 left",
                ),
                (
                    "a buy 1@10",
                    "#4; 1@10 prevented with #1; #4 selftrade 1 left",
                ),
                ("depth", " | 2@10"),
            ],
        ),
        (
            "fill-or-kill passes over what would be cancelled, and touches nothing when killed",
            &[
                ("A sell 3@10", "#1"),
                ("B sell 3@10", "#2"),
                ("A buy 4@10 fok stp=oldest", "#3; #3 killed 4 left"),
                ("A buy 3@10 fok", "#4; #4 killed 3 left"),
                ("A buy 3@10 fok stp=both", "#5; #5 killed 3 left"),
                ("A buy 3@10 fok stp=decrement", "#6; #6 killed 3 left"),
                ("depth", " | 6@10"),
                (
                    "A buy 3@10 fok stp=oldest",
                    "#7; 3@10 prevented with #1; #1 selftrade 3 left; 3@10 with #2; #2 filled; \
                     #7 filled",
                ),
            ],
        ),
        (
            "a buy by amount",
            &[
                ("A sell 3@10", "#1"),
                ("B sell 3@11", "#2"),
                (
                    "A buy market for 22 stp=decrement",
                    "invalid_self_trade_prevention",
                ),
                (
                    "A buy market for 22 stp=oldest",
                    "#3; 2@10 prevented with #1; #1 selftrade 3 left; 2@11 with #2; #3 filled",
                ),
            ],
        ),
        (
            "a sell by amount closes both where its walk ended",
            &[
                ("B buy 1@12", "#1"),
                ("A buy 3@10", "#2"),
                ("C buy 9@9", "#3"),
                (
                    "A sell market for 30 stp=both",
                    "#4; 1@12 with #1; #1 filled; 1@10 prevented with #2; #2 selftrade 3 left; \
                     #4 selftrade",
                ),
                ("depth", "9@9 | "),
            ],
        ),
        (
            "a sell by amount passes over what gives way",
            &[
                ("A buy 3@10", "#1"),
                ("C buy 9@9", "#2"),
                (
                    "A sell market for 20 stp=oldest",
                    "#3; 2@10 prevented with #1; #1 selftrade 3 left; 2@9 with #2; #3 filled",
                ),
                ("depth", "7@9 | "),
            ],
        ),
    ];
    for (name, lines) in cases {
        run(name, |_| {}, lines);
    }
}

#[test]
fn what_was_prevented_is_recorded() {
    let mut floor = Floor::new(|_| {});
    floor.send(&limit_order(A, Side::Sell, 3, 10));
    let mut order = limit_order(SUB_A, Side::Buy, 5, 12);
    order.self_trade_prevention = SelfTradePrevention::Decrement as u8;
    let events = floor.send(&order);
    let prevented: Vec<SelfTradePrevented> = all_of(&events);
    assert_eq!(
        prevented,
        [SelfTradePrevented {
            maker_order_id: 1,
            taker_order_id: 2,
            maker_account: A,
            taker_account: SUB_A,
            market: MARKET,
            taker_side: Side::Buy as u8,
            self_trade_prevention: SelfTradePrevention::Decrement as u8,
            reserved: [0; 2],
            price: 10,
            quantity: 3,
            maker_remaining: 0,
            taker_remaining: 2,
        }]
    );
}

/// A fee is held with the notional, and both shrink; what is then traded pays from what is left.
#[test]
fn a_decremented_buy_holds_what_its_rest_needs() {
    let lines: &[Line] = &[
        ("A buy 5@10", "#1"),
        ("funds A", "1000000+0 999945+55"),
        ("B sell 1@10", "#2; 1@10 with #1; #2 filled"),
        ("funds A", "1000001+0 999945+44"),
        (
            "a sell 2@10 stp=decrement",
            "#3; 2@10 prevented with #1; #3 selftrade",
        ),
        ("funds A", "1000001+0 999967+22"),
    ];
    let terms = |market: &mut cse_wire::CreateMarket| {
        (market.maker_fee_ppm, market.taker_fee_ppm) = (100_000, 100_000);
    };
    let mut floor = run("decrement with fees", terms, lines);
    assert_eq!(
        perform(&mut floor, "B sell 2@10"),
        "#4; 2@10 with #1; #1 filled; #4 filled"
    );
    assert_eq!(perform(&mut floor, "funds A"), "1000003+0 999967+0");
}
