//! The trading rules, as cases. Prices are in ticks, quantities in lots; one lot at one tick is one
//! quote unit, so that a case can be read without a calculator.

mod amend;
mod auction;
mod band;
mod bounds;
mod cancel_timers;
mod chain;
mod client_ids;
mod expiry;
mod fees;
mod floor;
mod follower;
mod funds;
mod held_transfers;
mod iceberg;
mod invariants;
mod linked;
mod listing;
mod lookahead;
mod malformed;
mod market_states;
mod matching;
mod orders;
mod outbox;
mod prevention;
mod pricing;
mod rates;
mod replace;
mod script;
mod script_market;
mod snapshot;
mod stream;
mod transfers;
mod triggers;
mod uncrossing;
mod volatility;
