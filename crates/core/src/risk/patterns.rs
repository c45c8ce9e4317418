//! Patterns: what the events of a command add to an account's counts, and what is told of that.

use alloc::vec::Vec;
use core::mem;

use cse_wire::{
    AccountFlagged, BeforeCommand, CloseReason, MarketOrdersCancelled, Message, OrderAccepted,
    OrderAmended, OrderClosed, OrderType, PPM, RiskLimitsState, RiskPattern, SelfTradePrevented,
    Side, Traded, header_of,
};

use super::counts::{Counts, stretch_of};
use crate::exchange::{Exchange, Moment};

/// Something that an account has done in a market.
#[derive(Clone, Copy)]
pub(super) struct Act {
    market: u32,
    account: u32,
    kind: Kind,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// It has placed or amended an order, at a price; 0 where that is not looked at.
    Order {
        side: u8,
        price: u64,
    },
    Cancel,
    Fill,
    Prevented,
}

impl Exchange {
    /// Counts what the events of the command under way have brought, and tells of patterns.
    #[cold]
    #[inline(never)]
    pub(crate) fn watch(&mut self, at: Moment, events: usize, out: &mut Vec<u8>) {
        let mut acts = mem::take(&mut self.risk.acts);
        self.read_acts(&out[events..], &mut acts);
        acts.retain(|act| self.risk.watches(act.market));
        if !acts.is_empty() {
            self.risk.forget_passed(stretch_of(at.time_us));
        }
        for act in &acts {
            self.count(at, act);
        }
        acts.sort_unstable_by_key(|act| (act.market, act.account));
        acts.dedup_by_key(|act| (act.market, act.account));
        for act in acts.drain(..) {
            self.tell_patterns(at, act.market, act.account, out);
        }
        self.risk.acts = acts;
    }

    fn read_acts(&self, mut events: &[u8], acts: &mut Vec<Act>) {
        // Bytes of events that stand for what happened before the command.
        let mut before = 0;
        let mut cancels_count = true;
        while let Ok(header) = header_of(events) {
            let (event, rest) = events.split_at(header.length as usize);
            match header.kind {
                BeforeCommand::KIND => {
                    before = BeforeCommand::get_fields(event).length as usize + event.len();
                }
                MarketOrdersCancelled::KIND => {
                    cancels_count = fault!(ClearingCountsAsCancels, true, false);
                }
                OrderClosed::KIND if before > 0 => {}
                _ => self.read_act(header.kind, event, acts),
            }
            before = before.saturating_sub(event.len());
            events = rest;
        }
        if !cancels_count {
            acts.retain(|act| act.kind != Kind::Cancel);
        }
    }

    fn read_act(&self, kind: u16, event: &[u8], acts: &mut Vec<Act>) {
        let mut add = |market, account, kind| {
            acts.push(Act {
                market,
                account,
                kind,
            });
        };
        match kind {
            OrderAccepted::KIND => {
                let order = OrderAccepted::get_fields(event);
                let is_limit = order.order_type == OrderType::Limit as u8;
                let price = if is_limit { order.price } else { 0 };
                let side = order.side;
                add(order.market, order.account, Kind::Order { side, price });
            }
            OrderAmended::KIND => {
                let order = OrderAmended::get_fields(event);
                // It may have traded and closed: then it is far from nothing.
                let slot = self.orders.slot_of(order.order_id);
                let side = slot.map_or(0, |slot| self.orders[slot].side as u8);
                let moves = order.keeps_priority == 0;
                let price = if moves { order.price } else { 0 };
                add(order.market, order.account, Kind::Order { side, price });
            }
            OrderClosed::KIND => {
                let closed = OrderClosed::get_fields(event);
                if closed.reason == CloseReason::Cancelled as u8 {
                    add(closed.market, closed.account, Kind::Cancel);
                }
            }
            Traded::KIND => {
                let traded = Traded::get_fields(event);
                add(traded.market, traded.maker_account, Kind::Fill);
                add(traded.market, traded.taker_account, Kind::Fill);
            }
            SelfTradePrevented::KIND => {
                let prevented = SelfTradePrevented::get_fields(event);
                add(prevented.market, prevented.taker_account, Kind::Prevented);
            }
            _ => {}
        }
    }

    fn count(&mut self, at: Moment, act: &Act) {
        let &Act {
            market,
            account,
            kind,
        } = act;
        let is_far = match kind {
            Kind::Order { side, price } => self.is_far(market, account, side, price),
            _ => false,
        };
        let now = stretch_of(at.time_us);
        let counts = self.risk.counts_at(market, account, now).of_stretch(now);
        let counted = match kind {
            Kind::Order { .. } if is_far => &mut counts.far_orders,
            Kind::Order { .. } => return,
            Kind::Cancel => &mut counts.cancels,
            Kind::Fill => &mut counts.fills,
            Kind::Prevented => &mut counts.prevented,
        };
        *counted = counted.saturating_add(1);
    }

    /// Whether an order stands far from the market, on the side where it waits for it.
    fn is_far(&self, market: u32, account: u32, side: u8, price: u64) -> bool {
        let Some(limits) = self.risk_limits_for(account, market) else {
            return false;
        };
        let reference = self.markets.at(market).reference_price();
        let (Some(reference), true) = (reference, price != 0 && limits.flag_far_orders != 0) else {
            return false;
        };
        let distance = match Side::from_number(side) {
            Some(Side::Buy) => reference.saturating_sub(price),
            Some(Side::Sell) => price.saturating_sub(reference),
            None => 0,
        };
        let far = u128::from(reference) * u128::from(limits.flag_far_ppm);
        u128::from(distance) * u128::from(PPM) > far
    }

    /// Tells of the patterns that are there, and were not told lately.
    fn tell_patterns(&mut self, at: Moment, market: u32, account: u32, out: &mut Vec<u8>) {
        let now = stretch_of(at.time_us);
        let Some(limits) = self.risk_limits_for(account, market).copied() else {
            return;
        };
        let sum = self.risk.sum(market, account, now);
        for found in patterns(&limits, &sum).into_iter().flatten() {
            let bit = 1 << (found.pattern as u8 - 1);
            if fault!(ToldEachTime, false, sum.told & bit != 0) {
                continue;
            }
            self.risk
                .counts_at(market, account, now)
                .of_stretch(now)
                .told |= bit;
            AccountFlagged {
                account,
                market,
                pattern: found.pattern as u8,
                reserved: [0; 3],
                fills: found.fills,
                counted: found.counted,
                bound: found.bound,
            }
            .append(out);
        }
    }
}

/// A pattern that is there.
struct Found {
    pattern: RiskPattern,
    counted: u128,
    bound: u128,
    fills: u32,
}

/// Each pattern, where it is there by some limits.
fn patterns(limits: &RiskLimitsState, sum: &Counts) -> [Option<Found>; 4] {
    let found = |pattern, counted, bound, is_there: bool| {
        is_there.then_some(Found {
            pattern,
            counted,
            bound,
            fills: 0,
        })
    };
    let reached = |pattern, counted: u32, bound: u32| {
        let is_there = bound != 0 && counted >= bound;
        found(pattern, counted.into(), bound.into(), is_there)
    };
    let most = limits.flag_notional_per_minute;
    let above = most != 0 && sum.notional > most;
    let filled = u64::from(limits.flag_cancels_per_fill) * u64::from(sum.fills);
    let many = u64::from(sum.cancels) > fault!(FillsExcuseNothing, 0, filled);
    let cancels = reached(RiskPattern::Cancels, sum.cancels, limits.flag_cancels);
    [
        found(RiskPattern::Notional, sum.notional, most, above),
        cancels.filter(|_| many).map(|cancels| Found {
            fills: sum.fills,
            ..cancels
        }),
        reached(
            RiskPattern::FarOrders,
            sum.far_orders,
            limits.flag_far_orders,
        ),
        reached(
            RiskPattern::SelfTrades,
            sum.prevented,
            limits.flag_self_trades,
        ),
    ]
}
