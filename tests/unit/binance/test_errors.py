"""Which number and sentence of Binance's a refusal of ours has."""

from __future__ import annotations

import msgspec
import pytest

from cse.binance.errors import TABLE, refusal_of, refused
from cse.domain import codes
from cse.domain.codes import Code
from cse.domain.errors import CodedError
from cse.runtime.http.route import Access, Counted, Route


def route(access: Access, counted: Counted = Counted.REQUESTS) -> Route:
    return Route("POST", "/binance/api/v3/x", access, "", None, counted=counted)


PUBLIC, READING = route(Access.EVERYONE), route(Access.READ)
PLACING, CANCELLING = route(Access.TRADE, Counted.ORDERS), route(Access.TRADE, Counted.CANCELS)


@pytest.mark.parametrize(
    ("on", "code", "number", "status"),
    [
        (PUBLIC, codes.MARKET_UNKNOWN, -1121, 400),
        (PUBLIC, codes.INTERVAL_UNKNOWN, -1120, 400),
        (PUBLIC, codes.RATE_LIMITED, -1003, 429),
        (PUBLIC, codes.TOO_MANY_ATTEMPTS, -1003, 418),
        (READING, codes.SIGNATURE_INVALID, -1022, 400),
        (READING, codes.TIMESTAMP_OUTSIDE_WINDOW, -1021, 400),
        (READING, codes.API_KEY_UNKNOWN, -2014, 401),
        (READING, codes.SCOPE_MISSING, -2015, 401),
        (READING, codes.ADDRESS_NOT_ALLOWED, -2015, 401),
        (READING, codes.API_KEY_ENDED, -2015, 401),
        (READING, codes.ORDER_UNKNOWN, -2013, 400),
        (PLACING, codes.RATE_LIMITED, -1015, 429),
        (PLACING, codes.PRICE_OFF_TICK, -1013, 400),
        (PLACING, codes.BELOW_MIN_NOTIONAL, -1013, 400),
        (PLACING, codes.INSUFFICIENT_FUNDS, -2010, 400),
        (PLACING, codes.CLIENT_ORDER_ID_CONFLICT, -2010, 400),
        (PLACING, codes.SIGNATURE_REPEATED, -2010, 400),
        (PLACING, codes.OUTCOME_UNKNOWN, -1007, 504),
        (PLACING, codes.UNAVAILABLE, -1001, 503),
        # What Binance has no number for
        (PLACING, codes.NOTIONAL_RATE_REACHED, -2010, 400),
        (CANCELLING, codes.ORDER_UNKNOWN, -2011, 400),
        (CANCELLING, codes.ORDER_NOT_OPEN, -2011, 400),
        (CANCELLING, codes.SIGNATURE_REPEATED, -2011, 400),
    ],
)
def test_what_a_refusal_is_called(on: Route, code: Code, number: int, status: int) -> None:
    found = refusal_of(on, CodedError(code, field="price", seconds=3, time=1, limit=1))
    assert (found.number, found.status) == (number, status)


def test_a_sentence_names_the_parameter_and_waiting_is_said_where_it_helps() -> None:
    missing = refused(PUBLIC, CodedError(codes.MISSING_FIELD, field="symbol"))
    assert msgspec.json.decode(missing.body) == {
        "code": -1102,
        "msg": "Mandatory parameter 'symbol' was not sent, was empty/null, or malformed.",
    }
    late = refused(PUBLIC, CodedError(codes.RATE_LIMITED, seconds=7))
    assert (b"retry-after", b"7") in late.headers


def test_what_has_no_row_keeps_our_sentence() -> None:
    error = CodedError(codes.ABOVE_ACCOUNT_NOTIONAL, limit="5")
    assert codes.ABOVE_ACCOUNT_NOTIONAL not in TABLE
    assert refusal_of(PLACING, error).sentence == error.sentence


@pytest.mark.parametrize("code", codes.CODES, ids=lambda code: code.name)
def test_money_is_never_said_to_be_safe_where_it_is_not(code: Code) -> None:
    """What may have happened is never told as something that did not."""
    found = refusal_of(PLACING, CodedError(code))
    assert found.number < 0 and found.sentence
    if code.money == "unknown" and code is not codes.SIGNATURE_REPEATED:
        assert found.number in (-1000, -1006, -1007)
        assert found.status >= 500
