"""What a failure says to the client, above all whether anything may have happened."""

from __future__ import annotations

import asyncio
from typing import Any, cast
from unittest.mock import AsyncMock

import psycopg
import pytest
from psycopg_pool import PoolTimeout

from cse.domain import codes
from cse.engine.models import EngineRefused, NotYetVisible, OutcomeUnknown, Unavailable
from cse.runtime.outbox import NotAnswered, Source, enqueue, handed_on
from cse.services.edge_failures import problem_of


@pytest.mark.parametrize(
    ("error", "method", "code", "money"),
    [
        (EngineRefused(codes.STORAGE_LOW.number), "POST", "storage_low", "none"),
        (EngineRefused(codes.OVERLOADED.number), "POST", "overloaded", "none"),
        (Unavailable("not connected"), "POST", "unavailable", "none"),
        (OutcomeUnknown("lost"), "POST", "outcome_unknown", "unknown"),
        (NotAnswered("not yet"), "POST", "outcome_unknown", "unknown"),
        (NotYetVisible("not yet"), "GET", "not_yet_visible", "none"),
        (PoolTimeout("no connection"), "POST", "unavailable", "none"),
        (psycopg.OperationalError("gone"), "GET", "unavailable", "none"),
        (psycopg.OperationalError("gone"), "POST", "outcome_unknown", "unknown"),
        (psycopg.OperationalError("gone"), "DELETE", "outcome_unknown", "unknown"),
    ],
)
def test_a_failure_has_its_code(error: Exception, method: str, code: str, money: str) -> None:
    found = problem_of(error, method)
    assert found is not None
    assert (found.code.name, found.code.money) == (code, money)
    assert found.code.status == 503
    assert "reject" not in found.sentence


TICK = bytes.fromhex("0201000008000000")


@pytest.mark.parametrize(
    "error",
    [
        Unavailable("not connected"),
        NotYetVisible("not yet"),
        EngineRefused(codes.OVERLOADED.number),
        OutcomeUnknown("lost"),
        NotAnswered("not yet"),
        PoolTimeout("no connection"),
        psycopg.OperationalError("gone"),
    ],
    ids=repr,
)
def test_behind_what_was_enqueued_no_failure_says_that_nothing_happened(error: Exception) -> None:
    connection = AsyncMock()
    connection.execute.return_value.fetchone.return_value = (1,)

    async def request() -> None:
        before = problem_of(Unavailable("not connected"), "POST")
        assert before is not None
        assert before.code == codes.UNAVAILABLE
        await enqueue(cast(Any, connection), Source.ACCOUNTS, TICK)
        found = problem_of(error, "POST")
        assert found is not None
        assert (found.code.name, found.code.money) == ("outcome_unknown", "unknown")

    asyncio.run(request())
    assert not handed_on(), "what one request has done is not another's"


def test_what_nobody_expects_is_left_to_the_application() -> None:
    assert problem_of(RuntimeError("?"), "GET") is None
