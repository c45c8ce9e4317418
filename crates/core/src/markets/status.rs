//! The states of a market, and the way from one to another.

use alloc::vec::Vec;

use cse_wire::{
    AUCTION_ENDS_AT_LIMIT_US, MarketStatus, MarketStatusChanged, Message, SetMarketStatus, codes,
};

use super::market::Market;
use crate::exchange::{Exchange, Moment};
use crate::refusal::Refusal;

impl Exchange {
    pub(crate) fn set_market_status(
        &mut self,
        at: Moment,
        command: &SetMarketStatus,
        out: &mut Vec<u8>,
    ) -> Result<(), Refusal> {
        let SetMarketStatus {
            market,
            auction_ends_at_us,
            ..
        } = *command;
        let status = self
            .check_status(at, command)
            .map_err(|code| Refusal::new(code).about(u64::from(market)))?;
        let entry = self.markets.at(market);
        let is_in_auction = entry.is(MarketStatus::Auction);
        let is_crossed = entry.crossing().is_some();
        if status != MarketStatus::Open || !(is_in_auction || is_crossed) {
            self.change_status(market, status, auction_ends_at_us, out);
            return Ok(());
        }
        if !is_in_auction {
            self.change_status(market, MarketStatus::Auction, 0, out);
        }
        self.uncross(at, market, out);
        Ok(())
    }

    fn check_status(&self, at: Moment, command: &SetMarketStatus) -> Result<MarketStatus, u16> {
        let market = self
            .markets
            .get(command.market)
            .ok_or(codes::MARKET_UNKNOWN)?;
        let status = MarketStatus::from_number(command.status)
            .filter(|&status| market.may_become(status))
            .ok_or(codes::INVALID_MARKET_STATUS)?;
        let ends_at_us = command.auction_ends_at_us;
        let is_ahead = ends_at_us > at.time_us.max(0) && ends_at_us < AUCTION_ENDS_AT_LIMIT_US;
        let may_end = ends_at_us == 0 || (status == MarketStatus::Auction && is_ahead);
        if !may_end {
            return Err(codes::INVALID_MARKET_STATUS);
        }
        let is_delisting = status == MarketStatus::Delisted;
        if fault!(DelistedWithOrders, false, is_delisting) && self.has_orders(command.market) {
            return Err(codes::MARKET_HAS_ORDERS);
        }
        Ok(status)
    }

    /// Gives a market a status, and tells of it. What was indicated is forgotten with another one.
    pub(crate) fn change_status(
        &mut self,
        market: u32,
        status: MarketStatus,
        auction_ends_at_us: i64,
        out: &mut Vec<u8>,
    ) {
        let entry = self.markets.at_mut(market);
        if !entry.is(status) {
            entry.forget_indicated();
        }
        entry.state.status = status as u8;
        entry.state.auction_ends_at_us = auction_ends_at_us;
        entry.state.uncross_price = 0;
        self.auctions.follow(entry);
        MarketStatusChanged {
            market,
            status: status as u8,
            reserved: [0; 3],
            auction_ends_at_us,
        }
        .append(out);
    }
}

impl Market {
    fn may_become(&self, status: MarketStatus) -> bool {
        use MarketStatus::{Auction, CancelOnly, Created, Delisted, Halted, Open};
        let Some(present) = MarketStatus::from_number(self.state.status) else {
            return false;
        };
        match present {
            Created => matches!(status, Created | Auction | Open | CancelOnly | Delisted),
            Auction if self.is_uncrossing() => matches!(status, Halted | CancelOnly),
            Auction | Open | Halted => matches!(status, Auction | Open | Halted | CancelOnly),
            CancelOnly => status != Created,
            Delisted => false,
        }
    }
}
