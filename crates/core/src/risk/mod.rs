//! Risk on the way of orders: limits that refuse, and patterns that are told of while the order goes
//! on. Where none are set an order comes past one branch, when all else of its command is done.

mod counts;
mod limits;
mod orders;
mod patterns;
mod restore;

pub(crate) use orders::AmendedTerms;

use alloc::boxed::Box;
use alloc::collections::BTreeMap;
use alloc::vec::Vec;

use cse_wire::{FEE_TIER_MAX, RiskLimitsState};

use counts::Minute;
use patterns::Act;

/// What is set, and what was counted because of it.
#[derive(Default)]
pub(crate) struct Risk {
    /// The limits that tiers have of their own, by market and tier. A market that is in it is watched.
    limits: BTreeMap<(u32, u8), RiskLimitsState>,
    /// What accounts have done, by market and account. One that has passed may still be here.
    minutes: BTreeMap<(u32, u32), Box<Minute>>,
    /// The key of `minutes` up to which they were looked through for those that have passed.
    looked_through: (u32, u32),
    /// Room for what the command under way counts.
    acts: Vec<Act>,
}

impl Risk {
    /// Whether any market is watched.
    #[inline(always)]
    pub(crate) fn is_on(&self) -> bool {
        !self.limits.is_empty()
    }

    /// Whether a market is watched.
    fn watches(&self, market: u32) -> bool {
        self.limits
            .range((market, 0)..=(market, FEE_TIER_MAX))
            .next()
            .is_some()
    }

    /// The limits that hold for accounts of a tier in a market.
    fn limits(&self, market: u32, tier: u8) -> Option<&RiskLimitsState> {
        let own = fault!(RiskTierIgnored, None, self.limits.get(&(market, tier)));
        own.or_else(|| self.limits.get(&(market, 0)))
    }
}
