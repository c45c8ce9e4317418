"""What a failure of the engine says to whoever asked: above all, whether anything may have happened."""

from __future__ import annotations

from cse.domain import codes
from cse.domain.errors import CodedError
from cse.engine.models import EngineError, EngineRefused, NotYetVisible, OutcomeUnknown


def refusal_of(error: EngineError) -> CodedError:
    """The refusal that stands for an engine's failure."""
    match error:
        case EngineRefused():
            return CodedError(codes.BY_NUMBER.get(error.code, codes.OVERLOADED))
        case OutcomeUnknown():
            return CodedError(codes.OUTCOME_UNKNOWN)
        case NotYetVisible():
            return CodedError(codes.NOT_YET_VISIBLE)
        case _:
            return CodedError(codes.UNAVAILABLE)
