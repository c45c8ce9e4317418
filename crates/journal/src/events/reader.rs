//! Reading the event log.

use std::io;
use std::sync::Arc;

use cse_wire::{Group, Message};

use super::GroupLink;
use super::segment::{EVENTS, HEADER_LENGTH, Segment};
use crate::error::{Damage, Doing, JournalError};
use crate::names::{name_of, sequences};
use crate::storage::Directory;

/// Reads groups, in the leader's process or another. The caller asks for nothing beyond the watermark.
pub struct EventReader {
    directory: Arc<dyn Directory>,
    /// First sequences of the segments there were when last looked, ascending.
    segments: Vec<u64>,
    /// The segment that was read last.
    open: Option<Segment>,
}

/// The most groups that one call reads.
const GROUPS_MAX: u64 = 1 << 16;

impl EventReader {
    /// A reader; no storage is touched yet.
    #[must_use]
    pub fn new(directory: Arc<dyn Directory>) -> Self {
        Self {
            directory,
            segments: Vec::new(),
            open: None,
        }
    }

    /// The whole Group message at `sequence`; nothing when it is older than the log.
    ///
    /// # Errors
    /// [`JournalError::Damaged`] when it is not there or not what was written,
    /// [`JournalError::Storage`].
    pub fn read(&mut self, sequence: u64) -> Result<Option<Vec<u8>>, JournalError> {
        if self.segment_of(sequence).is_none() {
            self.look_again()?;
            if self.segment_of(sequence).is_none() && !self.segments.is_empty() {
                return Ok(None);
            }
        }
        let mut group = Vec::new();
        self.read_from(sequence, sequence, 0, &mut group)?;
        Ok(Some(group))
    }

    /// Appends to `out` whole Group messages from `sequence` on, up to `last_sequence` at most and
    /// within one segment: as many as `bytes_max` allows, at least one. Returns the sequence that
    /// comes next.
    ///
    /// # Errors
    /// [`JournalError::Damaged`] when one is not there or not what was written,
    /// [`JournalError::Storage`].
    pub fn read_from(
        &mut self,
        sequence: u64,
        last_sequence: u64,
        bytes_max: usize,
        out: &mut Vec<u8>,
    ) -> Result<u64, JournalError> {
        if sequence > last_sequence {
            return Ok(sequence);
        }
        let count = (last_sequence - sequence + 1).min(GROUPS_MAX);
        let count = count.min(bytes_max as u64 / Group::WIDTH as u64 + 1) as usize;
        // Another process may have begun a segment, or have removed one and begun it anew.
        for look_again in [false, true] {
            if look_again {
                self.look_again()?;
            }
            if let Some(next) = self.try_read(sequence, count, bytes_max, out)? {
                return Ok(next);
            }
        }
        Err(self.damaged(sequence))
    }

    fn try_read(
        &mut self,
        sequence: u64,
        count: usize,
        bytes_max: usize,
        out: &mut Vec<u8>,
    ) -> Result<Option<u64>, JournalError> {
        let Some(first) = self.segment_of(sequence) else {
            return Ok(None);
        };
        let name = name_of(first, EVENTS);
        if self
            .open
            .as_ref()
            .is_none_or(|open| open.first_sequence != first)
        {
            self.open = Segment::open(self.directory.as_ref(), first).doing("open", &name)?;
        }
        match &self.open {
            Some(segment) => {
                read_groups(segment, sequence, count, bytes_max, out).doing("read", &name)
            }
            None => Ok(None),
        }
    }

    fn segment_of(&self, sequence: u64) -> Option<u64> {
        let after = self.segments.partition_point(|first| *first <= sequence);
        self.segments[..after].last().copied()
    }

    fn look_again(&mut self) -> Result<(), JournalError> {
        self.open = None;
        self.segments = sequences(self.directory.as_ref(), EVENTS)?;
        Ok(())
    }

    fn damaged(&self, sequence: u64) -> JournalError {
        JournalError::Damaged(Damage {
            file: name_of(self.segment_of(sequence).unwrap_or(sequence), EVENTS),
            offset: self
                .open
                .as_ref()
                .and_then(|segment| segment.start_of(sequence).ok().flatten())
                .unwrap_or(0),
            sequence,
            reason: "the group is missing or broken".to_owned(),
        })
    }
}

/// Appends groups from `sequence` on to `out`: at most `count`, and within `bytes_max` but for the
/// first. Returns the sequence that comes next; nothing when the files do not hold the first, or what
/// they hold are not those groups: each must follow by its chain on the one before.
fn read_groups(
    segment: &Segment,
    sequence: u64,
    count: usize,
    bytes_max: usize,
    out: &mut Vec<u8>,
) -> io::Result<Option<u64>> {
    let Some(start) = segment.start_of(sequence)? else {
        return Ok(None);
    };
    let ends = segment.read_ends(sequence, count)?;
    let length = segment.events.length()?;
    let are_ascending = ends.is_sorted_by(|end, next| end < next);
    let Some(first_end) = ends.first().filter(|end| **end > start) else {
        return Ok(None);
    };
    if start < HEADER_LENGTH || !are_ascending || *first_end > length {
        return Ok(None);
    }
    let Some(before) = link_before(segment, sequence, start)? else {
        return Ok(None);
    };
    let limit = start.saturating_add(bytes_max as u64).min(length);
    let taken = ends.partition_point(|end| *end <= limit).max(1);
    let read_from = out.len();
    out.resize(read_from + (ends[taken - 1] - start) as usize, 0);
    segment.events.read_at(start, &mut out[read_from..])?;
    let last_sequence = sequence + taken as u64 - 1;
    match before.follow_all(&out[read_from..]) {
        Ok(last) if last.sequence == last_sequence => Ok(Some(last_sequence + 1)),
        _ => {
            out.truncate(read_from);
            Ok(None)
        }
    }
}

/// What the group `sequence`, which begins at `start`, is linked to: the head of the group before says
/// it. Nothing when the files do not hold that.
fn link_before(segment: &Segment, sequence: u64, start: u64) -> io::Result<Option<GroupLink>> {
    let before = sequence - 1;
    if sequence == segment.first_sequence {
        return Ok(Some(GroupLink {
            sequence: before,
            chain: segment.previous_chain,
        }));
    }
    let Some(at) = segment.start_of(before)?.filter(|at| *at < start) else {
        return Ok(None);
    };
    let mut head = [0; Group::WIDTH];
    segment.events.read_at(at, &mut head)?;
    let Group {
        sequence: found,
        chain,
        ..
    } = Group::get_fields(&head);
    Ok((found == before).then_some(GroupLink {
        sequence: before,
        chain,
    }))
}
