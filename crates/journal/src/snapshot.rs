//! Snapshot files.

use cse_wire::Snapshot;

use crate::error::JournalError;
use crate::segment::Position;
use crate::storage::Directory;

/// A snapshot that was read and whose checksum is right.
#[derive(Clone, Debug)]
pub struct Loaded {
    /// The head: what the state belongs to, and where the journal goes on.
    pub head: Snapshot,
    /// The core's state entries.
    pub body: Vec<u8>,
}

/// What was found when a snapshot was looked for.
#[derive(Clone, Debug)]
pub struct Found {
    /// The newest good one.
    pub newest: Option<Loaded>,
    /// Newer files that were passed over, newest first.
    pub skipped: Vec<Skipped>,
}

/// A snapshot file that is no good.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Skipped {
    /// The file's name.
    pub file: String,
    /// What is wrong with it.
    pub reason: String,
}

/// What a snapshot says of its moment; the rest of the head is filled in by [`write`].
#[derive(Clone, Copy, Debug)]
pub struct Moment {
    /// The place in the journal behind the last record in it.
    pub position: Position,
    /// The time of the last command in it.
    pub time_us: i64,
    /// The chain after the last command in it.
    pub chain: u64,
    /// The state hash.
    pub state_hash: [u8; 32],
}

impl Loaded {
    /// Where the journal goes on.
    #[must_use]
    pub fn position(&self) -> Position {
        todo!()
    }
}

/// Writes a snapshot under a temporary name, syncs it, and gives it its name; durable on return.
/// Returns the file's name. The event log must have been synced up to there.
///
/// # Errors
/// [`JournalError::Storage`]; older snapshots are then untouched.
pub fn write(
    directory: &dyn Directory,
    moment: &Moment,
    body: &[u8],
) -> Result<String, JournalError> {
    let _ = (directory, moment, body);
    Err(JournalError::Poisoned)
}

/// The newest good snapshot whose sequence is at most `sequence_max`, and what was passed over.
///
/// # Errors
/// [`JournalError::Storage`]; a bad file is no error, but skipped.
pub fn newest(directory: &dyn Directory, sequence_max: u64) -> Result<Found, JournalError> {
    let _ = (directory, sequence_max);
    Err(JournalError::Poisoned)
}

/// Removes all but the newest `count` snapshots, and what unfinished writes left. Returns the names.
///
/// # Errors
/// [`JournalError::Storage`].
pub fn keep(directory: &dyn Directory, count: usize) -> Result<Vec<String>, JournalError> {
    let _ = (directory, count);
    Err(JournalError::Poisoned)
}
