//! A book of the standard library's parts, as one would write it first: what the core's speed is
//! held against in the same run. It has no accounts, balances, fees, events or journal.

use std::collections::{BTreeMap, HashMap, VecDeque};

use cse_wire::{CancelOrder, Header, Message, PlaceOrder, Side, header_of};

struct Resting {
    order_id: u64,
    remaining: u64,
}

/// A price level of each side is a queue; an index leads from an order to its level.
#[derive(Default)]
pub struct Yardstick {
    bids: BTreeMap<u64, VecDeque<Resting>>,
    asks: BTreeMap<u64, VecDeque<Resting>>,
    levels: HashMap<u64, (bool, u64)>,
    last_order_id: u64,
    /// Trades so far.
    pub trades: u64,
}

impl Yardstick {
    /// Carries out a `PlaceOrder` or a `CancelOrder`; anything else is passed over.
    pub fn apply(&mut self, command: &[u8]) {
        let Ok(Header { kind, .. }) = header_of(command) else {
            return;
        };
        if kind == PlaceOrder::KIND {
            if let Ok((order, _)) = PlaceOrder::decode(command) {
                self.place(&order);
            }
        } else if kind == CancelOrder::KIND {
            if let Ok((cancel, _)) = CancelOrder::decode(command) {
                self.cancel(cancel.order_id);
            }
        }
    }

    fn place(&mut self, order: &PlaceOrder) {
        self.last_order_id += 1;
        let is_buy = order.side == Side::Buy as u8;
        let mut wanted = order.quantity;
        while wanted > 0 {
            let level = if is_buy {
                self.asks.first_entry()
            } else {
                self.bids.last_entry()
            };
            let Some(mut level) = level else { break };
            let price = *level.key();
            if (is_buy && price > order.price) || (!is_buy && price < order.price) {
                break;
            }
            let queue = level.get_mut();
            while let Some(maker) = queue.front_mut() {
                let traded = wanted.min(maker.remaining);
                wanted -= traded;
                maker.remaining -= traded;
                self.trades += 1;
                if maker.remaining > 0 {
                    break;
                }
                self.levels.remove(&maker.order_id);
                queue.pop_front();
                if wanted == 0 {
                    break;
                }
            }
            if queue.is_empty() {
                level.remove();
            }
        }
        if wanted > 0 {
            self.rest(is_buy, order.price, wanted);
        }
    }

    fn rest(&mut self, is_buy: bool, price: u64, remaining: u64) {
        let order_id = self.last_order_id;
        let side = if is_buy {
            &mut self.bids
        } else {
            &mut self.asks
        };
        side.entry(price).or_default().push_back(Resting {
            order_id,
            remaining,
        });
        self.levels.insert(order_id, (is_buy, price));
    }

    fn cancel(&mut self, order_id: u64) {
        let Some((is_buy, price)) = self.levels.remove(&order_id) else {
            return;
        };
        let side = if is_buy {
            &mut self.bids
        } else {
            &mut self.asks
        };
        if let Some(queue) = side.get_mut(&price) {
            queue.retain(|resting| resting.order_id != order_id);
            if queue.is_empty() {
                side.remove(&price);
            }
        }
    }
}
