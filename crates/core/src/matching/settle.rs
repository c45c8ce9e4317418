//! What a trade does to orders and balances.

use alloc::vec::Vec;

use cse_book::{Order, opposite};
use cse_wire::{CloseReason, Message, Side};

use super::told::{Met, Party};
use crate::exchange::{Exchange, Moment};
use crate::markets::Market;
use crate::money::{Balances, fee, share};
use crate::orders::{Details, Incoming};

/// What changes hands in a trade: base units, quote units, and the fees of both.
pub(crate) struct Exchanged {
    pub(crate) base: i128,
    pub(crate) notional: u128,
    pub(crate) maker_fee: i128,
    pub(crate) taker_fee: i128,
}

impl Exchanged {
    fn new(market: &Market, price: u64, maker: &Details, taker: &Details, lots: u64) -> Self {
        let notional = market.notional(price, lots);
        let taker_fee = fee_of_fill(taker.taker_fee_ppm, taker.taker_notional, notional);
        let rebate_floor = fault!(RebateWithoutFloor, i128::MIN, -taker_fee);
        let maker_fee = fee_of_fill(maker.maker_fee_ppm, maker.maker_notional, notional);
        Self {
            base: market.base_units(lots),
            notional,
            maker_fee: maker_fee.max(rebate_floor),
            taker_fee,
        }
    }

    pub(crate) fn fees(&self) -> i128 {
        self.maker_fee + self.taker_fee
    }
}

/// What a fill adds to the fee so far of an order in a role.
#[inline]
pub(crate) fn fee_of_fill(rate_ppm: i32, notional_before: u128, notional: u128) -> i128 {
    let before = fault!(EveryFillRoundedAlone, 0, notional_before);
    fee(rate_ppm, before + notional) - fee(rate_ppm, before)
}

impl Exchange {
    /// Trades `lots` of an incoming order with the first order of the opposite side, in `slot`.
    pub(crate) fn trade(
        &mut self,
        at: Moment,
        incoming: &mut Incoming,
        slot: u32,
        lots: u64,
        out: &mut Vec<u8>,
    ) {
        let Incoming {
            order: taker,
            details: taking,
            ..
        } = incoming;
        let market = self.markets.at_mut(taker.market);
        market.ladder_mut(opposite(taker.side)).take_first(
            &mut self.orders.slab,
            lots,
            &mut self.depth_log,
        );
        let maker_remaining = self.orders.remaining(slot);
        let (maker, making) = self.orders.both_mut(slot);
        let price = fault!(
            TradeAtTheTakersPrice,
            maker.price().max(taker.price()),
            maker.price()
        );
        let are_linked = making.is_linked || taking.is_linked;
        let exchanged = Exchanged::new(market, price, making, taking, lots);
        making.filled += lots;
        taking.filled += lots;
        taker.shown = taker.shown.saturating_sub(lots);
        taking.taker_notional += exchanged.notional;
        making.maker_notional += exchanged.notional;
        let parts = [
            (&*taker, &mut *taking, exchanged.taker_fee),
            (&*maker, &mut *making, exchanged.maker_fee),
        ];
        for (order, details, fee) in parts {
            settle(&mut self.balances, market, order, details, &exchanged, fee);
        }
        let creator_fee = distribute_fees(&mut self.balances, market, exchanged.fees());
        let (last_price, market_id) = (maker.price(), maker.market);
        market.state.last_trade_id += 1;
        market.state.last_price = last_price;
        let is_quiet = market.triggers.waiting.is_quiet(last_price);
        let met = Met {
            maker: Party {
                id: making.id,
                order: maker,
                remaining: maker_remaining,
            },
            taker: Party {
                id: taking.id,
                order: taker,
                remaining: taker.shown,
            },
            price: last_price,
            lots,
        };
        met.traded(market, &exchanged, creator_fee).append(out);
        let is_filled = maker_remaining == 0;
        if is_filled {
            self.close_taken(at, slot, CloseReason::Filled, out);
        }
        if are_linked {
            let maker = (!is_filled).then_some(slot);
            self.linked_met(at, maker, incoming, out);
        }
        if !is_quiet {
            self.fire(market_id, last_price);
        }
    }
}

/// Moves one order's part of a trade: what it gives comes out of its hold.
pub(crate) fn settle(
    balances: &mut Balances,
    market: &Market,
    order: &Order,
    details: &mut Details,
    exchanged: &Exchanged,
    fee: i128,
) {
    let (base, quote) = (market.state.base, market.state.quote);
    let notional = exchanged.notional as i128;
    details.fee += fee;
    match order.side {
        Side::Buy => {
            let cost = notional + fee.max(0);
            let rebate = (-fee).max(0);
            details.held -= cost;
            let paying = balances.touch(order.account, quote);
            paying.locked -= cost;
            paying.available += fault!(RebateOfABuyLost, 0, rebate);
            let bought = balances.touch(order.account, base);
            if details.keeps_base {
                bought.locked += exchanged.base;
            } else {
                bought.available += exchanged.base;
            }
        }
        Side::Sell => {
            details.held -= exchanged.base;
            balances.touch(order.account, base).locked -= exchanged.base;
            let paid = fault!(SellerPaysNoFee, 0, fee);
            balances.touch(order.account, quote).available += notional - paid;
        }
    }
}

/// Gives a trade's fees to the creator and the platform; says the creator's part.
pub(crate) fn distribute_fees(balances: &mut Balances, market: &Market, fees: i128) -> i128 {
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
    let others = fault!(CreatorsPartPaidTwice, 0, creator_fee);
    balances.touch(state.fee_account, state.quote).available += fees - others;
    creator_fee
}
