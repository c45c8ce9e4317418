//! The state as bytes: written for a snapshot or a dump, and read back.

mod consistency;
mod dump;
mod entries;
mod restore;
mod restore_clients;
mod restore_market;
mod restore_order;

pub use restore::StateError;
pub(crate) use restore::{Checked, check};
pub(crate) use restore_order::{Named, check_named, restored_time};
