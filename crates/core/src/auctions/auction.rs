//! Call auctions: which markets are in one, and when they end.

use alloc::collections::{BTreeMap, BTreeSet};
use alloc::vec::Vec;

use cse_wire::MarketStatus;

use crate::exchange::{Exchange, Moment};
use crate::markets::Market;
use crate::orders::NEVER;

/// The time of an auction that has ended and is uncrossing.
const NOW: i64 = i64::MIN;

/// The markets in auction.
pub(crate) struct Auctions {
    /// When each of them ends, or [`NOW`], or [`NEVER`].
    pub(super) ends: BTreeMap<u32, i64>,
    /// The first of those times.
    next_us: i64,
    /// Those of which something else may be to tell, though no order of theirs has changed.
    pub(super) stale: BTreeSet<u32>,
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
        let ended = self
            .ends
            .iter()
            .filter(|&(_, &ends_at_us)| ends_at_us <= last_us);
        ended.map(|(&market, _)| market).collect()
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
}
