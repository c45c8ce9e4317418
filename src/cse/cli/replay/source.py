"""Reads a recorded order flow: CSV, plain or xz, one event of an order a line.

The columns are those of Bitstamp's order feed: id, timestamp (ms), exchange.timestamp, price (two
decimals), volume (what remains, in 1e-8), action, direction.
"""

from __future__ import annotations

import csv
import lzma
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import IO

from cse.cli.replay.flow import Cancel, Place, Step

_VOLUME_UNITS_PER_LOT = 10_000
_COLUMNS = {"id", "timestamp", "price", "volume", "action", "direction"}


class BadRecording(ValueError):
    """The file is no recording of this form; the message names the line."""


def read_recording(path: Path) -> list[Step]:
    """Reads the whole flow with prices in ticks of 0.01 and quantities in lots of 0.0001.

    Raises `BadRecording`, or `OSError` where the file cannot be read.
    """
    try:
        with _open_text(path) as lines:
            return list(convert(lines))
    except (lzma.LZMAError, EOFError, UnicodeDecodeError) as error:
        raise BadRecording(f"{path} cannot be read as text: {error}") from error


def convert(lines: Iterable[str]) -> Iterator[Step]:
    """Turns the lines of a recording, the first of which names the columns, into steps.

    A created order is placed as limit GTC, its quantity rounded up to whole lots. One deleted with
    volume left is cancelled. What the matching itself brings about is left out: changed volumes and
    orders deleted empty. So are cancels of orders from before the recording.
    """
    rows = csv.DictReader(lines)
    if missing := _COLUMNS - set(rows.fieldnames or ()):
        raise BadRecording(f"the first line lacks the columns {', '.join(sorted(missing))}")
    created: set[int] = set()
    for row in rows:
        try:
            step = _step(row, created)
        except (KeyError, TypeError, ValueError) as error:
            raise BadRecording(f"line {rows.line_num} is no order event: {error}") from error
        if step is not None:
            yield step


def _step(row: dict[str, str], created: set[int]) -> Step | None:
    key = int(row["id"])
    at_ms = int(row["timestamp"])
    volume = int(row["volume"])
    match row["action"]:
        case "created":
            created.add(key)
            return Place(
                at_ms=at_ms,
                key=key,
                side="buy" if _is_bid(row["direction"]) else "sell",
                price_ticks=_cents(row["price"]),
                quantity_lots=-(-volume // _VOLUME_UNITS_PER_LOT),
            )
        case "deleted" if volume and key in created:
            return Cancel(at_ms, key)
        case "deleted" | "changed":
            return None
        case action:
            raise ValueError(f"unknown action {action!r}")


def _is_bid(direction: str) -> bool:
    if direction not in ("bid", "ask"):
        raise ValueError(f"unknown direction {direction!r}")
    return direction == "bid"


def _cents(price: str) -> int:
    whole, _, fraction = price.partition(".")
    if len(fraction) > 2:
        raise ValueError(f"price {price} has more than two decimals")
    return int(whole) * 100 + int(fraction.ljust(2, "0"))


def _open_text(path: Path) -> IO[str]:
    if path.suffix == ".xz":
        return lzma.open(path, "rt", encoding="ascii", newline="")
    return path.open(encoding="ascii", newline="")
