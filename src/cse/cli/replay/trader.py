"""One who trades through the public API, patiently: refused for being too fast, or while a
part of the exchange is away, the request is made again."""

from __future__ import annotations

import secrets
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, NamedTuple
from urllib.parse import quote

import msgspec

from cse.cli.replay.connection import Connection, ConnectionLost, Response

_PATIENCE_S = 120.0
_FIRST_WAIT_S = 0.05
_LONGEST_WAIT_S = 2.0
_UNAUTHORIZED = 401
_TOO_MANY_REQUESTS = 429


class RequestRefused(Exception):
    """The exchange said no; `code` is of its catalogue."""

    def __init__(self, code: str, detail: str, status: int) -> None:
        super().__init__(f"{code}: {detail}" if detail else code)
        self.code = code
        self.status = status


class Reply(NamedTuple):
    """An answer, with what the last try took and how many there were."""

    response: Response
    latency_ns: int
    tries: int

    def value(self) -> Any:
        """The decoded body. Raises `RequestRefused` where the request was refused."""
        status = self.response.status
        if status < 300:
            return msgspec.json.decode(self.response.body)
        try:
            problem = msgspec.json.decode(self.response.body)
            code, detail = str(problem["code"]), str(problem.get("detail", ""))
        except (msgspec.DecodeError, KeyError, TypeError, AttributeError):
            code, detail = f"http_{status}", self.response.body[:200].decode("latin-1")
        raise RequestRefused(code, detail, status)


@dataclass
class Trader:
    """Signed up for one replay; the password is made up and forgotten with it."""

    connection: Connection
    email: str
    password: str = field(default_factory=lambda: secrets.token_urlsafe(24), repr=False)
    token: str = field(default="", repr=False)
    waits: int = 0

    @classmethod
    def sign_up(cls, connection: Connection, role: str) -> Trader:
        trader = cls(connection, f"{role}-{secrets.token_hex(6)}@replay.example.com")
        trader._authenticate("/api/auth/sign-up", display_name=f"Replay, {role}")
        return trader

    def place(self, body: bytes) -> Reply:
        """Places an order. The body has a `client_order_id`, so trying again has one effect."""
        return self._ask("POST", "/api/orders", body)

    def cancel(self, order_id: str) -> Reply:
        return self._ask("DELETE", f"/api/orders/{order_id}")

    def get(self, path: str) -> Any:
        return self._ask("GET", path).value()

    def open_orders(self, market: str) -> Iterator[Any]:
        """All open orders in a market, page by page."""
        first = f"/api/orders?market={quote(market)}&status=open&limit=100"
        path: str | None = first
        while path:
            page = self.get(path)
            yield from page["items"]
            cursor = page["next_cursor"]
            path = f"{first}&cursor={quote(cursor, safe='')}" if cursor else None

    def _authenticate(self, path: str, **more: str) -> None:
        body = msgspec.json.encode({"email": self.email, "password": self.password, **more})
        self.token = str(self._try_until_answered("POST", path, body).value()["access_token"])

    def _ask(self, method: str, path: str, body: bytes = b"") -> Reply:
        reply = self._try_until_answered(method, path, body)
        if reply.response.status == _UNAUTHORIZED:
            self._authenticate("/api/auth/sign-in")
            reply = self._try_until_answered(method, path, body)
        return reply

    def _try_until_answered(self, method: str, path: str, body: bytes) -> Reply:
        give_up_at = time.monotonic() + _PATIENCE_S
        wait_s = _FIRST_WAIT_S
        tries = 0
        while True:
            tries += 1
            started_ns = time.perf_counter_ns()
            try:
                response = self.connection.request(method, path, body, self.token)
            except ConnectionLost:
                if time.monotonic() >= give_up_at:
                    raise
                time.sleep(wait_s)
                wait_s = min(wait_s * 2, _LONGEST_WAIT_S)
                continue
            latency_ns = time.perf_counter_ns() - started_ns
            if not _comes_again(response) or time.monotonic() >= give_up_at:
                return Reply(response, latency_ns, tries)
            self.waits += 1
            time.sleep(_retry_after_s(response, wait_s))
            wait_s = min(wait_s * 2, _LONGEST_WAIT_S)


def _comes_again(response: Response) -> bool:
    return response.status in (_TOO_MANY_REQUESTS, 502, 503, 504)


def _retry_after_s(response: Response, otherwise_s: float) -> float:
    value = response.headers.get("retry-after", "")
    return float(value) if value.isascii() and value.isdigit() else otherwise_s
