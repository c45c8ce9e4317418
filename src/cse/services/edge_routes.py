"""The table of all rooms' routes, and the description of the API that is made from it."""

from __future__ import annotations

from typing import Any, NamedTuple, cast

import msgspec

from cse.accounts.api import AccountsApi
from cse.accounts.service import Accounts
from cse.accounts.sessions import PersonSessions
from cse.accounts.sessions_api import SessionsApi
from cse.creators.api import CreatorsApi
from cse.creators.service import Creators
from cse.faucet.api import FaucetApi
from cse.faucet.service import Faucet
from cse.marketdata.api import MarketDataApi
from cse.marketdata.service import MarketData
from cse.runtime.clock import wall_us
from cse.runtime.health import Health
from cse.runtime.http.route import Authenticate, Route
from cse.services.edge_pages import SitePages
from cse.trading.api import TradingApi
from cse.trading.rate import CancelRate, OrderRate
from cse.trading.service import Trading


class Rooms(NamedTuple):
    """The use cases that the edge offers; without a faucet there is no play money."""

    accounts: Accounts
    sessions: PersonSessions
    trading: Trading
    marketdata: MarketData
    creators: Creators
    faucet: Faucet | None


def routes_of(rooms: Rooms, authenticate: Authenticate, edges: int, *, secure_cookies: bool) -> list[Route]:
    """Every room's rows of the table. `edges` is how many processes share an account's rates."""
    rates = OrderRate(edges), CancelRate(edges)
    routes: list[Route] = [
        *AccountsApi(rooms.accounts, secure_cookies=secure_cookies).routes(),
        *SessionsApi(rooms.sessions).routes(),
        *TradingApi(rooms.trading, authenticate, *rates).routes(),
        *MarketDataApi(rooms.marketdata, rooms.creators, wall_us).routes(),
        *CreatorsApi(rooms.creators).routes(),
    ]
    if rooms.faucet is not None:
        routes += FaucetApi(rooms.faucet).routes()
    return routes


def api_document(version: str) -> bytes:
    """The OpenAPI document as indented JSON, of a table whose rooms nobody is in: none is called."""
    nobody = cast(Any, object())
    rooms = Rooms(*[nobody] * len(Rooms._fields))
    routes = routes_of(rooms, nobody, 1, secure_cookies=True)
    pages = SitePages(routes, Health("edge", "nothing"), version, "")
    return msgspec.json.format(pages.document, indent=2) + b"\n"
