//! Frames between processes. Kinds 0x0001 to 0x00ff.

use crate::layout::layouts;

layouts! {
    /// To the leader: the tail is one command.
    0x0001 => Request {
        /// The asker's own number, given back with the answer.
        request_id: u64,
    } + tail
    /// From the leader, once durable: the tail is the command's `Group`.
    0x0002 => Answer {
        /// As in the request.
        request_id: u64,
        /// The leader's epoch.
        epoch: u64,
    } + tail
    /// From the leader: the command was not journalled and had no effect.
    0x0003 => Refusal {
        /// As in the request.
        request_id: u64,
        /// A code of the catalogue.
        code: u16,
        /// Zero.
        reserved: [u8; 6],
    }
    /// To the replica: the tail is a MessagePack map padded with zeros to a multiple of 8.
    0x0004 => Query {
        /// The asker's own number.
        request_id: u64,
        /// The answer must reflect at least this sequence.
        min_sequence: u64,
        /// Bytes of the map before its padding.
        body_length: u32,
        /// Zero.
        reserved: [u8; 4],
    } + tail
    /// From the replica: the tail is a MessagePack value padded with zeros to a multiple of 8.
    0x0005 => Reading {
        /// As in the query.
        request_id: u64,
        /// The sequence the value reflects.
        sequence: u64,
        /// Bytes of the value before its padding.
        body_length: u32,
        /// A code of the catalogue, or 0.
        code: u16,
        /// Zero.
        reserved: [u8; 2],
    } + tail
}
