//! Locks between threads of Python.

use std::sync::{Mutex, MutexGuard};

use pyo3::prelude::*;
use pyo3::sync::MutexExt;

const BROKEN: &str = "what panicked while it was changed is of no more use";

/// Locks while the interpreter is held; lets go of it for as long as that takes.
pub fn held<'a, T>(py: Python<'_>, mutex: &'a Mutex<T>) -> MutexGuard<'a, T> {
    mutex.lock_py_attached(py).expect(BROKEN)
}

/// Locks while the interpreter is released.
pub fn released<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().expect(BROKEN)
}
