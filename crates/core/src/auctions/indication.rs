//! What is told of an auction under way: at which price it would trade how much.

use alloc::vec::Vec;

use cse_wire::{AuctionIndicated, INDICATED_LEVELS_MAX, INDICATION_INTERVAL_US, Message, Side};

use super::clearing::Clearing;
use crate::exchange::{Exchange, Moment};
use crate::markets::Market;

impl Exchange {
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
