//! A ring of reports from the matching thread to the one that takes them away. It is made of atomic
//! words, so that a report is built where it will be read: in one cell of half a cache line, a trade
//! in two.

use std::hint::spin_loop;
use std::sync::atomic::{AtomicU64, Ordering};

use crate::engine::Reports;
use crate::interface::{Report, ReportKind};

const WORDS: usize = 4;
const CELLS_OF_TRADE: u64 = 2;
const TRADE: u8 = ReportKind::Traded as u8;

/// A reader that finds fewer cells than this waits so many turns and looks again: who looks at every
/// report takes the writer's line away from it each time.
const FEW: u64 = 64;
const TURNS: usize = 24;

#[derive(Default)]
#[repr(align(32))]
struct Cell([AtomicU64; WORDS]);

/// A counter that shares its cache lines with nothing: neighbouring lines are fetched in pairs.
#[derive(Default)]
#[repr(align(128))]
struct Counter(AtomicU64);

/// One thread writes, another reads.
pub struct Ring {
    cells: Box<[Cell]>,
    mask: u64,
    written: Counter,
    read: Counter,
}

impl Ring {
    /// A ring with room for `capacity` reports at least. All of its memory has been touched.
    #[must_use]
    pub fn new(capacity: usize) -> Self {
        let cells = (capacity.max(1) * CELLS_OF_TRADE as usize).next_power_of_two();
        Self {
            cells: (0..cells).map(|_| Cell::default()).collect(),
            mask: cells as u64 - 1,
            written: Counter::default(),
            read: Counter::default(),
        }
    }

    /// Takes as many reports as are there and `out` has room for; returns how many. One thread only.
    pub fn drain(&self, out: &mut [Report]) -> usize {
        let mut place = self.read.0.load(Ordering::Relaxed);
        let end = self.wait_for_some(place);
        let mut count = 0;
        while place < end && count < out.len() {
            let report = &mut out[count];
            *report = self.cell(place).get();
            place += 1;
            if report.kind == TRADE {
                report.maker_order_id = report.order_id;
                report.order_id = 0;
                report.taker_order_id = self.cell(place).0[0].load(Ordering::Relaxed);
                place += 1;
            }
            count += 1;
        }
        self.read.0.store(place, Ordering::Release);
        count
    }

    /// How far is written; where that is not far, after a moment.
    fn wait_for_some(&self, place: u64) -> u64 {
        let end = self.written.0.load(Ordering::Acquire);
        if end - place >= FEW {
            return end;
        }
        for _ in 0..TURNS {
            spin_loop();
        }
        self.written.0.load(Ordering::Acquire)
    }

    #[inline]
    fn cell(&self, place: u64) -> &Cell {
        &self.cells[(place & self.mask) as usize]
    }
}

impl Cell {
    #[inline]
    fn put(&self, words: [u64; WORDS]) {
        for (word, value) in self.0.iter().zip(words) {
            word.store(value, Ordering::Relaxed);
        }
    }

    /// The report; of a trade with the maker's id as the order's.
    #[inline]
    fn get(&self) -> Report {
        let [head, sequence, order_id, price] =
            [0, 1, 2, 3].map(|index: usize| self.0[index].load(Ordering::Relaxed));
        Report {
            kind: head as u8,
            side: (head >> 8) as u8,
            reserved: [0; 6],
            sequence,
            order_id,
            price_ticks: price as i64,
            quantity: (head >> 32) as u32,
            padding: 0,
            maker_order_id: 0,
            taker_order_id: 0,
            line_end: 0,
        }
    }
}

/// The writing end. It looks at what the reader has read only when the room it knows of is used up.
pub struct RingWriter<'a> {
    ring: &'a Ring,
    written: u64,
    /// Up to here there is room.
    room: u64,
}

impl<'a> RingWriter<'a> {
    /// The one writer of a ring into which nothing was written yet.
    #[must_use]
    pub fn new(ring: &'a Ring) -> Self {
        Self {
            ring,
            written: 0,
            room: ring.cells.len() as u64,
        }
    }

    #[cold]
    fn wait_for_room(&mut self) {
        while self.written + CELLS_OF_TRADE > self.room {
            spin_loop();
            self.room = self.ring.read.0.load(Ordering::Acquire) + self.ring.cells.len() as u64;
        }
    }
}

impl Reports for RingWriter<'_> {
    #[inline]
    fn push(&mut self, report: Report) {
        if self.written + CELLS_OF_TRADE > self.room {
            self.wait_for_room();
        }
        let quantity = u64::from(report.quantity) << 32;
        let head = u64::from(report.kind) | u64::from(report.side) << 8 | quantity;
        let is_trade = report.kind == TRADE;
        let id = if is_trade {
            report.maker_order_id
        } else {
            report.order_id
        };
        let words = [head, report.sequence, id, report.price_ticks as u64];
        self.ring.cell(self.written).put(words);
        self.written += 1;
        if is_trade {
            let taker = &self.ring.cell(self.written).0[0];
            taker.store(report.taker_order_id, Ordering::Relaxed);
            self.written += 1;
        }
        self.ring.written.0.store(self.written, Ordering::Release);
    }
}

#[cfg(test)]
mod tests {
    use cse_wire::Side;

    use super::{Ring, RingWriter};
    use crate::engine::Reports;
    use crate::interface::{Report, ReportKind};

    const NOTHING: Report = Report::refusal(ReportKind::CancelRefused, 0, 0);

    #[test]
    fn what_one_thread_writes_another_reads_in_order_and_whole() {
        const REPORTS: u64 = 10_000;
        let of = |number: u64| {
            if number.is_multiple_of(3) {
                Report::trade(number, (number + 1, number + 2), -(number as i64), 7)
            } else {
                let terms = (Side::Sell, number as i64, number as u32);
                Report::of_order(ReportKind::Modified, number, !number, terms)
            }
        };
        let ring = Ring::new(500);
        std::thread::scope(|scope| {
            scope.spawn(|| {
                let mut writer = RingWriter::new(&ring);
                (0..REPORTS).for_each(|number| writer.push(of(number)));
            });
            let mut expected = 0;
            let mut out = [NOTHING; 48];
            while expected < REPORTS {
                let count = ring.drain(&mut out);
                for report in &out[..count] {
                    assert_eq!(*report, of(expected));
                    expected += 1;
                }
                std::thread::yield_now();
            }
        });
    }

    #[test]
    fn it_has_room_for_what_was_asked_for() {
        let ring = Ring::new(100);
        let mut writer = RingWriter::new(&ring);
        for number in 0..100 {
            writer.push(Report::trade(number, (1, 2), 3, 4));
        }
        let mut out = [NOTHING; 200];
        assert_eq!(ring.drain(&mut out), 100);
        assert_eq!(ring.drain(&mut out), 0);
    }
}
