//! The open orders of each account in each market, ascending by order id.

use alloc::vec::Vec;
use core::iter;

use cse_book::{NONE, Order};

use crate::orders::{Details, Orders};

/// An account's open orders in one market: a chain through the orders themselves. Ids rise, so a
/// new order always goes to the end.
struct Chain {
    market: u32,
    earliest: u32,
    latest: u32,
    count: u32,
}

/// Chains by account, each account's ascending by market; an empty chain is not kept.
#[derive(Default)]
pub(crate) struct OpenOrders {
    of_account: Vec<Vec<Chain>>,
}

impl OpenOrders {
    pub(crate) fn add_account(&mut self) {
        self.of_account.push(Vec::new());
    }

    /// How many open orders an account that exists has in a market.
    #[inline]
    pub(crate) fn count(&self, account: u32, market: u32) -> u32 {
        let chains = &self.of_account[account as usize - 1];
        find(chains, market).map_or(0, |place| chains[place].count)
    }

    /// Adds an order whose id is above all others of its account in its market.
    pub(crate) fn push(&mut self, orders: &mut Orders, slot: u32) {
        let Order {
            account, market, ..
        } = orders[slot];
        let chains = &mut self.of_account[account as usize - 1];
        match find(chains, market) {
            Ok(place) => {
                let chain = &mut chains[place];
                orders.details_mut(chain.latest).later = slot;
                orders.details_mut(slot).earlier = chain.latest;
                chain.latest = slot;
                chain.count += 1;
            }
            Err(place) => {
                chains.insert(
                    place,
                    Chain {
                        market,
                        earliest: slot,
                        latest: slot,
                        count: 1,
                    },
                );
            }
        }
    }

    pub(crate) fn remove(&mut self, orders: &mut Orders, slot: u32) {
        let Order {
            account, market, ..
        } = orders[slot];
        let &Details { earlier, later, .. } = orders.details(slot);
        let chains = &mut self.of_account[account as usize - 1];
        let Ok(place) = find(chains, market) else {
            return;
        };
        let chain = &mut chains[place];
        chain.count -= 1;
        if chain.count == 0 {
            chains.remove(place);
            return;
        }
        if earlier == NONE {
            chain.earliest = later;
        } else {
            orders.details_mut(earlier).later = later;
        }
        if later == NONE {
            chain.latest = earlier;
        } else {
            orders.details_mut(later).earlier = earlier;
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
        let chains = (account as usize)
            .checked_sub(1)
            .and_then(|place| self.of_account.get(place))
            .map_or(&[][..], Vec::as_slice);
        let wanted = match (market, find(chains, market)) {
            (0, _) => chains,
            (_, Ok(place)) => &chains[place..=place],
            (_, Err(_)) => &[],
        };
        let next = |slot: u32| (slot != NONE).then_some(slot);
        let fits = &fits;
        let mut slots: Vec<u32> = wanted
            .iter()
            .flat_map(|chain| {
                iter::successors(next(chain.earliest), move |&slot| {
                    next(orders.details(slot).later)
                })
                .filter(move |&slot| fits(&orders[slot]))
                .take(most)
            })
            .collect();
        if wanted.len() > 1 {
            slots.sort_unstable_by_key(|&slot| orders[slot].id);
            slots.truncate(most);
        }
        slots
    }
}

#[inline]
fn find(chains: &[Chain], market: u32) -> Result<usize, usize> {
    chains.binary_search_by_key(&market, |chain| chain.market)
}
