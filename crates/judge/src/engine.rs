//! What an engine does for the benchmark, and where its reports go.

use cse_wire::Side;

use crate::interface::{Cancel, Modify, NewOrder, Report};

/// One market of orders under the caller's ids.
///
/// An order that is not to be had (its price or quantity is out of the core's range, its id is that
/// of an order that rests) is accepted and cancelled at once, for want of a report that refuses it;
/// a modify to such terms is refused, and changes nothing.
pub trait Engine {
    /// An engine with nothing in it, and with room for so many open orders until it needs more.
    fn with_room(orders: u32) -> Self;

    /// Takes an order in: it is accepted, trades, and rests or is cancelled.
    fn place(&mut self, order: &NewOrder, reports: &mut impl Reports);

    /// Cancels an order, or says that it does not rest.
    fn cancel(&mut self, cancel: &Cancel, reports: &mut impl Reports);

    /// Takes an order out and in again on other terms, or says that it does not rest.
    fn modify(&mut self, modify: &Modify, reports: &mut impl Reports);

    /// The best price of a side in ticks.
    fn best(&self, side: Side) -> Option<u64>;

    /// The open lots of a side at a price.
    fn displayed(&self, side: Side, price_ticks: u64) -> u64;
}

/// Takes the reports of an engine, in their order.
pub trait Reports {
    /// Takes one.
    fn push(&mut self, report: Report);
}

impl Reports for Vec<Report> {
    fn push(&mut self, report: Report) {
        Vec::push(self, report);
    }
}
