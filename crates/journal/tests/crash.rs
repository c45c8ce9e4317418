//! Whatever happens to the disk: what was synced is never lost, and what is recovered is the start of
//! what was appended.

mod disk;

use cse_journal::{Directory, Journal, JournalError, Mark, Settings};
use disk::{Disk, Seeded, append, open, read_all, record, segment, settings, written};

const SEGMENT: u64 = 1024;

/// What the disk must hold.
#[derive(Default)]
struct Promised {
    /// Every record handed over, the last one perhaps not wholly.
    appended: Vec<Vec<u8>>,
    /// The last sequence that a sync or a start has reported.
    durable: Mark,
}

impl Promised {
    fn settings(&self) -> Settings {
        Settings {
            durable: self.durable,
            ..settings(SEGMENT)
        }
    }

    /// Opens, perhaps with the power going in between, and checks what is found.
    fn recover(&mut self, disk: &Disk, seeded: &mut Seeded) -> Journal {
        if seeded.below(3) == 0 {
            disk.fail_after_calls(seeded.below(8));
            let _ = Journal::open(disk.shared(), &self.settings());
            disk.crash(seeded);
        }
        let (journal, recovery) =
            Journal::open(disk.shared(), &self.settings()).expect("a crash is no damage");
        let found = read_all(disk, recovery.last_sequence).expect("what was recovered is good");
        assert!(
            found.len() <= self.appended.len(),
            "nothing comes from nowhere"
        );
        assert_eq!(found, self.appended[..found.len()]);
        self.appended.truncate(found.len());
        self.durable.sequence = recovery.last_sequence;
        journal
    }

    /// Appends until enough is there or storage fails, and then sees that nothing works any more.
    fn append(&mut self, journal: &mut Journal, epoch: u64, seeded: &mut Seeded) {
        for _ in 0..seeded.below(12) {
            let mut link = journal.position().link;
            let count = 1 + seeded.below(9) as u32;
            let bytes = record(&mut link, epoch, count, seeded.below(60) as usize);
            self.appended.push(bytes.clone());
            let appended = journal.append(&bytes);
            let done = appended.and_then(|()| match seeded.below(4) {
                // The next append or nobody syncs it.
                0 => Ok(journal.durable_sequence()),
                _ => journal.sync(),
            });
            self.durable = Mark {
                sequence: journal.durable_sequence(),
                epoch,
            };
            if let Err(error) = done {
                assert_eq!(error.name(), "storage_failed");
                assert_poisoned(journal, &bytes);
                return;
            }
        }
    }
}

fn assert_poisoned(journal: &mut Journal, record: &[u8]) {
    assert!(matches!(
        journal.append(record),
        Err(JournalError::Poisoned)
    ));
    assert!(matches!(journal.sync(), Err(JournalError::Poisoned)));
}

#[test]
fn what_was_synced_survives_any_crash() {
    let (mut cuts, mut segments) = (0, 0);
    for seed in 0..150 {
        let mut seeded = Seeded(seed);
        let disk = Disk::default();
        let mut promised = Promised::default();
        for epoch in 1..=6 {
            let before = promised.appended.len();
            let mut journal = promised.recover(&disk, &mut seeded);
            cuts += usize::from(promised.appended.len() < before);
            match seeded.below(4) {
                0 => disk.fail_sync_after(seeded.below(12)),
                1 => {}
                _ => disk.fail_after_calls(seeded.below(30)),
            }
            promised.append(&mut journal, epoch, &mut seeded);
            drop(journal);
            match seeded.below(3) {
                0 => disk.mend(),
                _ => disk.crash(&mut seeded),
            }
        }
        promised.recover(&disk, &mut seeded);
        segments += disk.journal_names().len();
    }
    assert!(cuts > 30, "{cuts} tails were cut");
    assert!(segments > 300, "{segments} segments were written");
}

#[test]
fn a_failed_sync_is_not_tried_again() {
    let (disk, _) = written(SEGMENT, &[5]);
    let (mut journal, _) = open(&disk, SEGMENT).expect("a good journal");
    let mut link = journal.position().link;
    let bytes = record(&mut link, 1, 1, 5);
    journal.append(&bytes).expect("the write goes well");
    disk.fail_sync_after(0);
    assert_eq!(
        journal.sync().expect_err("the sync fails").name(),
        "storage_failed"
    );
    disk.calls();
    assert_poisoned(&mut journal, &bytes);
    assert_eq!(disk.calls(), [] as [&str; 0], "storage is left alone");
    assert_eq!(journal.durable_sequence(), 1);
}

#[test]
fn a_full_disk_loses_nothing_and_needs_no_room_to_start() {
    let (disk, mut records) = written(SEGMENT, &[60]);
    disk.limit(Some(2 * SEGMENT + 100));
    let (mut journal, _) = open(&disk, SEGMENT).expect("a good journal");
    assert_eq!(journal.free_bytes().expect("it is known"), SEGMENT + 100);
    assert_eq!(journal.room_bytes(), SEGMENT - 64 - records[0].len() as u64);
    records.extend(append(&mut journal, &[60]));
    let mut link = journal.position().link;
    let bytes = record(&mut link, 1, 1, 60);
    match journal.append(&bytes) {
        Err(JournalError::Storage { source, .. }) => {
            assert_eq!(source.kind(), std::io::ErrorKind::StorageFull);
        }
        other => panic!("{other:?}"),
    }
    assert_poisoned(&mut journal, &bytes);
    let (_, recovery) = open(&disk, SEGMENT).expect("the disk is still full");
    assert_eq!((recovery.last_sequence, recovery.cut), (2, None));
    disk.limit(None);
    let (mut journal, _) = open(&disk, SEGMENT).expect("there is room again");
    records.extend(append(&mut journal, &[60]));
    assert_eq!(read_all(&disk, 3).expect("all"), records);
}

#[test]
fn what_a_failed_start_left_is_used_again() {
    let disk = Disk::default();
    disk.put("next.segment", &[7; 3000]);
    let (mut journal, recovery) = open(&disk, SEGMENT).expect("no journal yet");
    assert_eq!(recovery.last_sequence, 0);
    let records = append(&mut journal, &[5]);
    assert_eq!(read_all(&disk, 1).expect("all"), records);
    assert_eq!(disk.list().expect("names"), [segment(1)]);
    assert_eq!(disk.content(&segment(1)).len() as u64, SEGMENT);
}

#[test]
fn a_record_is_durable_before_the_next_is_written() {
    let (disk, _) = written(SEGMENT, &[5]);
    let (mut journal, _) = open(&disk, SEGMENT).expect("a good journal");
    disk.calls();
    for _ in 0..3 {
        let mut link = journal.position().link;
        let bytes = record(&mut link, 1, 1, 5);
        journal.append(&bytes).expect("the record is appended");
    }
    assert_eq!(disk.calls(), ["write", "sync", "write", "sync", "write"]);
    assert_eq!(journal.durable_sequence(), 3);
    assert_eq!(journal.sync().expect("a sync"), 4);
}
