//! Balances, and which of them the command under way has touched.

use alloc::vec::Vec;

use cse_prefetch::prefetch;
use cse_wire::{BalanceChanged, BalanceState, Message};

/// What an account has of an asset. Sums stay far from the bounds of i128: what enters from an
/// external account is below 2^100.
#[derive(Clone, Copy)]
pub(crate) struct Balance {
    asset: u32,
    /// The last command that touched it.
    touched_at: u64,
    pub(crate) available: i128,
    pub(crate) locked: i128,
}

impl Balance {
    const fn zero(asset: u32) -> Self {
        Self {
            asset,
            touched_at: 0,
            available: 0,
            locked: 0,
        }
    }

    fn is_zero(&self) -> bool {
        self.available == 0 && self.locked == 0
    }

    /// Moves what an order holds from available to locked.
    #[inline]
    pub(crate) fn hold(&mut self, amount: i128) {
        self.available -= amount;
        self.locked += amount;
    }

    /// Moves what an order no longer holds back to available.
    #[inline]
    pub(crate) fn release(&mut self, amount: i128) {
        self.locked -= amount;
        self.available += amount;
    }
}

/// A balance as it was when the command under way first touched it.
struct Before {
    account: u32,
    asset: u32,
    available: i128,
    locked: i128,
}

/// Balances by account and asset. A balance that was never touched is zero.
#[derive(Default)]
pub(crate) struct Balances {
    /// By account, each ascending by asset.
    rows: Vec<Vec<Balance>>,
    before: Vec<Before>,
    sequence: u64,
}

impl Balances {
    pub(crate) fn add_account(&mut self) {
        self.rows.push(Vec::new());
    }

    /// Begins a command: nothing is touched yet.
    #[inline]
    pub(crate) fn begin(&mut self, sequence: u64) {
        self.sequence = sequence;
        self.before.clear();
    }

    /// The balance of an account that exists, to be changed.
    #[inline]
    pub(crate) fn touch(&mut self, account: u32, asset: u32) -> &mut Balance {
        let row = &mut self.rows[account as usize - 1];
        let place = match numbered(row, asset) {
            Some(place) => place,
            None => found_or_added(row, asset),
        };
        let balance = &mut row[place];
        if balance.touched_at != self.sequence {
            balance.touched_at = self.sequence;
            self.before.push(Before {
                account,
                asset,
                available: balance.available,
                locked: balance.locked,
            });
        }
        balance
    }

    /// What an account that exists has available of an asset.
    #[inline]
    pub(crate) fn available(&self, account: u32, asset: u32) -> i128 {
        let row = &self.rows[account as usize - 1];
        find(row, asset).map_or(0, |place| row[place].available)
    }

    /// What an account that exists has of an asset: available, and locked.
    pub(crate) fn of(&self, account: u32, asset: u32) -> (i128, i128) {
        let row = &self.rows[account as usize - 1];
        find(row, asset).map_or((0, 0), |place| (row[place].available, row[place].locked))
    }

    /// Has a balance brought near of an account that exists.
    #[inline]
    pub(crate) fn prefetch(&self, account: u32, asset: u32) {
        let row = &self.rows[account as usize - 1];
        if let Ok(place) = find(row, asset) {
            prefetch(&row[place]);
        }
    }

    /// Ends a command: tells what is another value than before, by account and asset.
    pub(crate) fn report(&mut self, out: &mut Vec<u8>) {
        if self.before.len() > 1 {
            self.before
                .sort_unstable_by_key(|before| (before.account, before.asset));
        }
        for before in &self.before {
            let Before { account, asset, .. } = *before;
            let row = &self.rows[account as usize - 1];
            let Ok(place) = find(row, asset) else {
                continue;
            };
            let Balance {
                available, locked, ..
            } = row[place];
            let locked_before = fault!(ChangeOfLockedNotTold, locked, before.locked);
            if (available, locked) != (before.available, locked_before) {
                BalanceChanged {
                    account,
                    asset,
                    available,
                    locked,
                }
                .append(out);
            }
        }
    }

    /// The balances of an account that are not zero, ascending by asset.
    pub(crate) fn of_account(&self, account: u32) -> impl Iterator<Item = BalanceState> {
        let row = (account as usize)
            .checked_sub(1)
            .and_then(|place| self.rows.get(place));
        row.into_iter()
            .flatten()
            .filter(|balance| !balance.is_zero())
            .map(move |balance| {
                let &Balance {
                    asset,
                    available,
                    locked,
                    ..
                } = balance;
                BalanceState {
                    account,
                    asset,
                    available,
                    locked,
                }
            })
    }
}

/// Where the balance of an asset stands in an account's row, or belongs.
#[inline]
fn find(row: &[Balance], asset: u32) -> Result<usize, usize> {
    match numbered(row, asset) {
        Some(place) => Ok(place),
        None => row.binary_search_by_key(&asset, |balance| balance.asset),
    }
}

/// The place at an asset's number, where its balance stands of who has something of everything.
#[inline]
fn numbered(row: &[Balance], asset: u32) -> Option<usize> {
    let place = (asset as usize).wrapping_sub(1);
    let is_there = row.get(place).is_some_and(|balance| balance.asset == asset);
    is_there.then_some(place)
}

/// Where the balance of an asset stands in an account's row, which has it from now on.
#[inline(never)]
fn found_or_added(row: &mut Vec<Balance>, asset: u32) -> usize {
    find(row, asset).unwrap_or_else(|place| {
        row.insert(place, Balance::zero(asset));
        place
    })
}
