//! Call auctions: when they end and how, at which price they trade, what is told of that before, and
//! what calls one.

mod auction;
mod clearing;
mod indication;
mod uncross;
mod volatility;

pub(crate) use auction::Auctions;
pub(crate) use volatility::{Verdict, VolatilityGuard};
