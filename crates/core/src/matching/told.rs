//! What is told of two orders that met: that they traded, or what was done instead.

use cse_book::Order;
use cse_wire::{SelfTradePrevented, SelfTradePrevention, Traded};

use super::settle::Exchanged;
use crate::markets::Market;

/// One of two orders that met, as that has left it.
#[derive(Clone, Copy)]
pub(crate) struct Party<'a> {
    pub(crate) id: u64,
    pub(crate) order: &'a Order,
    pub(crate) remaining: u64,
}

/// Two orders that met, at which price and with how many lots.
#[derive(Clone, Copy)]
pub(crate) struct Met<'a> {
    pub(crate) maker: Party<'a>,
    pub(crate) taker: Party<'a>,
    pub(crate) price: u64,
    pub(crate) lots: u64,
}

impl Met<'_> {
    /// They traded outside an auction, as the last trade of their market.
    #[inline(always)]
    pub(crate) fn traded(
        &self,
        market: &Market,
        exchanged: &Exchanged,
        creator_fee: i128,
    ) -> Traded {
        let Self { maker, taker, .. } = self;
        Traded {
            trade_id: market.state.last_trade_id,
            market: taker.order.market,
            taker_side: taker.order.side as u8,
            auction: 0,
            reserved: [0; 2],
            price: self.price,
            quantity: self.lots,
            notional: exchanged.notional,
            maker_order_id: maker.id,
            taker_order_id: taker.id,
            maker_account: maker.order.account,
            taker_account: taker.order.account,
            maker_fee: exchanged.maker_fee,
            taker_fee: exchanged.taker_fee,
            creator_fee,
            fee_account: market.state.fee_account,
            creator_account: market.state.creator_account,
            maker_remaining: maker.remaining,
            taker_remaining: taker.remaining,
        }
    }

    /// They are of one owner, and did not trade.
    pub(crate) fn prevented(&self, prevention: SelfTradePrevention) -> SelfTradePrevented {
        let Self { maker, taker, .. } = self;
        SelfTradePrevented {
            maker_order_id: maker.id,
            taker_order_id: taker.id,
            maker_account: maker.order.account,
            taker_account: taker.order.account,
            market: taker.order.market,
            taker_side: taker.order.side as u8,
            self_trade_prevention: prevention as u8,
            reserved: [0; 2],
            price: self.price,
            quantity: self.lots,
            maker_remaining: maker.remaining,
            taker_remaining: taker.remaining,
        }
    }
}
