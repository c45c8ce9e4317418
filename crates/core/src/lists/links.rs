//! Which orders are linked. A link lasts while more than one of its orders is open.

use alloc::collections::BTreeMap;
use alloc::vec::Vec;

use cse_wire::OrderListKind;

/// Orders of a list, by id.
#[derive(Clone, Copy)]
pub(crate) struct Link {
    pub(crate) kind: OrderListKind,
    pub(crate) account: u32,
    pub(crate) market: u32,
    /// Of a bracket, while it is open; else 0.
    pub(crate) entry: u64,
    /// The limit order and the stop of which one closes the other: of a bracket its exits.
    pub(crate) pair: [u64; 2],
}

impl Link {
    /// The other one of the pair; 0 for an entry.
    pub(crate) fn other(&self, order_id: u64) -> u64 {
        match self.pair {
            [first, second] if order_id == first => second,
            [first, second] if order_id == second => first,
            _ => 0,
        }
    }

    /// The orders that are open.
    pub(crate) fn orders(&self) -> impl Iterator<Item = u64> {
        let entry = Some(self.entry).filter(|&id| id != 0);
        entry.into_iter().chain(self.pair)
    }
}

/// All links by place.
#[derive(Default)]
pub(crate) struct Links {
    places: Vec<Option<Link>>,
    free: Vec<u32>,
    /// The place of each linked order's link.
    of_order: BTreeMap<u64, u32>,
}

impl Links {
    pub(crate) fn insert(&mut self, link: Link) -> u32 {
        let place = self.free.pop().unwrap_or_else(|| {
            self.places.push(None);
            self.places.len() as u32 - 1
        });
        self.places[place as usize] = Some(link);
        for order_id in link.orders() {
            self.of_order.insert(order_id, place);
        }
        place
    }

    /// Where the link of an order stands, if it is linked.
    pub(crate) fn place_of(&self, order_id: u64) -> Option<u32> {
        self.of_order.get(&order_id).copied()
    }

    pub(crate) fn get(&self, place: u32) -> Option<&Link> {
        self.places.get(place as usize)?.as_ref()
    }

    /// The entry of a bracket has closed; its exits stay linked.
    pub(crate) fn take_entry(&mut self, place: u32) -> Option<Link> {
        let link = self.places.get_mut(place as usize)?.as_mut()?;
        self.of_order.remove(&link.entry);
        link.entry = 0;
        Some(*link)
    }

    pub(crate) fn remove(&mut self, place: u32) -> Option<Link> {
        let link = self.places.get_mut(place as usize)?.take()?;
        self.free.push(place);
        for order_id in link.orders() {
            self.of_order.remove(&order_id);
        }
        Some(link)
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = &Link> {
        self.places.iter().flatten()
    }
}
