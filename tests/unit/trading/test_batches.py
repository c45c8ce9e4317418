"""A batch: each part for itself, all one behind another."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from cse.domain import codes
from cse.domain.errors import CodedError
from cse.engine.models import OutcomeUnknown, Reading, Unavailable
from cse.trading.answers.placements import Placement
from cse.trading.batches import cancel_each, place_all, refusal_view
from cse.trading.models import NewOrder, RawBatch
from tests.unit.trading.small_exchange import ORDER

ACCOUNT = 7


class Recording:
    """A service that answers with what it is told to, and notes what reached it."""

    def __init__(self, answers: dict[str, Exception] | None = None) -> None:
        self.reached: list[str] = []
        self.prepared: list[str] = []
        self._answers = answers or {}

    async def prepare(self, market: str) -> None:
        self.prepared.append(market)
        if market == "NO-SUCH":
            raise CodedError(codes.MARKET_UNKNOWN, field="market")

    async def place(self, order: NewOrder, account: int) -> Placement:
        assert account == ACCOUNT
        if order.market == "NO-SUCH":
            raise CodedError(codes.MARKET_UNKNOWN, field="market")
        name = str(order.client_order_id)
        self._reach(name)
        return Placement(name.encode(), len(self.reached), False)

    async def cancel(self, account: int, order_id: int) -> Reading[Any]:
        self._reach(str(order_id))
        return Reading(order_id, f"cancelled {order_id}")

    async def cancel_by_client_id(self, account: int, client_order_id: str) -> Reading[Any]:
        self._reach(client_order_id)
        return Reading(1, f"cancelled {client_order_id}")

    def _reach(self, name: str) -> None:
        self.reached.append(name)
        if name in self._answers:
            raise self._answers[name]


def batch(*parts: dict[str, Any]) -> RawBatch:
    return RawBatch([msgspec.Raw(msgspec.json.encode(part)) for part in parts])


def said(results: list[Any]) -> list[Any]:
    """The code of each refusal, the answer or the reading of anything else."""
    return [result.code.name if isinstance(result, CodedError) else result[0] for result in results]


async def test_orders_go_out_in_their_order_and_each_is_answered_for_itself() -> None:
    service: Any = Recording(
        {"late": OutcomeUnknown(), "away": Unavailable(), "poor": CodedError(codes.INSUFFICIENT_FUNDS)}
    )
    parts = batch(
        ORDER | {"client_order_id": "first"},
        ORDER | {"client_order_id": "poor"},
        ORDER | {"market": "NO-SUCH"},
        ORDER | {"price": 10},
        {"market": "CRT-USDC"},
        ORDER | {"client_order_id": "late"},
        ORDER | {"client_order_id": "away"},
        ORDER | {"client_order_id": "last"},
    )
    results = await place_all(service, parts, ACCOUNT)
    assert said(results) == [
        b"first",
        "insufficient_funds",
        "market_unknown",
        "invalid_decimal",
        "missing_field",
        "outcome_unknown",
        "unavailable",
        b"last",
    ]
    assert service.reached == ["first", "poor", "late", "away", "last"]


async def test_markets_are_learned_before_anything_goes_out() -> None:
    service: Any = Recording()
    await place_all(service, batch(ORDER, ORDER | {"market": "NO-SUCH"}), ACCOUNT)
    assert service.prepared == ["CRT-USDC", "NO-SUCH"]


async def test_cancels_name_an_order_by_one_of_its_ids() -> None:
    service: Any = Recording({"8": CodedError(codes.ORDER_NOT_OPEN)})
    results = await cancel_each(
        service,
        batch({"id": "7"}, {"client_order_id": "mine"}, {"id": "8"}, {"id": "9", "client_order_id": "x"}, {}),
        ACCOUNT,
    )
    assert said(results) == [7, 1, "order_not_open", "invalid_field", "missing_field"]
    assert service.reached == ["7", "mine", "8"]


async def test_what_nobody_expects_is_raised() -> None:
    service: Any = Recording({"7": RuntimeError("?")})
    with pytest.raises(RuntimeError):
        await cancel_each(service, batch({"id": "7"}), ACCOUNT)


def test_a_refusal_says_what_that_of_a_single_request_says() -> None:
    view = refusal_view(CodedError(codes.MARKET_UNKNOWN, field="market"))
    assert (view.code, view.status, view.retryable, view.money) == ("market_unknown", 404, False, "none")
    assert (view.detail, view.field) == (codes.MARKET_UNKNOWN.sentence, "market")
