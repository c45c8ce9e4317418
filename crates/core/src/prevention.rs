//! Self-trade prevention: which orders are not to trade, and what is done when they meet.

use alloc::vec::Vec;

use cse_wire::{CloseReason, Message, SelfTradePrevented, SelfTradePrevention, Side};

use crate::accounts::Accounts;
use crate::exchange::{Exchange, Moment};
use crate::holds::need;
use crate::orders::{Order, opposite};

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

    /// What is done instead of a trade with an order of `account`; `None` where they trade.
    #[inline]
    pub(crate) fn prevention_with(
        self,
        accounts: &Accounts,
        account: u32,
    ) -> Option<SelfTradePrevention> {
        if accounts.owner_of(account) != self.owner {
            return None;
        }
        match self.prevention {
            SelfTradePrevention::None if account != self.account => None,
            SelfTradePrevention::None => Some(SelfTradePrevention::CancelNewest),
            prevention => Some(prevention),
        }
    }
}

impl Exchange {
    /// Does what is done when an incoming order meets its own, the first of the opposite side in
    /// `slot`, with which it would trade `lots`. Says whether the incoming order is to close.
    pub(crate) fn prevent(
        &mut self,
        at: Moment,
        order: &mut Order,
        slot: u32,
        lots: u64,
        prevention: SelfTradePrevention,
        out: &mut Vec<u8>,
    ) -> bool {
        if prevention == SelfTradePrevention::Decrement {
            self.decrement(order, slot, lots);
        }
        let maker = &self.orders[slot];
        SelfTradePrevented {
            maker_order_id: maker.id,
            taker_order_id: order.id,
            maker_account: maker.account,
            taker_account: order.account,
            market: order.market,
            taker_side: order.side as u8,
            self_trade_prevention: prevention as u8,
            reserved: [0; 2],
            price: maker.price,
            quantity: lots,
            maker_remaining: maker.remaining,
            taker_remaining: order.remaining,
        }
        .append(out);
        match prevention {
            SelfTradePrevention::CancelNewest | SelfTradePrevention::None => true,
            SelfTradePrevention::CancelOldest => {
                self.close_resting(at, slot, CloseReason::SelfTrade, out);
                false
            }
            SelfTradePrevention::CancelBoth => {
                self.close_resting(at, slot, CloseReason::SelfTrade, out);
                true
            }
            SelfTradePrevention::Decrement => {
                if maker.remaining == 0 {
                    self.close_taken(at, slot, CloseReason::SelfTrade, out);
                }
                order.remaining == 0
            }
        }
    }

    /// Takes `lots` off both orders without a trade, and releases what they held for them. What an
    /// incoming buy holds is looked at when it rests or closes.
    fn decrement(&mut self, order: &mut Order, slot: u32, lots: u64) {
        let market = self.markets.at_mut(order.market);
        market.ladder_mut(opposite(order.side)).take_first(
            &mut self.orders,
            lots,
            &mut self.depth_log,
        );
        order.remaining -= lots;
        if order.side == Side::Sell {
            let spare = market.base_units(lots);
            order.held -= spare;
            self.balances
                .touch(order.account, market.state.base)
                .release(spare);
        }
        let maker = &mut self.orders[slot];
        let needed = need(market, maker);
        let spare = maker.held - needed;
        maker.held = needed;
        self.balances
            .touch(maker.account, market.held_asset(maker.side))
            .release(spare);
    }
}
