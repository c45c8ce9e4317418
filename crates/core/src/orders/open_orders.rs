//! The open orders of each account in each market, ascending by order id.

use alloc::vec::Vec;

use cse_book::Order;
use cse_prefetch::prefetch;

use super::records::Orders;

/// So many closed ids may stand in a list beyond twice as many as open ones.
const CLOSED_MAX: usize = 64;

/// An account's orders in one market. Ids rise, so a new one always goes to the end. Those that
/// close stay until they are about two in three: so an order that closes touches no other.
struct List {
    market: u32,
    /// How many are open.
    count: u32,
    ids: Vec<u64>,
}

impl List {
    #[cold]
    fn forget_closed(&mut self, orders: &Orders) {
        self.ids.retain(|&id| orders.slot_of(id).is_some());
    }
}

/// Lists by account, each account's ascending by market.
#[derive(Default)]
pub(crate) struct OpenOrders {
    of_account: Vec<Vec<List>>,
}

impl OpenOrders {
    pub(crate) fn add_account(&mut self) {
        self.of_account.push(Vec::new());
    }

    /// How many open orders an account that exists has in a market.
    #[inline(always)]
    pub(crate) fn count(&self, account: u32, market: u32) -> u32 {
        let lists = &self.of_account[account as usize - 1];
        find(lists, market).map_or(0, |place| lists[place].count)
    }

    /// Has an account's list of a market brought near.
    #[inline]
    pub(crate) fn prefetch(&self, account: u32, market: u32) {
        let lists = self.lists(account, market);
        if let Some(list) = lists.first() {
            prefetch(list);
        }
    }

    /// Has the end of an account's list of a market brought near.
    #[inline]
    pub(crate) fn prefetch_end(&self, account: u32, market: u32) {
        let last = self.lists(account, market).first().map(|list| &list.ids);
        if let Some(last) = last.and_then(|ids| ids.last()) {
            prefetch(last);
        }
    }

    /// Adds an order whose id is above all others of its account in its market.
    #[inline(always)]
    pub(crate) fn push(&mut self, account: u32, market: u32, order_id: u64) {
        let lists = &mut self.of_account[account as usize - 1];
        let place = match find(lists, market) {
            Ok(place) => place,
            Err(place) => begin_list(lists, place, market),
        };
        let list = &mut lists[place];
        list.count += 1;
        list.ids.push(order_id);
    }

    /// An order is open no longer; of `orders` it is gone already.
    #[inline(always)]
    pub(crate) fn remove(&mut self, orders: &Orders, account: u32, market: u32) {
        let lists = &mut self.of_account[account as usize - 1];
        let Ok(place) = find(lists, market) else {
            return;
        };
        let list = &mut lists[place];
        list.count -= 1;
        if list.ids.len() > 3 * list.count as usize + CLOSED_MAX {
            list.forget_closed(orders);
        }
    }

    /// Slots of an account's open orders in a market, or in all where it is 0, ascending by id.
    pub(crate) fn slots(&self, orders: &Orders, account: u32, market: u32) -> Vec<u32> {
        self.first_slots(orders, account, market, usize::MAX, |_| true)
    }

    /// The first `most` of those slots whose orders fit.
    pub(crate) fn first_slots(
        &self,
        orders: &Orders,
        account: u32,
        market: u32,
        most: usize,
        fits: impl Fn(&Order) -> bool,
    ) -> Vec<u32> {
        let lists = self.lists(account, market);
        let fits = &fits;
        let mut slots: Vec<u32> = lists
            .iter()
            .flat_map(|list| {
                let open = list.ids.iter().filter_map(|&id| orders.slot_of(id));
                open.filter(move |&slot| fits(&orders[slot])).take(most)
            })
            .collect();
        if lists.len() > 1 {
            slots.sort_unstable_by_key(|&slot| orders.id(slot));
            slots.truncate(most);
        }
        slots
    }

    /// The last `most` of an account's slots in a market, or in all where it is 0, whose ids are
    /// below `before`; ascending by id.
    pub(crate) fn last_slots_before(
        &self,
        orders: &Orders,
        account: u32,
        market: u32,
        before: u64,
        most: usize,
    ) -> Vec<u32> {
        let lists = self.lists(account, market);
        let mut slots: Vec<u32> = lists
            .iter()
            .flat_map(|list| {
                let end = list
                    .ids
                    .partition_point(|&id| id < fault!(PageRepeatsAnOrder, before + 1, before));
                let newest_first = list.ids[..end].iter().rev();
                newest_first.filter_map(|&id| orders.slot_of(id)).take(most)
            })
            .collect();
        slots.sort_unstable_by_key(|&slot| orders.id(slot));
        let surplus = slots.len().saturating_sub(most);
        slots.drain(..surplus);
        slots
    }

    fn lists(&self, account: u32, market: u32) -> &[List] {
        let lists = (account as usize)
            .checked_sub(1)
            .and_then(|place| self.of_account.get(place))
            .map_or(&[][..], Vec::as_slice);
        match (market, find(lists, market)) {
            (0, _) => lists,
            (_, Ok(place)) => &lists[place..=place],
            (_, Err(_)) => &[],
        }
    }
}

/// Where an account's list of a market stands, or belongs.
#[inline(always)]
fn find(lists: &[List], market: u32) -> Result<usize, usize> {
    // Who trades everywhere has the list of a market at its number.
    let place = (market as usize).wrapping_sub(1);
    match lists.get(place) {
        Some(list) if list.market == market => Ok(place),
        _ => search(lists, market),
    }
}

#[inline(never)]
fn search(lists: &[List], market: u32) -> Result<usize, usize> {
    lists.binary_search_by_key(&market, |list| list.market)
}

/// Begins the list of a market at the place where it belongs, and says that.
#[cold]
fn begin_list(lists: &mut Vec<List>, place: usize, market: u32) -> usize {
    let list = List {
        market,
        count: 0,
        ids: Vec::new(),
    };
    lists.insert(place, list);
    place
}
