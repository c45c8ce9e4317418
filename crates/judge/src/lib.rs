//! The core behind the C interface of a public benchmark of matching engines (`docs/benchmarks.md`).
//!
//! The benchmark loads this crate's shared library, gives it one message a call, and takes reports
//! from it on another thread. It knows no accounts. [`BareBook`] is what matches in the core, alone;
//! [`FundedExchange`] is the whole exchange, and gives each open order a funded account of its own.
//! In both the caller's ids lead to our numbers through [`CallerIds`].

mod bare;
mod caller_ids;
mod engine;
mod ffi;
mod floor;
mod funded;
mod interface;
mod ring;

pub use bare::BareBook;
pub use caller_ids::CallerIds;
pub use engine::{Engine, Reports};
pub use ffi::{
    Transport, engine_flush, engine_get_transport, engine_init, engine_on_cancel, engine_on_modify,
    engine_on_new_order, engine_query_best_ask, engine_query_best_bid, engine_query_depth_at,
    engine_shutdown, ring_transport,
};
pub use funded::FundedExchange;
pub use interface::{Cancel, Modify, NewOrder, Report, ReportKind, side_number, side_of};
pub use ring::{Ring, RingWriter};
