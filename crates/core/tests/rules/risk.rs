//! Risk on the way of orders: what limits refuse, what is counted for them, and what is told.

use cse_core::Exchange;
use cse_wire::{
    AccountFlagged, Message, OrderAccepted, OrderRejected, RISK_STRETCH_US, RISK_STRETCHES,
    RiskCountsState, RiskLimitsState, RiskPattern, SetRiskLimits, Side, codes,
};

use crate::floor::{A, Floor, MARKET, all_of};
use crate::script::limit_order;

const MINUTE_US: i64 = RISK_STRETCHES as i64 * RISK_STRETCH_US;

const NONE: SetRiskLimits = SetRiskLimits {
    market: MARKET,
    tier: 0,
    reserved: [0; 3],
    max_quantity: 0,
    max_notional: 0,
    max_notional_per_minute: 0,
    flag_notional_per_minute: 0,
    max_open_orders: 0,
    flag_cancels: 0,
    flag_cancels_per_fill: 0,
    flag_far_orders: 0,
    flag_far_ppm: 0,
    flag_self_trades: 0,
};

/// A market in which an account may ask for 1,000 units a minute, and is told of above 500.
fn guarded() -> Floor {
    let mut floor = Floor::new(|_| {});
    floor.send(&SetRiskLimits {
        max_notional_per_minute: 1_000,
        flag_notional_per_minute: 500,
        ..NONE
    });
    floor
}

fn body(exchange: &Exchange) -> Vec<u8> {
    let mut out = Vec::new();
    exchange.write_state(&mut out);
    out
}

#[test]
fn an_account_asks_for_so_much_a_minute_and_is_told_of_once() {
    let mut floor = guarded();
    let place = |floor: &mut Floor, price| {
        let events = floor.send(&limit_order(A, Side::Buy, 1, price));
        let refused: Vec<u16> = all_of::<OrderRejected>(&events)
            .iter()
            .map(|event| event.code)
            .collect();
        (refused, all_of::<AccountFlagged>(&events))
    };
    assert_eq!(place(&mut floor, 500), (vec![], vec![]));
    let (refused, flags) = place(&mut floor, 499);
    assert!(refused.is_empty());
    let told: Vec<_> = flags
        .iter()
        .map(|flag| (flag.account, flag.pattern, flag.counted, flag.bound))
        .collect();
    assert_eq!(told, [(A, RiskPattern::Notional as u8, 999, 500)]);
    assert_eq!(place(&mut floor, 1), (vec![], vec![]));
    let rate = (vec![codes::NOTIONAL_RATE_REACHED], vec![]);
    assert_eq!(place(&mut floor, 1), rate);
    floor.now_us += MINUTE_US;
    assert_eq!(place(&mut floor, 1), (vec![], vec![]));
}

#[test]
fn what_was_counted_is_told_until_its_minute_has_passed() {
    let mut floor = guarded();
    for account in A..A + 6 {
        floor.send(&limit_order(account, Side::Buy, 1, 1));
    }
    assert_eq!(all_of::<RiskCountsState>(&body(&floor.exchange)).len(), 6);
    floor.now_us += MINUTE_US;
    floor.send(&limit_order(A, Side::Buy, 1, 2));
    let left: Vec<RiskCountsState> = all_of(&body(&floor.exchange));
    assert_eq!(left.len(), 1);
    assert_eq!((left[0].account, left[0].notional), (A, 2));
    let counts: Vec<_> = floor.exchange.risk_counts_of(MARKET, A).collect();
    assert_eq!(counts, left);
    assert_eq!(floor.exchange.risk_counts_of(MARKET, A + 1).count(), 0);
}

#[test]
fn times_before_1970_have_stretches_too() {
    let mut floor = guarded();
    floor.exchange = Exchange::read_state(&before_1970(&floor)).expect("it is a state");
    floor.now_us = -1;
    let accepted = |events: &[u8]| !all_of::<OrderAccepted>(events).is_empty();
    assert!(accepted(&floor.send(&limit_order(A, Side::Buy, 1, 1_000))));
    floor.now_us = MINUTE_US - RISK_STRETCH_US - 1;
    assert!(!accepted(&floor.send(&limit_order(A, Side::Buy, 1, 1))));
    floor.now_us += 1;
    assert!(accepted(&floor.send(&limit_order(A, Side::Buy, 1, 1))));
}

/// The same state, at the beginning of all time.
fn before_1970(floor: &Floor) -> Vec<u8> {
    let mut state = body(&floor.exchange);
    let mut core = all_of::<cse_wire::CoreState>(&state)[0];
    core.time_us = i64::MIN;
    state.splice(..cse_wire::CoreState::WIDTH, core.encoded());
    state
}

#[test]
fn what_no_core_could_have_counted_is_refused() {
    let mut floor = guarded();
    floor.send(&limit_order(A, Side::Buy, 1, 1));
    let state = body(&floor.exchange);
    let right = all_of::<RiskCountsState>(&state)[0];
    let refusal = |counts: RiskCountsState| {
        let mut entries = state.clone();
        let length = entries.len();
        entries.splice(length - RiskCountsState::WIDTH.., counts.encoded());
        Exchange::read_state(&entries)
            .err()
            .map(|error| error.reason)
    };
    assert_eq!(refusal(right), None);
    let market = RiskCountsState { market: 2, ..right };
    assert_eq!(refusal(market), Some("the market is not watched"));
    let account = RiskCountsState {
        account: 0,
        ..right
    };
    assert_eq!(refusal(account), Some("the account is unknown"));
    for (stretch, is_there) in [(1, false), (0, true), (-6, true), (-7, false)] {
        let counts = RiskCountsState {
            stretch: right.stretch + stretch,
            ..right
        };
        let other = Some("the stretch is not of the last minute");
        assert_eq!(refusal(counts), if is_there { None } else { other });
    }
    let wrong = [
        RiskCountsState {
            notional: 0,
            ..right
        },
        RiskCountsState {
            notional: cse_wire::NOTIONAL_LIMIT,
            ..right
        },
        RiskCountsState { told: 16, ..right },
    ];
    for counts in wrong {
        assert_eq!(refusal(counts), Some("what was counted is out of range"));
    }
    let mut twice = state.clone();
    right.append(&mut twice);
    let error = Exchange::read_state(&twice).err();
    assert_eq!(
        error.map(|error| error.reason),
        Some("the stretch stands twice")
    );
}

#[test]
fn limits_that_nobody_could_have_set_are_refused() {
    let floor = guarded();
    let right = floor.exchange.risk_limits().next().expect("it is set");
    let wrong = [
        (
            RiskLimitsState { market: 2, ..right },
            "the market of the limits is another",
        ),
        (RiskLimitsState { tier: 10, ..right }, "the tier is none"),
        (
            RiskLimitsState {
                flag_far_ppm: 1,
                ..right
            },
            "the limits are out of range",
        ),
        (
            RiskLimitsState {
                max_notional_per_minute: 0,
                flag_notional_per_minute: 0,
                ..right
            },
            "the limits are out of range",
        ),
        (right, "the limits stand twice"),
    ];
    for (limits, reason) in wrong {
        let mut entries = body(&floor.exchange);
        limits.append(&mut entries);
        let error = Exchange::read_state(&entries).err();
        assert_eq!(error.map(|error| error.reason), Some(reason));
    }
}
