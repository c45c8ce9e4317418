//! What stands in files: records, groups, segment and snapshot headers, the watermark.
//! Kinds 0x0300 to 0x03ff.

use crate::layout::layouts;

layouts! {
    /// One batch of the journal; the tail is `count` commands one behind another.
    0x0301 => Record {
        /// `record_checksum` of the whole record.
        checksum: u64,
        /// The leader's epoch.
        epoch: u64,
        /// The sequence of the first command; the others follow on.
        first_sequence: u64,
        /// The one time of all commands, microseconds UTC.
        time_us: i64,
        /// The checksum of the record before; 0 for the first of all.
        previous_checksum: u64,
        /// The chain of groups at the end of the record before.
        previous_chain: u64,
        /// How many commands.
        count: u32,
        /// Zero.
        reserved: [u8; 4],
    } + tail
    /// One command's events; the tail is the events one behind another.
    0x0302 => Group {
        /// The command's sequence.
        sequence: u64,
        /// The command's time, microseconds UTC.
        time_us: i64,
        /// `chain_group` up to here.
        chain: u64,
    } + tail
    /// The start of a journal segment, 64 bytes; records follow.
    0x0303 => JournalSegment {
        /// `CSEJRNL` and the format's digit.
        magic: [u8; 8],
        /// The sequence of the first command in it.
        first_sequence: u64,
        /// The checksum of the last record of the segment before.
        previous_checksum: u64,
        /// XXH3-64 of the fields before.
        checksum: u64,
        /// Zero.
        reserved_1: [u8; 16],
        /// Zero.
        reserved_2: [u8; 8],
    }
    /// The start of an event segment, 64 bytes; groups follow.
    0x0304 => EventSegment {
        /// `CSEEVNT` and the format's digit.
        magic: [u8; 8],
        /// The sequence of the first group in it.
        first_sequence: u64,
        /// The chain before the first group.
        previous_chain: u64,
        /// XXH3-64 of the fields before.
        checksum: u64,
        /// Zero.
        reserved_1: [u8; 16],
        /// Zero.
        reserved_2: [u8; 8],
    }
    /// The mapped header up to which journal and event log may be read. The leader alone writes it,
    /// each u64 in one store, `epoch` before `sequence`.
    0x0305 => Watermark {
        /// `CSEMARK` and the format's digit.
        magic: [u8; 8],
        /// The last durable sequence.
        sequence: u64,
        /// The leader's epoch.
        epoch: u64,
        /// The leader's process id while it lives, 0 after a clean stop.
        leader_process: u64,
        /// Zero.
        reserved_1: [u8; 16],
        /// Zero.
        reserved_2: [u8; 8],
    }
    /// The start of a snapshot; the tail is the core's state entries.
    0x0306 => Snapshot {
        /// `CSESNAP` and the format's digit.
        magic: [u8; 8],
        /// XXH3-64 of all that follows this field.
        checksum: u64,
        /// The epoch of the last command in it.
        epoch: u64,
        /// The sequence of the last command in it.
        sequence: u64,
        /// The time of the last command in it.
        time_us: i64,
        /// The chain after the last command in it.
        chain: u64,
        /// The checksum of the record that ended with that command.
        record_checksum: u64,
        /// The first sequence of the journal segment that holds the next record.
        journal_segment: u64,
        /// Where the next record begins in that segment, in bytes.
        journal_offset: u64,
        /// The state hash.
        state_hash: [u8; 32],
        /// Bytes of the state entries that follow.
        body_length: u64,
    }
}
