//! Markets and their books.

use alloc::collections::BTreeMap;
use alloc::vec::Vec;

use cse_book::{Book, Ladder};
use cse_prefetch::prefetch;
use cse_wire::{
    CreateMarket, FEE_TIER_MAX, MarketCreated, MarketSelfTradeChanged, MarketState, MarketStatus,
    Message, SetMarketSelfTrade, Side, Symbol, codes,
};

use crate::exchange::Exchange;
use crate::money::TierRates;
use crate::refusal::Refusal;
use crate::triggers::MarketTriggers;

/// A market with its two sides.
pub(crate) struct Market {
    pub(crate) state: MarketState,
    /// Quote units of one lot at one tick.
    pub(crate) tick_lot_units: u64,
    pub(crate) triggers: MarketTriggers,
    pub(crate) tier_rates: TierRates,
    book: Book,
}

impl Market {
    #[inline(always)]
    pub(crate) fn ladder(&self, side: Side) -> &Ladder {
        self.book.ladder(side)
    }

    #[inline(always)]
    pub(crate) fn ladder_mut(&mut self, side: Side) -> &mut Ladder {
        self.book.ladder_mut(side)
    }

    /// Whether this is the market's status.
    #[inline(always)]
    pub(crate) fn is(&self, status: MarketStatus) -> bool {
        self.state.status == status as u8
    }

    /// Whether orders are placed and amended: in continuous trading, or collected in an auction.
    #[inline(always)]
    pub(crate) fn takes_orders(&self) -> bool {
        self.is(MarketStatus::Open) || (self.is(MarketStatus::Auction) && !self.is_uncrossing())
    }

    /// Whether an auction has ended and has not done with its orders yet.
    pub(crate) fn is_uncrossing(&self) -> bool {
        self.state.uncross_price != 0
    }

    /// The best prices of both sides, bid and ask, where they cross.
    pub(crate) fn crossing(&self) -> Option<(u64, u64)> {
        let bid = self.ladder(Side::Buy).best_price()?;
        let ask = self.ladder(Side::Sell).best_price()?;
        (bid >= ask).then_some((bid, ask))
    }

    /// Whether no order rests here.
    pub(crate) fn is_empty(&self) -> bool {
        [Side::Buy, Side::Sell]
            .iter()
            .all(|&side| self.ladder(side).best_price().is_none())
    }

    /// What trades are measured by: the last price, or before the first trade what stands for it.
    pub(crate) fn reference_price(&self) -> Option<u64> {
        let state = &self.state;
        [state.last_price, state.reference_price]
            .into_iter()
            .find(|&price| price != 0)
    }

    /// Has brought near what every order looks at.
    #[inline]
    pub(crate) fn prefetch(&self) {
        self.book.prefetch();
        prefetch(&self.state);
        prefetch(&self.state.book_sequence);
        prefetch(&self.state.min_quantity);
        prefetch(&self.tick_lot_units);
    }

    /// What orders of a side hold.
    #[inline(always)]
    pub(crate) fn held_asset(&self, side: Side) -> u32 {
        match side {
            Side::Buy => self.state.quote,
            Side::Sell => self.state.base,
        }
    }

    /// Quote units of one lot at a price; below 2^76.
    #[inline(always)]
    pub(crate) fn lot_notional(&self, price: u64) -> u128 {
        u128::from(price) * u128::from(self.tick_lot_units)
    }

    /// Quote units of some lots at a price; below 2^126 by the bounds of its factors.
    #[inline(always)]
    pub(crate) fn notional(&self, price: u64, lots: u64) -> u128 {
        self.lot_notional(price).wrapping_mul(u128::from(lots))
    }

    /// The lots at a price that an amount of quote units reaches for, at most `most`.
    pub(crate) fn lots_for(&self, amount: u128, price: u64, most: u64) -> u64 {
        let lots = amount / self.lot_notional(price);
        u64::try_from(lots).map_or(most, |lots| lots.min(most))
    }

    /// Base units of some lots; below 2^100.
    #[inline(always)]
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
    #[inline(always)]
    pub(crate) fn get(&self, market: u32) -> Option<&Market> {
        self.list.get((market as usize).checked_sub(1)?)
    }

    pub(crate) fn get_mut(&mut self, market: u32) -> Option<&mut Market> {
        self.list.get_mut((market as usize).checked_sub(1)?)
    }

    /// A market that exists.
    #[inline(always)]
    pub(crate) fn at(&self, market: u32) -> &Market {
        &self.list[market as usize - 1]
    }

    /// A market that exists.
    #[inline(always)]
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
            triggers: MarketTriggers::default(),
            tier_rates: [None; FEE_TIER_MAX as usize],
            book: Book::default(),
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
            price_band_ppm: state.price_band_ppm,
            tick_decimals: state.tick_decimals,
            status: state.status,
            reserved: [0; 6],
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
}

/// What a market that was just listed is, with nothing traded.
fn listing_state(market: u32, command: &CreateMarket) -> MarketState {
    MarketState {
        market,
        base: command.base,
        quote: command.quote,
        tick_decimals: command.tick_decimals,
        status: match command.status {
            0 => MarketStatus::Open as u8,
            status => status,
        },
        self_trade_allowed: 0,
        indicated_side: 0,
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
        promotion_maker_fee_ppm: 0,
        promotion_taker_fee_ppm: 0,
        promotion_ends_at_us: 0,
        auction_ends_at_us: 0,
        uncross_price: 0,
        reference_price: 0,
        interruption_reference: 0,
        interruption_reference_at_us: 0,
        max_notional: 0,
        min_quantity: 0,
        price_band_ppm: command.price_band_ppm,
        interruption_ppm: 0,
        interruption_window_s: 0,
        interruption_auction_s: 0,
        indicated_price: 0,
        indicated_volume: 0,
        indicated_surplus: 0,
        price_increment: 1,
        quantity_increment: 1,
    }
}
