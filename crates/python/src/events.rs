//! The event log as followers read it.

use std::sync::{Arc, Mutex};

use cse_journal::EventReader as LogReader;
use pyo3::prelude::*;
use pyo3::types::PyBytes;

use crate::errors::Failure;
use crate::locking::released;
use crate::storage::{Place, Storage};

/// Reads groups in order, up to the watermark.
#[pyclass(frozen, module = "cse.engine._native")]
pub struct EventReader {
    storage: Storage,
    log: Mutex<LogReader>,
}

#[pymethods]
impl EventReader {
    #[new]
    fn new(storage: &Bound<'_, PyAny>) -> PyResult<Self> {
        let storage = Storage::for_follower(Place::of(storage)?)?;
        let log = Mutex::new(LogReader::new(Arc::clone(&storage.events)));
        Ok(Self { storage, log })
    }

    #[getter]
    fn watermark(&self) -> PyResult<u64> {
        Ok(self.storage.watermark.load()?.sequence)
    }

    #[pyo3(signature = (after_sequence, limit = 4096, limit_bytes = 4_194_304))]
    fn read<'py>(
        &self,
        py: Python<'py>,
        after_sequence: u64,
        limit: u64,
        limit_bytes: usize,
    ) -> PyResult<Bound<'py, PyBytes>> {
        let groups = py.detach(|| self.read_groups(after_sequence, limit, limit_bytes))?;
        Ok(PyBytes::new(py, &groups))
    }

    fn group<'py>(&self, py: Python<'py>, sequence: u64) -> PyResult<Option<Bound<'py, PyBytes>>> {
        let group = py.detach(|| -> Result<_, Failure> {
            if sequence == 0 || sequence > self.storage.watermark.load()?.sequence {
                return Ok(None);
            }
            Ok(released(&self.log).read(sequence)?)
        })?;
        Ok(group.map(|group| PyBytes::new(py, &group)))
    }
}

impl EventReader {
    fn read_groups(&self, after: u64, limit: u64, limit_bytes: usize) -> Result<Vec<u8>, Failure> {
        let watermark = self.storage.watermark.load()?.sequence;
        if after > watermark {
            return Err(Failure::OutOfOrder(format!(
                "position {after} is beyond the watermark {watermark}"
            )));
        }
        let last = watermark.min(after.saturating_add(limit));
        let mut groups = Vec::new();
        if after < last {
            released(&self.log).read_from(after + 1, last, limit_bytes, &mut groups)?;
        }
        Ok(groups)
    }
}
