//! Bytes as a snapshot's file: it is passed over, or holds a state that goes on.

use cse_core::Exchange;
use cse_journal::snapshot::newest;
use cse_wire::{CancelAllOrders, Message, Snapshot, Tick};
use xxhash_rust::xxh3::xxh3_64;

use crate::memory::Memory;

/// Bits of the first byte: whether a head is put before the bytes, which are then its body, and
/// whether the head's checksum is made right.
const GOOD_HEAD: u8 = 1;
const GOOD_SUM: u8 = 2;
const DAY_US: i64 = 24 * 3_600_000_000;

/// Takes the first byte for flags and the others for the file, or its body.
///
/// # Panics
/// When a state that is taken back is none.
pub fn run(data: &[u8]) {
    let [flags, bytes @ ..] = data else { return };
    let mut file = bytes.to_vec();
    if flags & GOOD_HEAD != 0 {
        file.splice(..0, head(bytes.len() as u64));
    }
    if flags & (GOOD_HEAD | GOOD_SUM) != 0 && file.len() >= Snapshot::WIDTH {
        let checksum = xxh3_64(&file[24..]);
        file[16..24].copy_from_slice(&checksum.to_le_bytes());
    }
    let sequence = file.get(32..40).map_or(1, |bytes| {
        u64::from_le_bytes(bytes.try_into().expect("8 bytes"))
    });
    let disk = Memory::default();
    disk.put(&format!("{sequence:020}.snapshot"), &file);
    let found = newest(&disk, u64::MAX).expect("memory does not fail");
    if let Some(loaded) = found.newest {
        let _ = loaded.position();
        if let Ok(exchange) = Exchange::read_state(&loaded.body) {
            goes_on(exchange);
        }
    }
}

fn head(body_length: u64) -> Vec<u8> {
    Snapshot {
        magic: *b"CSESNAP0",
        checksum: 0,
        epoch: 1,
        sequence: 1,
        time_us: 0,
        chain: 0,
        record_checksum: 0,
        journal_segment: 1,
        journal_offset: 64,
        state_hash: [0; 32],
        body_length,
    }
    .encoded()
}

/// A state that was taken back is written as it is read, and carries out commands.
fn goes_on(mut exchange: Exchange) {
    let mut first = Vec::new();
    exchange.write_state(&mut first);
    let again = Exchange::read_state(&first).expect("a core reads its own state");
    let mut second = Vec::new();
    again.write_state(&mut second);
    assert!(first == second, "the state that was read is another");
    let accounts: Vec<u32> = exchange.accounts().map(|account| account.account).collect();
    apply(&mut exchange, DAY_US, &Tick {}.encoded());
    for account in accounts {
        let cancel = CancelAllOrders {
            account,
            market: 0,
            side: 0,
            reserved: [0; 7],
        };
        apply(&mut exchange, 1, &cancel.encoded());
    }
}

fn apply(exchange: &mut Exchange, after_us: i64, command: &[u8]) {
    let time_us = exchange.time_us().saturating_add(after_us);
    exchange
        .apply(exchange.sequence() + 1, time_us, command, &mut Vec::new())
        .expect("it is the command's turn");
}
