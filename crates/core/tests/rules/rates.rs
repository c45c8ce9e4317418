//! The rates that an order keeps: of its account's tier, lowered by a promotion.

use cse_wire::{
    CommandRejected, CreateMarket, Message, OrderAccepted, SetAccountTier, SetMarketFees,
    SetMarketPromotion, Side, Traded,
};

use crate::floor::{A, CREATOR, Floor, MARKET, QUOTE, all_of};
use crate::invariants;
use crate::script::{code_name, limit_order, order, perform, rendered};

const DAY_US: i64 = cse_wire::DAY_US;

fn terms(market: &mut CreateMarket) {
    (market.maker_fee_ppm, market.taker_fee_ppm) = (200, 1_000);
    (market.creator_account, market.creator_share_ppm) = (CREATOR, 500_000);
}

fn fees_of_tier(tier: u8, maker_fee_ppm: i32, taker_fee_ppm: i32) -> SetMarketFees {
    SetMarketFees {
        market: MARKET,
        maker_fee_ppm,
        taker_fee_ppm,
        creator_share_ppm: 0,
        creator_account: 0,
        tier,
        reserved: [0; 3],
    }
}

fn tier(account: u32, tier: u8) -> SetAccountTier {
    SetAccountTier {
        account,
        tier,
        reserved: [0; 3],
    }
}

fn promotion(maker_fee_ppm: i32, taker_fee_ppm: i32, ends_at_us: i64) -> SetMarketPromotion {
    SetMarketPromotion {
        market: MARKET,
        maker_fee_ppm,
        taker_fee_ppm,
        reserved: [0; 4],
        ends_at_us,
    }
}

/// The rates with which an order of an account is taken in now.
fn rates(floor: &mut Floor, account: u32) -> (i32, i32) {
    let events = floor.send(&limit_order(account, Side::Sell, 1, 1_000));
    let accepted = all_of::<OrderAccepted>(&events)[0];
    (accepted.maker_fee_ppm, accepted.taker_fee_ppm)
}

#[test]
fn each_rate_is_the_lower_of_the_tier_and_the_promotion() {
    let mut floor = Floor::new(terms);
    floor.send(&fees_of_tier(1, 100, 800));
    let end_us = floor.now_us + DAY_US;
    // The tier, the rates before the promotion, while it lasts, and from its end on.
    let cases = [
        (0, (200, 1_000), (0, 900), (200, 1_000)),
        (1, (100, 800), (0, 800), (100, 800)),
        (2, (200, 1_000), (0, 900), (200, 1_000)),
        (9, (200, 1_000), (0, 900), (200, 1_000)),
    ];
    for step in 0..3 {
        match step {
            1 => drop(floor.send(&promotion(0, 900, end_us))),
            2 => floor.now_us = end_us,
            _ => {}
        }
        for (account, (number, before, within, after)) in (A..).zip(cases) {
            assert_eq!(rendered(&floor.send(&tier(account, number))), "");
            let expected = [before, within, after][step];
            assert_eq!(rates(&mut floor, account), expected, "tier {number}");
        }
        floor.now_us = end_us - 1;
    }
}

#[test]
fn a_promotion_is_ended_before_its_time_and_another_takes_its_place() {
    let mut floor = Floor::new(terms);
    let end_us = floor.now_us + DAY_US;
    floor.send(&promotion(0, 0, end_us));
    floor.send(&promotion(100, 0, end_us));
    assert_eq!(rates(&mut floor, A), (100, 0));
    floor.send(&promotion(0, 0, 0));
    assert_eq!(rates(&mut floor, A), (200, 1_000));
}

#[test]
fn an_order_keeps_its_rates() {
    let mut floor = Floor::new(terms);
    floor.send(&promotion(0, 0, floor.now_us + DAY_US));
    perform(&mut floor, "A sell 1000@100");
    floor.now_us += DAY_US;
    floor.send(&fees_of_tier(3, 7_000, 9_000));
    floor.send(&tier(A, 3));
    // At another price, and so with another hold; the rates stay.
    assert_eq!(
        perform(&mut floor, "A amend #1 0@99"),
        "#1 now 1000@99 at the end"
    );
    let events = floor.send(&order(&["B", "buy", "1000@99"]));
    let trade = all_of::<Traded>(&events)[0];
    assert_eq!((trade.maker_fee, trade.taker_fee), (0, 99));
    assert_eq!(rates(&mut floor, A), (7_000, 9_000));
}

#[test]
fn a_hold_is_as_large_as_the_rates_ask() {
    let mut floor = Floor::new(terms);
    floor.send(&fees_of_tier(1, 0, 0));
    floor.send(&tier(A, 1));
    // All its funds buy so much without a fee, and not with one.
    assert_eq!(perform(&mut floor, "A buy 10000@100"), "#1");
    assert_eq!(perform(&mut floor, "B buy 10000@100"), "insufficient_funds");
    floor.send(&promotion(0, 0, floor.now_us + 1));
    assert_eq!(perform(&mut floor, "B buy 10000@100"), "#2");
    assert_eq!(perform(&mut floor, "C sell 1@200 post"), "#3");
    assert_eq!(
        perform(&mut floor, "D buy market 1"),
        "#4; 1@200 with #3; #3 filled; #4 filled"
    );
    assert_eq!(floor.funds(A + 3, QUOTE), (1_000_000 - 200, 0));
}

#[test]
fn a_rebate_is_cut_to_what_the_taker_pays() {
    let mut floor = Floor::new(|market| {
        (market.maker_fee_ppm, market.taker_fee_ppm) = (-1_000, 1_000);
    });
    perform(&mut floor, "A sell 1000@10");
    floor.send(&fees_of_tier(1, 0, 100));
    floor.send(&tier(A + 1, 1));
    let events = floor.send(&order(&["B", "buy", "1000@10"]));
    let trade = all_of::<Traded>(&events)[0];
    assert_eq!((trade.maker_fee, trade.taker_fee), (-1, 1));
    invariants::check(&floor.exchange);
}

#[test]
fn rates_of_a_tier_leave_the_creator_alone() {
    let mut floor = Floor::new(terms);
    floor.send(&fees_of_tier(4, 0, 100));
    let state = floor.exchange.market(MARKET).expect("it exists");
    assert_eq!(
        (state.creator_account, state.creator_share_ppm),
        (CREATOR, 500_000)
    );
    assert_eq!((state.maker_fee_ppm, state.taker_fee_ppm), (200, 1_000));
}

#[test]
fn tiers_and_promotions_are_refused_outside_their_bounds() {
    let now_us = Floor::new(|_| {}).now_us;
    // What is said, the account and the reference named, and the command.
    let cases: &[(&str, u32, u64, Vec<u8>)] = &[
        ("", 0, 0, tier(A, 9).encoded()),
        ("invalid_fee_tier", A, 0, tier(A, 10).encoded()),
        ("account_unknown", 99, 0, tier(99, 10).encoded()),
        ("", 0, 0, promotion(0, 0, 0).encoded()),
        ("", 0, 0, promotion(-5, 5, now_us + 1).encoded()),
        ("", 0, 0, promotion(0, 0, (1 << 53) - 1).encoded()),
        ("invalid_market", 0, 1, promotion(0, 1, 0).encoded()),
        ("invalid_market", 0, 1, promotion(1, 0, 0).encoded()),
        ("invalid_market", 0, 1, promotion(0, 0, now_us).encoded()),
        ("invalid_market", 0, 1, promotion(0, 0, -1).encoded()),
        ("invalid_market", 0, 1, promotion(0, 0, 1 << 53).encoded()),
        (
            "invalid_market",
            0,
            1,
            promotion(-6, 5, now_us + 1).encoded(),
        ),
        (
            "invalid_market",
            0,
            1,
            promotion(0, 100_001, now_us + 1).encoded(),
        ),
        (
            "market_unknown",
            0,
            9,
            SetMarketPromotion {
                market: 9,
                ..promotion(-1, 0, -1)
            }
            .encoded(),
        ),
    ];
    for (expected, account, reference, command) in cases {
        let events = Floor::new(|_| {}).send_bytes(command);
        let rejected = all_of::<CommandRejected>(&events);
        let said = rejected.first().map_or(String::new(), |event| {
            assert_eq!((event.account, event.reference), (*account, *reference));
            code_name(event.code)
        });
        assert_eq!(&said, expected);
    }
}
