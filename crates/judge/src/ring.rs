//! A ring of reports from the matching thread to the one that takes them away. It is made of atomic
//! words, a cache line a report, so that a report is built where it will be read.

use std::sync::atomic::{AtomicU64, Ordering};

use crate::engine::Reports;
use crate::interface::Report;

const WORDS: usize = size_of::<Report>() / 8;

#[derive(Default)]
#[repr(align(64))]
struct Line([AtomicU64; WORDS]);

/// A counter that shares its cache lines with nothing: neighbouring lines are fetched in pairs.
#[derive(Default)]
#[repr(align(128))]
struct Counter(AtomicU64);

/// One thread writes, another reads.
pub struct Ring {
    lines: Box<[Line]>,
    mask: u64,
    written: Counter,
    read: Counter,
}

impl Ring {
    /// A ring with room for `capacity` reports at least. All of its memory has been touched.
    #[must_use]
    pub fn new(capacity: usize) -> Self {
        let lines = capacity.max(1).next_power_of_two();
        Self {
            lines: (0..lines).map(|_| Line::default()).collect(),
            mask: lines as u64 - 1,
            written: Counter::default(),
            read: Counter::default(),
        }
    }

    /// Takes as many reports as are there and `out` has room for; returns how many. One thread only.
    pub fn drain(&self, out: &mut [Report]) -> usize {
        let start = self.read.0.load(Ordering::Relaxed);
        let there = self.written.0.load(Ordering::Acquire) - start;
        let count = there.min(out.len() as u64);
        for (place, report) in (start..start + count).zip(out) {
            *report = self.line(place).get();
        }
        self.read.0.store(start + count, Ordering::Release);
        count as usize
    }

    #[inline]
    fn line(&self, place: u64) -> &Line {
        &self.lines[(place & self.mask) as usize]
    }
}

impl Line {
    #[inline]
    fn put(&self, report: &Report) {
        let words = [
            u64::from(report.kind) | u64::from(report.side) << 8,
            report.sequence,
            report.order_id,
            report.price_ticks as u64,
            u64::from(report.quantity),
            report.maker_order_id,
            report.taker_order_id,
            0,
        ];
        for (word, value) in self.0.iter().zip(words) {
            word.store(value, Ordering::Relaxed);
        }
    }

    #[inline]
    fn get(&self) -> Report {
        let word = |index: usize| self.0[index].load(Ordering::Relaxed);
        Report {
            kind: word(0) as u8,
            side: (word(0) >> 8) as u8,
            reserved: [0; 6],
            sequence: word(1),
            order_id: word(2),
            price_ticks: word(3) as i64,
            quantity: word(4) as u32,
            padding: 0,
            maker_order_id: word(5),
            taker_order_id: word(6),
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
            room: ring.lines.len() as u64,
        }
    }

    #[cold]
    fn wait_for_room(&mut self) {
        while self.written == self.room {
            core::hint::spin_loop();
            self.room = self.ring.read.0.load(Ordering::Acquire) + self.ring.lines.len() as u64;
        }
    }
}

impl Reports for RingWriter<'_> {
    #[inline]
    fn push(&mut self, report: Report) {
        if self.written == self.room {
            self.wait_for_room();
        }
        self.ring.line(self.written).put(&report);
        self.written += 1;
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
        const REPORTS: u64 = 100_000;
        let of = |number: u64| {
            if number.is_multiple_of(3) {
                Report::trade(number, (number + 1, number + 2), -(number as i64), 7)
            } else {
                let terms = (Side::Sell, number as i64, number as u32);
                Report::of_order(ReportKind::Modified, number, !number, terms)
            }
        };
        let ring = Ring::new(64);
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
        for _ in 0..100 {
            writer.push(NOTHING);
        }
        let mut out = [NOTHING; 200];
        assert_eq!(ring.drain(&mut out), 100);
        assert_eq!(ring.drain(&mut out), 0);
    }
}
