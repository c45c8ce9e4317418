//! Faults of the core on purpose, in a module that is built with them.

use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;

/// Every fault: its name, and what is wrong with a core that has it.
#[pyfunction]
pub(crate) fn faults() -> Vec<(&'static str, &'static str)> {
    cse_faults::FAULTS.to_vec()
}

/// Chooses the fault of all cores of this process; an empty name chooses none.
///
/// # Errors
/// `ValueError` when no fault has that name.
#[pyfunction]
pub(crate) fn choose_fault(name: &str) -> PyResult<()> {
    if cse_faults::choose(name) {
        Ok(())
    } else {
        Err(PyValueError::new_err(format!("there is no fault {name}")))
    }
}
