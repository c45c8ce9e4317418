//! One core in memory, for verification, tests and measurements.

use std::sync::Mutex;

use cse_core::Exchange;
use cse_journal::intact;
use cse_wire::Message;
use pyo3::prelude::*;
use pyo3::types::PyBytes;

use crate::errors::{Failure, Malformed, OutOfOrder};
use crate::locking::{held, released};
use crate::reads::{depth, joined, joined_orders, methods_with_reads};
use crate::recovery::apply_record;

/// A core without files.
#[pyclass(frozen, module = "cse.engine._native")]
pub struct Core {
    state: Mutex<Alone>,
}

struct Alone {
    exchange: Exchange,
}

methods_with_reads! { Core {
    #[new]
    fn new() -> Self {
        Self::of(Exchange::new())
    }

    #[staticmethod]
    fn read_state(py: Python<'_>, entries: &[u8]) -> PyResult<Self> {
        py.detach(|| Exchange::read_state(entries))
            .map(Self::of)
            .map_err(|error| Malformed::new_err(format!("{error:?}")))
    }

    fn apply<'py>(
        &self,
        py: Python<'py>,
        sequence: u64,
        time_us: i64,
        command: &[u8],
    ) -> PyResult<Bound<'py, PyBytes>> {
        let mut group = Vec::new();
        held(py, &self.state)
            .exchange
            .apply(sequence, time_us, command, &mut group)
            .map_err(|error| OutOfOrder::new_err(format!("{error:?}")))?;
        Ok(PyBytes::new(py, &group))
    }

    fn apply_record<'py>(
        &self,
        py: Python<'py>,
        record: &[u8],
    ) -> PyResult<Bound<'py, PyBytes>> {
        let mut groups = Vec::new();
        let (head, _) = intact(record).map_err(|unfit| Malformed::new_err(unfit.to_string()))?;
        py.detach(|| -> Result<(), Failure> {
            let mut state = released(&self.state);
            apply_record(&mut state.exchange, &head, record, &mut groups)
        })?;
        Ok(PyBytes::new(py, &groups))
    }

    fn write_state<'py>(&self, py: Python<'py>) -> Bound<'py, PyBytes> {
        let mut entries = Vec::new();
        py.detach(|| released(&self.state).exchange.write_state(&mut entries));
        PyBytes::new(py, &entries)
    }
} }

impl Core {
    fn of(exchange: Exchange) -> Self {
        Self {
            state: Mutex::new(Alone { exchange }),
        }
    }
}
