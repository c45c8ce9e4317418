//! Matching: an incoming order meets those that rest, and each trade is settled at once.

mod match_order;
mod outcome;
mod prevention;
mod resting;
mod settle;
mod told;
mod walk;

pub(crate) use match_order::{SizedBy, close_reason};
pub(crate) use prevention::Taker;
pub(crate) use settle::{Exchanged, distribute_fees, fee_of_fill, settle};
pub(crate) use told::{Met, Party};
pub(crate) use walk::{WalkEnd, Walker, Wanted};
