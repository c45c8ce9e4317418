//! Storage that Python implements, as `cse.engine.storage` describes it. Any exception it raises is
//! a failure of storage.

use std::io;
use std::sync::Arc;

use cse_journal::{Directory, File};
use pyo3::exceptions::PyFileNotFoundError;
use pyo3::prelude::*;
use pyo3::types::PyBytes;

/// A directory object.
pub struct PythonDirectory(pub Py<PyAny>);

struct PythonFile(Py<PyAny>);

fn failed(error: PyErr) -> io::Error {
    Python::attach(|py| {
        if error.is_instance_of::<PyFileNotFoundError>(py) {
            io::Error::new(io::ErrorKind::NotFound, error.to_string())
        } else {
            io::Error::other(error.to_string())
        }
    })
}

impl Directory for PythonDirectory {
    fn list(&self) -> io::Result<Vec<String>> {
        Python::attach(|py| self.0.bind(py).call_method0("list")?.extract()).map_err(failed)
    }

    fn open(&self, name: &str, create: bool) -> io::Result<Arc<dyn File>> {
        let file =
            Python::attach(|py| self.0.call_method1(py, "open", (name, create))).map_err(failed)?;
        Ok(Arc::new(PythonFile(file)))
    }

    fn rename(&self, from: &str, to: &str) -> io::Result<()> {
        Python::attach(|py| self.0.call_method1(py, "rename", (from, to)).map(drop)).map_err(failed)
    }

    fn remove(&self, name: &str) -> io::Result<()> {
        Python::attach(|py| self.0.call_method1(py, "remove", (name,)).map(drop)).map_err(failed)
    }

    fn sync(&self) -> io::Result<()> {
        Python::attach(|py| self.0.call_method0(py, "sync").map(drop)).map_err(failed)
    }

    fn free_bytes(&self) -> io::Result<u64> {
        Python::attach(|py| self.0.bind(py).call_method0("free_bytes")?.extract()).map_err(failed)
    }
}

impl File for PythonFile {
    fn length(&self) -> io::Result<u64> {
        Python::attach(|py| self.0.bind(py).call_method0("length")?.extract()).map_err(failed)
    }

    fn read_at(&self, offset: u64, into: &mut [u8]) -> io::Result<usize> {
        Python::attach(|py| {
            let read = self
                .0
                .bind(py)
                .call_method1("read_at", (offset, into.len()))?;
            let bytes: &[u8] = read.extract()?;
            let count = bytes.len().min(into.len());
            into[..count].copy_from_slice(&bytes[..count]);
            Ok(count)
        })
        .map_err(failed)
    }

    fn write_at(&self, offset: u64, bytes: &[u8]) -> io::Result<()> {
        Python::attach(|py| {
            let data = PyBytes::new(py, bytes);
            self.0
                .call_method1(py, "write_at", (offset, data))
                .map(drop)
        })
        .map_err(failed)
    }

    fn sync(&self) -> io::Result<()> {
        Python::attach(|py| self.0.call_method0(py, "sync").map(drop)).map_err(failed)
    }

    fn set_length(&self, length: u64) -> io::Result<()> {
        Python::attach(|py| self.0.call_method1(py, "set_length", (length,)).map(drop))
            .map_err(failed)
    }
}
