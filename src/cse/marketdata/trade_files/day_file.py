"""The file of one day: CSV, compressed. The same trades come to the same bytes."""

from __future__ import annotations

import contextlib
import gzip
import hashlib
import os
from collections.abc import Iterable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import IO, Final

import msgspec

from cse.domain.markets import Market
from cse.engine.models import DatedTrade
from cse.marketdata.intervals import DAY_US
from cse.marketdata.views import trade_view

COLUMNS: Final = ("trade_id", "time", "side", "price", "quantity", "notional", "auction")
SUFFIX: Final = ".csv.gz"
CHECKSUM_SUFFIX: Final = ".sha256"
_HEAD: Final = ",".join(COLUMNS) + "\n"
_LEVEL: Final = 6


class DayFile(msgspec.Struct, frozen=True):
    """A file that is complete. `day` is in UTC, `sha256` that of the file as it is served."""

    day: str
    name: str
    trades: int
    first_trade_id: str
    last_trade_id: str
    bytes: int
    sha256: str


def day_of(time_us: int) -> int:
    """The day of a time, counted from 1970."""
    return time_us // DAY_US


def day_text(day: int) -> str:
    """Such as `2026-01-31`."""
    return datetime.fromtimestamp(day * DAY_US // 1_000_000, UTC).date().isoformat()


def parse_day(text: str) -> int:
    """The reverse of `day_text`."""
    return (date.fromisoformat(text) - date(1970, 1, 1)).days


class DayWriter:
    """Writes the trades of a day, and shows nothing of them before all are there.

    Raises `OSError`, whatever it does.
    """

    def __init__(self, directory: Path, market: Market, day: int) -> None:
        self.day = day
        self._directory = directory
        self._market = market
        self._name = f"{market.name}-{day_text(day)}{SUFFIX}"
        # A name that is not served.
        self._begun = directory / f".{self._name}"
        self._raw: IO[bytes] = self._begun.open("wb")
        self._file = gzip.GzipFile("", "wb", _LEVEL, self._raw, mtime=0)
        self._file.write(_HEAD.encode())
        self._trades = 0
        self._first = self._last = 0

    def add(self, trades: Iterable[DatedTrade]) -> None:
        """Adds trades, ascending."""
        lines = []
        for trade in trades:
            shown = trade_view(trade, self._market)
            auction = "true" if shown.auction else "false"
            lines.append(
                f"{shown.trade_id},{shown.time},{shown.side},{shown.price},{shown.quantity},"
                f"{shown.notional},{auction}\n"
            )
            self._first = self._first or trade.traded.trade_id
            self._last = trade.traded.trade_id
        self._trades += len(lines)
        self._file.write("".join(lines).encode())

    def finish(self) -> DayFile:
        """The file and its checksum are there, also after a loss of power."""
        self._file.close()
        self._raw.flush()
        os.fsync(self._raw.fileno())
        self._raw.close()
        with self._begun.open("rb") as file:
            sha256 = hashlib.file_digest(file, "sha256").hexdigest()
        size = self._begun.stat().st_size
        self._begun.replace(self._directory / self._name)
        checksum = self._directory / f"{self._name}{CHECKSUM_SUFFIX}"
        checksum.write_text(f"{sha256}  {self._name}\n")
        return DayFile(
            day_text(self.day), self._name, self._trades, str(self._first), str(self._last), size, sha256
        )

    def give_up(self) -> None:
        """Nothing of it stays."""
        for file in (self._file, self._raw):
            with contextlib.suppress(OSError):
                file.close()
        self._begun.unlink(missing_ok=True)
