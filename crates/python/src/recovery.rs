//! From snapshot and journal back to a core, and the event log made to fit it.

use std::sync::Arc;

use cse_core::{Exchange, Lookahead};
use cse_journal::{
    Cut, EventLog, GroupLink, Journal, JournalError, JournalReader, Link, Position, Settings,
    snapshot,
};
use cse_wire::{Message, Record, header_of};

use crate::errors::Failure;
use crate::storage::Storage;

/// A core with its place in the journal.
pub struct Start {
    /// The core.
    pub exchange: Exchange,
    /// Where the next record stands; nothing is the beginning.
    pub position: Option<Position>,
}

/// What a leader goes on with.
pub struct Recovered {
    /// The core, at the journal's end.
    pub exchange: Exchange,
    /// The journal, open for the next record.
    pub journal: Journal,
    /// The event log, as long as the journal.
    pub events: EventLog,
    /// What was found.
    pub report: Report,
}

/// What recovery found, for logs.
#[derive(Clone, Debug, Default)]
pub struct Report {
    /// The snapshot it began with; 0 for none.
    pub snapshot_sequence: u64,
    /// Snapshots that were passed over, and why.
    pub snapshots_skipped: Vec<String>,
    /// The last sequence of the journal.
    pub last_sequence: u64,
    /// Commands carried out again.
    pub replayed: u64,
    /// The torn tail that was cut, if any.
    pub cut: Option<Cut>,
    /// The last sequence of the event log as it was found.
    pub events_sequence: u64,
}

/// Carries out a journal record whole and appends its groups to `out`.
///
/// # Errors
/// [`Failure::Diverged`] when the chain before it is another; [`Failure::OutOfOrder`] when it is not
/// the next; [`Failure::Damaged`] when its tail is not `count` commands.
pub fn apply_record(
    exchange: &mut Exchange,
    record: &Record,
    bytes: &[u8],
    out: &mut Vec<u8>,
) -> Result<(), Failure> {
    if record.first_sequence != exchange.sequence() + 1 {
        return Err(Failure::OutOfOrder(format!(
            "the record begins with {}, {} is next",
            record.first_sequence,
            exchange.sequence() + 1
        )));
    }
    if record.previous_chain != exchange.chain() {
        return Err(Failure::Diverged {
            sequence: record.first_sequence,
            expected: record.previous_chain,
            found: exchange.chain(),
        });
    }
    let mut rest = &bytes[Record::WIDTH..];
    let mut lookahead = Lookahead::new(rest);
    for index in 0..u64::from(record.count) {
        let sequence = record.first_sequence + index;
        let length =
            header_of(rest).map_err(|error| no_command(sequence, &format!("{error:?}")))?;
        let (command, behind) = rest.split_at(length.length as usize);
        lookahead.step(exchange);
        exchange
            .apply(sequence, record.time_us, command, out)
            .map_err(|error| Failure::OutOfOrder(format!("{error:?}")))?;
        rest = behind;
    }
    if rest.is_empty() {
        Ok(())
    } else {
        Err(no_command(
            record.first_sequence,
            "bytes follow the last command",
        ))
    }
}

fn no_command(sequence: u64, why: &str) -> Failure {
    Failure::Damaged(format!("the record at sequence {sequence}: {why}"))
}

/// The newest good snapshot as a core, or an empty one.
///
/// # Errors
/// [`Failure::Damaged`] when a snapshot whose checksum is right holds no state, or storage fails.
pub fn newest_snapshot(storage: &Storage) -> Result<(Start, Vec<String>), Failure> {
    let found = snapshot::newest(&*storage.snapshots, u64::MAX)?;
    let skipped = found
        .skipped
        .into_iter()
        .map(|file| format!("{}: {}", file.file, file.reason))
        .collect();
    let Some(loaded) = found.newest else {
        return Ok((Start::beginning(), skipped));
    };
    let exchange = Exchange::read_state(&loaded.body).map_err(|error| {
        Failure::Damaged(format!("snapshot {}: {error:?}", loaded.head.sequence))
    })?;
    if exchange.sequence() != loaded.head.sequence || exchange.chain() != loaded.head.chain {
        return Err(Failure::Damaged(format!(
            "snapshot {} holds the state at {}",
            loaded.head.sequence,
            exchange.sequence()
        )));
    }
    let position = Some(loaded.position());
    Ok((Start { exchange, position }, skipped))
}

impl Start {
    /// Before the first record.
    pub fn beginning() -> Self {
        Self {
            exchange: Exchange::new(),
            position: None,
        }
    }

    /// A reader of what follows.
    pub fn reader(&self, storage: &Storage) -> JournalReader {
        let journal = Arc::clone(&storage.journal);
        match self.position {
            Some(position) => JournalReader::at(journal, position),
            None => JournalReader::from_first(journal),
        }
    }

    fn group_link(&self) -> GroupLink {
        GroupLink {
            sequence: self.exchange.sequence(),
            chain: self.exchange.chain(),
        }
    }
}

/// Opens all of a data directory for the leader. What is returned is durable, all but the event log.
///
/// # Errors
/// [`Failure`], with the journal untouched where it is damaged or ends too early.
pub fn recover(
    storage: &Storage,
    segment_length: u64,
    fills_ahead: bool,
) -> Result<Recovered, Failure> {
    let (mut start, snapshots_skipped) = newest_snapshot(storage)?;
    let mut report = Report {
        snapshot_sequence: start.exchange.sequence(),
        snapshots_skipped,
        ..Report::default()
    };
    let settings = Settings {
        segment_length,
        fills_ahead,
        start: start.position,
        durable: storage.watermark.load()?,
    };
    let (journal, found) = Journal::open(Arc::clone(&storage.journal), &settings)?;
    report.last_sequence = found.last_sequence;
    report.cut = found.cut;
    let mut known = start.group_link();
    let mut events = match open_events(storage, known, found.last_sequence) {
        Err(JournalError::EventsLost { .. }) => {
            // The log is a cache, and only the whole journal can fill it again.
            start = Start::beginning();
            known = GroupLink::default();
            open_events(storage, known, found.last_sequence)?
        }
        other => other?,
    };
    report.events_sequence = events.last().sequence;
    let first = start.exchange.sequence();
    if !replay(&mut start, storage, found.last_sequence, &mut events)? {
        // The log goes on from the snapshot in another way than the journal does: a crash of the
        // machine kept what had been cut. It is cut again and written anew.
        start = if known.sequence == 0 {
            Start::beginning()
        } else {
            newest_snapshot(storage)?.0
        };
        events = open_events(storage, known, known.sequence)?;
        if !replay(&mut start, storage, found.last_sequence, &mut events)? {
            return Err(Failure::Damaged("the event log cannot be rebuilt".into()));
        }
    }
    report.replayed = start.exchange.sequence() - first;
    Ok(Recovered {
        exchange: start.exchange,
        journal,
        events,
        report,
    })
}

fn open_events(
    storage: &Storage,
    known: GroupLink,
    last_sequence: u64,
) -> Result<EventLog, JournalError> {
    let directory = Arc::clone(&storage.events);
    EventLog::open(directory, known, last_sequence, EventLog::SEGMENT_SEQUENCES).map(|(log, _)| log)
}

/// Carries out the journal up to `last_sequence` and adds to the event log what it lacks. False when
/// the event log's last group is not what the core gives.
fn replay(
    start: &mut Start,
    storage: &Storage,
    last_sequence: u64,
    events: &mut EventLog,
) -> Result<bool, Failure> {
    let mut reader = start.reader(storage);
    let written = events.last();
    let mut groups = Vec::new();
    while let Some((record, bytes)) = reader.next(last_sequence)? {
        groups.clear();
        apply_record(&mut start.exchange, &record, bytes, &mut groups)?;
        if start.exchange.sequence() <= written.sequence {
            if start.exchange.sequence() == written.sequence
                && start.exchange.chain() != written.chain
            {
                return Ok(false);
            }
            continue;
        }
        let Some(missing) = groups_behind(&groups, written) else {
            return Ok(false);
        };
        let first = record.first_sequence.max(written.sequence + 1);
        events.append(missing, first)?;
    }
    if start.exchange.sequence() != last_sequence {
        return Err(Failure::Damaged(format!(
            "the journal was recovered up to {last_sequence} and read up to {}",
            start.exchange.sequence()
        )));
    }
    Ok(true)
}

/// The groups behind `written`; nothing when the group at its sequence has another chain.
fn groups_behind(groups: &[u8], written: GroupLink) -> Option<&[u8]> {
    let mut rest = groups;
    while let Ok((group, _)) = cse_wire::Group::decode(rest) {
        if group.sequence > written.sequence {
            break;
        }
        if group.sequence == written.sequence && group.chain != written.chain {
            return None;
        }
        rest = &rest[header_of(rest).ok()?.length as usize..];
    }
    Some(rest)
}

/// The link for the next record.
pub fn next_link(journal: &Journal) -> Link {
    journal.position().link
}
