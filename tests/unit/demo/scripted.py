"""An exchange in a few lines: a transport that answers from a table and keeps what it was asked."""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping
from typing import Any, NamedTuple

import msgspec

from cse_client import Answer


class Asked(NamedTuple):
    """One request."""

    method: str
    target: str
    body: dict[str, Any]


class Scripted:
    """Answers each (method, path) with what stands next for it; the last answer stays."""

    def __init__(self) -> None:
        self.asked: list[Asked] = []
        self._answers: dict[tuple[str, str], deque[Answer | Exception]] = {}

    def on(self, method: str, path: str, *answers: tuple[int, object] | Exception) -> None:
        """Sets what is answered, one after another."""
        self._answers[method, path] = deque(
            one if isinstance(one, Exception) else Answer(one[0], {}, msgspec.json.encode(one[1]))
            for one in answers
        )

    async def send(self, method: str, target: str, _: Mapping[str, str], body: bytes) -> Answer:
        self.asked.append(Asked(method, target, msgspec.json.decode(body) if body else {}))
        answers = self._answers[method, target.partition("?")[0]]
        answer = answers.popleft() if len(answers) > 1 else answers[0]
        if isinstance(answer, Exception):
            raise answer
        return answer

    async def close(self) -> None:
        """Nothing to let go of."""


def problem(code: str, status: int, *, money: str = "none", retryable: bool = False) -> tuple[int, object]:
    """A refusal."""
    told = {"type": f"/errors/{code}", "title": code, "detail": code, "instance": "/requests/1"}
    return status, {**told, "status": status, "code": code, "money": money, "retryable": retryable}


def signed_in(expires_in: int = 900) -> tuple[int, object]:
    """The answer to a sign-in."""
    tokens = {"access_token": "A", "refresh_token": "R", "token_type": "Bearer", "expires_in": expires_in}
    return 200, {"person": "P", "account": "1", "display_name": "D", **tokens}


def balances(**held: str) -> tuple[int, object]:
    """The answer to a look at the balances."""
    items = [{"asset": asset, "available": amount, "locked": "0"} for asset, amount in held.items()]
    return 200, {"items": items, "next_cursor": None, "sequence": "1"}


def placed(order_id: str, client_order_id: str = "c", status: str = "open") -> tuple[int, object]:
    """The answer to an order."""
    order = {
        "id": order_id, "client_order_id": client_order_id, "list_id": None, "account": "1",
        "market": "LUNA-USDC", "side": "buy", "type": "limit", "time_in_force": "gtc", "post_only": True, "reprice": False,
        "self_trade_prevention": "cancel_newest", "expires_at": None, "status": status, "close_reason": None,
        "trigger": None, "triggered_at": None, "price": "0.042",
        "quantity": "100", "quote_amount": None, "display_quantity": None, "stop_price": None,
        "trailing_delta": None, "trailing_percent": None,
        "filled_quantity": "0", "filled_notional": "0",
        "average_price": None, "remaining_quantity": "100", "fee": "0", "fee_asset": "USDC",
        "created_at": "2026-11-25T14:21:36.788123Z", "updated_at": "2026-11-25T14:21:36.788123Z",
        "revision": "0",
    }  # fmt: skip
    return 201, {"order": order, "fills": [], "prevented": [], "sequence": "1"}
