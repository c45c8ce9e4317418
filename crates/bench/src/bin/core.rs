//! Carries out a file of commands in the core, in its books alone and in the yardstick, in turn:
//! `core FILE SETUP ROUNDS MARKETS`. The first SETUP commands are not timed.

use std::hint::black_box;
use std::path::Path;
use std::time::Instant;

use cse_bench::{
    Books, CommandFile, Latencies, Step, Yardstick, carry_out, is_rejection, number_argument,
    print_object, processor_ns, room_for_groups, steps_of, text_argument,
};
use cse_core::{Exchange, Lookahead};

fn main() {
    let file = CommandFile::read(Path::new(&text_argument(1)));
    let setup = number_argument(2) as usize;
    let markets = number_argument(4) as u32;
    let before = steps_of(&file, 0..setup);
    let steps = steps_of(&file, setup..file.count());
    let mut rejected = 0;
    for round in 0..number_argument(3) {
        let elapsed_ns = run_core(&file, setup);
        let latencies = time_core(&file, setup);
        let mut books = Books::new(markets);
        let books_ns = run_steps(&before, &steps, |step| books.apply(step));
        let mut yardstick = Yardstick::new(markets);
        let yardstick_ns = run_steps(&before, &steps, |step| yardstick.apply(step));
        let (books, yardstick) = (black_box(books), black_box(yardstick));
        assert_eq!(
            books.trades, yardstick.trades,
            "books and yardstick trade alike"
        );
        if round == 0 {
            rejected = rejections(&file, setup);
        }
        let mut fields = vec![
            ("round", round),
            ("commands", (file.count() - setup) as u64),
            ("elapsed_ns", elapsed_ns),
            ("rejected", rejected),
            ("books_ns", books_ns),
            ("yardstick_ns", yardstick_ns),
            ("trades", books.trades),
            ("clock_ns", clock_ns()),
        ];
        fields.extend(latencies.fields());
        print_object(&fields);
    }
}

/// The time that it takes, as the leader carries out a batch.
fn run_core(file: &CommandFile, setup: usize) -> u64 {
    let (mut exchange, mut out) = prepared(file, setup);
    let mut lookahead = Lookahead::new(file.behind(setup));
    let started_ns = processor_ns();
    for index in setup..file.count() {
        lookahead.step(&exchange);
        carry_out(&mut exchange, file.get(index), &mut out);
    }
    processor_ns() - started_ns
}

fn time_core(file: &CommandFile, setup: usize) -> Latencies {
    let (mut exchange, mut out) = prepared(file, setup);
    let mut times_ns = Vec::with_capacity(file.count() - setup);
    let mut lookahead = Lookahead::new(file.behind(setup));
    for index in setup..file.count() {
        let started = Instant::now();
        lookahead.step(&exchange);
        carry_out(&mut exchange, file.get(index), &mut out);
        times_ns.push(started.elapsed().as_nanos() as u64);
    }
    Latencies::new(times_ns)
}

/// The time of some steps behind others.
#[inline]
fn run_steps(before: &[Step], steps: &[Step], mut apply: impl FnMut(Step)) -> u64 {
    before.iter().for_each(|&step| apply(step));
    let started_ns = processor_ns();
    steps.iter().for_each(|&step| apply(step));
    processor_ns() - started_ns
}

fn prepared(file: &CommandFile, setup: usize) -> (Exchange, Vec<u8>) {
    let mut exchange = Exchange::new();
    let mut out = room_for_groups();
    for index in 0..setup {
        carry_out(&mut exchange, file.get(index), &mut out);
    }
    (exchange, out)
}

/// Counted in a run of its own, so that looking at the events costs the timed ones nothing.
fn rejections(file: &CommandFile, setup: usize) -> u64 {
    let mut exchange = Exchange::new();
    let mut out = Vec::new();
    let mut rejected = 0;
    for index in 0..file.count() {
        out.clear();
        carry_out(&mut exchange, file.get(index), &mut out);
        if is_rejection(&out) {
            assert!(
                index >= setup,
                "command {index} prepares the market and was refused"
            );
            rejected += 1;
        }
    }
    rejected
}

/// What reading the clock twice costs; it is inside every latency.
fn clock_ns() -> u64 {
    let times_ns = (0..10_001)
        .map(|_| Instant::now().elapsed().as_nanos() as u64)
        .collect();
    Latencies::new(times_ns).permille(500)
}
