"""What each answer counts as."""

import pytest

from cse.cli.replay.connection import Connection
from cse.cli.replay.runner import Runner, Tally
from cse.cli.replay.trader import Trader
from cse.demo.flow import Cancel, Place, Step
from tests.unit.cli.replay.scripted_server import HANG_UP, ScriptedServer, answer

BUY = Place(0, 1, "buy", 23_647, 20_000)
CANCEL = Cancel(5, 1)
PLACED = answer(201, b'{"order":{"id":"7"},"fills":[]}')
TRADED = answer(
    201,
    b'{"order":{"id":"7"},"fills":[{"price":"236.4","quantity":"0.5"},{"price":"236","quantity":"1"}]}',
)
CANCELLED = answer(200, b'{"order":{"id":"7","status":"cancelled"}}')
FILLED = answer(200, b'{"order":{"id":"7","status":"filled"}}')
UNKNOWN = answer(404, b'{"code":"order_unknown"}')
NOT_OPEN = answer(409, b'{"code":"order_not_open"}')
FORBIDDEN = answer(403, b'{"code":"account_frozen"}')
TOO_SMALL = answer(422, b'{"code":"below_min_notional"}')


def tally_of(
    steps: list[Step], answers: list[bytes], speed: float | None = None
) -> tuple[Tally, list[bytes]]:
    with ScriptedServer(answers) as server, Connection(server.url) as connection:
        bidder = Trader(connection, "bids@example.com", token="bids")
        asker = Trader(connection, "asks@example.com", token="asks")
        runner = Runner("BTC-USDC", bidder, asker)
        runner.run(steps, speed, lambda _: None)
    return runner.tally, server.requests


def test_an_order_is_placed_in_the_markets_decimals_by_the_person_of_its_side() -> None:
    _, (request, other) = tally_of([BUY, BUY._replace(key=2, side="sell")], [PLACED, PLACED])
    assert b'"price":"236.47","quantity":"2"' in request
    assert b"Bearer bids" in request
    assert b"Bearer asks" in other


def test_fills_are_trades_and_their_sum_is_exact() -> None:
    tally, _ = tally_of([BUY], [TRADED])
    assert (tally.orders, tally.trades) == (1, 2)
    assert tally.turnover == 23_640 * 5_000 + 23_600 * 10_000


@pytest.mark.parametrize(
    ("answers", "missed", "refusals"),
    [
        pytest.param([CANCELLED], 0, {}, id="cancelled"),
        pytest.param([UNKNOWN], 1, {}, id="unknown"),
        pytest.param([NOT_OPEN], 1, {}, id="not-open"),
        pytest.param([HANG_UP, UNKNOWN, CANCELLED], 0, {}, id="took-effect-before-the-answer-was-lost"),
        pytest.param([HANG_UP, UNKNOWN, FILLED], 1, {}, id="filled-before-the-answer-was-lost"),
        pytest.param([FORBIDDEN], 0, {"account_frozen": 1}, id="refused"),
    ],
)
def test_a_cancel(answers: list[bytes], missed: int, refusals: dict[str, int]) -> None:
    tally, _ = tally_of([BUY, CANCEL], [PLACED, *answers])
    assert (tally.cancels, tally.missed_cancels, tally.refusals) == (1, missed, refusals)


def test_a_second_cancel_of_an_order_is_sent_and_misses() -> None:
    tally, requests = tally_of([BUY, CANCEL, CANCEL], [PLACED, CANCELLED, UNKNOWN])
    assert (tally.cancels, tally.missed_cancels, len(requests)) == (2, 1, 3)


def test_the_cancel_of_a_refused_order_is_not_sent() -> None:
    tally, requests = tally_of([BUY, CANCEL], [TOO_SMALL])
    assert (tally.cancels, tally.skipped_cancels, len(requests)) == (0, 1, 1)
    assert tally.refusals == {"below_min_notional": 1}


def test_at_a_speed_the_flow_takes_its_recorded_time() -> None:
    tally, _ = tally_of([BUY, CANCEL._replace(at_ms=400)], [PLACED, CANCELLED], speed=4)
    assert tally.elapsed_ns >= 100_000_000
