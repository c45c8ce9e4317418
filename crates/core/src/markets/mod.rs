//! Markets: what they are listed with, what state they are in, and what they let trade.

mod band;
mod depth;
mod limits;
mod listing;
mod market;
mod status;

pub(crate) use band::has_valid_band;
pub(crate) use depth::DepthLog;
pub(crate) use limits::has_valid_limits;
pub(crate) use listing::are_valid_rates;
pub(crate) use market::{Market, Markets};
