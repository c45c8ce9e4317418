//! Making the event log durable.

use std::sync::Arc;

use super::segment::{EVENTS, Segment};
use crate::error::{Doing, JournalError};
use crate::names::{name_of, sequences};
use crate::storage::Directory;

/// Syncs what is on disk of the log, and of that only what may have changed since it last did.
pub struct EventSync {
    directory: Arc<dyn Directory>,
    epoch: u64,
    /// The newest segment when last synced; those before it had their last group by then.
    newest: u64,
}

impl EventSync {
    /// Nothing counts as synced yet; no storage is touched.
    #[must_use]
    pub fn new(directory: Arc<dyn Directory>) -> Self {
        Self {
            directory,
            epoch: 0,
            newest: 0,
        }
    }

    /// Makes what is on disk of the log durable; the replica calls it before it writes a snapshot.
    ///
    /// A leader only adds to its log, but the next one, of another `epoch`, may have written any part
    /// of it anew.
    ///
    /// # Errors
    /// [`JournalError::Storage`].
    pub fn sync(&mut self, epoch: u64) -> Result<(), JournalError> {
        let directory = self.directory.as_ref();
        let settled = if epoch == self.epoch { self.newest } else { 0 };
        let segments = sequences(directory, EVENTS)?;
        for first in segments.iter().filter(|first| **first >= settled) {
            let segment =
                Segment::open(directory, *first).doing("open", &name_of(*first, EVENTS))?;
            segment.map_or(Ok(()), |segment| segment.sync())?;
        }
        directory.sync().doing("sync", "the events' directory")?;
        self.epoch = epoch;
        self.newest = segments.last().copied().unwrap_or(0);
        Ok(())
    }
}
