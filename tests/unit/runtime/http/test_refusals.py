"""A failure gets a refusal of the catalogue; the operator's log says what was behind it."""

from __future__ import annotations

import pytest

from cse.domain import codes
from cse.domain.errors import CodedError
from cse.runtime.http.refusals import Refusals

Reading = pytest.LogCaptureFixture


def translate(error: Exception, _: str) -> CodedError | None:
    match error:
        case ConnectionError():
            return CodedError(codes.UNAVAILABLE)
        case KeyError():
            return CodedError(codes.MARKET_UNKNOWN, field="market")
        case _:
            return None


class Clock:
    now_s = 100.0

    def __call__(self) -> float:
        return self.now_s


@pytest.mark.parametrize(
    ("error", "code", "logged"),
    [
        (CodedError(codes.ORDER_UNKNOWN), "order_unknown", []),
        (CodedError(codes.UNAVAILABLE), "unavailable", []),
        (KeyError("what was asked for"), "market_unknown", []),
        (ConnectionError("the replica is gone"), "unavailable", ["ConnectionError: the replica is gone"]),
        (ZeroDivisionError("a bug"), "internal_error", ["ZeroDivisionError: a bug"]),
    ],
)
def test_what_is_told_and_what_is_logged(
    error: Exception, code: str, logged: list[str], caplog: Reading
) -> None:
    told = Refusals(translate).of(error, "GET", "7f")
    assert told.code.name == code
    assert "gone" not in told.sentence
    assert "a bug" not in told.sentence
    lines = [f"{record.getMessage()} {caplog.text}" for record in caplog.records]
    assert len(lines) == len(logged)
    for line, expected in zip(lines, logged, strict=True):
        assert "request 7f" in line
        assert expected in line


def test_an_outage_is_logged_once_a_second(caplog: Reading) -> None:
    clock = Clock()
    refusals = Refusals(translate, clock)
    for request, now_s in enumerate((100.0, 100.5, 100.9, 101.0, 101.9, 103.0)):
        clock.now_s = now_s
        refusals.of(ConnectionError("away"), "GET", str(request))
    said = [record.getMessage().split()[1] for record in caplog.records]
    assert said == ["0", "3", "5"]


def test_a_bug_is_logged_every_time(caplog: Reading) -> None:
    refusals = Refusals(translate, Clock())
    for request in range(3):
        refusals.of(ZeroDivisionError("a bug"), "GET", str(request))
    assert len(caplog.records) == 3
