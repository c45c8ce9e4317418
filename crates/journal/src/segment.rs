//! Segments of the journal: their names, their header, and a place in them.

use crate::record::Link;

/// A place between two records.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Position {
    /// The first sequence of the segment, which is also its name.
    pub segment: u64,
    /// Bytes from the start of the segment to where the next record begins.
    pub offset: u64,
    /// What the next record is linked onto.
    pub link: Link,
}
