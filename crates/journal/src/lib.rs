//! The journal: an append-only file of records that are durable before anybody is answered, with the
//! event log beside it, the durable watermark and snapshot files. The payload is bytes; no rules live
//! here. Layouts are those of `cse_wire`; `docs/journal.md` says what is promised.
//!
//! All storage goes through [`Directory`], [`File`] and [`Watermark`]; nothing here reads a clock.

mod error;
mod events;
mod fs;
mod journal;
mod names;
mod reader;
mod record;
mod scan;
mod segment;
pub mod snapshot;
mod spare;
mod storage;
mod tail;
mod watermark;
mod window;

pub use error::{Damage, JournalError};
pub use events::{EventLog, EventReader, EventSync, GroupLink, RecoveredEvents};
pub use fs::{DirectoryLock, FsDirectory};
pub use journal::{Cut, Journal, Recovery, Settings};
pub use reader::JournalReader;
pub use record::{Batch, Link, Unfit, intact};
pub use segment::Position;
pub use storage::{Directory, File};
pub use watermark::{FileWatermark, MappedWatermark, Mark, Watermark};
