//! Time that counts only while a thread has a processor.

use rustix::time::{ClockId, clock_gettime};

/// What this thread has had of processors so far, in nanoseconds: who else wants them does not count.
#[must_use]
pub fn processor_ns() -> u64 {
    let time = clock_gettime(ClockId::ThreadCPUTime);
    time.tv_sec as u64 * 1_000_000_000 + time.tv_nsec as u64
}
