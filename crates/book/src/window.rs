//! The levels within a stretch of ranks, each at its place, and a bitmap of those that exist.

use alloc::vec;
use alloc::vec::Vec;

use crate::level::Level;

const BITS: usize = u64::BITS as usize;

/// Ranks from `base` on, as many as there are places. Without places until the first is asked for.
#[derive(Default)]
pub(crate) struct Window {
    base: u64,
    levels: Vec<Level>,
    /// A bit for each place whose level exists.
    used: Vec<u64>,
    /// A bit for each word of `used` that is not 0.
    used_words: Vec<u64>,
    count: usize,
}

impl Window {
    /// A window of so many ranks, a power of two of at least 64.
    pub(crate) fn new(base: u64, width: usize) -> Self {
        Self {
            base,
            levels: vec![Level::EMPTY; width],
            used: vec![0; width / BITS],
            used_words: vec![0; width.div_ceil(BITS * BITS)],
            count: 0,
        }
    }

    pub(crate) fn base(&self) -> u64 {
        self.base
    }

    pub(crate) fn width(&self) -> usize {
        self.levels.len()
    }

    /// How many levels exist.
    pub(crate) fn count(&self) -> usize {
        self.count
    }

    /// Where a rank has its place, if it has one.
    #[inline]
    pub(crate) fn place_of(&self, rank: u64) -> Option<usize> {
        let place = rank.wrapping_sub(self.base);
        (place < self.levels.len() as u64).then_some(place as usize)
    }

    /// The level at a place, empty where it does not exist.
    #[inline]
    pub(crate) fn at(&self, place: usize) -> &Level {
        &self.levels[place]
    }

    #[inline]
    pub(crate) fn at_mut(&mut self, place: usize) -> &mut Level {
        &mut self.levels[place]
    }

    /// The level at a place, which is to exist from now on.
    #[inline]
    pub(crate) fn open(&mut self, place: usize) -> &mut Level {
        let level = &mut self.levels[place];
        if level.is_empty() {
            self.count += 1;
            self.used[place / BITS] |= 1 << (place % BITS);
            self.used_words[place / BITS / BITS] |= 1 << (place / BITS % BITS);
        }
        level
    }

    /// A level exists no longer.
    #[inline]
    pub(crate) fn close(&mut self, place: usize) {
        self.count -= 1;
        self.levels[place] = Level::EMPTY;
        let word = &mut self.used[place / BITS];
        *word &= !(1 << (place % BITS));
        if *word == 0 {
            self.used_words[place / BITS / BITS] &= !(1 << (place / BITS % BITS));
        }
    }

    /// The rank of the first level.
    #[inline]
    pub(crate) fn first(&self) -> Option<u64> {
        let (at, words) = self
            .used_words
            .iter()
            .enumerate()
            .find(|&(_, &words)| words != 0)?;
        let word = at * BITS + words.trailing_zeros() as usize;
        let place = word * BITS + self.used[word].trailing_zeros() as usize;
        Some(self.base + place as u64)
    }

    /// The levels that exist, with their ranks, ascending.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (u64, &Level)> {
        bits_of(&self.used_words).flat_map(move |word| {
            bits_of(&self.used[word..=word]).map(move |bit| {
                let place = word * BITS + bit;
                (self.base + place as u64, &self.levels[place])
            })
        })
    }
}

/// Which bits are set, ascending.
fn bits_of(words: &[u64]) -> impl Iterator<Item = usize> {
    words.iter().enumerate().flat_map(|(at, &word)| {
        let mut left = word;
        core::iter::from_fn(move || {
            let bit = left.trailing_zeros() as usize;
            left &= left.wrapping_sub(1);
            (bit < BITS).then_some(at * BITS + bit)
        })
    })
}

#[cfg(test)]
mod tests {
    use alloc::vec::Vec;

    use super::Window;

    #[test]
    fn levels_are_found_in_the_order_of_their_ranks() {
        let mut window = Window::new(1_000, 16_384);
        for rank in [17_383, 1_000, 1_063, 1_064, 9_999] {
            let place = window.place_of(rank).expect("it is inside");
            window.open(place).oldest = 7;
        }
        let ranks: Vec<u64> = window.iter().map(|(rank, _)| rank).collect();
        assert_eq!(ranks, [1_000, 1_063, 1_064, 9_999, 17_383]);
        for rank in ranks {
            assert_eq!(window.first(), Some(rank));
            window.close((rank - 1_000) as usize);
        }
        assert_eq!(window.first(), None);
        assert_eq!(window.count(), 0);
    }

    #[test]
    fn what_is_outside_has_no_place() {
        let window = Window::new(1_000, 64);
        for rank in [0, 999, 1_064, u64::MAX >> 1] {
            assert_eq!(window.place_of(rank), None);
        }
    }
}
