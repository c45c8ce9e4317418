//! The rates that an order keeps: of its account's fee tier in its market, lowered by a promotion.

use alloc::vec::Vec;

use cse_wire::{
    AccountTierChanged, EXPIRES_AT_LIMIT_US, FEE_TIER_MAX, FeeTierState, MarketFeesChanged,
    MarketPromotionChanged, MarketState, Message, SetAccountTier, SetMarketFees,
    SetMarketPromotion, codes,
};

use crate::exchange::{Exchange, Moment};
use crate::markets::{Market, are_valid_rates};
use crate::refusal::Refusal;
use crate::snapshot::{Checked, check};

/// What maker and taker pay, in parts per million.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Rates {
    pub(crate) maker_ppm: i32,
    pub(crate) taker_ppm: i32,
}

impl Rates {
    /// Of each the lower one.
    fn lowered_by(self, other: Self) -> Self {
        Self {
            maker_ppm: fault!(
                PromotionForTakersAlone,
                self.maker_ppm,
                self.maker_ppm.min(other.maker_ppm)
            ),
            taker_ppm: self.taker_ppm.min(other.taker_ppm),
        }
    }
}

/// The rates of the tiers from 1 on, where a market has set any.
pub(crate) type TierRates = [Option<Rates>; FEE_TIER_MAX as usize];

impl Market {
    /// The rates of an order that an account of a tier places now.
    #[inline(always)]
    pub(crate) fn rates(&self, tier: u8, time_us: i64) -> Rates {
        let state = &self.state;
        let of_all = Rates {
            maker_ppm: state.maker_fee_ppm,
            taker_ppm: state.taker_fee_ppm,
        };
        let of_tier = match tier {
            0 => of_all,
            _ => fault!(
                TierIgnored,
                of_all,
                self.tier_rates[tier as usize - 1].unwrap_or(of_all)
            ),
        };
        if time_us
            >= fault!(
                PromotionAMicrosecondLonger,
                state.promotion_ends_at_us.saturating_add(1),
                state.promotion_ends_at_us
            )
        {
            return of_tier;
        }
        of_tier.lowered_by(Rates {
            maker_ppm: state.promotion_maker_fee_ppm,
            taker_ppm: state.promotion_taker_fee_ppm,
        })
    }

    /// The rates of the tiers that have some of their own, ascending by tier.
    pub(crate) fn fee_tiers(&self) -> impl Iterator<Item = FeeTierState> + '_ {
        (1..)
            .zip(self.tier_rates)
            .filter_map(|(tier, rates)| Some((tier, rates?)))
            .map(|(tier, rates)| FeeTierState {
                market: self.state.market,
                tier,
                reserved: [0; 3],
                maker_fee_ppm: rates.maker_ppm,
                taker_fee_ppm: rates.taker_ppm,
            })
    }
}

impl Exchange {
    pub(crate) fn set_market_fees(
        &mut self,
        command: &SetMarketFees,
        out: &mut Vec<u8>,
    ) -> Result<(), Refusal> {
        let SetMarketFees {
            market,
            maker_fee_ppm,
            taker_fee_ppm,
            creator_share_ppm,
            creator_account,
            tier,
            ..
        } = *command;
        self.check_market_fees(command)
            .map_err(|code| Refusal::new(code).about(u64::from(market)))?;
        let entry = self.markets.at_mut(market);
        if tier == 0 {
            entry.state.maker_fee_ppm = maker_fee_ppm;
            entry.state.taker_fee_ppm = taker_fee_ppm;
            entry.state.creator_share_ppm = creator_share_ppm;
            entry.state.creator_account = creator_account;
        } else {
            entry.tier_rates[tier as usize - 1] = Some(Rates {
                maker_ppm: maker_fee_ppm,
                taker_ppm: taker_fee_ppm,
            });
        }
        MarketFeesChanged {
            market,
            maker_fee_ppm,
            taker_fee_ppm,
            creator_share_ppm,
            creator_account,
            tier,
            reserved: [0; 3],
        }
        .append(out);
        Ok(())
    }

    pub(crate) fn set_account_tier(
        &mut self,
        command: &SetAccountTier,
        out: &mut Vec<u8>,
    ) -> Result<(), Refusal> {
        let SetAccountTier { account, tier, .. } = *command;
        let refusal = |code| Refusal::new(code).of_account(account);
        let entry = self
            .accounts
            .get_mut(account)
            .ok_or(refusal(codes::ACCOUNT_UNKNOWN))?;
        if tier > FEE_TIER_MAX {
            return Err(refusal(codes::INVALID_FEE_TIER));
        }
        entry.tier = tier;
        AccountTierChanged {
            account,
            tier,
            reserved: [0; 3],
        }
        .append(out);
        Ok(())
    }

    pub(crate) fn set_market_promotion(
        &mut self,
        at: Moment,
        command: &SetMarketPromotion,
        out: &mut Vec<u8>,
    ) -> Result<(), Refusal> {
        let SetMarketPromotion {
            market,
            maker_fee_ppm,
            taker_fee_ppm,
            ends_at_us,
            ..
        } = *command;
        let refusal = |code| Refusal::new(code).about(u64::from(market));
        if self.markets.get(market).is_none() {
            return Err(refusal(codes::MARKET_UNKNOWN));
        }
        let is_ended = (maker_fee_ppm, taker_fee_ppm, ends_at_us) == (0, 0, 0);
        let is_ahead = ends_at_us > at.time_us.max(0) && ends_at_us < EXPIRES_AT_LIMIT_US;
        if !are_valid_rates(maker_fee_ppm, taker_fee_ppm) || !(is_ended || is_ahead) {
            return Err(refusal(codes::INVALID_MARKET));
        }
        let state = &mut self.markets.at_mut(market).state;
        state.promotion_maker_fee_ppm = maker_fee_ppm;
        state.promotion_taker_fee_ppm = taker_fee_ppm;
        state.promotion_ends_at_us = ends_at_us;
        MarketPromotionChanged {
            market,
            maker_fee_ppm,
            taker_fee_ppm,
            reserved: [0; 4],
            ends_at_us,
        }
        .append(out);
        Ok(())
    }

    /// Takes in the rates of a tier, of the market that was read last.
    pub(crate) fn restore_fee_tier(&mut self, state: &FeeTierState) -> Checked {
        let FeeTierState {
            market,
            tier,
            maker_fee_ppm,
            taker_fee_ppm,
            ..
        } = *state;
        let is_latest = market > 0 && market == self.markets.next_id() - 1;
        check(is_latest, "the tier's market is another")?;
        check((1..=FEE_TIER_MAX).contains(&tier), "the tier is none")?;
        check(
            are_valid_rates(maker_fee_ppm, taker_fee_ppm),
            "a rate is out of range",
        )?;
        let place = &mut self.markets.at_mut(market).tier_rates[tier as usize - 1];
        check(place.is_none(), "the tier stands twice")?;
        *place = Some(Rates {
            maker_ppm: maker_fee_ppm,
            taker_ppm: taker_fee_ppm,
        });
        Ok(())
    }
}

/// Whether a market can have such a promotion.
pub(crate) fn check_promotion(state: &MarketState) -> Checked {
    let MarketState {
        promotion_maker_fee_ppm,
        promotion_taker_fee_ppm,
        promotion_ends_at_us,
        ..
    } = *state;
    let is_none = (promotion_maker_fee_ppm, promotion_taker_fee_ppm) == (0, 0);
    let has_end = match promotion_ends_at_us {
        0 => is_none,
        ends_at_us => (1..EXPIRES_AT_LIMIT_US).contains(&ends_at_us),
    };
    check(
        has_end && are_valid_rates(promotion_maker_fee_ppm, promotion_taker_fee_ppm),
        "the promotion is out of range",
    )
}
