//! The states of a market and the limits of its orders.

use cse_wire::MarketStatus;

use crate::script::{Line, perform, run};

#[test]
fn a_market_goes_from_status_to_status_as_the_table_says() {
    const STATUSES: [&str; 6] = [
        "created",
        "auction",
        "open",
        "halted",
        "cancel-only",
        "delisted",
    ];
    let reachable: &[(&str, &[&str])] = &[
        (
            "created",
            &["created", "auction", "open", "cancel-only", "delisted"],
        ),
        ("auction", &["auction", "open", "halted", "cancel-only"]),
        ("open", &["open", "auction", "halted", "cancel-only"]),
        ("halted", &["halted", "auction", "open", "cancel-only"]),
        (
            "cancel-only",
            &["cancel-only", "auction", "open", "halted", "delisted"],
        ),
        ("delisted", &[]),
    ];
    for &(from, allowed) in reachable {
        for to in STATUSES {
            let created = |market: &mut cse_wire::CreateMarket| {
                market.status = MarketStatus::Created as u8;
            };
            let mut floor = run("a way", created, &[]);
            if !matches!(from, "created" | "delisted") {
                perform(&mut floor, "market open");
            }
            perform(&mut floor, &format!("market {from}"));
            let status = floor.exchange.market(1).expect("it exists").status;
            let said = perform(&mut floor, &format!("market {to}"));
            if allowed.contains(&to) {
                let last = said.rsplit("; ").next();
                assert_eq!(last, Some(to.replace('-', "").as_str()), "{from} to {to}");
            } else {
                assert_eq!(said, "invalid_market_status", "{from} to {to}");
                assert_eq!(floor.exchange.market(1).expect("it exists").status, status);
            }
        }
    }
}

#[test]
fn each_status_takes_what_it_takes() {
    let cases: &[(&str, &[Line])] = &[
        (
            "orders rest through all of them, and are cancelled in any",
            &[
                ("A buy 1@10", "#1"),
                ("A buy 2@9", "#2"),
                ("A buy 3@8", "#3"),
                ("market halted", "halted"),
                ("B sell 1@10", "market_halted"),
                ("A amend #1 1@9", "market_halted"),
                ("A cancel #1", "#1 cancelled 1 left"),
                ("market cancel-only", "cancelonly"),
                ("B sell 1@10", "market_halted"),
                ("A cancel #2", "#2 cancelled 2 left"),
                ("market open", "open"),
                ("B sell 1@8", "#4; 1@8 with #3; #4 filled"),
            ],
        ),
        (
            "nothing is closed for good that has orders",
            &[
                ("A buy 1@10", "#1"),
                ("B sell 4@11 show=1", "#2"),
                ("market cancel-only", "cancelonly"),
                ("market delisted", "market_has_orders"),
                (
                    "market cancel",
                    "#1 cancelled 1 left; #2 cancelled 4 left; 2 of the market cancelled",
                ),
                ("market delisted", "delisted"),
                ("market cancel", "0 of the market cancelled"),
                ("market open", "invalid_market_status"),
                ("A buy 1@10", "market_halted"),
            ],
        ),
        (
            "only an auction has an end, and it lies ahead",
            &[
                ("wait 5", ""),
                ("market auction ends=5", "invalid_market_status"),
                ("market halted ends=9", "invalid_market_status"),
                ("market auction ends=6", "auction until 6"),
                ("market auction ends=9", "auction until 9"),
                ("market auction", "auction"),
            ],
        ),
    ];
    for (name, lines) in cases {
        run(name, |_| {}, lines);
    }
}

#[test]
fn limits_hold_for_what_is_placed_and_amended_from_now_on() {
    let lines: &[Line] = &[
        ("A buy 7@7", "#1"),
        ("limits min=10 max=100 least=2 most=20 step=2 lots=2", ""),
        ("depth", "7@7 | "),
        ("A buy 1@50", "below_min_quantity"),
        ("A buy 3@10", "quantity_off_lot"),
        ("A buy 22@10", "quantity_out_of_range"),
        ("A buy 4@9", "price_off_tick"),
        ("A buy 4@2", "below_min_notional"),
        ("A buy 4@26", "above_max_notional"),
        ("A buy 4@10 show=1", "quantity_off_lot"),
        ("A buy 4@10 show=2", "#2"),
        ("A buy market for 101", "above_max_notional"),
        ("A buy market 4 worst=9", "price_off_tick"),
        ("A amend #1 6@0", "#1 now 6@7 in its place"),
        ("A amend #1 5@0", "quantity_off_lot"),
        ("A amend #1 0@9", "price_off_tick"),
        ("A amend #1 20@8", "above_max_notional"),
        ("A amend #2 0@0 show=3", "quantity_off_lot"),
        ("limits most=1000", ""),
        ("B sell 3@7", "#3; 2@10 with #2; 1@10 with #2; #3 filled"),
    ];
    run("limits", |_| {}, lines);
}

#[test]
fn a_repriced_order_keeps_to_the_step() {
    let lines: &[Line] = &[
        ("A buy 1@103", "#1"),
        ("B sell 1@107", "#2"),
        ("limits step=5", ""),
        ("C buy 1@110 post reprice", "#3"),
        ("D sell 1@100 post reprice", "#4"),
        ("depth", "1@105 1@103 | 1@107 1@110"),
        (
            "market cancel",
            "#1 cancelled 1 left; #2 cancelled 1 left; #3 cancelled 1 left; #4 cancelled 1 left; 4 of the market cancelled",
        ),
        ("B sell 1@5", "#5"),
        ("C buy 1@10 post reprice", "post_only_would_take"),
    ];
    run("steps", |_| {}, lines);
}

#[test]
fn limits_that_no_sum_can_bear_are_refused() {
    for limits in [
        "limits min=10 max=9",
        "limits least=5 most=4",
        "limits most=0",
        "limits step=0",
        "limits lots=0",
        "limits most=5 lots=6",
        "limits most=1125899906842624",
        "limits step=1099511627776",
        "band 1000000",
        "band 0 interruption=1000000 window=1 auction=1",
        "band 0 interruption=1 window=0 auction=1",
        "band 0 interruption=1 window=1 auction=86401",
        "band 0 ref=1099511627776",
    ] {
        let mut floor = run("limits", |_| {}, &[]);
        assert_eq!(perform(&mut floor, limits), "invalid_market", "{limits}");
    }
}
