//! The errors that Python sees.

use cse_journal::JournalError;
use pyo3::PyErr;
use pyo3::create_exception;
use pyo3::exceptions::{PyException, PyOSError, PyValueError};

create_exception!(
    cse.engine._native,
    Malformed,
    PyValueError,
    "Bytes that are no message of the layout they should have."
);
create_exception!(
    cse.engine._native,
    OutOfOrder,
    PyValueError,
    "A command or group that is not the next."
);
create_exception!(
    cse.engine._native,
    StorageFailed,
    PyOSError,
    "Storage refused. The process that sees it must end."
);
create_exception!(
    cse.engine._native,
    JournalDamaged,
    PyException,
    "A file is not what was written; it is left untouched."
);
create_exception!(
    cse.engine._native,
    Diverged,
    PyException,
    "A core came to other events than the leader's. The process that sees it must end."
);
create_exception!(
    cse.engine._native,
    ProtocolViolated,
    PyException,
    "A connection sent what is no frame and must be dropped."
);

/// Why the engine failed; becomes one of the exceptions above.
#[derive(Debug)]
pub enum Failure {
    /// The journal, the event log or a snapshot refused.
    Journal(JournalError),
    /// Storage refused before a journal was open.
    Storage(String),
    /// A file holds what cannot have been written.
    Damaged(String),
    /// A command or record is not the next.
    OutOfOrder(String),
    /// The core came to other events than those journalled.
    Diverged {
        /// The first sequence of the record where that shows.
        sequence: u64,
        /// The chain that the leader had before it.
        expected: u64,
        /// The chain here.
        found: u64,
    },
}

impl From<JournalError> for Failure {
    fn from(error: JournalError) -> Self {
        Self::Journal(error)
    }
}

impl From<std::io::Error> for Failure {
    fn from(error: std::io::Error) -> Self {
        Self::Storage(error.to_string())
    }
}

impl From<Failure> for PyErr {
    fn from(failure: Failure) -> Self {
        match failure {
            Failure::Journal(error) => {
                let text = error.to_string();
                match error {
                    JournalError::Storage { .. } | JournalError::Poisoned => {
                        StorageFailed::new_err(text)
                    }
                    JournalError::Damaged(_)
                    | JournalError::BehindWatermark { .. }
                    | JournalError::BehindStart { .. }
                    | JournalError::Malformed(_)
                    | JournalError::EventsLost { .. } => JournalDamaged::new_err(text),
                    JournalError::Unfit(_)
                    | JournalError::TooLong { .. }
                    | JournalError::OutOfOrder { .. } => OutOfOrder::new_err(text),
                }
            }
            Failure::Storage(text) => StorageFailed::new_err(text),
            Failure::Damaged(text) => JournalDamaged::new_err(text),
            Failure::OutOfOrder(text) => OutOfOrder::new_err(text),
            Failure::Diverged {
                sequence,
                expected,
                found,
            } => Diverged::new_err(format!(
                "before sequence {sequence} the leader's chain is {expected:016x}, here it is {found:016x}"
            )),
        }
    }
}
