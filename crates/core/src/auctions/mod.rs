//! Call auctions: how they are ended, at which price they trade, and what calls one.

mod auction;
mod clearing;
mod uncross;
mod volatility;

pub(crate) use auction::Auctions;
pub(crate) use volatility::{Verdict, VolatilityGuard};
