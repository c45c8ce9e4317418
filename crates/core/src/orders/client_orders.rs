//! The client order ids that are remembered, and for how long.

use alloc::collections::BTreeMap;
use alloc::vec::Vec;

use cse_wire::{
    CLIENT_ORDER_ID_MAX, CLIENT_ORDER_ID_MEMORY_COUNT, CLIENT_ORDER_ID_MEMORY_US, ClientOrderState,
    Symbol,
};

use cse_book::NONE;

/// As many of an account give back their room at once: one that comes again after a day must not have
/// all others wait until it has forgotten all.
const FORGOTTEN_AT_ONCE: usize = 32;
/// With so many that are remembered another account is looked at, for one may never come again.
const LOOKED_AFTER: usize = FORGOTTEN_AT_ONCE / 2;

/// What is remembered of an order under its client's id.
#[derive(Clone)]
pub(crate) struct ClientOrder {
    pub(crate) state: ClientOrderState,
    /// The next one of the account to have closed.
    closed_next: u32,
}

/// What is remembered of one account.
struct Memory {
    by_id: BTreeMap<Symbol<40>, u32>,
    closed_first: u32,
    closed_last: u32,
    closed_count: u64,
}

impl Memory {
    /// Closed ones are forgotten in the order in which they closed.
    fn remembers(&self, state: &ClientOrderState, now_us: i64) -> bool {
        let age_us = now_us.saturating_sub(state.closed_at_us);
        let counted_us = fault!(IdsRememberedAMicrosecondLonger, age_us - 1, age_us);
        state.closed_number == 0
            || (fault!(
                IdsNeverForgotten,
                true,
                counted_us < CLIENT_ORDER_ID_MEMORY_US
            ) && self.closed_count - state.closed_number < CLIENT_ORDER_ID_MEMORY_COUNT)
    }
}

/// All remembered client order ids.
#[derive(Default)]
pub(crate) struct ClientOrders {
    slots: Vec<ClientOrder>,
    free: Vec<u32>,
    of_account: Vec<Memory>,
    /// The place in `of_account` of the one that is looked at next.
    looked_at: usize,
    /// How many were remembered since one was looked at.
    unlooked: usize,
}

impl ClientOrders {
    pub(crate) fn add_account(&mut self) {
        self.of_account.push(Memory {
            by_id: BTreeMap::new(),
            closed_first: NONE,
            closed_last: NONE,
            closed_count: 0,
        });
    }

    /// What is remembered under an id, at a time.
    #[inline(never)]
    pub(crate) fn find(
        &self,
        account: u32,
        id: Symbol<40>,
        now_us: i64,
    ) -> Option<&ClientOrderState> {
        let memory = self.of_account.get((account as usize).checked_sub(1)?)?;
        let state = &self.slots[*memory.by_id.get(&id)? as usize].state;
        memory.remembers(state, now_us).then_some(state)
    }

    /// What is remembered of an account at a time, ascending by id.
    pub(crate) fn of_account(
        &self,
        account: u32,
        now_us: i64,
    ) -> impl Iterator<Item = &ClientOrderState> {
        let memory = &self.of_account[account as usize - 1];
        memory
            .by_id
            .values()
            .map(|&slot| &self.slots[slot as usize].state)
            .filter(move |state| memory.remembers(state, now_us))
    }

    /// The id remembered in a slot; empty for [`NONE`].
    pub(crate) fn id_in(&self, slot: u32) -> Symbol<40> {
        match slot {
            NONE => Symbol::EMPTY,
            slot => self.slots[slot as usize].state.client_order_id,
        }
    }

    /// How many orders of an account with a client order id have closed.
    pub(crate) fn closed_count(&self, account: u32) -> u64 {
        self.of_account[account as usize - 1].closed_count
    }

    /// Remembers an open order under an id that is not remembered, and says the slot.
    pub(crate) fn remember(&mut self, state: ClientOrderState, now_us: i64) -> u32 {
        self.forget(state.account as usize - 1, now_us);
        self.forget_in_turn(now_us);
        let record = ClientOrder {
            state,
            closed_next: NONE,
        };
        let slot = match self.free.pop() {
            Some(slot) => {
                self.slots[slot as usize] = record;
                slot
            }
            None => {
                self.slots.push(record);
                self.slots.len() as u32 - 1
            }
        };
        let memory = &mut self.of_account[state.account as usize - 1];
        memory.by_id.insert(state.client_order_id, slot);
        slot
    }

    /// The order in a slot has closed; nothing for [`NONE`]. Its account forgets what it does not
    /// remember at the state's time: what expires before a command must not change what that sees.
    #[inline]
    pub(crate) fn close(&mut self, slot: u32, now_us: i64, state_us: i64) {
        if slot != NONE {
            self.close_known(slot, now_us, state_us);
        }
    }

    #[inline(never)]
    fn close_known(&mut self, slot: u32, now_us: i64, state_us: i64) {
        let state = &mut self.slots[slot as usize].state;
        let account = state.account;
        let memory = &mut self.of_account[account as usize - 1];
        memory.closed_count += 1;
        state.closed_at_us = now_us;
        state.closed_number = memory.closed_count;
        self.append_closed(slot);
        self.forget(account as usize - 1, state_us);
    }

    /// Restores how many have closed, before those that are remembered come in.
    pub(crate) fn restore_count(&mut self, account: u32, closed_count: u64) {
        self.of_account[account as usize - 1].closed_count = closed_count;
    }

    /// Restores one that has closed; of an account they come in the order of closing.
    pub(crate) fn restore_closed(&mut self, state: ClientOrderState, now_us: i64) {
        let slot = self.remember(state, now_us);
        self.append_closed(slot);
    }

    fn append_closed(&mut self, slot: u32) {
        let account = self.slots[slot as usize].state.account;
        let memory = &mut self.of_account[account as usize - 1];
        if memory.closed_last == NONE {
            memory.closed_first = slot;
        } else {
            self.slots[memory.closed_last as usize].closed_next = slot;
        }
        memory.closed_last = slot;
    }

    /// Gives back the room of what an account no longer remembers, though not of more than a few; says
    /// whether it was all.
    fn forget(&mut self, place: usize, now_us: i64) -> bool {
        let memory = &mut self.of_account[place];
        for _ in 0..FORGOTTEN_AT_ONCE {
            let slot = memory.closed_first;
            if slot == NONE {
                return true;
            }
            let record = &self.slots[slot as usize];
            if memory.remembers(&record.state, now_us) {
                return true;
            }
            // Another order may have the id by now.
            let id = record.state.client_order_id;
            if memory.by_id.get(&id) == Some(&slot) {
                memory.by_id.remove(&id);
            }
            memory.closed_first = record.closed_next;
            if memory.closed_first == NONE {
                memory.closed_last = NONE;
            }
            self.free.push(slot);
        }
        false
    }

    /// Has one account after another forget, each until it has forgotten all.
    fn forget_in_turn(&mut self, now_us: i64) {
        self.unlooked += 1;
        if self.unlooked < LOOKED_AFTER {
            return;
        }
        self.unlooked = 0;
        if self.looked_at >= self.of_account.len() {
            self.looked_at = 0;
        }
        if self.forget(self.looked_at, now_us) {
            self.looked_at += 1;
        }
    }
}

/// Whether an id is empty, or 1 to 36 of `[A-Za-z0-9._:/-]` padded with zeros.
pub(crate) fn is_client_order_id(id: Symbol<40>) -> bool {
    let text = id.bytes();
    id.is_padded()
        && text.len() <= CLIENT_ORDER_ID_MAX
        && text
            .iter()
            .all(|byte| byte.is_ascii_alphanumeric() || b"._:/-".contains(byte))
}

#[cfg(test)]
mod tests {
    use cse_wire::{
        CLIENT_ORDER_ID_MEMORY_COUNT, CLIENT_ORDER_ID_MEMORY_US, ClientOrderState, Symbol,
    };

    use super::ClientOrders;

    /// Has an account remember the order of a number, which closes at once; its slot.
    fn remembered(orders: &mut ClientOrders, account: u32, number: u64, now_us: i64) -> u32 {
        let mut client_order_id = Symbol::EMPTY;
        client_order_id.0[..8].copy_from_slice(&(number + (1 << 60)).to_be_bytes());
        let state = ClientOrderState {
            account,
            reserved: [0; 4],
            order_id: number + 1,
            original_sequence: number + 1,
            digest: 0,
            closed_at_us: 0,
            closed_number: 0,
            client_order_id,
        };
        let slot = orders.remember(state, now_us);
        orders.close(slot, now_us, now_us);
        slot
    }

    #[test]
    fn what_is_forgotten_takes_no_room() {
        let mut orders = ClientOrders::default();
        orders.add_account();
        for number in 0..1_000_u64 {
            let now_us = number as i64 * CLIENT_ORDER_ID_MEMORY_US / 10;
            remembered(&mut orders, 1, number, now_us);
        }
        assert_eq!(orders.of_account[0].by_id.len(), 10);
        assert!(orders.slots.len() <= 11);
    }

    #[test]
    fn an_id_is_forgotten_behind_so_many_others_and_not_before() {
        let mut orders = ClientOrders::default();
        orders.add_account();
        let slot = remembered(&mut orders, 1, 0, 0);
        let id = orders.slots[slot as usize].state.client_order_id;
        for number in 1..CLIENT_ORDER_ID_MEMORY_COUNT {
            remembered(&mut orders, 1, number, 0);
        }
        assert!(orders.find(1, id, 0).is_some());
        remembered(&mut orders, 1, CLIENT_ORDER_ID_MEMORY_COUNT, 0);
        assert!(orders.find(1, id, 0).is_none());
    }

    /// Others have it forget, a few at a time; and an id that was taken anew before its room came back
    /// stays with the order that has it.
    #[test]
    fn an_account_that_is_silent_forgets_too() {
        let mut orders = ClientOrders::default();
        (0..3).for_each(|_| orders.add_account());
        for number in 0..1_000 {
            remembered(&mut orders, 1, number, 0);
        }
        let later_us = CLIENT_ORDER_ID_MEMORY_US;
        let again = remembered(&mut orders, 1, 999, later_us);
        assert!(orders.of_account[0].by_id.len() > 900, "they go by and by");
        for number in 0..1_000 {
            remembered(&mut orders, 2, number, later_us);
        }
        assert_eq!(orders.of_account[0].by_id.len(), 1);
        assert_eq!(orders.free.len(), 0, "all room that came back is used");
        let id = orders.slots[again as usize].state.client_order_id;
        let found = orders.find(1, id, later_us).map(|state| state.closed_at_us);
        assert_eq!(found, Some(later_us));
    }
}
