//! The functions that the benchmark calls, and all of the crate's unsafe code.
//!
//! The caller promises that one thread makes all calls but `drain`, that pointers are good for the
//! call they are given in, and that reports are drained by one thread. `CSE_JUDGE`, read when the
//! library is first asked, holds words parted by commas: `ring` for reports through our own ring
//! instead of the caller's queue, `balances` for the whole exchange instead of its book layer.
#![allow(unsafe_code)]

use core::cell::UnsafeCell;
use core::ffi::c_void;
use core::ptr;
use std::sync::atomic::{AtomicPtr, Ordering};

use cse_wire::Side;

use crate::bare::BareBook;
use crate::engine::{Engine, Reports};
use crate::funded::FundedExchange;
use crate::interface::{Cancel, Modify, NewOrder, Report};
use crate::ring::{Ring, RingWriter};

/// Open orders that there is room for from the beginning; more find room when they come.
const ROOM: u32 = 1 << 16;

/// A queue of reports, as a table of functions on its handle.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct Transport {
    /// Makes a queue with room for so many reports; returns its handle.
    pub create: extern "C" fn(u32) -> *mut c_void,
    /// Puts a report in; returns 0 where there is no room.
    pub push: unsafe extern "C" fn(*mut c_void, *const Report) -> i32,
    /// Takes out as many reports as are there and are asked for; returns how many.
    pub drain: unsafe extern "C" fn(*mut c_void, *mut Report, u32) -> u32,
    /// Makes what was put in visible.
    pub flush: unsafe extern "C" fn(*mut c_void),
    /// Ends a queue.
    pub destroy: unsafe extern "C" fn(*mut c_void),
}

/// Reports into the caller's queue.
struct Queue {
    push: unsafe extern "C" fn(*mut c_void, *const Report) -> i32,
    handle: *mut c_void,
}

impl Reports for Queue {
    #[inline]
    fn push(&mut self, report: Report) {
        // SAFETY: handle and function came together from the caller, for this thread to push with.
        while unsafe { (self.push)(self.handle, &report) } == 0 {
            core::hint::spin_loop();
        }
    }
}

/// An engine and where its reports go.
struct Session<E, R> {
    engine: E,
    reports: R,
}

impl<E: Engine, R> Session<E, R> {
    fn new(reports: R) -> Self {
        Self {
            engine: E::with_room(ROOM),
            reports,
        }
    }
}

enum Judged {
    Nothing,
    BareQueue(Session<BareBook, Queue>),
    BareRing(Session<BareBook, RingWriter<'static>>),
    FundedQueue(Session<FundedExchange, Queue>),
    FundedRing(Session<FundedExchange, RingWriter<'static>>),
}

/// Runs an expression with the session of whichever combination there is.
macro_rules! with_session {
    ($session:ident => $then:expr, $otherwise:expr) => {
        match judged() {
            Judged::Nothing => $otherwise,
            Judged::BareQueue($session) => $then,
            Judged::BareRing($session) => $then,
            Judged::FundedQueue($session) => $then,
            Judged::FundedRing($session) => $then,
        }
    };
}

struct MatchingThreadOnly(UnsafeCell<Judged>);

// SAFETY: the caller makes all calls that reach it from one thread.
unsafe impl Sync for MatchingThreadOnly {}

static JUDGED: MatchingThreadOnly = MatchingThreadOnly(UnsafeCell::new(Judged::Nothing));

#[inline]
fn judged() -> &'static mut Judged {
    // SAFETY: one thread only, and no function here calls another that asks for it too.
    unsafe { &mut *JUDGED.0.get() }
}

fn is_asked_for(word: &str) -> bool {
    std::env::var("CSE_JUDGE").is_ok_and(|words| words.split(',').any(|each| each == word))
}

/// Begins with an empty book.
///
/// # Safety
/// `transport` points to a table whose functions take `handle`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn engine_init(
    _nonce: u64,
    transport: *const Transport,
    handle: *mut c_void,
) {
    let has_balances = is_asked_for("balances");
    *judged() = if OWN_RING.load(Ordering::Acquire) == handle && !handle.is_null() {
        // SAFETY: the handle is that of a ring made below, which lives until it is destroyed, and
        // that is after the last report.
        let reports = RingWriter::new(unsafe { &*handle.cast::<Ring>() });
        if has_balances {
            Judged::FundedRing(Session::new(reports))
        } else {
            Judged::BareRing(Session::new(reports))
        }
    } else {
        // SAFETY: as the caller promises.
        let push = unsafe { (*transport).push };
        let reports = Queue { push, handle };
        if has_balances {
            Judged::FundedQueue(Session::new(reports))
        } else {
            Judged::BareQueue(Session::new(reports))
        }
    };
}

/// Ends it.
#[unsafe(no_mangle)]
pub extern "C" fn engine_shutdown() {
    *judged() = Judged::Nothing;
}

/// # Safety
/// `order` points to an order.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn engine_on_new_order(order: *const NewOrder) {
    // SAFETY: as the caller promises.
    let order = unsafe { &*order };
    with_session!(session => session.engine.place(order, &mut session.reports), ());
}

/// # Safety
/// `cancel` points to a cancel.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn engine_on_cancel(cancel: *const Cancel) {
    // SAFETY: as the caller promises.
    let cancel = unsafe { &*cancel };
    with_session!(session => session.engine.cancel(cancel, &mut session.reports), ());
}

/// # Safety
/// `modify` points to a modify.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn engine_on_modify(modify: *const Modify) {
    // SAFETY: as the caller promises.
    let modify = unsafe { &*modify };
    with_session!(session => session.engine.modify(modify, &mut session.reports), ());
}

/// Every message is done when its call returns, and its reports are out.
#[unsafe(no_mangle)]
pub extern "C" fn engine_flush() {}

/// The highest bid in ticks; the least number where there is none.
#[unsafe(no_mangle)]
pub extern "C" fn engine_query_best_bid() -> i64 {
    let best = with_session!(session => session.engine.best(Side::Buy), None);
    best.map_or(i64::MIN, |price| price as i64)
}

/// The lowest ask in ticks; the greatest number where there is none.
#[unsafe(no_mangle)]
pub extern "C" fn engine_query_best_ask() -> i64 {
    let best = with_session!(session => session.engine.best(Side::Sell), None);
    best.map_or(i64::MAX, |price| price as i64)
}

/// The open lots at a price.
#[unsafe(no_mangle)]
pub extern "C" fn engine_query_depth_at(price_ticks: i64, side: u8) -> u64 {
    let Ok(price) = u64::try_from(price_ticks) else {
        return 0;
    };
    let side = crate::interface::side_of(side);
    with_session!(session => session.engine.displayed(side, price), 0)
}

/// Our ring, where it is asked for; otherwise none, and the caller takes its own queue.
#[unsafe(no_mangle)]
pub extern "C" fn engine_get_transport() -> *const Transport {
    if is_asked_for("ring") {
        ring_transport()
    } else {
        ptr::null()
    }
}

/// Our ring.
#[must_use]
pub fn ring_transport() -> &'static Transport {
    &RING
}

static OWN_RING: AtomicPtr<c_void> = AtomicPtr::new(ptr::null_mut());

static RING: Transport = Transport {
    create: ring_create,
    push: ring_push,
    drain: ring_drain,
    flush: ring_flush,
    destroy: ring_destroy,
};

extern "C" fn ring_create(capacity: u32) -> *mut c_void {
    let handle = Box::into_raw(Box::new(Ring::new(capacity as usize))).cast();
    OWN_RING.store(handle, Ordering::Release);
    handle
}

/// Never called: the engine writes into the ring itself.
unsafe extern "C" fn ring_push(_handle: *mut c_void, _report: *const Report) -> i32 {
    0
}

unsafe extern "C" fn ring_drain(handle: *mut c_void, out: *mut Report, most: u32) -> u32 {
    // SAFETY: the handle is that of a ring, and `out` has room for `most` reports, whatever bytes
    // are in it: every bit pattern is a report.
    let (ring, out) = unsafe {
        (
            &*handle.cast::<Ring>(),
            core::slice::from_raw_parts_mut(out, most as usize),
        )
    };
    ring.drain(out) as u32
}

unsafe extern "C" fn ring_flush(_handle: *mut c_void) {}

unsafe extern "C" fn ring_destroy(handle: *mut c_void) {
    OWN_RING.store(ptr::null_mut(), Ordering::Release);
    // SAFETY: made by `ring_create`, and nobody uses it any more.
    drop(unsafe { Box::from_raw(handle.cast::<Ring>()) });
}
