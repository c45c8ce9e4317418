//! Call auctions: which markets are in one, when they end, and what they would trade.

use alloc::collections::{BTreeMap, BTreeSet};
use alloc::vec::Vec;

use cse_book::NONE;
use cse_wire::{
    AuctionIndicated, INDICATED_LEVELS_MAX, INDICATION_INTERVAL_US, MarketStatus, Message, Side,
};

use super::clearing::{Clearing, clearing};
use crate::exchange::{Exchange, Moment};
use crate::markets::Market;
use crate::orders::NEVER;

/// The time of an auction that has ended and is uncrossing.
const NOW: i64 = i64::MIN;

/// The markets in auction.
pub(crate) struct Auctions {
    /// When each of them ends, or [`NOW`], or [`NEVER`].
    ends: BTreeMap<u32, i64>,
    /// The first of those times.
    next_us: i64,
    /// Those of which something else may be to tell, though no order of theirs has changed.
    stale: BTreeSet<u32>,
    /// Meetings of all auctions in the command under way.
    pub(crate) meetings: usize,
    /// Prices fixed by them.
    pub(crate) fixings: usize,
}

impl Default for Auctions {
    fn default() -> Self {
        Self {
            ends: BTreeMap::new(),
            next_us: NEVER,
            stale: BTreeSet::new(),
            meetings: 0,
            fixings: 0,
        }
    }
}

impl Auctions {
    /// Begins a command: nothing is met yet.
    #[inline]
    pub(crate) fn begin(&mut self) {
        (self.meetings, self.fixings) = (0, 0);
    }

    /// When the next auction ends; before all time while one is uncrossing.
    #[inline]
    pub(crate) fn next_us(&self) -> i64 {
        self.next_us
    }

    /// Takes note of the status of a market, and of the end of its auction.
    pub(crate) fn follow(&mut self, market: &Market) {
        let id = market.state.market;
        if market.is(MarketStatus::Auction) {
            let ends_at_us = match market.state.auction_ends_at_us {
                _ if market.is_uncrossing() => NOW,
                0 => NEVER,
                time_us => time_us,
            };
            self.ends.insert(id, ends_at_us);
            self.stale.insert(id);
        } else {
            self.ends.remove(&id);
            self.stale.remove(&id);
        }
        self.next_us = self.ends.values().copied().min().unwrap_or(NEVER);
    }

    /// What a market in auction would trade may be something else by now.
    pub(crate) fn look_again(&mut self, market: u32) {
        if self.ends.contains_key(&market) {
            self.stale.insert(market);
        }
    }

    fn ended(&self, time_us: i64) -> Vec<u32> {
        let last_us = fault!(
            AuctionEndsAMicrosecondLate,
            time_us.saturating_sub(1),
            time_us
        );
        let ended =
            |&(&market, &ends_at_us): &(&u32, &i64)| (ends_at_us <= last_us).then_some(market);
        self.ends.iter().filter_map(|entry| ended(&entry)).collect()
    }
}

impl Exchange {
    /// Opens the markets whose auction has ended, as far as the meetings of one command go.
    #[inline]
    pub(crate) fn end_auctions(&mut self, at: Moment, out: &mut Vec<u8>) {
        if self.auctions.next_us() <= at.time_us {
            for market in self.auctions.ended(at.time_us) {
                self.uncross(at, market, out);
            }
        }
    }

    /// Tells of each market in auction what it would trade now, if that is something else than was
    /// told last.
    #[inline]
    pub(crate) fn indicate(&mut self, at: Moment, out: &mut Vec<u8>) {
        if !self.auctions.ends.is_empty() {
            self.indicate_all(at, out);
        }
    }

    fn indicate_all(&mut self, at: Moment, out: &mut Vec<u8>) {
        // Orders become due by time alone.
        let has_due = fault!(
            IndicationBlindToTime,
            false,
            self.expiries.next_us() <= at.time_us
        );
        let is_later = interval(at.time_us) > interval(self.moment.time_us);
        let markets: Vec<u32> = self.auctions.ends.keys().copied().collect();
        for id in markets {
            if self.depth_log.has_touched(id) {
                self.auctions.stale.insert(id);
            }
            let market = self.markets.at(id);
            let may_differ = has_due || self.auctions.stale.contains(&id);
            let is_to_tell =
                is_later || fault!(DeepAuctionAlwaysTold, true, !market.crosses_deeply());
            if market.is_uncrossing() || !may_differ || !is_to_tell {
                continue;
            }
            self.auctions.stale.remove(&id);
            let found = indicated(id, self.clearing_of(market, at.time_us));
            let market = self.markets.at_mut(id);
            if fault!(IndicationNotTold, false, found != market.last_indicated()) {
                market.set_indicated(&found);
                found.append(out);
            }
        }
    }

    /// What a market would trade if its auction ended at a time.
    pub(crate) fn clearing_of(&self, market: &Market, time_us: i64) -> Option<Clearing> {
        let due = self.due_lots(market.state.market, time_us);
        let levels = |side: Side| {
            let due = &due;
            market
                .ladder(side)
                .remaining_levels()
                .map(move |(price, lots)| {
                    let gone = due.get(&(side, price)).copied().unwrap_or(0);
                    (price, lots - fault!(AuctionCountsTheDue, 0, gone))
                })
                .filter(|&(_, lots)| lots > 0)
        };
        clearing(
            levels(Side::Buy),
            levels(Side::Sell),
            market.reference_price(),
        )
    }

    /// The lots of a market's orders that are due and rest still, by side and price.
    fn due_lots(&self, market: u32, time_us: i64) -> BTreeMap<(Side, u64), u128> {
        let mut lots = BTreeMap::new();
        for slot in self
            .expiries
            .due(time_us)
            .filter_map(|order_id| self.orders.slot_of(order_id))
        {
            let order = &self.orders[slot];
            let rests = self.orders.details(slot).trigger == NONE;
            if order.market == market && rests {
                *lots.entry((order.side, order.price())).or_default() +=
                    u128::from(self.orders.remaining(slot));
            }
        }
        lots
    }
}

impl Market {
    /// Whether more levels cross than are looked at with every command.
    fn crosses_deeply(&self) -> bool {
        let Some((bid, ask)) = self.crossing() else {
            return false;
        };
        let levels = |side| self.ladder(side).remaining_levels();
        let bids = levels(Side::Buy).take_while(|&(price, _)| price >= ask);
        let asks = levels(Side::Sell).take_while(|&(price, _)| price <= bid);
        bids.chain(asks).nth(INDICATED_LEVELS_MAX).is_some()
    }

    /// What was told last of what an auction would trade.
    pub(crate) fn last_indicated(&self) -> AuctionIndicated {
        AuctionIndicated {
            market: self.state.market,
            surplus_side: self.state.indicated_side,
            reserved: [0; 3],
            price: self.state.indicated_price,
            volume: self.state.indicated_volume,
            surplus: self.state.indicated_surplus,
        }
    }

    fn set_indicated(&mut self, told: &AuctionIndicated) {
        self.state.indicated_side = told.surplus_side;
        self.state.indicated_price = told.price;
        self.state.indicated_volume = told.volume;
        self.state.indicated_surplus = told.surplus;
    }

    pub(crate) fn forget_indicated(&mut self) {
        self.set_indicated(&indicated(self.state.market, None));
    }
}

/// The stretch of time in which auctions that cross deeply are told of once.
fn interval(time_us: i64) -> i64 {
    time_us.div_euclid(INDICATION_INTERVAL_US)
}

/// What is told of what an auction would trade.
fn indicated(market: u32, found: Option<Clearing>) -> AuctionIndicated {
    let told = |lots: u128| u64::try_from(lots).unwrap_or(u64::MAX);
    AuctionIndicated {
        market,
        surplus_side: found
            .and_then(|found| found.surplus_side)
            .map_or(0, |side| side as u8),
        reserved: [0; 3],
        price: found.map_or(0, |found| found.price),
        volume: found.map_or(0, |found| told(found.volume)),
        surplus: found.map_or(0, |found| told(found.surplus)),
    }
}
