//! Appending, and opening after whatever happened.

use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use cse_wire::Malformed;

use crate::error::{Doing, JournalError};
use crate::record::{Link, Unfit};
use crate::scan::{self, End};
use crate::segment::{HEADER_LENGTH, Position, encode_header};
use crate::spare::{self, Spare, write_zeros};
use crate::storage::{Directory, File};
use crate::watermark::Mark;

/// How a journal is opened.
#[derive(Clone, Copy, Debug)]
pub struct Settings {
    /// Bytes of a segment, header included.
    pub segment_length: u64,
    /// Whether the next segment is filled with zeros ahead, in a thread of its own. Without it, an
    /// append that needs a new segment fills it.
    pub fills_ahead: bool,
    /// Where to start, from a snapshot; the first segment otherwise. Older segments are not read.
    pub start: Option<Position>,
    /// What was durable once. A journal that ends before it is refused.
    pub durable: Mark,
}

/// What opening found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recovery {
    /// The last sequence; 0 when there is none.
    pub last_sequence: u64,
    /// The epoch of the last record; 0 when there is none.
    pub epoch: u64,
    /// The time of the last record, microseconds UTC, if one stands behind the start.
    pub time_us: Option<i64>,
    /// What was cut from the end, if anything.
    pub cut: Option<Cut>,
}

/// A torn tail that was cut: a record that was being written when the machine stopped, and that
/// nobody had been told of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cut {
    /// The sequence it would have begun with.
    pub sequence: u64,
    /// The segment's name.
    pub file: String,
    /// Bytes from the start of the segment.
    pub offset: u64,
    /// Bytes that were overwritten with zeros.
    pub length: u64,
    /// Why it was no record.
    pub reason: String,
}

/// The one writer of a journal.
pub struct Journal {
    directory: Arc<dyn Directory>,
    settings: Settings,
    spare: Spare,
    file: Arc<dyn File>,
    file_length: u64,
    /// Behind the last record appended.
    position: Position,
    /// The last sequence that a sync has covered.
    durable_sequence: u64,
    poisoned: bool,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            segment_length: 64 << 20,
            fills_ahead: true,
            start: None,
            durable: Mark::default(),
        }
    }
}

impl Journal {
    /// Opens the journal, or begins one in an empty directory. A torn tail is overwritten with zeros;
    /// all that is returned as recovered is durable.
    ///
    /// # Errors
    /// [`JournalError::Damaged`], [`JournalError::BehindWatermark`] and
    /// [`JournalError::BehindStart`] with the files untouched, or [`JournalError::Storage`].
    pub fn open(
        directory: Arc<dyn Directory>,
        settings: &Settings,
    ) -> Result<(Self, Recovery), JournalError> {
        let mut spare = Spare::new(Arc::clone(&directory), settings.segment_length);
        let segments = scan::segments(directory.as_ref())?;
        let end = if segments.is_empty() {
            refuse_empty(settings)?;
            begin(directory.as_ref(), &mut spare, settings.segment_length)?
        } else {
            scan::scan(directory.as_ref(), &segments, settings.start)?
        };
        let last_sequence = end.position.link.last_sequence();
        refuse_behind(last_sequence, settings)?;
        let cut = repair(directory.as_ref(), &end, settings.segment_length)?;
        let recovery = Recovery {
            last_sequence,
            epoch: end.position.link.epoch,
            time_us: end.time_us,
            cut,
        };
        let mut journal = Self {
            directory,
            settings: *settings,
            spare,
            file_length: end.file_length.max(settings.segment_length),
            file: end.file,
            position: end.position,
            durable_sequence: last_sequence,
            poisoned: false,
        };
        journal.fill_ahead();
        Ok((journal, recovery))
    }

    /// Writes one record, built by [`Link::encode`], behind the last. It is durable after the next
    /// [`Self::sync`] and must be told to nobody before. A record that still waits for its sync is
    /// synced first: so a record is only written when the one before is durable, and recovery can
    /// tell a torn tail from damage.
    ///
    /// # Errors
    /// [`JournalError::Unfit`] and [`JournalError::TooLong`] with nothing written;
    /// [`JournalError::Storage`], after which all fails.
    pub fn append(&mut self, record: &[u8]) -> Result<(), JournalError> {
        self.refuse_poisoned()?;
        let link = self.linked(record)?;
        if self.position.link.last_sequence() > self.durable_sequence {
            self.sync()?;
        }
        let written = self.write(record);
        self.poisoned |= written.is_err();
        written?;
        self.position.offset += record.len() as u64;
        self.position.link = link;
        self.fill_ahead();
        Ok(())
    }

    /// Makes what was appended durable and returns the last durable sequence.
    ///
    /// # Errors
    /// [`JournalError::Storage`], after which all fails; it is never tried again.
    pub fn sync(&mut self) -> Result<u64, JournalError> {
        self.refuse_poisoned()?;
        let synced = self.file.sync().doing("sync", &self.position.file_name());
        self.poisoned |= synced.is_err();
        synced?;
        self.durable_sequence = self.position.link.last_sequence();
        Ok(self.durable_sequence)
    }

    /// The place behind the last record, for the next record's link and for snapshots.
    #[must_use]
    pub fn position(&self) -> Position {
        self.position
    }

    /// The last sequence that is durable.
    #[must_use]
    pub fn durable_sequence(&self) -> u64 {
        self.durable_sequence
    }

    /// Bytes that the current segment still has room for.
    #[must_use]
    pub fn room_bytes(&self) -> u64 {
        self.file_length - self.position.offset
    }

    /// Bytes left on the disk, besides the room in the current segment.
    ///
    /// # Errors
    /// [`JournalError::Storage`].
    pub fn free_bytes(&self) -> Result<u64, JournalError> {
        self.directory.free_bytes().doing("measure", "the disk")
    }

    /// The link behind `record`, if it can be appended.
    fn linked(&self, record: &[u8]) -> Result<Link, JournalError> {
        let mut link = self.position.link;
        let (_, length) = link.follow(record).map_err(JournalError::Unfit)?;
        if length != record.len() {
            let more = Malformed::Length(length as u32);
            return Err(JournalError::Unfit(Unfit::Malformed(more)));
        }
        let length_max = self.settings.segment_length - HEADER_LENGTH;
        if length as u64 > length_max {
            return Err(JournalError::TooLong { length, length_max });
        }
        Ok(link)
    }

    fn write(&mut self, record: &[u8]) -> Result<(), JournalError> {
        if record.len() as u64 > self.room_bytes() {
            let position = Position::first_in_segment(self.position.link);
            self.file = add_segment(self.directory.as_ref(), &mut self.spare, &position)?;
            self.file_length = self.settings.segment_length;
            self.position = position;
        }
        self.file
            .write_at(self.position.offset, record)
            .doing("write", &self.position.file_name())
    }

    /// Once a segment is in real use, the next one is filled; a journal that hardly grows is spared it.
    fn fill_ahead(&mut self) {
        if self.settings.fills_ahead && self.position.offset > self.file_length / 8 {
            self.spare.begin();
        }
    }

    fn refuse_poisoned(&self) -> Result<(), JournalError> {
        if self.poisoned {
            return Err(JournalError::Poisoned);
        }
        Ok(())
    }
}

fn refuse_empty(settings: &Settings) -> Result<(), JournalError> {
    refuse_behind(0, settings)?;
    match settings.start {
        Some(start) if start != Position::START => Err(JournalError::BehindStart {
            last_sequence: 0,
            next_sequence: start.link.next_sequence,
        }),
        _ => Ok(()),
    }
}

fn refuse_behind(last_sequence: u64, settings: &Settings) -> Result<(), JournalError> {
    if last_sequence < settings.durable.sequence {
        return Err(JournalError::BehindWatermark {
            last_sequence,
            watermark: settings.durable.sequence,
        });
    }
    Ok(())
}

/// The end of a journal that begins here.
fn begin(
    directory: &dyn Directory,
    spare: &mut Spare,
    segment_length: u64,
) -> Result<End, JournalError> {
    let position = Position::START;
    Ok(End {
        file: add_segment(directory, spare, &position)?,
        file_length: segment_length,
        position,
        time_us: None,
        last_length: 0,
        torn: None,
    })
}

/// Puts the next segment into place. Its name appears only when its content is durable, so a broken
/// header is never a crash's work.
fn add_segment(
    directory: &dyn Directory,
    spare: &mut Spare,
    position: &Position,
) -> Result<Arc<dyn File>, JournalError> {
    let name = position.file_name();
    let file = spare.take().doing("fill", spare::NAME)?;
    file.write_at(0, &encode_header(&position.link))
        .doing("write", spare::NAME)?;
    file.sync().doing("sync", spare::NAME)?;
    directory.rename(spare::NAME, &name).doing("name", &name)?;
    directory.sync().doing("sync the directory for", &name)?;
    Ok(file)
}

/// Writes the last record again as it stands. The leader before may have died of a sync that failed,
/// and after that the system takes pages for clean which never reached the disk: a sync alone would
/// then find nothing to do.
fn write_again(end: &End) -> std::io::Result<()> {
    let mut record = vec![0; end.last_length as usize];
    let offset = end.position.offset - end.last_length;
    end.file.read_at(offset, &mut record)?;
    end.file.write_at(offset, &record)
}

/// Overwrites a torn tail with zeros, so that it can never come to life behind a later record, brings
/// the last segment to its length, and makes what was found durable.
fn repair(
    directory: &dyn Directory,
    end: &End,
    segment_length: u64,
) -> Result<Option<Cut>, JournalError> {
    let file = end.position.file_name();
    let never = AtomicBool::new(false);
    let offset = end.position.offset;
    let cut = end.torn.as_ref().map(|torn| Cut {
        sequence: end.position.link.next_sequence,
        file: file.clone(),
        offset,
        length: torn.length,
        reason: torn.reason.clone(),
    });
    if let Some(cut) = &cut {
        write_zeros(end.file.as_ref(), offset, offset + cut.length, &never).doing("cut", &file)?;
    }
    write_zeros(end.file.as_ref(), end.file_length, segment_length, &never)
        .doing("extend", &file)?;
    write_again(end).doing("write again", &file)?;
    end.file.sync().doing("sync", &file)?;
    directory.sync().doing("sync the directory of", &file)?;
    Ok(cut)
}
