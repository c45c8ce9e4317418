"""The published clients of Binance, as they come, told nothing but where the exchange is."""

from __future__ import annotations

import asyncio
import importlib
import warnings
from typing import Any

import pytest

from tests.people import Person

PATH = "/binance/api"


def published(module: str) -> Any:
    """A module of theirs, without its types: reading those of all that ccxt has would take minutes."""
    with warnings.catch_warnings():
        # They use what others call outdated.
        warnings.simplefilter("ignore")
        return importlib.import_module(module)


def ccxt_client(url: str, key: str = "", secret: str = "") -> Any:
    """ccxt; of what it can ask of Binance the exchange has spot markets."""
    options = {"fetchMarkets": {"types": ["spot"]}, "fetchCurrencies": False, "fetchMargins": False}
    client = published("ccxt").binance({"apiKey": key, "secret": secret, "options": options})
    client.urls["api"] |= {"public": f"{url}{PATH}/v3", "private": f"{url}{PATH}/v3"}
    return client


def ccxt_streams(url: str, key: str = "", secret: str = "", streams: str = "") -> Any:
    """ccxt with its streams, which is asynchronous; they may come by another line, `streams`."""
    options = {"fetchMarkets": {"types": ["spot"]}, "fetchCurrencies": False, "fetchMargins": False}
    client = published("ccxt.pro").binance({"apiKey": key, "secret": secret, "options": options})
    client.urls["api"] |= {"public": f"{url}{PATH}/v3", "private": f"{url}{PATH}/v3"}
    sockets = (streams or url).replace("http", "ws", 1)
    client.urls["api"]["ws"] |= {
        "spot": f"{sockets}/binance/ws",
        "ws-api": {"spot": f"{sockets}/binance/ws-api/v3"},
    }
    return client


def python_binance_streams(
    url: str, key: str | None = None, secret: str | None = None, streams: str = ""
) -> tuple[Any, Any]:
    """python-binance's asynchronous client and its manager of sockets; these may come by another line."""
    sockets = (streams or url).replace("http", "ws", 1)
    here = type(
        "Here",
        (published("binance.async_client").AsyncClient,),
        {"API_URL": f"{url}{PATH}", "WS_API_URL": f"{sockets}/binance/ws-api/v3"},
    )
    client = here(key, secret)
    manager = published("binance.ws.streams").BinanceSocketManager(client)
    manager.STREAM_URL = f"{sockets}/binance/"
    return client, manager


def python_binance_client(url: str, key: str | None = None, secret: str | None = None, **named: Any) -> Any:
    """python-binance; `named` are further arguments of its client."""
    # It asks for an event loop that it does not need, and would leave one open where there is none.
    loop = asyncio.new_event_loop()
    asyncio.set_event_loop(loop)
    client = published("binance.client").Client(key, secret, ping=False, **named)
    assert client.loop is loop
    asyncio.set_event_loop(None)
    loop.close()
    client.API_URL = f"{url}{PATH}"
    return client


def made_key(person: Person, *scopes: str, **fields: Any) -> tuple[str, str]:
    """Id and secret of a new key."""
    body = {"label": "a program", "scopes": scopes} | fields
    response = person.send("POST", "/api/keys", json=body)
    assert response.status_code == 201, response.text
    made = response.json()
    return made["key"]["id"], made["secret"]


def refused(call: Any, **arguments: Any) -> tuple[int, int]:
    """Status and number with which a call of python-binance is refused."""
    with pytest.raises(published("binance.exceptions").BinanceAPIException) as error:
        call(**arguments)
    return error.value.status_code, error.value.code
