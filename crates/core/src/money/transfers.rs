//! Linked transfers: several legs, all or none.

use alloc::vec::Vec;

use cse_wire::{
    AccountKind, LEGS_MAX, Message, SUPPLY_LIMIT, Transfer, TransferCondition, TransferLeg,
    TransferMade, codes,
};

use super::balances::Balance;
use crate::exchange::Exchange;
use crate::refusal::Refusal;

const INVALID: Refusal = Refusal::new(codes::TRANSFER_INVALID);

/// Where the amounts of a transfer's legs go.
#[derive(Clone, Copy)]
pub(crate) enum Movement {
    /// To the credit: the transfer is made.
    ToCredit,
    /// To the debit's locked: the transfer is held.
    ToLocked,
}

impl Exchange {
    pub(crate) fn transfer(
        &mut self,
        command: &Transfer,
        tail: &[u8],
        out: &mut Vec<u8>,
    ) -> Result<(), Refusal> {
        self.move_legs(command.leg_count, tail, Movement::ToCredit)?;
        self.last_transfer_id += 1;
        TransferMade {
            transfer: self.last_transfer_id,
            reference: command.reference,
            leg_count: command.leg_count,
            reserved: [0; 4],
        }
        .append_with(tail, out);
        Ok(())
    }

    /// Reads the legs in a tail and moves their amounts: all, or none.
    pub(crate) fn move_legs(
        &mut self,
        leg_count: u32,
        tail: &[u8],
        movement: Movement,
    ) -> Result<Vec<TransferLeg>, Refusal> {
        let legs = legs_of(leg_count, tail).ok_or(INVALID)?;
        for leg in &legs {
            self.check_leg(leg)?;
            if self
                .accounts
                .get(leg.debit)
                .is_some_and(|debit| debit.frozen)
            {
                return Err(Refusal::new(codes::ACCOUNT_FROZEN).of_account(leg.debit));
            }
        }
        for (place, leg) in legs.iter().enumerate() {
            if let Err(refusal) = self.apply_leg(leg, movement) {
                let undone = fault!(EarlierLegsKept, 0, place);
                legs[..undone]
                    .iter()
                    .for_each(|leg| self.undo_leg(leg, movement));
                return Err(refusal);
            }
        }
        Ok(legs)
    }

    /// The checks of a leg that look at no balance, and at nothing that passes.
    pub(crate) fn check_leg(&self, leg: &TransferLeg) -> Result<(), Refusal> {
        let has_condition = match leg.condition {
            0 => leg.condition_amount == 0,
            number => condition_of(number).is_some() && leg.condition_amount < SUPPLY_LIMIT,
        };
        let has_amount = (1..SUPPLY_LIMIT).contains(&leg.amount);
        if !has_condition || !has_amount || leg.debit == leg.credit {
            return Err(INVALID);
        }
        if self.assets.get(leg.asset).is_none() {
            return Err(Refusal::new(codes::ASSET_UNKNOWN).about(u64::from(leg.asset)));
        }
        for account in [leg.debit, leg.credit] {
            if self.accounts.get(account).is_none() {
                return Err(Refusal::new(codes::ACCOUNT_UNKNOWN).of_account(account));
            }
        }
        Ok(())
    }

    fn apply_leg(&mut self, leg: &TransferLeg, movement: Movement) -> Result<(), Refusal> {
        self.check_condition(leg)?;
        let amount = leg.amount as i128;
        let left = self.balances.available(leg.debit, leg.asset) - amount;
        let is_external = self
            .accounts
            .get(leg.debit)
            .is_some_and(|account| account.kind == AccountKind::External);
        let (floor, code) = if is_external {
            (1 - SUPPLY_LIMIT as i128, codes::SUPPLY_EXCEEDED)
        } else {
            (0, codes::INSUFFICIENT_FUNDS)
        };
        if left < floor {
            return Err(refusal_of(code, leg.debit, leg));
        }
        let debit = self.balances.touch(leg.debit, leg.asset);
        match movement {
            Movement::ToLocked => debit.hold(amount),
            Movement::ToCredit => {
                debit.available = left;
                let credited = fault!(CreditOneUnitShort, amount - 1, amount);
                self.balances.touch(leg.credit, leg.asset).available += credited;
            }
        }
        Ok(())
    }

    fn check_condition(&self, leg: &TransferLeg) -> Result<(), Refusal> {
        let bound = leg.condition_amount as i128;
        let of = |account| self.balances.of(account, leg.asset);
        let (holds, account) = match condition_of(leg.condition) {
            None => return Ok(()),
            Some(TransferCondition::DebitAtLeast) => (of(leg.debit).available >= bound, leg.debit),
            Some(TransferCondition::CreditAtMost) => {
                let Balance { available, locked } = of(leg.credit);
                let after = available + locked + leg.amount as i128;
                (
                    after <= fault!(CreditOneUnitAboveItsBound, bound + 1, bound),
                    leg.credit,
                )
            }
        };
        if !fault!(ConditionIgnored, true, holds) {
            return Err(refusal_of(codes::CONDITION_NOT_MET, account, leg));
        }
        Ok(())
    }

    fn undo_leg(&mut self, leg: &TransferLeg, movement: Movement) {
        let amount = leg.amount as i128;
        let debit = self.balances.touch(leg.debit, leg.asset);
        match movement {
            Movement::ToLocked => debit.release(amount),
            Movement::ToCredit => {
                debit.available += amount;
                self.balances.touch(leg.credit, leg.asset).available -= amount;
            }
        }
    }
}

fn condition_of(number: u16) -> Option<TransferCondition> {
    TransferCondition::from_number(u8::try_from(number).ok()?)
}

fn refusal_of(code: u16, account: u32, leg: &TransferLeg) -> Refusal {
    Refusal::new(code)
        .of_account(account)
        .about(u64::from(leg.asset))
}

/// The legs, when the tail is exactly as many as it should be.
pub(crate) fn legs_of(leg_count: u32, tail: &[u8]) -> Option<Vec<TransferLeg>> {
    let count = usize::try_from(leg_count)
        .ok()
        .filter(|count| (1..=LEGS_MAX).contains(count))?;
    if tail.len() != count * TransferLeg::WIDTH {
        return None;
    }
    tail.chunks_exact(TransferLeg::WIDTH)
        .map(|bytes| Some(TransferLeg::decode(bytes).ok()?.0))
        .collect()
}

/// The legs as they stand in a tail.
pub(crate) fn tail_of(legs: &[TransferLeg]) -> Vec<u8> {
    let mut tail = Vec::with_capacity(legs.len() * TransferLeg::WIDTH);
    legs.iter().for_each(|leg| leg.append(&mut tail));
    tail
}
