"""What can go wrong with a request, and what is then known about the money."""

from __future__ import annotations

from typing import Final

from cse_client.codes import BANDS
from cse_client.models import Money, ProblemDetails


class ClientError(Exception):
    """Why a request has no result.

    `money` is `none` where nothing happened, `unknown` where one must look before one acts again.
    `retryable` says that the same request may succeed later.
    """

    money: Money = "none"
    retryable: bool = False


class NotSignedIn(ClientError):
    """The call is for persons, and the client holds no session, or one that has ended."""


class Unreachable(ClientError):
    """No connection could be made, so nothing happened."""

    retryable = True


class NoAnswer(ClientError):
    """The request went out, and no answer of the exchange came back."""

    money: Money = "unknown"
    retryable = True


class OutcomeUnknown(ClientError):
    """An order was sent, and whether it was placed could not be found out in the time there was.

    `client_order_id` finds it, now or later, and sent again under it has one effect at most.
    """

    money: Money = "unknown"
    retryable = True

    def __init__(self, client_order_id: str, reason: str) -> None:
        super().__init__(f"the outcome of order {client_order_id} is not known: {reason}")
        self.client_order_id = client_order_id


class NotPlaced(ClientError):
    """An order got no answer, and the exchange has none under its client order id."""

    retryable = True

    def __init__(self, client_order_id: str) -> None:
        super().__init__(f"order {client_order_id} was not placed")
        self.client_order_id = client_order_id


class ApiError(ClientError):
    """The exchange refused. Its subclasses are the stages that refuse.

    Attributes:
        code: one of `cse_client.codes`, or one that this client does not know yet.
        status: the HTTP status.
        sentence: for a person to read.
        field: the field of the request that is at fault.
        challenge: what a code has to be sent with, where one is needed to sign in.
        methods: by what the person can show that it is them, where that is needed.
        now: what a setting is that is another than was seen.
        instance: the request, for whom it is reported to.
        retry_after_s: when to come again, where the exchange said so.
        time_us: the exchange's time, where that is what is wrong with a request.
    """

    def __init__(
        self, problem: ProblemDetails, retry_after_s: float | None = None, time_us: int | None = None
    ) -> None:
        super().__init__(f"{problem.code}: {problem.detail}")
        self.code = problem.code
        self.status = problem.status
        self.sentence = problem.detail
        self.field = problem.field
        self.challenge = problem.challenge
        self.methods = problem.methods or []
        self.now = problem.now
        self.instance = problem.instance
        self.money = problem.money
        self.retryable = problem.retryable
        self.retry_after_s = retry_after_s
        self.time_us = time_us


class RequestRefused(ApiError):
    """The request itself is not right, or came too fast."""


class SessionRefused(ApiError):
    """Who asks is not known, or may not do that."""


class FundsRefused(ApiError):
    """Balance, asset or account do not allow it."""


class OrderRefused(ApiError):
    """The order is not right, or is not there."""


class MarketRefused(ApiError):
    """The market is not there, or is halted."""


class ListingRefused(ApiError):
    """What is to be listed is not right."""


class ServiceRefused(ApiError):
    """A part of the exchange is away or too busy."""


_BY_BAND: Final[dict[str, type[ApiError]]] = {
    "request": RequestRefused,
    "session": SessionRefused,
    "funds": FundsRefused,
    "order": OrderRefused,
    "market": MarketRefused,
    "listing": ListingRefused,
    "service": ServiceRefused,
}


def error_of(
    problem: ProblemDetails, retry_after_s: float | None = None, time_us: int | None = None
) -> ApiError:
    """The exception for a refusal, by the stage of its code."""
    kind = _BY_BAND.get(BANDS.get(problem.code, ""), ApiError)
    return kind(problem, retry_after_s, time_us)
