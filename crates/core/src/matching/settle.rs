//! What a trade does to orders and balances, and what an order's end does.

use alloc::vec::Vec;

use cse_book::{NONE, Order, opposite};
use cse_wire::{CloseReason, Message, OrderClosed, Side, Traded};

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
        market.state.last_price = maker.price();
        let is_quiet = market.triggers.waiting.is_quiet(maker.price());
        Traded {
            trade_id: market.state.last_trade_id,
            market: taker.market,
            taker_side: taker.side as u8,
            auction: 0,
            reserved: [0; 2],
            price: maker.price(),
            quantity: lots,
            notional: exchanged.notional,
            maker_order_id: making.id,
            taker_order_id: taking.id,
            maker_account: maker.account,
            taker_account: taker.account,
            maker_fee: exchanged.maker_fee,
            taker_fee: exchanged.taker_fee,
            creator_fee,
            fee_account: market.state.fee_account,
            creator_account: market.state.creator_account,
            maker_remaining,
            taker_remaining: taker.shown,
        }
        .append(out);
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

    /// Ends an open order, wherever it is.
    pub(crate) fn close_open(
        &mut self,
        at: Moment,
        slot: u32,
        reason: CloseReason,
        out: &mut Vec<u8>,
    ) {
        match self.orders.details(slot).trigger {
            NONE => self.close_resting(at, slot, reason, out),
            place => {
                self.stop_waiting(place);
                self.close_taken(at, slot, reason, out);
            }
        }
    }

    /// Ends an order that rests.
    #[inline]
    pub(crate) fn close_resting(
        &mut self,
        at: Moment,
        slot: u32,
        reason: CloseReason,
        out: &mut Vec<u8>,
    ) {
        let Order { market, side, .. } = self.orders[slot];
        let ladder = self.markets.at_mut(market).ladder_mut(side);
        ladder.leave(&mut self.orders.slab, slot, &mut self.depth_log);
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
        let remaining = self.orders.remaining(slot);
        let (order, details) = (&self.orders[slot], self.orders.details(slot));
        let ending = Ending::new(order, remaining, details, reason);
        let is_linked = details.is_linked;
        if order.has_expiry {
            self.expiries.remove(details.expires_at_us, details.id);
        }
        self.orders.remove(slot);
        let OrderClosed {
            account, market, ..
        } = ending.told;
        self.open_orders.remove(&self.orders, account, market);
        self.end(at, &ending, out);
        if is_linked {
            let told = ending.told;
            self.linked_closed(at, &told, out);
        }
    }

    /// Ends an order that never came to rest.
    pub(crate) fn close(
        &mut self,
        at: Moment,
        incoming: &Incoming,
        reason: CloseReason,
        out: &mut Vec<u8>,
    ) {
        let ending = Ending::new(
            &incoming.order,
            incoming.order.shown,
            &incoming.details,
            reason,
        );
        self.end(at, &ending, out);
    }

    /// Releases what an order still holds, and tells of its end.
    #[inline(always)]
    fn end(&mut self, at: Moment, ending: &Ending, out: &mut Vec<u8>) {
        if fault!(NothingUnlockedAtTheEnd, false, ending.held != 0) {
            let told = &ending.told;
            let asset = self.markets.at(told.market).held_asset(ending.side);
            self.balances
                .touch(told.account, asset)
                .release(ending.held);
        }
        let client = fault!(ClosedIdStaysOpen, cse_book::NONE, ending.client);
        self.client_orders
            .close(client, at.time_us, self.moment.time_us);
        ending.told.append(out);
    }
}

/// The end of an order: what is told, what it holds until then, and where its client order id is.
struct Ending {
    told: OrderClosed,
    side: Side,
    held: i128,
    client: u32,
}

impl Ending {
    fn new(order: &Order, remaining: u64, details: &Details, reason: CloseReason) -> Self {
        // What an order that never traded has paid stands in a line of the cache that need not be read.
        let (filled_notional, fee) = match details.filled {
            0 => (0, 0),
            _ => (details.maker_notional + details.taker_notional, details.fee),
        };
        let told = OrderClosed {
            order_id: details.id,
            account: order.account,
            market: order.market,
            reason: reason as u8,
            side: order.side as u8,
            reserved: [0; 6],
            price: order.price(),
            filled_quantity: details.filled,
            remaining_quantity: remaining,
            filled_notional,
            fee,
        };
        Self {
            told,
            side: order.side,
            held: details.held,
            client: details.client,
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
