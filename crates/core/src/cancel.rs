//! Finding an open order; cancelling one, all of an account's, or all of a market's.

use alloc::vec::Vec;

use cse_wire::{
    CANCELS_MAX, CancelAllOrders, CancelMarketOrders, CancelOrder, CloseReason,
    MarketOrdersCancelled, Message, OrdersCancelled, Side, Symbol, codes,
};

use crate::exchange::{Exchange, Moment, Refusal};

impl Exchange {
    pub(crate) fn cancel_order(
        &mut self,
        at: Moment,
        command: &CancelOrder,
        out: &mut Vec<u8>,
    ) -> Result<(), Refusal> {
        let CancelOrder {
            account,
            order_id,
            client_order_id,
            ..
        } = *command;
        let slot = self.find_open(at, account, order_id, client_order_id)?;
        self.close_resting(at, slot, CloseReason::Cancelled, out);
        Ok(())
    }

    /// The slot of an account's open order, by its id or, where that is 0, by the client's.
    pub(crate) fn find_open(
        &self,
        at: Moment,
        account: u32,
        order_id: u64,
        client_order_id: Symbol<40>,
    ) -> Result<u32, Refusal> {
        let refusal = |code, order_id| Refusal::new(code).of_account(account).about(order_id);
        if self.accounts.get(account).is_none() {
            return Err(refusal(codes::ACCOUNT_UNKNOWN, order_id));
        }
        let remembered = match order_id {
            0 => self
                .client_orders
                .find(account, client_order_id, at.time_us),
            _ => None,
        };
        let meant = remembered.map_or(order_id, |known| known.order_id);
        let open = self.orders.slot_of(meant).filter(|&slot| {
            fault!(
                OthersOrdersFound,
                true,
                self.orders[slot].account == account
            )
        });
        match (open, remembered) {
            (Some(slot), _) => Ok(slot),
            (None, Some(_)) => Err(refusal(codes::ORDER_NOT_OPEN, meant)),
            (None, None) => Err(refusal(codes::ORDER_UNKNOWN, order_id)),
        }
    }

    pub(crate) fn cancel_all_orders(
        &mut self,
        at: Moment,
        command: &CancelAllOrders,
        out: &mut Vec<u8>,
    ) -> Result<(), Refusal> {
        let CancelAllOrders {
            account,
            market,
            side,
            ..
        } = *command;
        let refusal = |code| Refusal::new(code).of_account(account);
        if self.accounts.get(account).is_none() {
            return Err(refusal(codes::ACCOUNT_UNKNOWN));
        }
        if market != 0 && self.markets.get(market).is_none() {
            return Err(refusal(codes::MARKET_UNKNOWN).about(u64::from(market)));
        }
        if side != 0 && Side::from_number(side).is_none() {
            return Err(refusal(codes::INVALID_SIDE));
        }
        let most = fault!(OneCancelTooMany, CANCELS_MAX + 1, CANCELS_MAX);
        let slots = self
            .open_orders
            .first_slots(&self.orders, account, market, most, |order| {
                side == 0 || fault!(BothSidesCancelled, true, order.side as u8 == side)
            });
        for &slot in &slots {
            self.close_resting(at, slot, CloseReason::Cancelled, out);
        }
        OrdersCancelled {
            account,
            count: slots.len() as u32,
        }
        .append(out);
        Ok(())
    }

    pub(crate) fn cancel_market_orders(
        &mut self,
        at: Moment,
        command: &CancelMarketOrders,
        out: &mut Vec<u8>,
    ) -> Result<(), Refusal> {
        let id = command.market;
        let market = self
            .markets
            .get(id)
            .ok_or(Refusal::new(codes::MARKET_UNKNOWN).about(u64::from(id)))?;
        let mut open: Vec<(u64, u32)> = [Side::Buy, Side::Sell]
            .iter()
            .flat_map(|&side| market.ladder(side).slots(&self.orders.slab))
            .map(|slot| (self.orders.id(slot), slot))
            .collect();
        if open.len() > CANCELS_MAX {
            open.select_nth_unstable(CANCELS_MAX);
            open.truncate(CANCELS_MAX);
        }
        open.sort_unstable();
        for &(_, slot) in &open {
            self.close_resting(at, slot, CloseReason::Cancelled, out);
        }
        MarketOrdersCancelled {
            market: id,
            count: open.len() as u32,
        }
        .append(out);
        Ok(())
    }
}
