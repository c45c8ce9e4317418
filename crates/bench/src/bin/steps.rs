//! Writes the orders and cancels among the commands of a file for a book that decodes nothing:
//! `steps FILE SETUP OUT`. Prints how many of the steps stand among the first SETUP commands.
//!
//! A step is six little-endian u64: 1 or 2 for an order or a cancel, market, order id, side, price in
//! ticks, lots; what a cancel does not have is 0. Ids are those that the core gives out.

use std::fs;
use std::path::Path;

use cse_bench::{CommandFile, Step, number_argument, print_object, steps_of, text_argument};

const PLACE: u64 = 1;
const CANCEL: u64 = 2;

fn main() {
    let file = CommandFile::read(Path::new(&text_argument(1)));
    let setup = steps_of(&file, 0..number_argument(2) as usize).len();
    let steps = steps_of(&file, 0..file.count());
    let mut out = Vec::with_capacity(steps.len() * 48);
    let mut last_order_id = 0;
    for step in steps {
        let words = match step {
            Step::Place {
                market,
                side,
                price,
                lots,
            } => {
                last_order_id += 1;
                [
                    PLACE,
                    u64::from(market),
                    last_order_id,
                    side as u64,
                    price,
                    lots,
                ]
            }
            Step::Cancel { order_id } => [CANCEL, 0, order_id, 0, 0, 0],
        };
        out.extend(words.into_iter().flat_map(u64::to_le_bytes));
    }
    fs::write(text_argument(3), out).expect("the file can be written");
    print_object(&[("setup_steps", setup as u64)]);
}
