//! Snapshots: whole or not there, and the next best one when the newest is bad.

mod disk;

use cse_journal::snapshot::{self, Moment};
use cse_journal::{Directory, Link, Position};
use cse_wire::{Message, Snapshot};
use disk::{Disk, Seeded};

fn moment(sequence: u64) -> Moment {
    Moment {
        position: Position {
            segment: 1,
            offset: 64 + sequence,
            link: Link {
                next_sequence: sequence + 1,
                checksum: sequence ^ 0xabcd,
                epoch: 3,
            },
        },
        time_us: sequence as i64 * 10,
        chain: sequence ^ 0xcafe,
        state_hash: [sequence as u8; 32],
    }
}

fn body(sequence: u64) -> Vec<u8> {
    (0..40)
        .flat_map(|word| (sequence * 100 + word).to_le_bytes())
        .collect()
}

fn write(disk: &Disk, sequence: u64) -> String {
    snapshot::write(disk, &moment(sequence), &body(sequence)).expect("the snapshot is written")
}

/// The sequence of the newest good one, and the names that were passed over.
fn newest(disk: &Disk) -> (Option<u64>, Vec<String>) {
    let found = snapshot::newest(disk, u64::MAX).expect("the disk works");
    let sequence = found.newest.map(|loaded| {
        assert_eq!(loaded.body, body(loaded.head.sequence));
        loaded.head.sequence
    });
    (
        sequence,
        found
            .skipped
            .into_iter()
            .map(|skipped| skipped.file)
            .collect(),
    )
}

#[test]
fn what_was_written_is_read_back() {
    let disk = Disk::default();
    assert_eq!(newest(&disk), (None, vec![]));
    for sequence in [0, 7, 300] {
        let name = write(&disk, sequence);
        assert_eq!(name, format!("{sequence:020}.snapshot"));
        let found = snapshot::newest(&disk, u64::MAX).expect("the disk works");
        let loaded = found.newest.expect("it is there");
        assert_eq!(loaded.position(), moment(sequence).position);
        assert_eq!((loaded.head.epoch, loaded.head.sequence), (3, sequence));
        assert_eq!(loaded.head.time_us, moment(sequence).time_us);
        assert_eq!(loaded.head.chain, moment(sequence).chain);
        assert_eq!(loaded.head.state_hash, moment(sequence).state_hash);
        assert_eq!(loaded.body, body(sequence));
        assert!(found.skipped.is_empty());
    }
    let older = snapshot::newest(&disk, 299).expect("the disk works").newest;
    assert_eq!(older.expect("it is there").head.sequence, 7);
    let large = vec![5; 3 << 20];
    snapshot::write(&disk, &moment(400), &large).expect("the snapshot is written");
    let found = snapshot::newest(&disk, u64::MAX).expect("the disk works");
    assert!(found.newest.is_some_and(|loaded| loaded.body == large));
}

#[test]
fn a_bad_one_is_passed_over_and_named() {
    let disk = Disk::default();
    write(&disk, 5);
    let name = write(&disk, 9);
    let good = disk.content(&name);
    assert_eq!(newest(&disk), (Some(9), vec![]));
    for at in 0..good.len() {
        let mut content = good.clone();
        content[at] ^= 1;
        disk.put(&name, &content);
        assert_eq!(newest(&disk), (Some(5), vec![name.clone()]), "byte {at}");
    }
    for length in 0..good.len() {
        disk.put(&name, &good[..length]);
        assert_eq!(
            newest(&disk),
            (Some(5), vec![name.clone()]),
            "{length} bytes"
        );
    }
    disk.put(&name, &[good.clone(), vec![0]].concat());
    assert_eq!(newest(&disk), (Some(5), vec![name.clone()]));
    let mut huge = good.clone();
    huge[Snapshot::WIDTH - 8..Snapshot::WIDTH].fill(255);
    disk.put(&name, &huge);
    assert_eq!(
        newest(&disk),
        (Some(5), vec![name.clone()]),
        "no memory is taken"
    );
    disk.put(&name, &disk.content(&format!("{:020}.snapshot", 5)));
    let found = snapshot::newest(&disk, u64::MAX).expect("the disk works");
    assert_eq!(
        found.skipped[0].reason,
        "the file is named by another sequence"
    );
}

#[test]
fn the_newest_are_kept() {
    let disk = Disk::default();
    for sequence in [1, 20, 300, 4000] {
        write(&disk, sequence);
    }
    disk.put("unfinished.snapshot", b"half");
    disk.put("notes", b"not ours");
    let name = |sequence: u64| format!("{sequence:020}.snapshot");
    let removed = snapshot::keep(&disk, 2).expect("the disk works");
    assert_eq!(
        removed,
        [name(20), name(1), "unfinished.snapshot".to_owned()]
    );
    let left = disk.list().expect("names");
    assert_eq!(left, [name(300), name(4000), "notes".to_owned()]);
    assert!(snapshot::keep(&disk, 2).expect("the disk works").is_empty());
}

#[test]
fn a_crash_leaves_the_one_before_or_the_new_one() {
    let (mut old, mut new) = (0, 0);
    for seed in 0..200 {
        let mut seeded = Seeded(seed);
        let disk = Disk::default();
        write(&disk, 5);
        disk.fail_after_calls(seeded.below(8));
        let written = snapshot::write(&disk, &moment(9), &body(9)).is_ok();
        disk.crash(&mut seeded);
        let (sequence, skipped) = newest(&disk);
        assert!(
            skipped.is_empty(),
            "a file has its name only when it is whole"
        );
        match sequence {
            Some(9) => new += 1,
            Some(5) if !written => old += 1,
            other => panic!("{other:?} after seed {seed}, written: {written}"),
        }
        write(&disk, 10);
        assert_eq!(newest(&disk), (Some(10), vec![]));
    }
    assert!(old > 20 && new > 20, "{old} old, {new} new");
}
