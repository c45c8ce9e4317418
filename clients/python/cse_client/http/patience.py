"""When a request is made again, and after how long."""

from __future__ import annotations

import asyncio
import random
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

import msgspec

from cse_client import backoff
from cse_client.errors import ApiError, ClientError, NoAnswer, error_of
from cse_client.http.transport import Answer
from cse_client.models import ProblemDetails

_TOO_MANY_REQUESTS = 429
_SERVER_ERRORS = 500
_PROBLEM = msgspec.json.Decoder(ProblemDetails)


@dataclass(frozen=True, slots=True)
class Patience:
    """How long a request is made again while it may yet succeed.

    What the exchange refused without effect is made again whenever it says that it may be. What may
    have had an effect, for want of an answer, only if a repeat has none beyond that one.

    Attributes:
        patience_s: a wait that would end later than this after the first try is not begun; 0 tries once.
        first_wait_s: the first wait where the exchange names none; each is twice the one before, less up
            to half of it by chance, so that those who were cut off together do not come back together.
        longest_wait_s: no wait of that kind is longer.
    """

    patience_s: float = 15.0
    first_wait_s: float = 0.05
    longest_wait_s: float = 2.0
    now: Callable[[], float] = field(default=time.monotonic, repr=False)
    sleep: Callable[[float], Awaitable[None]] = field(default=asyncio.sleep, repr=False)
    chance: Callable[[], float] = field(default=random.random, repr=False)

    async def answered(self, send: Callable[[], Awaitable[Answer]], *, repeatable: bool) -> Answer:
        """The answer of the last try. `repeatable` says that a second effect is ruled out.

        Raises:
            ApiError: the exchange refused.
            Unreachable: no connection could be made.
            NoAnswer: no answer came, or none of the exchange's own.
        """
        give_up_at = self.now() + self.patience_s
        tries = 0
        while True:
            try:
                answer = await send()
                if answer.status < 300:
                    return answer
                failure: ClientError = failure_of(answer)
            except ClientError as error:
                failure = error
            wait_s = self.wait_s(failure, tries)
            may_repeat = comes_again(failure) and (repeatable or failure.money == "none")
            if not may_repeat or self.now() + wait_s > give_up_at:
                raise failure
            tries += 1
            await self.sleep(wait_s)

    def wait_s(self, failure: ClientError, tries: int) -> float:
        """How long to wait before the next try."""
        if isinstance(failure, ApiError) and failure.retry_after_s is not None:
            return failure.retry_after_s
        return backoff.wait_s(
            tries, first_s=self.first_wait_s, longest_s=self.longest_wait_s, chance=self.chance
        )


def comes_again(failure: ClientError) -> bool:
    """Whether the same request may soon have another end: not where a market must open first."""
    if isinstance(failure, ApiError):
        return failure.retryable and (
            failure.status == _TOO_MANY_REQUESTS or failure.status >= _SERVER_ERRORS
        )
    return failure.retryable


def failure_of(answer: Answer) -> ClientError:
    """The error that an answer with a status of 300 and above is.

    What is no refusal of the exchange itself comes from something on the way to it, which cannot tell
    whether the request had arrived.
    """
    try:
        problem = _PROBLEM.decode(answer.body)
    except (msgspec.DecodeError, UnicodeDecodeError):
        said = answer.body[:200].decode("latin-1")
        return NoAnswer(f"status {answer.status}, which is no answer of the exchange: {said}")
    retry_after_s, time_us = _number(answer, "retry-after"), _number(answer, "cse-time")
    return error_of(problem, None if retry_after_s is None else float(retry_after_s), time_us)


def _number(answer: Answer, header: str) -> int | None:
    value = answer.headers.get(header, "")
    return int(value) if value.isascii() and value.isdigit() else None
