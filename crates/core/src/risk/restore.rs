//! Reading risk limits and counts back from a snapshot.

use alloc::boxed::Box;

use cse_wire::{FEE_TIER_MAX, NOTIONAL_LIMIT, RISK_STRETCHES, RiskCountsState, RiskLimitsState};

use super::counts::{Counts, Minute, stretch_of};
use super::limits::{are_valid, is_none};
use crate::exchange::Exchange;
use crate::snapshot::{Checked, check};

/// All bits that `told` may have.
const TOLD_LIMIT: u8 = 16;

impl Exchange {
    /// Takes in the limits of a tier, of the market that was read last.
    pub(crate) fn restore_risk_limits(&mut self, state: &RiskLimitsState) -> Checked {
        let is_latest = state.market > 0 && state.market == self.markets.next_id() - 1;
        check(is_latest, "the market of the limits is another")?;
        check(state.tier <= FEE_TIER_MAX, "the tier is none")?;
        let limits = RiskLimitsState {
            reserved: [0; 3],
            ..*state
        };
        check(
            are_valid(&limits) && !is_none(&limits),
            "the limits are out of range",
        )?;
        let before = self.risk.limits.insert((state.market, state.tier), limits);
        check(before.is_none(), "the limits stand twice")
    }

    /// Takes in what was counted of an account in a stretch of time.
    pub(crate) fn restore_risk_counts(&mut self, state: &RiskCountsState) -> Checked {
        let RiskCountsState {
            market,
            account,
            stretch,
            ..
        } = *state;
        fault!(RestoredWithoutCounts, return Ok(()));
        check(self.risk.watches(market), "the market is not watched")?;
        check(
            self.accounts.get(account).is_some(),
            "the account is unknown",
        )?;
        let now = stretch_of(self.moment.time_us);
        let is_within = (now - RISK_STRETCHES as i64 + 1..=now).contains(&stretch);
        check(is_within, "the stretch is not of the last minute")?;
        let counts = Counts {
            notional: state.notional,
            cancels: state.cancels,
            fills: state.fills,
            far_orders: state.far_orders,
            prevented: state.prevented,
            told: state.told,
        };
        let is_some = counts != Counts::default();
        check(
            is_some && state.notional < NOTIONAL_LIMIT && state.told < TOLD_LIMIT,
            "what was counted is out of range",
        )?;
        let minute = self.risk.minutes.entry((market, account));
        let minute = minute.or_insert_with(|| Box::new(Minute::new(now)));
        let place = minute.of_stretch(stretch);
        check(*place == Counts::default(), "the stretch stands twice")?;
        *place = counts;
        Ok(())
    }
}
