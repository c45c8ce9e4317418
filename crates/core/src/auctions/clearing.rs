//! The price at which an auction trades the most.

use alloc::collections::BTreeMap;

use cse_book::NONE;
use cse_wire::Side;

use crate::exchange::Exchange;
use crate::markets::Market;

/// What an auction trades at its price.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Clearing {
    pub(crate) price: u64,
    pub(crate) volume: u128,
    /// Lots by which one side has more at the price, and which.
    pub(crate) surplus: u128,
    pub(crate) surplus_side: Option<Side>,
}

/// A level, with the lots that are left to trade there.
#[derive(Clone, Copy)]
struct Level {
    price: u64,
    lots: u128,
}

/// One side, best price first, level by level.
struct Levels<L> {
    behind: L,
    first: Option<Level>,
}

impl<L: Iterator<Item = (u64, u128)>> Levels<L> {
    fn new(levels: L) -> Self {
        let mut levels = Self {
            behind: levels,
            first: None,
        };
        levels.go_on();
        levels
    }

    fn go_on(&mut self) {
        self.first = self
            .behind
            .next()
            .map(|(price, lots)| Level { price, lots });
    }

    fn take(&mut self, lots: u128) {
        if let Some(first) = &mut self.first {
            first.lots -= lots;
            if first.lots == 0 {
                self.go_on();
            }
        }
    }
}

/// The price of a call auction: the most lots, then the least surplus, then towards where lots are
/// short, then the nearest to the reference. Levels come best first, none of them empty; only those
/// that trade are looked at, and one or two more. `None` where nothing trades.
pub(crate) fn clearing(
    bids: impl Iterator<Item = (u64, u128)>,
    asks: impl Iterator<Item = (u64, u128)>,
    reference: Option<u64>,
) -> Option<Clearing> {
    let (mut bids, mut asks) = (Levels::new(bids), Levels::new(asks));
    let mut volume = 0;
    // The prices of the worst orders that trade: at any price between them as much does.
    let (mut lowest, mut highest) = (0, 0);
    while let (Some(bid), Some(ask)) = (bids.first, asks.first)
        && bid.price >= ask.price
    {
        let lots = bid.lots.min(ask.lots);
        volume += lots;
        (lowest, highest) = (ask.price, bid.price);
        bids.take(lots);
        asks.take(lots);
    }
    if volume == 0 {
        return None;
    }
    // The levels that come next: nothing of them has traded, or not all.
    let (price, surplus, surplus_side) = match (bids.first, asks.first) {
        // Every price leaves bids over, the highest the fewest; below, the same of asks.
        (Some(bid), _) if bid.price == highest => {
            let price = fault!(AuctionPressureTheOtherWay, lowest, highest);
            (price, bid.lots, Some(Side::Buy))
        }
        (_, Some(ask)) if ask.price == lowest => (lowest, ask.lots, Some(Side::Sell)),
        // No price lies between the next bids and the next asks, so one or the other are left over.
        (Some(bid), Some(ask)) if bid.price + 1 == ask.price && bid.price >= lowest => {
            let price = if bid.lots == ask.lots {
                bids.go_on();
                asks.go_on();
                nearest(between(&bids, &asks, lowest, highest), reference)
            } else if fault!(
                AuctionTakesTheLargerSurplus,
                bid.lots > ask.lots,
                bid.lots < ask.lots
            ) {
                bid.price
            } else {
                ask.price
            };
            if price <= bid.price {
                (price, bid.lots, Some(Side::Buy))
            } else {
                (price, ask.lots, Some(Side::Sell))
            }
        }
        _ => {
            let price = nearest(between(&bids, &asks, lowest, highest), reference);
            (price, 0, None)
        }
    };
    Some(Clearing {
        price,
        volume,
        surplus,
        surplus_side,
    })
}

/// The prices from `lowest` to `highest` that are between the levels that come next.
fn between<B, A>(bids: &Levels<B>, asks: &Levels<A>, lowest: u64, highest: u64) -> (u64, u64) {
    let above = |next: Level| lowest.max(next.price + 1);
    let below = |next: Level| highest.min(next.price - 1);
    (
        bids.first.map_or(lowest, above),
        asks.first.map_or(highest, below),
    )
}

/// The price of a stretch that is nearest to the reference, or its middle.
fn nearest((from, to): (u64, u64), reference: Option<u64>) -> u64 {
    let nearest = reference.unwrap_or((from + to) / 2).clamp(from, to);
    fault!(AuctionIgnoresTheReference, from, nearest)
}

impl Exchange {
    /// What a market would trade if its auction ended at a time.
    pub(crate) fn clearing_of(&self, market: &Market, time_us: i64) -> Option<Clearing> {
        let due = self.due_lots(market.state.market, time_us);
        let levels = |side: Side| {
            let due = &due;
            market
                .ladder(side)
                .remaining_levels()
                .map(move |(price, lots)| {
                    let gone = due.get(&(side, price)).copied().unwrap_or(0);
                    (price, lots - fault!(AuctionCountsTheDue, 0, gone))
                })
                .filter(|&(_, lots)| lots > 0)
        };
        clearing(
            levels(Side::Buy),
            levels(Side::Sell),
            market.reference_price(),
        )
    }

    /// The lots of a market's orders that are due and rest still, by side and price.
    fn due_lots(&self, market: u32, time_us: i64) -> BTreeMap<(Side, u64), u128> {
        let mut lots = BTreeMap::new();
        for slot in self
            .expiries
            .due(time_us)
            .filter_map(|order_id| self.orders.slot_of(order_id))
        {
            let order = &self.orders[slot];
            let rests = self.orders.details(slot).trigger == NONE;
            if order.market == market && rests {
                *lots.entry((order.side, order.price())).or_default() +=
                    u128::from(self.orders.remaining(slot));
            }
        }
        lots
    }
}

#[cfg(test)]
mod tests {
    use alloc::vec::Vec;

    use super::{Clearing, Side, clearing};

    type Levels = Vec<(u64, u128)>;

    /// The rule as it is written: every price is tried.
    fn by_trying(bids: &Levels, asks: &Levels, reference: Option<u64>) -> Option<Clearing> {
        let demand = |price| -> u128 {
            let at_or_above = bids.iter().filter(|level| level.0 >= price);
            at_or_above.map(|level| level.1).sum()
        };
        let supply = |price| -> u128 {
            let at_or_below = asks.iter().filter(|level| level.0 <= price);
            at_or_below.map(|level| level.1).sum()
        };
        let tried: Vec<(u64, u128, u128)> = (1..30)
            .map(|price| (price, demand(price), supply(price)))
            .collect();
        let volume = tried.iter().map(|&(_, d, s)| d.min(s)).max()?;
        if volume == 0 {
            return None;
        }
        let most: Vec<_> = tried
            .iter()
            .filter(|&&(_, d, s)| d.min(s) == volume)
            .collect();
        let surplus = most.iter().map(|&&(_, d, s)| d.abs_diff(s)).min()?;
        let best: Vec<_> = most
            .into_iter()
            .filter(|&&(_, d, s)| d.abs_diff(s) == surplus)
            .collect();
        let (lowest, highest) = (best.first()?.0, best.last()?.0);
        let price = if best.iter().all(|&&(_, d, s)| d > s) {
            highest
        } else if best.iter().all(|&&(_, d, s)| d < s) {
            lowest
        } else {
            let aim = reference.unwrap_or((lowest + highest) / 2);
            best.iter()
                .map(|found| found.0)
                .min_by_key(|&price| (price.abs_diff(aim), price))?
        };
        let (d, s) = (demand(price), supply(price));
        let surplus_side = match d.cmp(&s) {
            core::cmp::Ordering::Greater => Some(Side::Buy),
            core::cmp::Ordering::Less => Some(Side::Sell),
            core::cmp::Ordering::Equal => None,
        };
        Some(Clearing {
            price,
            volume,
            surplus,
            surplus_side,
        })
    }

    #[test]
    fn the_table_of_the_rules_holds() {
        type Case = (
            &'static [(u64, u128)],
            &'static [(u64, u128)],
            Option<u64>,
            (u64, u128, u128, Option<Side>),
        );
        let cases: &[Case] = &[
            (
                &[(105, 10), (101, 5)],
                &[(100, 8)],
                Some(103),
                (105, 8, 2, Some(Side::Buy)),
            ),
            (
                &[(105, 4)],
                &[(100, 9), (102, 3)],
                Some(103),
                (100, 4, 5, Some(Side::Sell)),
            ),
            (&[(105, 6)], &[(100, 6)], Some(103), (103, 6, 0, None)),
            (&[(105, 6)], &[(100, 6)], Some(110), (105, 6, 0, None)),
            (&[(105, 6)], &[(101, 6)], None, (103, 6, 0, None)),
            (
                &[(105, 5), (101, 5)],
                &[(100, 5), (102, 3)],
                None,
                (102, 5, 3, Some(Side::Sell)),
            ),
        ];
        for &(bids, asks, reference, (price, volume, surplus, surplus_side)) in cases {
            let found = clearing(bids.iter().copied(), asks.iter().copied(), reference);
            let expected = Clearing {
                price,
                volume,
                surplus,
                surplus_side,
            };
            assert_eq!(found, Some(expected), "{bids:?} and {asks:?}");
        }
    }

    #[test]
    fn the_price_is_the_one_that_trying_every_price_finds() {
        let mut state = 1_u64;
        let mut below = |bound: u64| {
            state = state
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1);
            (state >> 33) % bound
        };
        for _ in 0..20_000 {
            let mut side = || -> Levels {
                let mut levels = Levels::new();
                for price in 5..25 {
                    if below(4) == 0 {
                        levels.push((price, u128::from(1 + below(4))));
                    }
                }
                levels
            };
            let (mut bids, asks) = (side(), side());
            bids.reverse();
            let reference = Some(1 + below(29)).filter(|_| below(2) == 0);
            let found = clearing(bids.iter().copied(), asks.iter().copied(), reference);
            assert_eq!(
                found,
                by_trying(&bids, &asks, reference),
                "{bids:?} and {asks:?} at {reference:?}"
            );
        }
    }
}
