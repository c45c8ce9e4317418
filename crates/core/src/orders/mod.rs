//! Orders: taken in, amended, replaced and cancelled, and where the open ones are kept.

mod admission;
mod amend;
mod cancel;
mod cancel_timers;
mod client_orders;
mod closing;
mod expiries;
mod funds;
mod identity;
mod open_orders;
mod place;
mod post_only;
mod records;
mod replace;
mod terms;

pub(crate) use admission::{Admitted, Beside};
pub(crate) use amend::or_before;
pub(crate) use cancel_timers::CancelTimers;
pub(crate) use client_orders::{ClientOrders, is_client_order_id};
pub(crate) use expiries::{Expiries, NEVER};
pub(crate) use identity::Identity;
pub(crate) use open_orders::OpenOrders;
pub(crate) use records::{Details, Incoming, Orders, written_time};
pub(crate) use terms::may_rest;
