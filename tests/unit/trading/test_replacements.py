"""What a replacement says of each of its halves, the first time and again."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import msgspec
import pytest

from cse.domain import codes
from cse.domain.enumerations import CloseReason, Side
from cse.domain.errors import CodedError
from cse.engine import wire
from cse.engine.models import Answer, ClosedOrder, EngineError, Group, NotYetVisible, Reading, RecentReading
from cse.trading.models import NewOrder, Replacement
from cse.trading.reads.lookup import OrderLookup
from cse.trading.replacements import Replacements
from cse.trading.views.texts import MarketTexts
from tests.unit.trading.reads.test_account import ACCOUNT, MARKET, closed_order

TEXTS = MarketTexts(MARKET)


def replacing(
    events: bytes, closed: ClosedOrder | EngineError | None = None, first: bytes | None = None
) -> Replacements:
    """Those whose core answers a replacement so, and whose replica has that of the order to be cancelled.

    `first` are the events of the command that placed the order when it came first.
    """

    async def submit(_: bytes) -> Answer:
        return Answer(1, 50, 0, events)

    async def order(*_: Any, **__: Any) -> RecentReading[ClosedOrder | None]:
        if isinstance(closed, EngineError):
            raise closed
        return RecentReading(50, closed, 1)

    async def group(sequence: int) -> Reading[Group | None]:
        return Reading(50, None if first is None else Group(sequence, 0, 0, first))

    async def position() -> int:
        return 50

    async def nothing(*_: Any) -> None:
        return None

    leader: Any = SimpleNamespace(submit=submit)
    replica: Any = SimpleNamespace(order=order, group=group)
    listing: Any = None
    ledger: Any = SimpleNamespace(position=position, closed_order=nothing)
    return Replacements(leader, replica, listing, OrderLookup(leader, replica, ledger))


REPLACEMENT = Replacement(
    NewOrder("CRT-USDC", "buy", "limit", price="1", quantity="0.005"), cancel_order="5", mode="allow_failure"
)
UNKNOWN = codes.ORDER_UNKNOWN.number
WHOLE = wire.CommandRejected(wire.ReplaceOrder.KIND, UNKNOWN, ACCOUNT, 5).encode()
HALF = wire.CommandRejected(wire.CancelOrder.KIND, UNKNOWN, ACCOUNT, 5).encode()
PLACED = closed_order(6, 50).accepted.encode()


@pytest.mark.parametrize(
    ("closed", "code"), [(closed_order(5, 40), codes.ORDER_NOT_OPEN), (None, codes.ORDER_UNKNOWN)]
)
async def test_a_replacement_says_as_a_cancel_does_why_an_order_was_not_cancelled(
    closed: ClosedOrder | None, code: codes.Code
) -> None:
    with pytest.raises(CodedError) as refused:
        await replacing(WHOLE, closed).replace(ACCOUNT, REPLACEMENT, TEXTS)
    assert refused.value.code is code
    replaced, repeated = await replacing(HALF + PLACED, closed).replace(ACCOUNT, REPLACEMENT, TEXTS)
    assert not repeated
    assert (replaced.cancelled, replaced.cancel_refusal) == (None, code.name)
    assert replaced.placed is not None
    assert replaced.placed.order.id == "6"


async def test_a_replacement_of_which_one_half_is_done_does_not_say_that_nothing_happened() -> None:
    with pytest.raises(NotYetVisible):
        await replacing(WHOLE, NotYetVisible()).replace(ACCOUNT, REPLACEMENT, TEXTS)
    with pytest.raises(CodedError) as refused:
        await replacing(HALF + PLACED, NotYetVisible()).replace(ACCOUNT, REPLACEMENT, TEXTS)
    assert refused.value.code is codes.OUTCOME_UNKNOWN


CANCELLED = wire.OrderClosed(5, ACCOUNT, 1, CloseReason.CANCELLED, Side.BUY, 100, 5, 0, 0, 0).encode()
OTHER = wire.OrderClosed(4, ACCOUNT, 1, CloseReason.CANCELLED, Side.BUY, 100, 5, 0, 0, 0).encode()
REPEATED = wire.OrderRepeated(6, 30, ACCOUNT, 1).encode()


@pytest.mark.parametrize("mode", ["allow_failure", "stop_on_failure"])
async def test_a_replacement_that_is_sent_again_gets_the_first_answer(mode: str) -> None:
    request = Replacement(REPLACEMENT.order, cancel_order="5", mode=mode)
    first, repeated = await replacing(CANCELLED + PLACED).replace(ACCOUNT, request, TEXTS)
    assert (first.cancelled, first.cancel_refusal, repeated) == ("5", None, False)
    again, repeated = await replacing(REPEATED, first=CANCELLED + PLACED).replace(ACCOUNT, request, TEXTS)
    assert repeated
    assert again.sequence == "30"
    assert (again.cancelled, again.cancel_refusal, again.place_refusal) == ("5", None, None)
    assert again.placed is not None
    assert first.placed is not None
    # The first answer of this test was at another sequence.
    assert again.placed.order == msgspec.structs.replace(first.placed.order, revision="29")


async def test_what_was_refused_the_first_time_is_told_again() -> None:
    service = replacing(REPEATED, closed_order(5, 40), first=HALF + PLACED)
    again, repeated = await service.replace(ACCOUNT, REPLACEMENT, TEXTS)
    assert (again.cancelled, again.cancel_refusal, repeated) == (None, "order_not_open", True)


@pytest.mark.parametrize(
    ("first", "code"),
    [
        (PLACED, "client_order_id_conflict"),
        (OTHER + PLACED, "client_order_id_conflict"),
        (None, "outcome_unknown"),
    ],
    ids=["placed alone", "in the place of another", "not shown any more"],
)
async def test_a_replacement_that_came_to_nothing_now_does_not_say_that_it_did(
    first: bytes | None, code: str
) -> None:
    with pytest.raises(CodedError) as refused:
        await replacing(REPEATED, first=first).replace(ACCOUNT, REPLACEMENT, TEXTS)
    assert refused.value.code.name == code
