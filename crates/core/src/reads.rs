//! Reads. What each costs is in proportion to what it returns.

use alloc::vec::Vec;

use cse_book::NONE;
use cse_wire::{
    AccountState, AssetState, BalanceState, ClientOrderState, FeeTierState, MarketState, Message,
    OrderState, Side, Symbol, TriggerState, external_owner,
};

use crate::exchange::Exchange;
use crate::markets::Market;
use crate::money::tail_of;

/// An open order: it rests in the book, or is a trigger order that has not matched yet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OpenOrder {
    /// In the book.
    Resting(OrderState),
    /// Outside it.
    Waiting(TriggerState),
}

impl OpenOrder {
    /// Appends it as a message.
    pub fn append(&self, out: &mut Vec<u8>) {
        match self {
            Self::Resting(state) => state.append(out),
            Self::Waiting(state) => state.append(out),
        }
    }

    /// The order's id.
    #[must_use]
    pub fn order_id(&self) -> u64 {
        match self {
            Self::Resting(state) => state.order_id,
            Self::Waiting(state) => state.order_id,
        }
    }

    /// The sequence at which it was taken in.
    #[must_use]
    pub fn accepted_sequence(&self) -> u64 {
        match self {
            Self::Resting(state) => state.accepted_sequence,
            Self::Waiting(state) => state.accepted_sequence,
        }
    }

    /// Its side, a `Side`.
    #[must_use]
    pub fn side(&self) -> u8 {
        match self {
            Self::Resting(state) => state.side,
            Self::Waiting(state) => state.side,
        }
    }

    /// Whose it is.
    #[must_use]
    pub fn account(&self) -> u32 {
        match self {
            Self::Resting(state) => state.account,
            Self::Waiting(state) => state.account,
        }
    }
}

impl Exchange {
    /// All assets, ascending by id.
    pub fn assets(&self) -> impl Iterator<Item = AssetState> + '_ {
        self.assets.iter().copied()
    }

    /// An asset.
    #[must_use]
    pub fn asset(&self, asset: u32) -> Option<AssetState> {
        self.assets.get(asset).copied()
    }

    /// All accounts, ascending by id.
    pub fn accounts(&self) -> impl Iterator<Item = AccountState> + '_ {
        (1..=self.accounts.count()).filter_map(|account| self.account(account))
    }

    /// An account.
    #[must_use]
    pub fn account(&self, account: u32) -> Option<AccountState> {
        let entry = self.accounts.get(account)?;
        Some(AccountState {
            account,
            kind: entry.kind as u8,
            frozen: u8::from(entry.frozen),
            tier: entry.tier,
            reserved: [0],
            owner: self.accounts.owner_id(entry),
            closed_client_orders: self.client_orders.closed_count(account),
        })
    }

    /// The main account of an owner.
    #[must_use]
    pub fn main_account(&self, owner: &[u8; 16]) -> Option<u32> {
        self.accounts.main_of(owner)
    }

    /// The account from which an asset comes in out of a network, and to which it goes back.
    #[must_use]
    pub fn external_account(&self, asset: u32, network: u32) -> Option<u32> {
        self.accounts.external_of(&external_owner(asset, network))
    }

    /// All markets, ascending by id.
    pub fn markets(&self) -> impl Iterator<Item = MarketState> + '_ {
        self.markets.iter().map(|market| market.state)
    }

    /// A market.
    #[must_use]
    pub fn market(&self, market: u32) -> Option<MarketState> {
        Some(self.markets.get(market)?.state)
    }

    /// The rates that markets have for fee tiers other than 0, ascending by market and tier.
    pub fn fee_tiers(&self) -> impl Iterator<Item = FeeTierState> + '_ {
        self.markets.iter().flat_map(Market::fee_tiers)
    }

    /// Appends the held transfers as `HeldTransferState` messages with their legs, ascending by id.
    pub fn write_held_transfers(&self, out: &mut Vec<u8>) {
        for (&transfer, held) in &self.held_transfers {
            held.state(transfer).append_with(&tail_of(&held.legs), out);
        }
    }

    /// The balances of an account that are not zero, ascending by asset.
    #[must_use]
    pub fn balances(&self, account: u32) -> Vec<BalanceState> {
        self.balances.of_account(account).collect()
    }

    /// An open order.
    #[must_use]
    pub fn order(&self, order_id: u64) -> Option<OpenOrder> {
        let slot = self.orders.slot_of(order_id)?;
        Some(self.open_order(slot))
    }

    /// The orders that an order is linked with, ascending by id; none of one that is linked no longer.
    #[must_use]
    pub fn linked_orders(&self, order_id: u64) -> Vec<u64> {
        let place = self.links.place_of(order_id);
        let link = place.and_then(|place| self.links.get(place));
        link.map_or_else(Vec::new, |link| {
            link.orders().filter(|&id| id != order_id).collect()
        })
    }

    /// When an account's cancel timer fires, microseconds UTC; none where it has none.
    #[must_use]
    pub fn cancel_timer(&self, account: u32) -> Option<i64> {
        self.cancel_timers.fires_at_us(account)
    }

    /// What is remembered under a client order id.
    #[must_use]
    pub fn client_order(&self, account: u32, id: &[u8]) -> Option<ClientOrderState> {
        self.client_orders
            .find(account, Symbol::new(id)?, self.moment.time_us)
            .copied()
    }

    /// The open orders of an account in a market, or in all where it is 0, ascending by id.
    #[must_use]
    pub fn open_orders(&self, account: u32, market: u32) -> Vec<OpenOrder> {
        let slots = self.open_orders.slots(&self.orders, account, market);
        slots
            .into_iter()
            .map(|slot| self.open_order(slot))
            .collect()
    }

    /// The newest `limit` of an account's open orders in a market, or in all where it is 0, whose ids
    /// are below `before`; ascending by id.
    #[must_use]
    pub fn open_orders_before(
        &self,
        account: u32,
        market: u32,
        before: u64,
        limit: usize,
    ) -> Vec<OpenOrder> {
        let newest =
            self.open_orders
                .last_slots_before(&self.orders, account, market, before, limit);
        newest
            .into_iter()
            .map(|slot| self.open_order(slot))
            .collect()
    }

    /// The open orders of a market: bids, then asks, best price first and oldest first, as they stand
    /// in their queues; then those that are outside the book, ascending by id.
    #[must_use]
    pub fn market_orders(&self, market: u32) -> Vec<OpenOrder> {
        let Some(entry) = self.markets.get(market) else {
            return Vec::new();
        };
        let resting = [Side::Buy, Side::Sell]
            .into_iter()
            .flat_map(|side| entry.ladder(side).slots(&self.orders.slab))
            .map(|slot| OpenOrder::Resting(self.order_state(slot)));
        let waiting = self.trigger_states().into_iter();
        let waiting = waiting.filter(|state| state.market == market);
        resting.chain(waiting.map(OpenOrder::Waiting)).collect()
    }

    /// Prices in ticks and lots displayed there, best first, at most `levels`; none where there is
    /// no such market.
    #[must_use]
    pub fn depth(&self, market: u32, side: Side, levels: usize) -> Vec<(u64, u64)> {
        let ladder = self.markets.get(market).map(|market| market.ladder(side));
        let levels_of = ladder.into_iter().flat_map(|ladder| ladder.levels());
        levels_of.take(levels).collect()
    }

    /// The lots displayed at a price; 0 where nothing rests, or there is no such market.
    #[must_use]
    pub fn displayed(&self, market: u32, side: Side, price: u64) -> u64 {
        let ladder = self.markets.get(market).map(|market| market.ladder(side));
        ladder.map_or(0, |ladder| ladder.displayed(price))
    }

    /// The last number taken of an outbox; 0 where none was.
    #[must_use]
    pub fn outbox_number(&self, source: u32) -> u64 {
        self.outbox.get(&source).copied().unwrap_or(0)
    }

    fn open_order(&self, slot: u32) -> OpenOrder {
        match self.orders.details(slot).trigger {
            NONE => OpenOrder::Resting(self.order_state(slot)),
            place => OpenOrder::Waiting(self.trigger_state(&self.triggers[place])),
        }
    }

    pub(crate) fn order_state(&self, slot: u32) -> OrderState {
        let client = self.orders.details(slot).client;
        self.orders.state(slot, self.client_orders.id_in(client))
    }
}
