//! Commands as a book without accounts takes them: decoded beforehand.

use cse_wire::{CancelOrder, Message, PlaceOrder, Side, header_of};

use crate::CommandFile;

/// What a flow asks of a book. Order ids are those that the core gives out: 1, 2 and so on.
#[derive(Clone, Copy)]
pub enum Step {
    /// A limit order that may rest.
    Place {
        /// Which book, from 1.
        market: u32,
        /// Of the order.
        side: Side,
        /// In ticks.
        price: u64,
        /// In lots.
        lots: u64,
    },
    /// Whatever is left of an order goes.
    Cancel {
        /// The order.
        order_id: u64,
    },
}

/// The orders and cancels among some commands of a file.
///
/// # Panics
/// When a command is cut short.
#[must_use]
pub fn steps_of(file: &CommandFile, range: std::ops::Range<usize>) -> Vec<Step> {
    range.filter_map(|index| step_of(file.get(index))).collect()
}

fn step_of(command: &[u8]) -> Option<Step> {
    match header_of(command).expect("a whole command").kind {
        PlaceOrder::KIND => {
            let (order, _) = PlaceOrder::decode(command).expect("a whole order");
            // What waits for a trade is no book's affair.
            (order.stop_price == 0).then(|| Step::Place {
                market: order.market,
                side: Side::from_number(order.side).expect("a side"),
                price: order.price,
                lots: order.quantity,
            })
        }
        CancelOrder::KIND => {
            let (cancel, _) = CancelOrder::decode(command).expect("a whole cancel");
            Some(Step::Cancel {
                order_id: cancel.order_id,
            })
        }
        _ => None,
    }
}
