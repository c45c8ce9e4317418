//! Linked transfers: several legs, all or none.

use alloc::vec::Vec;

use cse_wire::{
    AccountKind, LEGS_MAX, Message, SUPPLY_LIMIT, Transfer, TransferLeg, TransferMade, codes,
};

use crate::exchange::{Exchange, Refusal};

impl Exchange {
    pub(crate) fn transfer(
        &mut self,
        command: &Transfer,
        tail: &[u8],
        out: &mut Vec<u8>,
    ) -> Result<(), Refusal> {
        let legs = legs_of(command.leg_count, tail).ok_or(Refusal::new(codes::TRANSFER_INVALID))?;
        legs.iter().try_for_each(|leg| self.check_leg(leg))?;
        for (place, leg) in legs.iter().enumerate() {
            if let Err(refusal) = self.apply_leg(leg) {
                let undone = fault!(EarlierLegsKept, 0, place);
                legs[..undone].iter().for_each(|leg| self.undo_leg(leg));
                return Err(refusal);
            }
        }
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

    fn check_leg(&self, leg: &TransferLeg) -> Result<(), Refusal> {
        if leg.condition != 0 || leg.condition_amount != 0 {
            return Err(Refusal::new(codes::COMMAND_UNAVAILABLE));
        }
        if leg.amount == 0 || leg.amount >= SUPPLY_LIMIT || leg.debit == leg.credit {
            return Err(Refusal::new(codes::TRANSFER_INVALID));
        }
        if self.assets.get(leg.asset).is_none() {
            return Err(Refusal::new(codes::ASSET_UNKNOWN).about(u64::from(leg.asset)));
        }
        let account = |id| {
            self.accounts
                .get(id)
                .ok_or(Refusal::new(codes::ACCOUNT_UNKNOWN).of_account(id))
        };
        let debit = account(leg.debit)?;
        account(leg.credit)?;
        if debit.frozen {
            return Err(Refusal::new(codes::ACCOUNT_FROZEN).of_account(leg.debit));
        }
        Ok(())
    }

    fn apply_leg(&mut self, leg: &TransferLeg) -> Result<(), Refusal> {
        let amount = leg.amount as i128;
        let left = self.balances.available(leg.debit, leg.asset) - amount;
        let is_external = self
            .accounts
            .get(leg.debit)
            .is_some_and(|account| account.kind == AccountKind::External);
        let floor = if is_external {
            1 - SUPPLY_LIMIT as i128
        } else {
            0
        };
        if left < floor {
            let code = if is_external {
                codes::SUPPLY_EXCEEDED
            } else {
                codes::INSUFFICIENT_FUNDS
            };
            return Err(Refusal::new(code)
                .of_account(leg.debit)
                .about(u64::from(leg.asset)));
        }
        self.balances.touch(leg.debit, leg.asset).available = left;
        let credited = fault!(CreditOneUnitShort, amount - 1, amount);
        self.balances.touch(leg.credit, leg.asset).available += credited;
        Ok(())
    }

    fn undo_leg(&mut self, leg: &TransferLeg) {
        let amount = leg.amount as i128;
        self.balances.touch(leg.debit, leg.asset).available += amount;
        self.balances.touch(leg.credit, leg.asset).available -= amount;
    }
}

/// The legs, when the tail is exactly as many as it should be.
fn legs_of(leg_count: u32, tail: &[u8]) -> Option<Vec<TransferLeg>> {
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
