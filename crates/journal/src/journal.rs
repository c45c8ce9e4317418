//! Appending, and opening after whatever happened.

use std::sync::Arc;

use crate::error::JournalError;
use crate::segment::Position;
use crate::storage::Directory;
use crate::watermark::Mark;

/// How a journal is opened.
#[derive(Clone, Copy, Debug)]
pub struct Settings {
    /// Bytes of a segment, header included.
    pub segment_length: u64,
    /// Whether the next segment is filled with zeros ahead, in a thread of its own. Without it, an
    /// append that needs a new segment fills it.
    pub fills_ahead: bool,
    /// Where to start, from a snapshot; the first segment otherwise. Older segments are not read.
    pub start: Option<Position>,
    /// What was durable once. A journal that ends before it is refused.
    pub durable: Mark,
}

/// What opening found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recovery {
    /// The last sequence; 0 when there is none.
    pub last_sequence: u64,
    /// The epoch of the last record; 0 when there is none.
    pub epoch: u64,
    /// The time of the last record, microseconds UTC, if one stands behind the start.
    pub time_us: Option<i64>,
    /// What was cut from the end, if anything.
    pub cut: Option<Cut>,
}

/// A torn tail that was cut: a record that was being written when the machine stopped, and that
/// nobody had been told of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cut {
    /// The sequence it would have begun with.
    pub sequence: u64,
    /// The segment's name.
    pub file: String,
    /// Bytes from the start of the segment.
    pub offset: u64,
    /// Bytes that were overwritten with zeros.
    pub length: u64,
    /// Why it was no record.
    pub reason: String,
}

/// The one writer of a journal.
pub struct Journal {
    directory: Arc<dyn Directory>,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            segment_length: 64 << 20,
            fills_ahead: true,
            start: None,
            durable: Mark::default(),
        }
    }
}

impl Journal {
    /// Opens the journal, or begins one in an empty directory. A torn tail is overwritten with zeros;
    /// all that is returned as recovered is durable.
    ///
    /// # Errors
    /// [`JournalError::Damaged`], [`JournalError::BehindWatermark`] and
    /// [`JournalError::BehindStart`] with the files untouched, or [`JournalError::Storage`].
    pub fn open(
        directory: Arc<dyn Directory>,
        settings: &Settings,
    ) -> Result<(Self, Recovery), JournalError> {
        let _ = settings;
        let _journal = Self { directory };
        Err(JournalError::Poisoned)
    }

    /// Writes one record, built by [`crate::Link::encode`], behind the last. It is durable after the
    /// next [`Self::sync`] and must be told to nobody before. A record that still waits for its sync
    /// is synced first: so a record is only written when the one before is durable, and recovery can
    /// tell a torn tail from damage.
    ///
    /// # Errors
    /// [`JournalError::Unfit`] and [`JournalError::TooLong`] with nothing written;
    /// [`JournalError::Storage`], after which all fails.
    pub fn append(&mut self, record: &[u8]) -> Result<(), JournalError> {
        let _ = record;
        Err(JournalError::Poisoned)
    }

    /// Makes what was appended durable and returns the last durable sequence.
    ///
    /// # Errors
    /// [`JournalError::Storage`], after which all fails; it is never tried again.
    pub fn sync(&mut self) -> Result<u64, JournalError> {
        Err(JournalError::Poisoned)
    }

    /// The place behind the last record, for the next record's link and for snapshots.
    #[must_use]
    pub fn position(&self) -> Position {
        todo!()
    }

    /// Bytes that the current segment still has room for.
    #[must_use]
    pub fn room_bytes(&self) -> u64 {
        0
    }

    /// Bytes left on the disk, besides the room in the current segment.
    ///
    /// # Errors
    /// [`JournalError::Storage`].
    pub fn free_bytes(&self) -> Result<u64, JournalError> {
        let _ = &self.directory;
        Err(JournalError::Poisoned)
    }
}
