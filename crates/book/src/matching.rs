//! Matching: best price first, oldest first, at the maker's price.

/// What decides about an incoming order and the orders that it meets. A slot is that of the oldest
/// order at the best price of the opposite side, which crosses.
pub trait Matching {
    /// The most orders that the incoming one meets.
    const MEETINGS_MAX: usize;

    /// Whether nothing more is wanted.
    fn is_satisfied(&self) -> bool;

    /// The slot of the next order, if one crosses: [`crate::Ladder::first_within`].
    fn first_maker(&self) -> Option<u32>;

    /// Whether a maker's time has come, so that it is to go and not to trade.
    fn is_due(&self, slot: u32) -> bool;

    /// The lots that would trade with a maker, at most what it shows.
    fn lots_with(&self, slot: u32) -> u64;

    /// Whether the incoming order is not to trade with a maker.
    fn is_own(&self, slot: u32) -> bool;

    /// Whether matching is to end rather than that a trade with a maker is made.
    #[inline]
    fn ends_before(&mut self, _slot: u32) -> bool {
        false
    }

    /// Has a maker that is due leave the book.
    fn expire(&mut self, slot: u32);

    /// Does what is done instead of a trade; says whether matching is to end for it. Where it is not,
    /// the maker has left the book, or has less to show, or the incoming order wants less.
    fn prevent(&mut self, slot: u32, lots: u64) -> bool;

    /// Trades: [`crate::Ladder::take_first`], and all that goes with it.
    fn trade(&mut self, slot: u32, lots: u64);
}

/// Why matching stopped.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MatchEnd {
    /// Nothing more is wanted, or no whole lot more can be paid.
    Satisfied,
    /// No order is left that crosses.
    Exhausted,
    /// It met an own order, and is to close for it.
    Prevented,
    /// One command may bring about no more meetings.
    Bounded,
    /// The next trade was not to be made.
    Interrupted,
}

impl MatchEnd {
    /// Whether what is left may rest: nothing that it should meet is in the book.
    #[inline]
    #[must_use]
    pub const fn leaves_rest(self) -> bool {
        matches!(self, Self::Exhausted | Self::Interrupted)
    }
}

/// Matches an incoming order against the opposite side.
#[inline]
pub fn match_incoming<M: Matching>(incoming: &mut M) -> MatchEnd {
    let mut meetings = 0;
    loop {
        if incoming.is_satisfied() {
            return MatchEnd::Satisfied;
        }
        let Some(slot) = incoming.first_maker() else {
            return MatchEnd::Exhausted;
        };
        let is_due = incoming.is_due(slot);
        let lots = incoming.lots_with(slot);
        if lots == 0 && !is_due {
            return MatchEnd::Satisfied;
        }
        let most = fault!(OneMeetingTooMany, M::MEETINGS_MAX + 1, M::MEETINGS_MAX);
        if meetings == most {
            return MatchEnd::Bounded;
        }
        meetings += 1;
        if is_due {
            incoming.expire(slot);
        } else if !incoming.is_own(slot) {
            if incoming.ends_before(slot) {
                return MatchEnd::Interrupted;
            }
            incoming.trade(slot, lots);
        } else if incoming.prevent(slot, lots) {
            return MatchEnd::Prevented;
        }
    }
}
