//! Balances and transfers. Kinds 0x0250 to 0x026f.

use crate::layout::layouts;

layouts! {
    /// A balance is another one: the values after the command.
    0x0250 => BalanceChanged {
        /// Whose.
        account: u32,
        /// Of what.
        asset: u32,
        /// In the asset's units.
        available: i128,
        /// In the asset's units.
        locked: i128,
    }
    /// Money moved. The tail is `leg_count` times `TransferLeg`.
    0x0260 => TransferMade {
        /// Its id, from one counter.
        transfer: u64,
        /// As in `Transfer`.
        reference: [u8; 16],
        /// As in `Transfer`.
        leg_count: u32,
        /// Zero.
        reserved: [u8; 4],
    } + tail
    /// Money was locked for a transfer. The tail is `leg_count` times `TransferLeg`.
    0x0261 => TransferHeld {
        /// Its id, from one counter.
        transfer: u64,
        /// As in `HoldTransfer`.
        reference: [u8; 16],
        /// As in `HoldTransfer`.
        leg_count: u32,
        /// Zero.
        reserved: [u8; 4],
    } + tail
    /// A held transfer was made. The tail is `leg_count` times `TransferLeg`.
    0x0262 => TransferSettled {
        /// Its id.
        transfer: u64,
        /// As in `HoldTransfer`.
        reference: [u8; 16],
        /// As in `HoldTransfer`.
        leg_count: u32,
        /// Zero.
        reserved: [u8; 4],
    } + tail
    /// A held transfer was given up, and its money released. The tail is `leg_count` times
    /// `TransferLeg`.
    0x0263 => TransferVoided {
        /// Its id.
        transfer: u64,
        /// As in `HoldTransfer`.
        reference: [u8; 16],
        /// As in `HoldTransfer`.
        leg_count: u32,
        /// Zero.
        reserved: [u8; 4],
    } + tail
}
