//! The levels within a stretch of ranks, and bitmaps of those that exist.
//!
//! Orders come at prices that nobody has looked at for long, and what is asked of such a place costs a
//! line of some far cache. So a place is two bytes that lead to its level, and whether they do is asked
//! of the bitmaps alone: what orders go through all the time stays in near caches.

use alloc::boxed::Box;
use alloc::vec;
use alloc::vec::Vec;

use cse_prefetch::prefetch;

use crate::level::Level;

const BITS: usize = u64::BITS as usize;

/// The widest window: as wide as there are numbers.
pub(crate) const WIDTH_MAX: usize = WORDS * BITS * BITS;
const WORDS: usize = 16;

/// Ranks from `base` on, as many as there are places. Without places until the first is asked for.
#[derive(Default)]
#[repr(C)]
pub(crate) struct Window {
    base: u64,
    /// For each place the number of its level; anything where that does not exist.
    numbers: Box<[u16]>,
    levels: Vec<Level>,
    /// Numbers that lead to no level; the one last given back is the next to be used.
    free: Vec<u16>,
    /// A bit for each level that exists.
    used: Box<[u64]>,
    /// A bit for each word of those that is not 0.
    used_words: [u64; WORDS],
    /// And a bit for each of these.
    used_lines: u64,
}

impl Window {
    /// A window of so many ranks: a multiple of 64, at most [`WIDTH_MAX`].
    pub(crate) fn new(base: u64, width: usize) -> Self {
        Self {
            base,
            numbers: vec![0; width].into_boxed_slice(),
            levels: Vec::new(),
            free: Vec::new(),
            used: vec![0; width / BITS].into_boxed_slice(),
            used_words: [0; WORDS],
            used_lines: 0,
        }
    }

    pub(crate) fn base(&self) -> u64 {
        self.base
    }

    #[inline]
    pub(crate) fn width(&self) -> usize {
        self.numbers.len()
    }

    /// How many levels exist.
    pub(crate) fn count(&self) -> usize {
        self.used
            .iter()
            .map(|bits| bits.count_ones() as usize)
            .sum()
    }

    /// Where a rank has its place, if it has one.
    #[inline]
    pub(crate) fn place_of(&self, rank: u64) -> Option<usize> {
        let place = rank.wrapping_sub(self.base);
        (place < self.width() as u64).then_some(place as usize)
    }

    /// The level at a place, if it exists.
    #[inline]
    pub(crate) fn get(&self, place: usize) -> Option<&Level> {
        self.exists(place).then(|| &self.levels[self.number(place)])
    }

    /// The same, to be changed.
    #[inline]
    pub(crate) fn get_mut(&mut self, place: usize) -> Option<&mut Level> {
        if !self.exists(place) {
            return None;
        }
        let number = self.number(place);
        Some(&mut self.levels[number])
    }

    #[inline]
    fn number(&self, place: usize) -> usize {
        usize::from(self.numbers[place])
    }

    #[inline]
    fn exists(&self, place: usize) -> bool {
        self.used[place / BITS] >> (place % BITS) & 1 != 0
    }

    /// Has brought near what lies in another line of the cache than the beginning.
    #[inline]
    pub(crate) fn prefetch(&self) {
        prefetch(&self.used);
    }

    /// Has brought near by what the level at a place is found.
    #[inline]
    pub(crate) fn prefetch_place(&self, place: usize) {
        prefetch(&self.used[place / BITS]);
        prefetch(&self.numbers[place]);
    }

    /// A level exists from now on.
    #[inline]
    pub(crate) fn put(&mut self, place: usize, level: Level) {
        let at = place / BITS;
        self.used[at] |= 1 << (place % BITS);
        self.used_words[at / BITS] |= 1 << (at % BITS);
        self.used_lines |= 1 << (at / BITS);
        if let Some(number) = self.free.pop() {
            self.numbers[place] = number;
            self.levels[usize::from(number)] = level;
        } else {
            // There are as many numbers as places in the widest window.
            self.numbers[place] = self.levels.len() as u16;
            self.levels.push(level);
        }
    }

    /// A level exists no longer.
    #[inline]
    pub(crate) fn close(&mut self, place: usize) {
        self.free.push(self.numbers[place]);
        let at = place / BITS;
        let bits = &mut self.used[at];
        *bits &= !(1 << (place % BITS));
        if *bits == 0 {
            let words = &mut self.used_words[at / BITS];
            *words &= !(1 << (at % BITS));
            if *words == 0 {
                self.used_lines &= !(1 << (at / BITS));
            }
        }
    }

    /// The rank of the first level.
    #[inline]
    pub(crate) fn first(&self) -> Option<u64> {
        if self.used_lines == 0 {
            return None;
        }
        let word = self.used_lines.trailing_zeros() as usize;
        let at = word * BITS + self.used_words[word].trailing_zeros() as usize;
        let place = at * BITS + self.used[at].trailing_zeros() as usize;
        Some(self.base + place as u64)
    }

    /// The levels that exist, with their ranks, ascending.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (u64, &Level)> {
        let words = self
            .used_words
            .iter()
            .enumerate()
            .flat_map(|(word, &bits)| bits_of(bits).map(move |bit| word * BITS + bit));
        words.flat_map(move |at| {
            bits_of(self.used[at]).map(move |bit| {
                let place = at * BITS + bit;
                (self.base + place as u64, &self.levels[self.number(place)])
            })
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
    use cse_wire::Side;

    use crate::level::Level;
    use crate::orders::{Order, Orders};

    #[test]
    fn levels_are_found_in_the_order_of_their_ranks() {
        let mut window = Window::new(1_000, WIDTH_MAX);
        let mut orders = Orders::<()>::default();
        let slot = orders.insert(Order::new(1, 1, Side::Buy, 1_000, 5), 0, ());
        let level = Level::of(&mut orders, slot);
        for rank in [66_535, 1_000, 1_063, 1_064, 9_999] {
            let place = window.place_of(rank).expect("it is inside");
            window.put(place, level);
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
    fn a_level_that_is_gone_is_not_there_and_leaves_its_number_to_the_next() {
        let mut orders = Orders::<()>::default();
        let mut window = Window::new(1_000, 64);
        let slots = [5, 6, 7].map(|lots| {
            let order = Order::new(1, 1, Side::Buy, 1_000, lots);
            orders.insert(order, 0, ())
        });
        for (place, slot) in slots.into_iter().enumerate() {
            window.put(place, Level::of(&mut orders, slot));
        }
        window.close(1);
        assert!(window.get(1).is_none());
        window.put(9, Level::of(&mut orders, slots[1]));
        let totals = [0, 1, 2, 9].map(|place| window.get(place).map(|level| level.total));
        assert_eq!(totals, [Some(5), None, Some(7), Some(6)]);
        assert_eq!(window.levels.len(), 3);
    }

    #[test]
    fn what_is_outside_has_no_place() {
        let window = Window::new(1_000, 64);
        for rank in [0, 999, 1_064, u64::MAX >> 1] {
            assert_eq!(window.place_of(rank), None);
        }
    }
}
