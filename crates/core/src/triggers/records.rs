//! What a trigger order is beyond an order, until it matches.

use alloc::collections::BTreeSet;
use alloc::vec::Vec;
use core::ops::{Index, IndexMut};

use cse_book::NONE;
use cse_wire::{FLAG_TRAILING_PPM, OrderType, PlaceOrder, Side};

use super::trailing::Trail;
use super::watch::Direction;

/// Whether orders of a type wait before they match.
#[inline(always)]
pub(crate) const fn is_trigger(order_type: OrderType) -> bool {
    !matches!(order_type, OrderType::Limit | OrderType::Market)
}

/// Whether orders of a type match as limit orders.
#[inline(always)]
pub(crate) const fn is_limit_type(order_type: OrderType) -> bool {
    matches!(
        order_type,
        OrderType::Limit | OrderType::StopLimit | OrderType::TakeProfitLimit
    )
}

/// Where trades go that fire a trigger order of a type and side.
pub(crate) const fn direction_of(order_type: OrderType, side: Side) -> Direction {
    let takes_profit = matches!(
        order_type,
        OrderType::TakeProfit | OrderType::TakeProfitLimit
    );
    match (side, takes_profit) {
        (Side::Sell, false) | (Side::Buy, true) => Direction::Down,
        (Side::Buy, false) | (Side::Sell, true) => Direction::Up,
    }
}

/// How an order waits.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Waits {
    /// At its stop price.
    Fixed,
    /// Following the price with all of a cohort.
    Following(u32),
}

/// Where a trigger order is before it matches.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Phase {
    /// The entry of its bracket is open.
    Attached,
    Waiting(Waits),
    /// In its market's queue, under a number.
    Fired(u64),
}

/// A trigger order that has not matched yet, or an exit of a bracket.
#[derive(Clone)]
pub(crate) struct Trigger {
    /// The order's own slot.
    pub(crate) slot: u32,
    pub(crate) order_type: OrderType,
    /// In ticks; while it follows the price, that is in its cohort.
    pub(crate) stop_price: u64,
    pub(crate) trail: Option<Trail>,
    /// What a buy may cost, or 0.
    pub(crate) quote_amount: u128,
    pub(crate) phase: Phase,
}

impl Trigger {
    /// What a command says of it; it is attached to nothing yet.
    pub(crate) fn new(slot: u32, order_type: OrderType, command: &PlaceOrder) -> Self {
        Self {
            slot,
            order_type,
            stop_price: command.stop_price,
            trail: trail_of(order_type, command.flags, command.trailing_delta),
            quote_amount: command.quote_amount,
            phase: Phase::Attached,
        }
    }
}

/// How an order of a type follows the price.
pub(crate) fn trail_of(order_type: OrderType, flags: u32, delta: u64) -> Option<Trail> {
    match order_type {
        OrderType::TrailingStop if flags & FLAG_TRAILING_PPM != 0 => Some(Trail::Ppm(delta)),
        OrderType::TrailingStop => Some(Trail::Ticks(delta)),
        _ => None,
    }
}

/// All of them by place, and which markets have a queue.
#[derive(Default)]
pub(crate) struct Triggers {
    records: Vec<Trigger>,
    free: Vec<u32>,
    /// Markets whose queue of fired orders is not empty.
    pub(crate) queued: BTreeSet<u32>,
}

impl Triggers {
    pub(crate) fn insert(&mut self, trigger: Trigger) -> u32 {
        if let Some(place) = self.free.pop() {
            self.records[place as usize] = trigger;
            return place;
        }
        self.records.push(trigger);
        self.records.len() as u32 - 1
    }

    pub(crate) fn remove(&mut self, place: u32) -> Trigger {
        let record = &mut self.records[place as usize];
        let trigger = record.clone();
        record.slot = NONE;
        self.free.push(place);
        trigger
    }

    /// All that are there with their places.
    pub(crate) fn places(&self) -> impl Iterator<Item = (u32, &Trigger)> {
        (0..)
            .zip(&self.records)
            .filter(|(_, record)| record.slot != NONE)
    }

    /// All that are there, in no order.
    pub(crate) fn iter(&self) -> impl Iterator<Item = &Trigger> {
        self.records.iter().filter(|record| record.slot != NONE)
    }
}

impl Index<u32> for Triggers {
    type Output = Trigger;

    fn index(&self, place: u32) -> &Trigger {
        &self.records[place as usize]
    }
}

impl IndexMut<u32> for Triggers {
    fn index_mut(&mut self, place: u32) -> &mut Trigger {
        &mut self.records[place as usize]
    }
}
