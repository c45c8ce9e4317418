//! The core's books and its matching without accounts, balances, fees, events and chain.

use cse_book::{Book, IdTable, MatchEnd, Matching, Order, Orders, match_incoming, opposite};

use crate::steps::Step;

/// Books of any number of markets.
#[derive(Default)]
pub struct Books {
    books: Vec<Book>,
    /// Each with its id.
    orders: Orders<u64>,
    ids: IdTable,
    last_order_id: u64,
    /// Trades so far.
    pub trades: u64,
    /// The sum of price times lots of all trades.
    pub turnover: u64,
    /// Cancels of orders that were not open.
    pub missed: u64,
}

/// An order under way.
struct Passage<'a> {
    books: &'a mut Books,
    order: &'a mut Order,
}

impl Matching for Passage<'_> {
    const MEETINGS_MAX: usize = usize::MAX;

    #[inline]
    fn is_satisfied(&self) -> bool {
        self.order.shown == 0
    }

    #[inline]
    fn first_maker(&self) -> Option<u32> {
        let book = &self.books.books[self.order.market as usize - 1];
        book.ladder(opposite(self.order.side))
            .first_within(Some(self.order.price()))
    }

    #[inline]
    fn is_due(&self, _slot: u32) -> bool {
        false
    }

    #[inline]
    fn lots_with(&self, slot: u32) -> u64 {
        self.books.orders[slot].shown.min(self.order.shown)
    }

    #[inline]
    fn is_own(&self, _slot: u32) -> bool {
        false
    }

    fn expire(&mut self, _slot: u32) {}

    fn prevent(&mut self, _slot: u32, _lots: u64) -> bool {
        false
    }

    #[inline]
    fn trade(&mut self, slot: u32, lots: u64) {
        let Books { books, orders, .. } = self.books;
        let book = &mut books[self.order.market as usize - 1];
        book.ladder_mut(opposite(self.order.side))
            .take_first(orders, lots, &mut ());
        self.order.shown -= lots;
        let price = orders[slot].price();
        if orders[slot].shown == 0 {
            self.books.ids.remove(*orders.details(slot));
            orders.remove(slot);
        }
        self.books.trades += 1;
        self.books.turnover += price * lots;
    }
}

impl Books {
    /// Empty books.
    #[must_use]
    pub fn new(markets: u32) -> Self {
        Self {
            books: (0..markets).map(|_| Book::default()).collect(),
            ..Self::default()
        }
    }

    /// Carries out one step.
    #[inline]
    pub fn apply(&mut self, step: Step) {
        match step {
            Step::Place {
                market,
                side,
                price,
                lots,
            } => {
                self.last_order_id += 1;
                self.place(Order::new(0, market, side, price, lots));
            }
            Step::Cancel { order_id } => self.cancel(order_id),
        }
    }

    fn place(&mut self, mut order: Order) {
        let end = match_incoming(&mut Passage {
            books: self,
            order: &mut order,
        });
        if end == MatchEnd::Exhausted {
            let (id, side) = (self.last_order_id, order.side);
            let book = &mut self.books[order.market as usize - 1];
            let slot = self.orders.insert(order, 0, id);
            self.ids.insert(id, slot);
            book.ladder_mut(side).join(&mut self.orders, slot, &mut ());
        }
    }

    fn cancel(&mut self, order_id: u64) {
        let Some(slot) = self.ids.get(order_id) else {
            self.missed += 1;
            return;
        };
        let Order { market, side, .. } = self.orders[slot];
        let book = &mut self.books[market as usize - 1];
        book.ladder_mut(side).leave(&mut self.orders, slot, &mut ());
        self.ids.remove(order_id);
        self.orders.remove(slot);
    }
}
