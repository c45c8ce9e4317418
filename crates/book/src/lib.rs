//! Order books, and the loop that matches against them.
//!
//! A book knows prices, lots, queues and whose an order is; it knows no money and tells nothing.
//! Whoever owns one says by [`Matching`] what becomes of a meeting and by [`LevelLog`] who hears of
//! a level that changes; both are resolved at compile time, so that what is left out costs nothing.
//!
//! - [`Orders`]: the resting orders of any number of books, one slot each;
//! - [`Ladder`]: one side of a book, [`Book`] both;
//! - [`IdTable`]: from ids that rise from one counter to slots;
//! - [`match_incoming`]: price-time priority.
#![no_std]
#![forbid(unsafe_code)]

extern crate alloc;
#[macro_use]
extern crate cse_faults;

mod book;
mod id_table;
mod ladder;
mod level;
mod matching;
mod orders;
mod totals;
mod window;

pub use book::Book;
pub use id_table::IdTable;
pub use ladder::{Ladder, LevelLog};
pub use matching::{MatchEnd, Matching, match_incoming};
pub use orders::{NONE, Order, Orders, opposite};
