//! Self-trade prevention: which orders are not to trade, and what is done when they meet.

use alloc::vec::Vec;

use cse_book::{Order, opposite};
use cse_wire::{CloseReason, Message, SelfTradePrevention, Side};

use super::told::{Met, Party};
use crate::accounts::Accounts;
use crate::exchange::{Exchange, Moment};
use crate::money::release_beyond_need;
use crate::orders::Incoming;

/// An incoming order, as far as it matters which orders are its own.
#[derive(Clone, Copy)]
pub(crate) struct Taker {
    account: u32,
    owner: u32,
    prevention: SelfTradePrevention,
}

impl Taker {
    pub(crate) fn new(accounts: &Accounts, account: u32, prevention: SelfTradePrevention) -> Self {
        Self {
            account,
            owner: accounts.owner_of(account),
            prevention,
        }
    }

    pub(crate) fn of(accounts: &Accounts, incoming: &Incoming) -> Self {
        let account = incoming.order.account;
        Self::new(accounts, account, incoming.details.prevention)
    }

    /// The same, where nothing is to be decremented: its own orders are in its way.
    pub(crate) fn without_decrement(self) -> Self {
        let prevention = match self.prevention {
            SelfTradePrevention::Decrement => SelfTradePrevention::CancelBoth,
            prevention => prevention,
        };
        Self { prevention, ..self }
    }

    /// Whether it is not to trade with an order of the book.
    #[inline]
    pub(crate) fn is_own(self, accounts: &Accounts, maker: &Order) -> bool {
        let is_none = self.prevention == SelfTradePrevention::None;
        let is_same = maker.account == self.account;
        let is_owners = fault!(
            PreventionByAccount,
            is_same,
            accounts.owner_of(maker.account) == self.owner
        );
        is_owners && (!is_none || fault!(AccountTradesWithItself, false, is_same))
    }

    /// What is done instead of a trade with an order of the book; `None` where they trade.
    #[inline]
    pub(crate) fn prevention_with(
        self,
        accounts: &Accounts,
        maker: &Order,
    ) -> Option<SelfTradePrevention> {
        self.is_own(accounts, maker).then(|| self.prevention())
    }

    /// What is done when it meets its own.
    #[inline]
    pub(crate) fn prevention(self) -> SelfTradePrevention {
        match self.prevention {
            SelfTradePrevention::None => SelfTradePrevention::CancelNewest,
            prevention => prevention,
        }
    }
}

impl Exchange {
    /// Does what is done when an incoming order meets its own, the first of the opposite side in
    /// `slot`, with which it would trade `lots`. Says whether the incoming order is to close.
    pub(crate) fn prevent(
        &mut self,
        at: Moment,
        incoming: &mut Incoming,
        slot: u32,
        lots: u64,
        prevention: SelfTradePrevention,
        out: &mut Vec<u8>,
    ) -> bool {
        if prevention == SelfTradePrevention::Decrement {
            self.decrement(incoming, slot, lots);
        }
        let (order, maker) = (&incoming.order, &self.orders[slot]);
        let maker_remaining = self.orders.remaining(slot);
        let met = Met {
            maker: Party {
                id: self.orders.id(slot),
                order: maker,
                remaining: maker_remaining,
            },
            taker: Party {
                id: incoming.details.id,
                order,
                remaining: order.shown,
            },
            price: maker.price(),
            lots,
        };
        met.prevented(prevention).append(out);
        match prevention {
            SelfTradePrevention::CancelNewest | SelfTradePrevention::None => true,
            SelfTradePrevention::CancelOldest => {
                self.close_resting(at, slot, CloseReason::SelfTrade, out);
                false
            }
            SelfTradePrevention::CancelBoth => {
                fault!(CancelBothSparesTheMaker, return true);
                self.close_resting(at, slot, CloseReason::SelfTrade, out);
                true
            }
            SelfTradePrevention::Decrement => {
                let is_empty = maker_remaining == 0;
                if is_empty {
                    self.close_taken(at, slot, CloseReason::SelfTrade, out);
                }
                self.linked_met(at, (!is_empty).then_some(slot), incoming, out);
                incoming.order.shown == 0
            }
        }
    }

    /// Takes `lots` off both orders without a trade, and releases what they held for them. What an
    /// incoming buy holds is looked at when it rests or closes.
    fn decrement(&mut self, incoming: &mut Incoming, slot: u32, lots: u64) {
        let Incoming { order, details, .. } = incoming;
        let market = self.markets.at_mut(order.market);
        market.ladder_mut(opposite(order.side)).take_first(
            &mut self.orders.slab,
            lots,
            &mut self.depth_log,
        );
        order.shown -= fault!(DecrementOfTheMakerOnly, 0, lots);
        if order.side == Side::Sell {
            let spare = market.base_units(lots);
            details.held -= spare;
            self.balances
                .touch(order.account, market.state.base)
                .release(spare);
        }
        let remaining = self.orders.remaining(slot);
        let (maker, details) = self.orders.both_mut(slot);
        fault!(DecrementUnlocksNothing, {
            details.held = crate::money::need(market, maker, remaining, details);
            return;
        });
        release_beyond_need(&mut self.balances, market, maker, remaining, details);
    }
}
