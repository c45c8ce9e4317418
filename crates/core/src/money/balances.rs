//! Balances, and which of them the command under way has touched.

use alloc::vec::Vec;

use cse_prefetch::prefetch;
use cse_wire::{BalanceChanged, BalanceState, Message};

/// What an account has of an asset. Sums stay far from the bounds of i128: what enters from an
/// external account is below 2^100. Two stand in a line of the cache, none across two.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
#[repr(align(32))]
pub(crate) struct Balance {
    pub(crate) available: i128,
    pub(crate) locked: i128,
}

impl Balance {
    const ZERO: Self = Self {
        available: 0,
        locked: 0,
    };

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

/// Which balance an account has of an asset.
#[derive(Clone, Copy)]
struct Numbered {
    asset: u32,
    number: u32,
}

/// A balance as it was when the command under way first touched it.
struct Before {
    account: u32,
    asset: u32,
    number: u32,
    available: i128,
    locked: i128,
}

/// Balances by account and asset. A balance that was never touched is zero.
#[derive(Default)]
pub(crate) struct Balances {
    /// By account, each ascending by asset.
    rows: Vec<Vec<Numbered>>,
    /// By number. A balance keeps its number, so that who has found it once need not look again.
    list: Vec<Balance>,
    /// By number: where in `before` the command stands that touched it last, if that is under way.
    noted: Vec<u32>,
    before: Vec<Before>,
}

impl Balances {
    pub(crate) fn add_account(&mut self) {
        self.rows.push(Vec::new());
    }

    /// Begins a command: nothing is touched yet.
    #[inline]
    pub(crate) fn begin(&mut self) {
        self.before.clear();
    }

    /// The balance of an account that exists, to be changed.
    #[inline(always)]
    pub(crate) fn touch(&mut self, account: u32, asset: u32) -> &mut Balance {
        let number = self.number(account, asset);
        self.note(account, asset, number);
        &mut self.list[number as usize]
    }

    /// The same, where nobody is to be told.
    pub(crate) fn restore(&mut self, account: u32, asset: u32) -> &mut Balance {
        let number = self.number(account, asset);
        &mut self.list[number as usize]
    }

    #[inline(always)]
    fn number(&mut self, account: u32, asset: u32) -> u32 {
        match find(&self.rows[account as usize - 1], asset) {
            Some(number) => number,
            None => self.add(account, asset),
        }
    }

    /// Keeps what a balance was before the command under way, once.
    #[inline(always)]
    fn note(&mut self, account: u32, asset: u32, number: u32) {
        let noted = &mut self.noted[number as usize];
        let before = self.before.get(*noted as usize);
        if before.is_some_and(|before| before.number == number) {
            return;
        }
        *noted = self.before.len() as u32;
        let Balance { available, locked } = self.list[number as usize];
        self.before.push(Before {
            account,
            asset,
            number,
            available,
            locked,
        });
    }

    /// Gives an account a balance that it has not had so far.
    #[cold]
    fn add(&mut self, account: u32, asset: u32) -> u32 {
        let number = self.list.len() as u32;
        self.list.push(Balance::ZERO);
        self.noted.push(0);
        let row = &mut self.rows[account as usize - 1];
        let place = row.partition_point(|numbered| numbered.asset < asset);
        row.insert(place, Numbered { asset, number });
        number
    }

    /// What an account that exists has available of an asset.
    #[inline(always)]
    pub(crate) fn available(&self, account: u32, asset: u32) -> i128 {
        self.of(account, asset).available
    }

    /// What an account that exists has of an asset.
    #[inline(always)]
    pub(crate) fn of(&self, account: u32, asset: u32) -> Balance {
        let number = find(&self.rows[account as usize - 1], asset);
        number.map_or(Balance::ZERO, |number| self.list[number as usize])
    }

    /// Has a balance brought near of an account that exists.
    #[inline]
    pub(crate) fn prefetch(&self, account: u32, asset: u32) {
        if let Some(number) = find(&self.rows[account as usize - 1], asset) {
            prefetch(&self.list[number as usize]);
            prefetch(&self.noted[number as usize]);
        }
    }

    /// Ends a command: tells what is another value than before, by account and asset.
    #[inline]
    pub(crate) fn report(&mut self, out: &mut Vec<u8>) {
        if self.before.len() > 1 {
            self.before
                .sort_unstable_by_key(|before| (before.account, before.asset));
        }
        for before in &self.before {
            let now = self.list[before.number as usize];
            let locked_before = fault!(ChangeOfLockedNotTold, now.locked, before.locked);
            if (now.available, now.locked) != (before.available, locked_before) {
                BalanceChanged {
                    account: before.account,
                    asset: before.asset,
                    available: now.available,
                    locked: now.locked,
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
            .map(|&Numbered { asset, number }| (asset, self.list[number as usize]))
            .filter(|&(_, balance)| balance != Balance::ZERO)
            .map(move |(asset, Balance { available, locked })| BalanceState {
                account,
                asset,
                available,
                locked,
            })
    }
}

/// The number of the balance of an asset, in an account's row.
#[inline(always)]
fn find(row: &[Numbered], asset: u32) -> Option<u32> {
    // Who has something of everything has the balance of an asset at its number.
    match row.get((asset as usize).wrapping_sub(1)) {
        Some(numbered) if numbered.asset == asset => Some(numbered.number),
        _ => search(row, asset),
    }
}

#[inline(never)]
fn search(row: &[Numbered], asset: u32) -> Option<u32> {
    let place = row.binary_search_by_key(&asset, |numbered| numbered.asset);
    place.ok().map(|place| row[place].number)
}
