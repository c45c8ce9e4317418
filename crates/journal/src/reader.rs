//! Following the journal from another process, or reading it whole.

use std::sync::Arc;

use cse_wire::Record;

use crate::error::{Doing, JournalError};
use crate::record::{Link, Unfit};
use crate::scan::segments;
use crate::segment::{self, HEADER_LENGTH, Position};
use crate::storage::{Directory, File};
use crate::window::Window;

/// Reads records one behind another, across segments.
pub struct JournalReader {
    directory: Arc<dyn Directory>,
    position: Position,
    /// The segment of `position`, once it was opened, and its length in bytes.
    open: Option<(Arc<dyn File>, u64)>,
    window: Window,
}

/// A record that was found: what follows it, its fields, and its length in bytes.
type Next = (Link, Record, usize);

impl JournalReader {
    /// A reader that goes on at `position`; no storage is touched yet.
    #[must_use]
    pub fn at(directory: Arc<dyn Directory>, position: Position) -> Self {
        Self {
            directory,
            position,
            open: None,
            window: Window::default(),
        }
    }

    /// A reader of the whole journal, from its first record.
    #[must_use]
    pub fn from_first(directory: Arc<dyn Directory>) -> Self {
        Self::at(directory, Position::START)
    }

    /// The next record, its bytes whole, if all of it is at or below `durable`, the watermark's
    /// sequence; nothing otherwise.
    ///
    /// # Errors
    /// [`JournalError::Damaged`] when a durable record is not there or broken,
    /// [`JournalError::Storage`].
    pub fn next(&mut self, durable: u64) -> Result<Option<(Record, &[u8])>, JournalError> {
        if self.position.link.next_sequence > durable {
            return Ok(None);
        }
        let (link, record, length) = self.find()?;
        if link.last_sequence() > durable {
            return Ok(None);
        }
        let offset = self.position.offset;
        self.position.offset += length as u64;
        self.position.link = link;
        let (file, _) = self.open.as_ref().expect("a record was found in it");
        let bytes = self
            .window
            .bytes_at(file.as_ref(), offset, length)
            .doing("read", "the journal")?;
        Ok(Some((record, &bytes[..length])))
    }

    /// The place behind the last record returned, as a snapshot keeps it.
    #[must_use]
    pub fn position(&self) -> Position {
        self.position
    }

    fn find(&mut self) -> Result<Next, JournalError> {
        if let Ok(next) = self.record_here()? {
            return Ok(next);
        }
        // The window may hold what stood here before the record was written.
        self.window.forget();
        let unfit = match self.record_here()? {
            Ok(next) => return Ok(next),
            Err(unfit) => unfit,
        };
        if !self.enter_next_segment()? {
            return Err(self.position.damaged(unfit.to_string()));
        }
        self.record_here()?
            .map_err(|unfit| self.position.damaged(unfit.to_string()))
    }

    fn record_here(&mut self) -> Result<Result<Next, Unfit>, JournalError> {
        let (file, length) = match &self.open {
            Some(open) => open,
            None => self
                .open
                .insert(open_at(self.directory.as_ref(), &self.position)?),
        };
        let bytes = self
            .window
            .message_at(file.as_ref(), self.position.offset, *length)
            .doing("read", "the journal")?;
        let mut link = self.position.link;
        Ok(link
            .follow(bytes)
            .map(|(record, length)| (link, record, length)))
    }

    /// Goes on to the segment that begins with the next sequence, if there is one.
    fn enter_next_segment(&mut self) -> Result<bool, JournalError> {
        let next = Position::first_in_segment(self.position.link);
        let is_there = segments(self.directory.as_ref())?.contains(&next.segment);
        if !is_there || next.segment == self.position.segment {
            return Ok(false);
        }
        self.open = Some(open_at(self.directory.as_ref(), &next)?);
        self.position = next;
        self.window.forget();
        Ok(true)
    }
}

fn open_at(
    directory: &dyn Directory,
    position: &Position,
) -> Result<(Arc<dyn File>, u64), JournalError> {
    let (file, link) = segment::open(directory, position.segment)?;
    if position.offset == HEADER_LENGTH && link.checksum != position.link.checksum {
        return Err(position.damaged("the segment follows another record"));
    }
    let length = file.length().doing("measure", &position.file_name())?;
    Ok((file, length))
}
