//! A record that was being written when the machine stopped is cut, reported, and never comes back.

mod disk;

use cse_journal::{JournalError, Mark, Settings};
use disk::{Disk, append, open, read_all, segment, settings, written};

const SEGMENT: u64 = 4096;
const WORDS: usize = 5;

/// A and B with B torn in some way: opens to [A] with the cut reported; then C and D are appended, and
/// a new start finds [A, C, D].
fn assert_cut(torn: &Disk, a: &[u8], what: &str) {
    let offset = 64 + a.len() as u64;
    let (mut journal, recovery) =
        open(torn, SEGMENT).unwrap_or_else(|error| panic!("{what}: {error}"));
    assert_eq!((recovery.last_sequence, recovery.epoch), (1, 1), "{what}");
    assert_eq!(recovery.time_us, Some(10), "{what}");
    let cut = recovery
        .cut
        .unwrap_or_else(|| panic!("{what}: the cut is reported"));
    assert_eq!((cut.sequence, cut.offset), (2, offset), "{what}");
    assert_eq!(cut.file, segment(1), "{what}");
    let content = torn.content(&segment(1));
    assert_eq!(content.len() as u64, SEGMENT, "{what}");
    assert!(
        content[offset as usize..].iter().all(|byte| *byte == 0),
        "{what}"
    );
    assert_eq!(read_all(torn, 1).expect(what), [a], "{what}");

    // C is shorter than B, so what was left of B would stand behind it.
    let later = append(&mut journal, &[1, 3]);
    let (_, recovery) = open(torn, SEGMENT).expect(what);
    assert_eq!((recovery.last_sequence, recovery.cut), (3, None), "{what}");
    assert_eq!(
        read_all(torn, 3).expect(what),
        [a, later[0].as_slice(), later[1].as_slice()],
        "{what}"
    );
}

#[test]
fn a_file_that_ends_within_the_last_record_is_cut_there() {
    let (disk, records) = written(SEGMENT, &[WORDS, WORDS]);
    let content = disk.content(&segment(1));
    let start = 64 + records[0].len();
    for end in start + 1..start + records[1].len() {
        let torn = Disk::default();
        torn.put(&segment(1), &content[..end]);
        assert_cut(&torn, &records[0], &format!("cut at {end}"));
    }
}

#[test]
fn a_file_that_ends_before_the_last_record_has_nothing_to_cut() {
    let (disk, records) = written(SEGMENT, &[WORDS, WORDS]);
    let torn = Disk::default();
    torn.put(
        &segment(1),
        &disk.content(&segment(1))[..64 + records[0].len()],
    );
    let (_, recovery) = open(&torn, SEGMENT).expect("a whole record");
    assert_eq!((recovery.last_sequence, recovery.cut), (1, None));
}

#[test]
fn zeros_from_any_byte_of_the_last_record_on_are_cut() {
    let (disk, records) = written(SEGMENT, &[WORDS, WORDS]);
    let content = disk.content(&segment(1));
    let start = 64 + records[0].len();
    for end in start + 1..start + records[1].len() {
        let mut zeroed = content.clone();
        zeroed[end..].fill(0);
        let torn = Disk::default();
        torn.put(&segment(1), &zeroed);
        assert_cut(&torn, &records[0], &format!("zeros from {end}"));
    }
}

#[test]
fn zeros_up_to_any_byte_of_the_last_record_are_cut() {
    let (disk, records) = written(SEGMENT, &[WORDS, WORDS]);
    let content = disk.content(&segment(1));
    let start = 64 + records[0].len();
    for first in start + 1..start + records[1].len() {
        let mut zeroed = content.clone();
        zeroed[start..first].fill(0);
        let torn = Disk::default();
        torn.put(&segment(1), &zeroed);
        assert_cut(&torn, &records[0], &format!("zeros up to {first}"));
    }
}

#[test]
fn any_byte_of_the_last_record_that_differs_is_cut() {
    let (disk, records) = written(SEGMENT, &[WORDS, WORDS]);
    let content = disk.content(&segment(1));
    let start = 64 + records[0].len();
    for at in start..start + records[1].len() {
        for bit in [0, 7] {
            let mut flipped = content.clone();
            flipped[at] ^= 1 << bit;
            let torn = Disk::default();
            torn.put(&segment(1), &flipped);
            assert_cut(&torn, &records[0], &format!("bit {bit} of byte {at}"));
        }
    }
}

#[test]
fn a_length_beyond_the_file_takes_no_memory() {
    let (disk, records) = written(SEGMENT, &[WORDS, WORDS]);
    let mut content = disk.content(&segment(1));
    let length = 64 + records[0].len() + 4;
    for bytes in [u32::MAX, u32::MAX - 7, 1 << 31, 8, 7, 0] {
        content[length..length + 4].copy_from_slice(&bytes.to_le_bytes());
        let torn = Disk::default();
        torn.put(&segment(1), &content);
        assert_cut(&torn, &records[0], &format!("length {bytes}"));
    }
}

#[test]
fn a_torn_record_may_be_the_first_of_a_later_segment() {
    let (disk, records) = written(SEGMENT, &[400, 400, WORDS]);
    let third = segment(2);
    assert_eq!(disk.journal_names(), [segment(1), third.clone()]);
    let mut content = disk.content(&third);
    content[64 + records[1].len() + 20] ^= 1;
    disk.put(&third, &content);
    let (_, recovery) = open(&disk, SEGMENT).expect("a torn tail");
    assert_eq!(recovery.last_sequence, 2);
    assert_eq!(recovery.cut.expect("the cut is reported").file, third);
}

#[test]
fn a_segment_without_any_record_is_where_the_journal_goes_on() {
    let (disk, records) = written(SEGMENT, &[400, 400]);
    let mut content = disk.content(&segment(2));
    content[64..].fill(0);
    disk.put(&segment(2), &content);
    let (mut journal, recovery) = open(&disk, SEGMENT).expect("a crash before the first record");
    assert_eq!((recovery.last_sequence, recovery.cut), (1, None));
    let later = append(&mut journal, &[WORDS]);
    assert_eq!(
        read_all(&disk, 2).expect("both"),
        [records[0].clone(), later[0].clone()]
    );
}

#[test]
fn a_tail_that_was_durable_is_not_cut_but_refused() {
    let (disk, records) = written(SEGMENT, &[WORDS, WORDS]);
    let mut content = disk.content(&segment(1));
    content[64 + records[0].len() + 40] ^= 1;
    disk.put(&segment(1), &content);
    let durable = |sequence| Settings {
        durable: Mark { sequence, epoch: 1 },
        ..settings(SEGMENT)
    };
    disk.calls();
    match cse_journal::Journal::open(disk.shared(), &durable(2)) {
        Err(
            error @ JournalError::BehindWatermark {
                last_sequence: 1,
                watermark: 2,
            },
        ) => assert_eq!(error.name(), "journal_behind_watermark"),
        other => panic!("{:?}", other.map(|(_, recovery)| recovery)),
    }
    assert_eq!(disk.calls(), [] as [&str; 0], "nothing was changed");
    let (_, recovery) =
        cse_journal::Journal::open(disk.shared(), &durable(1)).expect("a torn tail");
    assert!(recovery.cut.is_some());
}
