"""People for the pictures: signed up through the public API, in the browser's own window."""

from __future__ import annotations

import uuid
from typing import Any, Final

from playwright.sync_api import APIResponse, BrowserContext

from cse.cli.shots.pages import Person
from cse.domain.money import format_units, parse_units

MARKET: Final = "LUNA-USDC"
PASSWORD: Final = "correct horse battery staple 7"  # noqa: S105 - of someone who lives for a picture
# The app asks for a session on load where this browser had one.
_REMEMBER: Final = "localStorage.setItem('cse.person', '1')"


class NotTaken(RuntimeError):
    """The exchange refused what a person for the pictures needs."""


def become(context: BrowserContext, person: Person) -> None:
    """Makes the window that of a person.

    Raises:
        NotTaken: the exchange refused a step of it.
    """
    if person == "visitor":
        return
    body = {"email": f"{uuid.uuid4().hex}@example.com", "password": PASSWORD, "display_name": "Ada"}
    token = _checked(context.request.post("/api/auth/sign-up", data=body, headers={"CSE-Client": "web"}))[
        "access_token"
    ]
    context.add_init_script(_REMEMBER)
    if person == "user":
        _trade(context, {"Authorization": f"Bearer {token}"})


def _trade(context: BrowserContext, authorisation: dict[str, str]) -> None:
    """Play money, a fill where the market has a seller, and two orders that rest."""

    def post(path: str, data: dict[str, str], **headers: str) -> Any:
        return _checked(context.request.post(path, data=data, headers={**authorisation, **headers}))

    post("/api/faucet", {"asset": "USDC", "amount": "2000"}, **{"Idempotency-Key": uuid.uuid4().hex})
    ticker = _checked(context.request.get(f"/api/ticker/{MARKET}"))
    market = next(
        one for one in _checked(context.request.get("/api/markets"))["items"] if one["market"] == MARKET
    )
    if ticker.get("best_ask"):
        post("/api/orders", {"market": MARKET, "side": "buy", "type": "market", "quote_amount": "250"})
    near = ticker.get("best_bid") or ticker.get("last_price") or "1"
    for part in (90, 97):
        price = _at_part(near, part, market["tick_size"])
        order = {"market": MARKET, "side": "buy", "type": "limit", "price": price, "quantity": "400"}
        post("/api/orders", {**order, "time_in_force": "gtc"})


def _at_part(price: str, percent: int, tick: str) -> str:
    """A price lower by some percent, on the tick below; both as decimal strings."""
    decimals = len(tick.partition(".")[2])
    step = parse_units(tick, decimals)
    ticks = parse_units(price, decimals) * percent // 100 // step
    return format_units(max(1, ticks) * step, decimals)


def _checked(response: APIResponse) -> Any:
    if not response.ok:
        raise NotTaken(f"{response.url}: {response.status} {response.text()[:300]}")
    return response.json()
