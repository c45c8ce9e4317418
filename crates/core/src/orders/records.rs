//! Open orders: what books know of them, what the exchange keeps beyond that, and the way from an
//! order id to both.

use core::ops::{Index, IndexMut};

use cse_book::{IdTable, NONE, Order};
use cse_wire::{OrderState, SelfTradePrevention, Symbol, TimeInForce};

use super::expiries::NEVER;
use crate::money::Rates;

/// A time of expiry as it is written: 0 for never.
pub(crate) const fn written_time(expires_at_us: i64) -> i64 {
    if expires_at_us == NEVER {
        0
    } else {
        expires_at_us
    }
}

/// What no book needs to know of an order: two lines of the cache, of which a cancel of an order
/// that never traded reads the first.
#[derive(Clone)]
#[repr(C, align(64))]
pub(crate) struct Details {
    pub(crate) id: u64,
    /// Lots.
    pub(crate) filled: u64,
    /// Quote units of a buy, base units of a sell.
    pub(crate) held: i128,
    /// Where its client order id is remembered, or `NONE`.
    pub(crate) client: u32,
    pub(crate) flags: u32,
    pub(crate) maker_fee_ppm: i32,
    pub(crate) taker_fee_ppm: i32,
    /// When it expires, or [`NEVER`].
    pub(crate) expires_at_us: i64,
    pub(crate) time_in_force: TimeInForce,
    pub(crate) prevention: SelfTradePrevention,
    /// Whether it is linked with others.
    pub(crate) is_linked: bool,
    /// Whether base that it buys stays locked, for the exits of its bracket.
    pub(crate) keeps_base: bool,
    /// What it is beyond an order until it matches, or `NONE`.
    pub(crate) trigger: u32,
    pub(crate) fee: i128,
    pub(crate) maker_notional: u128,
    pub(crate) taker_notional: u128,
    pub(crate) accepted_sequence: u64,
    pub(crate) accepted_at_us: i64,
}

impl Details {
    /// Of an order that nothing has happened to, and of which nothing is known.
    pub(crate) const BLANK: Self = Self {
        id: 0,
        filled: 0,
        held: 0,
        client: NONE,
        flags: 0,
        maker_fee_ppm: 0,
        taker_fee_ppm: 0,
        expires_at_us: NEVER,
        time_in_force: TimeInForce::Gtc,
        prevention: SelfTradePrevention::None,
        is_linked: false,
        keeps_base: false,
        trigger: NONE,
        fee: 0,
        maker_notional: 0,
        taker_notional: 0,
        accepted_sequence: 0,
        accepted_at_us: 0,
    };

    /// The rates that it keeps.
    pub(crate) fn rates(&self) -> Rates {
        Rates {
            maker_ppm: self.maker_fee_ppm,
            taker_ppm: self.taker_fee_ppm,
        }
    }
}

/// An order outside the book: on its way in, or taken out to be matched again.
#[derive(Clone)]
pub(crate) struct Incoming {
    pub(crate) order: Order,
    /// Lots that an iceberg will show at a time; 0 of any other.
    pub(crate) display: u64,
    pub(crate) details: Details,
}

/// All open orders by slot and by id.
#[derive(Default)]
pub(crate) struct Orders {
    pub(crate) slab: cse_book::Orders<Details>,
    table: IdTable,
}

impl Orders {
    /// Puts an order into a slot.
    #[inline(always)]
    pub(crate) fn insert(&mut self, incoming: &Incoming) -> u32 {
        let Incoming {
            order,
            display,
            details,
        } = incoming;
        let slot = self.slab.insert(order.clone(), *display, details.clone());
        self.table.insert(details.id, slot);
        slot
    }

    /// Gives a slot back, whose order is in no queue any more.
    #[inline(always)]
    pub(crate) fn remove(&mut self, slot: u32) {
        self.table.remove(self.id(slot));
        self.slab.remove(slot);
    }

    /// A copy of an open order that rests nowhere, to be matched.
    pub(crate) fn incoming(&self, slot: u32) -> Incoming {
        Incoming {
            order: self.slab[slot].clone(),
            display: self.slab.display(slot),
            details: self.slab.details(slot).clone(),
        }
    }

    /// Writes an order that was taken out to be matched back into its slot.
    pub(crate) fn write_back(&mut self, slot: u32, incoming: Incoming) {
        let Incoming {
            order,
            display,
            details,
        } = incoming;
        self.slab.rewrite(slot, order, display, details);
    }

    #[inline(always)]
    pub(crate) fn id(&self, slot: u32) -> u64 {
        self.slab.details(slot).id
    }

    /// How many slots there are: as many as orders were ever open at once.
    #[inline]
    pub(crate) fn slot_count(&self) -> usize {
        self.slab.slot_count()
    }

    /// Has the place of an id brought near.
    #[inline]
    pub(crate) fn prefetch_id(&self, order_id: u64) {
        self.table.prefetch(order_id);
    }

    /// Lots still to trade.
    #[inline(always)]
    pub(crate) fn remaining(&self, slot: u32) -> u64 {
        self.slab.remaining(slot)
    }

    #[inline(always)]
    pub(crate) fn slot_of(&self, order_id: u64) -> Option<u32> {
        self.table.get(order_id)
    }

    #[inline(always)]
    pub(crate) fn details(&self, slot: u32) -> &Details {
        self.slab.details(slot)
    }

    #[inline]
    pub(crate) fn details_mut(&mut self, slot: u32) -> &mut Details {
        self.slab.details_mut(slot)
    }

    #[inline(always)]
    pub(crate) fn both_mut(&mut self, slot: u32) -> (&mut Order, &mut Details) {
        self.slab.both_mut(slot)
    }

    /// Whether the time of an order has come.
    #[inline]
    pub(crate) fn is_due(&self, slot: u32, time_us: i64) -> bool {
        self.slab[slot].has_expiry && self.slab.details(slot).expires_at_us <= time_us
    }

    pub(crate) fn state(&self, slot: u32, client_order_id: Symbol<40>) -> OrderState {
        let (order, details) = (&self.slab[slot], self.slab.details(slot));
        OrderState {
            order_id: details.id,
            account: order.account,
            market: order.market,
            side: order.side as u8,
            time_in_force: details.time_in_force as u8,
            self_trade_prevention: details.prevention as u8,
            reserved: [0],
            flags: details.flags,
            price: order.price(),
            quantity: details.filled + self.slab.remaining(slot),
            filled_quantity: details.filled,
            maker_notional: details.maker_notional,
            taker_notional: details.taker_notional,
            fee: details.fee,
            held: details.held as u128,
            maker_fee_ppm: details.maker_fee_ppm,
            taker_fee_ppm: details.taker_fee_ppm,
            accepted_sequence: details.accepted_sequence,
            accepted_at_us: details.accepted_at_us,
            expires_at_us: written_time(details.expires_at_us),
            display_quantity: self.slab.display(slot),
            displayed_quantity: order.shown,
            client_order_id,
        }
    }
}

impl Index<u32> for Orders {
    type Output = Order;

    #[inline]
    fn index(&self, slot: u32) -> &Order {
        &self.slab[slot]
    }
}

impl IndexMut<u32> for Orders {
    #[inline]
    fn index_mut(&mut self, slot: u32) -> &mut Order {
        &mut self.slab[slot]
    }
}
