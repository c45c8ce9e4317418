//! Following the journal from another process, or reading it whole.

use std::sync::Arc;

use cse_wire::Record;

use crate::error::JournalError;
use crate::segment::Position;
use crate::storage::Directory;

/// Reads records one behind another, across segments.
pub struct JournalReader {
    directory: Arc<dyn Directory>,
}

impl JournalReader {
    /// A reader that goes on at `position`; no storage is touched yet.
    #[must_use]
    pub fn at(directory: Arc<dyn Directory>, position: Position) -> Self {
        let _ = position;
        Self { directory }
    }

    /// A reader of the whole journal, from its first record.
    #[must_use]
    pub fn from_first(directory: Arc<dyn Directory>) -> Self {
        Self { directory }
    }

    /// The next record, its bytes whole, if all of it is at or below `durable`, the watermark's
    /// sequence; nothing otherwise.
    ///
    /// # Errors
    /// [`JournalError::Damaged`] when a durable record is not there or broken,
    /// [`JournalError::Storage`].
    pub fn next(&mut self, durable: u64) -> Result<Option<(Record, &[u8])>, JournalError> {
        let _ = (durable, &self.directory);
        Err(JournalError::Poisoned)
    }

    /// The place behind the last record returned, as a snapshot keeps it.
    #[must_use]
    pub fn position(&self) -> Position {
        todo!()
    }
}
