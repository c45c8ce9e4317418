//! The deterministic core: books, matching, balances, fees, transfers.
//!
//! A pure function of a state and a command with its sequence and time: no clock, no files, no
//! randomness, no floats. `docs/trading-rules.md` says what each command does; this crate follows
//! it. [`Exchange::apply`] is the one way in.
#![no_std]
#![forbid(unsafe_code)]

extern crate alloc;
#[macro_use]
extern crate cse_faults;

mod accounts;
mod auctions;
mod digest;
mod due;
mod epochs;
mod exchange;
mod lists;
mod lookahead;
mod markets;
mod matching;
mod money;
mod orders;
mod outbox;
mod reads;
mod refusal;
mod risk;
mod snapshot;
mod triggers;

pub use exchange::{Exchange, OutOfOrder};
pub use lookahead::Lookahead;
pub use reads::OpenOrder;
pub use snapshot::StateError;
