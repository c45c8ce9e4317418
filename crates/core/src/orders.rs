//! Open orders: a slab of slots, reached by order id.

use alloc::vec::Vec;
use core::ops::{Index, IndexMut};

use cse_wire::{OrderState, SelfTradePrevention, Side, Symbol, TimeInForce};

use crate::expiries::NEVER;
use crate::order_table::OrderTable;

/// The end of every chain of slots.
pub(crate) const NONE: u32 = u32::MAX;

/// The side that an order of `side` trades with.
#[inline]
pub(crate) const fn opposite(side: Side) -> Side {
    match side {
        Side::Buy => Side::Sell,
        Side::Sell => Side::Buy,
    }
}

/// A time of expiry as it is written: 0 for never.
pub(crate) const fn written_time(expires_at_us: i64) -> i64 {
    if expires_at_us == NEVER {
        0
    } else {
        expires_at_us
    }
}

/// An order: on its way in, or resting in a slot.
#[derive(Clone)]
pub(crate) struct Order {
    pub(crate) id: u64,
    pub(crate) account: u32,
    pub(crate) market: u32,
    /// In ticks; 0 of a market order.
    pub(crate) price: u64,
    /// Lots still to trade; 0 of a buy by quote amount.
    pub(crate) remaining: u64,
    /// Of those the lots that it shows while it rests.
    pub(crate) shown: u64,
    /// Lots that an iceberg shows at a time; 0 of any other.
    pub(crate) display: u64,
    pub(crate) filled: u64,
    pub(crate) maker_notional: u128,
    pub(crate) taker_notional: u128,
    pub(crate) fee: i128,
    /// Quote units of a buy, base units of a sell.
    pub(crate) held: i128,
    pub(crate) maker_fee_ppm: i32,
    pub(crate) taker_fee_ppm: i32,
    pub(crate) accepted_sequence: u64,
    pub(crate) accepted_at_us: i64,
    /// When it expires, or [`NEVER`].
    pub(crate) expires_at_us: i64,
    pub(crate) flags: u32,
    /// Where its client order id is remembered, or [`NONE`].
    pub(crate) client: u32,
    pub(crate) side: Side,
    pub(crate) time_in_force: TimeInForce,
    pub(crate) prevention: SelfTradePrevention,
    /// Neighbours in the queue at its price.
    pub(crate) ahead: u32,
    pub(crate) behind: u32,
    /// Neighbours among the account's open orders in the market.
    pub(crate) earlier: u32,
    pub(crate) later: u32,
}

impl Order {
    /// What it shows when it joins a queue.
    #[inline]
    pub(crate) fn slice(&self) -> u64 {
        match self.display {
            0 => self.remaining,
            display => display.min(self.remaining),
        }
    }

    pub(crate) fn state(&self, client_order_id: Symbol<40>) -> OrderState {
        OrderState {
            order_id: self.id,
            account: self.account,
            market: self.market,
            side: self.side as u8,
            time_in_force: self.time_in_force as u8,
            self_trade_prevention: self.prevention as u8,
            reserved: [0],
            flags: self.flags,
            price: self.price,
            quantity: self.filled + self.remaining,
            filled_quantity: self.filled,
            maker_notional: self.maker_notional,
            taker_notional: self.taker_notional,
            fee: self.fee,
            held: self.held as u128,
            maker_fee_ppm: self.maker_fee_ppm,
            taker_fee_ppm: self.taker_fee_ppm,
            accepted_sequence: self.accepted_sequence,
            accepted_at_us: self.accepted_at_us,
            expires_at_us: written_time(self.expires_at_us),
            display_quantity: self.display,
            displayed_quantity: self.shown,
            client_order_id,
        }
    }
}

/// All open orders by slot. A slot that is given back is the next to be used.
#[derive(Default)]
pub(crate) struct Orders {
    slots: Vec<Order>,
    free: Vec<u32>,
    table: OrderTable,
}

impl Orders {
    /// Puts an order into a slot, with no neighbours.
    pub(crate) fn insert(&mut self, mut order: Order) -> u32 {
        (order.ahead, order.behind) = (NONE, NONE);
        (order.earlier, order.later) = (NONE, NONE);
        let id = order.id;
        let slot = match self.free.pop() {
            Some(slot) => {
                self.slots[slot as usize] = order;
                slot
            }
            None => {
                self.slots.push(order);
                self.slots.len() as u32 - 1
            }
        };
        self.table.insert(id, slot);
        slot
    }

    /// Takes an order, already without neighbours, out of its slot.
    pub(crate) fn remove(&mut self, slot: u32) -> Order {
        let order = self.slots[slot as usize].clone();
        self.table.remove(order.id);
        self.free.push(slot);
        order
    }

    /// Writes an order that was taken out to be matched back into its slot. Its neighbours among the
    /// account's open orders may have become others meanwhile.
    pub(crate) fn write_back(&mut self, slot: u32, order: Order) {
        let kept = &mut self.slots[slot as usize];
        let (earlier, later) = (kept.earlier, kept.later);
        *kept = Order {
            earlier,
            later,
            ..order
        };
    }

    #[inline]
    pub(crate) fn slot_of(&self, order_id: u64) -> Option<u32> {
        self.table.get(order_id)
    }
}

impl Index<u32> for Orders {
    type Output = Order;

    #[inline]
    fn index(&self, slot: u32) -> &Order {
        &self.slots[slot as usize]
    }
}

impl IndexMut<u32> for Orders {
    #[inline]
    fn index_mut(&mut self, slot: u32) -> &mut Order {
        &mut self.slots[slot as usize]
    }
}
