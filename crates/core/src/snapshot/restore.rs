//! Reading a state back from a snapshot's body.

use alloc::collections::BTreeMap;
use alloc::vec::Vec;
use core::mem;

use cse_book::Order;
use cse_wire::{
    AccountKind, AccountState, AssetState, BalanceState, CancelTimerState, ClientOrderState,
    CoreState, CreateMarket, DECIMALS_MAX, FEE_TIER_MAX, FeeTierState, HeldTransferState,
    MarketState, Message, ORDER_ID_LIMIT, OrderLinkState, OrderState, OutboxState, RiskCountsState,
    RiskLimitsState, Symbol, TriggerState, header_of,
};

use super::consistency::check_consistency;
use super::restore_market::check_market;
use super::restore_order::restored_order;
use crate::epochs::RULES_VERSION;
use crate::exchange::{Exchange, Moment};
use crate::money::{check_promotion, is_asset_symbol};

/// Counters beyond this are no counters of ours.
const COUNTER_LIMIT: u64 = 1 << 60;
/// Balances beyond this would leave no room for a sum.
const BALANCE_LIMIT: u128 = 1 << 120;

/// Why a state cannot be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StateError {
    /// Where the entry begins that cannot be, in bytes.
    pub offset: usize,
    /// What is wrong with it.
    pub reason: &'static str,
}

pub(crate) type Checked = Result<(), &'static str>;

/// What is read but can only be placed once all is read.
#[derive(Default)]
pub(super) struct Restoring {
    pub(super) exchange: Exchange,
    has_core: bool,
    /// Slots of the orders.
    slots: Vec<u32>,
    /// The client order ids that orders say they have, by order id.
    pub(super) named: BTreeMap<u64, Symbol<40>>,
    pub(super) clients: Vec<ClientOrderState>,
    links: Vec<OrderLinkState>,
}

impl Exchange {
    /// Reads the state that `write_state` wrote. It then goes on exactly as the original would.
    ///
    /// # Errors
    /// [`StateError`] when an entry is malformed, out of place, or contradicts another.
    pub fn read_state(body: &[u8]) -> Result<Self, StateError> {
        let mut restoring = Restoring::default();
        let mut offset = 0;
        while offset < body.len() {
            let rest = &body[offset..];
            let length = restoring
                .entry(rest)
                .map_err(|reason| StateError { offset, reason })?;
            offset += length;
        }
        restoring
            .finish()
            .map_err(|reason| StateError { offset, reason })
    }
}

impl Restoring {
    /// Takes the entry at the start of `bytes` in, and says its length.
    fn entry(&mut self, bytes: &[u8]) -> Result<usize, &'static str> {
        let header = header_of(bytes).map_err(|_| "it is no message")?;
        if (header.kind == CoreState::KIND) == self.has_core {
            return Err("the counters come first, and once");
        }
        match header.kind {
            CoreState::KIND => self.core(&decoded(bytes)?)?,
            AssetState::KIND => self.asset(&decoded(bytes)?)?,
            AccountState::KIND => self.account(&decoded(bytes)?)?,
            BalanceState::KIND => self.balance(&decoded(bytes)?)?,
            MarketState::KIND => self.market(&decoded(bytes)?)?,
            FeeTierState::KIND => self.exchange.restore_fee_tier(&decoded(bytes)?)?,
            RiskLimitsState::KIND => self.exchange.restore_risk_limits(&decoded(bytes)?)?,
            OrderState::KIND => self.order(&decoded(bytes)?)?,
            TriggerState::KIND => self.trigger(&decoded(bytes)?)?,
            OrderLinkState::KIND => self.links.push(decoded(bytes)?),
            ClientOrderState::KIND => self.client_order(&decoded(bytes)?)?,
            CancelTimerState::KIND => self.exchange.restore_cancel_timer(&decoded(bytes)?)?,
            RiskCountsState::KIND => self.exchange.restore_risk_counts(&decoded(bytes)?)?,
            HeldTransferState::KIND => {
                let (state, tail) = decoded_with_tail(bytes)?;
                self.exchange.restore_held_transfer(&state, tail)?;
            }
            OutboxState::KIND => self.outbox(&decoded(bytes)?)?,
            _ => return Err("it is no entry of a state"),
        }
        Ok(header.length as usize)
    }

    fn core(&mut self, core: &CoreState) -> Checked {
        let counters = [core.sequence, core.epoch, core.last_transfer_id];
        check(
            counters.iter().all(|&counter| counter < COUNTER_LIMIT),
            "a counter is too high",
        )?;
        check(
            core.last_order_id < ORDER_ID_LIMIT,
            "the last order id is too high",
        )?;
        check(core.rules_version == RULES_VERSION, "its rules are unknown")?;
        let exchange = &mut self.exchange;
        exchange.moment = Moment {
            sequence: core.sequence,
            time_us: core.time_us,
        };
        exchange.chain = core.chain;
        exchange.epoch = core.epoch;
        exchange.rules_version = core.rules_version;
        exchange.last_order_id = core.last_order_id;
        exchange.last_transfer_id = core.last_transfer_id;
        self.has_core = true;
        Ok(())
    }

    fn asset(&mut self, asset: &AssetState) -> Checked {
        let assets = &mut self.exchange.assets;
        check(
            asset.asset == assets.next_id(),
            "the asset's id is not the next",
        )?;
        check(is_asset_symbol(asset.symbol), "the symbol is none")?;
        check(!assets.has_symbol(asset.symbol), "the symbol is taken")?;
        check(asset.decimals <= DECIMALS_MAX, "the decimals are too many")?;
        assets.push(*asset);
        Ok(())
    }

    fn account(&mut self, account: &AccountState) -> Checked {
        let exchange = &mut self.exchange;
        check(
            account.account == exchange.accounts.count() + 1,
            "the account's id is not the next",
        )?;
        let kind = exchange
            .check_opening(&account.owner, account.kind)
            .map_err(|_| "kind and owner do not fit")?;
        check(account.frozen <= 1, "frozen is neither 0 nor 1")?;
        check(account.tier <= FEE_TIER_MAX, "the fee tier is none")?;
        check(
            account.closed_client_orders < COUNTER_LIMIT,
            "a counter is too high",
        )?;
        let id = exchange.add_account(account.owner, kind, account.frozen == 1);
        if let Some(entry) = exchange.accounts.get_mut(id) {
            entry.tier = account.tier;
        }
        exchange
            .client_orders
            .restore_count(id, account.closed_client_orders);
        Ok(())
    }

    fn balance(&mut self, balance: &BalanceState) -> Checked {
        let BalanceState {
            account,
            asset,
            available,
            locked,
        } = *balance;
        let exchange = &mut self.exchange;
        let kind = exchange
            .accounts
            .get(account)
            .ok_or("the account is unknown")?
            .kind;
        check(exchange.assets.get(asset).is_some(), "the asset is unknown")?;
        let is_external = kind == AccountKind::External;
        check(
            locked >= 0 && (available >= 0 || is_external),
            "a balance is below zero",
        )?;
        let size = available.unsigned_abs().max(locked.unsigned_abs());
        check(size < BALANCE_LIMIT, "a balance is too large")?;
        let entry = exchange.balances.restore(account, asset);
        check(
            (entry.available, entry.locked) == (0, 0),
            "the balance stands twice",
        )?;
        (entry.available, entry.locked) = (available, locked);
        Ok(())
    }

    fn market(&mut self, state: &MarketState) -> Checked {
        let exchange = &mut self.exchange;
        check(
            state.market == exchange.markets.next_id(),
            "the market's id is not the next",
        )?;
        check_market(state)?;
        check_promotion(state)?;
        let counters = [state.last_trade_id, state.book_sequence];
        check(
            counters.iter().all(|&counter| counter < COUNTER_LIMIT),
            "a counter is too high",
        )?;
        let listing = exchange
            .check_listing(&as_command(state))
            .map_err(|_| "the market could not be listed like this")?;
        exchange
            .markets
            .push(*state, listing.tick_lot_units, listing.name);
        exchange.auctions.follow(exchange.markets.at(state.market));
        Ok(())
    }

    fn order(&mut self, state: &OrderState) -> Checked {
        let exchange = &mut self.exchange;
        let incoming = restored_order(exchange, state)?;
        if !state.client_order_id.is_empty() {
            self.named.insert(state.order_id, state.client_order_id);
        }
        let side = incoming.order.side;
        let market = exchange.markets.at_mut(state.market);
        let expires_at_us = fault!(
            RestoredWithoutExpiry,
            crate::orders::NEVER,
            incoming.details.expires_at_us
        );
        exchange.expiries.add(expires_at_us, state.order_id);
        let hidden = state.quantity - state.filled_quantity - state.displayed_quantity;
        let slot = exchange.orders.insert(&incoming);
        exchange.orders.slab.hide(slot, hidden);
        market
            .ladder_mut(side)
            .join_as_shown(&mut exchange.orders.slab, slot, &mut ());
        self.slots.push(slot);
        Ok(())
    }

    fn trigger(&mut self, state: &TriggerState) -> Checked {
        let slot = self.exchange.restore_trigger(state)?;
        if !state.client_order_id.is_empty() {
            self.named.insert(state.order_id, state.client_order_id);
        }
        self.slots.push(slot);
        Ok(())
    }

    fn outbox(&mut self, outbox: &OutboxState) -> Checked {
        let OutboxState { source, number, .. } = *outbox;
        check(
            source != 0 && number < COUNTER_LIMIT,
            "the outbox's number is none",
        )?;
        check(
            self.exchange.outbox.insert(source, number).is_none(),
            "the outbox stands twice",
        )
    }

    fn finish(mut self) -> Result<Exchange, &'static str> {
        check(self.has_core, "there are no counters")?;
        self.place_orders();
        self.place_clients()?;
        for link in &self.links {
            self.exchange.restore_link(link)?;
        }
        self.exchange.restore_queues()?;
        self.exchange.check_triggers()?;
        check_consistency(&self.exchange)?;
        Ok(self.exchange)
    }

    /// Chains the orders of each account, whose ids must come in ascending.
    fn place_orders(&mut self) {
        let exchange = &mut self.exchange;
        let mut slots = mem::take(&mut self.slots);
        let by_id = |&slot: &u32| fault!(RestoredInBookOrder, 0, exchange.orders.id(slot));
        slots.sort_by_key(by_id);
        for slot in slots {
            let Order {
                account, market, ..
            } = exchange.orders[slot];
            let order_id = exchange.orders.id(slot);
            exchange.open_orders.push(account, market, order_id);
        }
    }
}

pub(crate) fn check(holds: bool, reason: &'static str) -> Checked {
    if holds { Ok(()) } else { Err(reason) }
}

fn decoded<M: Message>(bytes: &[u8]) -> Result<M, &'static str> {
    Ok(decoded_with_tail(bytes)?.0)
}

fn decoded_with_tail<M: Message>(bytes: &[u8]) -> Result<(M, &[u8]), &'static str> {
    M::decode(bytes).map_err(|_| "it does not fit its layout")
}

/// The listing that a market in a state must still pass.
fn as_command(state: &MarketState) -> CreateMarket {
    CreateMarket {
        base: state.base,
        quote: state.quote,
        tick_size: state.tick_size,
        lot_size: state.lot_size,
        min_notional: state.min_notional,
        max_quantity: state.max_quantity,
        maker_fee_ppm: state.maker_fee_ppm,
        taker_fee_ppm: state.taker_fee_ppm,
        creator_share_ppm: state.creator_share_ppm,
        creator_account: state.creator_account,
        fee_account: state.fee_account,
        price_band_ppm: state.price_band_ppm,
        max_open_orders: state.max_open_orders,
        tick_decimals: state.tick_decimals,
        status: 0,
        reserved: [0; 2],
    }
}
