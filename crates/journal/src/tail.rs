//! What stands behind the last good record: nothing, a torn record, or the proof of damage.

use cse_wire::{Message, Record};

use crate::error::{Doing, JournalError};
use crate::record::intact;
use crate::segment::Position;
use crate::storage::File;
use crate::window::Window;

/// The rest of a record that was being written when the machine stopped.
pub(crate) struct Torn {
    /// Bytes up to the last one that is not zero.
    pub(crate) length: u64,
    /// Why it is no record.
    pub(crate) reason: String,
}

const ZEROS: [u8; 4096] = [0; 4096];

/// Looks at all that stands behind `end` in the last segment; `reason` says why it is no record,
/// unless it begins with zeros. Since a record is only written when the one before is durable, a good
/// one there proves that a bad one before it was durable once.
pub(crate) fn torn(
    file: &dyn File,
    file_length: u64,
    end: &Position,
    reason: Option<String>,
) -> Result<Option<Torn>, JournalError> {
    let mut window = Window::default();
    let mut records = Window::default();
    let mut behind_last = end.offset;
    let mut offset = end.offset;
    while offset < file_length {
        let bytes = window
            .bytes_at(file, offset, ZEROS.len())
            .doing("read", &end.file_name())?;
        let bytes = &bytes[..bytes.len().min(ZEROS.len())];
        if bytes.is_empty() {
            break;
        }
        if *bytes != ZEROS[..bytes.len()] {
            let last = bytes.iter().rposition(|byte| *byte != 0).unwrap_or(0);
            behind_last = offset + last as u64 + 1;
        }
        for at in starts_of_records(bytes) {
            let at = offset + at as u64;
            let found = records
                .message_at(file, at, file_length)
                .doing("read", &end.file_name())?;
            if let Some(sequence) = later_sequence(found, end) {
                return Err(end.damaged(format!(
                    "{}, but a good record with sequence {sequence} follows at offset {at}",
                    reason.as_deref().unwrap_or("the record is missing"),
                )));
            }
        }
        offset += bytes.len() as u64;
    }
    Ok((behind_last > end.offset).then(|| Torn {
        length: behind_last - end.offset,
        reason: reason.unwrap_or_else(|| "its first bytes were not written".to_owned()),
    }))
}

/// Where in `bytes`, which begin at a multiple of 8, a record may begin.
fn starts_of_records(bytes: &[u8]) -> impl Iterator<Item = usize> {
    let may_hold_any = *bytes != ZEROS[..bytes.len()];
    let end = if may_hold_any { bytes.len() } else { 0 };
    (0..end)
        .step_by(8)
        .filter(|at| bytes[*at..].starts_with(&Record::KIND.to_le_bytes()))
}

/// The first sequence of the record in `bytes`, if it is a good one and came later in this journal.
fn later_sequence(bytes: &[u8], end: &Position) -> Option<u64> {
    let (record, _) = intact(bytes).ok()?;
    let is_later = record.first_sequence > end.link.next_sequence && record.epoch >= end.link.epoch;
    is_later.then_some(record.first_sequence)
}
