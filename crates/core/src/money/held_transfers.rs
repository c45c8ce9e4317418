//! Transfers that are held: their money is locked until they are settled or voided.

use alloc::collections::BTreeMap;
use alloc::vec::Vec;

use cse_wire::{
    HeldTransferState, HoldTransfer, Message, SettleTransfer, TransferHeld, TransferLeg,
    TransferSettled, TransferVoided, VoidTransfer, codes,
};

use super::transfers::{Movement, legs_of, tail_of};
use crate::exchange::Exchange;
use crate::refusal::Refusal;
use crate::snapshot::{Checked, check};

/// A held transfer, without its id.
pub(crate) struct HeldTransfer {
    pub(crate) reference: [u8; 16],
    pub(crate) legs: Vec<TransferLeg>,
}

impl HeldTransfer {
    pub(crate) fn state(&self, transfer: u64) -> HeldTransferState {
        HeldTransferState {
            transfer,
            reference: self.reference,
            leg_count: self.leg_count(),
            reserved: [0; 4],
        }
    }

    fn leg_count(&self) -> u32 {
        self.legs.len() as u32
    }
}

/// The held transfers by id.
pub(crate) type HeldTransfers = BTreeMap<u64, HeldTransfer>;

impl Exchange {
    pub(crate) fn hold_transfer(
        &mut self,
        command: &HoldTransfer,
        tail: &[u8],
        out: &mut Vec<u8>,
    ) -> Result<(), Refusal> {
        let HoldTransfer {
            reference,
            leg_count,
            ..
        } = *command;
        let legs = self.move_legs(leg_count, tail, Movement::ToLocked)?;
        self.last_transfer_id += 1;
        let transfer = self.last_transfer_id;
        self.held_transfers
            .insert(transfer, HeldTransfer { reference, legs });
        TransferHeld {
            transfer,
            reference,
            leg_count,
            reserved: [0; 4],
        }
        .append_with(tail, out);
        Ok(())
    }

    pub(crate) fn settle_transfer(
        &mut self,
        command: &SettleTransfer,
        out: &mut Vec<u8>,
    ) -> Result<(), Refusal> {
        let transfer = command.transfer;
        let held = self.take_held(transfer)?;
        for leg in &held.legs {
            let amount = leg.amount as i128;
            let unlocked = fault!(SettledStaysLocked, 0, amount);
            self.balances.touch(leg.debit, leg.asset).locked -= unlocked;
            self.balances.touch(leg.credit, leg.asset).available += amount;
        }
        TransferSettled {
            transfer,
            reference: held.reference,
            leg_count: held.leg_count(),
            reserved: [0; 4],
        }
        .append_with(&tail_of(&held.legs), out);
        Ok(())
    }

    pub(crate) fn void_transfer(
        &mut self,
        command: &VoidTransfer,
        out: &mut Vec<u8>,
    ) -> Result<(), Refusal> {
        let transfer = command.transfer;
        let held = self.take_held(transfer)?;
        for leg in &held.legs {
            self.balances.touch(leg.debit, leg.asset).release(fault!(
                VoidReleasesNothing,
                0,
                leg.amount as i128
            ));
        }
        TransferVoided {
            transfer,
            reference: held.reference,
            leg_count: held.leg_count(),
            reserved: [0; 4],
        }
        .append_with(&tail_of(&held.legs), out);
        Ok(())
    }

    fn take_held(&mut self, transfer: u64) -> Result<HeldTransfer, Refusal> {
        self.held_transfers
            .remove(&fault!(NewestHeldIsTaken, self.last_transfer_id, transfer))
            .ok_or(Refusal::new(codes::TRANSFER_NOT_HELD).about(transfer))
    }

    pub(crate) fn restore_held_transfer(
        &mut self,
        state: &HeldTransferState,
        tail: &[u8],
    ) -> Checked {
        let HeldTransferState {
            transfer,
            reference,
            leg_count,
            ..
        } = *state;
        check(
            (1..=self.last_transfer_id).contains(&transfer),
            "the transfer's id is none",
        )?;
        let legs = legs_of(leg_count, tail).ok_or("the legs are not as many as they should be")?;
        check(
            legs.iter().all(|leg| self.check_leg(leg).is_ok()),
            "a leg cannot be",
        )?;
        check(
            self.held_transfers
                .insert(transfer, HeldTransfer { reference, legs })
                .is_none(),
            "the transfer stands twice",
        )
    }
}
