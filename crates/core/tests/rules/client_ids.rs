//! Client order ids: what comes again is answered again and done once.

use cse_wire::{
    CLIENT_ORDER_ID_MEMORY_COUNT, CLIENT_ORDER_ID_MEMORY_US, OrderRepeated, PlaceOrder, Side,
    Symbol,
};

use crate::floor::{A, Floor, all_of};
use crate::script::{Line, limit_order, perform, run};

#[test]
fn a_repeat_is_answered_and_another_content_refused() {
    let lines: &[Line] = &[
        ("A buy 1@10 id=x", "#1"),
        ("A buy 1@10 id=x", "repeat of #1"),
        ("A buy 2@10 id=x", "client_order_id_conflict"),
        ("A buy 1@10 id=x post", "client_order_id_conflict"),
        ("B buy 1@10 id=x", "#2"),
        ("a buy 1@10 id=x", "#3"),
        ("A cancel id=x", "#1 cancelled 1 left"),
        ("A buy 1@10 id=x", "repeat of #1"),
        ("A sell 1@10 id=x", "client_order_id_conflict"),
        ("A buy 1@10 id=X", "#4"),
        // A refused order is not remembered.
        ("A buy 1@1000001 id=y", "insufficient_funds"),
        ("A buy 1@9 id=y", "#5"),
        // One that closed at once is.
        ("C buy 1@8 ioc id=z", "#6; #6 expired 1 left"),
        ("C buy 1@8 ioc id=z", "repeat of #6"),
        ("C cancel id=z", "order_not_open"),
    ];
    run("repeats", |_| {}, lines);
}

#[test]
fn a_repeat_leads_to_the_original_answer() {
    let mut floor = Floor::new(|_| {});
    perform(&mut floor, "A buy 1@10 id=x");
    let taken_at = floor.exchange.sequence();
    perform(&mut floor, "B buy 1@10");
    let mut order = limit_order(A, Side::Buy, 1, 10);
    order.client_order_id = Symbol::new(b"x").expect("a short id");
    let repeated = all_of::<OrderRepeated>(&floor.send(&order))[0];
    assert_eq!(
        (repeated.order_id, repeated.original_sequence),
        (1, taken_at)
    );
    let known = floor
        .exchange
        .client_order(A, b"x")
        .expect("it is remembered");
    assert_eq!((known.order_id, known.closed_number), (1, 0));
    assert_eq!(floor.exchange.client_order(A, b"y"), None);
}

#[test]
fn an_id_is_forgotten_a_day_after_its_order_closed() {
    let mut floor = Floor::new(|_| {});
    perform(&mut floor, "A buy 1@10 id=x");
    floor.now_us += 2 * CLIENT_ORDER_ID_MEMORY_US;
    assert_eq!(perform(&mut floor, "A buy 1@10 id=x"), "repeat of #1");
    perform(&mut floor, "A cancel #1");
    floor.now_us += CLIENT_ORDER_ID_MEMORY_US - 1;
    assert_eq!(perform(&mut floor, "A buy 1@10 id=x"), "repeat of #1");
    assert!(floor.exchange.dump().contains("client 4 x 1 "));
    floor.now_us += 1;
    assert_eq!(perform(&mut floor, "A cancel id=x"), "order_unknown");
    assert!(!floor.exchange.dump().contains("client"));
    assert_eq!(floor.exchange.client_order(A, b"x"), None);
    assert_eq!(perform(&mut floor, "A buy 2@10 id=x"), "#2");
    assert_eq!(perform(&mut floor, "A cancel id=x"), "#2 cancelled 2 left");
}

#[test]
fn an_id_is_forgotten_when_very_many_later_ones_have_closed() {
    let mut floor = Floor::new(|_| {});
    assert_eq!(
        perform(&mut floor, "A buy 1@10 ioc id=x"),
        "#1; #1 expired 1 left"
    );
    let mut others = |count: u64| {
        for number in 0..count {
            let id = format!("a{number}");
            let order = PlaceOrder {
                time_in_force: 2,
                client_order_id: Symbol::new(id.as_bytes()).expect("a short id"),
                ..limit_order(A, Side::Buy, 1, 10)
            };
            floor.send(&order);
        }
    };
    others(CLIENT_ORDER_ID_MEMORY_COUNT - 1);
    assert_eq!(perform(&mut floor, "A buy 1@10 ioc id=x"), "repeat of #1");
    assert_eq!(
        perform(&mut floor, "A buy 1@10 ioc id=last"),
        "#100001; #100001 expired 1 left"
    );
    assert_eq!(floor.exchange.client_order(A, b"x"), None);
    assert_eq!(perform(&mut floor, "A cancel id=x"), "order_unknown");
    assert_eq!(perform(&mut floor, "A cancel id=a0"), "order_not_open");
}
