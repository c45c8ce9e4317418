//! One segment of the event log: groups in one file, and where each ends in another.

use std::io;
use std::sync::Arc;

use cse_wire::{EventSegment, Message};
use xxhash_rust::xxh3::xxh3_64;

use super::GroupLink;
use crate::error::{Doing, JournalError};
use crate::names::name_of;
use crate::storage::{Directory, File};

/// What ends the name of a file of groups.
pub(super) const EVENTS: &str = ".events";
/// What ends the name of a file of ends.
pub(super) const INDEX: &str = ".index";
/// Where the first group begins.
pub(super) const HEADER_LENGTH: u64 = EventSegment::WIDTH as u64;

const MAGIC: [u8; 8] = *b"CSEEVNT0";
const ENTRY: u64 = size_of::<u64>() as u64;

/// Both files of a segment.
#[derive(Clone)]
pub(super) struct Segment {
    pub(super) first_sequence: u64,
    /// The chain before the first group.
    pub(super) previous_chain: u64,
    pub(super) events: Arc<dyn File>,
    pub(super) index: Arc<dyn File>,
}

impl Segment {
    /// Creates the segment whose first group comes behind `last`.
    pub(super) fn create(directory: &dyn Directory, last: GroupLink) -> io::Result<Self> {
        let first_sequence = last.sequence + 1;
        let events = directory.open(&name_of(first_sequence, EVENTS), true)?;
        let index = directory.open(&name_of(first_sequence, INDEX), true)?;
        index.set_length(0)?;
        events.set_length(0)?;
        events.write_at(0, &header(first_sequence, last.chain).encoded())?;
        Ok(Self {
            first_sequence,
            previous_chain: last.chain,
            events,
            index,
        })
    }

    /// Opens the segment that begins with `first_sequence`; nothing when a file is missing or the
    /// header is broken.
    pub(super) fn open(directory: &dyn Directory, first_sequence: u64) -> io::Result<Option<Self>> {
        let open = |suffix| match directory.open(&name_of(first_sequence, suffix), false) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            other => other.map(Some),
        };
        let (Some(events), Some(index)) = (open(EVENTS)?, open(INDEX)?) else {
            return Ok(None);
        };
        let mut bytes = [0; EventSegment::WIDTH];
        events.read_at(0, &mut bytes)?;
        let Ok((found, _)) = EventSegment::decode(&bytes) else {
            return Ok(None);
        };
        let previous_chain = found.previous_chain;
        let is_whole = header(first_sequence, previous_chain).encoded() == bytes;
        Ok(is_whole.then_some(Self {
            first_sequence,
            previous_chain,
            events,
            index,
        }))
    }

    /// The name of the file of groups.
    pub(super) fn file_name(&self) -> String {
        name_of(self.first_sequence, EVENTS)
    }

    /// Writes where the groups from `sequence` on end.
    pub(super) fn write_ends(&self, sequence: u64, ends: &[u64]) -> io::Result<()> {
        let bytes: Vec<u8> = ends.iter().flat_map(|end| end.to_le_bytes()).collect();
        self.index
            .write_at((sequence - self.first_sequence) * ENTRY, &bytes)
    }

    /// Where the groups from `sequence` on end: `count` of them, or as many as the index has.
    pub(super) fn read_ends(&self, sequence: u64, count: usize) -> io::Result<Vec<u64>> {
        let mut bytes = vec![0; count * ENTRY as usize];
        let offset = (sequence - self.first_sequence) * ENTRY;
        let length = self.index.read_at(offset, &mut bytes)?;
        Ok(bytes[..length]
            .as_chunks()
            .0
            .iter()
            .map(|end| u64::from_le_bytes(*end))
            .collect())
    }

    /// Where the group `sequence` begins, if the index has the one before.
    pub(super) fn start_of(&self, sequence: u64) -> io::Result<Option<u64>> {
        if sequence == self.first_sequence {
            return Ok(Some(HEADER_LENGTH));
        }
        Ok(self.read_ends(sequence - 1, 1)?.first().copied())
    }

    /// Cuts both files behind the group `last_sequence`, which ends at `end`.
    pub(super) fn cut(&self, last_sequence: u64, end: u64) -> io::Result<()> {
        self.events.set_length(end)?;
        self.index
            .set_length((last_sequence + 1 - self.first_sequence) * ENTRY)
    }

    /// Makes both files durable.
    pub(super) fn sync(&self) -> Result<(), JournalError> {
        let synced = self.events.sync().and_then(|()| self.index.sync());
        synced.doing("sync", &self.file_name())
    }
}

fn header(first_sequence: u64, previous_chain: u64) -> EventSegment {
    let mut summed = [0; 24];
    summed[..8].copy_from_slice(&MAGIC);
    summed[8..16].copy_from_slice(&first_sequence.to_le_bytes());
    summed[16..].copy_from_slice(&previous_chain.to_le_bytes());
    EventSegment {
        magic: MAGIC,
        first_sequence,
        previous_chain,
        checksum: xxh3_64(&summed),
        reserved_1: [0; 16],
        reserved_2: [0; 8],
    }
}
