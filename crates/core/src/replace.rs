//! Cancelling an order and placing another, as one.

use alloc::vec::Vec;

use cse_book::Order;
use cse_wire::{CancelOrder, CloseReason, Message, PlaceOrder, ReplaceMode, ReplaceOrder, codes};

use crate::exchange::{Exchange, Moment, Refusal, reject, whole};
use crate::place::Identity;

impl Exchange {
    pub(crate) fn replace_order(
        &mut self,
        at: Moment,
        command: &ReplaceOrder,
        bytes: &[u8],
        out: &mut Vec<u8>,
    ) -> Result<(), Refusal> {
        let (order, _) = whole::<PlaceOrder>(bytes)?;
        let mode = ReplaceMode::from_number(command.mode).ok_or_else(|| {
            Refusal::new(codes::INVALID_REPLACE_MODE)
                .of_account(order.account)
                .about(command.order_id)
        })?;
        // A replacement that comes again must not cancel what it has placed.
        match self.identify(at, &order, bytes, out) {
            Err(code) => reject(&order, code, out),
            Ok(Identity::Repeated) => {
                fault!(
                    RepeatedReplacementCancels,
                    self.replace_both(at, command, &order, 0, out)?
                );
            }
            Ok(Identity::New { content }) => match mode {
                ReplaceMode::StopOnFailure => {
                    self.replace_both(at, command, &order, content, out)?;
                }
                ReplaceMode::AllowFailure => {
                    let cancel = CancelOrder {
                        account: order.account,
                        reserved: [0; 4],
                        order_id: command.order_id,
                        client_order_id: command.client_order_id,
                    };
                    if let Err(refusal) = self.cancel_order(at, &cancel, out) {
                        refusal.tell(CancelOrder::KIND, out);
                        fault!(ReplacementNeedsTheCancel, return Ok(()));
                    }
                    self.place_or_reject(at, &order, bytes, out);
                }
            },
        }
        Ok(())
    }

    /// Cancels and places, or does nothing.
    fn replace_both(
        &mut self,
        at: Moment,
        command: &ReplaceOrder,
        order: &PlaceOrder,
        content: u64,
        out: &mut Vec<u8>,
    ) -> Result<(), Refusal> {
        let slot = self.find_open(at, order.account, command.order_id, command.client_order_id)?;
        self.step_aside(slot);
        let admitted = self.admit(at, order, Some(slot));
        self.step_back(slot);
        match admitted {
            Ok(admitted) => {
                self.close_resting(at, slot, CloseReason::Cancelled, out);
                self.carry_out_placement(at, order, &admitted, content, out);
            }
            Err(code) => {
                fault!(
                    RefusedReplacementCancels,
                    self.close_resting(at, slot, CloseReason::Cancelled, out)
                );
                reject(order, code, out);
            }
        }
        Ok(())
    }

    /// Has book and balances look as if an order were cancelled.
    fn step_aside(&mut self, slot: u32) {
        let Order {
            account,
            market,
            side,
            ..
        } = self.orders[slot];
        let held = self.orders.details(slot).held;
        let market = self.markets.at_mut(market);
        market
            .ladder_mut(side)
            .leave(&mut self.orders.slab, slot, &mut self.depth_log);
        let asset = market.held_asset(side);
        self.balances.touch(account, asset).release(held);
    }

    fn step_back(&mut self, slot: u32) {
        let Order {
            account,
            market,
            side,
            ..
        } = self.orders[slot];
        let held = self.orders.details(slot).held;
        let market = self.markets.at_mut(market);
        market
            .ladder_mut(side)
            .come_back(&mut self.orders.slab, slot, &mut self.depth_log);
        let asset = market.held_asset(side);
        self.balances.touch(account, asset).hold(held);
    }
}
