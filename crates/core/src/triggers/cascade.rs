//! The cascade: what has fired takes its turn, one after another.

use alloc::vec::Vec;

use cse_book::Order;
use cse_wire::{CloseReason, MarketStatus, Message, OrderTriggered, TRADES_MAX, TRIGGERS_MAX};

use super::Fired;
use super::records::is_limit_type;
use crate::exchange::{Exchange, Moment};
use crate::matching::SizedBy;

/// What the command under way has taken out of the queues so far.
#[derive(Default)]
pub(crate) struct Cascade {
    taken: usize,
    meetings: usize,
}

impl Cascade {
    fn is_over(&self) -> bool {
        let most = fault!(OneTriggerTooMany, TRIGGERS_MAX + 1, TRIGGERS_MAX);
        self.taken >= most || self.meetings >= TRADES_MAX
    }
}

impl Exchange {
    /// Has what stands in the queues take its turn, as much as one command may.
    #[inline]
    pub(crate) fn cascade(&mut self, at: Moment, out: &mut Vec<u8>) {
        if !self.triggers.queued.is_empty() {
            self.run_queues(at, out);
        }
    }

    /// Whether an order that has fired could take its turn now.
    pub(crate) fn has_fired(&self) -> bool {
        self.next_queue().is_some()
    }

    #[cold]
    fn run_queues(&mut self, at: Moment, out: &mut Vec<u8>) {
        while !self.cascade.is_over() {
            let Some(market) = self.next_queue() else {
                return;
            };
            let queue = &mut self.markets.at_mut(market).triggers.queue;
            let next = queue.pop();
            if queue.is_empty() {
                self.triggers.queued.remove(&market);
            }
            self.cascade.taken += 1;
            self.meetings = 0;
            match next {
                Some(Fired::Order(place)) => self.trigger(at, place, out),
                Some(Fired::Exits(link)) => self.activate(at, link, out),
                None => {}
            }
            let before = fault!(CascadeForgetsMeetings, 0, self.cascade.meetings);
            self.cascade.meetings = before + self.meetings;
        }
    }

    /// The first market that is open and has a queue.
    fn next_queue(&self) -> Option<u32> {
        let is_open =
            |market: u32| self.markets.at(market).state.status == MarketStatus::Open as u8;
        self.triggers
            .queued
            .iter()
            .copied()
            .find(|&market| is_open(market))
    }

    /// Has an order match that has left the queue.
    fn trigger(&mut self, at: Moment, place: u32, out: &mut Vec<u8>) {
        let trigger = self.stop_waiting(place);
        let slot = trigger.slot;
        if self.orders.is_due(slot, at.time_us) {
            self.close_taken(at, slot, CloseReason::Expired, out);
            return;
        }
        let Order {
            account, market, ..
        } = self.orders[slot];
        OrderTriggered {
            order_id: self.orders.id(slot),
            account,
            market,
            stop_price: trigger.stop_price,
            last_price: self.markets.at(market).state.last_price,
        }
        .append(out);
        if self.orders.details(slot).is_linked {
            self.linked_triggered(at, slot, out);
        }
        let sized_by = SizedBy::of(trigger.quote_amount);
        let kind = trigger.order_type;
        self.match_open(at, slot, is_limit_type(kind), sized_by, out);
    }
}
