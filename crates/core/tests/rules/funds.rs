//! Holds: what is ordered is there, and is there once.

use crate::floor::Floor;
use crate::script::{perform, run};

#[test]
fn the_same_money_is_held_once() {
    let mut floor = Floor::new(|_| {});
    let said: Vec<String> = (0..50)
        .map(|_| perform(&mut floor, "A buy 1@1000000"))
        .collect();
    assert_eq!(said[0], "#1");
    assert!(said[1..].iter().all(|said| said == "insufficient_funds"));
    assert_eq!(perform(&mut floor, "funds A"), "1000000+0 0+1000000");
}

#[test]
fn a_sell_holds_its_base() {
    run(
        "sells",
        |_| {},
        &[
            ("A sell 600000@1", "#1"),
            ("A sell 400001@1", "insufficient_funds"),
            ("A sell market 400001", "insufficient_funds"),
            ("A sell 400000@2", "#2"),
            ("funds A", "0+1000000 1000000+0"),
            (
                "A cancel all",
                "#1 cancelled 600000 left; #2 cancelled 400000 left; 2 cancelled",
            ),
            ("funds A", "1000000+0 1000000+0"),
        ],
    );
}

#[test]
fn a_level_shows_what_fits_64_bits() {
    let lots = (1_u64 << 50) - 1;
    let mut floor = Floor::new(|market| market.max_quantity = lots);
    floor.credit(crate::floor::A, crate::floor::QUOTE, 1 << 70);
    for number in 1..=20_000 {
        assert_eq!(
            perform(&mut floor, &format!("A buy {lots}@1")),
            format!("#{number}")
        );
    }
    assert_eq!(perform(&mut floor, "depth"), format!("{}@1 | ", u64::MAX));
    for number in 1..=19_999 {
        perform(&mut floor, &format!("A cancel #{number}"));
    }
    assert_eq!(perform(&mut floor, "depth"), format!("{lots}@1 | "));
}
