//! Latencies at a steady pace, whether or not the core keeps up: `paced FILE SETUP RATE`. Each command
//! is due at its time by RATE a second, and its latency counts from there.

use std::hint::spin_loop;
use std::path::Path;
use std::time::{Duration, Instant};

use cse_bench::{
    CommandFile, Latencies, carry_out, number_argument, print_object, room_for_groups,
    text_argument,
};
use cse_core::Exchange;

fn main() {
    let file = CommandFile::read(Path::new(&text_argument(1)));
    let setup = number_argument(2) as usize;
    let rate = number_argument(3);
    let mut exchange = Exchange::new();
    let mut out = room_for_groups();
    for index in 0..setup {
        carry_out(&mut exchange, file.get(index), &mut out);
    }
    let mut times_ns = Vec::with_capacity(file.count() - setup);
    let started = Instant::now();
    for index in setup..file.count() {
        let due_ns = (index - setup) as u64 * 1_000_000_000 / rate;
        let due = started + Duration::from_nanos(due_ns);
        while Instant::now() < due {
            spin_loop();
        }
        carry_out(&mut exchange, file.get(index), &mut out);
        times_ns.push(due.elapsed().as_nanos() as u64);
    }
    let mut fields = vec![("rate", rate)];
    let latencies = Latencies::new(times_ns);
    fields.extend(latencies.fields());
    print_object(&fields);
}
