//! Trigger orders: they wait outside the book for a trade, fire, and are carried out in turn.

mod amend;
mod cascade;
mod firing;
mod following;
mod queue;
mod records;
mod restore;
mod states;
mod trailing;
mod waiting;
mod watch;

pub(crate) use cascade::Cascade;
pub(crate) use firing::hold_waiting;
pub(crate) use queue::{Fired, Queue};
pub(crate) use records::{
    Phase, Trigger, Triggers, Waits, direction_of, is_limit_type, is_trigger, trail_of,
};
pub(crate) use trailing::Trail;
pub(crate) use waiting::Waiting;

/// What a market has of trigger orders.
#[derive(Default)]
pub(crate) struct MarketTriggers {
    pub(crate) waiting: Waiting,
    pub(crate) queue: Queue,
}
