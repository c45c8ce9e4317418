//! The book layer of the core as an engine, without accounts, balances and events.

use cse_book::{Book, Ladder, MatchEnd, Matching, Order, Orders, match_incoming, opposite};
use cse_wire::{PRICE_LIMIT, Side};

use crate::caller_ids::CallerIds;
use crate::engine::{Engine, Reports};
use crate::interface::{Cancel, Modify, NewOrder, Report, ReportKind, side_of};

/// Prices that each side keeps at hand; a busy book would find that it needs so many by itself.
const WINDOW: usize = 1 << 16;

/// See the module.
pub struct BareBook {
    book: Book,
    /// Whether the windows were laid, about the price of the first order.
    is_laid: bool,
    orders: Orders<()>,
    ids: CallerIds,
}

impl Engine for BareBook {
    fn with_room(orders: u32) -> Self {
        Self {
            book: Book::default(),
            is_laid: false,
            orders: Orders::with_room(orders as usize),
            ids: CallerIds::default(),
        }
    }

    #[inline]
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
        if !is_in_range(price_ticks, quantity) || self.find(order_id).is_some() {
            reports.push(report(ReportKind::Cancelled, quantity));
            return;
        }
        let left = self.take(
            sequence,
            order_id,
            (side, price_ticks as u64, quantity),
            reports,
        );
        if left == 0 {
            return;
        }
        if immediate != 0 {
            reports.push(report(ReportKind::Cancelled, left as u32));
            return;
        }
        if !self.is_laid {
            self.lay_windows(price_ticks as u64);
        }
        let order = order_of(order_id, side, price_ticks as u64, left);
        let slot = self.orders.insert(order, 0, ());
        self.ids.insert(order_id, slot);
        self.join(side, slot);
    }

    #[inline]
    fn cancel(&mut self, cancel: &Cancel, reports: &mut impl Reports) {
        let &Cancel { order_id, sequence } = cancel;
        let is_whole = |slot: u32| id_of(&self.orders[slot]) == order_id;
        let Some(slot) = self.ids.take(order_id, is_whole) else {
            let kind = ReportKind::CancelRefused;
            reports.push(Report::refusal(kind, sequence, order_id));
            return;
        };
        let order = &self.orders[slot];
        let side = order.side;
        let terms = (side, order.price() as i64, order.shown as u32);
        self.leave(side, slot);
        self.orders.remove(slot);
        reports.push(Report::of_order(
            ReportKind::Cancelled,
            sequence,
            order_id,
            terms,
        ));
    }

    #[inline]
    fn modify(&mut self, modify: &Modify, reports: &mut impl Reports) {
        let &Modify {
            order_id,
            sequence,
            price_ticks,
            quantity,
            ..
        } = modify;
        let resting = self.find(order_id);
        let Some(slot) = resting.filter(|_| is_in_range(price_ticks, quantity)) else {
            let kind = ReportKind::ModifyRefused;
            reports.push(Report::refusal(kind, sequence, order_id));
            return;
        };
        let side = self.orders[slot].side;
        let terms = (side, price_ticks, quantity);
        reports.push(Report::of_order(
            ReportKind::Modified,
            sequence,
            order_id,
            terms,
        ));
        self.leave(side, slot);
        let left = self.take(
            sequence,
            order_id,
            (side, price_ticks as u64, quantity),
            reports,
        );
        if left == 0 {
            self.ids.remove(order_id, slot);
            self.orders.remove(slot);
            return;
        }
        let order = order_of(order_id, side, price_ticks as u64, left);
        self.orders.rewrite(slot, order, 0, ());
        self.join(side, slot);
    }

    fn best(&self, side: Side) -> Option<u64> {
        self.book.ladder(side).best_price()
    }

    fn displayed(&self, side: Side, price_ticks: u64) -> u64 {
        if price_ticks < PRICE_LIMIT {
            self.book.ladder(side).displayed(price_ticks)
        } else {
            0
        }
    }
}

impl BareBook {
    #[cold]
    fn lay_windows(&mut self, price: u64) {
        self.is_laid = true;
        for side in [Side::Buy, Side::Sell] {
            self.book.ladder_mut(side).reserve(price, WINDOW);
        }
    }

    #[inline]
    fn find(&self, caller_id: u64) -> Option<u32> {
        self.ids
            .get(caller_id, |slot| id_of(&self.orders[slot]) == caller_id)
    }

    #[inline]
    fn join(&mut self, side: Side, slot: u32) {
        let ladder = self.book.ladder_mut(side);
        ladder.join(&mut self.orders, slot, &mut ());
    }

    #[inline]
    fn leave(&mut self, side: Side, slot: u32) {
        let ladder = self.book.ladder_mut(side);
        ladder.leave(&mut self.orders, slot, &mut ());
    }

    /// Matches an order with the other side; returns the lots that are left.
    #[inline]
    fn take(
        &mut self,
        sequence: u64,
        taker_id: u64,
        (side, price, quantity): (Side, u64, u32),
        reports: &mut impl Reports,
    ) -> u64 {
        let makers = self.book.ladder_mut(opposite(side));
        // Most orders meet nobody.
        if makers.first_within(Some(price)).is_none() {
            return u64::from(quantity);
        }
        let mut taker = Taker {
            makers,
            orders: &mut self.orders,
            ids: &mut self.ids,
            reports,
            id: taker_id,
            sequence,
            limit: price,
            wanted: u64::from(quantity),
        };
        let end = match_incoming(&mut taker);
        debug_assert!(matches!(end, MatchEnd::Satisfied | MatchEnd::Exhausted));
        taker.wanted
    }
}

/// An order of a book that knows no accounts and markets: the caller's id stands in their place, in
/// the line that is looked at anyway.
#[inline]
fn order_of(id: u64, side: Side, price: u64, lots: u64) -> Order {
    Order::new(id as u32, (id >> 32) as u32, side, price, lots)
}

/// The caller's id.
#[inline]
fn id_of(order: &Order) -> u64 {
    u64::from(order.market) << 32 | u64::from(order.account)
}

/// The core takes such prices and quantities.
#[inline]
fn is_in_range(price_ticks: i64, quantity: u32) -> bool {
    (1..PRICE_LIMIT as i64).contains(&price_ticks) && quantity > 0
}

/// An order while it is matched. No order expires, and all are of different owners.
struct Taker<'a, R> {
    makers: &'a mut Ladder,
    orders: &'a mut Orders<()>,
    ids: &'a mut CallerIds,
    reports: &'a mut R,
    id: u64,
    sequence: u64,
    limit: u64,
    wanted: u64,
}

impl<R: Reports> Matching for Taker<'_, R> {
    const MEETINGS_MAX: usize = usize::MAX;

    #[inline]
    fn is_satisfied(&self) -> bool {
        self.wanted == 0
    }

    #[inline]
    fn first_maker(&self) -> Option<u32> {
        self.makers.first_within(Some(self.limit))
    }

    #[inline]
    fn is_due(&self, _slot: u32) -> bool {
        false
    }

    #[inline]
    fn lots_with(&self, slot: u32) -> u64 {
        self.orders[slot].shown.min(self.wanted)
    }

    #[inline]
    fn is_own(&self, _slot: u32) -> bool {
        false
    }

    fn expire(&mut self, _slot: u32) {}

    fn prevent(&mut self, _slot: u32, _lots: u64) -> bool {
        true
    }

    #[inline]
    fn trade(&mut self, slot: u32, lots: u64) {
        let order = &self.orders[slot];
        let id = id_of(order);
        let (price, shown) = (order.price(), order.shown);
        self.wanted -= lots;
        self.makers.take_first(self.orders, lots, &mut ());
        if shown == lots {
            self.ids.remove(id, slot);
            self.orders.remove(slot);
        }
        let maker_taker = (id, self.id);
        let report = Report::trade(self.sequence, maker_taker, price as i64, lots as u32);
        self.reports.push(report);
    }
}
