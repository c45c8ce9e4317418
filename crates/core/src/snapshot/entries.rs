//! The state as entries, in the one order that dump and snapshot share.

use alloc::vec::Vec;

use cse_wire::{
    AccountState, AssetState, BalanceState, CancelTimerState, ClientOrderState, CoreState,
    FeeTierState, HeldTransferState, MarketState, Message, OrderLinkState, OrderState, OutboxState,
    RiskCountsState, RiskLimitsState, Side, TransferLeg, TriggerState,
};

use crate::exchange::Exchange;
use crate::money::tail_of;

/// Receives the entries of a state one by one.
pub(crate) trait StateVisitor {
    fn core(&mut self, core: &CoreState);
    fn asset(&mut self, asset: &AssetState);
    fn account(&mut self, account: &AccountState);
    fn balance(&mut self, balance: &BalanceState);
    /// `tick_lot_units` follows from the market's other fields.
    fn market(&mut self, market: &MarketState, tick_lot_units: u64);
    fn fee_tier(&mut self, fee_tier: &FeeTierState);
    fn risk_limits(&mut self, limits: &RiskLimitsState);
    fn order(&mut self, order: &OrderState);
    fn trigger(&mut self, trigger: &TriggerState);
    fn link(&mut self, link: &OrderLinkState);
    fn client_order(&mut self, client_order: &ClientOrderState);
    fn cancel_timer(&mut self, timer: &CancelTimerState);
    fn risk_counts(&mut self, counts: &RiskCountsState);
    fn held_transfer(&mut self, transfer: &HeldTransferState, legs: &[TransferLeg]);
    fn outbox(&mut self, outbox: &OutboxState);
}

impl Exchange {
    pub(crate) fn visit_state(&self, visitor: &mut impl StateVisitor) {
        visitor.core(&CoreState {
            sequence: self.moment.sequence,
            time_us: self.moment.time_us,
            chain: self.chain,
            epoch: self.epoch,
            last_order_id: self.last_order_id,
            last_transfer_id: self.last_transfer_id,
            rules_version: self.rules_version,
            reserved: [0; 4],
        });
        self.assets.iter().for_each(|asset| visitor.asset(asset));
        self.accounts()
            .for_each(|account| visitor.account(&account));
        for account in 1..=self.accounts.count() {
            self.balances
                .of_account(account)
                .for_each(|balance| visitor.balance(&balance));
        }
        let mut triggers = self.trigger_states().into_iter().peekable();
        let mut links = self.link_states().into_iter().peekable();
        for market in self.markets.iter() {
            let id = market.state.market;
            visitor.market(&market.state, market.tick_lot_units);
            market.fee_tiers().for_each(|tier| visitor.fee_tier(&tier));
            self.risk_limits_of(id)
                .for_each(|limits| visitor.risk_limits(limits));
            for side in [Side::Buy, Side::Sell] {
                for slot in market.ladder(side).slots(&self.orders.slab) {
                    visitor.order(&self.order_state(slot));
                }
            }
            while let Some(trigger) = triggers.next_if(|trigger| trigger.market == id) {
                visitor.trigger(&trigger);
            }
            while let Some(link) = links.next_if(|link| link.market == id) {
                visitor.link(&link);
            }
        }
        for account in 1..=self.accounts.count() {
            for client_order in self.client_orders.of_account(account, self.moment.time_us) {
                visitor.client_order(client_order);
            }
        }
        self.cancel_timers
            .iter()
            .for_each(|timer| visitor.cancel_timer(&timer));
        self.risk_counts()
            .for_each(|counts| visitor.risk_counts(&counts));
        for (&transfer, held) in &self.held_transfers {
            visitor.held_transfer(&held.state(transfer), &held.legs);
        }
        for (&source, &number) in &self.outbox {
            visitor.outbox(&OutboxState {
                source,
                reserved: [0; 4],
                number,
            });
        }
    }

    /// Appends the state as `cse_wire` state messages, the body of a snapshot.
    pub fn write_state(&self, out: &mut Vec<u8>) {
        self.visit_state(&mut Writer(out));
    }
}

struct Writer<'a>(&'a mut Vec<u8>);

impl StateVisitor for Writer<'_> {
    fn core(&mut self, core: &CoreState) {
        core.append(self.0);
    }
    fn asset(&mut self, asset: &AssetState) {
        asset.append(self.0);
    }
    fn account(&mut self, account: &AccountState) {
        account.append(self.0);
    }
    fn balance(&mut self, balance: &BalanceState) {
        balance.append(self.0);
    }
    fn market(&mut self, market: &MarketState, _tick_lot_units: u64) {
        market.append(self.0);
    }
    fn fee_tier(&mut self, fee_tier: &FeeTierState) {
        fee_tier.append(self.0);
    }
    fn risk_limits(&mut self, limits: &RiskLimitsState) {
        limits.append(self.0);
    }
    fn order(&mut self, order: &OrderState) {
        order.append(self.0);
    }
    fn trigger(&mut self, trigger: &TriggerState) {
        trigger.append(self.0);
    }
    fn link(&mut self, link: &OrderLinkState) {
        link.append(self.0);
    }
    fn client_order(&mut self, client_order: &ClientOrderState) {
        client_order.append(self.0);
    }
    fn cancel_timer(&mut self, timer: &CancelTimerState) {
        timer.append(self.0);
    }
    fn risk_counts(&mut self, counts: &RiskCountsState) {
        counts.append(self.0);
    }
    fn held_transfer(&mut self, transfer: &HeldTransferState, legs: &[TransferLeg]) {
        transfer.append_with(&tail_of(legs), self.0);
    }
    fn outbox(&mut self, outbox: &OutboxState) {
        outbox.append(self.0);
    }
}
