//! A market's queue of orders that have fired and wait for their turn.

use alloc::collections::BTreeMap;

/// What stands in a queue.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Fired {
    /// A trigger order, by its place among them.
    Order(u32),
    /// Both exits of a bracket whose entry has closed, by their link.
    Exits(u32),
}

/// First come, first served. Numbers rise.
#[derive(Default)]
pub(crate) struct Queue {
    by_number: BTreeMap<u64, Fired>,
    last_number: u64,
}

impl Queue {
    /// Puts one behind all others, and says its number.
    pub(crate) fn push(&mut self, fired: Fired) -> u64 {
        self.last_number += 1;
        self.by_number.insert(self.last_number, fired);
        self.last_number
    }

    pub(crate) fn pop(&mut self) -> Option<Fired> {
        self.by_number.pop_first().map(|(_, fired)| fired)
    }

    /// Takes out what has a number; nothing where it has gone already.
    pub(crate) fn remove(&mut self, number: u64) {
        self.by_number.remove(&number);
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.by_number.is_empty()
    }

    /// The last one, with its number.
    pub(crate) fn last(&self) -> Option<(u64, Fired)> {
        let (&number, &fired) = self.by_number.last_key_value()?;
        Some((number, fired))
    }

    /// Numbers, first one first.
    pub(crate) fn numbers(&self) -> impl Iterator<Item = u64> {
        self.by_number.keys().copied()
    }
}
