//! Asks the processor for memory that will be looked at soon: a hint that changes nothing but time.
//!
//! It stands in a crate of its own because what it calls is unsafe, and no other code of the core is.
#![no_std]

/// Has the line of the cache brought in with which something begins; where the processor knows no
/// such hint, nothing.
#[inline(always)]
pub fn prefetch<T>(what: &T) {
    #[cfg(target_arch = "x86_64")]
    {
        use core::arch::x86_64::{_MM_HINT_T0, _mm_prefetch};
        // SAFETY: the address is that of a reference, and a prefetch neither reads nor writes as far
        // as the program can tell: it does not fault, whatever the address.
        #[expect(unsafe_code)]
        unsafe {
            _mm_prefetch::<_MM_HINT_T0>(core::ptr::from_ref(what).cast());
        }
    }
    #[cfg(not(target_arch = "x86_64"))]
    let _ = what;
}
