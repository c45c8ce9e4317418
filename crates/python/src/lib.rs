//! The native module `cse.engine._native`: framing, batches and buffers around the core and the
//! journal. No rules live here. What each class does is said in `src/cse/engine/_native.pyi`.

mod answers;
mod batch;
mod core;
mod errors;
mod events;
mod framing;
mod intake;
mod leader;
mod locking;
mod lookup;
#[cfg(feature = "mutants")]
mod mutants;
mod pasts;
mod python_storage;
mod reads;
mod recent;
mod recovery;
mod replica;
mod snapshots;
mod storage;

use pyo3::prelude::*;

/// The chain after a group.
#[pyfunction]
fn chain_group(previous: u64, sequence: u64, time_us: i64, events: &[u8]) -> u64 {
    cse_wire::chain_group(previous, sequence, time_us, events)
}

/// The native side of the engine.
#[pymodule]
mod _native {
    #[pymodule_export]
    use super::batch::Batch;
    #[pymodule_export]
    use super::chain_group;
    #[pymodule_export]
    use super::core::Core;
    #[pymodule_export]
    use super::errors::{
        Diverged, JournalDamaged, Malformed, OutOfOrder, ProtocolViolated, StorageFailed,
    };
    #[pymodule_export]
    use super::events::EventReader;
    #[pymodule_export]
    use super::leader::Leader;
    #[cfg(feature = "mutants")]
    #[pymodule_export]
    use super::mutants::{choose_fault, faults};
    #[pymodule_export]
    use super::replica::Replica;
    #[pymodule_export]
    use super::snapshots::SnapshotWriter;
}
