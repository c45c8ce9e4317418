//! Layouts of everything that is written to disk or sent between processes.
//!
//! Every message is little-endian and begins with a [`Header`]: `kind u16, version u16, length u32`,
//! where `length` counts the whole message in bytes, header and tail included, and is a multiple
//! of 8. Fields follow at fixed offsets. A few kinds carry a tail after their fields (the legs of a
//! transfer, the events of a group, the commands of a record); their description says so. A few others
//! end with a rest, which is left out exactly where all of it is zero: such a message is short.
//!
//! The layouts are declared once, here; [`LAYOUTS`] describes them to the generator of the Python
//! reader.
#![no_std]
#![forbid(unsafe_code)]

extern crate alloc;

mod chain;
pub mod codes;
mod commands;
mod events;
mod field;
mod files;
mod frames;
#[macro_use]
mod layout;
mod limits;
mod owners;
mod states;
mod symbols;

pub use chain::{chain_group, record_checksum};
pub use commands::*;
pub use events::*;
pub use field::Field;
pub use files::*;
pub use frames::*;
pub use layout::{FieldLayout, Header, Layout, Malformed, Message, header_of};
pub use limits::*;
pub use owners::*;
pub use states::*;
pub use symbols::*;

/// Every layout, in the order of its kind.
pub const LAYOUTS: &[&[Layout]] = &[
    frames::LAYOUTS,
    commands::LAYOUTS,
    events::course::LAYOUTS,
    events::listing::LAYOUTS,
    events::orders::LAYOUTS,
    events::trades::LAYOUTS,
    events::money::LAYOUTS,
    files::LAYOUTS,
    states::LAYOUTS,
];
