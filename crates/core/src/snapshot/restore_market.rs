//! What the fields of a market in a state must be, beyond what its listing asks for.

use cse_wire::{AUCTION_ENDS_AT_LIMIT_US, MarketState, MarketStatus, PRICE_LIMIT, Side};

use super::restore::{Checked, check};
use crate::markets::{has_valid_band, has_valid_limits};

pub(crate) fn check_market(state: &MarketState) -> Checked {
    let status = MarketStatus::from_number(state.status).ok_or("the status is unknown")?;
    check(
        state.self_trade_allowed <= 1,
        "self-trades are neither allowed nor not",
    )?;
    check(has_valid_limits(state), "the limits are none")?;
    check(has_valid_band(state), "the band is none")?;
    check(
        state.last_price < PRICE_LIMIT && state.interruption_reference < PRICE_LIMIT,
        "a price is out of range",
    )?;
    let is_guarded = state.interruption_ppm != 0;
    check(
        is_guarded
            || (
                state.interruption_reference,
                state.interruption_reference_at_us,
            ) == (0, 0),
        "there is a reference for an interruption that is none",
    )?;
    check_auction(state, status == MarketStatus::Auction)
}

fn check_auction(state: &MarketState, is_in_auction: bool) -> Checked {
    let has_end = (0..AUCTION_ENDS_AT_LIMIT_US).contains(&state.auction_ends_at_us);
    let is_uncrossing = state.uncross_price != 0;
    check(
        has_end && !(is_uncrossing && state.auction_ends_at_us != 0),
        "the end of the auction is none",
    )?;
    check(
        state.uncross_price < PRICE_LIMIT && state.indicated_price < PRICE_LIMIT,
        "the price of the auction is out of range",
    )?;
    let has_side = state.indicated_side == 0 || Side::from_number(state.indicated_side).is_some();
    check(has_side, "the side with more is none")?;
    let has_none = !is_uncrossing
        && state.auction_ends_at_us == 0
        && state.indicated_price == 0
        && state.indicated_volume == 0
        && state.indicated_surplus == 0
        && state.indicated_side == 0;
    check(is_in_auction || has_none, "there is no auction")
}
