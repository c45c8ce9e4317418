//! The same cases for the book layer and for the whole exchange.

use cse_judge::{BareBook, Engine, FundedExchange};

use crate::script::{Line, ROOM, run, send};

fn both(lines: &[Line]) {
    run::<BareBook>(lines);
    run::<FundedExchange>(lines);
}

#[test]
fn orders_trade_by_price_and_then_by_age_at_the_price_of_those_that_rest() {
    both(&[
        ("new 1 sell 5@102", "accepted 1 sell 5@102"),
        ("new 2 sell 5@101", "accepted 2 sell 5@101"),
        ("new 3 sell 5@101", "accepted 3 sell 5@101"),
        ("book", "none / 10@101"),
        (
            "new 4 buy 12@102",
            "accepted 4 buy 12@102, 4 took 5@101 of 2, 4 took 5@101 of 3, 4 took 2@102 of 1",
        ),
        ("book", "none / 3@102"),
        ("new 5 buy 9@103", "accepted 5 buy 9@103, 5 took 3@102 of 1"),
        ("book", "6@103 / none"),
        (
            "new 6 sell 2@100",
            "accepted 6 sell 2@100, 6 took 2@103 of 5",
        ),
        ("book", "4@103 / none"),
    ]);
}

#[test]
fn what_an_immediate_order_does_not_get_is_cancelled_in_the_same_breath() {
    both(&[
        ("new 1 sell 5@100", "accepted 1 sell 5@100"),
        (
            "new 2 buy 8@100 ioc",
            "accepted 2 buy 8@100, 2 took 5@100 of 1, cancelled 2 buy 3@100",
        ),
        ("book", "none / none"),
        ("cancel 2", "no cancel 2"),
        (
            "new 3 sell 4@90 ioc",
            "accepted 3 sell 4@90, cancelled 3 sell 4@90",
        ),
        ("new 4 buy 4@90", "accepted 4 buy 4@90"),
        (
            "new 5 sell 4@90 ioc",
            "accepted 5 sell 4@90, 5 took 4@90 of 4",
        ),
        ("book", "none / none"),
    ]);
}

#[test]
fn a_cancel_tells_what_was_left_and_cannot_be_had_twice() {
    both(&[
        ("cancel 1", "no cancel 1"),
        ("new 1 sell 9@100", "accepted 1 sell 9@100"),
        ("new 2 buy 4@100", "accepted 2 buy 4@100, 2 took 4@100 of 1"),
        ("cancel 1", "cancelled 1 sell 5@100"),
        ("cancel 1", "no cancel 1"),
        ("cancel 2", "no cancel 2"),
        ("book", "none / none"),
    ]);
}

#[test]
fn an_order_taken_out_of_the_middle_leaves_the_others_their_turn() {
    both(&[
        ("new 1 buy 1@50", "accepted 1 buy 1@50"),
        ("new 2 buy 2@50", "accepted 2 buy 2@50"),
        ("new 3 buy 3@50", "accepted 3 buy 3@50"),
        ("new 4 buy 4@49", "accepted 4 buy 4@49"),
        ("cancel 2", "cancelled 2 buy 2@50"),
        ("book", "4@50 / none"),
        (
            "new 5 sell 2@50",
            "accepted 5 sell 2@50, 5 took 1@50 of 1, 5 took 1@50 of 3",
        ),
        ("cancel 3", "cancelled 3 buy 2@50"),
        ("book", "4@49 / none"),
    ]);
}

#[test]
fn an_id_is_free_as_soon_as_its_order_is_closed() {
    both(&[
        ("new 7 buy 1@10", "accepted 7 buy 1@10"),
        ("cancel 7", "cancelled 7 buy 1@10"),
        ("new 7 sell 2@20", "accepted 7 sell 2@20"),
        ("new 8 buy 2@20", "accepted 8 buy 2@20, 8 took 2@20 of 7"),
        ("new 7 buy 3@9", "accepted 7 buy 3@9"),
        ("new 8 sell 1@9", "accepted 8 sell 1@9, 8 took 1@9 of 7"),
        ("modify 7 4@8", "modified 7 buy 4@8"),
        ("cancel 7", "cancelled 7 buy 4@8"),
        ("modify 7 4@8", "no modify 7"),
    ]);
}

#[test]
fn a_modify_sets_what_is_open_and_costs_the_turn_even_at_the_same_price() {
    both(&[
        ("modify 1 5@10", "no modify 1"),
        ("new 1 sell 5@10", "accepted 1 sell 5@10"),
        ("new 2 sell 5@10", "accepted 2 sell 5@10"),
        ("new 3 buy 2@10", "accepted 3 buy 2@10, 3 took 2@10 of 1"),
        ("modify 1 2@10", "modified 1 sell 2@10"),
        ("book", "none / 7@10"),
        (
            "new 4 buy 6@10",
            "accepted 4 buy 6@10, 4 took 5@10 of 2, 4 took 1@10 of 1",
        ),
        ("modify 1 8@12", "modified 1 sell 8@12"),
        ("book", "none / 8@12"),
    ]);
}

#[test]
fn a_modify_that_crosses_trades_at_the_price_of_those_that_rest() {
    both(&[
        ("new 1 sell 5@100", "accepted 1 sell 5@100"),
        ("new 2 buy 5@90", "accepted 2 buy 5@90"),
        ("modify 2 8@105", "modified 2 buy 8@105, 2 took 5@100 of 1"),
        ("book", "3@105 / none"),
        ("new 3 sell 3@110", "accepted 3 sell 3@110"),
        ("modify 3 2@101", "modified 3 sell 2@101, 3 took 2@105 of 2"),
        ("cancel 3", "no cancel 3"),
        ("cancel 2", "cancelled 2 buy 1@105"),
    ]);
}

#[test]
fn what_the_core_does_not_take_leaves_the_book_alone() {
    both(&[
        ("new 1 buy 5@0", "accepted 1 buy 5@0, cancelled 1 buy 5@0"),
        (
            "new 1 buy 5@-3",
            "accepted 1 buy 5@-3, cancelled 1 buy 5@-3",
        ),
        (
            "new 1 sell 5@1099511627776",
            "accepted 1 sell 5@1099511627776, cancelled 1 sell 5@1099511627776",
        ),
        (
            "new 1 sell 0@5",
            "accepted 1 sell 0@5, cancelled 1 sell 0@5",
        ),
        (
            "new 1 sell 4294967295@1099511627775",
            "accepted 1 sell 4294967295@1099511627775",
        ),
        ("new 1 buy 2@7", "accepted 1 buy 2@7, cancelled 1 buy 2@7"),
        ("modify 1 5@-1", "no modify 1"),
        ("modify 1 0@7", "no modify 1"),
        ("book", "none / 4294967295@1099511627775"),
    ]);
}

#[test]
fn prices_far_from_each_other_are_all_found() {
    both(&[
        ("new 1 buy 1@1", "accepted 1 buy 1@1"),
        (
            "new 2 sell 2@1000000000000",
            "accepted 2 sell 2@1000000000000",
        ),
        ("new 3 sell 3@200000", "accepted 3 sell 3@200000"),
        ("new 4 buy 4@150000", "accepted 4 buy 4@150000"),
        ("book", "4@150000 / 3@200000"),
        ("cancel 4", "cancelled 4 buy 4@150000"),
        ("cancel 3", "cancelled 3 sell 3@200000"),
        ("book", "1@1 / 2@1000000000000"),
    ]);
}

/// The core ends a command after so many meetings; the interface knows no such bound.
#[test]
fn an_order_sweeps_more_orders_than_one_command_of_the_core_may_meet() {
    fn sweep<E: Engine>(take: &str, rest: &str) {
        const MAKERS: u64 = cse_wire::TRADES_MAX as u64 + 900;
        let mut engine = E::with_room(ROOM);
        for id in 1..=MAKERS {
            send(&mut engine, &format!("new {id} sell 1@100"), id);
        }
        send(&mut engine, "new 9000 buy 6000@90", 9_000);
        let told = send(&mut engine, take, 9_001);
        let expected: Vec<String> = (1..=MAKERS)
            .map(|id| format!("took 1@100 of {id}"))
            .collect();
        let took: Vec<&str> = told
            .split(", ")
            .filter_map(|report| report.split_once(' ').map(|(_, what)| what))
            .filter(|what| what.starts_with("took"))
            .collect();
        assert_eq!(took, expected);
        assert!(told.ends_with(rest), "the end of {told}");
    }
    for (take, rest) in [
        ("new 9001 buy 5000@100 ioc", "cancelled 9001 buy 4@100"),
        ("new 9001 buy 5000@100", "of 4996"),
        ("modify 9000 5000@100", "of 4996"),
    ] {
        sweep::<BareBook>(take, rest);
        sweep::<FundedExchange>(take, rest);
    }
}

/// Chance by a linear congruence, so that both engines meet the same long mixture.
#[test]
fn book_layer_and_exchange_say_the_same_of_a_long_mixture() {
    let mut bare = BareBook::with_room(ROOM);
    let mut funded = FundedExchange::with_room(ROOM);
    let mut chance = 1u64;
    let mut roll = |sides: u64| {
        chance = chance
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (chance >> 33) % sides
    };
    for sequence in 0..20_000 {
        let (id, quantity, price) = (roll(300), 1 + roll(20), 90 + roll(20));
        let side = ["buy", "sell"][roll(2) as usize];
        let message = match roll(10) {
            0..4 => format!("new {id} {side} {quantity}@{price}"),
            4 => format!("new {id} {side} {quantity}@{price} ioc"),
            5..8 => format!("cancel {id}"),
            _ => format!("modify {id} {quantity}@{price}"),
        };
        let said = send(&mut bare, &message, sequence);
        assert_eq!(send(&mut funded, &message, sequence), said, "{message}");
        for side in [cse_wire::Side::Buy, cse_wire::Side::Sell] {
            assert_eq!(bare.best(side), funded.best(side));
            assert_eq!(bare.displayed(side, price), funded.displayed(side, price));
        }
    }
}
