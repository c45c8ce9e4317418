//! Snapshots, written beside a replica that goes on.

use std::sync::{Arc, Mutex};

use cse_core::Exchange;
use cse_journal::snapshot::{self, Moment};
use cse_journal::{Directory, EventSync, Position};
use pyo3::prelude::*;
use pyo3::types::PyBytes;

use crate::errors::Failure;
use crate::locking::released;
use crate::storage::Storage;

/// A state taken out of a replica.
#[pyclass(frozen, module = "cse.engine._native")]
pub struct SnapshotWriter {
    /// The last command in it.
    #[pyo3(get)]
    sequence: u64,
    time_us: i64,
    chain: u64,
    position: Position,
    body: Vec<u8>,
    epoch: u64,
    snapshots: Arc<dyn Directory>,
    events: Arc<Mutex<EventSync>>,
}

#[pymethods]
impl SnapshotWriter {
    fn write<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyBytes>> {
        let hash = py.detach(|| self.check_and_write())?;
        Ok(PyBytes::new(py, &hash))
    }
}

impl SnapshotWriter {
    /// Takes the state of a core that stands at `position` of the journal.
    ///
    /// # Errors
    /// [`Failure::Storage`] when the watermark cannot be read.
    pub fn of(
        exchange: &Exchange,
        position: Position,
        storage: &Storage,
        events: &Arc<Mutex<EventSync>>,
    ) -> Result<Self, Failure> {
        let mut body = Vec::new();
        exchange.write_state(&mut body);
        Ok(Self {
            sequence: exchange.sequence(),
            time_us: exchange.time_us(),
            chain: exchange.chain(),
            position,
            body,
            snapshots: Arc::clone(&storage.snapshots),
            epoch: storage.watermark.load()?.epoch,
            events: Arc::clone(events),
        })
    }

    fn check_and_write(&self) -> Result<[u8; 32], Failure> {
        let state_hash = self.hash_read_back()?;
        released(&self.events).sync(self.epoch)?;
        let moment = Moment {
            position: self.position,
            time_us: self.time_us,
            chain: self.chain,
            state_hash,
        };
        snapshot::write(&*self.snapshots, &moment, &self.body)?;
        snapshot::keep(&*self.snapshots, snapshot::KEPT)?;
        Ok(state_hash)
    }

    /// The state hash of a core read back from the very bytes to be written: it costs the replica
    /// nothing, and shows that they can be read.
    fn hash_read_back(&self) -> Result<[u8; 32], Failure> {
        let unreadable =
            |why: String| Failure::Damaged(format!("the state at {} {why}", self.sequence));
        let exchange = Exchange::read_state(&self.body)
            .map_err(|error| unreadable(format!("cannot be read back: {error:?}")))?;
        if exchange.sequence() != self.sequence || exchange.chain() != self.chain {
            return Err(unreadable("reads back as another".into()));
        }
        Ok(exchange.state_hash())
    }
}
