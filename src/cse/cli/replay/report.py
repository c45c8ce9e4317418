"""Shows how far a replay is, and at its end what came of it."""

from __future__ import annotations

import time
from collections.abc import Sequence
from typing import Any, TextIO

from cse.cli.replay.plain_book import Outcome
from cse.cli.replay.runner import Tally

_BAR_CELLS = 30
_REDRAW_NS = 200_000_000
_LABELS = {
    "orders": "orders",
    "cancels": "cancels",
    "missed_cancels": "cancels that miss",
    "trades": "trades",
    "open_orders": "orders left open",
    "turnover": "sum(price x quantity)",
}
_PERMILLES = {"P50": 500, "P90": 900, "P99": 990, "P99.9": 999}


class Progress:
    """A bar that redraws itself on a terminal; elsewhere a line for every tenth done."""

    def __init__(self, total: int, out: TextIO) -> None:
        self._total = total
        self._out = out
        self._is_terminal = out.isatty()
        self._started_ns = time.monotonic_ns()
        self._shown_ns = 0
        self._tenths = 0

    def __call__(self, done: int) -> None:
        if self._is_terminal:
            now_ns = time.monotonic_ns()
            if done == self._total or now_ns - self._shown_ns >= _REDRAW_NS:
                self._shown_ns = now_ns
                filled = done * _BAR_CELLS // self._total
                bar = "#" * filled + "." * (_BAR_CELLS - filled)
                end = "\n" if done == self._total else ""
                self._out.write(f"\r[{bar}] {self._state(done)} {end}")
                self._out.flush()
        elif done * 10 // self._total > self._tenths:
            self._tenths = done * 10 // self._total
            self._out.write(f"{self._state(done)}\n")
            self._out.flush()

    def _state(self, done: int) -> str:
        elapsed_ms = max(1, (time.monotonic_ns() - self._started_ns) // 1_000_000)
        rate = done * 1_000 // elapsed_ms
        left_s = (self._total - done) // max(1, rate)
        return (
            f"{done * 100 // self._total:3} %  {done:,} of {self._total:,}"
            f"  {rate:,}/s  {left_s // 60}:{left_s % 60:02} left"
        )


def percentile(ascending: Sequence[int], permille: int) -> int:
    """The smallest value that is not below `permille` thousandths of all; 0 of nothing."""
    if not ascending:
        return 0
    return ascending[max(0, -(-len(ascending) * permille // 1_000) - 1)]


def differences(tally: Tally, expected: Outcome | None) -> list[str]:
    """Names what is not as expected."""
    if expected is None:
        return []
    got = tally.outcome()._asdict()
    return [label for name, label in _LABELS.items() if got[name] != expected._asdict()[name]]


def as_table(tally: Tally, expected: Outcome | None) -> str:
    """The figures as lines of text, with those expected beside them where there are any."""
    got = tally.outcome()._asdict()
    header = f"{'':24}{'answered':>18}" + (f"{'expected':>18}" if expected else "")
    lines = [header]
    for name, label in _LABELS.items():
        line = f"{label:24}{got[name]:>18,}"
        lines.append(line + (f"{expected._asdict()[name]:>18,}" if expected else ""))
    lines.append("")
    lines.append(f"refusals                {_refusals(tally)}")
    if tally.skipped_cancels:
        lines.append(f"cancels of refused ones {tally.skipped_cancels:,}, not sent")
    if tally.waits:
        lines.append(f"waits                   {tally.waits:,} answers asked to come again later")
    lines.append(
        f"throughput              {_per_second(tally):,} requests/s, one at a time,"
        f" {tally.elapsed_ns // 100_000_000 / 10} s"
    )
    latencies_us = _latencies_us(tally)
    shown = "  ".join(f"{name} {value:,}" for name, value in latencies_us.items())
    lines.append(f"latency, us             {shown}")
    lines.append("")
    if expected is not None:
        wrong = differences(tally, expected)
        verdict = f"NOT AS EXPECTED: {', '.join(wrong)}." if wrong else "Exactly as expected."
        lines.append(verdict)
    return "\n".join(lines).rstrip() + "\n"


def as_object(tally: Tally, expected: Outcome | None) -> dict[str, Any]:
    """The same figures for programs."""
    return {
        "answered": tally.outcome()._asdict(),
        "expected": expected._asdict() if expected else None,
        "differences": differences(tally, expected),
        "refusals": dict(tally.refusals),
        "skipped_cancels": tally.skipped_cancels,
        "waits": tally.waits,
        "elapsed_ms": tally.elapsed_ns // 1_000_000,
        "requests_per_second": _per_second(tally),
        "latency_us": _latencies_us(tally),
    }


def _refusals(tally: Tally) -> str:
    return ", ".join(f"{code} {count:,}" for code, count in tally.refusals.most_common()) or "none"


def _per_second(tally: Tally) -> int:
    return len(tally.latencies_ns) * 1_000_000_000 // max(1, tally.elapsed_ns)


def _latencies_us(tally: Tally) -> dict[str, int]:
    ascending = sorted(tally.latencies_ns)
    return {name: percentile(ascending, permille) // 1_000 for name, permille in _PERMILLES.items()}
