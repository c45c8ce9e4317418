//! What can go wrong.

use std::fmt;
use std::io;

use cse_wire::Malformed;

use crate::record::Unfit;

/// Why the journal, the event log, the watermark or a snapshot refused.
#[derive(Debug)]
pub enum JournalError {
    /// Storage failed. After a failed write or sync every later call gives [`Self::Poisoned`].
    Storage {
        /// What was tried, with the file's name.
        doing: String,
        /// What storage said.
        source: io::Error,
    },
    /// A write or a sync failed before; what is on disk is only known after a new start.
    Poisoned,
    /// A file is not what was written, and no crash explains it. The files are left untouched.
    Damaged(Damage),
    /// The journal ends before the durable watermark: acknowledged records are missing. The files
    /// are left untouched.
    BehindWatermark {
        /// The last good sequence of the journal.
        last_sequence: u64,
        /// The sequence that was durable once.
        watermark: u64,
    },
    /// The journal ends before the position to start from. The files are left untouched.
    BehindStart {
        /// The last good sequence of the journal.
        last_sequence: u64,
        /// The sequence the start expects to come next.
        next_sequence: u64,
    },
    /// The record to append does not follow the last one.
    Unfit(Unfit),
    /// The record to append is longer than a segment has room for.
    TooLong {
        /// Bytes of the record.
        length: usize,
        /// The most a record may have.
        length_max: u64,
    },
    /// The groups to append do not follow the last one.
    OutOfOrder {
        /// The sequence that comes next.
        next_sequence: u64,
        /// The sequence that was given.
        sequence: u64,
    },
    /// The groups to append are no Group messages.
    Malformed(Malformed),
    /// The event log does not reach the group it is to go on from, and must be rebuilt.
    EventsLost {
        /// The sequence that it was to hold.
        sequence: u64,
        /// What is wrong there.
        reason: &'static str,
    },
}

/// Where a file is damaged, and how.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Damage {
    /// The file's name.
    pub file: String,
    /// Bytes from the start of the file.
    pub offset: u64,
    /// The sequence expected there.
    pub sequence: u64,
    /// What is wrong.
    pub reason: String,
}

impl JournalError {
    /// A name for logs and exit messages that never changes.
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            Self::Storage { .. } => "storage_failed",
            Self::Poisoned => "journal_poisoned",
            Self::Damaged(_) => "journal_damaged",
            Self::BehindWatermark { .. } => "journal_behind_watermark",
            Self::BehindStart { .. } => "journal_behind_start",
            Self::Unfit(_) => "record_unfit",
            Self::TooLong { .. } => "record_too_long",
            Self::OutOfOrder { .. } => "groups_out_of_order",
            Self::Malformed(_) => "groups_malformed",
            Self::EventsLost { .. } => "events_lost",
        }
    }
}

impl fmt::Display for Damage {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            out,
            "{} at offset {}, sequence {}: {}",
            self.file, self.offset, self.sequence, self.reason
        )
    }
}

impl fmt::Display for JournalError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}: ", self.name())?;
        match self {
            Self::Storage { doing, source } => write!(out, "{doing}: {source}"),
            Self::Poisoned => write!(out, "a write or sync failed before"),
            Self::Damaged(damage) => damage.fmt(out),
            Self::BehindWatermark {
                last_sequence,
                watermark,
            } => write!(
                out,
                "the journal ends at sequence {last_sequence}, but {watermark} was durable"
            ),
            Self::BehindStart {
                last_sequence,
                next_sequence,
            } => write!(
                out,
                "the journal ends at sequence {last_sequence}, but the start expects {next_sequence} next"
            ),
            Self::Unfit(unfit) => unfit.fmt(out),
            Self::TooLong { length, length_max } => {
                write!(out, "{length} bytes, at most {length_max} fit")
            }
            Self::OutOfOrder {
                next_sequence,
                sequence,
            } => write!(out, "{sequence} given, {next_sequence} is next"),
            Self::Malformed(malformed) => write!(out, "{malformed:?}"),
            Self::EventsLost { sequence, reason } => write!(out, "sequence {sequence}: {reason}"),
        }
    }
}

impl std::error::Error for JournalError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Storage { source, .. } => Some(source),
            _ => None,
        }
    }
}

/// Names what was tried when storage fails.
pub(crate) trait Doing<T> {
    /// Turns an I/O error into [`JournalError::Storage`].
    fn doing(self, what: &str, file: &str) -> Result<T, JournalError>;
}

impl<T> Doing<T> for io::Result<T> {
    fn doing(self, what: &str, file: &str) -> Result<T, JournalError> {
        self.map_err(|source| JournalError::Storage {
            doing: format!("{what} {file}"),
            source,
        })
    }
}
