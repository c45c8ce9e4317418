//! The volatility interruption: a market whose price runs away goes into auction before the next
//! trade.

use alloc::vec::Vec;

use cse_wire::{AUCTION_ENDS_AT_LIMIT_US, MarketStatus, PPM};

use crate::exchange::{Exchange, Moment};
use crate::markets::Market;

const SECOND_US: i64 = 1_000_000;

/// The bound of price as an incoming order, or a walk, meets it.
pub(crate) struct VolatilityGuard {
    /// The price at the beginning of the window, or 0 before it begins.
    reference: u64,
    interruption_ppm: u32,
}

/// What a trade at a price does.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Verdict {
    /// It is the first in a window, and is what the next ones are measured by.
    BeginsWindow,
    /// It is near enough.
    Passes,
    /// It is too far.
    Interrupts,
}

impl VolatilityGuard {
    pub(crate) fn judge(&mut self, price: u64) -> Verdict {
        if self.reference == 0 {
            self.reference = price;
            return Verdict::BeginsWindow;
        }
        let moved = u128::from(price.abs_diff(self.reference)) * u128::from(PPM);
        let allowed = u128::from(self.reference) * u128::from(self.interruption_ppm);
        if fault!(InterruptsAtTheBound, moved >= allowed, moved > allowed) {
            Verdict::Interrupts
        } else {
            Verdict::Passes
        }
    }
}

impl Market {
    /// What guards the trades of an order at a time; none where nothing interrupts them.
    #[inline]
    pub(crate) fn volatility_guard(&self, time_us: i64) -> Option<VolatilityGuard> {
        let state = &self.state;
        if state.interruption_ppm == 0 {
            return None;
        }
        let window_us = i64::from(state.interruption_window_s) * SECOND_US;
        let passed_us = time_us.saturating_sub(state.interruption_reference_at_us);
        let is_over = fault!(InterruptionWindowNeverEnds, false, passed_us >= window_us);
        Some(VolatilityGuard {
            reference: if is_over {
                0
            } else {
                state.interruption_reference
            },
            interruption_ppm: state.interruption_ppm,
        })
    }

    /// Begins a window with a trade.
    pub(crate) fn set_interruption_reference(&mut self, price: u64, time_us: i64) {
        self.state.interruption_reference = price;
        self.state.interruption_reference_at_us = time_us;
    }
}

impl Exchange {
    /// A market goes into auction, before a trade that would have moved its price too far.
    pub(crate) fn interrupt(&mut self, at: Moment, market: u32, out: &mut Vec<u8>) {
        let length_s = self.markets.at(market).state.interruption_auction_s;
        let ends_at_us = at
            .time_us
            .saturating_add(i64::from(length_s) * SECOND_US)
            .clamp(1, AUCTION_ENDS_AT_LIMIT_US - 1);
        self.change_status(market, MarketStatus::Auction, ends_at_us, out);
    }
}
