//! What limit orders hold, before they meet others and while they rest, and how that changes.

use cse_book::Order;
use cse_wire::Side;

use super::balances::Balances;
use super::fees::fee;
use super::rates::Rates;
use crate::exchange::Exchange;
use crate::markets::Market;
use crate::orders::Details;

/// What a limit order holds that may trade at once: quote units of a buy, base units of a sell.
#[inline(always)]
pub(crate) fn hold(market: &Market, side: Side, price: u64, lots: u64, rates: Rates) -> i128 {
    if side == Side::Sell {
        return market.base_units(lots);
    }
    let notional = market.notional(price, lots);
    let highest = fault!(
        HoldOfTheMakersRate,
        rates.maker_ppm,
        rates.maker_ppm.max(rates.taker_ppm)
    );
    let rate = highest.max(0);
    // The unit more covers the roles of maker and taker being rounded apart.
    let unit = fault!(HoldOneUnitShort, 0, 1);
    let fees = if rate > 0 {
        fee(rate, notional) + unit
    } else {
        0
    };
    notional as i128 + fees
}

/// All that the rest of an order can cost as a maker: quote units of a buy, base units of a sell.
#[inline(always)]
pub(crate) fn need(market: &Market, order: &Order, remaining: u64, details: &Details) -> i128 {
    match order.side {
        Side::Sell => market.base_units(remaining),
        Side::Buy => {
            let rate = details.maker_fee_ppm.max(0);
            let notional = market.notional(order.price(), remaining);
            let fees =
                fee(rate, details.maker_notional + notional) - fee(rate, details.maker_notional);
            notional as i128 + fees
        }
    }
}

impl Exchange {
    /// Has an open order hold another amount.
    pub(crate) fn hold_instead(&mut self, slot: u32, amount: i128) {
        let (order, details) = self.orders.both_mut(slot);
        let extra = amount - details.held;
        details.held = amount;
        if extra != 0 {
            let asset = self.markets.at(order.market).held_asset(order.side);
            self.balances.touch(order.account, asset).hold(extra);
        }
    }
}

/// Releases what an order holds beyond what it needs as a maker.
#[inline(always)]
pub(crate) fn release_beyond_need(
    balances: &mut Balances,
    market: &Market,
    order: &Order,
    remaining: u64,
    details: &mut Details,
) {
    let needed = need(market, order, remaining, details);
    let spare = details.held - needed;
    if spare > 0 {
        details.held = needed;
        balances
            .touch(order.account, market.held_asset(order.side))
            .release(spare);
    }
}
