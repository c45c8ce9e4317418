//! What orders of a market may be, and the bounds of its price.

use alloc::vec::Vec;

use cse_wire::{
    HALT_S_MAX, MarketBandChanged, MarketLimitsChanged, MarketState, Message, NOTIONAL_LIMIT, PPM,
    PRICE_LIMIT, QUANTITY_LIMIT, SUPPLY_LIMIT, SetMarketBand, SetMarketLimits, codes,
};

use crate::exchange::{Exchange, Refusal};

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

    pub(crate) fn set_market_band(
        &mut self,
        command: &SetMarketBand,
        out: &mut Vec<u8>,
    ) -> Result<(), Refusal> {
        let SetMarketBand {
            market,
            price_band_ppm,
            halt_ppm,
            halt_window_s,
            halt_auction_s,
            reference_price,
            ..
        } = *command;
        self.market_with(market, |state| {
            let banded = MarketState {
                price_band_ppm,
                halt_ppm,
                halt_window_s,
                halt_auction_s,
                reference_price,
                halt_reference: 0,
                halt_reference_at_us: 0,
                ..*state
            };
            has_valid_band(&banded).then_some(banded)
        })?;
        self.auctions.look_again(market);
        MarketBandChanged {
            market,
            price_band_ppm,
            halt_ppm,
            halt_window_s,
            halt_auction_s,
            reserved: [0; 4],
            reference_price,
        }
        .append(out);
        Ok(())
    }

    /// Gives a market another state; refused where there is none to give.
    fn market_with(
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

/// Whether band and volatility halt of a market are in bounds.
pub(crate) fn has_valid_band(state: &MarketState) -> bool {
    let has_lengths = [state.halt_window_s, state.halt_auction_s]
        .iter()
        .all(|length_s| (1..=HALT_S_MAX).contains(length_s));
    state.price_band_ppm < PPM
        && state.halt_ppm < PPM
        && state.reference_price < PRICE_LIMIT
        && (state.halt_ppm == 0 || has_lengths)
}
