"""Statements as files, and the periods that they are of."""

from __future__ import annotations

import csv
import re
import zlib
from decimal import Decimal

import msgspec
import pytest

from cse.domain.errors import CodedError
from cse.portfolio.models import MovementView, StatementAsset, StatementView
from cse.portfolio.periods import CalendarPeriod, period_of
from cse.portfolio.statement_files import csv_of, pdf_of
from cse.runtime.http.times import format_time, parse_time

NOW_US = parse_time("2026-05-17T12:00:00Z", field="now")
LUNA = StatementAsset(
    "LUNA", "10", [MovementView("trade", "5.5", "3"), MovementView("airdrop", "1", "0")], "13.5", None
)
STATEMENT = StatementView(
    "2026-04", "2026-04-01T00:00:00.000000Z", "2026-05-01T00:00:00.000000Z", False, "fifo", "USDC", "100",
    "120.5", "20", "0", None, "3", "4.25", "0.75", "0",
    [LUNA, StatementAsset("USDC", "0.5", [], "0.5", "0")], "9",
)  # fmt: skip


@pytest.mark.parametrize(
    ("name", "from_", "to"),
    [
        ("2026-04", "2026-04-01", "2026-05-01"),
        ("2025-12", "2025-12-01", "2026-01-01"),
        ("2026-Q2", "2026-04-01", "2026-07-01"),
        ("2025-Q4", "2025-10-01", "2026-01-01"),
        ("2026", "2026-01-01", "2027-01-01"),
        ("2024-02", "2024-02-01", "2024-03-01"),
    ],
)
def test_a_period_goes_from_midnight_to_midnight(name: str, from_: str, to: str) -> None:
    period = period_of(name, NOW_US)
    assert [format_time(at_us)[:10] for at_us in period[1:]] == [from_, to]
    assert all(format_time(at_us).endswith("T00:00:00.000000Z") for at_us in period[1:])


@pytest.mark.parametrize(
    "name", ["", "2026-13", "2026-Q5", "2026-06", "2027", "26-01", "2026-1", "1969", "9999", "2026-Q3", "all"]
)
def test_what_is_no_period_that_has_begun_is_refused(name: str) -> None:
    with pytest.raises(CodedError):
        period_of(name, NOW_US)


def test_a_period_is_over_when_all_of_it_has_come() -> None:
    period = CalendarPeriod("2026-04", 0, 1_000_000_000)
    assert [period.is_over(at_us) for at_us in (1_000_000_000, 1_060_000_000)] == [False, True]


def test_rows_of_a_table_add_up() -> None:
    rows = list(csv.DictReader(csv_of(STATEMENT).decode().splitlines()))
    luna = [row for row in rows if row["asset"] == "LUNA"]
    moved = sum(Decimal(row["amount"]) for row in luna if row["line"] in ("opening", "came", "left"))
    assert moved == Decimal("13.5")
    assert [row["line"] for row in luna] == ["opening", "came", "left", "came", "closing", "realised"]
    assert luna[-1] == {"asset": "LUNA", "line": "realised", "kind": "", "amount": "", "unit": "USDC"}
    assert {row["line"]: row["amount"] for row in rows if not row["asset"]}["closing_value"] == "120.5"


def text_of(pdf: bytes) -> list[str]:
    """The words of a PDF, page after page."""
    streams = re.findall(rb"stream\n(.*?)\nendstream", pdf, re.DOTALL)
    shown = (re.findall(rb"\(((?:[^()\\]|\\.)*)\) Tj", zlib.decompress(stream)) for stream in streams)
    return [re.sub(r"\\(.)", r"\1", text.decode("cp1252")) for page in shown for text in page]


def test_pages_say_all_of_a_statement_and_are_the_same_each_time() -> None:
    pdf = pdf_of(STATEMENT, 21)
    assert pdf.startswith(b"%PDF-1.7")
    assert pdf == pdf_of(STATEMENT, 21)
    words = text_of(pdf)
    assert words[:2] == ["Statement 2026-04", "CS Exchange - account 21"]
    for expected in (
        "120.5",
        "not known",
        "LUNA",
        "5.5",
        "13.5",
        "Airdrop",
        "Statement 2026-04 - page 1 of 1",
    ):
        assert expected in words
    assert "so far" not in " ".join(words)


def test_a_period_that_goes_on_is_called_so_far_and_many_assets_take_many_pages() -> None:
    assets = [StatementAsset(f"T{number}", "0", LUNA.movements, "3.5", "1") for number in range(60)]
    words = text_of(pdf_of(msgspec.structs.replace(STATEMENT, so_far=True, assets=assets), 21))
    assert words[0] == "Statement 2026-04 so far"
    assert sum(word == "Closing" for word in words) == 60
    pages = [word for word in words if " - page " in word]
    assert pages[-1] == f"Statement 2026-04 so far - page {len(pages)} of {len(pages)}"
    assert len(pages) > 5
