//! What is fuzzed, as functions of bytes: each panics where the bytes break what is promised of any
//! bytes. `tests/fuzz` builds the programs in `src/bin` with libFuzzer and runs them.

pub mod commands;
pub mod events;
pub mod journal;
mod memory;
mod room;
pub mod snapshot;
