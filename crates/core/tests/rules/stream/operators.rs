//! What an operator does to markets and accounts.

use cse_wire::{
    CancelMarketOrders, MarketStatus, Message, SetAccountTier, SetMarketBand, SetMarketFees,
    SetMarketLimits, SetMarketPromotion, SetMarketStatus, SetRiskLimits,
};

use super::random::Xorshift;
use super::someone;
use crate::floor::{CREATOR, Floor};

/// A change of a market's status or bounds; mostly of the one towards open.
pub fn operator(random: &mut Xorshift, floor: &Floor) -> Vec<u8> {
    let market = 1 + random.below(2) as u32;
    match random.below(12) {
        10 | 11 => risk(random, market).encoded(),
        0 => SetMarketLimits {
            market,
            max_open_orders: 20 * random.below(2) as u32,
            min_notional: u128::from(random.below(100)),
            max_notional: u128::from(random.below(2) * 50_000),
            min_quantity: random.below(3),
            max_quantity: 90 + random.below(100_000),
            price_increment: 1 + random.below(10) / 8,
            quantity_increment: 1 + random.below(10) / 8,
        }
        .encoded(),
        1 | 2 => SetMarketBand {
            market,
            price_band_ppm: random.below(3) as u32 * 15_000,
            interruption_ppm: random.below(3) as u32 * 12_000,
            interruption_window_s: 1 + random.below(600) as u32,
            interruption_auction_s: 1 + random.below(600) as u32,
            reserved: [0; 4],
            reference_price: random.below(2) * 100,
        }
        .encoded(),
        3 if random.chance(20) => CancelMarketOrders {
            market,
            reserved: [0; 4],
        }
        .encoded(),
        _ => {
            let status = match random.below(10) {
                0 => MarketStatus::Halted,
                1 => MarketStatus::CancelOnly,
                2..5 => MarketStatus::Auction,
                _ => MarketStatus::Open,
            };
            let ends = status == MarketStatus::Auction && random.chance(70);
            SetMarketStatus {
                market,
                status: status as u8,
                reserved: [0; 3],
                auction_ends_at_us: if ends {
                    floor.now_us + random.below(1_000_000_000) as i64
                } else {
                    0
                },
            }
            .encoded()
        }
    }
}

/// Limits of a tier, of which many orders go on; now and then none.
fn risk(random: &mut Xorshift, market: u32) -> SetRiskLimits {
    let mut sometimes = |value: u64| if random.chance(30) { value } else { 0 };
    let (cancels, far_orders) = (sometimes(3) as u32, sometimes(2) as u32);
    SetRiskLimits {
        market,
        tier: sometimes(2) as u8,
        reserved: [0; 3],
        max_quantity: sometimes(100),
        max_notional: u128::from(sometimes(20_000)),
        max_notional_per_minute: u128::from(sometimes(50_000)),
        flag_notional_per_minute: u128::from(sometimes(20_000)),
        max_open_orders: sometimes(10) as u32,
        flag_cancels: cancels,
        flag_cancels_per_fill: cancels / 2,
        flag_far_orders: far_orders,
        flag_far_ppm: far_orders * 10_000,
        flag_self_trades: sometimes(1) as u32,
    }
}

pub fn set_fees(random: &mut Xorshift, floor: &Floor) -> Vec<u8> {
    let market = 1 + random.below(2) as u32;
    let maker_fee_ppm = random.below(4_000) as i32 - 2_000;
    let taker_fee_ppm = random.below(4_000) as i32;
    let is_of_all = random.chance(50);
    match random.below(3) {
        0 => SetMarketFees {
            market,
            maker_fee_ppm,
            taker_fee_ppm,
            creator_share_ppm: u32::from(is_of_all) * random.below(1_000_000) as u32,
            creator_account: u32::from(is_of_all) * CREATOR,
            tier: u8::from(!is_of_all) * (1 + random.below(2) as u8),
            reserved: [0; 3],
        }
        .encoded(),
        1 => SetAccountTier {
            account: someone(random),
            tier: random.below(4) as u8,
            reserved: [0; 3],
        }
        .encoded(),
        _ => SetMarketPromotion {
            market,
            maker_fee_ppm,
            taker_fee_ppm,
            reserved: [0; 4],
            ends_at_us: floor.now_us + random.below(3_000_000_000) as i64,
        }
        .encoded(),
    }
}
