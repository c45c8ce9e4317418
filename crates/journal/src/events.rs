//! The event log: the groups of all commands, with an index by sequence. It is a cache of what the
//! journal says, written once and synced only for snapshots.

use std::sync::Arc;

use crate::error::JournalError;
use crate::storage::Directory;

/// The end of a run of groups, onto which the next one is linked.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct GroupLink {
    /// The last sequence; 0 before the first.
    pub sequence: u64,
    /// The chain up to there; 0 before the first.
    pub chain: u64,
}

/// What opening the event log found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RecoveredEvents {
    /// The last good group; the journal knows what comes behind it.
    pub last: GroupLink,
    /// Whether something behind it was cut.
    pub cut: bool,
}

/// The one writer of an event log.
pub struct EventLog {
    directory: Arc<dyn Directory>,
}

impl EventLog {
    /// Sequences in one segment.
    pub const SEGMENT_SEQUENCES: u64 = 1 << 20;

    /// Opens the event log, or begins one. Groups behind `known`, which a snapshot vouches for, are
    /// checked by their chain; what is bad, and what is beyond `last_sequence` of the journal, is
    /// cut. `known` at 0 checks all. `segment_sequences` is [`Self::SEGMENT_SEQUENCES`] but in tests.
    ///
    /// # Errors
    /// [`JournalError::EventsLost`] when the log does not hold `known`: open it again with
    /// `GroupLink::default()` and append what the whole journal gives.
    pub fn open(
        directory: Arc<dyn Directory>,
        known: GroupLink,
        last_sequence: u64,
        segment_sequences: u64,
    ) -> Result<(Self, RecoveredEvents), JournalError> {
        let _ = (known, last_sequence, segment_sequences);
        let _log = Self { directory };
        Err(JournalError::Poisoned)
    }

    /// Writes `groups`, whole Group messages one behind another that begin with `first_sequence`.
    /// The watermark moves afterwards.
    ///
    /// # Errors
    /// [`JournalError::OutOfOrder`] with nothing written; [`JournalError::Storage`], after which all
    /// fails.
    pub fn append(&mut self, groups: &[u8], first_sequence: u64) -> Result<(), JournalError> {
        let _ = (groups, first_sequence);
        Err(JournalError::Poisoned)
    }

    /// Makes all that was appended durable; needed before a snapshot is written.
    ///
    /// # Errors
    /// [`JournalError::Storage`], after which all fails.
    pub fn sync(&mut self) -> Result<(), JournalError> {
        Err(JournalError::Poisoned)
    }

    /// The last group.
    #[must_use]
    pub fn last(&self) -> GroupLink {
        GroupLink::default()
    }

    /// A reader of the same directory.
    #[must_use]
    pub fn reader(&self) -> EventReader {
        EventReader::new(Arc::clone(&self.directory))
    }
}

/// Reads groups, in the leader's process or another. The caller asks for nothing beyond the watermark.
pub struct EventReader {
    directory: Arc<dyn Directory>,
}

impl EventReader {
    /// A reader; no storage is touched yet.
    #[must_use]
    pub fn new(directory: Arc<dyn Directory>) -> Self {
        Self { directory }
    }

    /// The whole Group message at `sequence`; nothing when it is older than the log.
    ///
    /// # Errors
    /// [`JournalError::Damaged`] when it is not what was written, [`JournalError::Storage`].
    pub fn read(&mut self, sequence: u64) -> Result<Option<Vec<u8>>, JournalError> {
        let _ = (sequence, &self.directory);
        Err(JournalError::Poisoned)
    }

    /// Appends to `out` whole Group messages from `sequence` on, up to `last_sequence` at most and
    /// within one segment: as many as `bytes_max` allows, at least one. Returns the sequence that
    /// comes next.
    ///
    /// # Errors
    /// [`JournalError::Damaged`] when one is not there or not what was written,
    /// [`JournalError::Storage`].
    pub fn read_from(
        &mut self,
        sequence: u64,
        last_sequence: u64,
        bytes_max: usize,
        out: &mut Vec<u8>,
    ) -> Result<u64, JournalError> {
        let _ = (sequence, last_sequence, bytes_max, out);
        Err(JournalError::Poisoned)
    }

    /// Makes what is on disk of the log durable; the replica calls it before it writes a snapshot.
    ///
    /// # Errors
    /// [`JournalError::Storage`].
    pub fn sync(&mut self) -> Result<(), JournalError> {
        Err(JournalError::Poisoned)
    }
}
