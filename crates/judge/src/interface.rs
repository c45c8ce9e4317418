//! What passes over the C interface: messages in, reports out, byte for byte as the benchmark lays
//! them out. The names are ours.

use cse_wire::Side;

/// A new limit order.
#[repr(C)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NewOrder {
    /// The caller's id; free again once the order is closed.
    pub order_id: u64,
    /// Repeated in every report that comes of this message.
    pub sequence: u64,
    /// The limit.
    pub price_ticks: i64,
    /// In lots.
    pub quantity: u32,
    /// 0 buys, 1 sells.
    pub side: u8,
    /// 1 if what does not trade at once is to be cancelled.
    pub immediate: u8,
    /// Zero.
    pub reserved: [u8; 2],
}

/// A cancel by the caller's id alone.
#[repr(C)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cancel {
    /// The order.
    pub order_id: u64,
    /// Repeated in the report.
    pub sequence: u64,
}

/// Another price and open quantity for an order, which loses its priority.
#[repr(C)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Modify {
    /// The order.
    pub order_id: u64,
    /// Repeated in every report that comes of this message.
    pub sequence: u64,
    /// The limit from now on.
    pub price_ticks: i64,
    /// The lots that are open from now on, whatever has traded before.
    pub quantity: u32,
    /// The order's side, as the caller knows it.
    pub side: u8,
    /// Zero.
    pub reserved: [u8; 3],
}

/// Which of the six reports a [`Report`] is.
#[repr(u8)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReportKind {
    /// A new order was taken in.
    Accepted = 0,
    /// Two orders traded.
    Traded = 1,
    /// An order was cancelled: by its owner, or because it was not to rest.
    Cancelled = 2,
    /// An order was modified.
    Modified = 3,
    /// A cancel named an order that does not rest.
    CancelRefused = 4,
    /// A modify named an order that does not rest.
    ModifyRefused = 5,
}

/// One report. What a kind does not use is 0.
#[repr(C)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Report {
    /// A [`ReportKind`].
    pub kind: u8,
    /// The order's side; 0 in a trade.
    pub side: u8,
    /// Zero.
    pub reserved: [u8; 6],
    /// That of the message which brought it about.
    pub sequence: u64,
    /// The caller's id of the order; 0 in a trade.
    pub order_id: u64,
    /// The order's limit; in a trade the maker's.
    pub price_ticks: i64,
    /// In lots.
    pub quantity: u32,
    /// Zero.
    pub padding: u32,
    /// The caller's id of the order that rested, in a trade.
    pub maker_order_id: u64,
    /// The caller's id of the order that came, in a trade.
    pub taker_order_id: u64,
    /// Fills a cache line.
    pub line_end: u64,
}

const _: () = assert!(size_of::<NewOrder>() == 32);
const _: () = assert!(size_of::<Cancel>() == 16);
const _: () = assert!(size_of::<Modify>() == 32);
const _: () = assert!(size_of::<Report>() == 64);

impl Report {
    /// A report of any kind but a trade.
    #[inline]
    #[must_use]
    pub const fn of_order(
        kind: ReportKind,
        sequence: u64,
        order_id: u64,
        terms: (Side, i64, u32),
    ) -> Self {
        let (side, price_ticks, quantity) = terms;
        Self {
            kind: kind as u8,
            side: side_number(side),
            reserved: [0; 6],
            sequence,
            order_id,
            price_ticks,
            quantity,
            padding: 0,
            maker_order_id: 0,
            taker_order_id: 0,
            line_end: 0,
        }
    }

    /// A cancel or a modify of an order that does not rest.
    #[inline]
    #[must_use]
    pub const fn refusal(kind: ReportKind, sequence: u64, order_id: u64) -> Self {
        Self::of_order(kind, sequence, order_id, (Side::Buy, 0, 0))
    }

    /// A trade at the maker's price; the sequence is that of the message that took.
    #[inline]
    #[must_use]
    pub const fn trade(
        sequence: u64,
        maker_taker: (u64, u64),
        price_ticks: i64,
        quantity: u32,
    ) -> Self {
        let (maker_order_id, taker_order_id) = maker_taker;
        Self {
            maker_order_id,
            taker_order_id,
            ..Self::of_order(
                ReportKind::Traded,
                sequence,
                0,
                (Side::Buy, price_ticks, quantity),
            )
        }
    }
}

/// The side that the interface's number names; anything but 0 sells.
#[inline]
#[must_use]
pub fn side_of(number: u8) -> Side {
    if number == 0 { Side::Buy } else { Side::Sell }
}

/// A side as the interface numbers it.
#[inline]
#[must_use]
pub const fn side_number(side: Side) -> u8 {
    matches!(side, Side::Sell) as u8
}
