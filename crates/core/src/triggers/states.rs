//! Trigger orders as entries of a state.

use alloc::vec::Vec;

use cse_wire::{TriggerPhase, TriggerState};

use super::records::{Phase, Trigger};
use crate::exchange::Exchange;
use crate::orders::written_time;

impl Exchange {
    /// The trigger orders, ascending by market and order id.
    pub(crate) fn trigger_states(&self) -> Vec<TriggerState> {
        let mut states: Vec<TriggerState> = self
            .triggers
            .iter()
            .map(|trigger| self.trigger_state(trigger))
            .collect();
        states.sort_unstable_by_key(|state| (state.market, state.order_id));
        states
    }

    pub(crate) fn trigger_state(&self, trigger: &Trigger) -> TriggerState {
        let slot = trigger.slot;
        let (order, details) = (&self.orders[slot], self.orders.details(slot));
        let queue = &self.markets.at(order.market).triggers.queue;
        let (phase, queue_number) = match trigger.phase {
            Phase::Attached => (TriggerPhase::Attached, 0),
            Phase::Waiting(_) => (TriggerPhase::Waiting, 0),
            Phase::Fired(number) => {
                let ahead = queue.numbers().take_while(|&ahead| ahead < number).count();
                (TriggerPhase::Fired, ahead as u64 + 1)
            }
        };
        TriggerState {
            order_id: details.id,
            account: order.account,
            market: order.market,
            side: order.side as u8,
            order_type: trigger.order_type as u8,
            time_in_force: details.time_in_force as u8,
            self_trade_prevention: details.prevention as u8,
            flags: details.flags,
            price: order.price(),
            quantity: order.shown,
            quote_amount: trigger.quote_amount,
            stop_price: self.stop_of(trigger),
            trailing_delta: trigger.trail.map_or(0, super::Trail::delta),
            display_quantity: self.orders.slab.display(slot),
            held: details.held as u128,
            maker_fee_ppm: details.maker_fee_ppm,
            taker_fee_ppm: details.taker_fee_ppm,
            accepted_sequence: details.accepted_sequence,
            accepted_at_us: details.accepted_at_us,
            expires_at_us: written_time(details.expires_at_us),
            phase: phase as u8,
            reserved: [0; 7],
            queue_number,
            client_order_id: self.client_orders.id_in(details.client),
        }
    }
}
