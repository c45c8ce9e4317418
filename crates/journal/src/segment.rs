//! Segments of the journal: their names, their header, and a place in them.

use std::io;
use std::sync::Arc;

use cse_wire::{JournalSegment, Message};
use xxhash_rust::xxh3::xxh3_64;

use crate::error::{Damage, Doing, JournalError};
use crate::names::name_of;
use crate::record::Link;
use crate::storage::{Directory, File};

/// What ends the name of a segment.
pub(crate) const SUFFIX: &str = ".journal";
/// Where the first record begins.
pub(crate) const HEADER_LENGTH: u64 = JournalSegment::WIDTH as u64;

const MAGIC: [u8; 8] = *b"CSEJRNL0";

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

impl Position {
    /// Before the first record of all.
    pub const START: Self = Self::first_in_segment(Link::START);

    /// At the start of the segment that begins behind `link`.
    pub(crate) const fn first_in_segment(link: Link) -> Self {
        Self {
            segment: link.next_sequence,
            offset: HEADER_LENGTH,
            link,
        }
    }

    /// The name of the segment's file.
    #[must_use]
    pub fn file_name(&self) -> String {
        name_of(self.segment, SUFFIX)
    }

    /// Says that what stands here is not what was written.
    pub(crate) fn damaged(&self, reason: impl Into<String>) -> JournalError {
        JournalError::Damaged(Damage {
            file: self.file_name(),
            offset: self.offset,
            sequence: self.link.next_sequence,
            reason: reason.into(),
        })
    }
}

/// The header of the segment whose first record is linked onto `link`.
pub(crate) fn encode_header(link: &Link) -> Vec<u8> {
    header(link.next_sequence, link.checksum).encoded()
}

/// Opens the segment that begins with `first_sequence` and reads its header. Returns the file and
/// what its first record is linked onto, as far as the header knows it: the epoch is 0.
pub(crate) fn open(
    directory: &dyn Directory,
    first_sequence: u64,
) -> Result<(Arc<dyn File>, Link), JournalError> {
    let name = name_of(first_sequence, SUFFIX);
    let damaged = |reason: &str| {
        JournalError::Damaged(Damage {
            file: name.clone(),
            offset: 0,
            sequence: first_sequence,
            reason: reason.to_owned(),
        })
    };
    let file = match directory.open(&name, false) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            return Err(damaged("the segment is missing"));
        }
        other => other.doing("open", &name)?,
    };
    let mut bytes = [0; JournalSegment::WIDTH];
    file.read_at(0, &mut bytes).doing("read", &name)?;
    let Ok((found, _)) = JournalSegment::decode(&bytes) else {
        return Err(damaged("the segment's header is broken"));
    };
    // Encoding it again compares magic, checksum and reserved bytes in one go.
    if header(found.first_sequence, found.previous_checksum).encoded() != bytes {
        return Err(damaged("the segment's header is broken"));
    }
    if found.first_sequence != first_sequence {
        return Err(damaged("the segment's header names another sequence"));
    }
    let link = Link {
        next_sequence: first_sequence,
        checksum: found.previous_checksum,
        epoch: 0,
    };
    Ok((file, link))
}

fn header(first_sequence: u64, previous_checksum: u64) -> JournalSegment {
    let mut summed = [0; 24];
    summed[..8].copy_from_slice(&MAGIC);
    summed[8..16].copy_from_slice(&first_sequence.to_le_bytes());
    summed[16..].copy_from_slice(&previous_checksum.to_le_bytes());
    JournalSegment {
        magic: MAGIC,
        first_sequence,
        previous_checksum,
        checksum: xxh3_64(&summed),
        reserved_1: [0; 16],
        reserved_2: [0; 8],
    }
}
