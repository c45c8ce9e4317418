"""What each answer counts as."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from cse.cli.replay.flow import Cancel, Place, Step
from cse.cli.replay.measured import Measured
from cse.cli.replay.runner import Runner, Tally
from cse_client import Answer, CseClient, NoAnswer
from tests.unit.client.scripted import Clock, Scripted, Sent, answer, order, placed, problem, signed_in

BUY = Place(0, 1, "buy", 23_647, 20_000)
CANCEL = Cancel(5, 1)
LOST = NoAnswer("cut off")


def fill(price: str, quantity: str) -> dict[str, str]:
    more = ("trade_id", "order_id", "market", "notional", "fee", "fee_asset", "time", "sequence")
    return {
        "price": price,
        "quantity": quantity,
        "side": "buy",
        "liquidity": "taker",
        **dict.fromkeys(more, "1"),
    }


TRADED = answer(
    {"order": order(), "fills": [fill("236.4", "0.5"), fill("236", "1")], "prevented": [], "sequence": "9"},
    201,
)
CANCELLED, FILLED, OPEN = (
    answer({"order": order(status=status), "linked_order_ids": [], "sequence": "9"})
    for status in ("cancelled", "filled", "open")
)


async def tally_of(
    steps: list[Step], answers: Sequence[Answer | Exception], speed: float | None = None
) -> tuple[Tally, list[Sent]]:
    transport = Scripted(signed_in(1), signed_in(2), *answers)
    measured = Measured(transport)
    persons = []
    for email in ("bids@example.com", "asks@example.com"):
        person = CseClient("http://x", transport=measured, patience=Clock().patience())
        await person.sign_in(email, "a long pass phrase")
        persons.append(person)
    transport.sent.clear()
    runner = Runner("BTC-USDC", persons[0], persons[1], measured)
    await runner.run(steps, speed, lambda _: None)
    assert not transport.script
    return runner.tally, transport.sent


async def test_an_order_is_placed_in_the_markets_decimals_by_the_person_of_its_side() -> None:
    _, (request, other) = await tally_of([BUY, BUY._replace(key=2, side="sell")], [placed(), placed()])
    assert (request.body["price"], request.body["quantity"]) == ("236.47", "2")
    assert request.headers["authorization"] == "Bearer access-1"
    assert other.headers["authorization"] == "Bearer access-2"
    assert request.body["client_order_id"] != other.body["client_order_id"]


async def test_fills_are_trades_and_their_sum_is_exact() -> None:
    tally, _ = await tally_of([BUY], [TRADED])
    assert (tally.orders, tally.trades) == (1, 2)
    assert tally.turnover == 23_640 * 5_000 + 23_600 * 10_000


@pytest.mark.parametrize(
    ("answers", "missed", "refusals"),
    [
        pytest.param([CANCELLED], 0, {}, id="cancelled"),
        pytest.param([problem("order_unknown")], 1, {}, id="unknown"),
        pytest.param([problem("order_not_open")], 1, {}, id="not-open"),
        pytest.param([LOST, CANCELLED], 0, {}, id="took-effect-before-the-answer-was-lost"),
        pytest.param([LOST, FILLED], 1, {}, id="filled-before-the-answer-was-lost"),
        pytest.param([LOST, OPEN, CANCELLED], 0, {}, id="took-no-effect-before-the-answer-was-lost"),
        pytest.param([problem("account_frozen")], 0, {"account_frozen": 1}, id="refused"),
    ],
)
async def test_a_cancel(answers: list[Answer | Exception], missed: int, refusals: dict[str, int]) -> None:
    tally, _ = await tally_of([BUY, CANCEL], [placed(), *answers])
    assert (tally.cancels, tally.missed_cancels, tally.refusals) == (1, missed, refusals)
    assert len(tally.latencies_ns) == 2


async def test_a_second_cancel_of_an_order_is_sent_and_misses() -> None:
    script = [placed(), CANCELLED, problem("order_unknown")]
    tally, requests = await tally_of([BUY, CANCEL, CANCEL], script)
    assert (tally.cancels, tally.missed_cancels, len(requests)) == (2, 1, 3)


async def test_the_cancel_of_a_refused_order_is_not_sent() -> None:
    tally, requests = await tally_of([BUY, CANCEL], [problem("below_min_notional")])
    assert (tally.cancels, tally.skipped_cancels, len(requests)) == (0, 1, 1)
    assert tally.refusals == {"below_min_notional": 1}


async def test_answers_that_ask_to_come_again_are_counted() -> None:
    script: list[Answer | Exception] = [
        problem("rate_limited", retry_after="1"),
        problem("unavailable"),
        LOST,
        placed(),
    ]
    tally, requests = await tally_of([BUY], script)
    assert (tally.waits, tally.orders, len(requests)) == (2, 1, 4)
    assert len({request.body["client_order_id"] for request in requests}) == 1


async def test_at_a_speed_the_flow_takes_its_recorded_time() -> None:
    tally, _ = await tally_of([BUY, CANCEL._replace(at_ms=400)], [placed(), CANCELLED], speed=4)
    assert tally.elapsed_ns >= 100_000_000
