//! The levels within a stretch of ranks, each at its place, and bitmaps of those that exist.

use alloc::boxed::Box;

use crate::level::Level;

const BITS: usize = u64::BITS as usize;

/// The widest window.
pub(crate) const WIDTH_MAX: usize = WORDS * BITS * BITS;
const WORDS: usize = 16;

/// So many levels as a word has bits, and a bit for each that exists.
#[repr(C, align(64))]
struct Block {
    levels: [Level; BITS],
    used: u64,
}

impl Block {
    const EMPTY: Self = Self {
        levels: [Level::EMPTY; BITS],
        used: 0,
    };
}

/// Ranks from `base` on, as many as there are places. Without places until the first is asked for.
#[derive(Default)]
#[repr(C)]
pub(crate) struct Window {
    base: u64,
    blocks: Box<[Block]>,
    /// A bit for each block that has a level.
    used_blocks: [u64; WORDS],
}

impl Window {
    /// A window of so many ranks: a multiple of 64, at most [`WIDTH_MAX`].
    pub(crate) fn new(base: u64, width: usize) -> Self {
        Self {
            base,
            blocks: (0..width / BITS).map(|_| Block::EMPTY).collect(),
            used_blocks: [0; WORDS],
        }
    }

    pub(crate) fn base(&self) -> u64 {
        self.base
    }

    #[inline]
    pub(crate) fn width(&self) -> usize {
        self.blocks.len() * BITS
    }

    /// How many levels exist.
    pub(crate) fn count(&self) -> usize {
        self.blocks
            .iter()
            .map(|block| block.used.count_ones() as usize)
            .sum()
    }

    /// Where a rank has its place, if it has one.
    #[inline]
    pub(crate) fn place_of(&self, rank: u64) -> Option<usize> {
        let place = rank.wrapping_sub(self.base);
        (place < self.width() as u64).then_some(place as usize)
    }

    /// The level at a place, empty where it does not exist.
    #[inline]
    pub(crate) fn at(&self, place: usize) -> &Level {
        &self.blocks[place / BITS].levels[place % BITS]
    }

    #[inline]
    pub(crate) fn at_mut(&mut self, place: usize) -> &mut Level {
        &mut self.blocks[place / BITS].levels[place % BITS]
    }

    /// The level at a place, which is to exist from now on.
    #[inline]
    pub(crate) fn open(&mut self, place: usize) -> &mut Level {
        let at = place / BITS;
        let block = &mut self.blocks[at];
        let level = &mut block.levels[place % BITS];
        if level.is_empty() {
            block.used |= 1 << (place % BITS);
            self.used_blocks[at / BITS] |= 1 << (at % BITS);
        }
        level
    }

    /// An empty level exists no longer.
    #[inline]
    pub(crate) fn close(&mut self, place: usize) {
        let at = place / BITS;
        let block = &mut self.blocks[at];
        block.used &= !(1 << (place % BITS));
        if block.used == 0 {
            self.used_blocks[at / BITS] &= !(1 << (at % BITS));
        }
    }

    /// The rank of the first level.
    #[inline]
    pub(crate) fn first(&self) -> Option<u64> {
        let (word, bits) = self
            .used_blocks
            .iter()
            .enumerate()
            .find(|&(_, &bits)| bits != 0)?;
        let at = word * BITS + bits.trailing_zeros() as usize;
        let place = at * BITS + self.blocks[at].used.trailing_zeros() as usize;
        Some(self.base + place as u64)
    }

    /// The levels that exist, with their ranks, ascending.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (u64, &Level)> {
        let blocks = self
            .used_blocks
            .iter()
            .enumerate()
            .flat_map(|(word, &bits)| bits_of(bits).map(move |bit| word * BITS + bit));
        blocks.flat_map(|at| {
            let block = &self.blocks[at];
            let base = self.base + (at * BITS) as u64;
            bits_of(block.used).map(move |bit| (base + bit as u64, &block.levels[bit]))
        })
    }
}

/// Which bits are set, ascending.
fn bits_of(mut word: u64) -> impl Iterator<Item = usize> {
    core::iter::from_fn(move || {
        let bit = word.trailing_zeros() as usize;
        word &= word.wrapping_sub(1);
        (bit < BITS).then_some(bit)
    })
}

#[cfg(test)]
mod tests {
    use alloc::vec::Vec;

    use super::{WIDTH_MAX, Window};

    #[test]
    fn levels_are_found_in_the_order_of_their_ranks() {
        let mut window = Window::new(1_000, WIDTH_MAX);
        for rank in [66_535, 1_000, 1_063, 1_064, 9_999] {
            let place = window.place_of(rank).expect("it is inside");
            window.open(place).oldest = 7;
        }
        let ranks: Vec<u64> = window.iter().map(|(rank, _)| rank).collect();
        assert_eq!(ranks, [1_000, 1_063, 1_064, 9_999, 66_535]);
        assert_eq!(window.count(), 5);
        for rank in ranks {
            assert_eq!(window.first(), Some(rank));
            window.close((rank - 1_000) as usize);
        }
        assert_eq!(window.first(), None);
    }

    #[test]
    fn what_is_outside_has_no_place() {
        let window = Window::new(1_000, 64);
        for rank in [0, 999, 1_064, u64::MAX >> 1] {
            assert_eq!(window.place_of(rank), None);
        }
    }
}
