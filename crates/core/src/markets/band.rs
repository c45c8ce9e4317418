//! How far from its reference a market trades, and what its volatility interruption is.

use alloc::vec::Vec;

use cse_wire::{
    INTERRUPTION_S_MAX, MarketBandChanged, MarketState, MarketStatus, Message, PPM, PRICE_LIMIT,
    SetMarketBand, Side, codes,
};

use super::market::Market;
use crate::exchange::Exchange;
use crate::refusal::Refusal;

const PPM_U128: u128 = PPM as u128;

impl Exchange {
    pub(crate) fn set_market_band(
        &mut self,
        command: &SetMarketBand,
        out: &mut Vec<u8>,
    ) -> Result<(), Refusal> {
        let SetMarketBand {
            market,
            price_band_ppm,
            interruption_ppm,
            interruption_window_s,
            interruption_auction_s,
            reference_price,
            ..
        } = *command;
        self.market_with(market, |state| {
            let banded = MarketState {
                price_band_ppm,
                interruption_ppm,
                interruption_window_s,
                interruption_auction_s,
                reference_price,
                interruption_reference: 0,
                interruption_reference_at_us: 0,
                ..*state
            };
            has_valid_band(&banded).then_some(banded)
        })?;
        self.auctions.look_again(market);
        MarketBandChanged {
            market,
            price_band_ppm,
            interruption_ppm,
            interruption_window_s,
            interruption_auction_s,
            reserved: [0; 4],
            reference_price,
        }
        .append(out);
        Ok(())
    }
}

impl Market {
    /// Whether a limit order at this price may come into continuous trading.
    #[inline(always)]
    pub(crate) fn check_band(&self, side: Side, price: u64) -> Result<(), u16> {
        let within = self.limit_within_band(side, Some(price));
        if self.is(MarketStatus::Open) && within != Some(price) {
            return Err(codes::PRICE_OUTSIDE_BAND);
        }
        Ok(())
    }

    /// The worst price at which an order of a side trades now: its own limit or the band's bound.
    #[inline(always)]
    pub(crate) fn limit_within_band(&self, side: Side, limit: Option<u64>) -> Option<u64> {
        if self.state.price_band_ppm == 0 {
            return limit;
        }
        let Some(reference) = self.reference_price() else {
            return limit;
        };
        let bound = bound(side, reference, self.state.price_band_ppm);
        let limit = limit.unwrap_or(bound);
        Some(match side {
            Side::Buy => limit.min(bound),
            Side::Sell => limit.max(bound),
        })
    }
}

/// The highest price at which a buy trades, or the lowest of a sell. A reference is below 2^40 and
/// a band below one million.
fn bound(side: Side, reference: u64, band_ppm: u32) -> u64 {
    let (reference, band) = (u128::from(reference), u128::from(band_ppm));
    let bound = match side {
        Side::Buy => {
            let wider = fault!(BandOneTickWider, 1, 0);
            reference * (PPM_U128 + band) / PPM_U128 + wider
        }
        Side::Sell => (reference * (PPM_U128 - band)).div_ceil(PPM_U128),
    };
    bound as u64
}

/// Whether band and volatility interruption of a market are in bounds.
pub(crate) fn has_valid_band(state: &MarketState) -> bool {
    let has_lengths = [state.interruption_window_s, state.interruption_auction_s]
        .iter()
        .all(|length_s| (1..=INTERRUPTION_S_MAX).contains(length_s));
    state.price_band_ppm < PPM
        && state.interruption_ppm < PPM
        && state.reference_price < PRICE_LIMIT
        && (state.interruption_ppm == 0 || has_lengths)
}

#[cfg(test)]
mod tests {
    use cse_wire::{PRICE_LIMIT, Side};

    use super::bound;

    #[test]
    fn bounds_are_rounded_towards_the_reference() {
        let cases = [
            (10_001, 50_000, 9_501, 10_501),
            (10_000, 50_000, 9_500, 10_500),
            (1, 999_999, 1, 1),
            (3, 333_333, 3, 3),
            (3, 333_334, 2, 4),
        ];
        for (reference, band, lower, upper) in cases {
            assert_eq!(bound(Side::Sell, reference, band), lower);
            assert_eq!(bound(Side::Buy, reference, band), upper);
        }
        assert!(bound(Side::Buy, PRICE_LIMIT - 1, 999_999) < 2 * PRICE_LIMIT);
    }
}
