"""Every trade of the days that are over stands in one file, whatever happens while that is written."""

from __future__ import annotations

import csv
import gzip
import hashlib
import io
from pathlib import Path

import pytest

from cse.engine.models import DatedTrade
from cse.marketdata.intervals import DAY_US
from cse.marketdata.trade_files import writer as writing
from cse.marketdata.trade_files.day_file import COLUMNS, DayFile, day_text, parse_day
from cse.marketdata.trade_files.writer import GRACE_US, TradeFiles, read_index
from tests.marketdata.plain import dated
from tests.streams.engine import LAB, NAME

FIRST_DAY = 20_000


def trade(trade_id: int, day: int, us: int = 0) -> DatedTrade:
    return dated(trade_id)._replace(time_us=(FIRST_DAY + day) * DAY_US + us)


class FakeLedger:
    """The trades of one market; `fails_at` is the reading that comes to nothing."""

    def __init__(self, *trades: DatedTrade) -> None:
        self.trades = list(trades)
        self.fails_at: int | None = None
        self.readings = 0

    async def trades_after(self, market: int, after_trade: int, limit: int) -> list[DatedTrade]:
        assert market == LAB.id
        self.readings += 1
        if self.readings == self.fails_at:
            raise OSError("it is away")
        return [found for found in self.trades if found.traded.trade_id > after_trade][:limit]


async def write(root: Path, ledger: FakeLedger, day: int, us: int = GRACE_US) -> list[DayFile]:
    """Writes as of a time, and returns what is there."""
    await TradeFiles(root, ledger).write([LAB], (FIRST_DAY + day) * DAY_US + us)
    return read_index(root / NAME, NAME).files


def rows(root: Path, file: DayFile) -> list[dict[str, str]]:
    """The rows of a file, which is as its checksums say."""
    content = (root / NAME / file.name).read_bytes()
    assert (len(content), hashlib.sha256(content).hexdigest()) == (file.bytes, file.sha256)
    assert (root / NAME / f"{file.name}.sha256").read_text() == f"{file.sha256}  {file.name}\n"
    found = list(csv.DictReader(io.StringIO(gzip.decompress(content).decode())))
    assert len(found) == file.trades
    assert (found[0]["trade_id"], found[-1]["trade_id"]) == (file.first_trade_id, file.last_trade_id)
    return found


def ids(root: Path, files: list[DayFile]) -> list[list[int]]:
    return [[int(row["trade_id"]) for row in rows(root, file)] for file in files]


DAYS = FakeLedger(trade(1, 0), trade(2, 0, DAY_US - 1), trade(3, 1), trade(4, 4), trade(5, 5))


@pytest.mark.parametrize(
    ("day", "us", "expected"),
    [
        (0, GRACE_US, []),
        (1, GRACE_US - 1, []),
        (1, GRACE_US, [[1, 2]]),
        (2, GRACE_US, [[1, 2], [3]]),
        (5, GRACE_US, [[1, 2], [3], [4]]),
        (6, GRACE_US, [[1, 2], [3], [4], [5]]),
    ],
)
async def test_a_day_that_is_over_has_a_file_if_it_has_trades(
    tmp_path: Path, day: int, us: int, expected: list[list[int]]
) -> None:
    assert ids(tmp_path, await write(tmp_path, DAYS, day, us)) == expected


async def test_a_row_says_what_everybody_may_know(tmp_path: Path) -> None:
    (file,) = await write(tmp_path, FakeLedger(trade(1, 0, 5)), 1)
    assert file.name == f"LAB-USDC-{file.day}.csv.gz"
    (row,) = rows(tmp_path, file)
    assert tuple(row) == COLUMNS
    assert row["time"] == f"{file.day}T00:00:00.000005Z"
    assert row["side"] in ("buy", "sell")
    assert row["auction"] == "false"
    assert len(row["price"].split(".")[1]) == LAB.price_decimals


async def test_what_is_written_once_is_never_read_again(tmp_path: Path) -> None:
    await write(tmp_path, DAYS, 2)
    before = {path: path.stat().st_mtime_ns for path in (tmp_path / NAME).glob("*.gz")}
    assert ids(tmp_path, await write(tmp_path, DAYS, 6)) == [[1, 2], [3], [4], [5]]
    assert {path: path.stat().st_mtime_ns for path in before} == before


async def test_pages_go_on_within_a_day_and_over_its_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(writing, "PAGE", 3)
    trades = [trade(number, number // 5) for number in range(1, 23)]
    files = await write(tmp_path, FakeLedger(*trades), 4)
    assert ids(tmp_path, files) == [[1, 2, 3, 4], [*range(5, 10)], [*range(10, 15)], [*range(15, 20)]]


async def test_a_trade_that_comes_after_its_day_s_file_is_in_the_next(tmp_path: Path) -> None:
    ledger = FakeLedger(trade(1, 0))
    await write(tmp_path, ledger, 1)
    ledger.trades += [trade(2, 0, DAY_US - 1), trade(3, 1)]
    assert ids(tmp_path, await write(tmp_path, ledger, 1)) == [[1]]
    assert ids(tmp_path, await write(tmp_path, ledger, 2)) == [[1], [2, 3]]


@pytest.mark.parametrize("fails_at", range(1, 8))
async def test_after_a_failure_the_same_bytes_come(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fails_at: int
) -> None:
    monkeypatch.setattr(writing, "PAGE", 3)
    trades = [trade(number, number // 5) for number in range(1, 20)]
    whole, broken = tmp_path / "whole", tmp_path / "broken"
    ledger = FakeLedger(*trades)
    ledger.fails_at = fails_at
    with pytest.raises(OSError, match="away"):
        await write(broken, ledger, 4)
    assert [path.name for path in broken.rglob(".*")] == []
    assert await write(broken, ledger, 4) == await write(whole, FakeLedger(*trades), 4)
    assert contents(broken) == contents(whole)


async def test_a_crash_before_the_index_writes_the_file_again(tmp_path: Path) -> None:
    await write(tmp_path, DAYS, 6)
    expected = contents(tmp_path)
    (tmp_path / NAME / "index.json").unlink()
    (tmp_path / NAME / f".{NAME}-{day_text(FIRST_DAY)}.csv.gz").write_bytes(b"begun")
    await write(tmp_path, DAYS, 6)
    assert contents(tmp_path) == expected


def contents(root: Path) -> dict[str, bytes]:
    return {
        path.relative_to(root).as_posix(): path.read_bytes() for path in root.rglob("*") if path.is_file()
    }


@pytest.mark.parametrize(("day", "text"), [(0, "1970-01-01"), (20_484, "2026-01-31"), (20_000, "2024-10-04")])
def test_days_are_written_as_dates(day: int, text: str) -> None:
    assert (day_text(day), parse_day(text)) == (text, day)
