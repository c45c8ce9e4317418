//! Bounds that layouts and rules share. They are enforced where an asset or a market is listed and
//! where an order is taken in, so that no sum behind them can overflow.

use crate::commands::FromOutbox;
use crate::layout::Message;

/// A price in ticks is below this.
pub const PRICE_LIMIT: u64 = 1 << 40;
/// A quantity in lots is below this.
pub const QUANTITY_LIMIT: u64 = 1 << 50;
/// Quote units per tick and lot are below this; a notional then fits 126 bits.
pub const TICK_LOT_UNITS_LIMIT: u64 = 1 << 36;
/// Base units per lot are below this.
pub const LOT_SIZE_LIMIT: u64 = 1 << 50;
/// The supply of an asset in its units is below this.
pub const SUPPLY_LIMIT: u128 = 1 << 100;
/// An order id is below this, so that it is exact in a JSON number too.
pub const ORDER_ID_LIMIT: u64 = 1 << 53;
/// The most ledger decimals of an asset.
pub const DECIMALS_MAX: u8 = 18;
/// The most decimals of a tick size.
pub const TICK_DECIMALS_MAX: u8 = 18;
/// The highest fee, in parts per million.
pub const FEE_PPM_MAX: i32 = 100_000;
/// One, in parts per million.
pub const PPM: u32 = 1_000_000;
/// The most legs of one transfer.
pub const LEGS_MAX: usize = 16;
/// The notional of an order in quote units is below this.
pub const NOTIONAL_LIMIT: u128 = 1 << 126;
/// The longest window and the longest auction of a volatility interruption, in seconds.
pub const INTERRUPTION_S_MAX: u32 = 86_400;
/// The most orders that one incoming order meets, and the most meetings of the auctions of one
/// command, so that the events of a command are bounded.
pub const TRADES_MAX: usize = 4_096;
/// Once its auctions have fixed more prices than this, a command uncrosses no further: each fixing looks
/// at all that crosses.
pub const FIXINGS_MAX: usize = 16;
/// With more crossing levels than this what an auction would trade is told only from time to time: each
/// command would look at all of them.
pub const INDICATED_LEVELS_MAX: usize = 64;
/// How long that is: the first command of each such stretch of time.
pub const INDICATION_INTERVAL_US: i64 = 100_000;
/// The most orders that one command cancels.
pub const CANCELS_MAX: usize = 4_096;
/// The most orders that expire before one command.
pub const EXPIRIES_MAX: usize = 1_000;
/// The most fired orders that one command carries out.
pub const TRIGGERS_MAX: usize = 256;
/// The most cancel timers that are looked at before one command.
pub const TIMERS_MAX: usize = 1_000;
/// The shortest time after which a cancel timer fires.
pub const CANCEL_TIMEOUT_MIN_US: i64 = 1_000_000;
/// The longest time after which a cancel timer fires.
pub const CANCEL_TIMEOUT_MAX_US: i64 = DAY_US;
/// How long a stretch of time is in which risk is counted.
pub const RISK_STRETCH_US: i64 = 10_000_000;
/// The stretches that make a minute of risk: the one that goes on, and those of the 60 seconds before.
pub const RISK_STRETCHES: usize = 7;
/// How far an order is that is counted as far from the market is below this.
pub const FAR_PPM_LIMIT: u32 = PPM;
/// The highest fee tier.
pub const FEE_TIER_MAX: u8 = 9;
/// The time at which an order expires is before this, in microseconds UTC.
pub const EXPIRES_AT_LIMIT_US: i64 = 1 << 53;
/// The time at which an auction ends is before this, in microseconds UTC.
pub const AUCTION_ENDS_AT_LIMIT_US: i64 = 1 << 53;
/// A day, at whose end orders of the day expire.
pub const DAY_US: i64 = 24 * 3600 * 1_000_000;
/// The longest client order id, in bytes.
pub const CLIENT_ORDER_ID_MAX: usize = 36;
/// How long a client order id is remembered after its order closed.
pub const CLIENT_ORDER_ID_MEMORY_US: i64 = 24 * 3600 * 1_000_000;
/// How many later closed client order ids of the same account push one out of memory.
pub const CLIENT_ORDER_ID_MEMORY_COUNT: u64 = 100_000;
/// The longest command, header and tail included, in bytes.
pub const COMMAND_LENGTH_MAX: usize = 1024;
/// The longest command out of an outbox: it has to fit once `FromOutbox` is around it.
pub const OUTBOX_COMMAND_LENGTH_MAX: usize = COMMAND_LENGTH_MAX - FromOutbox::WIDTH;
