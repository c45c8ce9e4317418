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
mod amend;
mod assets;
mod auction;
mod balances;
mod band;
mod cancel;
mod cancel_timers;
mod carry_out;
mod clearing;
mod client_orders;
mod consistency;
mod depth;
mod digest;
mod dump;
mod epochs;
mod exchange;
mod expiries;
mod fees;
mod held_transfers;
mod holds;
mod identity;
mod lists;
mod lookahead;
mod market_limits;
mod market_rules;
mod market_status;
mod markets;
mod matching;
mod open_orders;
mod orders;
mod outbox;
mod place;
mod post_only;
mod prevention;
mod rates;
mod reads;
mod replace;
mod restore;
mod restore_market;
mod restore_order;
mod risk;
mod settle;
mod state;
mod terms;
mod transfers;
mod triggers;
mod uncross;
mod volatility;
mod walk;

pub use exchange::{Exchange, OutOfOrder};
pub use lookahead::Lookahead;
pub use reads::OpenOrder;
pub use restore::StateError;
