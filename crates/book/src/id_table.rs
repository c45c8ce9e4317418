//! From order id to slot: a table in pages, of which only those with open orders exist.

use alloc::boxed::Box;
use alloc::collections::BTreeMap;
use alloc::vec::Vec;

use crate::orders::NONE;

const SLOTS_OF_PAGE: u64 = 4096;
const PAGES_OF_SECTION: u64 = 1024;
const IDS_OF_SECTION: u64 = SLOTS_OF_PAGE * PAGES_OF_SECTION;

struct Page {
    slots: [u32; SLOTS_OF_PAGE as usize],
    open: u32,
}

struct Section {
    pages: Vec<Option<Box<Page>>>,
    /// How many pages exist.
    count: u32,
}

/// Ids rise from one counter, so open orders lie in very few sections of four million ids each,
/// and an old order that stays open costs a page and no more.
#[derive(Default)]
pub struct IdTable {
    sections: BTreeMap<u64, Section>,
    /// An emptied page, so that a few orders that come and go allocate nothing.
    spare: Option<Box<Page>>,
}

impl IdTable {
    /// The slot of an open order.
    #[inline]
    pub fn get(&self, order_id: u64) -> Option<u32> {
        let section = self.sections.get(&(order_id / IDS_OF_SECTION))?;
        let page = section.pages[page_of(order_id)].as_ref()?;
        Some(page.slots[place_of(order_id)]).filter(|&slot| slot != NONE)
    }

    /// Adds an id that is not there.
    pub fn insert(&mut self, order_id: u64, slot: u32) {
        let section = self
            .sections
            .entry(order_id / IDS_OF_SECTION)
            .or_insert_with(|| Section {
                pages: (0..PAGES_OF_SECTION).map(|_| None).collect(),
                count: 0,
            });
        let page = section.pages[page_of(order_id)].get_or_insert_with(|| {
            section.count += 1;
            self.spare.take().unwrap_or_else(|| {
                Box::new(Page {
                    slots: [NONE; SLOTS_OF_PAGE as usize],
                    open: 0,
                })
            })
        });
        page.slots[place_of(order_id)] = slot;
        page.open += 1;
    }

    /// Removes an id that is there.
    pub fn remove(&mut self, order_id: u64) {
        let key = order_id / IDS_OF_SECTION;
        let Some(section) = self.sections.get_mut(&key) else {
            return;
        };
        let entry = &mut section.pages[page_of(order_id)];
        let Some(page) = entry else { return };
        page.slots[place_of(order_id)] = NONE;
        page.open -= 1;
        if page.open > 0 {
            return;
        }
        self.spare = entry.take();
        section.count -= 1;
        // The last section stays, so that a few orders that come and go allocate nothing.
        if section.count == 0 && self.sections.len() > 1 {
            self.sections.remove(&key);
        }
    }
}

#[inline]
fn page_of(order_id: u64) -> usize {
    (order_id / SLOTS_OF_PAGE % PAGES_OF_SECTION) as usize
}

#[inline]
fn place_of(order_id: u64) -> usize {
    (order_id % SLOTS_OF_PAGE) as usize
}

#[cfg(test)]
mod tests {
    use super::IdTable;

    #[test]
    fn ids_lead_to_their_slots_across_pages_and_sections() {
        let mut table = IdTable::default();
        let ids = [9_000, 4_095, 4_096, 1, 1_000_000, 1 << 40, (1 << 53) - 1];
        for (slot, &id) in ids.iter().enumerate() {
            table.insert(id, slot as u32);
        }
        for (slot, &id) in ids.iter().enumerate() {
            assert_eq!(table.get(id), Some(slot as u32));
        }
        for absent in [0, 2, 4_097, 1 << 41, u64::MAX] {
            assert_eq!(table.get(absent), None);
        }
        for &id in &ids {
            table.remove(id);
            assert_eq!(table.get(id), None);
        }
        assert_eq!(table.sections.len(), 1);
    }
}
