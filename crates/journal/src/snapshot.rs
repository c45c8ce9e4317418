//! Snapshot files.

use std::io;

use cse_wire::{Message, Snapshot};
use xxhash_rust::xxh3::Xxh3Default;

use crate::error::{Doing, JournalError};
use crate::names::{name_of, sequences};
use crate::record::Link;
use crate::segment::Position;
use crate::storage::{Directory, File};

/// How many snapshots are kept.
pub const KEPT: usize = 3;

const SUFFIX: &str = ".snapshot";
/// The name a snapshot has until it is whole and durable.
const UNFINISHED: &str = "unfinished.snapshot";
const MAGIC: [u8; 8] = *b"CSESNAP0";
/// Bytes of the head that the checksum does not cover: header, magic and the checksum itself.
const NOT_SUMMED: usize = 24;
const PIECE: usize = 1 << 20;

/// A snapshot that was read and whose checksum is right.
#[derive(Clone, Debug)]
pub struct Loaded {
    /// The head: what the state belongs to, and where the journal goes on.
    pub head: Snapshot,
    /// The core's state entries.
    pub body: Vec<u8>,
}

/// What was found when a snapshot was looked for.
#[derive(Clone, Debug)]
pub struct Found {
    /// The newest good one.
    pub newest: Option<Loaded>,
    /// Newer files that were passed over, newest first.
    pub skipped: Vec<Skipped>,
}

/// A snapshot file that is no good.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Skipped {
    /// The file's name.
    pub file: String,
    /// What is wrong with it.
    pub reason: String,
}

/// What a snapshot says of its moment; the rest of the head is filled in by [`write`].
#[derive(Clone, Copy, Debug)]
pub struct Moment {
    /// The place in the journal behind the last record in it.
    pub position: Position,
    /// The time of the last command in it.
    pub time_us: i64,
    /// The chain after the last command in it.
    pub chain: u64,
    /// The state hash.
    pub state_hash: [u8; 32],
}

impl Loaded {
    /// Where the journal goes on.
    #[must_use]
    pub fn position(&self) -> Position {
        Position {
            segment: self.head.journal_segment,
            offset: self.head.journal_offset,
            link: Link {
                next_sequence: self.head.sequence + 1,
                checksum: self.head.record_checksum,
                epoch: self.head.epoch,
            },
        }
    }
}

/// Writes a snapshot under a temporary name, syncs it, and gives it its name; durable on return.
/// Returns the file's name. The event log must have been synced up to there.
///
/// # Errors
/// [`JournalError::Storage`]; older snapshots are then untouched.
pub fn write(
    directory: &dyn Directory,
    moment: &Moment,
    body: &[u8],
) -> Result<String, JournalError> {
    let head = head_of(moment, body).encoded();
    let name = name_of(moment.position.link.last_sequence(), SUFFIX);
    write_whole(directory, &head, body).doing("write", UNFINISHED)?;
    directory.rename(UNFINISHED, &name).doing("name", &name)?;
    directory.sync().doing("sync the directory for", &name)?;
    Ok(name)
}

/// The newest good snapshot whose sequence is at most `sequence_max`, and what was passed over.
///
/// # Errors
/// [`JournalError::Storage`]; a bad file is no error, but skipped.
pub fn newest(directory: &dyn Directory, sequence_max: u64) -> Result<Found, JournalError> {
    let mut found = Found {
        newest: None,
        skipped: Vec::new(),
    };
    for sequence in sequences(directory, SUFFIX)?.into_iter().rev() {
        if sequence > sequence_max {
            continue;
        }
        let file = name_of(sequence, SUFFIX);
        match read(directory, &file, sequence).doing("read", &file)? {
            Ok(loaded) => {
                found.newest = Some(loaded);
                break;
            }
            Err(reason) => found.skipped.push(Skipped {
                file,
                reason: reason.to_owned(),
            }),
        }
    }
    Ok(found)
}

/// Removes all but the newest `count` snapshots, and what an unfinished write left. Returns the names.
///
/// # Errors
/// [`JournalError::Storage`].
pub fn keep(directory: &dyn Directory, count: usize) -> Result<Vec<String>, JournalError> {
    let older = sequences(directory, SUFFIX)?.into_iter().rev().skip(count);
    let mut removed: Vec<String> = older.map(|sequence| name_of(sequence, SUFFIX)).collect();
    let names = directory.list().doing("list", "snapshots")?;
    removed.extend(names.into_iter().filter(|name| name == UNFINISHED));
    for name in &removed {
        directory.remove(name).doing("remove", name)?;
    }
    Ok(removed)
}

fn head_of(moment: &Moment, body: &[u8]) -> Snapshot {
    let link = moment.position.link;
    let head = Snapshot {
        magic: MAGIC,
        checksum: 0,
        epoch: link.epoch,
        sequence: link.last_sequence(),
        time_us: moment.time_us,
        chain: moment.chain,
        record_checksum: link.checksum,
        journal_segment: moment.position.segment,
        journal_offset: moment.position.offset,
        state_hash: moment.state_hash,
        body_length: body.len() as u64,
    };
    Snapshot {
        checksum: checksum_of(&head, body),
        ..head
    }
}

fn checksum_of(head: &Snapshot, body: &[u8]) -> u64 {
    let mut sum = Xxh3Default::new();
    sum.update(&head.encoded()[NOT_SUMMED..]);
    sum.update(body);
    sum.digest()
}

fn write_whole(directory: &dyn Directory, head: &[u8], body: &[u8]) -> io::Result<()> {
    let file = directory.open(UNFINISHED, true)?;
    file.set_length(0)?;
    file.write_at(0, head)?;
    let mut offset = head.len() as u64;
    for piece in body.chunks(PIECE) {
        file.write_at(offset, piece)?;
        offset += piece.len() as u64;
    }
    file.sync()
}

/// Reads one file whole; says what is wrong with it if it is no good.
fn read(
    directory: &dyn Directory,
    name: &str,
    sequence: u64,
) -> io::Result<Result<Loaded, &'static str>> {
    let file = directory.open(name, false)?;
    let mut bytes = [0; Snapshot::WIDTH];
    file.read_at(0, &mut bytes)?;
    let head = match Snapshot::decode(&bytes) {
        Ok((head, _)) if head.magic == MAGIC => head,
        _ => return Ok(Err("the head is broken")),
    };
    if Some(file.length()?) != head.body_length.checked_add(Snapshot::WIDTH as u64) {
        return Ok(Err("the file has another length than its head says"));
    }
    let body = read_body(file.as_ref(), head.body_length as usize)?;
    if checksum_of(&head, &body) != head.checksum {
        return Ok(Err("the checksum is wrong"));
    }
    if head.sequence != sequence {
        return Ok(Err("the file is named by another sequence"));
    }
    Ok(Ok(Loaded { head, body }))
}

fn read_body(file: &dyn File, length: usize) -> io::Result<Vec<u8>> {
    let mut body = vec![0; length];
    let start = Snapshot::WIDTH as u64;
    for (index, piece) in body.chunks_mut(PIECE).enumerate() {
        file.read_at(start + (index * PIECE) as u64, piece)?;
    }
    Ok(body)
}
