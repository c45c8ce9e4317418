//! A side of a book against a list that is searched through, wherever prices wander.

use cse_book::{Book, Ladder, LevelLog, Order, Orders};
use cse_wire::Side;

/// A number below `bound`, by Marsaglia's xorshift.
fn below(state: &mut u64, bound: u64) -> u64 {
    *state ^= *state << 13;
    *state ^= *state >> 7;
    *state ^= *state << 17;
    (*state >> 11) % bound
}

/// The resting orders of a side, slot and price, in the order in which they came.
struct Plain {
    side: Side,
    resting: Vec<(u32, u64)>,
}

impl Plain {
    fn slots(&self) -> Vec<u32> {
        let mut sorted = self.resting.clone();
        sorted.sort_by_key(|&(_, price)| match self.side {
            Side::Buy => u64::MAX - price,
            Side::Sell => price,
        });
        sorted.into_iter().map(|(slot, _)| slot).collect()
    }
}

/// Prices that stay about a middle, drift, jump far away, or lie anywhere.
fn price(random: &mut u64, step: u64) -> u64 {
    let drifting = 1_000_000 + 7 * step;
    match below(random, 20) {
        0 => 1 + below(random, 1 << 40),
        1..=4 => drifting + below(random, 60_000),
        _ => drifting + below(random, 200),
    }
}

fn check(side: Side, seed: u64) {
    let mut random = seed;
    let mut orders = Orders::default();
    let mut book = Book::default();
    let mut plain = Plain {
        side,
        resting: Vec::new(),
    };
    for step in 1..=4_000 {
        let ladder = book.ladder_mut(side);
        let leaves = below(&mut random, 100) < 48;
        if leaves && !plain.resting.is_empty() {
            // Half of them from the front, as trades take them.
            let slots = plain.slots();
            let slot = match below(&mut random, 2) {
                0 => slots[0],
                _ => slots[below(&mut random, slots.len() as u64) as usize],
            };
            ladder.leave(&mut orders, slot, &mut ());
            orders.remove(slot);
            plain.resting.retain(|&(other, _)| other != slot);
        } else {
            let price = price(&mut random, step);
            let slot = orders.insert(Order::new(1, 1, side, price, 1), 0, step);
            ladder.join(&mut orders, slot, &mut ());
            plain.resting.push((slot, price));
        }
        let slots = plain.slots();
        let best = slots.first().map(|&slot| orders[slot].price());
        assert_eq!(ladder.best_price(), best, "step {step} of seed {seed}");
        assert_eq!(ladder.first_within(None), slots.first().copied());
        if step % 16 == 0 {
            let found: Vec<u32> = ladder.slots(&orders).collect();
            assert_eq!(found, slots, "step {step} of seed {seed}");
            for (price, displayed) in ladder.levels() {
                assert_eq!(ladder.displayed(price), displayed);
                let shown = plain.resting.iter().filter(|&&(_, other)| other == price);
                assert_eq!(displayed, shown.count() as u64);
            }
        }
    }
}

#[test]
fn levels_and_queues_are_those_of_a_sorted_list() {
    for seed in 1..=4 {
        check(Side::Buy, seed);
        check(Side::Sell, seed);
    }
}

/// An iceberg of 7 that shows 3, and one order of 2 behind it.
fn iceberg_and_another() -> (Orders<u64>, Book) {
    let mut orders = Orders::default();
    let mut book = Book::default();
    for (id, lots, display) in [(1, 7, 3), (2, 2, 0)] {
        let slot = orders.insert(Order::new(1, 1, Side::Sell, 100, lots), display, id);
        let ladder = book.ladder_mut(Side::Sell);
        ladder.join(&mut orders, slot, &mut ());
    }
    (orders, book)
}

#[test]
fn a_slice_that_is_used_up_goes_to_the_end_of_its_queue() {
    let (mut orders, mut book) = iceberg_and_another();
    let ladder = book.ladder_mut(Side::Sell);
    assert_eq!(ladder.displayed(100), 5);
    let mut given = Vec::new();
    while let Some(slot) = ladder.first_within(Some(100)) {
        let (id, shown) = (*orders.details(slot), orders[slot].shown);
        ladder.take_first(&mut orders, shown, &mut ());
        given.push((id, shown, ladder.displayed(100)));
    }
    assert_eq!(given, [(1, 3, 5), (2, 2, 3), (1, 3, 1), (1, 1, 0)]);
    assert_eq!(ladder.best_price(), None);
}

/// What was told of levels: side, price, and what was displayed before and after.
#[derive(Default)]
struct Told(Vec<(Side, u64, u64, u64)>);

impl LevelLog for Told {
    fn changed(&mut self, order: &Order, before: u64, now: u64) {
        self.0.push((order.side, order.price(), before, now));
    }
}

#[test]
fn a_level_is_told_as_it_was_before_each_change_and_is_after_it() {
    let (mut orders, mut book) = iceberg_and_another();
    let ladder = book.ladder_mut(Side::Sell);
    let mut told = Told::default();
    ladder.take_first(&mut orders, 1, &mut told);
    ladder.lower(&mut orders, 1, 1, &mut told);
    ladder.leave(&mut orders, 0, &mut told);
    ladder.come_back(&mut orders, 0, &mut told);
    let changes = [(5, 4), (4, 3), (3, 1), (1, 3)];
    let expected = changes.map(|(before, now)| (Side::Sell, 100, before, now));
    assert_eq!(told.0, expected);
    assert_eq!(ladder.displayed(100), 3);
}

#[test]
fn an_order_that_comes_back_stands_where_it_stood() {
    for leaving in [0, 1] {
        let (mut orders, mut book) = iceberg_and_another();
        let ladder = book.ladder_mut(Side::Sell);
        ladder.leave(&mut orders, leaving, &mut ());
        ladder.come_back(&mut orders, leaving, &mut ());
        assert_eq!(ladder.slots(&orders).collect::<Vec<_>>(), [0, 1]);
        assert_eq!(ladder.displayed(100), 5);
    }
}

#[test]
fn a_total_beyond_64_bits_is_displayed_as_the_most_that_fits() {
    let mut orders = Orders::default();
    let mut book = Book::default();
    let ladder = book.ladder_mut(Side::Buy);
    let slots = [u64::MAX, 1, 1].map(|lots| {
        let slot = orders.insert(Order::new(1, 1, Side::Buy, 100, lots), 0, ());
        ladder.join(&mut orders, slot, &mut ());
        slot
    });
    let mut told = Told::default();
    for slot in slots {
        ladder.leave(&mut orders, slot, &mut told);
    }
    let changes: Vec<(u64, u64)> = told
        .0
        .iter()
        .map(|&(_, _, before, now)| (before, now))
        .collect();
    assert_eq!(changes, [(u64::MAX, 2), (2, 1), (1, 0)]);
}

#[test]
fn what_remains_at_a_level_counts_what_icebergs_hide() {
    let (mut orders, mut book) = iceberg_and_another();
    let ladder = book.ladder_mut(Side::Sell);
    let remaining = |ladder: &Ladder| ladder.remaining_levels().collect::<Vec<_>>();
    let iceberg = ladder.first_within(None).expect("it rests");
    assert_eq!(remaining(ladder), [(100, 9)]);
    ladder.take_first(&mut orders, 2, &mut ());
    assert_eq!(remaining(ladder), [(100, 7)]);
    ladder.take_first(&mut orders, 1, &mut ());
    assert_eq!(remaining(ladder), [(100, 6)]);
    ladder.leave(&mut orders, iceberg, &mut ());
    assert_eq!(remaining(ladder), [(100, 2)]);
    ladder.come_back(&mut orders, iceberg, &mut ());
    assert_eq!(remaining(ladder), [(100, 6)]);
    ladder.lower(&mut orders, iceberg, 2, &mut ());
    assert_eq!(remaining(ladder), [(100, 4)]);
    ladder.leave(&mut orders, iceberg, &mut ());
    ladder.join_as_shown(&mut orders, iceberg, &mut ());
    assert_eq!(remaining(ladder), [(100, 4)]);
}

#[test]
fn what_remains_at_a_level_may_be_beyond_64_bits() {
    let mut orders = Orders::default();
    let mut book = Book::default();
    let ladder = book.ladder_mut(Side::Buy);
    for lots in [u64::MAX, 3] {
        let slot = orders.insert(Order::new(1, 1, Side::Buy, 100, lots), 0, ());
        ladder.join(&mut orders, slot, &mut ());
    }
    let most = u128::from(u64::MAX) + 3;
    assert_eq!(ladder.remaining_levels().collect::<Vec<_>>(), [(100, most)]);
}
