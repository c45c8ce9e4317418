//! An allocator with a bound: no input of some thousand bytes may ask for more than this.

use std::alloc::{GlobalAlloc, Layout, System};
use std::process::abort;
use std::sync::atomic::{AtomicUsize, Ordering};

/// Bytes in use at once.
const LIVE_MAX: usize = 64 << 20;

#[global_allocator]
static BOUNDED: Bounded = Bounded;
static LIVE: AtomicUsize = AtomicUsize::new(0);

struct Bounded;

impl Bounded {
    fn take(size: usize) {
        if LIVE.fetch_add(size, Ordering::Relaxed).saturating_add(size) > LIVE_MAX {
            // Room for the sentence.
            LIVE.store(0, Ordering::Relaxed);
            eprintln!("{size} bytes more are asked for than {LIVE_MAX} in all");
            abort();
        }
    }
}

// SAFETY: all goes to the system's allocator as it came.
unsafe impl GlobalAlloc for Bounded {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        Self::take(layout.size());
        // SAFETY: the caller's promise.
        unsafe { System.alloc(layout) }
    }

    unsafe fn alloc_zeroed(&self, layout: Layout) -> *mut u8 {
        Self::take(layout.size());
        // SAFETY: the caller's promise.
        unsafe { System.alloc_zeroed(layout) }
    }

    unsafe fn dealloc(&self, place: *mut u8, layout: Layout) {
        LIVE.fetch_sub(layout.size(), Ordering::Relaxed);
        // SAFETY: the caller's promise.
        unsafe { System.dealloc(place, layout) }
    }

    unsafe fn realloc(&self, place: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        Self::take(size);
        LIVE.fetch_sub(layout.size(), Ordering::Relaxed);
        // SAFETY: the caller's promise.
        unsafe { System.realloc(place, layout, size) }
    }
}
