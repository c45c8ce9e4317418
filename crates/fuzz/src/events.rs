//! Bytes as an event log's first segment: opening keeps the groups that follow each other and cuts
//! the others; a reader reads what was kept.

use cse_journal::{EventLog, EventReader, GroupLink};
use cse_wire::{EventSegment, Group, Message, chain_group, header_of};
use xxhash_rust::xxh3::xxh3_64;

use crate::memory::Memory;

const GROUPS: &str = "00000000000000000001.events";
const INDEX: &str = "00000000000000000001.index";
const SEGMENT_SEQUENCES: u64 = 64;
/// Bits of the first byte: whether the head is made good, and the chain of the groups.
const GOOD_HEAD: u8 = 1;
const GOOD_CHAIN: u8 = 2;

/// Takes the first byte for flags, the second for the journal's last sequence, the third for how many
/// of the others, in eights, are the index; what is left is the file of groups.
///
/// # Panics
/// When the event log breaks a promise.
pub fn run(data: &[u8]) {
    let [flags, last, eights, files @ ..] = data else {
        return;
    };
    let (index, groups) = files.split_at(files.len().min(usize::from(*eights) * 8));
    let mut groups = groups.to_vec();
    if flags & GOOD_HEAD != 0 {
        groups.splice(..0, head());
    }
    if flags & GOOD_CHAIN != 0 {
        mend_chain(&mut groups);
    }
    let disk = Memory::default();
    disk.put(GROUPS, &groups);
    disk.put(INDEX, index);
    read_all(&disk, u64::from(*last));
    let last_sequence = u64::from(*last);
    let open = || {
        EventLog::open(
            disk.shared(),
            GroupLink::default(),
            last_sequence,
            SEGMENT_SEQUENCES,
        )
    };
    let Ok((mut log, found)) = open() else { return };
    assert!(found.last.sequence <= last_sequence);
    assert_eq!(read_all(&disk, found.last.sequence), found.last.sequence);
    append_one(&mut log);
    drop(log);
    if found.last.sequence < last_sequence {
        let (log, again) = open().expect("it was good before");
        assert_eq!(again.last.sequence, found.last.sequence + 1);
        assert_eq!(log.last(), again.last);
        assert_eq!(read_all(&disk, again.last.sequence), again.last.sequence);
    }
}

/// The last sequence that can be read, up to `last_sequence`.
fn read_all(disk: &Memory, last_sequence: u64) -> u64 {
    let mut reader = EventReader::new(disk.shared());
    let (mut next, mut out) = (1, Vec::new());
    while next <= last_sequence {
        match reader.read_from(next, last_sequence, 1 << 12, &mut out) {
            Ok(following) => next = following,
            Err(_) => break,
        }
    }
    next - 1
}

fn append_one(log: &mut EventLog) {
    let GroupLink { sequence, chain } = log.last();
    let sequence = sequence + 1;
    let group = Group {
        sequence,
        time_us: 0,
        chain: chain_group(chain, sequence, 0, &[]),
    };
    log.append(&group.encoded(), sequence).expect("it follows");
    log.sync().expect("memory does not fail");
}

/// The head of the first segment of all.
fn head() -> Vec<u8> {
    let head = EventSegment {
        magic: *b"CSEEVNT0",
        first_sequence: 1,
        previous_chain: 0,
        checksum: 0,
        reserved_1: [0; 16],
        reserved_2: [0; 8],
    };
    let summed = &head.encoded()[8..32];
    EventSegment {
        checksum: xxh3_64(summed),
        ..head
    }
    .encoded()
}

/// Has each group follow the one before by its chain.
fn mend_chain(file: &mut [u8]) {
    let (mut offset, mut chain) = (EventSegment::WIDTH, 0);
    while let Some(header) = file.get(offset..).and_then(|rest| header_of(rest).ok()) {
        let group = &mut file[offset..offset + header.length as usize];
        if let Ok((fields, events)) = Group::decode(group) {
            chain = chain_group(chain, fields.sequence, fields.time_us, events);
            group[24..32].copy_from_slice(&chain.to_le_bytes());
        }
        offset += header.length as usize;
    }
}
