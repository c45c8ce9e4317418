//! Records across segments: what an append accepts, and how a reader follows.

mod disk;

use std::sync::Arc;

use cse_journal::{FsDirectory, Journal, JournalReader, Link, Position, Settings, Unfit, intact};
use disk::{Disk, append, open, read_all, record, segment, settings, written};

const SEGMENT: u64 = 1024;
const WORDS: [usize; 9] = [5, 60, 0, 40, 111, 1, 2, 70, 80];

#[test]
fn a_record_that_does_not_fit_begins_a_segment_named_by_its_sequence() {
    let record_length = |words: usize| 64 + words * 8;
    // The first fills its segment to the last byte, the second leaves 8 bytes.
    let room = SEGMENT as usize - 64;
    let full = (room - record_length(0)) / 8;
    let (disk, records) = written(SEGMENT, &[full, full - 1, 0, 0]);
    assert_eq!(records[0].len(), room);
    assert_eq!(disk.journal_names(), [segment(1), segment(2), segment(3)]);
    assert!(
        disk.contents()
            .values()
            .all(|content| content.len() as u64 == SEGMENT)
    );
    let (journal, recovery) = open(&disk, SEGMENT).expect("a good journal");
    assert_eq!((recovery.last_sequence, recovery.cut), (4, None));
    assert_eq!(journal.position().segment, 3);
    assert_eq!(read_all(&disk, 4).expect("all"), records);
}

#[test]
fn what_does_not_follow_is_not_appended() {
    let (disk, records) = written(SEGMENT, &[5, 5]);
    let (mut journal, _) = open(&disk, SEGMENT).expect("a good journal");
    let link = journal.position().link;
    let built = |change: &dyn Fn(&mut Link)| {
        let mut link = link;
        change(&mut link);
        record(&mut link, 1, 1, 5)
    };
    let mut broken = built(&|_| {});
    broken[90] ^= 1;
    let mut longer = built(&|_| {});
    longer.extend([0; 8]);
    let too_long = record(&mut link.clone(), 1, 1, 200);
    let table = [
        ("the same again", records[1].clone(), "record_unfit"),
        (
            "a gap",
            built(&|link| link.next_sequence += 1),
            "record_unfit",
        ),
        (
            "another before",
            built(&|link| link.checksum += 1),
            "record_unfit",
        ),
        (
            "an epoch back",
            record(&mut link.clone(), 0, 1, 5),
            "record_unfit",
        ),
        (
            "no commands",
            record(&mut link.clone(), 1, 0, 5),
            "record_unfit",
        ),
        ("a broken one", broken, "record_unfit"),
        ("bytes behind it", longer, "record_unfit"),
        ("nothing", Vec::new(), "record_unfit"),
        ("longer than a segment", too_long, "record_too_long"),
    ];
    disk.calls();
    for (what, bytes, name) in table {
        let error = journal.append(&bytes).expect_err(what);
        assert_eq!(error.name(), name, "{what}");
    }
    assert_eq!(disk.calls(), [] as [&str; 0], "nothing was written");
    append(&mut journal, &[5]);
}

#[test]
fn a_reader_follows_across_segments_up_to_the_watermark() {
    let disk = Disk::default();
    let (mut journal, _) = open(&disk, SEGMENT).expect("an empty disk");
    let mut reader = JournalReader::from_first(disk.shared());
    let mut link = Link::START;
    let mut durable = 0;
    for (index, words) in WORDS.iter().cycle().take(100).enumerate() {
        let bytes = record(&mut link, 1, 3, *words);
        journal.append(&bytes).expect("the record is appended");
        assert!(reader.next(durable).expect("nothing yet").is_none());
        durable = journal.sync().expect("a sync");
        // A record that is not durable as a whole is not shown.
        assert!(reader.next(durable - 1).expect("nothing yet").is_none());
        let (fields, found) = reader
            .next(durable)
            .expect("a record")
            .expect("it is durable");
        assert_eq!(found, bytes);
        assert_eq!(fields.first_sequence, index as u64 * 3 + 1);
        assert_eq!(fields.previous_chain, fields.first_sequence ^ 0xcafe);
        assert_eq!(reader.position(), journal.position());
    }
    assert!(disk.journal_names().len() > 20);
    assert!(
        reader.next(u64::MAX).is_err(),
        "what is said to be durable must be there"
    );
}

#[test]
fn every_position_is_a_start_for_reader_and_journal() {
    let (disk, records) = written(SEGMENT, &WORDS);
    let mut reader = JournalReader::from_first(disk.shared());
    let mut positions = vec![reader.position()];
    while reader.next(9).expect("a record").is_some() {
        positions.push(reader.position());
    }
    assert_eq!(positions[0], Position::START);
    for (done, position) in positions.iter().enumerate() {
        let mut reader = JournalReader::at(disk.shared(), *position);
        for expected in &records[done..] {
            let (_, bytes) = reader.next(9).expect("a record").expect("it is durable");
            assert_eq!(bytes, expected);
        }
        assert!(reader.next(9).expect("the end").is_none());
        let settings = Settings {
            start: Some(*position),
            ..settings(SEGMENT)
        };
        let (journal, recovery) = Journal::open(disk.shared(), &settings).expect("a good journal");
        assert_eq!((recovery.last_sequence, recovery.epoch), (9, 1));
        let time_us = (done < 9).then_some(90);
        assert_eq!(
            recovery.time_us, time_us,
            "only a record behind the start tells a time"
        );
        assert_eq!(journal.position(), *positions.last().expect("the end"));
    }
}

#[test]
fn a_start_does_not_read_older_segments() {
    let (disk, _) = written(SEGMENT, &WORDS);
    let (journal, _) = open(&disk, SEGMENT).expect("a good journal");
    let start = Settings {
        start: Some(journal.position()),
        ..settings(SEGMENT)
    };
    disk.put(&segment(1), b"not a segment at all");
    assert_eq!(
        open(&disk, SEGMENT).map(|_| ()).expect_err("damage").name(),
        "journal_damaged"
    );
    let (_, recovery) = Journal::open(disk.shared(), &start).expect("older ones are not read");
    assert_eq!(recovery.last_sequence, 9);
}

#[test]
fn a_segment_may_have_been_shorter_or_longer_than_it_is_set_to_be() {
    let (disk, mut records) = written(SEGMENT, &[5]);
    for length in [4 * SEGMENT, SEGMENT, 2 * SEGMENT] {
        let (mut journal, recovery) = open(&disk, length).expect("a good journal");
        assert_eq!(recovery.cut, None);
        records.extend(append(&mut journal, &[60, 60]));
    }
    assert_eq!(read_all(&disk, 7).expect("all"), records);
    assert_eq!(
        disk.journal_names(),
        [segment(1)],
        "it grew to four times its length"
    );
}

#[test]
fn a_record_tells_what_is_wrong_with_it() {
    let good = record(&mut Link::START.clone(), 1, 1, 2);
    assert!(intact(&good).is_ok());
    for end in 0..good.len() {
        assert!(
            matches!(intact(&good[..end]), Err(Unfit::Malformed(_))),
            "{end} bytes"
        );
    }
    for at in 0..good.len() {
        let mut flipped = good.clone();
        flipped[at] ^= 0x10;
        assert!(intact(&flipped).is_err(), "byte {at}");
    }
}

#[test]
fn real_files_are_followed_while_they_are_written() {
    let place = std::env::temp_dir().join(format!("cse-journal-{}", std::process::id()));
    let directory = FsDirectory::create(&place).expect("a directory");
    let lock = directory.lock().expect("the only writer");
    assert!(directory.lock().is_err(), "there is one writer");
    let shared: Arc<dyn cse_journal::Directory> = Arc::new(directory.clone());
    let settings = Settings {
        segment_length: 16 << 10,
        fills_ahead: true,
        ..Settings::default()
    };
    let (mut journal, _) = Journal::open(Arc::clone(&shared), &settings).expect("a journal");
    let durable = std::sync::atomic::AtomicU64::new(0);
    std::thread::scope(|scope| {
        let follower = scope.spawn(|| {
            let mut reader = JournalReader::from_first(Arc::clone(&shared));
            let mut seen = 0;
            while seen < 500 {
                let up_to = durable.load(std::sync::atomic::Ordering::Acquire);
                while let Some((fields, _)) = reader.next(up_to).expect("a good journal") {
                    seen = fields.first_sequence;
                }
                std::thread::yield_now();
            }
            reader.position()
        });
        for sequence in 1..=500 {
            append(&mut journal, &[sequence % 90]);
            durable.store(sequence as u64, std::sync::atomic::Ordering::Release);
        }
        assert_eq!(follower.join().expect("it saw all"), journal.position());
    });
    assert!(journal.free_bytes().expect("it is known") > 0);
    drop((journal, lock));
    let (_, recovery) = Journal::open(shared, &settings).expect("a good journal");
    assert_eq!((recovery.last_sequence, recovery.cut), (500, None));
    match FsDirectory::existing(place.join("nowhere")) {
        Err(error) => assert_eq!(error.kind(), std::io::ErrorKind::NotFound),
        Ok(_) => panic!("it is not there"),
    }
    std::fs::remove_dir_all(place).expect("the directory is removed");
}
