"""A person at the public API, with nothing but HTTP."""

from __future__ import annotations

import time
import uuid
from decimal import Decimal
from pathlib import Path
from typing import Any

import httpx

from tests.people import without_revision

RETRY_S = 60.0
PASSWORD = "correct horse battery staple 7"


class Person:
    """Signs up at once, and keeps one connection: to `url`, or straight to the edges' unix socket."""

    def __init__(self, url: str, edges: Path | None = None) -> None:
        self.email = f"{uuid.uuid4().hex}@example.com"
        self._edges = None if edges is None else str(edges)
        self._http = self._connect(url)
        body = {"email": self.email, "password": PASSWORD, "display_name": "A person"}
        try:
            self._sign_up(body)
        except BaseException:
            self._http.close()
            raise

    def _sign_up(self, body: dict[str, str]) -> None:
        """Signs up, again while nothing has happened: something may just have been killed."""
        deadline = time.monotonic() + RETRY_S
        while True:
            answer = self._http.post("/api/auth/sign-up", json=body)
            if answer.is_success or not _may_repeat(answer) or time.monotonic() > deadline:
                return self._authorise(answer)
            time.sleep(0.2)

    def __enter__(self) -> Person:
        return self

    def __exit__(self, *_: object) -> None:
        self._http.close()

    def sign_in(self) -> None:
        """Signs in anew."""
        body = {"email": self.email, "password": PASSWORD}
        self._authorise(self._http.post("/api/auth/sign-in", json=body))

    def sign_out(self) -> None:
        """Ends the session; the token is good no more."""
        assert self._http.post("/api/auth/sign-out", json={}).is_success

    def end_other_sessions(self) -> None:
        """Ends all sessions but this one."""
        assert self._http.delete("/api/sessions").is_success

    def reconnect(self) -> None:
        """Goes on over a new connection, which any edge may take."""
        headers, url = self._http.headers, self._http.base_url
        self._http.close()
        self._http = self._connect(url, headers)

    def _connect(self, url: Any, headers: Any = None) -> httpx.Client:
        transport = httpx.HTTPTransport(uds=self._edges)
        return httpx.Client(base_url=url, headers=headers, timeout=60.0, transport=transport)

    def get(self, path: str, **query: str) -> Any:
        """What a GET answers, asked again while it says that it may; fails if it is no success."""
        deadline = time.monotonic() + RETRY_S
        while True:
            answer = self._http.get(path, params=query)
            if answer.status_code != 503 or time.monotonic() > deadline:
                return _body(answer)
            time.sleep(0.1)

    def send(self, method: str, path: str, body: Any = None) -> Any:
        """What a request answers; fails if it is no success."""
        answer = self._http.request(method, path, json=body)
        return _body(answer) if answer.content else None

    def take(self, asset: str, amount: str) -> None:
        """Takes play money from the faucet."""
        key = {"Idempotency-Key": uuid.uuid4().hex}
        _body(self._http.post("/api/faucet", json={"asset": asset, "amount": amount}, headers=key))

    def read_notifications(self, up_to: str) -> None:
        """Marks all notifications up to one as read."""
        assert self._http.post("/api/notifications/read", json={"up_to": up_to}).is_success

    def post_order(self, **order: str) -> httpx.Response:
        """Sends a limit order, unless another type is given."""
        return self._http.post("/api/orders", json={"type": "limit", **order})

    def place(self, market: str, side: str, price: str, quantity: str, **more: str) -> dict[str, Any]:
        """Places a limit order; the whole answer."""
        answer = self.post_order(market=market, side=side, price=price, quantity=quantity, **more)
        found: dict[str, Any] = _body(answer)
        return found

    def cancel(self, order_id: str) -> dict[str, Any]:
        """Cancels an order; the order as it then is."""
        found: dict[str, Any] = _body(self._http.delete(f"/api/orders/{order_id}"))["order"]
        return found

    def order(self, order_id: str) -> dict[str, Any]:
        """Looks an order up."""
        found: dict[str, Any] = self.get(f"/api/orders/{order_id}")
        order: dict[str, Any] = found.get("order", found)
        return order

    def open_orders(self) -> dict[str, Any]:
        """All open orders by id, without the moment that they are of."""
        listed = self.get("/api/orders", status="open")["items"]
        return {order["id"]: without_revision(order) for order in listed}

    def is_answered(self) -> bool:
        """Whether reads are answered now; right after a restart they may not be."""
        return self._http.get("/api/balances").is_success

    def orders_by_client_id(self, status: str) -> dict[str, str]:
        """Order ids by client order id, over all pages of the list."""
        found: dict[str, str] = {}
        query = {"status": status, "limit": "200"}
        while True:
            page = self.get("/api/orders", **query)
            for order in page["items"]:
                assert order["client_order_id"] not in found, "an order stands twice in the list"
                found[order["client_order_id"]] = order["id"]
            if page["next_cursor"] is None:
                return found
            query["cursor"] = page["next_cursor"]

    def balances(self) -> dict[str, tuple[Decimal, Decimal]]:
        """Available and locked by asset."""
        items = self.get("/api/balances")["items"]
        return {one["asset"]: (Decimal(one["available"]), Decimal(one["locked"])) for one in items}

    def _authorise(self, answer: httpx.Response) -> None:
        self.access_token: str = _body(answer)["access_token"]
        self._http.headers["Authorization"] = f"Bearer {self.access_token}"


def _may_repeat(answer: httpx.Response) -> bool:
    return bool(answer.status_code == 503 and answer.json()["money"] == "none")


def _body(answer: httpx.Response) -> Any:
    assert answer.is_success, (
        f"{answer.request.method} {answer.request.url}: {answer.status_code} {answer.text}"
    )
    return answer.json()
