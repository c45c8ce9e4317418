//! What an order that rests needs to hold.

use cse_wire::Side;

use crate::fees::fee;
use crate::markets::Market;
use crate::orders::Order;

/// All that the rest of an order can cost as a maker: quote units of a buy, base units of a sell.
pub(crate) fn need(market: &Market, order: &Order) -> i128 {
    match order.side {
        Side::Sell => market.base_units(order.remaining),
        Side::Buy => {
            let rate = order.maker_fee_ppm.max(0);
            let notional = market.notional(order.price, order.remaining);
            let fees = fee(rate, order.maker_notional + notional) - fee(rate, order.maker_notional);
            notional as i128 + fees
        }
    }
}
