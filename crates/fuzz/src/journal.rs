//! Bytes as a journal's segments: opening finds the beginning of what is good and keeps it, or
//! refuses; a reader reads as much and no more.

use cse_journal::{Batch, Journal, JournalReader, Mark, Settings};
use cse_wire::{JournalSegment, Message, Record, header_of, record_checksum};
use xxhash_rust::xxh3::xxh3_64;

use crate::memory::Memory;

const FIRST: &str = "00000000000000000001.journal";
const SEGMENT_LENGTH: u64 = 1 << 14;
/// Bits of the first byte: whether the head is made good, and the records' checksums.
const GOOD_HEAD: u8 = 1;
const GOOD_SUMS: u8 = 2;

/// Takes the first byte for flags, the second for the watermark, the others for the first segment.
///
/// # Panics
/// When the journal breaks a promise.
pub fn run(data: &[u8]) {
    let [flags, durable, segment @ ..] = data else {
        return;
    };
    let mut segment = segment.to_vec();
    if flags & GOOD_HEAD != 0 {
        segment.splice(..0, head());
    }
    if flags & GOOD_SUMS != 0 {
        mend_sums(&mut segment);
    }
    let disk = Memory::default();
    disk.put(FIRST, &segment);
    let settings = Settings {
        segment_length: SEGMENT_LENGTH,
        fills_ahead: false,
        durable: Mark {
            sequence: u64::from(*durable),
            epoch: 1,
        },
        ..Settings::default()
    };
    let Ok((mut journal, found)) = Journal::open(disk.shared(), &settings) else {
        return;
    };
    assert!(found.last_sequence >= u64::from(*durable));
    assert_eq!(read_all(&disk, found.last_sequence), found.last_sequence);
    append_one(&mut journal);
    drop(journal);
    let (_, again) = Journal::open(disk.shared(), &settings).expect("it was good before");
    assert_eq!(again.last_sequence, found.last_sequence + 1);
    assert_eq!(again.cut, None);
    assert_eq!(read_all(&disk, again.last_sequence), again.last_sequence);
}

/// The last sequence of all records up to `durable`.
fn read_all(disk: &Memory, durable: u64) -> u64 {
    let mut reader = JournalReader::from_first(disk.shared());
    while let Some((record, bytes)) = reader.next(durable).expect("what was found is readable") {
        assert!(record.count > 0 && bytes.len() >= Record::WIDTH);
    }
    reader.position().link.last_sequence()
}

fn append_one(journal: &mut Journal) {
    let mut link = journal.position().link;
    let batch = Batch {
        epoch: link.epoch,
        time_us: 0,
        previous_chain: 0,
        count: 1,
        commands: &[0; 8],
    };
    let mut record = Vec::new();
    link.encode(&batch, &mut record);
    journal.append(&record).expect("it follows");
    journal.sync().expect("memory does not fail");
}

/// The head of the first segment of all.
fn head() -> Vec<u8> {
    let head = JournalSegment {
        magic: *b"CSEJRNL0",
        first_sequence: 1,
        previous_checksum: 0,
        checksum: 0,
        reserved_1: [0; 16],
        reserved_2: [0; 8],
    };
    let summed = &head.encoded()[8..32];
    JournalSegment {
        checksum: xxh3_64(summed),
        ..head
    }
    .encoded()
}

/// Makes each record's checksum right and has it follow the one before.
fn mend_sums(segment: &mut [u8]) {
    let (mut offset, mut previous) = (JournalSegment::WIDTH, 0_u64);
    while let Some(header) = segment.get(offset..).and_then(|rest| header_of(rest).ok()) {
        let record = &mut segment[offset..offset + header.length as usize];
        if record.len() >= Record::WIDTH {
            record[40..48].copy_from_slice(&previous.to_le_bytes());
            previous = record_checksum(header, record);
            record[8..16].copy_from_slice(&previous.to_le_bytes());
        }
        offset += header.length as usize;
    }
}
