//! Writing the event log.

use std::sync::Arc;

use super::groups::{Unlinked, Walked, walk};
use super::recovery::{Recovered, recover};
use super::segment::Segment;
use super::{EventReader, GroupLink, RecoveredEvents};
use crate::error::{Doing, JournalError};
use crate::storage::Directory;

/// The one writer of an event log.
pub struct EventLog {
    directory: Arc<dyn Directory>,
    segment_sequences: u64,
    last: GroupLink,
    /// Where the last group goes, and the next one follows unless the segment is full.
    tail: Option<Tail>,
    /// Earlier segments that were written since the last sync.
    unsynced: Vec<Segment>,
    poisoned: bool,
}

/// The segment that is written, and where its last group ends.
pub(super) struct Tail {
    pub(super) segment: Segment,
    pub(super) end: u64,
}

impl EventLog {
    /// Sequences in one segment.
    pub const SEGMENT_SEQUENCES: u64 = 1 << 20;

    /// Opens the event log, or begins one. Groups behind `known`, which a snapshot vouches for, are
    /// checked by their chain; what is bad, and what is beyond `last_sequence` of the journal, is
    /// cut. `known` at 0 checks all. `segment_sequences` is [`Self::SEGMENT_SEQUENCES`] but in tests.
    ///
    /// # Errors
    /// [`JournalError::EventsLost`] when the log does not hold `known`: open it again with
    /// `GroupLink::default()` and append what the whole journal gives. [`JournalError::Storage`].
    pub fn open(
        directory: Arc<dyn Directory>,
        known: GroupLink,
        last_sequence: u64,
        segment_sequences: u64,
    ) -> Result<(Self, RecoveredEvents), JournalError> {
        let Recovered {
            tail,
            last,
            cut,
            written,
        } = recover(directory.as_ref(), known, last_sequence)?;
        let log = Self {
            directory,
            segment_sequences,
            last,
            tail,
            unsynced: written,
            poisoned: false,
        };
        Ok((log, RecoveredEvents { last, cut }))
    }

    /// Writes `groups`, whole Group messages one behind another that begin with `first_sequence`.
    /// The watermark moves afterwards.
    ///
    /// # Errors
    /// [`JournalError::OutOfOrder`] and [`JournalError::Malformed`] with nothing written;
    /// [`JournalError::Storage`], after which all fails.
    pub fn append(&mut self, groups: &[u8], first_sequence: u64) -> Result<(), JournalError> {
        self.refuse_poisoned()?;
        let next_sequence = self.last.sequence + 1;
        let out_of_order = |sequence| JournalError::OutOfOrder {
            next_sequence,
            sequence,
        };
        if first_sequence != next_sequence {
            return Err(out_of_order(first_sequence));
        }
        let walked = walk(groups, first_sequence).map_err(|unlinked| match unlinked {
            Unlinked::Malformed(malformed) => JournalError::Malformed(malformed),
            Unlinked::Sequence(sequence) => out_of_order(sequence),
            Unlinked::Chain => unreachable!("walking does not look at the chain"),
        })?;
        let written = self.write(groups, &walked);
        self.poisoned |= written.is_err();
        written
    }

    /// Makes all that was appended durable; needed before a snapshot is written.
    ///
    /// # Errors
    /// [`JournalError::Storage`], after which all fails.
    pub fn sync(&mut self) -> Result<(), JournalError> {
        self.refuse_poisoned()?;
        let synced = self.sync_files();
        self.poisoned |= synced.is_err();
        synced
    }

    /// The last group.
    #[must_use]
    pub fn last(&self) -> GroupLink {
        self.last
    }

    /// A reader of the same directory.
    #[must_use]
    pub fn reader(&self) -> EventReader {
        EventReader::new(Arc::clone(&self.directory))
    }

    fn write(&mut self, groups: &[u8], walked: &[Walked]) -> Result<(), JournalError> {
        let (mut start, mut rest) = (0, walked);
        while !rest.is_empty() {
            let room = self.room()?;
            let (here, later) = rest.split_at(rest.len().min(room));
            start = self.write_in_segment(groups, start, here)?;
            rest = later;
        }
        Ok(())
    }

    /// How many groups the segment still takes; begins another when it takes none.
    fn room(&mut self) -> Result<usize, JournalError> {
        let next = self.last.sequence + 1;
        // Segments end where the sequence is a multiple, so that a name can be computed.
        let is_full = self.last.sequence.is_multiple_of(self.segment_sequences);
        if is_full || self.tail.is_none() {
            let segment = Segment::create(self.directory.as_ref(), self.last)
                .doing("create", "the next event segment")?;
            let end = super::segment::HEADER_LENGTH;
            let full = self.tail.replace(Tail { segment, end });
            self.unsynced.extend(full.map(|tail| tail.segment));
        }
        let last_in_segment = next.next_multiple_of(self.segment_sequences);
        Ok((last_in_segment - self.last.sequence) as usize)
    }

    /// Writes the groups `here` of `groups`, the first of which begins at `start`. Returns where the
    /// last one ends.
    fn write_in_segment(
        &mut self,
        groups: &[u8],
        start: usize,
        here: &[Walked],
    ) -> Result<usize, JournalError> {
        let (Some(tail), Some(last)) = (&mut self.tail, here.last()) else {
            return Ok(start);
        };
        let ends: Vec<u64> = here
            .iter()
            .map(|walked| tail.end + (walked.end - start) as u64)
            .collect();
        tail.segment
            .events
            .write_at(tail.end, &groups[start..last.end])
            .and_then(|()| tail.segment.write_ends(self.last.sequence + 1, &ends))
            .doing("write", &tail.segment.file_name())?;
        tail.end += (last.end - start) as u64;
        self.last = last.link;
        Ok(last.end)
    }

    fn sync_files(&mut self) -> Result<(), JournalError> {
        for segment in &self.unsynced {
            segment.sync()?;
        }
        if let Some(tail) = &self.tail {
            tail.segment.sync()?;
        }
        self.directory
            .sync()
            .doing("sync", "the events' directory")?;
        self.unsynced.clear();
        Ok(())
    }

    fn refuse_poisoned(&self) -> Result<(), JournalError> {
        if self.poisoned {
            return Err(JournalError::Poisoned);
        }
        Ok(())
    }
}
