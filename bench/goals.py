"""The goals of speed, each with its name, in one table.

Goals are ratios to something measured in the same run wherever that is possible: single figures
move up to threefold between runs on shared machines. The yardstick is a book of the standard
library's parts (`crates/bench/src/yardstick.rs`), which takes its steps decoded and leaves cancelled
orders behind. Where no copy of CppTrader, a well-known open engine, is at hand, goals go by it: CppTrader
was measured at 0.66 times its speed on the recorded flow W1, 0.23 on W2 and 0.31 on W3.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal


@dataclass(frozen=True, slots=True)
class Goal:
    """What a figure is to reach."""

    bound: Literal["at least", "at most"]
    value: float

    def is_met_by(self, figure: float) -> bool:
        return figure >= self.value if self.bound == "at least" else figure <= self.value

    def __str__(self) -> str:
        return f"{self.bound} {self.value:,.10g}"


GOALS: Final = {
    # With balances, fees, events and chain, as fast as CppTrader, which does none of that; twice on W3.
    "core: W1, times the yardstick": Goal("at least", 0.66),
    "core: W3, times the yardstick": Goal("at least", 0.62),
    # The books alone twice, three and four times as fast as CppTrader.
    "core: W1, books, times the yardstick": Goal("at least", 1.32),
    "core: W2, books, times the yardstick": Goal("at least", 0.69),
    "core: W3, books, times the yardstick": Goal("at least", 1.24),
    "core: W1, times CppTrader": Goal("at least", 1.0),
    "core: W3, times CppTrader": Goal("at least", 2.0),
    "core: W1, books, times CppTrader": Goal("at least", 2.0),
    "core: W2, books, times CppTrader": Goal("at least", 3.0),
    "core: W3, books, times CppTrader": Goal("at least", 4.0),
    "core: W1, P99 us": Goal("at most", 1.0),
    "core: W2, P99 us": Goal("at most", 1.0),
    "core: W3, P99 us": Goal("at most", 1.0),
    # Flat, but for what the caches make of more memory.
    "core: 10,000 levels, cost of a command, times 1 level": Goal("at most", 1.25),
    "core: crowd on 10,000 levels, cost of a command, times crowd on 1 level": Goal("at most", 1.25),
    "core: W3, cost of a command, times W2": Goal("at most", 1.25),
    "core: 100,000 open orders in 1,000 markets, MB": Goal("at most", 200.0),
    "core: 10,000,000 open orders in 1,000 markets, MB": Goal("at most", 2_000.0),
    "idle: all processes, CPU-s/min": Goal("at most", 30.0),
    "journal: times the bare loop, groups of 1": Goal("at least", 0.8),
    "journal: times the bare loop, groups of 10": Goal("at least", 0.8),
    "journal: times the bare loop, groups of 100": Goal("at least", 0.8),
    "journal: times the bare loop, groups of 1000": Goal("at least", 0.8),
    "judge: caller's queue, times the best open engine": Goal("at least", 2.0),
    "judge: own ring, times the best open engine": Goal("at least", 3.0),
    "leader: answers/s": Goal("at least", 300_000),
    "leader: P99 ms at 12,000/s": Goal("at most", 2.0),
    "orders: requests/s": Goal("at least", 60_000),
    "orders: P50 ms at 1,000/s": Goal("at most", 1.0),
    # The budgets of the trade page before a busy market.
    "page: frames dropped beyond that, points": Goal("at most", 5.0),
    "page: canvases drawn twice in a frame": Goal("at most", 0.0),
    "page: commits of React/s outside the ticket": Goal("at most", 2.0),
    "page: messages of the worker/s": Goal("at most", 60.0),
    "page: long tasks in 30 s": Goal("at most", 3.0),
    "page: commits outside the ticket while typing in it": Goal("at most", 0.0),
    "page: DOM nodes gained since the first minute": Goal("at most", 50.0),
    "page: heap gained since the first minute, MB": Goal("at most", 10.0),
    "placement: times the bare echo, per core of edge": Goal("at least", 0.7),
    "placement: requests/s": Goal("at least", 12_000),
    "placement: P50 ms at 1,000/s": Goal("at most", 1.0),
    "projection: times the bare COPY": Goal("at least", 0.5),
    "recovery: commands/s": Goal("at least", 2_000_000),
    "recovery: snapshot of 1,000,000 orders, s": Goal("at most", 10.0),
    "sign_ins: orders beside, times the P50 alone": Goal("at most", 2.0),
    "streams: times the bare fan-out, per core": Goal("at least", 0.8),
    "streams: at 50,000/s: P99 ms": Goal("at most", 5.0),
    "streams: idle connections, times the bare fan-out's memory": Goal("at most", 1.2),
}
