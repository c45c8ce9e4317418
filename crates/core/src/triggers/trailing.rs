//! How far a trailing stop stays behind the price.

use cse_wire::{PPM, PRICE_LIMIT};

use super::watch::Direction;

const ONE: u64 = PPM as u64;
const HIGHEST: u64 = PRICE_LIMIT - 1;

/// The distance that a trailing stop keeps.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Trail {
    Ticks(u64),
    Ppm(u64),
}

impl Trail {
    /// The delta as it was ordered.
    pub(crate) fn delta(self) -> u64 {
        match self {
            Self::Ticks(delta) | Self::Ppm(delta) => delta,
        }
    }

    /// The stop price that belongs to a price. It is rounded away from the price.
    pub(crate) fn stop_at(self, direction: Direction, price: u64) -> u64 {
        match (direction, self) {
            (Direction::Down, Self::Ticks(delta)) => price.saturating_sub(delta).max(1),
            (Direction::Down, Self::Ppm(delta)) => {
                let rounding = fault!(TrailRoundedTowardsThePrice, ONE - 1, 0);
                ((price * (ONE - delta) + rounding) / ONE).max(1)
            }
            (Direction::Up, Self::Ticks(delta)) => (price + delta).min(HIGHEST),
            (Direction::Up, Self::Ppm(delta)) => (price * (ONE + delta)).div_ceil(ONE).min(HIGHEST),
        }
    }

    /// A price to which a stop price belongs, the farthest one from the market; none where it
    /// belongs to none.
    pub(crate) fn price_of(self, direction: Direction, stop: u64) -> Option<u64> {
        let price = match (direction, self) {
            (Direction::Down, _) if stop == 1 => 1,
            (Direction::Up, _) if stop == HIGHEST => HIGHEST,
            (Direction::Down, Self::Ticks(delta)) => stop + delta,
            (Direction::Down, Self::Ppm(delta)) => (stop * ONE).div_ceil(ONE - delta),
            (Direction::Up, Self::Ticks(delta)) => stop.saturating_sub(delta),
            (Direction::Up, Self::Ppm(delta)) => stop * ONE / (ONE + delta),
        };
        let is_price = (1..PRICE_LIMIT).contains(&price);
        (is_price && self.stop_at(direction, price) == stop).then_some(price)
    }
}

#[cfg(test)]
mod tests {
    use super::{Direction, HIGHEST, Trail};

    #[test]
    fn a_stop_is_rounded_away_from_the_price() {
        let cases = [
            (Direction::Down, Trail::Ticks(100), 1_050, 950),
            (Direction::Down, Trail::Ticks(100), 50, 1),
            (Direction::Down, Trail::Ppm(70_000), 4_550_000, 4_231_500),
            (Direction::Down, Trail::Ppm(70_000), 101, 93),
            (Direction::Down, Trail::Ppm(999_999), 5, 1),
            (Direction::Up, Trail::Ticks(100), 1_050, 1_150),
            (Direction::Up, Trail::Ticks(100), HIGHEST - 5, HIGHEST),
            (Direction::Up, Trail::Ppm(70_000), 101, 109),
            (Direction::Up, Trail::Ppm(999_999), HIGHEST, HIGHEST),
        ];
        for (direction, trail, price, stop) in cases {
            assert_eq!(trail.stop_at(direction, price), stop);
        }
    }

    #[test]
    fn the_price_of_a_stop_has_that_stop() {
        let trails = [1, 7, 999, 1_000_000, HIGHEST]
            .map(Trail::Ticks)
            .into_iter()
            .chain([1, 3, 70_000, 500_000, 999_999].map(Trail::Ppm));
        let prices = [1, 2, 3, 7, 101, 4_550_000, HIGHEST - 1, HIGHEST];
        for trail in trails {
            for direction in [Direction::Down, Direction::Up] {
                for price in prices {
                    let stop = trail.stop_at(direction, price);
                    let found = trail
                        .price_of(direction, stop)
                        .expect("it belongs to a price");
                    assert_eq!(trail.stop_at(direction, found), stop);
                }
            }
        }
        assert_eq!(Trail::Ticks(5).price_of(Direction::Up, 5), None);
        assert_eq!(Trail::Ppm(500_000).price_of(Direction::Down, HIGHEST), None);
    }
}
