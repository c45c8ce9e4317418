//! Journals on a [`Disk`].

use cse_journal::{Batch, Journal, JournalError, JournalReader, Link, Settings};

use super::Disk;

/// Small segments, filled by the append that needs them, so that every run is the same.
pub fn settings(segment_length: u64) -> Settings {
    Settings {
        segment_length,
        fills_ahead: false,
        ..Settings::default()
    }
}

/// The next record behind `link`: `words` words of commands, whose content tells records apart.
pub fn record(link: &mut Link, epoch: u64, count: u32, words: usize) -> Vec<u8> {
    let fill = link.next_sequence.wrapping_mul(0x0101_0101_0101_0101) | 0x80;
    let commands: Vec<u8> = (0..words).flat_map(|_| fill.to_le_bytes()).collect();
    let mut out = Vec::new();
    let batch = Batch {
        epoch,
        time_us: link.next_sequence as i64 * 10,
        previous_chain: link.next_sequence ^ 0xcafe,
        count,
        commands: &commands,
    };
    link.encode(&batch, &mut out);
    out
}

/// Appends records of the given numbers of words, one command each, syncs each, and returns them.
pub fn append(journal: &mut Journal, words: &[usize]) -> Vec<Vec<u8>> {
    words
        .iter()
        .map(|words| {
            let mut link = journal.position().link;
            let record = record(&mut link, 1, 1, *words);
            journal.append(&record).expect("the record is appended");
            journal.sync().expect("the record is synced");
            record
        })
        .collect()
}

/// A disk with a journal of these records.
pub fn written(segment_length: u64, words: &[usize]) -> (Disk, Vec<Vec<u8>>) {
    let disk = Disk::default();
    let (mut journal, _) = open(&disk, segment_length).expect("an empty disk");
    let records = append(&mut journal, words);
    (disk, records)
}

pub fn open(
    disk: &Disk,
    segment_length: u64,
) -> Result<(Journal, cse_journal::Recovery), JournalError> {
    Journal::open(disk.shared(), &settings(segment_length))
}

/// All records up to `durable`, read from the first.
pub fn read_all(disk: &Disk, durable: u64) -> Result<Vec<Vec<u8>>, JournalError> {
    let mut reader = JournalReader::from_first(disk.shared());
    let mut records = Vec::new();
    while let Some((_, bytes)) = reader.next(durable)? {
        records.push(bytes.to_vec());
    }
    Ok(records)
}

/// Checks that opening is refused as damage at `sequence`, `file` and `offset`, and changes nothing.
/// Returns the reason.
#[track_caller]
pub fn assert_damaged(
    disk: &Disk,
    segment_length: u64,
    (sequence, file, offset): (u64, &str, u64),
) -> String {
    let before = disk.contents();
    disk.calls();
    let damage = match open(disk, segment_length) {
        Err(JournalError::Damaged(damage)) => damage,
        Err(other) => panic!("another error: {other}"),
        Ok((_, recovery)) => panic!("opened: {recovery:?}"),
    };
    assert_eq!(disk.calls(), [] as [&str; 0], "nothing was changed");
    assert_eq!(disk.contents(), before);
    assert_eq!(
        (damage.sequence, damage.file.as_str(), damage.offset),
        (sequence, file, offset),
        "{damage}"
    );
    damage.reason
}

/// The name of a segment's file.
pub fn segment(first_sequence: u64) -> String {
    format!("{first_sequence:020}.journal")
}
