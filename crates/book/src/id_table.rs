//! From order id to slot: a table in pages, of which only those with open orders exist.

use alloc::boxed::Box;
use alloc::collections::BTreeMap;
use alloc::vec::Vec;
use core::mem;

use cse_prefetch::prefetch;

use crate::orders::NONE;

const SLOTS_OF_PAGE: u64 = 4096;
const PAGES_OF_SECTION: u64 = 1024;
const IDS_OF_SECTION: u64 = SLOTS_OF_PAGE * PAGES_OF_SECTION;

type Slots = [u32; SLOTS_OF_PAGE as usize];

#[derive(Default)]
struct Page {
    slots: Option<Box<Slots>>,
    /// How many ids are there.
    count: u32,
}

struct Section {
    pages: Vec<Page>,
    /// How many pages exist.
    count: u32,
}

impl Default for Section {
    fn default() -> Self {
        Self {
            pages: (0..PAGES_OF_SECTION).map(|_| Page::default()).collect(),
            count: 0,
        }
    }
}

/// Ids rise from one counter, so open orders lie in very few sections of four million ids each,
/// nearly all in the last one; and an old order that stays open costs a page and no more.
#[derive(Default)]
pub struct IdTable {
    last_key: u64,
    last: Section,
    others: BTreeMap<u64, Section>,
    /// An emptied page, so that a few orders that come and go allocate nothing.
    spare: Option<Box<Slots>>,
}

impl IdTable {
    /// The slot of an open order.
    #[inline(always)]
    #[must_use]
    pub fn get(&self, order_id: u64) -> Option<u32> {
        let key = order_id / IDS_OF_SECTION;
        let section = if key == self.last_key {
            &self.last
        } else {
            self.others.get(&key)?
        };
        let slots = section.pages[page_of(order_id)].slots.as_ref()?;
        Some(slots[place_of(order_id)]).filter(|&slot| slot != NONE)
    }

    /// Has the place of an id brought near.
    #[inline]
    pub fn prefetch(&self, order_id: u64) {
        if order_id / IDS_OF_SECTION == self.last_key
            && let Some(slots) = &self.last.pages[page_of(order_id)].slots
        {
            prefetch(&slots[place_of(order_id)]);
        }
    }

    /// Adds an id that is not there.
    #[inline(always)]
    pub fn insert(&mut self, order_id: u64, slot: u32) {
        let key = order_id / IDS_OF_SECTION;
        let section = if key == self.last_key {
            &mut self.last
        } else {
            self.open_section(key)
        };
        let page = &mut section.pages[page_of(order_id)];
        page.count += 1;
        if let Some(slots) = &mut page.slots {
            slots[place_of(order_id)] = slot;
        } else {
            section.count += 1;
            self.open_page(order_id, slot);
        }
    }

    /// Removes an id that is there.
    #[inline(always)]
    pub fn remove(&mut self, order_id: u64) {
        let key = order_id / IDS_OF_SECTION;
        let Some(section) = self.section_mut(key) else {
            return;
        };
        let page = &mut section.pages[page_of(order_id)];
        page.count -= 1;
        if let Some(slots) = &mut page.slots {
            slots[place_of(order_id)] = NONE;
        }
        if page.count == 0 {
            self.close_page(order_id);
        }
    }

    #[inline(always)]
    fn section_mut(&mut self, key: u64) -> Option<&mut Section> {
        if key == self.last_key {
            Some(&mut self.last)
        } else {
            self.others.get_mut(&key)
        }
    }

    #[cold]
    fn open_section(&mut self, key: u64) -> &mut Section {
        if key < self.last_key {
            return self.others.entry(key).or_default();
        }
        let before = mem::take(&mut self.last);
        if before.count > 0 {
            self.others.insert(self.last_key, before);
        }
        self.last_key = key;
        &mut self.last
    }

    #[cold]
    fn open_page(&mut self, order_id: u64, slot: u32) {
        let spare = self.spare.take();
        let mut slots = spare.unwrap_or_else(|| Box::new([NONE; SLOTS_OF_PAGE as usize]));
        slots[place_of(order_id)] = slot;
        if let Some(section) = self.section_mut(order_id / IDS_OF_SECTION) {
            section.pages[page_of(order_id)].slots = Some(slots);
        }
    }

    #[cold]
    fn close_page(&mut self, order_id: u64) {
        let key = order_id / IDS_OF_SECTION;
        let Some(section) = self.section_mut(key) else {
            return;
        };
        let slots = section.pages[page_of(order_id)].slots.take();
        section.count -= 1;
        if section.count == 0 {
            self.others.remove(&key);
        }
        self.spare = slots;
    }
}

#[inline(always)]
fn page_of(order_id: u64) -> usize {
    (order_id / SLOTS_OF_PAGE % PAGES_OF_SECTION) as usize
}

#[inline(always)]
fn place_of(order_id: u64) -> usize {
    (order_id % SLOTS_OF_PAGE) as usize
}

#[cfg(test)]
mod tests {
    use super::IdTable;

    #[test]
    fn ids_lead_to_their_slots_across_pages_and_sections() {
        let mut table = IdTable::default();
        let ids = [
            9_000,
            4_095,
            4_096,
            1,
            1_000_000,
            1 << 40,
            1 << 30,
            (1 << 53) - 1,
        ];
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
        assert!(table.others.is_empty());
    }

    #[test]
    fn a_few_orders_that_come_and_go_need_one_page() {
        let mut table = IdTable::default();
        for id in (1_000..3 * super::IDS_OF_SECTION).step_by(1_000) {
            table.insert(id, 7);
            if id > 1_000 {
                table.remove(id - 1_000);
            }
        }
        assert_eq!(table.last.count, 1);
        assert!(table.others.is_empty());
    }
}
