//! One who sees events only, and must know depth and balances from them.

use std::collections::BTreeMap;

use cse_core::Exchange;
use cse_wire::{BalanceChanged, BalanceState, DepthChanged, OrderAccepted, OrderClosed, Side};

use crate::floor::all_of;

#[derive(Default)]
pub struct Follower {
    depth: BTreeMap<(u32, u8, u64), u64>,
    book_sequences: BTreeMap<u32, u64>,
    balances: BTreeMap<(u32, u32), (i128, i128)>,
    open: BTreeMap<u64, u32>,
}

impl Follower {
    /// One who comes in late and is told what there is.
    pub fn of(exchange: &Exchange) -> Self {
        let mut follower = Self::default();
        let mut body = Vec::new();
        exchange.write_state(&mut body);
        for balance in all_of::<BalanceState>(&body) {
            let key = (balance.account, balance.asset);
            follower
                .balances
                .insert(key, (balance.available, balance.locked));
        }
        for market in exchange.markets() {
            follower
                .book_sequences
                .insert(market.market, market.book_sequence);
            for side in [Side::Buy, Side::Sell] {
                for (price, lots) in exchange.depth(market.market, side, usize::MAX) {
                    follower
                        .depth
                        .insert((market.market, side as u8, price), lots);
                }
            }
        }
        for account in exchange.accounts() {
            for order in exchange.open_orders(account.account, 0) {
                follower.open.insert(order.order_id(), order.account());
            }
        }
        follower
    }

    /// Takes in the events of a group: each change is told once, in order, and is one.
    pub fn take(&mut self, events: &[u8]) {
        let levels: Vec<DepthChanged> = all_of(events);
        assert!(
            levels
                .is_sorted_by(|a, b| { (a.market, a.side, a.price) < (b.market, b.side, b.price) })
        );
        for level in levels {
            let sequence = self.book_sequences.entry(level.market).or_default();
            *sequence += 1;
            assert_eq!(level.book_sequence, *sequence);
            let key = (level.market, level.side, level.price);
            let before = match level.quantity {
                0 => self.depth.remove(&key),
                lots => self.depth.insert(key, lots),
            };
            assert_ne!(before.unwrap_or(0), level.quantity, "{level:?}");
        }
        let balances: Vec<BalanceChanged> = all_of(events);
        assert!(balances.is_sorted_by(|a, b| (a.account, a.asset) < (b.account, b.asset)));
        for balance in balances {
            let after = (balance.available, balance.locked);
            let before = self
                .balances
                .insert((balance.account, balance.asset), after);
            assert_ne!(before.unwrap_or((0, 0)), after, "{balance:?}");
        }
        for order in all_of::<OrderAccepted>(events) {
            self.open.insert(order.order_id, order.account);
        }
        for order in all_of::<OrderClosed>(events) {
            assert_eq!(
                self.open.remove(&order.order_id),
                Some(order.account),
                "closed once"
            );
        }
    }

    /// Whether the follower knows what the exchange does.
    pub fn compare(&self, exchange: &Exchange) {
        let told = Self::of(exchange);
        assert_eq!(self.depth, told.depth);
        assert_eq!(self.book_sequences, told.book_sequences);
        assert_eq!(self.open, told.open);
        let known = self
            .balances
            .iter()
            .filter(|&(_, &balance)| balance != (0, 0));
        assert!(known.eq(told.balances.iter()), "balances");
    }
}
