"""Our refusals as clients of Binance know them: a number, a sentence, a status.

Clients look at the number, and some at the sentence. What has no number of its own there has that of the
kind of failure it is, with our sentence, so that nothing is told less exactly than it is known.
"""

from __future__ import annotations

from http import HTTPStatus
from typing import Final, NamedTuple

from cse.domain import codes
from cse.domain.codes import Code
from cse.domain.errors import CodedError
from cse.runtime.http.problem import problem_headers
from cse.runtime.http.route import Access, Counted, Reply, Route, answer


class LookupTooLong(CodedError):
    """Two times that are more than a day apart: our own lists know no such bound, and have no code for it."""

    def __init__(self) -> None:
        super().__init__(codes.INVALID_FIELD, field="endTime", reason="more than 24 hours after startTime")


class Refusal(NamedTuple):
    """How a code is told. `sentence` may name details of it; None stands for our own sentence."""

    number: int
    sentence: str | None = None
    status: int = HTTPStatus.BAD_REQUEST


_TOO_LONG: Final = Refusal(
    -1127, "Lookup interval is too big. More than 24 hours between startTime and endTime."
)
_REJECTED: Final = -2010
_CANCEL_REJECTED: Final = -2011
_FILTER: Final = -1013
_BAD_KEY: Final = Refusal(-2015, "Invalid API-key, IP, or permissions for action.", HTTPStatus.UNAUTHORIZED)
_BUSY: Final = Refusal(
    -1001, "Internal error; unable to process your request. Please try again.", HTTPStatus.SERVICE_UNAVAILABLE
)
_FREEZING: Final = Refusal(_REJECTED, "This action is disabled on this account.")
_NO_SUCH_ORDER: Final = Refusal(-2013, "Order does not exist.")
_PRICE_FILTER: Final = Refusal(_FILTER, "Filter failure: PRICE_FILTER")
_LOT_SIZE: Final = Refusal(_FILTER, "Filter failure: LOT_SIZE")
_NOTIONAL: Final = Refusal(_FILTER, "Filter failure: NOTIONAL")

TABLE: Final[dict[Code, Refusal]] = {
    # What was sent
    codes.UNSUPPORTED_MEDIA_TYPE: Refusal(-1102, "The body must be application/x-www-form-urlencoded."),
    codes.UNKNOWN_FIELD: Refusal(-1104, "Not all sent parameters were read: '{field}' is not one of this."),
    codes.MISSING_FIELD: Refusal(
        -1102, "Mandatory parameter '{field}' was not sent, was empty/null, or malformed."
    ),
    codes.DUPLICATE_FIELD: Refusal(-1101, "Duplicate values for a parameter detected."),
    codes.INVALID_FIELD: Refusal(-1130, "Data sent for parameter '{field}' is not valid."),
    codes.INVALID_DECIMAL: Refusal(-1100, "Illegal characters found in parameter '{field}'."),
    codes.TOO_MANY_DECIMALS: Refusal(-1111, "Parameter '{field}' has too much precision."),
    codes.NUMBER_OUT_OF_RANGE: Refusal(-1108, "Parameter '{field}' overflowed."),
    codes.INTERVAL_UNKNOWN: Refusal(-1120, "Invalid interval."),
    codes.MARKET_UNKNOWN: Refusal(-1121, "Invalid symbol."),
    codes.NOT_FOUND: Refusal(-1099, "Not found.", HTTPStatus.NOT_FOUND),
    codes.METHOD_NOT_ALLOWED: Refusal(-1099, None, HTTPStatus.METHOD_NOT_ALLOWED),
    codes.BODY_TOO_LARGE: Refusal(-1102, None, HTTPStatus.REQUEST_ENTITY_TOO_LARGE),
    # Who asks
    codes.SIGNATURE_INVALID: Refusal(-1022, "Signature for this request is not valid."),
    codes.TIMESTAMP_OUTSIDE_WINDOW: Refusal(
        -1021, "Timestamp for this request is outside of the recvWindow."
    ),
    codes.API_KEY_UNKNOWN: Refusal(-2014, "API-key format invalid.", HTTPStatus.UNAUTHORIZED),
    codes.NOT_AUTHENTICATED: Refusal(-2014, "API-key format invalid.", HTTPStatus.UNAUTHORIZED),
    codes.API_KEY_ENDED: _BAD_KEY,
    codes.ADDRESS_NOT_ALLOWED: _BAD_KEY,
    codes.SCOPE_MISSING: _BAD_KEY,
    codes.MEMBER_ROLE_MISSING: _BAD_KEY,
    codes.ACCOUNT_UNKNOWN: _BAD_KEY,
    codes.TOO_MANY_ATTEMPTS: Refusal(
        -1003,
        "Way too many requests; this IP is banned for {seconds} seconds.",
        HTTPStatus.IM_A_TEAPOT,
    ),
    codes.RATE_LIMITED: Refusal(
        -1003, "Too much request weight used; try again in {seconds} seconds.", HTTPStatus.TOO_MANY_REQUESTS
    ),
    # Orders
    codes.INVALID_SIDE: Refusal(-1117, "Invalid side."),
    codes.ORDER_TYPE_UNAVAILABLE: Refusal(-1116, "Invalid orderType."),
    codes.INVALID_TIME_IN_FORCE: Refusal(-1115, "Invalid timeInForce."),
    codes.INVALID_SELF_TRADE_PREVENTION: Refusal(
        -1130, "Data sent for parameter 'selfTradePreventionMode' is not valid."
    ),
    codes.INVALID_CLIENT_ORDER_ID: Refusal(
        -1100,
        "Illegal characters found in parameter 'newClientOrderId'; legal range is"
        " '^[\\.A-Z\\:/a-z0-9_-]{1,36}$'.",
    ),
    codes.CLIENT_ORDER_ID_CONFLICT: Refusal(_REJECTED, "Duplicate order sent."),
    codes.QUANTITY_OR_QUOTE_AMOUNT: Refusal(-1128, "Combination of optional parameters invalid."),
    codes.POST_ONLY_NOT_ALLOWED: Refusal(-1114, "TimeInForce parameter sent when not required."),
    codes.PRICE_OUT_OF_RANGE: _PRICE_FILTER,
    codes.PRICE_OFF_TICK: _PRICE_FILTER,
    codes.QUANTITY_OUT_OF_RANGE: _LOT_SIZE,
    codes.QUANTITY_OFF_LOT: _LOT_SIZE,
    codes.BELOW_MIN_QUANTITY: _LOT_SIZE,
    codes.BELOW_MIN_NOTIONAL: _NOTIONAL,
    codes.ABOVE_MAX_NOTIONAL: _NOTIONAL,
    codes.PRICE_OUTSIDE_BAND: Refusal(_FILTER, "Filter failure: PERCENT_PRICE"),
    codes.TOO_MANY_OPEN_ORDERS: Refusal(_FILTER, "Filter failure: MAX_NUM_ORDERS"),
    codes.INVALID_DISPLAY_QUANTITY: Refusal(_FILTER, "Invalid icebergQty."),
    codes.INVALID_STOP_PRICE: Refusal(_FILTER, "Invalid stopPrice."),
    codes.INVALID_TRAILING_DELTA: Refusal(_FILTER, "Filter failure: TRAILING_DELTA"),
    codes.INSUFFICIENT_FUNDS: Refusal(_REJECTED, "Account has insufficient balance for requested action."),
    codes.POST_ONLY_WOULD_TAKE: Refusal(_REJECTED, "Order would immediately match and take."),
    codes.WOULD_TRIGGER: Refusal(_REJECTED, "Order would trigger immediately."),
    codes.MARKET_HALTED: Refusal(_FILTER, "Market is closed."),
    codes.NOT_IN_AUCTION: Refusal(_REJECTED, "This type of order is not supported for this symbol now."),
    codes.ACCOUNT_FROZEN: _FREEZING,
    codes.ACCOUNT_CANNOT_TRADE: _FREEZING,
    codes.ORDER_UNKNOWN: _NO_SUCH_ORDER,
    codes.ORDER_NOT_OPEN: _NO_SUCH_ORDER,
    # Our side
    codes.UNAVAILABLE: _BUSY,
    codes.NOT_YET_VISIBLE: _BUSY,
    codes.SHUTTING_DOWN: _BUSY,
    codes.OVERLOADED: Refusal(
        -1008,
        "Server is currently overloaded with other requests. Please try again in a few minutes.",
        HTTPStatus.SERVICE_UNAVAILABLE,
    ),
    codes.OUTCOME_UNKNOWN: Refusal(
        -1007,
        "Timeout waiting for response from backend server. Send status unknown; execution status unknown.",
        HTTPStatus.GATEWAY_TIMEOUT,
    ),
    codes.INTERNAL_ERROR: Refusal(
        -1000, "An unknown error occurred while processing the request.", HTTPStatus.INTERNAL_SERVER_ERROR
    ),
}


def refusal_of(route: Route, error: CodedError) -> Refusal:
    """What a refusal is called on a route; the sentence is complete."""
    return _called(error, route.counted, changes=route.access is Access.TRADE)


def refusal_of_half(error: CodedError, *, cancels: bool) -> Refusal:
    """What a refusal of one half of a replacement is called."""
    if cancels and error.code not in (codes.ORDER_UNKNOWN, codes.ORDER_NOT_OPEN):
        return Refusal(_CANCEL_REJECTED, "The order stands as it stood: it could not be replaced.")
    return _called(error, Counted.CANCELS if cancels else Counted.ORDERS, changes=True)


def refusal_of_message(error: CodedError) -> Refusal:
    """What a refusal of a message that asks to be told something is called."""
    if error.code is codes.SIGNATURE_REPEATED:
        error = CodedError(codes.SIGNATURE_INVALID)
    return _called(error, Counted.REQUESTS, changes=False)


def _called(error: CodedError, counted: Counted, *, changes: bool) -> Refusal:
    if isinstance(error, LookupTooLong):
        return _TOO_LONG
    found = _by_use(counted, error.code) or TABLE.get(error.code) or _of_kind(counted, error.code, changes)
    sentence = error.sentence
    if found.sentence is not None:
        sentence = found.sentence
        for name, value in error.details.items():
            sentence = sentence.replace("{" + name + "}", str(value))
    if "{" in sentence:
        # What would complete it was not told.
        sentence = error.code.name.replace("_", " ").capitalize() + "."
    return found._replace(sentence=sentence)


def refused(route: Route, error: CodedError) -> Reply:
    """A refusal as an answer, with Retry-After where waiting helps."""
    found = refusal_of(route, error)
    body = {"code": found.number, "msg": found.sentence}
    return answer(body, status=found.status, headers=problem_headers(error))


def _by_use(counted: Counted, code: Code) -> Refusal | None:
    """What means another thing to who places, to who cancels and to who asks."""
    places, cancels = counted is Counted.ORDERS, counted is Counted.CANCELS
    if code is codes.RATE_LIMITED and (places or cancels):
        return Refusal(
            -1015, "Too many new orders; try again in {seconds} seconds.", HTTPStatus.TOO_MANY_REQUESTS
        )
    if cancels and code in (codes.ORDER_UNKNOWN, codes.ORDER_NOT_OPEN, codes.SIGNATURE_REPEATED):
        return Refusal(_CANCEL_REJECTED, "Unknown order sent.")
    if code is codes.SIGNATURE_REPEATED:
        return Refusal(_REJECTED, "Duplicate order sent.")
    return None


def _of_kind(counted: Counted, code: Code, changes: bool) -> Refusal:
    if code.status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        return TABLE[codes.OUTCOME_UNKNOWN] if code.money == "unknown" else _BUSY
    if changes:
        return Refusal(_CANCEL_REJECTED if counted is Counted.CANCELS else _REJECTED)
    return Refusal(-1102)
