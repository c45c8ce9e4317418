//! Setting risk limits.

use alloc::vec::Vec;

use cse_wire::{
    FAR_PPM_LIMIT, FEE_TIER_MAX, Message, NOTIONAL_LIMIT, QUANTITY_LIMIT, RiskLimitsChanged,
    RiskLimitsState, SetRiskLimits, codes,
};

use super::Risk;
use crate::exchange::Exchange;
use crate::refusal::Refusal;

impl Risk {
    /// Gives a tier its limits, or takes them away.
    fn set(&mut self, limits: RiskLimitsState) {
        let key = (limits.market, limits.tier);
        if is_none(&limits) {
            self.limits.remove(&key);
        } else {
            self.limits.insert(key, limits);
        }
        if !fault!(CountsOutliveLimits, true, self.watches(limits.market)) {
            self.minutes
                .retain(|&(market, _), _| market != limits.market);
        }
    }
}

impl Exchange {
    pub(crate) fn set_risk_limits(
        &mut self,
        command: &SetRiskLimits,
        out: &mut Vec<u8>,
    ) -> Result<(), Refusal> {
        let limits = as_state(command);
        let refusal = |code| Refusal::new(code).about(u64::from(limits.market));
        if self.markets.get(limits.market).is_none() {
            return Err(refusal(codes::MARKET_UNKNOWN));
        }
        if limits.tier > FEE_TIER_MAX {
            return Err(refusal(codes::INVALID_FEE_TIER));
        }
        if !are_valid(&limits) {
            return Err(refusal(codes::INVALID_MARKET));
        }
        self.risk.set(limits);
        as_event(&limits).append(out);
        Ok(())
    }

    /// The limits that tiers have of their own, ascending by market and tier.
    pub fn risk_limits(&self) -> impl Iterator<Item = RiskLimitsState> + '_ {
        self.risk.limits.values().copied()
    }

    /// Those that hold for an account in a market; none where nothing is limited.
    #[must_use]
    pub fn risk_limits_holding(&self, account: u32, market: u32) -> Option<RiskLimitsState> {
        self.risk_limits_for(account, market).copied()
    }

    /// Those of a market.
    pub(crate) fn risk_limits_of(&self, market: u32) -> impl Iterator<Item = &RiskLimitsState> {
        let tiers = (market, 0)..=(market, FEE_TIER_MAX);
        self.risk.limits.range(tiers).map(|(_, limits)| limits)
    }
}

/// Whether nothing is limited, and nothing told.
pub(super) fn is_none(limits: &RiskLimitsState) -> bool {
    let RiskLimitsState {
        market,
        tier,
        reserved,
        ..
    } = *limits;
    let none = RiskLimitsState {
        market,
        tier,
        reserved,
        max_quantity: 0,
        max_notional: 0,
        max_notional_per_minute: 0,
        flag_notional_per_minute: 0,
        max_open_orders: 0,
        flag_cancels: 0,
        flag_cancels_per_fill: 0,
        flag_far_orders: 0,
        flag_far_ppm: 0,
        flag_self_trades: 0,
    };
    *limits == none
}

/// Whether limits are in their bounds, and say of each pattern all or nothing.
pub(super) fn are_valid(limits: &RiskLimitsState) -> bool {
    let RiskLimitsState {
        max_quantity,
        max_notional,
        max_notional_per_minute,
        flag_notional_per_minute,
        flag_cancels,
        flag_cancels_per_fill,
        flag_far_orders,
        flag_far_ppm,
        ..
    } = *limits;
    let notionals = [
        max_notional,
        max_notional_per_minute,
        flag_notional_per_minute,
    ];
    max_quantity < QUANTITY_LIMIT
        && notionals.iter().all(|&notional| notional < NOTIONAL_LIMIT)
        && (flag_cancels != 0 || flag_cancels_per_fill == 0)
        && flag_far_ppm < FAR_PPM_LIMIT
        && (flag_far_orders == 0) == (flag_far_ppm == 0)
}

fn as_state(command: &SetRiskLimits) -> RiskLimitsState {
    let SetRiskLimits {
        market,
        tier,
        max_quantity,
        max_notional,
        max_notional_per_minute,
        flag_notional_per_minute,
        max_open_orders,
        flag_cancels,
        flag_cancels_per_fill,
        flag_far_orders,
        flag_far_ppm,
        flag_self_trades,
        ..
    } = *command;
    RiskLimitsState {
        market,
        tier,
        reserved: [0; 3],
        max_quantity,
        max_notional,
        max_notional_per_minute,
        flag_notional_per_minute,
        max_open_orders,
        flag_cancels,
        flag_cancels_per_fill,
        flag_far_orders,
        flag_far_ppm,
        flag_self_trades,
    }
}

fn as_event(limits: &RiskLimitsState) -> RiskLimitsChanged {
    let RiskLimitsState {
        market,
        tier,
        reserved,
        max_quantity,
        max_notional,
        max_notional_per_minute,
        flag_notional_per_minute,
        max_open_orders,
        flag_cancels,
        flag_cancels_per_fill,
        flag_far_orders,
        flag_far_ppm,
        flag_self_trades,
    } = *limits;
    RiskLimitsChanged {
        market,
        tier,
        reserved,
        max_quantity,
        max_notional,
        max_notional_per_minute,
        flag_notional_per_minute,
        max_open_orders,
        flag_cancels,
        flag_cancels_per_fill,
        flag_far_orders,
        flag_far_ppm,
        flag_self_trades,
    }
}
