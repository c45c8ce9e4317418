//! Books of the standard library's parts, as one would write them first: what the core's speed is
//! held against in the same run. They have no accounts, balances, fees, events or journal.

use std::collections::{BTreeMap, HashMap, VecDeque};

use cse_wire::Side;

use crate::steps::Step;

/// Levels are queues of order ids; a cancelled order leaves its id behind until it comes to the head.
#[derive(Default)]
struct Book {
    bids: BTreeMap<u64, VecDeque<u64>>,
    asks: BTreeMap<u64, VecDeque<u64>>,
}

/// The books of any number of markets.
#[derive(Default)]
pub struct Yardstick {
    books: Vec<Book>,
    remaining: HashMap<u64, u64>,
    last_order_id: u64,
    /// Trades so far.
    pub trades: u64,
}

impl Yardstick {
    /// Empty books.
    #[must_use]
    pub fn new(markets: u32) -> Self {
        Self {
            books: (0..markets).map(|_| Book::default()).collect(),
            ..Self::default()
        }
    }

    /// Carries out one step.
    pub fn apply(&mut self, step: Step) {
        match step {
            Step::Place {
                market,
                side,
                price,
                lots,
            } => self.place(market, side == Side::Buy, price, lots),
            Step::Cancel { order_id } => {
                self.remaining.remove(&order_id);
            }
        }
    }

    fn place(&mut self, market: u32, is_buy: bool, price: u64, lots: u64) {
        self.last_order_id += 1;
        let wanted = self.take(market, is_buy, price, lots);
        if wanted > 0 {
            let book = &mut self.books[market as usize - 1];
            let side = if is_buy {
                &mut book.bids
            } else {
                &mut book.asks
            };
            side.entry(price).or_default().push_back(self.last_order_id);
            self.remaining.insert(self.last_order_id, wanted);
        }
    }

    /// Trades with the other side as far as prices cross; returns what is still wanted.
    fn take(&mut self, market: u32, is_buy: bool, limit: u64, mut wanted: u64) -> u64 {
        let book = &mut self.books[market as usize - 1];
        while wanted > 0 {
            let best = if is_buy {
                book.asks.first_entry()
            } else {
                book.bids.last_entry()
            };
            let Some(mut level) = best else { break };
            let price = *level.key();
            if (is_buy && price > limit) || (!is_buy && price < limit) {
                break;
            }
            let Some(&maker) = level.get().front() else {
                level.remove();
                continue;
            };
            let Some(remaining) = self.remaining.get_mut(&maker) else {
                level.get_mut().pop_front();
                continue;
            };
            let traded = wanted.min(*remaining);
            wanted -= traded;
            *remaining -= traded;
            self.trades += 1;
            if *remaining == 0 {
                self.remaining.remove(&maker);
                level.get_mut().pop_front();
            }
        }
        wanted
    }
}
