//! Orders that expire at a time, and their end when it has come.

use alloc::collections::BTreeSet;
use alloc::vec::Vec;

use cse_wire::{CloseReason, EXPIRIES_MAX, Message, OrdersExpired};

use crate::exchange::{Exchange, Moment};

/// The time of an order that does not expire.
pub(crate) const NEVER: i64 = i64::MAX;

/// The open orders that expire, by time and order id.
pub(crate) struct Expiries {
    by_time: BTreeSet<(i64, u64)>,
    /// The first of their times, or [`NEVER`].
    next_us: i64,
}

impl Default for Expiries {
    fn default() -> Self {
        Self {
            by_time: BTreeSet::new(),
            next_us: NEVER,
        }
    }
}

impl Expiries {
    #[inline]
    pub(crate) fn next_us(&self) -> i64 {
        self.next_us
    }

    /// Adds an open order; nothing where it does not expire.
    #[inline]
    pub(crate) fn add(&mut self, expires_at_us: i64, order_id: u64) {
        if expires_at_us != NEVER {
            self.by_time.insert((expires_at_us, order_id));
            self.next_us = self.next_us.min(expires_at_us);
        }
    }

    /// Removes an order that closes; nothing where it does not expire.
    #[inline]
    pub(crate) fn remove(&mut self, expires_at_us: i64, order_id: u64) {
        if expires_at_us != NEVER {
            self.by_time.remove(&(expires_at_us, order_id));
            self.next_us = self.by_time.first().map_or(NEVER, |&(time_us, _)| time_us);
        }
    }

    /// The orders that are due, first those that were first.
    pub(crate) fn due(&self, time_us: i64) -> impl Iterator<Item = u64> {
        self.by_time
            .iter()
            .take_while(move |&&(expires_at_us, _)| expires_at_us <= time_us)
            .map(|&(_, order_id)| order_id)
    }

    fn first_due(&self, time_us: i64) -> Option<u64> {
        let &(expires_at_us, order_id) = self.by_time.first()?;
        let last_us = fault!(ExpiresAMicrosecondLate, time_us - 1, time_us);
        (expires_at_us <= last_us).then_some(order_id)
    }
}

impl Exchange {
    /// Closes the orders whose time has come, as many as one command may.
    #[inline]
    pub(crate) fn expire(&mut self, at: Moment, out: &mut Vec<u8>) {
        if self.expiries.next_us() <= at.time_us {
            self.expire_due(at, out);
        }
    }

    fn expire_due(&mut self, at: Moment, out: &mut Vec<u8>) {
        let start = out.len();
        let mut expired = OrdersExpired {
            count: 0,
            reserved: [0; 4],
        };
        expired.append(out);
        let most = fault!(OneExpiryTooMany, EXPIRIES_MAX + 1, EXPIRIES_MAX);
        while (expired.count as usize) < most {
            let due = self.expiries.first_due(at.time_us);
            let Some(slot) = due.and_then(|order_id| self.orders.slot_of(order_id)) else {
                break;
            };
            self.close_open(at, slot, CloseReason::Expired, out);
            expired.count += 1;
        }
        expired.put(OrdersExpired::WIDTH, &mut out[start..]);
    }
}
