//! From the caller's order ids to numbers of ours: a table with linear probing, as large as the
//! open orders need and no larger, since one over all ids that ever were would not stay in a cache.

/// The number that stands for none.
const NONE: u32 = u32::MAX;
const EMPTY: u64 = u64::MAX;
const FIRST_ENTRIES: usize = 64;

/// Ids of open orders. An id's own low bits are its place: those of a caller that counts upwards stand
/// side by side, and those in no order are scattered as well as any hash would.
pub struct CallerIds {
    /// The low half of the id above the number. The owner of the numbers knows the whole ids.
    entries: Box<[u64]>,
    mask: usize,
    count: usize,
}

impl Default for CallerIds {
    fn default() -> Self {
        Self::with_entries(FIRST_ENTRIES)
    }
}

impl CallerIds {
    fn with_entries(entries: usize) -> Self {
        Self {
            entries: vec![EMPTY; entries].into_boxed_slice(),
            mask: entries - 1,
            count: 0,
        }
    }

    /// The number kept under an id. `is_whole` says of a number whether the whole id is its own.
    #[inline]
    pub fn get(&self, id: u64, is_whole: impl Fn(u32) -> bool) -> Option<u32> {
        self.find(id, is_whole).map(|(_, number)| number)
    }

    /// The same, and it is kept no longer.
    #[inline]
    pub fn take(&mut self, id: u64, is_whole: impl Fn(u32) -> bool) -> Option<u32> {
        let (place, number) = self.find(id, is_whole)?;
        self.clear(place);
        Some(number)
    }

    /// Keeps a number under an id that is not kept yet.
    #[inline]
    pub fn insert(&mut self, id: u64, number: u32) {
        debug_assert_ne!(number, NONE);
        if self.count * 4 >= self.entries.len() {
            self.grow();
        }
        self.count += 1;
        self.put(entry_of(id, number));
    }

    /// Forgets an id that is kept with this number.
    #[inline]
    pub fn remove(&mut self, id: u64, number: u32) {
        let entry = entry_of(id, number);
        let mut place = self.home(entry);
        while self.entries[place] != entry {
            if self.entries[place] == EMPTY {
                return;
            }
            place = (place + 1) & self.mask;
        }
        self.clear(place);
    }

    #[inline]
    fn find(&self, id: u64, is_whole: impl Fn(u32) -> bool) -> Option<(usize, u32)> {
        let low = id as u32;
        let mut place = self.home(entry_of(id, NONE));
        loop {
            let entry = self.entries[place];
            if entry == EMPTY {
                return None;
            }
            let number = entry as u32;
            if (entry >> 32) as u32 == low && is_whole(number) {
                return Some((place, number));
            }
            place = (place + 1) & self.mask;
        }
    }

    #[inline]
    fn home(&self, entry: u64) -> usize {
        (entry >> 32) as usize & self.mask
    }

    #[inline]
    fn put(&mut self, entry: u64) {
        let mut place = self.home(entry);
        while self.entries[place] != EMPTY {
            place = (place + 1) & self.mask;
        }
        self.entries[place] = entry;
    }

    /// Empties a place, and moves those behind it up that could not stand at home.
    #[inline]
    fn clear(&mut self, place: usize) {
        self.count -= 1;
        let mut hole = place;
        let mut next = place;
        loop {
            next = (next + 1) & self.mask;
            let entry = self.entries[next];
            if entry == EMPTY {
                break;
            }
            let from_home = next.wrapping_sub(self.home(entry)) & self.mask;
            let from_hole = next.wrapping_sub(hole) & self.mask;
            if from_home >= from_hole {
                self.entries[hole] = entry;
                hole = next;
            }
        }
        self.entries[hole] = EMPTY;
    }

    #[cold]
    fn grow(&mut self) {
        let mut larger = Self::with_entries(self.entries.len() * 2);
        for &entry in self.entries.iter().filter(|&&entry| entry != EMPTY) {
            larger.put(entry);
        }
        larger.count = self.count;
        *self = larger;
    }
}

#[inline]
fn entry_of(id: u64, number: u32) -> u64 {
    id << 32 | u64::from(number)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::CallerIds;

    /// Ids that share places, at distances of a size of the table and of 2^32.
    fn crowding_ids() -> impl Iterator<Item = u64> {
        let spans = [0, 4096, 1 << 32, u64::MAX - 40_000];
        (0..600u64).flat_map(move |near| spans.map(|span| span + near * 3 % 5_000))
    }

    #[test]
    fn every_id_leads_to_its_number_while_others_come_and_go() {
        let mut table = CallerIds::default();
        let mut ids: Vec<u64> = Vec::new();
        let mut kept = BTreeMap::new();
        for (turn, id) in crowding_ids().enumerate() {
            let whole = |number: u32| ids.get(number as usize) == Some(&id);
            assert_eq!(table.get(id, whole), kept.get(&id).copied());
            if let Some(number) = kept.remove(&id) {
                if turn % 2 == 0 {
                    assert_eq!(table.take(id, whole), Some(number));
                } else {
                    table.remove(id, number);
                }
                assert_eq!(table.get(id, whole), None);
            }
            ids.push(id);
            let number = ids.len() as u32 - 1;
            table.insert(id, number);
            kept.insert(id, number);
            if turn % 3 == 0 {
                let (&oldest, &number) = kept.iter().next().expect("one was kept");
                table.remove(oldest, number);
                kept.remove(&oldest);
            }
        }
        for (&id, &number) in &kept {
            let whole = |number: u32| ids[number as usize] == id;
            assert_eq!(table.get(id, whole), Some(number));
        }
        assert_eq!(table.count, kept.len());
    }

    #[test]
    fn an_id_that_is_not_there_is_not_found_and_not_removed() {
        let mut table = CallerIds::default();
        table.insert(7, 1);
        assert_eq!(table.get(8, |_| true), None);
        assert_eq!(table.get(7 + (1 << 32), |_| false), None);
        table.remove(7, 2);
        assert_eq!(table.get(7, |_| true), Some(1));
    }
}
