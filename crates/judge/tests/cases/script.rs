//! Cases as text: a message, and the reports that it brings about.
//!
//! `new 1 buy 5@100`, with `ioc` behind it where the rest is not to stay; `cancel 1`;
//! `modify 1 5@101`; `book` tells the best prices with what stands there, bids first.

use cse_judge::{Cancel, Engine, Modify, NewOrder, Report, ReportKind};
use cse_wire::Side;

/// Few, so that cases see how more are found.
pub const ROOM: u32 = 4;

/// A message, and what is reported.
pub type Line = (&'static str, &'static str);

/// Sends the messages of a case to an empty engine.
pub fn run<E: Engine>(lines: &[Line]) {
    let mut engine = E::with_room(ROOM);
    for (number, &(message, expected)) in lines.iter().enumerate() {
        let sequence = number as u64;
        let said = if message == "book" {
            book(&engine)
        } else {
            send(&mut engine, message, sequence)
        };
        let name = std::any::type_name::<E>();
        assert_eq!(said, expected, "{name}, line {}: {message}", number + 1);
    }
}

fn book(engine: &impl Engine) -> String {
    [Side::Buy, Side::Sell]
        .map(|side| match engine.best(side) {
            Some(price) => format!("{}@{price}", engine.displayed(side, price)),
            None => String::from("none"),
        })
        .join(" / ")
}

/// Sends a message and tells the reports; each repeats the message's sequence.
pub fn send(engine: &mut impl Engine, message: &str, sequence: u64) -> String {
    let mut reports = Vec::new();
    let words: Vec<&str> = message.split_whitespace().collect();
    match words[..] {
        ["new", id, side, terms, ref rest @ ..] => {
            let (quantity, price_ticks) = quantity_and_price(terms);
            let order = NewOrder {
                order_id: number(id),
                sequence,
                price_ticks,
                quantity,
                side: u8::from(side == "sell"),
                immediate: u8::from(rest.contains(&"ioc")),
                reserved: [0; 2],
            };
            engine.place(&order, &mut reports);
        }
        ["cancel", id] => {
            let order_id = number(id);
            engine.cancel(&Cancel { order_id, sequence }, &mut reports);
        }
        ["modify", id, terms] => {
            let (quantity, price_ticks) = quantity_and_price(terms);
            let modify = Modify {
                order_id: number(id),
                sequence,
                price_ticks,
                quantity,
                side: 0,
                reserved: [0; 3],
            };
            engine.modify(&modify, &mut reports);
        }
        _ => panic!("no message: {message}"),
    }
    assert!(reports.iter().all(|report| report.sequence == sequence));
    told(&reports)
}

/// Reports as text.
pub fn told(reports: &[Report]) -> String {
    let told: Vec<String> = reports.iter().map(report_told).collect();
    told.join(", ")
}

fn report_told(report: &Report) -> String {
    let &Report {
        order_id: id,
        price_ticks: price,
        quantity,
        maker_order_id: maker,
        taker_order_id: taker,
        ..
    } = report;
    let side = if report.side == 0 { "buy" } else { "sell" };
    const KINDS: [(ReportKind, &str); 4] = [
        (ReportKind::Accepted, "accepted"),
        (ReportKind::Cancelled, "cancelled"),
        (ReportKind::Modified, "modified"),
        (ReportKind::Traded, "traded"),
    ];
    let kind = KINDS.iter().find(|(kind, _)| *kind as u8 == report.kind);
    match kind {
        Some((ReportKind::Traded, _)) => format!("{taker} took {quantity}@{price} of {maker}"),
        Some((_, word)) => format!("{word} {id} {side} {quantity}@{price}"),
        None if report.kind == ReportKind::CancelRefused as u8 => format!("no cancel {id}"),
        None => format!("no modify {id}"),
    }
}

fn quantity_and_price(terms: &str) -> (u32, i64) {
    let (quantity, price) = terms.split_once('@').expect("quantity@price");
    let quantity = quantity.parse().expect("a quantity");
    (quantity, price.parse().expect("a price"))
}

fn number(word: &str) -> u64 {
    word.parse().expect("a number")
}
