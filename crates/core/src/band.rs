//! What orders of a market may be: their steps and sizes, and how far from its reference they trade.

use cse_wire::{MarketStatus, PPM, PRICE_LIMIT, Side, codes};

use crate::markets::Market;

const PPM_U128: u128 = PPM as u128;

impl Market {
    /// Whether a price is in range and one of those in use.
    pub(crate) fn check_price(&self, price: u64) -> Result<(), u16> {
        if !(1..PRICE_LIMIT).contains(&price) {
            return Err(codes::PRICE_OUT_OF_RANGE);
        }
        self.check_step(price)
    }

    /// Whether a price is a multiple of those in use.
    pub(crate) fn check_step(&self, price: u64) -> Result<(), u16> {
        if fault!(
            OffTickTaken,
            true,
            price.is_multiple_of(self.state.price_increment)
        ) {
            Ok(())
        } else {
            Err(codes::PRICE_OFF_TICK)
        }
    }

    /// Whether an order may be for so many lots.
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
    pub(crate) fn check_lots(&self, lots: u64) -> Result<(), u16> {
        if fault!(
            OffLotTaken,
            true,
            lots.is_multiple_of(self.state.quantity_increment)
        ) {
            Ok(())
        } else {
            Err(codes::QUANTITY_OFF_LOT)
        }
    }

    /// Whether a market takes an order of so many quote units.
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

    /// Whether a limit order at this price may come into continuous trading.
    pub(crate) fn check_band(&self, side: Side, price: u64) -> Result<(), u16> {
        let within = self.limit_within_band(side, Some(price));
        if self.is(MarketStatus::Open) && within != Some(price) {
            return Err(codes::PRICE_OUTSIDE_BAND);
        }
        Ok(())
    }

    /// The worst price at which an order of a side trades now: its own limit or the band's bound.
    #[inline]
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
