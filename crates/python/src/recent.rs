//! What closed and traded lately, by account, order and market: places in the event log, where the
//! events themselves stand. PostgreSQL has what is older than the ledger's position.

use std::collections::{HashMap, VecDeque};

use cse_core::OpenOrder;
use cse_wire::{
    Group, Header, Message, OrderAccepted, OrderActivated, OrderAmended, OrderClosed,
    OrderTriggered, OrdersLinked, Traded, header_of,
};

use crate::errors::Failure;
use crate::pasts::{Past, Pasts};

/// Where an event stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct EventPlace {
    /// Its group's sequence.
    pub sequence: u64,
    /// Bytes from the start of the group's message.
    pub offset: u32,
    /// The market it is about.
    pub market: u32,
}

/// A closed order.
#[derive(Clone, Debug)]
pub struct Closed {
    /// Whose.
    pub account: u32,
    /// The order.
    pub order_id: u64,
    /// Where it was taken in; 0 when that is not known here.
    pub accepted_sequence: u64,
    /// Its `OrderClosed`.
    pub place: EventPlace,
    /// What had become of it, where there is anything to tell.
    pub past: Option<Box<Past>>,
}

/// One entry that is forgotten in its turn.
enum Kept {
    Closed { account: u32, order_id: u64 },
    Fill { account: u32 },
}

/// The index, bounded and pruned from its old end.
pub struct Recent {
    limit: usize,
    trades_limit: usize,
    position: u64,
    /// The first sequence whose events are known here.
    begins: u64,
    accepted: HashMap<u64, u64>,
    pasts: Pasts,
    kept: VecDeque<(u64, Kept)>,
    closed: HashMap<u64, Closed>,
    closed_by_account: HashMap<u32, VecDeque<u64>>,
    fills: HashMap<u32, VecDeque<EventPlace>>,
    trades: HashMap<u32, VecDeque<EventPlace>>,
}

impl Recent {
    /// Keeps closed orders and fills behind `position`, `limit` of them at most, and of each market
    /// the last `trades_limit` trades. `begins` is the first sequence that is noted.
    pub fn new(position: u64, begins: u64, limit: usize, trades_limit: usize) -> Self {
        Self {
            limit,
            trades_limit,
            position,
            begins,
            accepted: HashMap::new(),
            pasts: Pasts::default(),
            kept: VecDeque::new(),
            closed: HashMap::new(),
            closed_by_account: HashMap::new(),
            fills: HashMap::new(),
            trades: HashMap::new(),
        }
    }

    /// Closed orders and fills kept.
    pub fn count(&self) -> usize {
        self.kept.len()
    }

    /// The sequence behind which nothing is missing.
    pub fn position(&self) -> u64 {
        self.position
    }

    /// Notes an open order that a snapshot holds.
    pub fn note_open(&mut self, order: &OpenOrder) {
        self.accepted
            .insert(order.order_id(), order.accepted_sequence());
        if order.accepted_sequence() < self.begins {
            self.pasts.note_open(order);
        }
    }

    /// Where an open order was taken in, and what has become of it since.
    pub fn open_order(&self, order_id: u64) -> (u64, Past) {
        let sequence = self.accepted.get(&order_id).copied().unwrap_or(0);
        (sequence, self.pasts.of(order_id))
    }

    /// Notes with what an open order came, which was looked up.
    pub fn note_read(&mut self, order_id: u64, list_id: u64, order_type: u8) {
        self.pasts.note_read(order_id, list_id, order_type);
    }

    /// Notes what groups, one behind another, say.
    ///
    /// # Errors
    /// [`Failure::Damaged`] when they are no groups.
    pub fn note(&mut self, groups: &[u8]) -> Result<(), Failure> {
        let mut rest = groups;
        while !rest.is_empty() {
            let (group, events) = Group::decode(rest).map_err(|_| no_group())?;
            self.note_group(&group, events)?;
            rest = &rest[Group::WIDTH + events.len()..];
        }
        self.forget();
        Ok(())
    }

    /// Forgets what PostgreSQL has by now.
    pub fn prune(&mut self, position: u64) {
        self.position = self.position.max(position);
        self.forget();
    }

    /// An order that closed lately.
    pub fn closed_order(&self, order_id: u64) -> Option<Closed> {
        self.closed.get(&order_id).cloned()
    }

    /// An account's closed orders, newest first; market 0 is every market.
    pub fn closed_orders(&self, account: u32, market: u32, limit: usize) -> Vec<Closed> {
        let ids = self.closed_by_account.get(&account).into_iter().flatten();
        ids.rev()
            .filter_map(|order_id| self.closed.get(order_id))
            .filter(|closed| market == 0 || closed.place.market == market)
            .take(limit)
            .cloned()
            .collect()
    }

    /// An account's trades, newest first; market 0 is every market.
    pub fn fills(&self, account: u32, market: u32, limit: usize) -> Vec<EventPlace> {
        let places = self.fills.get(&account).into_iter().flatten();
        places
            .rev()
            .filter(|place| market == 0 || place.market == market)
            .take(limit)
            .copied()
            .collect()
    }

    /// A market's trades, newest first.
    pub fn trades(&self, market: u32, limit: usize) -> Vec<EventPlace> {
        let places = self.trades.get(&market).into_iter().flatten();
        places.rev().take(limit).copied().collect()
    }

    fn note_group(&mut self, group: &Group, events: &[u8]) -> Result<(), Failure> {
        let mut offset = 0;
        while offset < events.len() {
            let event = &events[offset..];
            let header = header_of(event).map_err(|_| no_group())?;
            let place = |market| EventPlace {
                sequence: group.sequence,
                offset: (Group::WIDTH + offset) as u32,
                market,
            };
            match header.kind {
                OrderAccepted::KIND => {
                    let accepted: OrderAccepted = read(event)?;
                    self.accepted.insert(accepted.order_id, group.sequence);
                }
                OrderClosed::KIND => {
                    let closed: OrderClosed = read(event)?;
                    self.note_closed(&closed, place(closed.market));
                }
                Traded::KIND => {
                    let traded: Traded = read(event)?;
                    self.note_traded(&traded, place(traded.market));
                }
                OrdersLinked::KIND => self.pasts.note_linked(&read(event)?),
                OrderAmended::KIND => self.pasts.note_amended(&read(event)?),
                OrderActivated::KIND => self.pasts.note_activated(&read(event)?),
                OrderTriggered::KIND => self.pasts.note_triggered(&read(event)?, group.time_us),
                _ => {}
            }
            offset += (header.length as usize).max(Header::WIDTH);
        }
        Ok(())
    }

    fn note_closed(&mut self, event: &OrderClosed, place: EventPlace) {
        let accepted_sequence = self.accepted.remove(&event.order_id).unwrap_or(0);
        let past = self.pasts.close(event.order_id);
        if place.sequence <= self.position {
            return;
        }
        let (account, order_id) = (event.account, event.order_id);
        let closed = Closed {
            account,
            order_id,
            accepted_sequence,
            place,
            past,
        };
        self.closed.insert(order_id, closed);
        let of_account = self.closed_by_account.entry(account).or_default();
        of_account.push_back(order_id);
        self.kept
            .push_back((place.sequence, Kept::Closed { account, order_id }));
    }

    fn note_traded(&mut self, event: &Traded, place: EventPlace) {
        let trades = self.trades.entry(event.market).or_default();
        if trades.len() == self.trades_limit {
            trades.pop_front();
        }
        trades.push_back(place);
        if place.sequence <= self.position {
            return;
        }
        for account in [event.maker_account, event.taker_account] {
            self.fills.entry(account).or_default().push_back(place);
            self.kept
                .push_back((place.sequence, Kept::Fill { account }));
        }
    }

    fn forget(&mut self) {
        while let Some(&(sequence, ref oldest)) = self.kept.front() {
            if sequence > self.position && self.kept.len() <= self.limit {
                return;
            }
            // Per account the order is the same, so each entry is the oldest of its account.
            match *oldest {
                Kept::Closed { account, order_id } => {
                    self.closed.remove(&order_id);
                    drop_oldest(&mut self.closed_by_account, account);
                }
                Kept::Fill { account } => drop_oldest(&mut self.fills, account),
            }
            self.position = self.position.max(sequence);
            self.kept.pop_front();
        }
    }
}

fn drop_oldest<T>(queues: &mut HashMap<u32, VecDeque<T>>, account: u32) {
    if let Some(queue) = queues.get_mut(&account) {
        queue.pop_front();
        if queue.is_empty() {
            queues.remove(&account);
        }
    }
}

fn read<M: Message>(event: &[u8]) -> Result<M, Failure> {
    M::decode(event)
        .map(|(message, _)| message)
        .map_err(|_| no_group())
}

fn no_group() -> Failure {
    Failure::Damaged("what should be a group is none".into())
}
