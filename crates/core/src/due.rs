//! What time alone brings about, before a command is looked at.

use alloc::vec::Vec;

use cse_wire::{BeforeCommand, Message};

use crate::exchange::{Exchange, Moment};
use crate::orders::NEVER;

impl Exchange {
    /// When time alone next brings something about, microseconds UTC: an order expires, a cancel timer
    /// fires, an auction ends, or an order that has fired takes its turn. None where nothing is to come.
    #[must_use]
    pub fn next_due_us(&self) -> Option<i64> {
        if self.has_fired() {
            return Some(self.moment.time_us);
        }
        Some(self.ends_next_us()).filter(|&time_us| time_us != NEVER)
    }

    /// When an order, a cancel timer or an auction ends next; [`NEVER`] where nothing does.
    #[inline(always)]
    fn ends_next_us(&self) -> i64 {
        self.expiries
            .next_us()
            .min(self.cancel_timers.next_us())
            .min(self.auctions.next_us())
    }

    /// Whether something is to be done before a command of this time is looked at.
    #[inline(always)]
    pub(crate) fn is_something_due(&self, time_us: i64) -> bool {
        self.ends_next_us() <= time_us || !self.triggers.queued.is_empty()
    }

    /// Does what is due before a command is looked at, and says so in front of it.
    #[cold]
    pub(crate) fn before_command(&mut self, at: Moment, out: &mut Vec<u8>) {
        let start = out.len();
        self.expire(at, out);
        self.fire_cancel_timers(at, out);
        self.end_auctions(at, out);
        self.cascade(at, out);
        if out.len() > start {
            let before = BeforeCommand {
                length: (out.len() - start) as u32,
                reserved: [0; 4],
            };
            out.splice(start..start, before.encoded());
        }
    }
}
