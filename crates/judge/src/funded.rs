//! The whole exchange as an engine: each open order is that of a funded account of its own, so that
//! balances are held, moved and released, events are written and chained, and nobody meets himself.

use core::mem;

use cse_core::Exchange;
use cse_wire::{
    CancelOrder, Group, Message, OrderAccepted, OrderClosed, OrderType, PlaceOrder, ReplaceMode,
    ReplaceOrder, Side, Symbol, TimeInForce, Traded, header_of,
};

use crate::caller_ids::CallerIds;
use crate::engine::{Engine, Reports};
use crate::floor::{FIRST_TRADER, MARKET, apply, exchange, open_trader};
use crate::interface::{Cancel, Modify, NewOrder, Report, ReportKind, side_of};

/// One open order at most is that of a trader's account.
#[derive(Clone, Copy)]
struct Trader {
    caller_id: u64,
    order_id: u64,
}

/// An order on its way into the core.
#[derive(Clone, Copy)]
struct Entry {
    trader: u32,
    sequence: u64,
    side: Side,
    price_ticks: i64,
    lots: u64,
    immediate: bool,
}

/// What the core made of an order.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Outcome {
    Refused,
    Rests,
    Closed { remaining: u64 },
}

/// See the module.
pub struct FundedExchange {
    exchange: Exchange,
    ids: CallerIds,
    traders: Vec<Trader>,
    idle: Vec<u32>,
    command: Vec<u8>,
    events: Vec<u8>,
}

impl Engine for FundedExchange {
    fn with_room(orders: u32) -> Self {
        let mut funded = Self {
            exchange: exchange(),
            ids: CallerIds::default(),
            traders: Vec::new(),
            idle: Vec::new(),
            command: Vec::new(),
            events: Vec::new(),
        };
        for _ in 0..orders {
            let index = funded.open_trader();
            funded.idle.push(index);
        }
        funded
    }

    fn place(&mut self, order: &NewOrder, reports: &mut impl Reports) {
        let &NewOrder {
            order_id,
            sequence,
            price_ticks,
            quantity,
            immediate,
            ..
        } = order;
        let side = side_of(order.side);
        let report =
            |kind, lots| Report::of_order(kind, sequence, order_id, (side, price_ticks, lots));
        reports.push(report(ReportKind::Accepted, quantity));
        if self.find(order_id).is_some() {
            reports.push(report(ReportKind::Cancelled, quantity));
            return;
        }
        let trader = self.take_trader(order_id);
        let entry = Entry {
            trader,
            sequence,
            side,
            price_ticks,
            lots: u64::from(quantity),
            immediate: immediate != 0,
        };
        let outcome = self.enter(entry, reports);
        if outcome == Outcome::Rests {
            self.ids.insert(order_id, trader);
            return;
        }
        self.idle.push(trader);
        let left = match outcome {
            Outcome::Closed { remaining } => remaining as u32,
            _ => quantity,
        };
        if left > 0 || outcome == Outcome::Refused {
            reports.push(report(ReportKind::Cancelled, left));
        }
    }

    fn cancel(&mut self, cancel: &Cancel, reports: &mut impl Reports) {
        let &Cancel { order_id, sequence } = cancel;
        let Some(trader) = self.find(order_id) else {
            reports.push(Report::refusal(
                ReportKind::CancelRefused,
                sequence,
                order_id,
            ));
            return;
        };
        self.send(&CancelOrder {
            account: FIRST_TRADER + trader,
            reserved: [0; 4],
            order_id: self.traders[trader as usize].order_id,
            client_order_id: Symbol::EMPTY,
        });
        for closed in messages(&self.events).filter_map(read::<OrderClosed>) {
            let side = side_of(u8::from(closed.side == Side::Sell as u8));
            let terms = (side, closed.price as i64, closed.remaining_quantity as u32);
            reports.push(Report::of_order(
                ReportKind::Cancelled,
                sequence,
                order_id,
                terms,
            ));
        }
        self.ids.remove(order_id, trader);
        self.idle.push(trader);
    }

    fn modify(&mut self, modify: &Modify, reports: &mut impl Reports) {
        let &Modify {
            order_id,
            sequence,
            price_ticks,
            quantity,
            ..
        } = modify;
        let refusal = Report::refusal(ReportKind::ModifyRefused, sequence, order_id);
        let Some(trader) = self.find(order_id) else {
            reports.push(refusal);
            return;
        };
        let replaced_id = self.traders[trader as usize].order_id;
        let Some(before) = self.exchange.order(replaced_id) else {
            reports.push(refusal);
            return;
        };
        let entry = Entry {
            trader,
            sequence,
            side: side_of(u8::from(before.side() == Side::Sell as u8)),
            price_ticks,
            lots: u64::from(quantity),
            immediate: false,
        };
        self.replace(entry, replaced_id, order_id, reports);
    }

    fn best(&self, side: Side) -> Option<u64> {
        let best = self.exchange.depth(MARKET, side, 1);
        best.first().map(|&(price, _)| price)
    }

    fn displayed(&self, side: Side, price_ticks: u64) -> u64 {
        self.exchange.displayed(MARKET, side, price_ticks)
    }
}

impl FundedExchange {
    #[inline]
    fn find(&self, caller_id: u64) -> Option<u32> {
        let is_whole = |trader: u32| self.traders[trader as usize].caller_id == caller_id;
        self.ids.get(caller_id, is_whole)
    }

    fn open_trader(&mut self) -> u32 {
        let index = self.traders.len() as u32;
        open_trader(&mut self.exchange, index, &mut self.events);
        self.traders.push(Trader {
            caller_id: 0,
            order_id: 0,
        });
        index
    }

    fn take_trader(&mut self, caller_id: u64) -> u32 {
        let index = match self.idle.pop() {
            Some(index) => index,
            None => self.open_trader(),
        };
        self.traders[index as usize].caller_id = caller_id;
        index
    }

    /// Places an order, and again what is left of it as often as the core ends its matching at the
    /// bound of trades for one command.
    fn enter(&mut self, mut entry: Entry, reports: &mut impl Reports) -> Outcome {
        loop {
            self.send(&place_order(entry));
            let outcome = self.follow(entry, 0, None, reports);
            match outcome {
                Outcome::Closed { remaining } if remaining > 0 && self.crosses(entry) => {
                    entry.lots = remaining;
                }
                _ => return outcome,
            }
        }
    }

    /// Cancels an order and places another in its stead, as one command.
    fn replace(
        &mut self,
        mut entry: Entry,
        replaced_id: u64,
        caller_id: u64,
        reports: &mut impl Reports,
    ) {
        let Entry {
            trader,
            sequence,
            side,
            price_ticks,
            lots,
            ..
        } = entry;
        let of_order = |kind, terms| Report::of_order(kind, sequence, caller_id, terms);
        let modified = of_order(ReportKind::Modified, (side, price_ticks, lots as u32));
        self.send_with(
            &ReplaceOrder {
                order_id: replaced_id,
                client_order_id: Symbol::EMPTY,
                mode: ReplaceMode::StopOnFailure as u8,
                reserved: [0; 7],
            },
            &place_order(entry).encoded(),
        );
        let mut outcome = self.follow(entry, replaced_id, Some(modified), reports);
        if outcome == Outcome::Refused {
            let refusal = Report::refusal(ReportKind::ModifyRefused, sequence, caller_id);
            reports.push(refusal);
            return;
        }
        if let Outcome::Closed { remaining } = outcome
            && remaining > 0
        {
            entry.lots = remaining;
            outcome = self.enter(entry, reports);
        }
        if outcome != Outcome::Rests {
            self.ids.remove(caller_id, trader);
            self.idle.push(trader);
        }
    }

    #[inline]
    fn send(&mut self, command: &impl Message) {
        self.send_with(command, &[]);
    }

    #[inline]
    fn send_with(&mut self, command: &impl Message, tail: &[u8]) {
        self.command.clear();
        command.append_with(tail, &mut self.command);
        apply(&mut self.exchange, &self.command, &mut self.events);
    }

    /// Reports what the events say of an order that was sent, and of those that it met. The order
    /// that it replaced closes first. `accepted` is reported once it is taken in.
    fn follow(
        &mut self,
        entry: Entry,
        replaced_id: u64,
        accepted: Option<Report>,
        reports: &mut impl Reports,
    ) -> Outcome {
        let mut outcome = Outcome::Refused;
        let events = mem::take(&mut self.events);
        let caller_id = self.traders[entry.trader as usize].caller_id;
        for message in messages(&events) {
            if let Some(event) = read::<Traded>(message) {
                let maker = event.maker_account - FIRST_TRADER;
                let maker_id = self.traders[maker as usize].caller_id;
                reports.push(Report::trade(
                    entry.sequence,
                    (maker_id, caller_id),
                    event.price as i64,
                    event.quantity as u32,
                ));
            } else if let Some(event) = read::<OrderAccepted>(message) {
                self.traders[entry.trader as usize].order_id = event.order_id;
                accepted.into_iter().for_each(|report| reports.push(report));
                outcome = Outcome::Rests;
            } else if let Some(event) = read::<OrderClosed>(message) {
                if event.account == FIRST_TRADER + entry.trader {
                    if event.order_id != replaced_id {
                        outcome = Outcome::Closed {
                            remaining: event.remaining_quantity,
                        };
                    }
                } else {
                    let maker = event.account - FIRST_TRADER;
                    self.ids
                        .remove(self.traders[maker as usize].caller_id, maker);
                    self.idle.push(maker);
                }
            }
        }
        self.events = events;
        outcome
    }

    fn crosses(&self, entry: Entry) -> bool {
        let price = entry.price_ticks as u64;
        match entry.side {
            Side::Buy => self.best(Side::Sell).is_some_and(|best| best <= price),
            Side::Sell => self.best(Side::Buy).is_some_and(|best| best >= price),
        }
    }
}

fn place_order(entry: Entry) -> PlaceOrder {
    let time_in_force = if entry.immediate {
        TimeInForce::Ioc
    } else {
        TimeInForce::Gtc
    };
    PlaceOrder {
        account: FIRST_TRADER + entry.trader,
        market: MARKET,
        side: entry.side as u8,
        order_type: OrderType::Limit as u8,
        time_in_force: time_in_force as u8,
        self_trade_prevention: 0,
        flags: 0,
        // A price below zero becomes one far above what the core takes.
        price: entry.price_ticks as u64,
        quantity: entry.lots,
        quote_amount: 0,
        stop_price: 0,
        trailing_delta: 0,
        display_quantity: 0,
        expires_at_us: 0,
        client_order_id: Symbol::EMPTY,
    }
}

/// The events of one group.
fn messages(group: &[u8]) -> impl Iterator<Item = &[u8]> {
    let mut rest = group.get(Group::WIDTH..).unwrap_or_default();
    core::iter::from_fn(move || {
        let length = header_of(rest).ok()?.length as usize;
        let (message, behind) = rest.split_at(length);
        rest = behind;
        Some(message)
    })
}

#[inline]
fn read<M: Message>(message: &[u8]) -> Option<M> {
    M::decode(message).ok().map(|(event, _)| event)
}
