"""`./cse admin history`: every setting that operators changed, as it was and as it became."""

from __future__ import annotations

import argparse

from cse.cli.admin.operator import Operator
from cse.desk.history.models import HISTORY_PAGE_MAX, HistoryQuery, SettingChange


def add_history(parser: argparse.ArgumentParser) -> None:
    """Adds what it takes to the command line."""
    parser.set_defaults(action="")
    parser.add_argument("--of", metavar="SUBJECT", help="one market, or one person by the id")
    parser.add_argument(
        "--limit", type=int, choices=range(1, HISTORY_PAGE_MAX + 1), default=50, metavar="COUNT"
    )
    parser.add_argument("--cursor", help="goes on where a page before has ended")


async def show_history(operator: Operator, options: argparse.Namespace) -> str:
    """The last changes, the latest first."""
    async with operator.history() as history:
        found = await history.changes(HistoryQuery(options.of, options.cursor, options.limit))
    lines = list(map(_line, found.items))
    if found.next_cursor is not None:
        lines.append(f"There is more: --cursor {found.next_cursor}")
    return "\n".join(lines) or "Nothing has been changed."


def _line(change: SettingChange) -> str:
    asked = "" if change.asked_by is None else f", asked by {change.asked_by.email or change.asked_by.name}"
    reason = "" if change.reason is None else f": {change.reason}"
    subject = change.subject_email or change.subject
    what = f"{change.act} {subject}: {change.before or 'nothing'} -> {change.after}"
    return f"{change.at}  {what}  by {change.by.email or change.by.name}{asked}{reason}"
