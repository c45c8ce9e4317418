//! What no crash explains is refused, with its place named and nothing changed.

mod disk;

use cse_journal::{Batch, JournalError, Link, Mark, Position, Settings};
use disk::{Disk, assert_damaged, open, read_all, record, segment, settings, written};

const SEGMENT: u64 = 4096;

/// Four records in one segment.
fn four() -> (Disk, Vec<Vec<u8>>, Vec<u8>) {
    let (disk, records) = written(SEGMENT, &[5, 5, 5, 5]);
    let content = disk.content(&segment(1));
    (disk, records, content)
}

#[test]
fn any_flipped_bit_of_a_record_before_the_last_is_damage() {
    let (disk, records, content) = four();
    let start = 64 + records[0].len();
    for at in start..start + records[1].len() {
        for bit in 0..8 {
            let mut flipped = content.clone();
            flipped[at] ^= 1 << bit;
            disk.put(&segment(1), &flipped);
            let reason = assert_damaged(&disk, SEGMENT, (2, &segment(1), start as u64));
            assert!(!reason.is_empty());
        }
    }
}

#[test]
fn damage_in_the_middle_is_told_from_a_torn_tail_by_what_follows() {
    let (_, records, content) = four();
    let starts: Vec<usize> = (0..4)
        .map(|n| 64 + records[..n].iter().map(Vec::len).sum::<usize>())
        .collect();
    let length = |at: usize, bytes: u32| {
        let mut changed = content.clone();
        changed[at + 4..at + 8].copy_from_slice(&bytes.to_le_bytes());
        changed
    };
    let zeroed = |from: usize, to: usize| {
        let mut changed = content.clone();
        changed[from..to].fill(0);
        changed
    };
    let table = [
        ("length 2^32-1", length(starts[1], u32::MAX), 1),
        ("length 0", length(starts[1], 0), 1),
        (
            "length up to the end of the next",
            length(starts[1], 224),
            1,
        ),
        ("a record of zeros", zeroed(starts[1], starts[2]), 1),
        ("its header zeros", zeroed(starts[2], starts[2] + 8), 2),
        ("two records of zeros", zeroed(starts[1], starts[3]), 1),
        ("the first of zeros", zeroed(starts[0], starts[1]), 0),
        ("all but the last of zeros", zeroed(starts[0], starts[3]), 0),
    ];
    for (what, changed, bad) in table {
        println!("{what}");
        let disk = Disk::default();
        disk.put(&segment(1), &changed);
        assert_damaged(
            &disk,
            SEGMENT,
            (bad as u64 + 1, &segment(1), starts[bad] as u64),
        );
    }
}

#[test]
fn whole_records_that_do_not_follow_are_damage() {
    let (_, records, content) = four();
    let second = 64 + records[0].len();
    let link_at = |next_sequence, checksum, epoch| Link {
        next_sequence,
        checksum,
        epoch,
    };
    let first_checksum = u64::from_le_bytes(records[0][8..16].try_into().expect("8 bytes"));
    let mut no_commands = Vec::new();
    link_at(2, first_checksum, 1).encode(
        &Batch {
            epoch: 1,
            time_us: 0,
            previous_chain: 0,
            count: 0,
            commands: &[],
        },
        &mut no_commands,
    );
    let table = [
        (
            "begins with 3",
            record(&mut link_at(3, first_checksum, 1), 1, 1, 5),
        ),
        (
            "begins with 1",
            record(&mut link_at(1, first_checksum, 1), 1, 1, 5),
        ),
        ("follows another", record(&mut link_at(2, 77, 1), 1, 1, 5)),
        (
            "epoch 0",
            record(&mut link_at(2, first_checksum, 1), 0, 1, 5),
        ),
    ];
    for (what, strange) in table {
        let mut changed = content.clone();
        changed[second..second + strange.len()].copy_from_slice(&strange);
        changed[second + strange.len()..].fill(0);
        let disk = Disk::default();
        disk.put(&segment(1), &changed);
        let reason = assert_damaged(&disk, SEGMENT, (2, &segment(1), second as u64));
        assert!(reason.contains(what), "{reason}");
    }
}

#[test]
fn damage_across_segments_is_found() {
    // One record fills a segment, so there are four segments of one record each.
    let (disk, records) = written(SEGMENT, &[400, 400, 400, 400]);
    let names: Vec<String> = (1..=4).map(segment).collect();
    assert_eq!(disk.journal_names(), names);
    let end = 64 + records[0].len() as u64;
    let change = |name: &str, change: &dyn Fn(&mut Vec<u8>)| {
        let copy = disk.copy();
        let mut content = copy.content(name);
        change(&mut content);
        copy.put(name, &content);
        copy
    };
    let flip = |at: usize| move |content: &mut Vec<u8>| content[at] ^= 4;

    let bad_record = change(&names[1], &flip(300));
    assert_damaged(&bad_record, SEGMENT, (2, &names[1], 64));
    let cut_record = change(&names[1], &|content| content.truncate(300));
    assert_damaged(&cut_record, SEGMENT, (2, &names[1], 64));
    let empty = change(&names[1], &|content| content.clear());
    assert_damaged(&empty, SEGMENT, (2, &names[1], 0));
    for at in 0..64 {
        let bad_header = change(&names[2], &flip(at));
        assert_damaged(&bad_header, SEGMENT, (3, &names[2], 0));
        // A segment has its name only once its header is durable.
        let bad_last_header = change(&names[3], &flip(at));
        assert_damaged(&bad_last_header, SEGMENT, (4, &names[3], 0));
    }
    for (missing, place) in [
        (0, (1, &names[0], 0)),
        (1, (2, &names[0], end)),
        (2, (3, &names[1], end)),
    ] {
        let copy = disk.copy();
        cse_journal::Directory::remove(&copy, &names[missing]).expect("it is there");
        assert_damaged(&copy, SEGMENT, (place.0, place.1, place.2));
    }
    let renamed = disk.copy();
    cse_journal::Directory::rename(&renamed, &names[3], &segment(5)).expect("it is there");
    assert_damaged(&renamed, SEGMENT, (5, &segment(5), 0));
    let another = written(SEGMENT, &[300, 400]).0;
    let mixed = disk.copy();
    mixed.put(&names[1], &another.content(&names[1]));
    assert_damaged(&mixed, SEGMENT, (2, &names[0], end));
}

#[test]
fn a_lost_last_segment_is_known_by_the_watermark() {
    let (disk, _) = written(SEGMENT, &[400, 400, 400]);
    cse_journal::Directory::remove(&disk, &segment(3)).expect("it is there");
    let behind = |disk: &Disk, sequence| {
        let settings = Settings {
            durable: Mark { sequence, epoch: 1 },
            ..settings(SEGMENT)
        };
        match cse_journal::Journal::open(disk.shared(), &settings) {
            Err(JournalError::BehindWatermark { last_sequence, .. }) => Some(last_sequence),
            Err(error) => panic!("{error}"),
            Ok(_) => None,
        }
    };
    assert_eq!(behind(&disk, 3), Some(2));
    assert_eq!(behind(&disk, 2), None);
    let empty = Disk::default();
    assert_eq!(behind(&empty, 3), Some(0));
    assert!(empty.contents().is_empty());
    assert_eq!(behind(&empty, 0), None);
}

#[test]
fn a_start_that_the_journal_does_not_hold_is_refused() {
    let (disk, records) = written(SEGMENT, &[5, 5, 480, 5]);
    let (journal, _) = open(&disk, SEGMENT).expect("a good journal");
    let end = journal.position();
    let first = 64 + records[0].len() as u64;
    let behind_first = Position {
        segment: 1,
        offset: first,
        link: Link {
            next_sequence: 2,
            checksum: u64::from_le_bytes(records[0][8..16].try_into().expect("8 bytes")),
            epoch: 1,
        },
    };
    let start = |start| {
        let settings = Settings {
            start: Some(start),
            ..settings(SEGMENT)
        };
        let opened = cse_journal::Journal::open(disk.shared(), &settings);
        opened.map(|(_, recovery)| recovery.last_sequence)
    };
    assert_eq!(start(behind_first).expect("it is held"), 4);
    assert_eq!(start(end).expect("it is the end"), 4);
    let wrong = |change: &dyn Fn(&mut Position)| {
        let mut position = behind_first;
        change(&mut position);
        start(position).expect_err("it is not held").name()
    };
    assert_eq!(wrong(&|at| at.offset += 8), "journal_damaged");
    assert_eq!(wrong(&|at| at.link.checksum += 1), "journal_damaged");
    assert_eq!(wrong(&|at| at.link.epoch += 1), "journal_damaged");
    assert_eq!(wrong(&|at| at.segment = 2), "journal_damaged");
    assert_eq!(wrong(&|at| at.segment = 9), "journal_behind_start");
    let beyond = Position {
        offset: end.offset + 80,
        link: Link {
            next_sequence: 6,
            ..end.link
        },
        ..end
    };
    assert_eq!(
        start(beyond).expect_err("beyond the end").name(),
        "journal_behind_start"
    );
}

#[test]
fn a_reader_names_the_damage_below_the_watermark() {
    let (disk, records, mut content) = four();
    content[64 + records[0].len() + 80] ^= 1;
    disk.put(&segment(1), &content);
    match read_all(&disk, 4) {
        Err(JournalError::Damaged(damage)) => {
            assert_eq!(
                (damage.sequence, damage.offset),
                (2, 64 + records[0].len() as u64)
            );
        }
        other => panic!("{other:?}"),
    }
}
