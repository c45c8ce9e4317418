//! The event log: the groups of all commands, with an index by sequence. It is a cache of what the
//! journal says, written once and synced only for snapshots.

mod groups;
mod log;
mod reader;
mod recovery;
mod segment;
mod sync;

pub use log::EventLog;
pub use reader::EventReader;
pub use sync::EventSync;

/// The end of a run of groups, onto which the next one is linked.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct GroupLink {
    /// The last sequence; 0 before the first.
    pub sequence: u64,
    /// The chain up to there; 0 before the first.
    pub chain: u64,
}

/// What opening the event log found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RecoveredEvents {
    /// The last good group; the journal knows what comes behind it.
    pub last: GroupLink,
    /// Whether something behind it was cut.
    pub cut: bool,
}
