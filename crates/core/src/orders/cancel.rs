//! Finding an open order; cancelling one, all of an account's, or all of a market's.

use alloc::vec::Vec;

use cse_book::Order;
use cse_wire::{
    CANCELS_MAX, CancelAllOrders, CancelMarketOrders, CancelOrder, CloseReason,
    MarketOrdersCancelled, Message, OrdersCancelled, Side, Symbol, codes,
};

use crate::exchange::{Exchange, Moment, whole};
use crate::refusal::Refusal;

impl Exchange {
    #[inline(never)]
    pub(crate) fn cancel_order(
        &mut self,
        at: Moment,
        bytes: &[u8],
        out: &mut Vec<u8>,
    ) -> Result<(), Refusal> {
        if !CancelOrder::is_all_of_short(bytes) {
            return self.cancel_any(at, bytes, out);
        }
        // Compiled for itself, as placing a plain order is: it names no client's id.
        let command = CancelOrder::get_fields(&bytes[..CancelOrder::SHORT_WIDTH]);
        self.cancel(at, &command, out)
    }

    #[inline(never)]
    fn cancel_any(&mut self, at: Moment, bytes: &[u8], out: &mut Vec<u8>) -> Result<(), Refusal> {
        let (command, _) = whole(bytes)?;
        self.cancel(at, &command, out)
    }

    #[inline(always)]
    fn cancel(
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
        self.close_open(at, slot, CloseReason::Cancelled, out);
        Ok(())
    }

    /// The slot of an account's open order, by its id or, where that is 0, by the client's.
    #[inline(always)]
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
        let fits =
            |order: &Order| side == 0 || fault!(BothSidesCancelled, true, order.side as u8 == side);
        let most = fault!(OneCancelTooMany, CANCELS_MAX + 1, CANCELS_MAX);
        let count = self.cancel_first(at, (account, market), most, fits, out);
        OrdersCancelled { account, count }.append(out);
        Ok(())
    }

    pub(crate) fn cancel_market_orders(
        &mut self,
        at: Moment,
        command: &CancelMarketOrders,
        out: &mut Vec<u8>,
    ) -> Result<(), Refusal> {
        let market = command.market;
        if self.markets.get(market).is_none() {
            return Err(Refusal::new(codes::MARKET_UNKNOWN).about(u64::from(market)));
        }
        // Each closes at most two others with it.
        let mut ids = self.open_in_market(market);
        if ids.len() > 3 * CANCELS_MAX {
            ids.select_nth_unstable(3 * CANCELS_MAX);
            ids.truncate(3 * CANCELS_MAX);
        }
        ids.sort_unstable();
        let count = self.cancel_up_to(at, CANCELS_MAX, &ids, out);
        MarketOrdersCancelled { market, count }.append(out);
        Ok(())
    }

    /// The ids of all open orders of a market that is there, those outside the book too.
    fn open_in_market(&self, market: u32) -> Vec<u64> {
        let entry = self.markets.at(market);
        let resting = [Side::Buy, Side::Sell]
            .into_iter()
            .flat_map(|side| entry.ladder(side).slots(&self.orders.slab));
        let others = self.triggers.iter().map(|trigger| trigger.slot);
        let others = others.filter(|&slot| self.orders[slot].market == market);
        resting
            .chain(others)
            .map(|slot| self.orders.id(slot))
            .collect()
    }

    /// Whether an order of a market that is there is open.
    pub(crate) fn has_orders(&self, market: u32) -> bool {
        let of_market = |slot: u32| self.orders[slot].market == market;
        !self.markets.at(market).is_empty()
            || self.triggers.iter().any(|trigger| of_market(trigger.slot))
    }

    /// Cancels an account's open orders in a market, or in all where it is 0, that fit, ascending by
    /// id, as many as may be, and says how many.
    pub(crate) fn cancel_first(
        &mut self,
        at: Moment,
        (account, market): (u32, u32),
        most: usize,
        fits: impl Fn(&Order) -> bool,
        out: &mut Vec<u8>,
    ) -> u32 {
        // Each closes at most two others with it.
        let slots = self
            .open_orders
            .first_slots(&self.orders, account, market, 3 * most, fits);
        let ids: Vec<u64> = slots.iter().map(|&slot| self.orders.id(slot)).collect();
        self.cancel_up_to(at, most, &ids, out)
    }

    /// Cancels those of some orders that are still open when their turn comes, as many as may be, and
    /// says how many. One that a link closes before its turn is passed over.
    fn cancel_up_to(&mut self, at: Moment, most: usize, ids: &[u64], out: &mut Vec<u8>) -> u32 {
        let mut count = 0;
        for &id in ids {
            if count == most {
                break;
            }
            if let Some(slot) = self.orders.slot_of(id) {
                self.close_open(at, slot, CloseReason::Cancelled, out);
                count += 1;
            }
        }
        count as u32
    }
}
