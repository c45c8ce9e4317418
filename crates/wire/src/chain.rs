//! The two running checksums: of groups of events, and of records.
//!
//! Both are XXH3-64: they find damage and divergence, not forgery.

use xxhash_rust::xxh3::xxh3_64_with_seed;

use crate::layout::Header;

/// The chain after a group: XXH3-64 of all its events, seeded with XXH3-64 of its sequence and time
/// (16 bytes), which is seeded with the chain before; `previous` is 0 before the first group of all.
#[must_use]
#[inline]
pub fn chain_group(previous: u64, sequence: u64, time_us: i64, events: &[u8]) -> u64 {
    let mut head = [0; 16];
    head[..8].copy_from_slice(&sequence.to_le_bytes());
    head[8..].copy_from_slice(&time_us.to_le_bytes());
    xxh3_64_with_seed(events, xxh3_64_with_seed(&head, previous))
}

/// The checksum of a record: XXH3-64 of all that follows its `checksum` field, seeded with its
/// header. `record` is the whole record, whose checksum stands in bytes 8 to 16.
#[must_use]
pub fn record_checksum(header: Header, record: &[u8]) -> u64 {
    xxh3_64_with_seed(&record[16..], header.as_u64())
}
