//! Cancelling an order and placing another, as one.

use alloc::vec::Vec;

use cse_book::{NONE, Order};
use cse_wire::{CancelOrder, CloseReason, Message, PlaceOrder, ReplaceMode, ReplaceOrder, codes};

use super::admission::Beside;
use super::identity::{Identity, content_of};
use super::records::Details;
use crate::exchange::{Exchange, Moment, whole};
use crate::refusal::{Refusal, reject};

/// Where an order goes that another may take the place of.
#[derive(Clone, Copy)]
enum Step {
    Aside,
    Back,
}

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
        match self.identify(at, &order, content_of(bytes), out) {
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
                    match self.find_replaced(at, order.account, command) {
                        Ok(slot) => self.close_open(at, slot, CloseReason::Cancelled, out),
                        Err(refusal) => {
                            refusal.tell(CancelOrder::KIND, out);
                            fault!(ReplacementNeedsTheCancel, return Ok(()));
                        }
                    }
                    self.place_any(at, bytes, out)?;
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
        let slot = self.find_replaced(at, order.account, command)?;
        self.step(slot, Step::Aside);
        let beside = Beside {
            leaving: Some(slot),
            ..Beside::default()
        };
        let admitted = self.admit_beside(at, order, beside);
        self.step(slot, Step::Back);
        match admitted {
            Ok(admitted) => {
                self.close_open(at, slot, CloseReason::Cancelled, out);
                self.enter_counted(at, order, &admitted, content, out);
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

    /// The order that is to be replaced. One that is linked is not: the others would be without it.
    fn find_replaced(
        &self,
        at: Moment,
        account: u32,
        command: &ReplaceOrder,
    ) -> Result<u32, Refusal> {
        let ReplaceOrder {
            order_id,
            client_order_id,
            ..
        } = *command;
        let slot = self.find_open(at, account, order_id, client_order_id)?;
        if self.orders.details(slot).is_linked {
            return Err(Refusal::new(codes::ORDER_IS_LINKED)
                .of_account(account)
                .about(self.orders.id(slot)));
        }
        Ok(slot)
    }

    /// Has book and balances look as if an order were cancelled, or as before that.
    fn step(&mut self, slot: u32, step: Step) {
        let Order {
            account,
            market,
            side,
            ..
        } = self.orders[slot];
        let &Details { held, trigger, .. } = self.orders.details(slot);
        let market = self.markets.at_mut(market);
        if trigger == NONE {
            let (ladder, slab, log) = (
                market.ladder_mut(side),
                &mut self.orders.slab,
                &mut self.depth_log,
            );
            match step {
                Step::Aside => ladder.leave(slab, slot, log),
                Step::Back => ladder.come_back(slab, slot, log),
            }
        }
        let balance = self.balances.touch(account, market.held_asset(side));
        match step {
            Step::Aside => balance.release(held),
            Step::Back => balance.hold(held),
        }
    }
}
