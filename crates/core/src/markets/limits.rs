//! What orders of a market may be: their prices, steps and sizes.

use alloc::vec::Vec;

use cse_wire::{
    MarketLimitsChanged, MarketState, Message, NOTIONAL_LIMIT, PRICE_LIMIT, QUANTITY_LIMIT,
    SUPPLY_LIMIT, SetMarketLimits, codes,
};

use super::market::Market;
use crate::exchange::Exchange;
use crate::refusal::Refusal;

impl Exchange {
    pub(crate) fn set_market_limits(
        &mut self,
        command: &SetMarketLimits,
        out: &mut Vec<u8>,
    ) -> Result<(), Refusal> {
        let SetMarketLimits {
            market,
            max_open_orders,
            min_notional,
            max_notional,
            min_quantity,
            max_quantity,
            price_increment,
            quantity_increment,
        } = *command;
        self.market_with(market, |state| {
            let limited = MarketState {
                max_open_orders,
                min_notional,
                max_notional,
                min_quantity,
                max_quantity,
                price_increment,
                quantity_increment,
                ..*state
            };
            has_valid_limits(&limited).then_some(limited)
        })?;
        MarketLimitsChanged {
            market,
            max_open_orders,
            min_notional,
            max_notional,
            min_quantity,
            max_quantity,
            price_increment,
            quantity_increment,
        }
        .append(out);
        Ok(())
    }

    /// Gives a market another state; refused where there is none to give.
    pub(crate) fn market_with(
        &mut self,
        market: u32,
        changed: impl FnOnce(&MarketState) -> Option<MarketState>,
    ) -> Result<(), Refusal> {
        let refusal = |code| Refusal::new(code).about(u64::from(market));
        let entry = self
            .markets
            .get_mut(market)
            .ok_or(refusal(codes::MARKET_UNKNOWN))?;
        entry.state = changed(&entry.state).ok_or(refusal(codes::INVALID_MARKET))?;
        Ok(())
    }
}

impl Market {
    /// Whether a price is in range and one of those in use.
    #[inline(always)]
    pub(crate) fn check_price(&self, price: u64) -> Result<(), u16> {
        if !(1..PRICE_LIMIT).contains(&price) {
            return Err(codes::PRICE_OUT_OF_RANGE);
        }
        self.check_step(price)
    }

    /// Whether a price is a multiple of those in use.
    #[inline(always)]
    pub(crate) fn check_step(&self, price: u64) -> Result<(), u16> {
        if fault!(
            OffTickTaken,
            true,
            is_multiple(price, self.state.price_increment)
        ) {
            Ok(())
        } else {
            Err(codes::PRICE_OFF_TICK)
        }
    }

    /// Whether an order may be for so many lots.
    #[inline(always)]
    pub(crate) fn check_quantity(&self, lots: u64) -> Result<(), u16> {
        if !(1..=self.state.max_quantity).contains(&lots) {
            Err(codes::QUANTITY_OUT_OF_RANGE)
        } else if lots < self.state.min_quantity {
            Err(codes::BELOW_MIN_QUANTITY)
        } else {
            self.check_lots(lots)
        }
    }

    /// Whether so many lots are a multiple of those in use.
    #[inline(always)]
    pub(crate) fn check_lots(&self, lots: u64) -> Result<(), u16> {
        if fault!(
            OffLotTaken,
            true,
            is_multiple(lots, self.state.quantity_increment)
        ) {
            Ok(())
        } else {
            Err(codes::QUANTITY_OFF_LOT)
        }
    }

    /// Whether a market takes an order of so many quote units.
    #[inline(always)]
    pub(crate) fn check_notional(&self, notional: u128) -> Result<(), u16> {
        let most = self.state.max_notional;
        if notional < self.state.min_notional {
            Err(codes::BELOW_MIN_NOTIONAL)
        } else if fault!(NoMostNotional, false, most != 0 && notional > most) {
            Err(codes::ABOVE_MAX_NOTIONAL)
        } else {
            Ok(())
        }
    }
}

/// Whether a number is a multiple of an increment, which hardly ever takes a division: 0 is one
/// of any increment, and 1 is the increment where there is no other.
#[inline(always)]
fn is_multiple(number: u64, increment: u64) -> bool {
    increment == 1 || number == 0 || number.is_multiple_of(increment)
}

/// Whether the limits of a market are such that no sum behind them overflows.
pub(crate) fn has_valid_limits(state: &MarketState) -> bool {
    let MarketState {
        min_notional,
        max_notional,
        min_quantity,
        max_quantity,
        price_increment,
        quantity_increment,
        ..
    } = *state;
    min_notional < SUPPLY_LIMIT
        && (max_notional == 0 || (min_notional..NOTIONAL_LIMIT).contains(&max_notional))
        && (1..QUANTITY_LIMIT).contains(&max_quantity)
        && min_quantity <= max_quantity
        && (1..PRICE_LIMIT).contains(&price_increment)
        && (1..=max_quantity).contains(&quantity_increment)
}
