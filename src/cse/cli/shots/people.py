"""People for the pictures: signed up through the public API, in the browser's own window."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from decimal import Decimal
from typing import Any, Final, TypeAlias

import pyotp
from playwright.sync_api import APIResponse, BrowserContext

from cse.cli.shots.pages import Person
from cse.cli.shots.stage import Stage

# Gives the person with this id every role. Raises `NotTaken`.
Grant: TypeAlias = Callable[[str], None]
PASSWORD: Final = "correct horse battery staple 7"  # noqa: S105 - of someone who lives for a picture
# The app asks for a session on load where this browser had one.
_REMEMBER: Final = "localStorage.setItem('cse.person', '1')"


class NotTaken(RuntimeError):
    """The exchange refused what a person for the pictures needs."""


def become(context: BrowserContext, person: Person, markets: Stage, grant: Grant) -> None:
    """Makes the window that of a person, who trades in these markets. `grant` gives one every role.

    Raises:
        NotTaken: the exchange refused a step of it.
    """
    if person == "visitor":
        return
    body = {"email": f"{uuid.uuid4().hex}@example.com", "password": PASSWORD, "display_name": "Ada"}
    answer = context.request.post("/api/auth/sign-up", data=body, headers={"CSE-Client": "web"})
    signed_in = _checked(answer)
    token = signed_in["access_token"]
    context.add_init_script(_REMEMBER)
    if person == "operator":
        _operate(context, token, signed_in["person"], grant)
    if person == "user":
        trader = _Trader(context, token)
        trader.take("USDC", "2000")
        trader.trade(markets["open"])
        if auction := markets.get("auction"):
            trader.meet_in_auction(auction)


def _operate(context: BrowserContext, token: str, person: str, grant: Grant) -> None:
    """Shows a second factor in this window's session, and is given every role."""
    headers = {"Authorization": f"Bearer {token}"}
    secret = _checked(context.request.post("/api/security/totp", headers=headers))["secret"]
    code = {"code": pyotp.TOTP(secret).now()}
    _checked(context.request.post("/api/security/totp/confirm", data=code, headers=headers))
    grant(person)


class _Trader:
    """One who trades through the API, as the person whose window it is."""

    def __init__(self, context: BrowserContext, token: str) -> None:
        self._context = context
        self._headers = {"Authorization": f"Bearer {token}"}

    def take(self, asset: str, amount: str) -> None:
        """Takes play money."""
        key = {"Idempotency-Key": uuid.uuid4().hex}
        self._post("/api/faucet", {"asset": asset, "amount": amount}, **key)

    def trade(self, market: str) -> None:
        """A fill where the market has a seller, two orders that rest, and exits that wait for the price."""
        rules, ticker = self._get(f"/api/markets/{market}"), self._get(f"/api/ticker/{market}")
        near = ticker["best_bid"] or ticker["last_price"] or "1"
        for percent in (90, 97):
            self._limit(rules, "buy", _at_part(near, percent, rules["tick_size"]), "400")
        if not ticker["best_ask"]:
            return
        bought = self._post(
            "/api/orders", {"market": market, "side": "buy", "type": "market", "quote_amount": "250"}
        )["order"]["filled_quantity"]
        part = _at_part(bought, 30, rules["lot_size"])
        sale = {"market": market, "side": "sell", "quantity": part, "time_in_force": "gtc"}
        profit = {**sale, "type": "limit", "price": _at_part(near, 110, rules["tick_size"])}
        stop = {**sale, "type": "stop_loss", "stop_price": _at_part(near, 80, rules["tick_size"])}
        self._post("/api/orders/list", {"kind": "oco", "orders": [profit, stop]})
        self._post("/api/orders", {**sale, "type": "trailing_stop", "trailing_percent": "15"})

    def meet_in_auction(self, market: str) -> None:
        """A bid, so that one's own stands in the auction's book."""
        rules, ticker = self._get(f"/api/markets/{market}"), self._get(f"/api/ticker/{market}")
        if near := ticker["last_price"] or rules["reference_price"]:
            self._limit(rules, "buy", _at_part(near, 101, rules["tick_size"]), "300")

    def _limit(self, rules: dict[str, Any], side: str, price: str, amount: str) -> None:
        """A limit order that is worth some quote."""
        quantity = _worth(amount, price, rules["lot_size"])
        order = {"market": rules["market"], "side": side, "type": "limit", "price": price}
        self._post("/api/orders", {**order, "quantity": quantity, "time_in_force": "gtc"})

    def _post(self, path: str, data: dict[str, Any], **headers: str) -> Any:
        return _checked(self._context.request.post(path, data=data, headers={**self._headers, **headers}))

    def _get(self, path: str) -> Any:
        return _checked(self._context.request.get(path))


def _worth(amount: str, price: str, lot: str) -> str:
    """How much of a base asset an amount buys at a price, on the lot below; all decimal strings."""
    lots = Decimal(amount) / Decimal(price) // Decimal(lot)
    return f"{max(Decimal(1), lots) * Decimal(lot):f}"


def _at_part(whole: str, percent: int, step: str) -> str:
    """Some percent of a price or a quantity, on the tick or lot below; all decimal strings."""
    steps = Decimal(whole) * percent / 100 // Decimal(step)
    return f"{max(Decimal(1), steps) * Decimal(step):f}"


def _checked(response: APIResponse) -> Any:
    if not response.ok:
        raise NotTaken(f"{response.url}: {response.status} {response.text()[:300]}")
    return response.json()
