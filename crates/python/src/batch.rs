//! Commands that become durable together, on their way from `gather` to `commit`.

use std::sync::Mutex;
use std::sync::atomic::{AtomicU8, Ordering};

use pyo3::prelude::*;

use crate::errors::Failure;

/// How far a batch has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum Stage {
    /// Carried out in memory.
    Gathered = 0,
    /// Being written, or failed while it was.
    Writing = 1,
    /// Durable.
    Written = 2,
    /// Answered.
    Committed = 3,
}

/// A batch.
#[pyclass(frozen, module = "cse.engine._native")]
pub struct Batch {
    /// The sequence of its first command.
    #[pyo3(get)]
    pub first_sequence: u64,
    /// The sequence of its last command.
    #[pyo3(get)]
    pub last_sequence: u64,
    /// The one time of its commands.
    #[pyo3(get)]
    pub time_us: i64,
    /// How many commands.
    #[pyo3(get)]
    pub count: u32,
    /// The journal record.
    pub record: Vec<u8>,
    /// Its groups one behind another.
    pub groups: Vec<u8>,
    /// Answer frames per connection; empty once they are handed out.
    pub answers: Mutex<Vec<(u64, Vec<u8>)>>,
    /// A [`Stage`].
    pub stage: AtomicU8,
}

#[pymethods]
impl Batch {
    #[getter]
    fn record_bytes(&self) -> usize {
        self.record.len()
    }
}

impl Batch {
    /// Moves from one stage to the next.
    ///
    /// # Errors
    /// [`Failure::OutOfOrder`] when the batch is in another stage.
    pub fn step(&self, from: Stage, to: Stage) -> Result<(), Failure> {
        self.stage
            .compare_exchange(from as u8, to as u8, Ordering::AcqRel, Ordering::Acquire)
            .map(|_| ())
            .map_err(|stage| {
                Failure::OutOfOrder(format!(
                    "batch {} is in stage {stage}, not {}",
                    self.first_sequence, from as u8
                ))
            })
    }
}
