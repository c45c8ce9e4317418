//! The beginnings of a leader's time and of other rules.

use alloc::vec::Vec;

use cse_wire::{EpochStarted, Message, StartEpoch, Upgrade, Upgraded, codes};

use crate::exchange::{Exchange, Moment};
use crate::refusal::Refusal;

/// The only rules of this build.
pub(crate) const RULES_VERSION: u32 = 0;

impl Exchange {
    pub(crate) fn start_epoch(
        &mut self,
        at: Moment,
        command: &StartEpoch,
        out: &mut Vec<u8>,
    ) -> Result<(), Refusal> {
        let StartEpoch {
            epoch,
            previous_epoch,
            previous_last_sequence,
        } = *command;
        let next = fault!(EpochSkipped, Some(epoch), self.epoch.checked_add(1));
        let follows = next == Some(epoch)
            && previous_epoch == self.epoch
            && previous_last_sequence == at.sequence - 1;
        if !follows {
            return Err(Refusal::new(codes::INVALID_EPOCH).about(epoch));
        }
        self.epoch = epoch;
        EpochStarted {
            epoch,
            previous_epoch,
            previous_last_sequence,
        }
        .append(out);
        Ok(())
    }

    pub(crate) fn upgrade(&mut self, command: &Upgrade, out: &mut Vec<u8>) -> Result<(), Refusal> {
        let Upgrade {
            rules_version,
            state_hash,
            ..
        } = *command;
        if rules_version != RULES_VERSION || state_hash != self.state_hash() {
            return Err(Refusal::new(codes::UPGRADE_MISMATCH).about(u64::from(rules_version)));
        }
        self.rules_version = rules_version;
        Upgraded {
            rules_version,
            reserved: [0; 4],
        }
        .append(out);
        Ok(())
    }
}
