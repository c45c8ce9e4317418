//! Markets and their books.

use alloc::collections::BTreeMap;
use alloc::vec::Vec;

use cse_book::{Book, Ladder};
use cse_wire::{
    CreateMarket, MarketCreated, MarketFeesChanged, MarketSelfTradeChanged, MarketState,
    MarketStatus, MarketStatusChanged, Message, SetMarketFees, SetMarketSelfTrade, SetMarketStatus,
    Side, Symbol, codes,
};

use crate::exchange::{Exchange, Refusal};

/// A market with its two sides.
pub(crate) struct Market {
    pub(crate) state: MarketState,
    /// Quote units of one lot at one tick.
    pub(crate) tick_lot_units: u64,
    book: Book,
}

impl Market {
    #[inline]
    pub(crate) fn ladder(&self, side: Side) -> &Ladder {
        self.book.ladder(side)
    }

    #[inline]
    pub(crate) fn ladder_mut(&mut self, side: Side) -> &mut Ladder {
        self.book.ladder_mut(side)
    }

    /// What orders of a side hold.
    #[inline]
    pub(crate) fn held_asset(&self, side: Side) -> u32 {
        match side {
            Side::Buy => self.state.quote,
            Side::Sell => self.state.base,
        }
    }

    /// Quote units of one lot at a price; below 2^76.
    #[inline]
    pub(crate) fn lot_notional(&self, price: u64) -> u128 {
        u128::from(price) * u128::from(self.tick_lot_units)
    }

    /// Quote units of some lots at a price; below 2^126 by the bounds of its factors.
    #[inline]
    pub(crate) fn notional(&self, price: u64, lots: u64) -> u128 {
        self.lot_notional(price).wrapping_mul(u128::from(lots))
    }

    /// Base units of some lots; below 2^100.
    #[inline]
    pub(crate) fn base_units(&self, lots: u64) -> i128 {
        (u128::from(lots) * u128::from(self.state.lot_size)) as i128
    }
}

/// The name of a pair without its dash; two symbols have 20 bytes at most.
pub(crate) type JoinedName = [u8; 20];

/// Markets by id, dense from 1, and by name.
#[derive(Default)]
pub(crate) struct Markets {
    list: Vec<Market>,
    by_name: BTreeMap<JoinedName, u32>,
}

impl Markets {
    #[inline]
    pub(crate) fn get(&self, market: u32) -> Option<&Market> {
        self.list.get((market as usize).checked_sub(1)?)
    }

    fn get_mut(&mut self, market: u32) -> Option<&mut Market> {
        self.list.get_mut((market as usize).checked_sub(1)?)
    }

    /// A market that exists.
    #[inline]
    pub(crate) fn at(&self, market: u32) -> &Market {
        &self.list[market as usize - 1]
    }

    /// A market that exists.
    #[inline]
    pub(crate) fn at_mut(&mut self, market: u32) -> &mut Market {
        &mut self.list[market as usize - 1]
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = &Market> {
        self.list.iter()
    }

    pub(crate) fn next_id(&self) -> u32 {
        self.list.len() as u32 + 1
    }

    pub(crate) fn has_name(&self, name: &JoinedName) -> bool {
        self.by_name.contains_key(name)
    }

    /// Adds the market whose id comes next, with an empty book.
    pub(crate) fn push(&mut self, state: MarketState, tick_lot_units: u64, name: JoinedName) {
        self.by_name.insert(name, state.market);
        self.list.push(Market {
            state,
            tick_lot_units,
            book: Book::new(state.market),
        });
    }
}

/// The name of the pair of two symbols of at most 10 characters.
pub(crate) fn joined_name(base: Symbol<16>, quote: Symbol<16>) -> JoinedName {
    let mut name = [0; 20];
    for (place, &byte) in name
        .iter_mut()
        .zip(base.bytes().iter().chain(quote.bytes()))
    {
        *place = byte;
    }
    name
}

impl Exchange {
    pub(crate) fn create_market(
        &mut self,
        command: &CreateMarket,
        out: &mut Vec<u8>,
    ) -> Result<(), Refusal> {
        let listing = self.check_listing(command)?;
        let market = self.markets.next_id();
        let state = listing_state(market, command);
        self.markets
            .push(state, listing.tick_lot_units, listing.name);
        MarketCreated {
            market,
            base: state.base,
            quote: state.quote,
            tick_decimals: state.tick_decimals,
            status: state.status,
            reserved: [0; 2],
            tick_size: state.tick_size,
            lot_size: state.lot_size,
            tick_lot_units: listing.tick_lot_units,
            min_notional: state.min_notional,
            max_quantity: state.max_quantity,
            maker_fee_ppm: state.maker_fee_ppm,
            taker_fee_ppm: state.taker_fee_ppm,
            creator_share_ppm: state.creator_share_ppm,
            creator_account: state.creator_account,
            fee_account: state.fee_account,
            max_open_orders: state.max_open_orders,
        }
        .append(out);
        Ok(())
    }

    pub(crate) fn set_market_status(
        &mut self,
        command: &SetMarketStatus,
        out: &mut Vec<u8>,
    ) -> Result<(), Refusal> {
        let SetMarketStatus { market, status, .. } = *command;
        let refusal = |code| Refusal::new(code).about(u64::from(market));
        let entry = self
            .markets
            .get_mut(market)
            .ok_or(refusal(codes::MARKET_UNKNOWN))?;
        if MarketStatus::from_number(status).is_none() {
            return Err(refusal(codes::INVALID_MARKET_STATUS));
        }
        entry.state.status = status;
        MarketStatusChanged {
            market,
            status,
            reserved: [0; 3],
        }
        .append(out);
        Ok(())
    }

    pub(crate) fn set_market_self_trade(
        &mut self,
        command: &SetMarketSelfTrade,
        out: &mut Vec<u8>,
    ) -> Result<(), Refusal> {
        let SetMarketSelfTrade {
            market, allowed, ..
        } = *command;
        let refusal = |code| Refusal::new(code).about(u64::from(market));
        let entry = self
            .markets
            .get_mut(market)
            .ok_or(refusal(codes::MARKET_UNKNOWN))?;
        if allowed > 1 {
            return Err(refusal(codes::INVALID_MARKET));
        }
        entry.state.self_trade_allowed = allowed;
        MarketSelfTradeChanged {
            market,
            allowed,
            reserved: [0; 3],
        }
        .append(out);
        Ok(())
    }

    pub(crate) fn set_market_fees(
        &mut self,
        command: &SetMarketFees,
        out: &mut Vec<u8>,
    ) -> Result<(), Refusal> {
        let market = command.market;
        self.check_market_fees(command)
            .map_err(|code| Refusal::new(code).about(u64::from(market)))?;
        let state = &mut self.markets.at_mut(market).state;
        state.maker_fee_ppm = command.maker_fee_ppm;
        state.taker_fee_ppm = command.taker_fee_ppm;
        state.creator_share_ppm = command.creator_share_ppm;
        state.creator_account = command.creator_account;
        MarketFeesChanged {
            market,
            maker_fee_ppm: command.maker_fee_ppm,
            taker_fee_ppm: command.taker_fee_ppm,
            creator_share_ppm: command.creator_share_ppm,
            creator_account: command.creator_account,
            reserved: [0; 4],
        }
        .append(out);
        Ok(())
    }
}

/// What a market that was just listed is: open, with nothing traded.
fn listing_state(market: u32, command: &CreateMarket) -> MarketState {
    MarketState {
        market,
        base: command.base,
        quote: command.quote,
        tick_decimals: command.tick_decimals,
        status: MarketStatus::Open as u8,
        self_trade_allowed: 0,
        reserved: [0],
        tick_size: command.tick_size,
        lot_size: command.lot_size,
        min_notional: command.min_notional,
        max_quantity: command.max_quantity,
        maker_fee_ppm: command.maker_fee_ppm,
        taker_fee_ppm: command.taker_fee_ppm,
        creator_share_ppm: command.creator_share_ppm,
        creator_account: command.creator_account,
        fee_account: command.fee_account,
        max_open_orders: command.max_open_orders,
        last_trade_id: 0,
        book_sequence: 0,
        last_price: 0,
    }
}
