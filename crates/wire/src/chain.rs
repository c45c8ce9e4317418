//! The two running checksums: of groups of events, and of records.
//!
//! Both find damage and divergence, not forgery.

use xxhash_rust::xxh3::xxh3_64_with_seed;

use crate::field::Field;
use crate::layout::Header;

/// The first 256 bits of the fraction of pi.
const PI: [u64; 4] = [
    0x243f_6a88_85a3_08d3,
    0x1319_8a2e_0370_7344,
    0xa409_3822_299f_31d0,
    0x082e_fa98_ec4e_6c89,
];

/// The chain after a group; `previous` is 0 before the first group of all. Events are whole
/// messages, so that their length is a multiple of 8.
///
/// Two sums go on from the chain before, one with the sequence, one with the time. Blocks of 16
/// bytes are folded into them in turn, in the end the length and the sums themselves.
#[must_use]
#[inline(always)]
pub fn chain_group(previous: u64, sequence: u64, time_us: i64, events: &[u8]) -> u64 {
    let mut even = fold(previous ^ PI[0], sequence ^ PI[1]);
    let mut odd = fold(previous ^ PI[2], time_us as u64 ^ PI[3]);
    let (rounds, rest) = events.as_chunks::<32>();
    for round in rounds {
        even = fold(even ^ word(round, 0), PI[1] ^ word(round, 1));
        odd = fold(odd ^ word(round, 2), PI[3] ^ word(round, 3));
    }
    // Of a block that is cut short the second word counts as zero.
    match (rest.first_chunk::<16>(), rest.len() % 16) {
        (None, 0) => {}
        (None, _) => even = fold(even ^ last_word(rest), PI[1]),
        (Some(block), cut) => {
            even = fold(even ^ word(block, 0), PI[1] ^ word(block, 1));
            if cut != 0 {
                odd = fold(odd ^ last_word(rest), PI[3]);
            }
        }
    }
    fold(even ^ events.len() as u64, odd ^ PI[0])
}

/// The product of two factors, its upper half over its lower.
#[inline(always)]
fn fold(a: u64, b: u64) -> u64 {
    let product = u128::from(a) * u128::from(b);
    product as u64 ^ (product >> 64) as u64
}

/// The last eight bytes.
#[inline(always)]
fn last_word(bytes: &[u8]) -> u64 {
    bytes
        .last_chunk()
        .map_or(0, |word| u64::from_le_bytes(*word))
}

/// The `index`-th eight bytes.
#[inline(always)]
fn word(bytes: &[u8], index: usize) -> u64 {
    u64::get(&bytes[8 * index..8 * index + 8])
}

/// The checksum of a record: XXH3-64 of all that follows its `checksum` field, seeded with its
/// header. `record` is the whole record, whose checksum stands in bytes 8 to 16.
#[must_use]
pub fn record_checksum(header: Header, record: &[u8]) -> u64 {
    xxh3_64_with_seed(&record[16..], header.as_u64())
}

#[cfg(test)]
mod tests {
    use alloc::collections::BTreeSet;
    use alloc::vec::Vec;

    use super::chain_group;

    /// Events of 152 bytes: whole rounds, and a block cut short.
    fn events() -> Vec<u8> {
        (0..152).map(|place: u8| place.wrapping_mul(3)).collect()
    }

    #[test]
    fn a_chain_is_what_the_rules_say() {
        let of = |length: usize| chain_group(1, 2, -3, &events()[..length]);
        let expected = [
            0xb73d_7a2f_b8f2_fb8a,
            0x5c15_2bb3_ef97_4ed0,
            0xab46_50b0_64ba_bb27,
            0xc49e_b93e_1ba3_9534,
            0x2e96_b723_cf71_27ff,
            0x8cad_add9_c0ff_54d4,
        ];
        assert_eq!([0, 8, 16, 24, 32, 152].map(of), expected);
    }

    #[test]
    fn every_bit_counts() {
        let events = events();
        let mut chains = BTreeSet::from([chain_group(1, 2, 3, &events)]);
        let mut count = 1;
        for bit in 0..64 {
            chains.insert(chain_group(1 ^ 1 << bit, 2, 3, &events));
            chains.insert(chain_group(1, 2 ^ 1 << bit, 3, &events));
            chains.insert(chain_group(1, 2, 3 ^ 1 << bit, &events));
            count += 3;
        }
        for bit in 0..8 * events.len() {
            let mut other = events.clone();
            other[bit / 8] ^= 1 << (bit % 8);
            chains.insert(chain_group(1, 2, 3, &other));
            count += 1;
        }
        assert_eq!(chains.len(), count);
    }

    #[test]
    fn the_order_of_what_is_told_counts_and_zeros_behind_it_do() {
        let events = events();
        let mut chains = BTreeSet::from([chain_group(1, 2, 3, &events)]);
        for place in 0..18 {
            let mut other = events.clone();
            other[8 * place..].rotate_left(8);
            chains.insert(chain_group(1, 2, 3, &other));
        }
        for zeros in 1..5 {
            let mut other = events.clone();
            other.resize(events.len() + 8 * zeros, 0);
            chains.insert(chain_group(1, 2, 3, &other));
        }
        assert_eq!(chains.len(), 23);
    }
}
