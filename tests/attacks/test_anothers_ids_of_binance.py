"""Another's ids in the dialect of Binance: answered like ids that nobody has, and nothing changes.

A field of a route that may name something has a row here, or is the sender's own; one without fails.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

import httpx
import msgspec
import pytest

from tests.exchange import RunningExchange
from tests.integration.edge.published import made_key
from tests.integration.edge.test_binance_trading import signed
from tests.people import Person
from tests.unit.services.test_edge_access import ROUTES

API: Final = "/binance/api/v3"
SYMBOL: Final = {"symbol": "LABUSDC"}
ORDER: Final = SYMBOL | {
    "side": "BUY", "type": "LIMIT", "timeInForce": "GTC", "quantity": "100", "price": "0.0101",
}  # fmt: skip
NOBODYS: Final = {"id": "9007199254740000", "client": "nobodys"}
# Of what kind it is, and what goes with it.
OWNED: Final[dict[tuple[str, str, str], tuple[str, dict[str, str]]]] = {
    ("GET", "order", "orderId"): ("id", SYMBOL),
    ("GET", "order", "origClientOrderId"): ("client", SYMBOL),
    ("GET", "allOrders", "orderId"): ("id", SYMBOL),
    ("GET", "myTrades", "orderId"): ("id", SYMBOL),
    ("GET", "myTrades", "fromId"): ("id", SYMBOL),
    ("GET", "orderList", "orderListId"): ("id", {}),
    ("DELETE", "order", "orderId"): ("id", SYMBOL),
    ("DELETE", "order", "origClientOrderId"): ("client", SYMBOL),
    ("DELETE", "orderList", "orderListId"): ("id", SYMBOL),
    ("POST", "order/cancelReplace", "cancelOrderId"): (
        "id", ORDER | {"cancelReplaceMode": "STOP_ON_FAILURE"},
    ),
    ("POST", "order/cancelReplace", "cancelOrigClientOrderId"): (
        "client", ORDER | {"cancelReplaceMode": "STOP_ON_FAILURE"},
    ),
}  # fmt: skip
# The sender's own name for what is being made, a word that is not kept, or an id of a public list.
OF_THE_SENDER: Final = frozenset(
    {
        "newClientOrderId", "cancelNewClientOrderId", "listClientOrderId", "aboveClientOrderId",
        "belowClientOrderId", "limitClientOrderId", "stopClientOrderId", "strategyId", "aboveStrategyId",
        "belowStrategyId", "limitStrategyId", "stopStrategyId",
    }
)  # fmt: skip
PUBLIC: Final = frozenset(
    {("GET", "historicalTrades", "fromId"), ("GET", "aggTrades", "fromId"), ("GET", "trades", "fromId")}
)


def test_every_field_that_names_something_has_a_row() -> None:
    found = {
        (route.method, route.path.removeprefix(f"{API}/"), field.encode_name)
        for route in ROUTES
        if route.dialect is not None and route.query is not None
        for field in msgspec.structs.fields(route.query)
        if field.encode_name.endswith("Id") and field.encode_name not in OF_THE_SENDER
    }
    assert found == OWNED.keys() | PUBLIC


@pytest.fixture(scope="module")
def owner(new_person: Callable[[], Person]) -> tuple[Person, dict[str, str]]:
    """Somebody with an order, and how it is named."""
    person = new_person()
    person.fund("USDC", "500")
    order = person.limit("buy", "0.01", "100", client_order_id="theirs")["order"]
    return person, {"id": order["id"], "client": "theirs"}


@pytest.mark.slow
def test_anothers_is_answered_like_what_nobody_has_and_stays_as_it_is(
    exchange: RunningExchange, owner: tuple[Person, dict[str, str]], new_person: Callable[[], Person]
) -> None:
    person, theirs = owner
    before = person.state()
    key = made_key(new_person(), "read", "trade")
    for (method, path, field), (kind, rest) in OWNED.items():
        answers: list[tuple[int, Any]] = []
        for named in (theirs[kind], NOBODYS[kind]):
            text, headers = signed(key, rest | {field: named})
            response = httpx.request(method, f"{exchange.url}{API}/{path}?{text}", headers=headers)
            answers.append((response.status_code, response.json()))
        assert answers[0] == answers[1], (method, path, field)
    assert person.state() == before
