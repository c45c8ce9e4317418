"""What a failure says to the client, above all whether anything may have happened."""

from __future__ import annotations

import psycopg
import pytest
from psycopg_pool import PoolTimeout

from cse.domain import codes
from cse.engine.models import EngineRefused, NotYetVisible, OutcomeUnknown, Unavailable
from cse.runtime.outbox import NotAnswered
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


def test_what_nobody_expects_is_left_to_the_application() -> None:
    assert problem_of(RuntimeError("?"), "GET") is None
