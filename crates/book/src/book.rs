//! Both sides of a book.

use cse_wire::Side;

use crate::ladder::Ladder;

/// Both sides of a market's book.
pub struct Book {
    bids: Ladder,
    asks: Ladder,
}

impl Default for Book {
    fn default() -> Self {
        Self {
            bids: Ladder::new(Side::Buy),
            asks: Ladder::new(Side::Sell),
        }
    }
}

impl Book {
    /// Has brought near what every order that comes or goes looks at.
    #[inline]
    pub fn prefetch(&self) {
        self.bids.prefetch();
        self.asks.prefetch();
    }

    /// One side.
    #[inline]
    #[must_use]
    pub fn ladder(&self, side: Side) -> &Ladder {
        match side {
            Side::Buy => &self.bids,
            Side::Sell => &self.asks,
        }
    }

    /// One side, to be changed.
    #[inline]
    pub fn ladder_mut(&mut self, side: Side) -> &mut Ladder {
        match side {
            Side::Buy => &mut self.bids,
            Side::Sell => &mut self.asks,
        }
    }
}
