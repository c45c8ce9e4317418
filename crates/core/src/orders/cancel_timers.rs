//! Cancel timers: an account's orders close when its owner has not been heard of in time.

use alloc::collections::{BTreeMap, BTreeSet};
use alloc::vec::Vec;

use cse_wire::{
    CANCEL_TIMEOUT_MAX_US, CANCEL_TIMEOUT_MIN_US, CANCELS_MAX, CancelTimerFired, CancelTimerSet,
    CancelTimerState, EXPIRES_AT_LIMIT_US, Message, SetCancelTimer, TIMERS_MAX, codes,
};

use super::expiries::NEVER;
use crate::exchange::{Exchange, Moment};
use crate::refusal::Refusal;
use crate::snapshot::{Checked, check};

/// The timers that are set, by time and by account.
pub(crate) struct CancelTimers {
    by_time: BTreeSet<(i64, u32)>,
    of_account: BTreeMap<u32, i64>,
    /// The first of their times, or [`NEVER`].
    next_us: i64,
}

impl Default for CancelTimers {
    fn default() -> Self {
        Self {
            by_time: BTreeSet::new(),
            of_account: BTreeMap::new(),
            next_us: NEVER,
        }
    }
}

impl CancelTimers {
    #[inline]
    pub(crate) fn next_us(&self) -> i64 {
        self.next_us
    }

    /// When an account's timer fires; none where it has none.
    pub(crate) fn fires_at_us(&self, account: u32) -> Option<i64> {
        self.of_account.get(&account).copied()
    }

    fn set(&mut self, account: u32, fires_at_us: i64) {
        self.remove(account);
        self.by_time.insert((fires_at_us, account));
        self.of_account.insert(account, fires_at_us);
        self.next_us = self.next_us.min(fires_at_us);
    }

    fn remove(&mut self, account: u32) {
        if let Some(fires_at_us) = self.of_account.remove(&account) {
            self.by_time.remove(&(fires_at_us, account));
            self.next_us = self.by_time.first().map_or(NEVER, |&(time_us, _)| time_us);
        }
    }

    /// Accounts whose timers are due, in the order in which they fire.
    fn due(&self, time_us: i64) -> Vec<u32> {
        let last_us = fault!(TimerFiresAMicrosecondLate, time_us - 1, time_us);
        self.by_time
            .iter()
            .take_while(|&&(fires_at_us, _)| fires_at_us <= last_us)
            .take(TIMERS_MAX)
            .map(|&(_, account)| account)
            .collect()
    }

    /// The timers, ascending by account.
    pub(crate) fn iter(&self) -> impl Iterator<Item = CancelTimerState> + '_ {
        self.of_account
            .iter()
            .map(|(&account, &fires_at_us)| CancelTimerState {
                account,
                reserved: [0; 4],
                fires_at_us,
            })
    }
}

impl Exchange {
    pub(crate) fn set_cancel_timer(
        &mut self,
        at: Moment,
        command: &SetCancelTimer,
        out: &mut Vec<u8>,
    ) -> Result<(), Refusal> {
        let SetCancelTimer {
            account,
            timeout_us,
            ..
        } = *command;
        let refusal = |code| Refusal::new(code).of_account(account);
        if self.accounts.get(account).is_none() {
            return Err(refusal(codes::ACCOUNT_UNKNOWN));
        }
        let fires_at_us = match timeout_us {
            0 => 0,
            CANCEL_TIMEOUT_MIN_US..=CANCEL_TIMEOUT_MAX_US => Some(at.time_us)
                .and_then(|time_us| time_us.checked_add(timeout_us))
                .filter(|time_us| (1..EXPIRES_AT_LIMIT_US).contains(time_us))
                .ok_or(refusal(codes::INVALID_CANCEL_TIMER))?,
            _ => return Err(refusal(codes::INVALID_CANCEL_TIMER)),
        };
        match fires_at_us {
            0 => fault!(TimerCannotBeStopped, (), self.cancel_timers.remove(account)),
            _ => self.cancel_timers.set(account, fires_at_us),
        }
        CancelTimerSet {
            account,
            reserved: [0; 4],
            fires_at_us,
        }
        .append(out);
        Ok(())
    }

    /// Fires the timers whose time has come, as far as one command may.
    #[inline]
    pub(crate) fn fire_cancel_timers(&mut self, at: Moment, out: &mut Vec<u8>) {
        if self.cancel_timers.next_us() <= at.time_us {
            self.fire_due(at, out);
        }
    }

    fn fire_due(&mut self, at: Moment, out: &mut Vec<u8>) {
        let mut left = CANCELS_MAX;
        for account in self.cancel_timers.due(at.time_us) {
            if left == 0 {
                break;
            }
            let count = self.cancel_first(at, (account, 0), left, |_| true, out);
            left -= count as usize;
            CancelTimerFired { account, count }.append(out);
            let open = self
                .open_orders
                .first_slots(&self.orders, account, 0, 1, |_| true);
            if open.is_empty() {
                self.cancel_timers.remove(account);
            }
        }
    }

    pub(crate) fn restore_cancel_timer(&mut self, state: &CancelTimerState) -> Checked {
        let CancelTimerState {
            account,
            fires_at_us,
            ..
        } = *state;
        check(
            self.accounts.get(account).is_some(),
            "the account is unknown",
        )?;
        check(
            (1..EXPIRES_AT_LIMIT_US).contains(&fires_at_us),
            "the time at which the timer fires is none",
        )?;
        check(
            self.cancel_timers.fires_at_us(account).is_none(),
            "the timer stands twice",
        )?;
        self.cancel_timers.set(account, fires_at_us);
        Ok(())
    }
}
