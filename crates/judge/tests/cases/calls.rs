//! The C functions themselves, called as the benchmark calls them.
#![allow(unsafe_code)]

use std::ffi::c_void;
use std::ptr::{from_ref, null_mut};
use std::sync::Mutex;

use cse_judge::{
    Cancel, Modify, NewOrder, Report, ReportKind, Transport, engine_flush, engine_get_transport,
    engine_init, engine_on_cancel, engine_on_modify, engine_on_new_order, engine_query_best_ask,
    engine_query_best_bid, engine_query_depth_at, engine_shutdown, ring_transport,
};

use crate::script::told;

const ORDER: NewOrder = NewOrder {
    order_id: 1,
    sequence: 0,
    price_ticks: 100,
    quantity: 5,
    side: 1,
    immediate: 0,
    reserved: [0; 2],
};
const MODIFY: Modify = Modify {
    order_id: 1,
    sequence: 1,
    price_ticks: 101,
    quantity: 6,
    side: 1,
    reserved: [0; 3],
};
const CANCEL: Cancel = Cancel {
    order_id: 1,
    sequence: 2,
};
const TOLD: &str = "accepted 1 sell 5@100, modified 1 sell 6@101, cancelled 1 sell 6@101";

/// A queue of the caller's that is full every other time it is asked.
#[derive(Default)]
struct Caller {
    reports: Vec<Report>,
    is_full: bool,
}

extern "C" fn create(_capacity: u32) -> *mut c_void {
    null_mut()
}

unsafe extern "C" fn push(handle: *mut c_void, report: *const Report) -> i32 {
    let (caller, report) = unsafe { (&*handle.cast::<Mutex<Caller>>(), *report) };
    let mut caller = caller.lock().expect("nobody panics with it");
    caller.is_full = !caller.is_full;
    if caller.is_full {
        return 0;
    }
    caller.reports.push(report);
    1
}

unsafe extern "C" fn drain(_handle: *mut c_void, _out: *mut Report, _most: u32) -> u32 {
    0
}

unsafe extern "C" fn nothing(_handle: *mut c_void) {}

const QUEUE: Transport = Transport {
    create,
    push,
    drain,
    flush: nothing,
    destroy: nothing,
};

/// Asks for the state of the book at each step.
fn play() {
    let ask_and_depth = |price| (engine_query_best_ask(), engine_query_depth_at(price, 1));
    assert_eq!(
        (engine_query_best_bid(), engine_query_best_ask()),
        (i64::MIN, i64::MAX)
    );
    unsafe { engine_on_new_order(&ORDER) };
    assert_eq!(ask_and_depth(100), (100, 5));
    assert_eq!(engine_query_depth_at(100, 0), 0);
    assert_eq!(engine_query_depth_at(-100, 1), 0);
    unsafe { engine_on_modify(&MODIFY) };
    assert_eq!(ask_and_depth(101), (101, 6));
    unsafe { engine_on_cancel(&CANCEL) };
    assert_eq!(ask_and_depth(101), (i64::MAX, 0));
    engine_flush();
}

/// One test, since the library holds one engine.
#[test]
fn reports_reach_the_callers_queue_or_the_ring_and_each_start_is_from_nothing() {
    assert!(
        engine_get_transport().is_null(),
        "no ring unless it is asked for"
    );
    for _ in 0..2 {
        let caller = Mutex::new(Caller::default());
        let handle = from_ref(&caller).cast_mut().cast();
        unsafe { engine_init(7, &QUEUE, handle) };
        play();
        unsafe { engine_on_new_order(&ORDER) };
        engine_shutdown();
        let reports = caller
            .into_inner()
            .expect("nobody panicked with it")
            .reports;
        assert_eq!(told(&reports), format!("{TOLD}, accepted 1 sell 5@100"));
    }

    let transport = ring_transport();
    let handle = (transport.create)(16);
    unsafe { engine_init(7, transport, handle) };
    play();
    let mut out = [Report::refusal(ReportKind::CancelRefused, 0, 0); 8];
    let count = unsafe { (transport.drain)(handle, out.as_mut_ptr(), out.len() as u32) };
    assert_eq!(told(&out[..count as usize]), TOLD);
    engine_shutdown();
    unsafe { (transport.destroy)(handle) };
}
