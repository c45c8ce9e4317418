//! What an account has done in a market lately, by stretches of time.

use alloc::boxed::Box;
use alloc::vec::Vec;
use core::ops::Bound;

use cse_wire::{NOTIONAL_LIMIT, RISK_STRETCH_US, RISK_STRETCHES, RiskCountsState};

use super::Risk;
use crate::exchange::Exchange;

/// How many that may have passed are looked at with each command that counts anything.
const LOOKED_THROUGH: usize = 2;

/// The number of the stretch in which a time lies.
pub(super) fn stretch_of(time_us: i64) -> i64 {
    time_us.div_euclid(RISK_STRETCH_US)
}

/// What was counted in a stretch, or in a minute.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Counts {
    /// Quote units.
    pub(super) notional: u128,
    pub(super) cancels: u32,
    pub(super) fills: u32,
    pub(super) far_orders: u32,
    pub(super) prevented: u32,
    /// A bit for each pattern that was told.
    pub(super) told: u8,
}

impl Counts {
    pub(super) fn add_notional(&mut self, notional: u128) {
        let sum = self.notional.saturating_add(notional);
        self.notional = sum.min(NOTIONAL_LIMIT - 1);
    }

    fn add(&mut self, other: &Self) {
        self.add_notional(other.notional);
        self.cancels = self.cancels.saturating_add(other.cancels);
        self.fills = self.fills.saturating_add(other.fills);
        self.far_orders = self.far_orders.saturating_add(other.far_orders);
        self.prevented = self.prevented.saturating_add(other.prevented);
        self.told |= other.told;
    }

    fn state(&self, (market, account): (u32, u32), stretch: i64) -> RiskCountsState {
        RiskCountsState {
            market,
            account,
            stretch,
            notional: self.notional,
            cancels: self.cancels,
            fills: self.fills,
            far_orders: self.far_orders,
            prevented: self.prevented,
            told: self.told,
            reserved: [0; 7],
        }
    }
}

/// The stretches of a minute, in a ring.
pub(super) struct Minute {
    /// The last stretch in which something was counted.
    latest: i64,
    ring: [Counts; RISK_STRETCHES],
}

impl Minute {
    /// One in which nothing was counted.
    pub(super) fn new(latest: i64) -> Self {
        Self {
            latest,
            ring: [Counts::default(); RISK_STRETCHES],
        }
    }

    /// The counts of a stretch of the minute that ends with the latest.
    pub(super) fn of_stretch(&mut self, stretch: i64) -> &mut Counts {
        &mut self.ring[place_of(stretch)]
    }

    /// The counts of a stretch that is not before the latest, and is the latest from now on.
    pub(super) fn at(&mut self, stretch: i64) -> &mut Counts {
        let first = (stretch - RISK_STRETCHES as i64).max(self.latest) + 1;
        for passed in first..=stretch {
            self.ring[place_of(passed)] = Counts::default();
        }
        self.latest = stretch;
        self.of_stretch(stretch)
    }

    /// The stretches that count in the minute of `now`, ascending.
    fn within(&self, now: i64) -> impl Iterator<Item = (i64, &Counts)> {
        let shorter = fault!(MinuteAStretchShorter, 1, 0);
        let first = now - (RISK_STRETCHES as i64 - 1) + shorter;
        let kept = self.latest - (RISK_STRETCHES as i64 - 1);
        (first.max(kept)..=self.latest).map(|stretch| (stretch, &self.ring[place_of(stretch)]))
    }

    /// All that was counted in the minute of `now`.
    pub(super) fn sum(&self, now: i64) -> Counts {
        let mut sum = Counts::default();
        self.within(now).for_each(|(_, counts)| sum.add(counts));
        sum
    }

    /// Whether nothing of it counts any more.
    fn has_passed(&self, now: i64) -> bool {
        self.latest <= now - RISK_STRETCHES as i64
    }
}

fn place_of(stretch: i64) -> usize {
    stretch.rem_euclid(RISK_STRETCHES as i64) as usize
}

impl Risk {
    /// What an account has done in a market, in the minute of `now`.
    pub(super) fn sum(&self, market: u32, account: u32, now: i64) -> Counts {
        let minute = self.minutes.get(&(market, account));
        minute.map_or_else(Counts::default, |minute| minute.sum(now))
    }

    /// Where to count what an account does in a market.
    pub(super) fn counts_at(&mut self, market: u32, account: u32, now: i64) -> &mut Minute {
        let minute = self
            .minutes
            .entry((market, account))
            .or_insert_with(|| Box::new(Minute::new(now)));
        minute.at(now);
        minute
    }

    /// Looks at a few, in turn, and forgets those that have passed: so there are never many more than
    /// have done something lately.
    pub(super) fn forget_passed(&mut self, now: i64) {
        for _ in 0..LOOKED_THROUGH {
            let behind = (Bound::Excluded(self.looked_through), Bound::Unbounded);
            let Some((&key, minute)) = self.minutes.range(behind).next() else {
                self.looked_through = (0, 0);
                return;
            };
            self.looked_through = key;
            if minute.has_passed(now) {
                self.minutes.remove(&key);
            }
        }
    }
}

impl Exchange {
    /// What accounts have done in watched markets in the minute of the last command, ascending by
    /// market, account and stretch; a stretch in which nothing was counted or told is left out.
    pub(crate) fn risk_counts(&self) -> impl Iterator<Item = RiskCountsState> + '_ {
        let minutes = self.risk.minutes.iter();
        minutes.flat_map(|(&key, minute)| self.counts_of(key, minute))
    }

    /// The same of all accounts of an account's owner in one market, ascending by stretch and account.
    pub fn risk_counts_of(
        &self,
        market: u32,
        account: u32,
    ) -> impl Iterator<Item = RiskCountsState> {
        let own = self.accounts.with_same_owner(account).iter();
        let minutes = own.filter_map(|&one| {
            let key = (market, one);
            Some((key, self.risk.minutes.get(&key)?))
        });
        let mut counts: Vec<_> = minutes
            .flat_map(|(key, minute)| self.counts_of(key, minute))
            .collect();
        counts.sort_by_key(|counts| counts.stretch);
        counts.into_iter()
    }

    fn counts_of<'a>(
        &self,
        key: (u32, u32),
        minute: &'a Minute,
    ) -> impl Iterator<Item = RiskCountsState> + use<'a> {
        let counted = minute.within(stretch_of(self.moment.time_us));
        counted
            .filter(|&(_, counts)| *counts != Counts::default())
            .map(move |(stretch, counts)| counts.state(key, stretch))
    }
}

#[cfg(test)]
mod tests {
    use alloc::vec::Vec;

    use cse_wire::RISK_STRETCHES;

    use super::{LOOKED_THROUGH, Risk};

    /// Whoever was there once is forgotten as others come: room is asked for by those alone who do
    /// something.
    #[test]
    fn those_who_have_passed_are_forgotten() {
        let mut risk = Risk::default();
        let later = RISK_STRETCHES as i64;
        for account in 1..=10 {
            risk.counts_at(1, account, 0).of_stretch(0).fills = 1;
        }
        risk.counts_at(1, 5, later - 1);
        risk.counts_at(1, 11, later - 1);
        for _ in 0..10 {
            risk.forget_passed(later - 1);
        }
        assert_eq!(risk.minutes.len(), 11, "all are of the minute");
        for _ in 0..=12 / LOOKED_THROUGH {
            risk.forget_passed(later);
        }
        let left: Vec<u32> = risk.minutes.keys().map(|&(_, account)| account).collect();
        assert_eq!(left, [5, 11]);
        assert_eq!(risk.sum(1, 5, later).fills, 0);
        assert_eq!(risk.sum(1, 11, later).fills, 0);
    }
}
