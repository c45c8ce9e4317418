"""What stands for a failure in an answer, and what of it the operator reads in the log."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from http import HTTPStatus
from typing import Final, TypeAlias

from cse.domain import codes
from cse.domain.errors import CodedError
from cse.runtime.http.problem import PROBLEM_TYPE, problem_body, problem_headers
from cse.runtime.http.route import Reply

# Turns what rooms below HTTP raise into the answer it gets; None for what nobody expects.
Translate: TypeAlias = Callable[[Exception, str], CodedError | None]

_LOG: Final = logging.getLogger("cse.http")


def refusal(error: CodedError, request_id: str) -> Reply:
    """A refusal as an answer."""
    return Reply(
        body=problem_body(error, request_id),
        status=error.code.status,
        headers=problem_headers(error),
        content_type=PROBLEM_TYPE,
    )


class Refusals:
    """Answers what was raised while a request was served.

    A bug is logged whole each time. Of what is away, the first request of each second says so and why:
    all requests of an outage would bury the log.
    """

    def __init__(self, translate: Translate, now_s: Callable[[], float] = time.monotonic) -> None:
        self._translate = translate
        self._now_s = now_s
        self._silent_until_s = 0.0

    def of(self, error: Exception, method: str, request_id: str) -> CodedError:
        """The refusal of the catalogue that stands for `error`."""
        if isinstance(error, CodedError):
            return error
        known = self._translate(error, method)
        if known is None:
            _LOG.error("request %s failed", request_id, exc_info=error)
            known = CodedError(codes.INTERNAL_ERROR, reference=request_id)
        elif known.code.status >= HTTPStatus.INTERNAL_SERVER_ERROR:
            self._note(error, known, request_id)
        return known

    def _note(self, error: Exception, known: CodedError, request_id: str) -> None:
        if self._now_s() < self._silent_until_s:
            return
        self._silent_until_s = self._now_s() + 1
        why = f"{type(error).__name__}: {error}"
        _LOG.warning("request %s got %s, for %s", request_id, known.code.name, why)
