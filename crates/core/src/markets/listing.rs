//! What a market must be to be listed, and what its fees may become.

use cse_wire::{
    AccountKind, AssetState, CreateMarket, FEE_PPM_MAX, FEE_TIER_MAX, LOT_SIZE_LIMIT, MarketStatus,
    PPM, QUANTITY_LIMIT, SUPPLY_LIMIT, SetMarketFees, TICK_DECIMALS_MAX, TICK_LOT_UNITS_LIMIT,
    codes,
};

use super::market::{JoinedName, joined_name};
use crate::exchange::Exchange;
use crate::refusal::Refusal;

/// A tick size is below this.
const TICK_SIZE_LIMIT: u64 = 1 << 50;

/// What the checks of a listing have found.
pub(crate) struct Listing {
    pub(crate) tick_lot_units: u64,
    pub(crate) name: JoinedName,
}

impl Exchange {
    pub(crate) fn check_listing(&self, command: &CreateMarket) -> Result<Listing, Refusal> {
        let (Some(base), Some(quote)) = (
            self.assets.get(command.base),
            self.assets.get(command.quote),
        ) else {
            return Err(Refusal::new(codes::ASSET_UNKNOWN));
        };
        if command.base == command.quote {
            return Err(Refusal::new(codes::INVALID_MARKET));
        }
        let name = joined_name(base.symbol, quote.symbol);
        if self.markets.has_name(&name) {
            return Err(Refusal::new(codes::SYMBOL_TAKEN));
        }
        let in_bounds = has_valid_numbers(command)
            && are_valid_fees(
                command.maker_fee_ppm,
                command.taker_fee_ppm,
                command.creator_share_ppm,
            );
        if !in_bounds {
            return Err(Refusal::new(codes::INVALID_MARKET));
        }
        let fee_account = self.accounts.get(command.fee_account);
        if fee_account.is_none_or(|account| account.kind != AccountKind::System) {
            return Err(Refusal::new(codes::ACCOUNT_UNKNOWN));
        }
        self.check_creator(command.creator_account, command.creator_share_ppm)
            .map_err(Refusal::new)?;
        let tick_lot_units =
            tick_lot_units(command, base, quote).ok_or(Refusal::new(codes::NOTIONAL_NOT_EXACT))?;
        Ok(Listing {
            tick_lot_units,
            name,
        })
    }

    pub(crate) fn check_market_fees(&self, command: &SetMarketFees) -> Result<(), u16> {
        if self.markets.get(command.market).is_none() {
            return Err(codes::MARKET_UNKNOWN);
        }
        let SetMarketFees {
            maker_fee_ppm,
            taker_fee_ppm,
            creator_share_ppm,
            creator_account,
            tier,
            ..
        } = *command;
        if tier > FEE_TIER_MAX {
            return Err(codes::INVALID_FEE_TIER);
        }
        if !are_valid_fees(maker_fee_ppm, taker_fee_ppm, creator_share_ppm) {
            return Err(codes::INVALID_MARKET);
        }
        match tier {
            0 => self.check_creator(creator_account, creator_share_ppm),
            _ if (creator_account, creator_share_ppm) == (0, 0) => Ok(()),
            _ => Err(codes::INVALID_MARKET),
        }
    }

    fn check_creator(&self, creator_account: u32, creator_share_ppm: u32) -> Result<(), u16> {
        if creator_account == 0 {
            return if creator_share_ppm == 0 {
                Ok(())
            } else {
                Err(codes::INVALID_MARKET)
            };
        }
        match self
            .accounts
            .get(creator_account)
            .map(|account| account.kind)
        {
            Some(
                AccountKind::Main | AccountKind::Sub | AccountKind::Vault | AccountKind::System,
            ) => Ok(()),
            _ => Err(codes::ACCOUNT_UNKNOWN),
        }
    }
}

fn has_valid_numbers(command: &CreateMarket) -> bool {
    (1..TICK_SIZE_LIMIT).contains(&command.tick_size)
        && command.tick_decimals <= TICK_DECIMALS_MAX
        && (1..LOT_SIZE_LIMIT).contains(&command.lot_size)
        && command.min_notional < SUPPLY_LIMIT
        && (1..QUANTITY_LIMIT).contains(&command.max_quantity)
        && command.price_band_ppm < PPM
        && may_be_listed_as(command.status)
}

/// Whether a market may be listed with this status; 0 stands for open.
fn may_be_listed_as(status: u8) -> bool {
    const OPEN: u8 = MarketStatus::Open as u8;
    const CREATED: u8 = MarketStatus::Created as u8;
    matches!(status, 0 | OPEN | CREATED)
}

fn are_valid_fees(maker_fee_ppm: i32, taker_fee_ppm: i32, creator_share_ppm: u32) -> bool {
    are_valid_rates(maker_fee_ppm, taker_fee_ppm) && creator_share_ppm <= PPM
}

/// Whether a taker's fee is no rebate, and covers the maker's rebate where there is one.
pub(crate) fn are_valid_rates(maker_fee_ppm: i32, taker_fee_ppm: i32) -> bool {
    (0..=FEE_PPM_MAX).contains(&taker_fee_ppm)
        && (-taker_fee_ppm..=FEE_PPM_MAX).contains(&maker_fee_ppm)
}

/// Quote units of one lot at one tick: `tick * lot * 10^quote_decimals` through
/// `10^(tick_decimals + base_decimals)`, when that is whole, above zero and below its limit.
fn tick_lot_units(command: &CreateMarket, base: &AssetState, quote: &AssetState) -> Option<u64> {
    let product = u128::from(command.tick_size) * u128::from(command.lot_size);
    let divisor_digits = u32::from(command.tick_decimals) + u32::from(base.decimals);
    let factor_digits = u32::from(quote.decimals);
    // The powers of ten are cancelled first: then the larger one that is left fits 128 bits.
    let units = if divisor_digits >= factor_digits {
        let divisor = 10_u128.pow(divisor_digits - factor_digits);
        (product % divisor == 0).then_some(product / divisor)?
    } else {
        product.checked_mul(10_u128.pow(factor_digits - divisor_digits))?
    };
    u64::try_from(units)
        .ok()
        .filter(|units| (1..TICK_LOT_UNITS_LIMIT).contains(units))
}
