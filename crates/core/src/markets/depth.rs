//! Which levels the command under way has touched, and what it made of them.

use alloc::vec::Vec;

use cse_book::{LevelLog, Order};
use cse_wire::{DepthChanged, Message, Side};

use super::market::Markets;

/// What a level displayed before something was done to it, and displays now.
struct Touched {
    market: u32,
    side: Side,
    price: u64,
    before: u64,
    now: u64,
}

impl Touched {
    fn place(&self) -> (u32, Side, u64) {
        (self.market, self.side, self.price)
    }
}

/// The levels touched, in the order of touching.
#[derive(Default)]
pub(crate) struct DepthLog {
    touched: Vec<Touched>,
}

impl LevelLog for DepthLog {
    /// Notes what has become of a level. Of several notes of a level the first one says what was.
    #[inline]
    fn changed(&mut self, order: &Order, before: u64, now: u64) {
        let touched = Touched {
            market: order.market,
            side: order.side,
            price: order.price(),
            before,
            now,
        };
        match self.touched.last_mut() {
            Some(last) if last.place() == touched.place() => last.now = now,
            _ => self.touched.push(touched),
        }
    }
}

impl DepthLog {
    /// Begins a command: nothing is touched yet.
    #[inline]
    pub(crate) fn begin(&mut self) {
        self.touched.clear();
    }

    /// Whether a level of the market was touched, once all is told.
    pub(crate) fn has_touched(&self, market: u32) -> bool {
        self.touched
            .binary_search_by_key(&market, |touched| touched.market)
            .is_ok()
    }

    /// Ends a command: tells what is displayed otherwise than before, by market, side and price.
    #[inline]
    pub(crate) fn report(&mut self, markets: &mut Markets, out: &mut Vec<u8>) {
        if self.touched.len() > 1 {
            self.join_notes();
        }
        for touched in &self.touched {
            if touched.now == touched.before {
                continue;
            }
            let state = &mut markets.at_mut(touched.market).state;
            state.book_sequence += 1;
            DepthChanged {
                market: touched.market,
                side: touched.side as u8,
                reserved: [0; 3],
                book_sequence: state.book_sequence,
                price: touched.price,
                quantity: touched.now,
            }
            .append(out);
        }
    }

    /// Makes one note of all those of a level.
    fn join_notes(&mut self) {
        // A stable sort, so that the notes of a level stay in their order.
        self.touched.sort_by_key(Touched::place);
        self.touched.dedup_by(|later, first| {
            let is_same = later.place() == first.place();
            if is_same {
                first.now = later.now;
                fault!(LastNoteCounts, first.before = later.before);
            }
            is_same
        });
    }
}
