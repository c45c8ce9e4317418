//! Commands out of PostgreSQL, each of which takes effect once however often it comes.

use alloc::collections::BTreeMap;
use alloc::vec::Vec;

use cse_wire::{
    FromOutbox, Message, OutboxRepeated, OutboxTaken, StartEpoch, Upgrade, codes, header_of,
};

use crate::digest::digest;
use crate::exchange::{Exchange, Moment, kind_of};
use crate::refusal::Refusal;

/// The last number taken of each source that ever sent anything.
pub(crate) type Outbox = BTreeMap<u32, u64>;

impl Exchange {
    pub(crate) fn take_from_outbox(
        &mut self,
        at: Moment,
        command: &FromOutbox,
        inner: &[u8],
        out: &mut Vec<u8>,
    ) -> Result<(), Refusal> {
        let FromOutbox { source, number, .. } = *command;
        let refusal = |code| Refusal::new(code).about(number);
        if source == 0 || !may_come_from_outbox(inner) {
            return Err(refusal(codes::MALFORMED_COMMAND));
        }
        let last_number = self.outbox.get(&source).copied().unwrap_or(0);
        if number <= fault!(OutboxTakenTwice, last_number.saturating_sub(1), last_number) {
            OutboxRepeated {
                source,
                reserved: [0; 4],
                number,
                last_number,
            }
            .append(out);
            return Ok(());
        }
        if fault!(OutboxGapTaken, false, number - last_number > 1) {
            return Err(refusal(codes::OUTBOX_GAP));
        }
        self.outbox.insert(source, number);
        OutboxTaken {
            source,
            reserved: [0; 4],
            number,
            digest: digest(inner),
        }
        .append(out);
        self.carry_out(at, inner, out);
        Ok(())
    }
}

/// Whether the bytes are exactly one message, of a kind that an outbox may carry.
fn may_come_from_outbox(inner: &[u8]) -> bool {
    let is_one = header_of(inner).is_ok_and(|header| header.length as usize == inner.len());
    is_one
        && !matches!(
            kind_of(inner),
            StartEpoch::KIND | Upgrade::KIND | FromOutbox::KIND
        )
}
