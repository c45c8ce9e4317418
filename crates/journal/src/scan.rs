//! Reading the journal at a start: where it ends, and whether that end is a crash's or damage.
//! Nothing is changed here.

use std::sync::Arc;

use crate::error::{Doing, JournalError};
use crate::names;
use crate::record::intact;
use crate::segment::{self, HEADER_LENGTH, Position, SUFFIX};
use crate::storage::{Directory, File};
use crate::tail::{self, Torn};
use crate::window::Window;

/// The journal's end as it is on disk.
pub(crate) struct End {
    /// Behind the last good record.
    pub(crate) position: Position,
    /// The time of the last record, if one was read.
    pub(crate) time_us: Option<i64>,
    /// Bytes of the last record in the last segment; 0 when it has none.
    pub(crate) last_length: u64,
    /// The last segment.
    pub(crate) file: Arc<dyn File>,
    /// Bytes in the last segment.
    pub(crate) file_length: u64,
    /// What stands behind the last good record and is none.
    pub(crate) torn: Option<Torn>,
}

/// The segments there are, ascending by their first sequence.
pub(crate) fn segments(directory: &dyn Directory) -> Result<Vec<u64>, JournalError> {
    names::sequences(directory, SUFFIX)
}

/// Reads from the segment of `start` to the journal's end. `segments` is not empty.
pub(crate) fn scan(
    directory: &dyn Directory,
    segments: &[u64],
    start: Option<Position>,
) -> Result<End, JournalError> {
    let from = start.unwrap_or(Position::START);
    let Ok(first) = segments.binary_search(&from.segment) else {
        return Err(if segments.iter().all(|segment| *segment < from.segment) {
            behind_start(
                segments
                    .last()
                    .map_or(0, |segment| segment.saturating_sub(1)),
                from,
            )
        } else {
            Position { offset: 0, ..from }.damaged("the segment is missing")
        });
    };
    let (file, link) = segment::open(directory, segments[first])?;
    let mut scan = Scan {
        position: Position::first_in_segment(link),
        time_us: None,
        last_length: 0,
        file_length: file.length().doing("measure", SUFFIX)?,
        file,
        awaited: start,
        window: Window::default(),
    };
    if start.is_none() && link.checksum != 0 {
        return Err(scan
            .position
            .damaged("the first record of all follows another"));
    }
    let mut reason = scan.read_segment()?;
    for next in &segments[first + 1..] {
        scan.enter(directory, *next, &reason)?;
        reason = scan.read_segment()?;
    }
    let torn = tail::torn(scan.file.as_ref(), scan.file_length, &scan.position, reason)?;
    scan.finish(torn)
}

fn behind_start(last_sequence: u64, start: Position) -> JournalError {
    JournalError::BehindStart {
        last_sequence,
        next_sequence: start.link.next_sequence,
    }
}

struct Scan {
    position: Position,
    time_us: Option<i64>,
    last_length: u64,
    file: Arc<dyn File>,
    file_length: u64,
    /// The position to start from, until it was passed.
    awaited: Option<Position>,
    window: Window,
}

impl Scan {
    /// Follows records to the end of the segment; says why it ends, unless by zeros.
    fn read_segment(&mut self) -> Result<Option<String>, JournalError> {
        loop {
            self.meet_start()?;
            let bytes = self
                .window
                .message_at(self.file.as_ref(), self.position.offset, self.file_length)
                .doing("read", &self.position.file_name())?;
            if bytes.iter().all(|byte| *byte == 0) {
                return Ok(None);
            }
            match self.position.link.follow(bytes) {
                Ok((record, length)) => {
                    self.position.offset += length as u64;
                    self.time_us = Some(record.time_us);
                    self.last_length = length as u64;
                }
                // A crash cannot make a whole record that belongs elsewhere.
                Err(unfit) if intact(bytes).is_ok() => {
                    return Err(self.position.damaged(unfit.to_string()));
                }
                Err(unfit) => return Ok(Some(unfit.to_string())),
            }
        }
    }

    /// Checks that the start stands where a record ends, once the scan is there.
    fn meet_start(&mut self) -> Result<(), JournalError> {
        let Some(start) = self.awaited else {
            return Ok(());
        };
        if self.position.link.next_sequence < start.link.next_sequence {
            return Ok(());
        }
        // A segment's header does not know the epoch.
        if self.position.offset == HEADER_LENGTH {
            self.position.link.epoch = start.link.epoch;
        }
        if self.position != start {
            return Err(self.position.damaged(format!(
                "sequence {} does not begin at offset {} behind the record that the start names",
                start.link.next_sequence, start.offset
            )));
        }
        self.awaited = None;
        self.time_us = None;
        Ok(())
    }

    /// Goes on to the segment that begins with `first_sequence`.
    fn enter(
        &mut self,
        directory: &dyn Directory,
        first_sequence: u64,
        reason: &Option<String>,
    ) -> Result<(), JournalError> {
        if self.awaited.is_some() {
            // The start is in the segment it names, so this one cannot end before it.
            return Err(self.position.damaged("the segment ends before the start"));
        }
        let (file, link) = segment::open(directory, first_sequence)?;
        let here = self.position.link;
        if (link.next_sequence, link.checksum) != (here.next_sequence, here.checksum) {
            return Err(self.position.damaged(format!(
                "{}, and the next segment begins with sequence {first_sequence}",
                reason.as_deref().unwrap_or("the segment ends here"),
            )));
        }
        self.position = Position::first_in_segment(here);
        self.last_length = 0;
        self.file_length = file.length().doing("measure", SUFFIX)?;
        self.file = file;
        self.window.forget();
        Ok(())
    }

    fn finish(self, torn: Option<Torn>) -> Result<End, JournalError> {
        if let Some(start) = self.awaited {
            return Err(behind_start(self.position.link.last_sequence(), start));
        }
        Ok(End {
            position: self.position,
            time_us: self.time_us,
            last_length: self.last_length,
            file: self.file,
            file_length: self.file_length,
            torn,
        })
    }
}
