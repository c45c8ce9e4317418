//! A book of the standard library's parts, as one would write it first: what the core's speed is
//! held against in the same run. It has no accounts, balances, fees, events or journal.

use std::collections::{BTreeMap, HashMap, VecDeque};

use cse_wire::{CancelOrder, Message, PlaceOrder, Side, header_of};

/// Levels are queues of order ids; a cancelled order leaves its id behind until it comes to the head.
#[derive(Default)]
pub struct Yardstick {
    bids: BTreeMap<u64, VecDeque<u64>>,
    asks: BTreeMap<u64, VecDeque<u64>>,
    remaining: HashMap<u64, u64>,
    last_order_id: u64,
    /// Trades so far.
    pub trades: u64,
}

impl Yardstick {
    /// Carries out a `PlaceOrder` or a `CancelOrder`; anything else is passed over.
    ///
    /// # Panics
    /// When the command is cut short.
    pub fn apply(&mut self, command: &[u8]) {
        match header_of(command).expect("a whole command").kind {
            PlaceOrder::KIND => {
                let (order, _) = PlaceOrder::decode(command).expect("a whole order");
                self.place(&order);
            }
            CancelOrder::KIND => {
                let (cancel, _) = CancelOrder::decode(command).expect("a whole cancel");
                self.remaining.remove(&cancel.order_id);
            }
            _ => {}
        }
    }

    fn place(&mut self, order: &PlaceOrder) {
        self.last_order_id += 1;
        let is_buy = order.side == Side::Buy as u8;
        let wanted = self.take(is_buy, order.price, order.quantity);
        if wanted > 0 {
            let side = if is_buy {
                &mut self.bids
            } else {
                &mut self.asks
            };
            side.entry(order.price)
                .or_default()
                .push_back(self.last_order_id);
            self.remaining.insert(self.last_order_id, wanted);
        }
    }

    /// Trades with the other side as far as prices cross; returns what is still wanted.
    fn take(&mut self, is_buy: bool, limit: u64, mut wanted: u64) -> u64 {
        while wanted > 0 {
            let best = if is_buy {
                self.asks.first_entry()
            } else {
                self.bids.last_entry()
            };
            let Some(mut level) = best else { break };
            let price = *level.key();
            if (is_buy && price > limit) || (!is_buy && price < limit) {
                break;
            }
            let Some(&maker) = level.get().front() else {
                level.remove();
                continue;
            };
            let Some(remaining) = self.remaining.get_mut(&maker) else {
                level.get_mut().pop_front();
                continue;
            };
            let traded = wanted.min(*remaining);
            wanted -= traded;
            *remaining -= traded;
            self.trades += 1;
            if *remaining == 0 {
                self.remaining.remove(&maker);
                level.get_mut().pop_front();
            }
        }
        wanted
    }
}
