//! The event log: reading groups by sequence, and being right after a crash.

mod disk;

use cse_journal::{Directory, EventLog, EventReader, EventSync, GroupLink, JournalError};
use cse_wire::{Group, Message, chain_group};
use disk::{Disk, Seeded};

/// Sequences in a segment.
const SEGMENT: u64 = 8;

/// The group behind `link`, its events made from its sequence; `link` moves on behind it.
fn group(link: &mut GroupLink) -> Vec<u8> {
    let sequence = link.sequence + 1;
    let events: Vec<u8> = (0..Seeded(sequence).below(12))
        .flat_map(|word| (sequence << 8 | word).to_le_bytes())
        .collect();
    let time_us = sequence as i64 * 10;
    let chain = chain_group(link.chain, sequence, time_us, &events);
    *link = GroupLink { sequence, chain };
    let mut out = Vec::new();
    let fields = Group {
        sequence,
        time_us,
        chain,
    };
    fields.append_with(&events, &mut out);
    out
}

/// The first `count` groups, and the link behind each.
fn groups(count: u64) -> (Vec<Vec<u8>>, Vec<GroupLink>) {
    let mut link = GroupLink::default();
    (0..count)
        .map(|_| {
            let bytes = group(&mut link);
            (bytes, link)
        })
        .unzip()
}

fn open(
    disk: &Disk,
    known: GroupLink,
    last: u64,
) -> Result<(EventLog, GroupLink, bool), JournalError> {
    let (log, recovered) = EventLog::open(disk.shared(), known, last, SEGMENT)?;
    assert_eq!(log.last(), recovered.last);
    Ok((log, recovered.last, recovered.cut))
}

/// A log of `count` groups, appended in batches of `batch`.
fn written(count: u64, batch: usize) -> (Disk, Vec<Vec<u8>>, Vec<GroupLink>) {
    let disk = Disk::default();
    let (mut log, ..) = open(&disk, GroupLink::default(), 0).expect("an empty disk");
    let (groups, links) = groups(count);
    let mut sequence = 1;
    for batch in groups.chunks(batch) {
        log.append(&batch.concat(), sequence)
            .expect("the groups are appended");
        sequence += batch.len() as u64;
    }
    (disk, groups, links)
}

fn read_all(reader: &mut EventReader, last: u64, bytes_max: usize) -> Vec<u8> {
    let (mut out, mut next) = (Vec::new(), 1);
    while next <= last {
        let after = reader
            .read_from(next, last, bytes_max, &mut out)
            .expect("the groups are there");
        assert!(after > next, "every call gets on");
        next = after;
    }
    assert_eq!(next, last + 1);
    out
}

#[test]
fn groups_are_read_alone_and_in_a_row_however_they_were_written() {
    for batch in [1, 3, 8, 20, 50] {
        let (disk, groups, _) = written(50, batch);
        let mut reader = EventReader::new(disk.shared());
        for (index, group) in groups.iter().enumerate().rev() {
            let read = reader.read(index as u64 + 1).expect("it is there");
            assert_eq!(read.as_ref(), Some(group));
        }
        for bytes_max in [0, 1, 100, 300, 1 << 20] {
            for last in [1, 7, 8, 9, 16, 50] {
                let expected = groups[..last as usize].concat();
                assert_eq!(read_all(&mut reader, last, bytes_max), expected);
            }
        }
        let mut out = Vec::new();
        assert_eq!(
            reader
                .read_from(51, 50, 1 << 20, &mut out)
                .expect("nothing"),
            51
        );
        assert!(out.is_empty());
    }
}

#[test]
fn a_call_takes_what_fits_and_at_least_one_group() {
    let (disk, groups, _) = written(8, 8);
    let mut reader = EventReader::new(disk.shared());
    for bytes_max in 0..groups.concat().len() + 8 {
        let mut out = vec![9];
        let next = reader.read_from(1, 8, bytes_max, &mut out).expect("groups");
        let taken = next as usize - 1;
        assert_eq!(out[1..], groups[..taken].concat());
        assert!(out.len() - 1 <= bytes_max || taken == 1);
        let more = groups[..(taken + 1).min(8)].concat().len();
        assert!(more > bytes_max || taken == 8, "one more would not fit");
    }
}

#[test]
fn a_segment_takes_its_sequences_and_no_more() {
    let (disk, ..) = written(17, 5);
    let names = disk.list().expect("names");
    let expected: Vec<String> = [1, 9, 17]
        .iter()
        .flat_map(|first| [".events", ".index"].map(|suffix| format!("{first:020}{suffix}")))
        .collect();
    assert_eq!(names, expected);
    assert_eq!(disk.content(&expected[1]).len(), 64);
    assert_eq!(disk.content(&expected[5]).len(), 8);
}

#[test]
fn a_reader_sees_what_is_appended_after_it_began() {
    let disk = Disk::default();
    let (mut log, ..) = open(&disk, GroupLink::default(), 0).expect("an empty disk");
    let mut reader = log.reader();
    let (groups, _) = groups(40);
    for (index, group) in groups.iter().enumerate() {
        let sequence = index as u64 + 1;
        assert!(reader.read(sequence).is_err(), "it is not there yet");
        log.append(group, sequence).expect("the group is appended");
        let read = reader.read(sequence).expect("it is there");
        assert_eq!(read.as_ref(), Some(group));
    }
}

#[test]
fn what_does_not_follow_is_not_appended() {
    let (disk, groups, _) = written(3, 1);
    let (mut log, ..) = open(&disk, GroupLink::default(), 3).expect("a good log");
    let (more, _) = self::groups(6);
    let mut gap = more[3].clone();
    gap.extend(&more[5]);
    let table: [(&str, &[u8], u64, &str); 5] = [
        ("the same again", &groups[2], 3, "groups_out_of_order"),
        ("a gap before", &more[4], 5, "groups_out_of_order"),
        ("another number", &more[4], 4, "groups_out_of_order"),
        ("a gap within", &gap, 4, "groups_out_of_order"),
        ("half a group", &more[3][..24], 4, "groups_malformed"),
    ];
    disk.calls();
    for (what, bytes, sequence, name) in table {
        let error = log.append(bytes, sequence).expect_err(what);
        assert_eq!(error.name(), name, "{what}");
    }
    assert_eq!(disk.calls(), [] as [&str; 0], "nothing was written");
    log.append(&more[3..].concat(), 4).expect("these follow");
}

#[test]
fn any_flipped_bit_cuts_the_log_there() {
    let (disk, groups, links) = written(20, 20);
    // Group 12 is the fourth of the second segment.
    let file = format!("{:020}.events", 9);
    let start = 64 + groups[8..11].concat().len();
    for at in start..start + groups[11].len() {
        let damaged = disk.copy();
        let mut content = damaged.content(&file);
        content[at] ^= 2;
        damaged.put(&file, &content);
        let (mut log, last, cut) = open(&damaged, links[4], 20).expect("it is a cache");
        assert_eq!((last, cut), (links[10], true), "byte {at}");
        log.append(&groups[11..].concat(), 12)
            .expect("the rest again");
        assert_eq!(read_all(&mut log.reader(), 20, 1 << 20), groups.concat());
        let (_, last, cut) = open(&damaged, GroupLink::default(), 20).expect("a good log");
        assert_eq!((last, cut), (links[19], false));
    }
}

#[test]
fn a_lost_index_is_written_anew() {
    let (disk, groups, links) = written(20, 20);
    let index = format!("{:020}.index", 9);
    for content in [&[][..], &[0; 24], &[255; 100]] {
        disk.put(&index, content);
        let (_, last, _) = open(&disk, links[7], 20).expect("it is a cache");
        assert_eq!(last, links[19]);
        let mut reader = EventReader::new(disk.shared());
        assert_eq!(read_all(&mut reader, 20, 200), groups.concat());
    }
}

#[test]
fn groups_beyond_the_journal_are_cut() {
    for kept in [0, 1, 7, 8, 9, 16, 19] {
        let (disk, groups, links) = written(20, 20);
        let (mut log, last, cut) = open(&disk, GroupLink::default(), kept).expect("a good log");
        assert_eq!((last.sequence, cut), (kept, true));
        log.append(&groups[kept as usize..].concat(), kept + 1)
            .expect("others again");
        let (_, last, _) = open(&disk, links[3], 20).expect("a good log");
        assert_eq!(last, links[19]);
    }
}

#[test]
fn a_log_that_lost_what_a_snapshot_vouches_for_says_so_and_changes_nothing() {
    let (disk, _, links) = written(20, 20);
    let file = format!("{:020}.events", 9);
    let index = format!("{:020}.index", 9);
    let other = GroupLink {
        sequence: 12,
        chain: 5,
    };
    let cut = |name: &str, length: usize| {
        let disk = disk.copy();
        let content = disk.content(name);
        disk.put(name, &content[..length]);
        disk
    };
    let without = disk.copy();
    without.remove(&file).expect("it is there");
    let table = [
        ("another chain", disk.copy(), other),
        ("a short file", cut(&file, 100), links[11]),
        ("a short index", cut(&index, 8), links[11]),
        ("a broken header", cut(&file, 63), links[11]),
        ("no file", without, links[11]),
        ("an empty log", Disk::default(), links[11]),
    ];
    for (what, disk, known) in table {
        disk.calls();
        let error = open(&disk, known, 20).map(|_| ()).expect_err(what);
        assert_eq!(error.name(), "events_lost", "{what}");
        assert_eq!(disk.calls(), [] as [&str; 0], "{what}");
        // From the first group on, all of it can be made again.
        let (_, last, _) = open(&disk, GroupLink::default(), 20).expect(what);
        assert!(last.sequence == 20 || last.sequence < 12, "{what}");
    }
}

#[test]
fn a_broken_group_is_not_handed_out() {
    let (disk, groups, _) = written(20, 20);
    let file = format!("{:020}.events", 9);
    let start = 64 + groups[8..11].concat().len();
    for at in 0..groups[11].len() {
        let mut content = disk.content(&file);
        content[start + at] ^= 1;
        let damaged = disk.copy();
        damaged.put(&file, &content);
        match EventReader::new(damaged.shared()).read(12) {
            Err(JournalError::Damaged(damage)) => {
                assert_eq!((damage.sequence, damage.offset), (12, start as u64));
                assert_eq!(damage.file, file);
            }
            other => panic!("{other:?}"),
        }
    }
}

/// Whichever bit is another, what a reader hands out is what was written: those that begin behind the
/// flaw read on.
#[test]
fn no_flipped_bit_is_handed_out() {
    let (disk, groups, _) = written(20, 20);
    for name in disk.list().expect("names") {
        for at in 0..disk.content(&name).len() {
            let damaged = disk.copy();
            let mut content = damaged.content(&name);
            content[at] ^= 1 << (at % 8);
            damaged.put(&name, &content);
            let mut reader = EventReader::new(damaged.shared());
            let mut refused = 0;
            for first in 1..=20 {
                let mut out = Vec::new();
                match reader.read_from(first, 20, 1 << 20, &mut out) {
                    Ok(next) => {
                        let expected = groups[first as usize - 1..next as usize - 1].concat();
                        assert_eq!(out, expected, "byte {at} of {name}, from {first}");
                    }
                    Err(JournalError::Damaged(_)) => refused += 1,
                    Err(other) => panic!("byte {at} of {name}, from {first}: {other:?}"),
                }
            }
            assert!((1..=8).contains(&refused), "byte {at} of {name}: {refused}");
        }
    }
}

#[test]
fn after_any_crash_the_log_is_a_start_of_what_was_written() {
    let (mut cuts, mut kept) = (0, 0);
    for seed in 0..300 {
        let mut seeded = Seeded(seed);
        let disk = Disk::default();
        let (groups, links) = groups(150);
        let (mut known, mut count) = (GroupLink::default(), 0);
        let mut follower = EventSync::new(disk.shared());
        for epoch in 0..5 {
            if seeded.below(3) == 0 {
                disk.fail_after_calls(seeded.below(12));
                let _ = open(&disk, known, count as u64);
                disk.crash(&mut seeded);
            }
            let (mut log, last, cut) = open(&disk, known, count as u64).expect("a cache");
            cuts += usize::from(cut);
            assert!(last.sequence >= known.sequence && last.sequence <= count as u64);
            kept += last.sequence - known.sequence;
            let mut next = last.sequence as usize;
            assert_eq!(
                read_all(&mut log.reader(), last.sequence, 500),
                groups[..next].concat()
            );
            if seeded.below(2) == 0 {
                disk.fail_after_calls(seeded.below(60));
            }
            for _ in 0..seeded.below(6) {
                let batch = 1 + seeded.below(12) as usize;
                let bytes = groups[next..(next + batch).min(150)].concat();
                count = count.max((next + batch).min(150));
                if log.append(&bytes, next as u64 + 1).is_err() {
                    assert!(matches!(log.sync(), Err(JournalError::Poisoned)));
                    break;
                }
                next = (next + batch).min(150);
                let by_follower = seeded.below(2) == 0;
                if seeded.below(4) == 0 {
                    let synced = if by_follower {
                        follower.sync(epoch)
                    } else {
                        log.sync()
                    };
                    if synced.is_err() {
                        break;
                    }
                    known = next.checked_sub(1).map_or(known, |last| links[last]);
                }
            }
            drop(log);
            match seeded.below(3) {
                0 => disk.mend(),
                _ => disk.crash(&mut seeded),
            }
        }
    }
    assert!(
        cuts > 100 && kept > 100,
        "{cuts} cuts, {kept} groups kept unsynced"
    );
}

#[test]
fn a_segment_that_was_synced_whole_is_not_synced_again_under_the_same_leader() {
    let (disk, _, _) = written(3 * SEGMENT, 5);
    let mut log = EventSync::new(disk.shared());
    disk.calls();
    let mut syncs = |epoch| {
        log.sync(epoch).expect("the disk is well");
        let calls = disk.calls();
        calls.iter().filter(|call| **call == "sync").count()
    };
    // Groups and index of each segment, and the directory.
    let (all, newest_alone) = (3 * 2 + 1, 2 + 1);
    assert_eq!(
        [syncs(1), syncs(1), syncs(2), syncs(2)],
        [all, newest_alone, all, newest_alone]
    );
}
