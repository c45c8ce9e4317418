//! How a record is built, and how it follows the one before.

use std::fmt;

use cse_wire::{Header, Malformed, Message, Record, header_of, record_checksum};

/// What one record is made of, besides what follows from the record before.
#[derive(Clone, Copy, Debug)]
pub struct Batch<'a> {
    /// The leader's epoch.
    pub epoch: u64,
    /// The one time of all commands, microseconds UTC.
    pub time_us: i64,
    /// The chain of groups at the end of the record before.
    pub previous_chain: u64,
    /// How many commands.
    pub count: u32,
    /// The commands one behind another; a multiple of 8 bytes.
    pub commands: &'a [u8],
}

/// The end of a run of records, onto which the next one is linked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Link {
    /// The sequence that the next record begins with.
    pub next_sequence: u64,
    /// The checksum of the last record; 0 before the first of all.
    pub checksum: u64,
    /// The epoch of the last record; 0 before the first of all.
    pub epoch: u64,
}

/// Why a record does not follow.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unfit {
    /// The bytes are no record.
    Malformed(Malformed),
    /// The record is not as it was written.
    Checksum,
    /// The record has no commands.
    Empty,
    /// Another sequence comes next.
    Sequence {
        /// The sequence that comes next.
        expected: u64,
        /// The sequence the record begins with.
        found: u64,
    },
    /// Another record came before.
    PreviousChecksum,
    /// The epoch is lower than that of the record before.
    Epoch {
        /// The epoch of the record before.
        last: u64,
        /// The epoch of this one.
        found: u64,
    },
}

impl Link {
    /// Before the first record of all.
    pub const START: Self = Self {
        next_sequence: 1,
        checksum: 0,
        epoch: 0,
    };

    /// The last sequence; 0 when there is none.
    #[must_use]
    pub fn last_sequence(&self) -> u64 {
        self.next_sequence - 1
    }

    /// Appends the next record to `out` and moves on behind it.
    pub fn encode(&mut self, batch: &Batch<'_>, out: &mut Vec<u8>) {
        let start = out.len();
        let record = Record {
            checksum: 0,
            epoch: batch.epoch,
            first_sequence: self.next_sequence,
            time_us: batch.time_us,
            previous_checksum: self.checksum,
            previous_chain: batch.previous_chain,
            count: batch.count,
            reserved: [0; 4],
        };
        record.append_with(batch.commands, out);
        let written = &mut out[start..];
        let header = header_of(written).expect("a record just built has a header");
        let checksum = record_checksum(header, written);
        written[CHECKSUM].copy_from_slice(&checksum.to_le_bytes());
        self.move_behind(&Record { checksum, ..record });
    }

    /// Checks that `bytes` begin with a whole record that follows, and moves on behind it. Returns
    /// the record's fields and its length in bytes.
    ///
    /// # Errors
    /// [`Unfit`] when the record is broken or does not follow; the link then stays where it was.
    pub fn follow(&mut self, bytes: &[u8]) -> Result<(Record, usize), Unfit> {
        let (record, length) = intact(bytes)?;
        if record.first_sequence != self.next_sequence {
            return Err(Unfit::Sequence {
                expected: self.next_sequence,
                found: record.first_sequence,
            });
        }
        if record.previous_checksum != self.checksum {
            return Err(Unfit::PreviousChecksum);
        }
        if record.epoch < self.epoch {
            return Err(Unfit::Epoch {
                last: self.epoch,
                found: record.epoch,
            });
        }
        self.move_behind(&record);
        Ok((record, length))
    }

    fn move_behind(&mut self, record: &Record) {
        self.next_sequence = record.first_sequence + u64::from(record.count);
        self.checksum = record.checksum;
        self.epoch = record.epoch;
    }
}

/// Where the checksum stands in a record.
const CHECKSUM: std::ops::Range<usize> = Header::WIDTH..Header::WIDTH + 8;

/// The record at the start of `bytes`, wherever it belongs, and its length in bytes.
///
/// # Errors
/// [`Unfit::Malformed`], [`Unfit::Checksum`] or [`Unfit::Empty`].
pub fn intact(bytes: &[u8]) -> Result<(Record, usize), Unfit> {
    let (record, commands) = Record::decode(bytes).map_err(Unfit::Malformed)?;
    let length = Record::WIDTH + commands.len();
    let header = header_of(bytes).map_err(Unfit::Malformed)?;
    if record_checksum(header, &bytes[..length]) != record.checksum {
        return Err(Unfit::Checksum);
    }
    if record.count == 0 {
        return Err(Unfit::Empty);
    }
    Ok((record, length))
}

impl fmt::Display for Unfit {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Malformed(Malformed::Short) => write!(out, "the record is cut short"),
            Self::Malformed(Malformed::Kind(kind)) => write!(out, "kind {kind} is no record"),
            Self::Malformed(Malformed::Version(version)) => {
                write!(out, "version {version} is not known")
            }
            Self::Malformed(Malformed::Length(length)) => {
                write!(out, "length {length} is impossible")
            }
            Self::Checksum => write!(out, "the checksum is wrong"),
            Self::Empty => write!(out, "the record has no commands"),
            Self::Sequence { expected, found } => {
                write!(out, "the record begins with {found} instead of {expected}")
            }
            Self::PreviousChecksum => write!(out, "the record follows another one"),
            Self::Epoch { last, found } => write!(out, "epoch {found} comes after epoch {last}"),
        }
    }
}

impl std::error::Error for Unfit {}
