//! The course of commands: epochs, rules, the outbox, refusals. Kinds 0x0200 to 0x020f.

use crate::layout::layouts;

layouts! {
    /// A leader's time began.
    0x0201 => EpochStarted {
        /// The epoch.
        epoch: u64,
        /// The one before; 0 at first.
        previous_epoch: u64,
        /// The last sequence kept of the one before.
        previous_last_sequence: u64,
    }
    /// Other rules hold from here.
    0x0202 => Upgraded {
        /// The rules.
        rules_version: u32,
        /// Zero.
        reserved: [u8; 4],
    }
    /// An outbox row took effect (or was refused: the event behind this one says so).
    0x0203 => OutboxTaken {
        /// Which outbox.
        source: u32,
        /// Zero.
        reserved: [u8; 4],
        /// The row's number.
        number: u64,
        /// FNV-1a-64 of the row's command.
        digest: u64,
    }
    /// An outbox row came again; nothing else happened.
    0x0204 => OutboxRepeated {
        /// Which outbox.
        source: u32,
        /// Zero.
        reserved: [u8; 4],
        /// The row's number.
        number: u64,
        /// The last number taken of this source.
        last_number: u64,
    }
    /// A command other than `PlaceOrder` was refused and changed nothing.
    0x0205 => CommandRejected {
        /// The command's kind.
        command: u16,
        /// A code of the catalogue.
        code: u16,
        /// The account named in the command, or 0.
        account: u32,
        /// The order, market, asset, transfer or outbox number it was about, or 0.
        reference: u64,
    }
    /// The events behind it, so many bytes, stand for what happened before the command was looked at:
    /// what time brought about, and orders that had fired.
    0x0206 => BeforeCommand {
        /// Bytes of those events.
        length: u32,
        /// Zero.
        reserved: [u8; 4],
    }
}
