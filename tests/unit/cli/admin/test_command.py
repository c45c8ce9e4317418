"""What a line says when something is away: above all, whether anything may have happened."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, cast
from unittest.mock import AsyncMock

import pytest

from cse.cli.admin import command
from cse.cli.admin.actions import ACTIONS, Action
from cse.engine.models import Unavailable
from cse.runtime.outbox import Source, enqueue

TICK = bytes.fromhex("0201000008000000")


@asynccontextmanager
async def operating(*_: object) -> AsyncIterator[None]:
    yield


async def away(*_: object) -> str:
    raise Unavailable("not connected")


async def away_behind_a_command(*_: object) -> str:
    connection = AsyncMock()
    connection.execute.return_value.fetchone.return_value = (1,)
    await enqueue(cast(Any, connection), Source.ADMIN, TICK)
    raise Unavailable("not connected")


@pytest.mark.parametrize(
    ("action", "said"),
    [
        (away, "cse admin: not connected\n"),
        (
            away_behind_a_command,
            "cse admin: not connected; the command is recorded, and may take effect\n",
        ),
    ],
)
def test_what_was_handed_to_the_core_is_not_said_to_have_not_happened(
    action: Action,
    said: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(command, "operating", operating)
    monkeypatch.setitem(ACTIONS, ("overview", ""), action)
    assert command.main(["overview", "--data", str(tmp_path)]) == 1
    assert capsys.readouterr().err == said
