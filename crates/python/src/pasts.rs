//! What has become of open orders since they were taken in, as far as their state does not say it: the
//! list they came in, when they fired, and what of a closed one is not as it was asked for.

use std::collections::HashMap;

use cse_core::OpenOrder;
use cse_wire::{OrderActivated, OrderAmended, OrderTriggered, OrderType, OrdersLinked};

/// What there is to tell of one order; a number that is 0 says that nothing has changed.
#[derive(Clone, Copy, Debug, Default)]
pub struct Past {
    /// The first order of the list that it came in.
    pub list_id: u64,
    /// When it fired, microseconds UTC.
    pub triggered_at_us: i64,
    /// In ticks, where it stands now or stood when it fired.
    pub stop_price: u64,
    /// In lots, as amended.
    pub display_quantity: u64,
    /// It rested when the events that are known here begin: it may have fired before.
    pub may_have_fired: bool,
    /// It was taken in before those, and what came with it is to be looked up in the event log.
    pub is_unread: bool,
}

impl Past {
    /// Adds what stands where it was taken in.
    pub fn read(&mut self, list_id: u64, order_type: u8) {
        self.list_id = list_id;
        self.may_have_fired &= waits(order_type);
        self.is_unread = false;
    }
}

/// The pasts of open orders, of those that have one.
#[derive(Default)]
pub struct Pasts {
    of_open: HashMap<u64, Past>,
}

impl Pasts {
    /// What is known of an open order.
    pub fn of(&self, order_id: u64) -> Past {
        self.of_open.get(&order_id).copied().unwrap_or_default()
    }

    /// Notes an open order that was taken in before the events that are known here. It is as its
    /// state says.
    pub fn note_open(&mut self, order: &OpenOrder) {
        let past = self.of_open.entry(order.order_id()).or_default();
        past.is_unread = true;
        match order {
            OpenOrder::Resting(state) => {
                past.display_quantity = state.display_quantity;
                past.may_have_fired = past.triggered_at_us == 0;
            }
            OpenOrder::Waiting(state) => {
                past.display_quantity = state.display_quantity;
                if state.order_type != OrderType::TrailingStop as u8 {
                    past.stop_price = state.stop_price;
                }
            }
        }
    }

    /// Orders that came in one list.
    pub fn note_linked(&mut self, linked: &OrdersLinked) {
        for order_id in [linked.first, linked.second, linked.third] {
            if order_id != 0 {
                self.of_open.entry(order_id).or_default().list_id = linked.first;
            }
        }
    }

    /// An order is another now.
    pub fn note_amended(&mut self, amended: &OrderAmended) {
        if amended.stop_price != 0 || amended.display_quantity != 0 {
            let past = self.of_open.entry(amended.order_id).or_default();
            past.display_quantity = amended.display_quantity;
            if amended.stop_price != 0 {
                past.stop_price = amended.stop_price;
            }
        }
    }

    /// An exit of a bracket waits or rests from now on.
    pub fn note_activated(&mut self, activated: &OrderActivated) {
        if activated.stop_price != 0 {
            let past = self.of_open.entry(activated.order_id).or_default();
            past.stop_price = activated.stop_price;
        }
    }

    /// An order was fired.
    pub fn note_triggered(&mut self, triggered: &OrderTriggered, time_us: i64) {
        let past = self.of_open.entry(triggered.order_id).or_default();
        past.triggered_at_us = time_us;
        past.stop_price = triggered.stop_price;
    }

    /// Notes what was looked up of an open order.
    pub fn note_read(&mut self, order_id: u64, list_id: u64, order_type: u8) {
        if let Some(past) = self.of_open.get_mut(&order_id) {
            past.read(list_id, order_type);
        }
    }

    /// An order closes; nothing where there is nothing to tell of it.
    pub fn close(&mut self, order_id: u64) -> Option<Box<Past>> {
        self.of_open.remove(&order_id).map(Box::new)
    }
}

/// Whether an order of this type waits for a trade.
fn waits(order_type: u8) -> bool {
    order_type != OrderType::Limit as u8 && order_type != OrderType::Market as u8
}
