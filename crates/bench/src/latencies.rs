//! Percentiles of many short times.

/// Times in nanoseconds, kept whole and sorted once.
#[derive(Default)]
pub struct Latencies {
    ascending_ns: Vec<u64>,
}

impl Latencies {
    /// Sorts the times.
    #[must_use]
    pub fn new(mut times_ns: Vec<u64>) -> Self {
        times_ns.sort_unstable();
        Self {
            ascending_ns: times_ns,
        }
    }

    /// The smallest time that is not below `permille` thousandths of all; 0 of none.
    #[must_use]
    pub fn permille(&self, permille: usize) -> u64 {
        let rank = (self.ascending_ns.len() * permille).div_ceil(1_000);
        self.ascending_ns
            .get(rank.saturating_sub(1))
            .copied()
            .unwrap_or(0)
    }

    /// P50, P90, P99 and P99.9, named for [`crate::print_object`].
    #[must_use]
    pub fn fields(&self) -> [(&'static str, u64); 4] {
        [
            ("p50_ns", self.permille(500)),
            ("p90_ns", self.permille(900)),
            ("p99_ns", self.permille(990)),
            ("p999_ns", self.permille(999)),
        ]
    }
}
