"""What a failure below HTTP says to the client: above all, whether anything may have happened."""

from __future__ import annotations

from typing import Final

import psycopg
from psycopg_pool import PoolTimeout

from cse.domain import codes
from cse.domain.errors import CodedError
from cse.engine.failures import refusal_of
from cse.engine.models import EngineError
from cse.runtime.outbox import NotAnswered, handed_on

_READING: Final = frozenset({"GET", "HEAD"})


def problem_of(error: Exception, method: str) -> CodedError | None:
    """The refusal that stands for `error`; None for what nobody expects.

    A connection to PostgreSQL that breaks while something is written leaves open whether that was
    committed, and so does an answer that did not come. Behind what the request has handed to the core
    it does not matter which part is away, or that only the look at what came of it failed.
    """
    match error:
        case NotAnswered():
            return CodedError(codes.OUTCOME_UNKNOWN)
        case EngineError() | psycopg.OperationalError() if handed_on():
            return CodedError(codes.OUTCOME_UNKNOWN)
        case EngineError():
            return refusal_of(error)
        case PoolTimeout():
            return CodedError(codes.UNAVAILABLE)
        case psycopg.OperationalError():
            return CodedError(codes.UNAVAILABLE if method in _READING else codes.OUTCOME_UNKNOWN)
        case _:
            return None
