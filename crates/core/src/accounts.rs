//! The list of accounts and of those who own them.

use alloc::collections::BTreeMap;
use alloc::vec::Vec;

use cse_wire::{
    AccountFrozen, AccountKind, AccountOpened, AccountTierChanged, AccountUnfrozen, FreezeAccount,
    Message, OpenAccount, UnfreezeAccount, asset_of_external, codes,
};

use crate::exchange::Exchange;
use crate::refusal::Refusal;

/// The owner of what belongs to the exchange.
const NOBODY: [u8; 16] = [0; 16];

const INVALID: Refusal = Refusal::new(codes::INVALID_ACCOUNT);

/// An account, without its balances and orders.
#[derive(Clone, Copy)]
pub(crate) struct Account {
    pub(crate) kind: AccountKind,
    pub(crate) frozen: bool,
    /// Its fee tier.
    pub(crate) tier: u8,
    /// Where its owner stands among the owners; equal for accounts of one owner.
    pub(crate) owner: u32,
}

struct Owner {
    id: [u8; 16],
    /// All of the owner's accounts, ascending.
    accounts: Vec<u32>,
    main: Option<u32>,
    external: Option<u32>,
}

/// Accounts by id, dense from 1, and by owner.
#[derive(Default)]
pub(crate) struct Accounts {
    list: Vec<Account>,
    owners: Vec<Owner>,
    by_owner: BTreeMap<[u8; 16], u32>,
}

impl Accounts {
    #[inline(always)]
    pub(crate) fn get(&self, account: u32) -> Option<&Account> {
        self.list.get((account as usize).checked_sub(1)?)
    }

    pub(crate) fn get_mut(&mut self, account: u32) -> Option<&mut Account> {
        self.list.get_mut((account as usize).checked_sub(1)?)
    }

    /// The owner of an account that exists.
    #[inline]
    pub(crate) fn owner_of(&self, account: u32) -> u32 {
        self.list[account as usize - 1].owner
    }

    /// All accounts of an account's owner, ascending; none of an account that is not there.
    pub(crate) fn with_same_owner(&self, account: u32) -> &[u32] {
        let owner = self.get(account).map(|entry| entry.owner);
        owner.map_or(&[], |owner| &self.owners[owner as usize].accounts)
    }

    pub(crate) fn owner_id(&self, account: &Account) -> [u8; 16] {
        self.owners[account.owner as usize].id
    }

    pub(crate) fn count(&self) -> u32 {
        self.list.len() as u32
    }

    pub(crate) fn main_of(&self, owner: &[u8; 16]) -> Option<u32> {
        self.owners[*self.by_owner.get(owner)? as usize].main
    }

    pub(crate) fn external_of(&self, owner: &[u8; 16]) -> Option<u32> {
        self.owners[*self.by_owner.get(owner)? as usize].external
    }

    /// Adds the account whose id comes next, and says the id.
    pub(crate) fn push(&mut self, owner: [u8; 16], kind: AccountKind, frozen: bool) -> u32 {
        let account = self.count() + 1;
        let owners = &mut self.owners;
        let place = *self.by_owner.entry(owner).or_insert_with(|| {
            owners.push(Owner {
                id: owner,
                accounts: Vec::new(),
                main: None,
                external: None,
            });
            owners.len() as u32 - 1
        });
        let entry = &mut self.owners[place as usize];
        entry.accounts.push(account);
        match kind {
            AccountKind::Main => entry.main = Some(account),
            AccountKind::External => entry.external = Some(account),
            _ => {}
        }
        self.list.push(Account {
            kind,
            frozen,
            tier: 0,
            owner: place,
        });
        account
    }
}

impl Exchange {
    pub(crate) fn open_account(
        &mut self,
        command: &OpenAccount,
        out: &mut Vec<u8>,
    ) -> Result<(), Refusal> {
        let kind = self.check_opening(&command.owner, command.kind)?;
        let account = self.add_account(command.owner, kind, false);
        AccountOpened {
            account,
            kind: command.kind,
            reserved: [0; 3],
            owner: command.owner,
        }
        .append(out);
        if kind == AccountKind::Sub {
            self.take_tier_of_main(account, &command.owner, out);
        }
        Ok(())
    }

    /// Puts an account into the tier of its owner's main one.
    fn take_tier_of_main(&mut self, account: u32, owner: &[u8; 16], out: &mut Vec<u8>) {
        let main = self.accounts.main_of(owner);
        let tier = main.and_then(|main| Some(self.accounts.get(main)?.tier));
        let (Some(tier @ 1..), Some(entry)) = (tier, self.accounts.get_mut(account)) else {
            return;
        };
        entry.tier = tier;
        AccountTierChanged {
            account,
            tier,
            reserved: [0; 3],
        }
        .append(out);
    }

    /// The kind, when such an account may be opened for this owner.
    pub(crate) fn check_opening(&self, owner: &[u8; 16], kind: u8) -> Result<AccountKind, Refusal> {
        let kind = AccountKind::from_number(kind).ok_or(INVALID)?;
        let is_wrong = match kind {
            AccountKind::System => *owner != NOBODY,
            AccountKind::External => {
                let asset = asset_of_external(owner).ok_or(INVALID)?;
                if self.assets.get(asset).is_none() {
                    return Err(Refusal::new(codes::ASSET_UNKNOWN).about(asset.into()));
                }
                self.accounts.external_of(owner).is_some()
            }
            AccountKind::Main => *owner == NOBODY || self.accounts.main_of(owner).is_some(),
            AccountKind::Sub | AccountKind::Vault | AccountKind::Vesting => *owner == NOBODY,
        };
        if is_wrong { Err(INVALID) } else { Ok(kind) }
    }

    /// Adds an account everywhere where accounts have a place.
    pub(crate) fn add_account(&mut self, owner: [u8; 16], kind: AccountKind, frozen: bool) -> u32 {
        self.balances.add_account();
        self.open_orders.add_account();
        self.client_orders.add_account();
        self.accounts.push(owner, kind, frozen)
    }

    pub(crate) fn freeze_account(
        &mut self,
        command: &FreezeAccount,
        out: &mut Vec<u8>,
    ) -> Result<(), Refusal> {
        self.set_frozen(command.account, true)?;
        AccountFrozen {
            account: command.account,
            reserved: [0; 4],
        }
        .append(out);
        Ok(())
    }

    pub(crate) fn unfreeze_account(
        &mut self,
        command: &UnfreezeAccount,
        out: &mut Vec<u8>,
    ) -> Result<(), Refusal> {
        self.set_frozen(command.account, false)?;
        AccountUnfrozen {
            account: command.account,
            reserved: [0; 4],
        }
        .append(out);
        Ok(())
    }

    fn set_frozen(&mut self, account: u32, frozen: bool) -> Result<(), Refusal> {
        let entry = self
            .accounts
            .get_mut(account)
            .ok_or(Refusal::new(codes::ACCOUNT_UNKNOWN).of_account(account))?;
        entry.frozen = frozen;
        Ok(())
    }
}
