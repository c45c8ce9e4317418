//! The checks of an order in their order, and cancels.

use cse_wire::{
    CancelAllOrders, EXPIRES_AT_LIMIT_US, FreezeAccount, OrderRejected, PRICE_LIMIT, PlaceOrder,
    Side, Symbol, UnfreezeAccount,
};

use crate::floor::{A, FEES, Floor, MARKET, OUTSIDE, START_US, all_of};
use crate::script::{Line, limit_order, perform, rendered, run};

#[test]
fn an_order_is_refused_for_the_first_check_that_fails() {
    type Change = fn(&mut PlaceOrder);
    let cases: &[(&str, Change)] = &[
        ("account_unknown", |o| o.account = 0),
        ("account_unknown", |o| (o.account, o.market) = (99, 99)),
        ("market_unknown", |o| o.market = 0),
        ("market_unknown", |o| {
            (o.market, o.client_order_id.0[0]) = (2, b' ')
        }),
        ("invalid_client_order_id", |o| o.client_order_id.0[0] = b' '),
        ("invalid_client_order_id", |o| o.client_order_id.0[1] = b'x'),
        ("invalid_client_order_id", |o| {
            o.client_order_id.0[..37].fill(b'x')
        }),
        ("invalid_client_order_id", |o| o.client_order_id.0[0] = 0xc3),
        ("account_cannot_trade", |o| o.account = FEES),
        ("account_cannot_trade", |o| {
            (o.account, o.side) = (OUTSIDE, 0)
        }),
        ("invalid_side", |o| o.side = 0),
        ("invalid_side", |o| (o.side, o.order_type) = (3, 0)),
        ("order_type_unavailable", |o| o.order_type = 0),
        ("order_type_unavailable", |o| o.order_type = 8),
        ("order_type_unavailable", |o| o.stop_price = 1),
        ("order_type_unavailable", |o| o.trailing_delta = 1),
        ("invalid_display_quantity", |o| o.display_quantity = 11),
        ("invalid_display_quantity", |o| {
            (o.display_quantity, o.time_in_force) = (1, 2)
        }),
        ("order_type_unavailable", |o| o.flags = 4),
        ("invalid_self_trade_prevention", |o| {
            o.self_trade_prevention = 5
        }),
        ("invalid_self_trade_prevention", |o| {
            (o.order_type, o.time_in_force, o.price, o.quantity) = (2, 2, 0, 0);
            (o.quote_amount, o.self_trade_prevention) = (100, 4);
        }),
        ("invalid_self_trade_prevention", |o| {
            (o.self_trade_prevention, o.time_in_force) = (9, 0)
        }),
        ("invalid_time_in_force", |o| o.time_in_force = 0),
        ("invalid_time_in_force", |o| o.time_in_force = 6),
        ("invalid_time_in_force", |o| {
            (o.order_type, o.price) = (2, 0)
        }),
        ("invalid_expiry", |o| o.expires_at_us = -1),
        ("invalid_expiry", |o| o.time_in_force = 4),
        ("invalid_expiry", |o| {
            (o.time_in_force, o.expires_at_us) = (4, START_US)
        }),
        ("invalid_expiry", |o| {
            (o.time_in_force, o.expires_at_us) = (4, EXPIRES_AT_LIMIT_US)
        }),
        ("invalid_expiry", |o| {
            (o.time_in_force, o.expires_at_us) = (5, START_US + 1)
        }),
        ("post_only_not_allowed", |o| o.flags = 2),
        ("post_only_not_allowed", |o| {
            (o.flags, o.time_in_force) = (1, 2)
        }),
        ("quantity_or_quote_amount", |o| {
            (o.quote_amount, o.price) = (1, 0)
        }),
        ("quantity_or_quote_amount", |o| {
            (o.order_type, o.time_in_force, o.price, o.quantity) = (2, 2, 0, 0);
        }),
        ("quantity_or_quote_amount", |o| {
            (o.order_type, o.time_in_force, o.price, o.quote_amount) = (2, 2, 0, 1);
        }),
        ("price_out_of_range", |o| (o.price, o.quantity) = (0, 0)),
        ("price_out_of_range", |o| o.price = PRICE_LIMIT),
        ("price_out_of_range", |o| {
            (o.order_type, o.time_in_force, o.price) = (2, 2, PRICE_LIMIT)
        }),
        ("quantity_out_of_range", |o| o.quantity = 0),
        ("quantity_out_of_range", |o| o.quantity = 1_001),
        ("quantity_out_of_range", |o| {
            (o.order_type, o.time_in_force, o.price, o.quantity) = (2, 2, 0, 1_001);
        }),
        ("quantity_out_of_range", |o| {
            (o.order_type, o.time_in_force, o.price, o.quantity) = (2, 2, 0, 0);
            o.quote_amount = 1 << 100;
        }),
        ("below_min_notional", |o| o.quantity = 9),
        ("below_min_notional", |o| {
            (o.order_type, o.time_in_force, o.price, o.quantity) = (2, 2, 0, 0);
            o.quote_amount = 99;
        }),
        ("order_type_unavailable", |o| {
            (o.order_type, o.stop_price, o.trailing_delta) = (3, 11, 1)
        }),
        ("order_type_unavailable", |o| {
            (o.order_type, o.stop_price, o.flags) = (4, 11, 4)
        }),
        ("invalid_time_in_force", |o| {
            (o.order_type, o.stop_price, o.time_in_force) = (3, 11, 2)
        }),
        ("post_only_not_allowed", |o| {
            (o.order_type, o.stop_price, o.flags) = (4, 11, 1)
        }),
        ("quantity_or_quote_amount", |o| {
            (o.order_type, o.stop_price, o.price) = (3, 11, 0)
        }),
        ("quantity_or_quote_amount", |o| {
            (o.order_type, o.stop_price, o.side, o.quantity) = (3, 9, 2, 0)
        }),
        ("quantity_or_quote_amount", |o| {
            (o.order_type, o.stop_price, o.quote_amount) = (4, 11, 100)
        }),
        ("price_out_of_range", |o| (o.order_type, o.price) = (4, 0)),
        ("invalid_display_quantity", |o| {
            (o.order_type, o.stop_price, o.display_quantity) = (3, 11, 1)
        }),
        ("invalid_stop_price", |o| o.order_type = 3),
        ("invalid_stop_price", |o| {
            (o.order_type, o.stop_price) = (6, PRICE_LIMIT)
        }),
        ("invalid_stop_price", |o| {
            (o.order_type, o.stop_price, o.trailing_delta) = (7, 11, 1)
        }),
        ("invalid_trailing_delta", |o| o.order_type = 7),
        ("invalid_trailing_delta", |o| {
            (o.order_type, o.trailing_delta) = (7, PRICE_LIMIT)
        }),
        ("invalid_trailing_delta", |o| {
            (o.order_type, o.flags, o.trailing_delta) = (7, 4, 1_000_000)
        }),
        ("below_min_notional", |o| {
            (o.order_type, o.stop_price, o.quantity) = (4, 11, 9)
        }),
        ("#1", |o| {
            (o.order_type, o.stop_price, o.quantity) = (3, 11, 9)
        }),
        ("#1", |o| {
            (o.order_type, o.flags, o.trailing_delta) = (7, 4, 999_999)
        }),
        ("insufficient_funds", |o| {
            (o.price, o.quantity) = (PRICE_LIMIT - 1, 1_000)
        }),
        ("#1", |o| o.self_trade_prevention = 1),
        ("#1", |o| o.self_trade_prevention = 4),
        ("#1", |o| {
            (o.time_in_force, o.expires_at_us) = (4, START_US + 1)
        }),
        ("#1", |o| (o.time_in_force, o.flags) = (5, 3)),
        ("#1; #1 expired 10 left", |o| {
            (o.order_type, o.time_in_force) = (2, 2)
        }),
        ("#1", |o| o.client_order_id.0[..36].fill(b'/')),
    ];
    for (number, (expected, change)) in cases.iter().enumerate() {
        let mut floor = Floor::new(|market| {
            (market.min_notional, market.max_quantity) = (100, 1_000);
        });
        let mut order = limit_order(A, Side::Buy, 10, 10);
        change(&mut order);
        let before = floor.exchange.dump();
        let said = rendered(&floor.send(&order));
        assert_eq!(&said, expected, "case {}: {order:?}", number + 1);
        if !expected.starts_with('#') {
            let changed = floor.exchange.dump();
            assert!(
                before.lines().skip(1).eq(changed.lines().skip(1)),
                "a refusal changes nothing: {expected}"
            );
        }
    }
}

#[test]
fn a_rejection_carries_a_readable_client_order_id_or_none() {
    let cases: &[(&[u8], &[u8])] = &[
        (b"my-1", b"my-1"),
        (b"", b""),
        (b"my 1", b""),
        (b"\xff", b""),
    ];
    for (sent, told) in cases {
        let mut order = limit_order(99, Side::Buy, 10, 10);
        order.client_order_id = Symbol::new(sent).expect("a short id");
        let events = Floor::new(|_| {}).send(&order);
        let rejected = all_of::<OrderRejected>(&events)[0];
        assert_eq!(rejected.client_order_id.bytes(), *told);
    }
}

#[test]
fn open_orders_have_a_bound_per_account_and_market() {
    let lines: &[Line] = &[
        ("A buy 1@10", "#1"),
        ("A sell 1@20", "#2"),
        ("A buy 1@9", "too_many_open_orders"),
        (
            "A buy 1@20 ioc",
            "#3; 1@20 prevented with #2; #3 selftrade 1 left",
        ),
        ("a buy 1@9", "#4"),
        ("A cancel #1", "#1 cancelled 1 left"),
        ("A buy 1@9", "#5"),
    ];
    run("two each", |market| market.max_open_orders = 2, lines);
}

#[test]
fn orders_are_cancelled_once_by_their_owner_only() {
    let lines: &[Line] = &[
        ("A buy 2@10 id=one", "#1"),
        ("B cancel #1", "order_unknown"),
        ("a cancel #1", "order_unknown"),
        ("B cancel id=one", "order_unknown"),
        ("A cancel #0", "order_unknown"),
        ("A cancel #2", "order_unknown"),
        ("A cancel #1", "#1 cancelled 2 left"),
        ("funds A", "1000000+0 1000000+0"),
        ("A cancel #1", "order_unknown"),
        ("A cancel id=one", "order_not_open"),
        ("A buy 2@10 id=two", "#2"),
        ("A cancel id=two", "#2 cancelled 2 left"),
        ("depth", " | "),
    ];
    run("cancels", |_| {}, lines);
}

#[test]
fn all_orders_of_an_account_are_cancelled_in_the_order_of_their_ids() {
    let lines: &[Line] = &[
        ("A sell 1@20", "#1"),
        ("B sell 1@20", "#2"),
        ("A buy 1@10", "#3"),
        ("A sell 1@19", "#4"),
        ("a sell 1@19", "#5"),
        (
            "A cancel all",
            "#1 cancelled 1 left; #3 cancelled 1 left; #4 cancelled 1 left; 3 cancelled",
        ),
        ("A cancel all", "0 cancelled"),
        ("depth", " | 1@19 1@20"),
    ];
    run("all", |_| {}, lines);
}

#[test]
fn cancelling_all_may_be_narrowed() {
    let cases: &[(u32, u32, u8, &str)] = &[
        (A, 0, 1, "#1 cancelled 1 left; 1 cancelled"),
        (A, MARKET, 2, "#2 cancelled 1 left; 1 cancelled"),
        (99, MARKET, 0, "account_unknown"),
        (A, 2, 3, "market_unknown"),
        (A, MARKET, 3, "invalid_side"),
    ];
    for &(account, market, side, expected) in cases {
        let lines: &[Line] = &[("A buy 1@10", "#1"), ("A sell 1@20", "#2")];
        let mut floor = run("two orders", |_| {}, lines);
        let command = CancelAllOrders {
            account,
            market,
            side,
            reserved: [0; 7],
        };
        assert_eq!(rendered(&floor.send(&command)), expected);
    }
}

#[test]
fn a_frozen_account_may_cancel_and_its_orders_may_trade() {
    let mut floor = run(
        "before",
        |_| {},
        &[("A buy 2@10", "#1"), ("A buy 1@9", "#2")],
    );
    let account = A;
    floor.send(&FreezeAccount {
        account,
        reserved: [0; 4],
    });
    assert_eq!(perform(&mut floor, "A buy 1@10"), "account_frozen");
    assert_eq!(
        perform(&mut floor, "B sell 2@10"),
        "#3; 2@10 with #1; #1 filled; #3 filled"
    );
    assert_eq!(perform(&mut floor, "A cancel #2"), "#2 cancelled 1 left");
    floor.send(&UnfreezeAccount {
        account,
        reserved: [0; 4],
    });
    assert_eq!(perform(&mut floor, "A buy 1@10"), "#4");
}
