//! Trailing stops of one direction. Those that have followed to the same price are one cohort and
//! move together, so that a new high of the price costs one step however many follow it.

use alloc::collections::{BTreeMap, BTreeSet};
use alloc::vec::Vec;
use core::mem;

use super::records::{Phase, Triggers, Waits};
use super::trailing::Trail;
use super::watch::Direction;

/// The rank of no price: every trade is beyond it.
const UNMARKED: u64 = 0;

/// Orders that have followed to the same price, by delta and place: the smallest fires first.
#[derive(Default)]
struct Cohort {
    /// The rank of the price that it has followed to, or [`UNMARKED`].
    mark_rank: u64,
    ticks: BTreeSet<(u64, u32)>,
    ppm: BTreeSet<(u64, u32)>,
}

impl Cohort {
    fn of(&mut self, trail: Trail) -> &mut BTreeSet<(u64, u32)> {
        match trail {
            Trail::Ticks(_) => &mut self.ticks,
            Trail::Ppm(_) => &mut self.ppm,
        }
    }

    fn len(&self) -> usize {
        self.ticks.len() + self.ppm.len()
    }

    /// The stop price that is nearest, as a rank; 0 without a price.
    fn nearest_rank(&self, direction: Direction) -> u64 {
        if self.mark_rank == UNMARKED {
            return 0;
        }
        let price = direction.rank(self.mark_rank);
        let rank_of = |trail: Trail| direction.rank(trail.stop_at(direction, price));
        let ticks = self.ticks.first().map(|&(delta, _)| Trail::Ticks(delta));
        let ppm = self.ppm.first().map(|&(delta, _)| Trail::Ppm(delta));
        ticks.into_iter().chain(ppm).map(rank_of).max().unwrap_or(0)
    }

    /// Takes out the orders whose stop prices a trade of this rank meets.
    fn fire(&mut self, direction: Direction, rank: u64, fired: &mut Vec<(u64, u32)>) {
        let price = direction.rank(self.mark_rank);
        let mut fire = |orders: &mut BTreeSet<(u64, u32)>, trail: fn(u64) -> Trail| {
            while let Some(&(delta, place)) = orders.first() {
                let stop = trail(delta).stop_at(direction, price);
                if direction.rank(stop) < rank {
                    break;
                }
                orders.pop_first();
                fired.push((stop, place));
            }
        };
        fire(&mut self.ticks, Trail::Ticks);
        fire(&mut self.ppm, Trail::Ppm);
    }
}

/// All cohorts, by what they wait for.
#[derive(Default)]
pub(crate) struct Following {
    direction: Direction,
    cohorts: Vec<Cohort>,
    free: Vec<u32>,
    by_mark: BTreeMap<u64, u32>,
    /// The nearest stop price of each cohort that has one, as a rank.
    by_stop: BTreeSet<(u64, u32)>,
}

impl Following {
    pub(crate) fn new(direction: Direction) -> Self {
        Self {
            direction,
            ..Self::default()
        }
    }

    /// Adds an order that has followed to a price, or to none yet, and says its cohort.
    pub(crate) fn add(&mut self, trail: Trail, from: Option<u64>, place: u32) -> u32 {
        let mark_rank = from.map_or(UNMARKED, |price| self.direction.rank(price));
        let id = match self.by_mark.get(&mark_rank) {
            Some(&id) => id,
            None => self.begin_cohort(mark_rank),
        };
        self.change(id, |cohort| {
            cohort.of(trail).insert((trail.delta(), place));
        });
        id
    }

    pub(crate) fn remove(&mut self, id: u32, trail: Trail, place: u32) {
        self.change(id, |cohort| {
            cohort.of(trail).remove(&(trail.delta(), place));
        });
        self.dissolve_if_empty(id);
    }

    pub(crate) fn stop_of(&self, id: u32, trail: Trail) -> u64 {
        match self.cohorts[id as usize].mark_rank {
            UNMARKED => 0,
            rank => trail.stop_at(self.direction, self.direction.rank(rank)),
        }
    }

    pub(crate) fn nearest_rank(&self) -> Option<u64> {
        self.by_stop.last().map(|&(rank, _)| rank)
    }

    pub(crate) fn lowest_mark_rank(&self) -> Option<u64> {
        self.by_mark.first_key_value().map(|(&rank, _)| rank)
    }

    /// Takes out the orders whose stop prices a trade of this rank meets.
    pub(crate) fn fire(&mut self, rank: u64, fired: &mut Vec<(u64, u32)>) {
        let direction = self.direction;
        while let Some(&(stop_rank, id)) = self.by_stop.last() {
            if stop_rank < rank {
                return;
            }
            self.change(id, |cohort| cohort.fire(direction, rank, fired));
            self.dissolve_if_empty(id);
        }
    }

    /// Has all cohorts that stay behind a price follow to it.
    pub(crate) fn follow(&mut self, triggers: &mut Triggers, price: u64) {
        let rank = self.direction.rank(price);
        while let Some((&mark_rank, &id)) = self.by_mark.first_key_value() {
            if mark_rank >= rank {
                return;
            }
            self.by_mark.remove(&mark_rank);
            match self.by_mark.get(&rank) {
                Some(&there) => self.join(triggers, id, there, rank),
                None => {
                    self.change(id, |cohort| cohort.mark_rank = rank);
                    self.by_mark.insert(rank, id);
                }
            }
        }
    }

    /// Makes one of two cohorts at a mark; the smaller one moves.
    fn join(&mut self, triggers: &mut Triggers, one: u32, other: u32, mark_rank: u64) {
        let length = |id: u32| self.cohorts[id as usize].len();
        let (from, to) = if length(one) < length(other) {
            (one, other)
        } else {
            (other, one)
        };
        let mut moved = Cohort::default();
        self.change(from, |cohort| moved = mem::take(cohort));
        self.free.push(from);
        for &(_, place) in moved.ticks.iter().chain(&moved.ppm) {
            triggers[place].phase = Phase::Waiting(Waits::Following(to));
        }
        self.change(to, |cohort| {
            cohort.mark_rank = mark_rank;
            cohort.ticks.extend(moved.ticks);
            cohort.ppm.extend(moved.ppm);
        });
        self.by_mark.insert(mark_rank, to);
    }

    fn begin_cohort(&mut self, mark_rank: u64) -> u32 {
        let cohort = Cohort {
            mark_rank,
            ..Cohort::default()
        };
        let id = match self.free.pop() {
            Some(id) => {
                self.cohorts[id as usize] = cohort;
                id
            }
            None => {
                self.cohorts.push(cohort);
                self.cohorts.len() as u32 - 1
            }
        };
        self.by_mark.insert(mark_rank, id);
        id
    }

    /// Changes a cohort, and what is kept of its nearest stop price.
    fn change(&mut self, id: u32, change: impl FnOnce(&mut Cohort)) {
        let cohort = &mut self.cohorts[id as usize];
        let before = cohort.nearest_rank(self.direction);
        change(cohort);
        let after = cohort.nearest_rank(self.direction);
        if before != after {
            self.by_stop.remove(&(before, id));
            if after != 0 {
                self.by_stop.insert((after, id));
            }
        }
    }

    fn dissolve_if_empty(&mut self, id: u32) {
        let cohort = &self.cohorts[id as usize];
        if cohort.len() == 0 {
            self.by_mark.remove(&cohort.mark_rank);
            self.free.push(id);
        }
    }
}
