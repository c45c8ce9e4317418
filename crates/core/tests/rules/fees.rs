//! Fees: in quote, rounded once per order and role, shared without a rest.

use cse_wire::{CreateMarket, OrderClosed, SetMarketFees, Traded};

use crate::floor::{CREATOR, FEES, Floor, MARKET, QUOTE, all_of};
use crate::script::{Line, order, run};

fn with_fees(maker_fee_ppm: i32, taker_fee_ppm: i32) -> impl Fn(&mut CreateMarket) {
    move |market| {
        market.maker_fee_ppm = maker_fee_ppm;
        market.taker_fee_ppm = taker_fee_ppm;
    }
}

/// Sends the order that the line says.
fn send(floor: &mut Floor, line: &str) -> Vec<u8> {
    floor.send(&order(&line.split_whitespace().collect::<Vec<_>>()))
}

#[test]
fn both_pay_in_quote() {
    let lines: &[Line] = &[
        ("A sell 4981@10", "#1"),
        ("B buy 4981@10", "#2; 4981@10 with #1; #1 filled; #2 filled"),
        // 49810 and a fee of 49.81, rounded up; all of the base arrives and can be sold again.
        ("funds B", "1004981+0 950140+0"),
        ("funds A", "995019+0 1049760+0"),
        ("C buy 4981@10", "#3"),
        (
            "B sell 4981@10",
            "#4; 4981@10 with #3; #3 filled; #4 filled",
        ),
        ("funds B", "1000000+0 999900+0"),
    ];
    let floor = run("0.1 % each", with_fees(1_000, 1_000), lines);
    assert_eq!(floor.funds(FEES, QUOTE), (200, 0));
}

#[test]
fn splitting_gains_nothing() {
    let mut floor = Floor::new(with_fees(1_000, 1_000));
    send(&mut floor, "A sell 1000@10");
    let mut paid = 0;
    for _ in 0..1_000 {
        let events = send(&mut floor, "B buy 1@10");
        paid += all_of::<Traded>(&events)[0].taker_fee;
    }
    assert_eq!(paid, 1_000, "each order is rounded up on its own");
    // The maker's one order is rounded once, however many fills it has.
    assert_eq!(floor.funds(FEES, QUOTE), (1_000 + 10, 0));
}

#[test]
fn the_fee_so_far_telescopes() {
    for (maker, taker) in [
        (1, 3),
        (999, 1_001),
        (33_333, 77_777),
        (-500, 900),
        (0, 100_000),
    ] {
        let mut floor = Floor::new(with_fees(maker, taker));
        for lots in [1, 2, 3, 5, 7, 11, 13] {
            send(&mut floor, &format!("A sell {lots}@{}", 100 + lots));
        }
        let events = send(&mut floor, "B buy 42@200");
        let trades: Vec<Traded> = all_of(&events);
        let closed: OrderClosed = all_of(&events).pop().expect("it is filled");
        let notional: i128 = trades.iter().map(|trade| trade.notional as i128).sum();
        let fee: i128 = trades.iter().map(|trade| trade.taker_fee).sum();
        assert_eq!(closed.fee, fee);
        assert_eq!(fee, (notional * i128::from(taker) + 999_999) / 1_000_000);
    }
}

#[test]
fn a_buy_holds_the_highest_fee_and_releases_what_it_did_not_need() {
    let lines: &[Line] = &[
        // 1000 and 0.2 %, and one unit more; once it rests it can only be a maker.
        ("A buy 100@10", "#1"),
        ("funds A", "1000000+0 998999+1001"),
        ("B sell 50@10", "#2; 50@10 with #1; #2 filled"),
        ("funds A", "1000050+0 998999+500"),
        ("B sell 50@10", "#3; 50@10 with #1; #1 filled; #3 filled"),
        ("funds A", "1000100+0 998999+0"),
    ];
    run("maker 0.1 %, taker 0.2 %", with_fees(1_000, 2_000), lines);

    let lines: &[Line] = &[
        ("B sell 100@9", "#1"),
        ("A buy 200@10", "#2; 100@9 with #1; #1 filled"),
        // 900 and 2 as taker; what rests holds 1000 and 1.
        ("funds A", "1000100+0 998097+1001"),
        ("A cancel #2", "#2 cancelled 100 left"),
        ("funds A", "1000100+0 999098+0"),
    ];
    run("taker, then maker", with_fees(1_000, 2_000), lines);
}

#[test]
fn a_limit_buy_needs_its_notional_the_highest_fee_and_one_unit() {
    let lines: &[Line] = &[
        // 998003 and a fee of 1997 come to a million; one unit more is not there.
        ("A buy 1@998003", "insufficient_funds"),
        ("A buy 1@998002", "#1"),
        ("B buy 1@998003 ioc", "insufficient_funds"),
    ];
    run("taker 0.2 %", with_fees(0, 2_000), lines);
    run("no fee, no unit", |_| {}, &[("A buy 1@1000000", "#1")]);
}

#[test]
fn a_market_buy_by_quantity_needs_cost_and_fee() {
    let lines: &[Line] = &[
        ("A sell 50000@10", "#1"),
        ("B sell 50000@10", "#2"),
        ("C buy market 100000", "insufficient_funds"),
        (
            "C buy market 99800",
            "#3; 50000@10 with #1; #1 filled; 49800@10 with #2; #3 filled",
        ),
        ("funds C", "1099800+0 4+0"),
    ];
    run("taker 0.2 %", with_fees(1_000, 2_000), lines);
}

#[test]
fn a_buy_by_amount_spends_no_more_than_it_fees_included() {
    for (amount, lots) in [
        (1_001, 99),
        (1_002, 100),
        (2_000, 199),
        (2_004, 200),
        (11, 1),
        (10, 0),
    ] {
        let mut floor = Floor::new(with_fees(1_000, 2_000));
        send(&mut floor, "A sell 500@10");
        send(&mut floor, &format!("B buy market for {amount}"));
        let cost = 10 * lots + (lots * 10 * 2_000 + 999_999) / 1_000_000;
        assert!(cost <= amount);
        assert_eq!(floor.funds(5, QUOTE), (1_000_000 - cost, 0), "for {amount}");
    }
}

#[test]
fn a_rebate_is_never_more_than_what_the_taker_pays() {
    let mut floor = Floor::new(with_fees(-1_000, 1_000));
    send(&mut floor, "A sell 1000@10");
    // 0.1 % of 10 is rounded up for the taker and down for the maker.
    let trade = |floor: &mut Floor, line: &str| -> (i128, i128) {
        let trade = all_of::<Traded>(&send(floor, line))[0];
        (trade.maker_fee, trade.taker_fee)
    };
    assert_eq!(trade(&mut floor, "B buy 10@10"), (0, 1));
    assert_eq!(trade(&mut floor, "B buy 90@10"), (-1, 1));
    // An order keeps its rates: a taker of the new ones pays nothing, so the rebate is cut.
    floor.send(&SetMarketFees {
        market: MARKET,
        maker_fee_ppm: 0,
        taker_fee_ppm: 0,
        creator_share_ppm: 0,
        creator_account: 0,
        tier: 0,
        reserved: [0; 3],
    });
    assert_eq!(trade(&mut floor, "B buy 400@10"), (0, 0));
    assert_eq!(floor.funds(FEES, QUOTE), (1, 0));
}

#[test]
fn the_creator_has_a_share_of_what_is_left() {
    let terms = |market: &mut CreateMarket| {
        with_fees(1_000, 2_000)(market);
        (market.creator_account, market.creator_share_ppm) = (CREATOR, 250_000);
    };
    let mut floor = Floor::new(terms);
    send(&mut floor, "A sell 100@10");
    let events = send(&mut floor, "B buy 100@10");
    let trade = all_of::<Traded>(&events)[0];
    assert_eq!(
        (trade.maker_fee, trade.taker_fee, trade.creator_fee),
        (1, 2, 0)
    );
    send(&mut floor, "A sell 1000@10");
    send(&mut floor, "B buy 1000@10");
    // A quarter of 30, down; nothing of the 3 before.
    assert_eq!(floor.funds(CREATOR, QUOTE), (7, 0));
    assert_eq!(floor.funds(FEES, QUOTE), (3 + 23, 0));
}
