"""Statements as files: a table for spreadsheets, and pages to print.

The same statement makes the same bytes: nothing in a file says when it was made.
"""

from __future__ import annotations

from io import BytesIO
from typing import Final

from cse.portfolio.models import StatementAsset, StatementView
from cse.portfolio.paper import Paper
from cse.runtime import spreadsheets

_COLUMNS: Final = ("asset", "line", "kind", "amount", "unit")
_SUMS: Final = (
    ("opening_value", "Value at the beginning"),
    ("put_in", "Put in"),
    ("taken_out", "Taken out"),
    ("realised", "Realised gains"),
    ("opening_unrealised", "Unrealised at the beginning"),
    ("closing_unrealised", "Unrealised at the end"),
    ("fees", "Fees paid, less rebates"),
    ("creator_share", "Creator's share of fees"),
    ("closing_value", "Value at the end"),
)
_METHODS: Final = {"average": "average cost", "fifo": "first in, first out", "lifo": "last in, first out"}
_UNKNOWN: Final = "not known"


def csv_of(statement: StatementView) -> bytes:
    """Each figure as a row: an asset's `opening`, `came`, `left` and `closing` add up, `left` below zero."""
    rows: list[tuple[str, ...]] = [_COLUMNS]
    for one in statement.assets:
        unit = one.asset
        rows.append((unit, "opening", "", one.opening, unit))
        for moved in one.movements:
            if moved.came != "0":
                rows.append((unit, "came", moved.kind, moved.came, unit))
            if moved.left != "0":
                rows.append((unit, "left", moved.kind, f"-{moved.left}", unit))
        rows.append((unit, "closing", "", one.closing, unit))
        rows.append((unit, "realised", "", one.realised or "", statement.value_asset))
    rows += [("", name, "", getattr(statement, name) or "", statement.value_asset) for name, _ in _SUMS]
    return spreadsheets.lines(rows)


def pdf_of(statement: StatementView, account: int) -> bytes:
    """Pages in English, with what the period comes to first and then each asset."""
    until = " so far" if statement.so_far else ""
    paper = Paper(f"Statement {statement.period}{until}", f"CS Exchange - account {account}")
    paper.note(f"From {_moment(statement.from_time)} to {_moment(statement.to_time)}, times in UTC.")
    if statement.so_far:
        paper.note("The period is not over: all figures are so far.")
    paper.note(f"Values are in {statement.value_asset}. Cost method: {_METHODS[statement.cost_method]}.")
    paper.heading(f"All in {statement.value_asset}")
    for name, words in _SUMS:
        paper.line(words, (getattr(statement, name) or _UNKNOWN,), strong=name.endswith("_value"))
    for one in statement.assets:
        _add_asset(paper, one, statement.value_asset)
    out = BytesIO()
    paper.write(out)
    return out.getvalue()


def _add_asset(paper: Paper, one: StatementAsset, value_asset: str) -> None:
    paper.heading(one.asset, ("came", "left", "balance"), room=len(one.movements) + 3)
    paper.line("Opening", ("", "", one.opening))
    for moved in one.movements:
        came, left = ("" if amount == "0" else amount for amount in (moved.came, moved.left))
        paper.line(moved.kind.replace("_", " ").capitalize(), (came, left, ""))
    paper.line("Closing", ("", "", one.closing), strong=True)
    if one.asset != value_asset:
        paper.line(f"Realised gains, {value_asset}", ("", "", one.realised or _UNKNOWN))


def _moment(time: str) -> str:
    """A time of the wire to the second."""
    return time[:19].replace("T", " ")
