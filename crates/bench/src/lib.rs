//! What the measuring programs share: commands out of a file and through a core, percentiles, a line
//! of JSON.
//!
//! Each program in `bin/` prints one JSON object; `bench/*.py` prepares its input and compares.
#![forbid(unsafe_code)]

mod books;
mod carrying;
mod commands;
mod latencies;
mod processor;
mod steps;
mod yardstick;

pub use books::Books;
pub use carrying::{carry_out, is_rejection, room_for_groups};
pub use commands::CommandFile;
pub use latencies::Latencies;
pub use processor::processor_ns;
pub use steps::{Step, steps_of};
pub use yardstick::Yardstick;

/// Prints `{"name": number, ...}`.
pub fn print_object(fields: &[(&str, u64)]) {
    let parts: Vec<String> = fields
        .iter()
        .map(|(name, value)| format!("\"{name}\": {value}"))
        .collect();
    println!("{{{}}}", parts.join(", "));
}

/// The program's `index`-th argument as a number.
///
/// # Panics
/// When it is missing or no number: these programs are called by `bench/*.py` only.
#[must_use]
pub fn number_argument(index: usize) -> u64 {
    std::env::args()
        .nth(index)
        .and_then(|text| text.parse().ok())
        .unwrap_or_else(|| panic!("argument {index} must be a number"))
}

/// The program's `index`-th argument.
///
/// # Panics
/// When it is missing.
#[must_use]
pub fn text_argument(index: usize) -> String {
    std::env::args()
        .nth(index)
        .unwrap_or_else(|| panic!("argument {index} is missing"))
}
