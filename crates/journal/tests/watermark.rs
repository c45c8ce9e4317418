//! The watermark is seen at once by others, and is the same in every kind of storage.

mod disk;

use std::io::ErrorKind;
use std::sync::Barrier;

use cse_journal::{FileWatermark, MappedWatermark, Mark, Watermark};
use cse_wire::{Message, Watermark as Layout};
use disk::Disk;

fn mark(sequence: u64, epoch: u64) -> Mark {
    Mark { sequence, epoch }
}

fn assert_moves(leader: &dyn Watermark, follower: &dyn Watermark) {
    assert_eq!(follower.load().expect("a mark"), mark(0, 0));
    for (sequence, epoch) in [(1, 1), (500, 1), (501, 2), (u64::MAX, u64::MAX - 1)] {
        leader.store(mark(sequence, epoch)).expect("it is stored");
        assert_eq!(leader.load().expect("a mark"), mark(sequence, epoch));
        assert_eq!(follower.load().expect("a mark"), mark(sequence, epoch));
    }
}

#[test]
fn a_mapped_one_is_seen_by_followers_and_stays() {
    let place = std::env::temp_dir().join(format!("cse-watermark-{}", std::process::id()));
    std::fs::create_dir_all(&place).expect("a directory");
    let path = place.join("watermark");
    let error = MappedWatermark::follow(&path).expect_err("it is not there");
    assert_eq!(error.kind(), ErrorKind::NotFound);
    let leader = MappedWatermark::create(&path).expect("a new one");
    let follower = MappedWatermark::follow(&path).expect("it is there");
    assert_moves(&leader, &follower);
    leader.set_leader_process(4711).expect("the leader may");
    assert_eq!(follower.leader_process(), 4711);
    let denied = follower.store(mark(1, 1)).expect_err("a follower may not");
    assert_eq!(denied.kind(), ErrorKind::PermissionDenied);

    drop((leader, follower));
    let again = MappedWatermark::create(&path).expect("the same");
    assert_eq!(again.load().expect("a mark"), mark(u64::MAX, u64::MAX - 1));
    let bytes = std::fs::read(&path).expect("the file");
    let (found, _) = Layout::decode(&bytes).expect("a watermark");
    assert_eq!((found.sequence, found.epoch), (u64::MAX, u64::MAX - 1));
    assert_eq!(found.leader_process, 4711);

    for broken in [&b""[..], b"short", &[0; 64]] {
        std::fs::write(&path, broken).expect("the file is written");
        let error = MappedWatermark::create(&path).expect_err("no watermark");
        assert_eq!(error.kind(), ErrorKind::InvalidData);
    }
    std::fs::remove_dir_all(place).expect("the directory is removed");
}

/// An epoch that is behind would have a follower take a new leader's sequence for an old leader's.
/// A reader that never meets the instant between two stores proves nothing, so there are many; one
/// that meets it in the wrong order is never mistaken.
#[test]
fn a_reader_of_a_mapped_one_never_sees_a_sequence_before_its_epoch() {
    let place = std::env::temp_dir().join(format!("cse-watermark-order-{}", std::process::id()));
    std::fs::create_dir_all(&place).expect("a directory");
    let path = place.join("watermark");
    let leader = MappedWatermark::create(&path).expect("a new one");
    let follower = MappedWatermark::follow(&path).expect("it is there");
    let start = Barrier::new(2);
    std::thread::scope(|scope| {
        let stores = scope.spawn(|| {
            start.wait();
            for count in 1..=1_000_000 {
                leader.store(mark(count, count)).expect("it is stored");
            }
        });
        start.wait();
        while !stores.is_finished() {
            let Mark { sequence, epoch } = follower.load().expect("a mark");
            assert!(epoch >= sequence, "{sequence} was there before its epoch");
        }
    });
    std::fs::remove_dir_all(place).expect("the directory is removed");
}

#[test]
fn a_store_into_a_file_that_fails_halfway_leaves_the_sequence_behind() {
    let disk = Disk::default();
    let leader = FileWatermark::open(&disk, "watermark", true).expect("a new one");
    leader.store(mark(7, 1)).expect("it is stored");
    disk.fail_after_calls(0);
    leader.store(mark(8, 2)).expect_err("the first write fails");
    disk.mend();
    assert_eq!(leader.load().expect("a mark"), mark(7, 2));
}

#[test]
fn one_in_a_file_of_any_storage_is_seen_by_followers() {
    let disk = Disk::default();
    assert!(FileWatermark::open(&disk, "watermark", false).is_err());
    let leader = FileWatermark::open(&disk, "watermark", true).expect("a new one");
    let follower = FileWatermark::open(&disk, "watermark", false).expect("it is there");
    assert_moves(&leader, &follower);
    disk.put("watermark", &[1; 64]);
    assert!(FileWatermark::open(&disk, "watermark", true).is_err());
}
