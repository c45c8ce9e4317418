//! Money: balances, what orders hold of them, fees, and transfers.

mod assets;
mod balances;
mod fees;
mod held_transfers;
mod holds;
mod rates;
mod transfers;

pub(crate) use assets::{Assets, is_asset_symbol};
pub(crate) use balances::Balances;
pub(crate) use fees::{affordable, fee, share};
pub(crate) use held_transfers::HeldTransfers;
pub(crate) use holds::{hold, need, release_beyond_need};
pub(crate) use rates::{Rates, TierRates, check_promotion};
pub(crate) use transfers::tail_of;
