//! The end of an auction: the orders that cross trade at one price, and the market opens.

use alloc::vec::Vec;

use cse_book::{Order, opposite};
use cse_wire::{
    AuctionUncrossed, CloseReason, FIXINGS_MAX, MarketStatus, Message, SelfTradePrevention, Side,
    TRADES_MAX, Traded,
};

use crate::exchange::{Exchange, Moment};
use crate::matching::{Exchanged, Met, Party, Taker, distribute_fees, fee_of_fill, settle};
use crate::money::release_beyond_need;

/// Two orders that meet: both rest, and the maker came first.
#[derive(Clone, Copy)]
struct Pair {
    maker: u32,
    taker: u32,
    maker_id: u64,
    taker_id: u64,
    price: u64,
    lots: u64,
}

impl Exchange {
    /// Has the orders of a market in auction meet until its book is not crossed any more, and opens
    /// it; or as many as one command may.
    pub(crate) fn uncross(&mut self, at: Moment, market: u32, out: &mut Vec<u8>) {
        self.markets.at_mut(market).state.auction_ends_at_us = 0;
        let mut told = AuctionUncrossed {
            market,
            reserved: [0; 4],
            price: 0,
            volume: 0,
            uncross_price: 0,
        };
        let is_done = loop {
            let Some(price) = self.uncross_price(at, market) else {
                break true;
            };
            let has_fixed =
                self.auctions.fixings > fault!(PricesWithoutBound, usize::MAX, FIXINGS_MAX);
            if has_fixed || self.auctions.meetings == TRADES_MAX {
                break false;
            }
            self.auctions.meetings += 1;
            let lots = self.meet(at, market, price, out);
            if lots > 0 {
                told.price = price;
                told.volume = told.volume.saturating_add(lots);
            }
        };
        if !is_done {
            told.uncross_price = self.markets.at(market).state.uncross_price;
        }
        told.append(out);
        if is_done {
            self.change_status(market, MarketStatus::Open, 0, out);
        } else {
            self.auctions.follow(self.markets.at(market));
        }
    }

    /// The price at which the next two orders meet; `None` where the book is not crossed.
    fn uncross_price(&mut self, at: Moment, market: u32) -> Option<u64> {
        let entry = self.markets.at(market);
        let (bid, ask) = entry.crossing()?;
        let price = entry.state.uncross_price;
        if (ask..=bid).contains(&price) {
            return Some(price);
        }
        self.auctions.fixings += 1;
        // Orders that are due have no part in the price, and are to go where only they cross.
        let price = self
            .clearing_of(entry, at.time_us)
            .map_or(ask, |found| found.price);
        self.markets.at_mut(market).state.uncross_price = price;
        Some(price)
    }

    /// The oldest orders of both best prices meet; says the lots that they trade.
    fn meet(&mut self, at: Moment, market: u32, price: u64, out: &mut Vec<u8>) -> u64 {
        let market = self.markets.at(market);
        let oldest = |side| market.ladder(side).first_within(None);
        let (Some(bid), Some(ask)) = (oldest(Side::Buy), oldest(Side::Sell)) else {
            return 0;
        };
        for slot in [bid, ask] {
            if self.orders.is_due(slot, at.time_us) {
                self.close_resting(at, slot, CloseReason::Expired, out);
                return 0;
            }
        }
        let bid_is_older = self.orders.id(bid) < self.orders.id(ask);
        let (maker, taker) = if fault!(BuyIsAlwaysTheMaker, true, bid_is_older) {
            (bid, ask)
        } else {
            (ask, bid)
        };
        let pair = Pair {
            maker,
            taker,
            maker_id: self.orders.id(maker),
            taker_id: self.orders.id(taker),
            price,
            lots: self.orders[bid].shown.min(self.orders[ask].shown),
        };
        let account = self.orders[taker].account;
        let prevention = self.orders.details(taker).prevention;
        let taking = Taker::new(&self.accounts, account, prevention);
        match taking.prevention_with(&self.accounts, &self.orders[maker]) {
            None => {
                self.trade_in_auction(at, pair, out);
                pair.lots
            }
            Some(prevention) => {
                self.prevent_in_auction(at, pair, prevention, out);
                0
            }
        }
    }

    fn trade_in_auction(&mut self, at: Moment, pair: Pair, out: &mut Vec<u8>) {
        let price = pair.price;
        self.take_lots(pair);
        let exchanged = self.exchange(pair);
        let market = self.markets.at_mut(self.orders[pair.maker].market);
        let creator_fee = distribute_fees(&mut self.balances, market, exchanged.fees());
        market.state.last_trade_id += 1;
        market.state.last_price = price;
        if market.state.interruption_ppm != 0 {
            market.set_interruption_reference(price, at.time_us);
        }
        let (market_id, is_quiet) = (market.state.market, market.triggers.waiting.is_quiet(price));
        let market = self.markets.at(market_id);
        Traded {
            auction: 1,
            ..self.met(pair).traded(market, &exchanged, creator_fee)
        }
        .append(out);
        self.release_spare(pair);
        self.close_empty(at, pair, CloseReason::Filled, out);
        self.linked_met_in_auction(at, pair, out);
        if !is_quiet {
            self.fire(market_id, price);
        }
    }

    /// Has what two orders trade change hands. Both pay as makers, and none is paid a rebate.
    fn exchange(&mut self, pair: Pair) -> Exchanged {
        let Pair {
            maker,
            taker,
            price,
            lots,
            ..
        } = pair;
        let market = self.markets.at(self.orders[maker].market);
        let notional = market.notional(price, lots);
        let fee_of = |slot: u32| {
            let details = self.orders.details(slot);
            let fee = fee_of_fill(details.maker_fee_ppm, details.maker_notional, notional);
            fee.max(fault!(AuctionPaysRebates, i128::MIN, 0))
        };
        let exchanged = Exchanged {
            base: market.base_units(lots),
            notional,
            maker_fee: fee_of(maker),
            taker_fee: fee_of(taker),
        };
        for (slot, fee) in [(taker, exchanged.taker_fee), (maker, exchanged.maker_fee)] {
            let (order, details) = self.orders.both_mut(slot);
            details.filled += lots;
            details.maker_notional += notional;
            settle(&mut self.balances, market, order, details, &exchanged, fee);
        }
        exchanged
    }

    /// Closes what is linked with those of the two that are still open.
    fn linked_met_in_auction(&mut self, at: Moment, pair: Pair, out: &mut Vec<u8>) {
        for id in [pair.maker_id, pair.taker_id] {
            let open = self.orders.slot_of(id);
            if open.is_some_and(|slot| self.orders.details(slot).is_linked) {
                self.close_other(at, id, out);
            }
        }
    }

    fn prevent_in_auction(
        &mut self,
        at: Moment,
        pair: Pair,
        prevention: SelfTradePrevention,
        out: &mut Vec<u8>,
    ) {
        let Pair { maker, taker, .. } = pair;
        if prevention == SelfTradePrevention::Decrement {
            self.take_lots(pair);
            self.release_spare(pair);
        }
        self.met(pair).prevented(prevention).append(out);
        let (closes_maker, closes_taker) = match prevention {
            SelfTradePrevention::CancelNewest | SelfTradePrevention::None => (false, true),
            SelfTradePrevention::CancelOldest => (true, false),
            SelfTradePrevention::CancelBoth => (true, true),
            SelfTradePrevention::Decrement => {
                self.close_empty(at, pair, CloseReason::SelfTrade, out);
                self.linked_met_in_auction(at, pair, out);
                return;
            }
        };
        for (slot, closes) in [(maker, closes_maker), (taker, closes_taker)] {
            if closes {
                self.close_resting(at, slot, CloseReason::SelfTrade, out);
            }
        }
    }

    /// The two as they are now, for what is told of them.
    fn met(&self, pair: Pair) -> Met<'_> {
        let party = |slot: u32, id: u64| Party {
            id,
            order: &self.orders[slot],
            remaining: self.orders.remaining(slot),
        };
        Met {
            maker: party(pair.maker, pair.maker_id),
            taker: party(pair.taker, pair.taker_id),
            price: pair.price,
            lots: pair.lots,
        }
    }

    /// Takes the lots of a meeting off both orders, each the first of its side.
    fn take_lots(&mut self, pair: Pair) {
        let Order { market, side, .. } = self.orders[pair.maker];
        let market = self.markets.at_mut(market);
        for side in [side, opposite(side)] {
            market.ladder_mut(side).take_first(
                &mut self.orders.slab,
                pair.lots,
                &mut self.depth_log,
            );
        }
    }

    /// Releases what both hold beyond their need: what they sold without a trade, or bought for less.
    fn release_spare(&mut self, pair: Pair) {
        fault!(AuctionUnlocksNothing, return);
        for slot in [pair.maker, pair.taker] {
            let remaining = self.orders.remaining(slot);
            let (order, details) = self.orders.both_mut(slot);
            let market = self.markets.at(order.market);
            release_beyond_need(&mut self.balances, market, order, remaining, details);
        }
    }

    fn close_empty(&mut self, at: Moment, pair: Pair, reason: CloseReason, out: &mut Vec<u8>) {
        let is_empty = |slot: u32| self.orders.remaining(slot) == 0;
        let empty = [pair.maker, pair.taker].map(|slot| (slot, is_empty(slot)));
        for (slot, is_empty) in empty {
            if is_empty {
                self.close_taken(at, slot, reason, out);
            }
        }
    }
}
