//! What a trade does to orders and balances, and what an order's end does.

use alloc::vec::Vec;

use cse_wire::{CloseReason, Message, OrderClosed, Side, Traded};

use crate::balances::Balances;
use crate::exchange::{Exchange, Moment};
use crate::fees::{fee, share};
use crate::markets::Market;
use crate::orders::{Order, opposite};

/// What changes hands in a trade: base units, quote units, and the fees of both.
struct Exchanged {
    base: i128,
    notional: u128,
    maker_fee: i128,
    taker_fee: i128,
}

impl Exchanged {
    fn new(market: &Market, maker: &Order, taker: &Order, lots: u64) -> Self {
        let notional = market.notional(maker.price, lots);
        let taker_fee = fee_of_fill(taker.taker_fee_ppm, taker.taker_notional, notional);
        let rebate_floor = -taker_fee;
        let maker_fee = fee_of_fill(maker.maker_fee_ppm, maker.maker_notional, notional);
        Self {
            base: market.base_units(lots),
            notional,
            maker_fee: maker_fee.max(rebate_floor),
            taker_fee,
        }
    }

    fn fees(&self) -> i128 {
        self.maker_fee + self.taker_fee
    }
}

/// What a fill adds to the fee so far of an order in a role.
#[inline]
fn fee_of_fill(rate_ppm: i32, notional_before: u128, notional: u128) -> i128 {
    fee(rate_ppm, notional_before + notional) - fee(rate_ppm, notional_before)
}

impl Exchange {
    /// Trades `lots` of an incoming order with the first order of the opposite side, in `slot`.
    pub(crate) fn trade(
        &mut self,
        at: Moment,
        taker: &mut Order,
        slot: u32,
        lots: u64,
        out: &mut Vec<u8>,
    ) {
        let market = self.markets.at_mut(taker.market);
        market.ladder_mut(opposite(taker.side)).take_first(
            &mut self.orders,
            lots,
            &mut self.depth_log,
        );
        let maker = &mut self.orders[slot];
        let exchanged = Exchanged::new(market, maker, taker, lots);
        maker.filled += lots;
        taker.filled += lots;
        taker.remaining = taker.remaining.saturating_sub(lots);
        taker.taker_notional += exchanged.notional;
        maker.maker_notional += exchanged.notional;
        settle(
            &mut self.balances,
            market,
            taker,
            &exchanged,
            exchanged.taker_fee,
        );
        settle(
            &mut self.balances,
            market,
            maker,
            &exchanged,
            exchanged.maker_fee,
        );
        let creator_fee = distribute_fees(&mut self.balances, market, exchanged.fees());
        market.state.last_trade_id += 1;
        market.state.last_price = maker.price;
        Traded {
            trade_id: market.state.last_trade_id,
            market: taker.market,
            taker_side: taker.side as u8,
            reserved: [0; 3],
            price: maker.price,
            quantity: lots,
            notional: exchanged.notional,
            maker_order_id: maker.id,
            taker_order_id: taker.id,
            maker_account: maker.account,
            taker_account: taker.account,
            maker_fee: exchanged.maker_fee,
            taker_fee: exchanged.taker_fee,
            creator_fee,
            fee_account: market.state.fee_account,
            creator_account: market.state.creator_account,
            maker_remaining: maker.remaining,
            taker_remaining: taker.remaining,
        }
        .append(out);
        if maker.remaining == 0 {
            self.close_taken(at, slot, CloseReason::Filled, out);
        }
    }

    /// Ends an order that rests.
    pub(crate) fn close_resting(
        &mut self,
        at: Moment,
        slot: u32,
        reason: CloseReason,
        out: &mut Vec<u8>,
    ) {
        let Order { market, side, .. } = self.orders[slot];
        let ladder = self.markets.at_mut(market).ladder_mut(side);
        ladder.leave(&mut self.orders, slot, &mut self.depth_log);
        self.close_taken(at, slot, reason, out);
    }

    /// Ends an open order that is out of the book already.
    pub(crate) fn close_taken(
        &mut self,
        at: Moment,
        slot: u32,
        reason: CloseReason,
        out: &mut Vec<u8>,
    ) {
        self.open_orders.remove(&mut self.orders, slot);
        let mut order = self.orders.remove(slot);
        self.expiries.remove(order.expires_at_us, order.id);
        self.close(at, &mut order, reason, out);
    }

    /// Ends an order that is not in the book, or no longer: what it still holds is released.
    pub(crate) fn close(
        &mut self,
        at: Moment,
        order: &mut Order,
        reason: CloseReason,
        out: &mut Vec<u8>,
    ) {
        let held = core::mem::take(&mut order.held);
        if held != 0 {
            let asset = self.markets.at(order.market).held_asset(order.side);
            self.balances.touch(order.account, asset).release(held);
        }
        self.client_orders
            .close(order.client, at.time_us, self.moment.time_us);
        OrderClosed {
            order_id: order.id,
            account: order.account,
            market: order.market,
            reason: reason as u8,
            side: order.side as u8,
            reserved: [0; 6],
            price: order.price,
            filled_quantity: order.filled,
            remaining_quantity: order.remaining,
            filled_notional: order.maker_notional + order.taker_notional,
            fee: order.fee,
        }
        .append(out);
    }
}

/// Moves one order's part of a trade: what it gives comes out of its hold.
fn settle(
    balances: &mut Balances,
    market: &Market,
    order: &mut Order,
    exchanged: &Exchanged,
    fee: i128,
) {
    let (base, quote) = (market.state.base, market.state.quote);
    let notional = exchanged.notional as i128;
    order.fee += fee;
    match order.side {
        Side::Buy => {
            let cost = notional + fee.max(0);
            let rebate = (-fee).max(0);
            order.held -= cost;
            let paying = balances.touch(order.account, quote);
            paying.locked -= cost;
            paying.available += rebate;
            balances.touch(order.account, base).available += exchanged.base;
        }
        Side::Sell => {
            order.held -= exchanged.base;
            balances.touch(order.account, base).locked -= exchanged.base;
            balances.touch(order.account, quote).available += notional - fee;
        }
    }
}

/// Gives a trade's fees to the creator and the platform; says the creator's part.
fn distribute_fees(balances: &mut Balances, market: &Market, fees: i128) -> i128 {
    if fees == 0 {
        return 0;
    }
    let state = &market.state;
    let creator_fee = match state.creator_account {
        0 => 0,
        creator => {
            let part = share(state.creator_share_ppm, fees);
            balances.touch(creator, state.quote).available += part;
            part
        }
    };
    balances.touch(state.fee_account, state.quote).available += fees - creator_fee;
    creator_fee
}
