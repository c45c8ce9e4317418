//! The price of an order that is only to rest.

use cse_book::opposite;
use cse_wire::{FLAG_REPRICE, PRICE_LIMIT, Side, codes};

use crate::markets::Market;

/// The price at which a post-only order of so many lots does not take; its own where that does not.
pub(crate) fn post_only_price(
    market: &Market,
    side: Side,
    flags: u32,
    price: u64,
    lots: u64,
) -> Result<u64, u16> {
    let ladder = market.ladder(opposite(side));
    let best = ladder
        .best_price()
        .filter(|&best| ladder.reaches(price, best));
    let Some(best) = fault!(PostOnlyTakes, None, best) else {
        return Ok(price);
    };
    let step = market.state.price_increment;
    let behind = match side {
        Side::Buy => (best - fault!(RepricedToTouch, 0, 1)) / step * step,
        Side::Sell => (best / step + 1) * step,
    };
    if flags & FLAG_REPRICE == 0 || !(1..PRICE_LIMIT).contains(&behind) {
        return Err(codes::POST_ONLY_WOULD_TAKE);
    }
    market.check_notional(market.notional(behind, lots))?;
    Ok(behind)
}
