//! Events: what the core says has happened. Kinds 0x0200 to 0x02ff.

pub(crate) mod course;
pub(crate) mod listing;
pub(crate) mod money;
pub(crate) mod orders;
pub(crate) mod trades;

pub use course::*;
pub use listing::*;
pub use money::*;
pub use orders::*;
pub use trades::*;
