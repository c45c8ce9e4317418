//! Which levels the command under way has touched, and what it made of them.

use alloc::vec::Vec;

use cse_book::{LevelLog, Order};
use cse_wire::{DepthChanged, Message, Side};

use super::market::Markets;

/// A level as it was before something was done to it.
struct Touched {
    market: u32,
    side: Side,
    price: u64,
    displayed: u64,
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
    /// Notes a level before it changes. Of several notes of a level the first one counts.
    #[inline]
    fn touch(&mut self, order: &Order, displayed: u64) {
        let touched = Touched {
            market: order.market,
            side: order.side,
            price: order.price(),
            displayed,
        };
        if self
            .touched
            .last()
            .is_none_or(|last| last.place() != touched.place())
        {
            self.touched.push(touched);
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
    pub(crate) fn report(&mut self, markets: &mut Markets, out: &mut Vec<u8>) {
        fault!(LastNoteCounts, self.touched.reverse());
        if self.touched.len() > 1 {
            // A stable sort, so that the first note of a level stays first.
            self.touched.sort_by_key(Touched::place);
            self.touched.dedup_by_key(|touched| touched.place());
        }
        for touched in &self.touched {
            let market = markets.at_mut(touched.market);
            let quantity = market.ladder(touched.side).displayed(touched.price);
            if quantity == touched.displayed {
                continue;
            }
            market.state.book_sequence += 1;
            DepthChanged {
                market: touched.market,
                side: touched.side as u8,
                reserved: [0; 3],
                book_sequence: market.state.book_sequence,
                price: touched.price,
                quantity,
            }
            .append(out);
        }
    }
}
