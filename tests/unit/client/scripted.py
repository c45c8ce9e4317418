"""A transport that answers by a script, and a clock that only sleeping moves."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

from cse.domain import codes
from cse_client import Answer, Patience
from cse_client import codes as client_codes


class Sent(NamedTuple):
    """A request as it went out."""

    method: str
    target: str
    headers: dict[str, str]
    body: Any


class Scripted:
    """Gives the next answer of the script, or raises it; requests beyond it fail the test."""

    def __init__(self, *script: Answer | Exception) -> None:
        self.script = list(script)
        self.sent: list[Sent] = []
        self.is_closed = False
        self.before_answer: Callable[[], None] = lambda: None

    async def send(self, method: str, target: str, headers: Mapping[str, str], body: bytes) -> Answer:
        self.sent.append(Sent(method, target, dict(headers), json.loads(body) if body else None))
        await asyncio.sleep(0)
        self.before_answer()
        assert self.script, f"{method} {target} was not expected"
        answer = self.script.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return answer

    async def close(self) -> None:
        self.is_closed = True


class Recorded:
    """Gives every request the same answer, and notes what it was asked."""

    def __init__(self, same: Answer) -> None:
        self.asked: list[tuple[str, str]] = []
        self._same = same

    async def send(self, method: str, target: str, headers: Mapping[str, str], body: bytes) -> Answer:
        self.asked.append((method, target))
        return self._same

    async def close(self) -> None: ...


class Clock:
    """Seconds that pass only while somebody sleeps, or when told to."""

    def __init__(self) -> None:
        self.now = 1_000.0
        self.slept: list[float] = []

    async def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += seconds

    def pass_by(self, seconds: float) -> None:
        self.now += seconds

    def patience(self, patience_s: float = 15.0) -> Patience:
        return Patience(patience_s=patience_s, now=lambda: self.now, sleep=self.sleep, chance=lambda: 0.0)


def answer(value: object, status: int = 200, **headers: str) -> Answer:
    names = {name.replace("_", "-"): value for name, value in headers.items()}
    return Answer(status, names, b"" if value is None else json.dumps(value).encode())


def problem(name: str, **headers: str) -> Answer:
    """A refusal with a code of the catalogue."""
    assert name in client_codes.BANDS
    code = next(code for code in codes.CODES if code.name == name)
    body = {
        "type": f"/api/docs#{name}", "title": name, "status": code.status, "detail": code.sentence,
        "code": name, "retryable": code.retryable, "money": code.money, "instance": "request:1",
    }  # fmt: skip
    return answer(body, code.status, **headers)


def signed_in(number: int = 1, expires_in: int = 900) -> Answer:
    return answer(
        {
            "person": "p", "account": "7", "display_name": "Ada", "access_token": f"access-{number}",
            "token_type": "Bearer", "expires_in": expires_in, "refresh_token": f"refresh-{number}",
        }
    )  # fmt: skip


def order(client_order_id: str = "mine", status: str = "open") -> dict[str, Any]:
    return {
        "id": "5", "client_order_id": client_order_id, "list_id": None, "account": "7",
        "market": "LAB-USDC", "side": "buy", "type": "limit", "time_in_force": "gtc", "post_only": False, "reprice": False,
        "self_trade_prevention": "cancel_newest", "expires_at": None,
        "status": status, "close_reason": None, "trigger": None, "triggered_at": None,
        "price": "1", "quantity": "4", "quote_amount": None, "display_quantity": None, "stop_price": None,
        "trailing_delta": None, "trailing_percent": None,
        "filled_quantity": "0", "filled_notional": "0", "average_price": None, "remaining_quantity": "4",
        "fee": "0", "fee_asset": "USDC", "created_at": "2026-11-25T14:00:00.000000Z",
        "updated_at": "2026-11-25T14:00:00.000000Z", "revision": "9",
    }  # fmt: skip


def one(status: str = "open", linked_order_ids: Sequence[str] = ()) -> Answer:
    return answer(
        {"order": order(status=status), "linked_order_ids": list(linked_order_ids), "sequence": "9"}
    )


def amended() -> Answer:
    met: dict[str, list[object]] = {"fills": [], "prevented": []}
    return answer({"order": order(), "linked_order_ids": [], "sequence": "9"} | met)


def placed() -> Answer:
    return answer({"order": order(), "fills": [], "prevented": [], "sequence": "9"}, 201)


def replaced() -> Answer:
    """Order 4 cancelled, and order 5 in its place."""
    placement = {"order": order(), "fills": [], "prevented": [], "sequence": "9"}
    return answer(
        {
            "cancelled": "4", "cancel_refusal": None, "placed": placement, "place_refusal": None,
            "sequence": "9",
        },
        201,
    )  # fmt: skip
