"""What is said on the sockets has the form that their description gives it, and nothing beside."""

from __future__ import annotations

import copy
import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import jsonschema_rs
import pytest

from cse.domain import codes
from cse.domain.errors import CodedError
from cse.streams import names
from cse.streams.asyncapi import TOLD, document
from cse.streams.channels.envelope import snapshot_frame
from cse.streams.orders.operations import REQUESTS
from tests.small_market import BUYER, buy, sell
from tests.streams.client import split
from tests.streams.engine import NAME, Engine
from tests.streams.orders import ORDER, Exchange, turn
from tests.streams.process import FakeProcess

DOCUMENT: Final = document("1.2.3", "localhost:8000")
PUBLIC: Final = [
    f"orderbook.{NAME}", f"bbo.{NAME}", f"depth.{NAME}.10", f"trades.{NAME}", f"ticker.{NAME}",
    f"market.{NAME}", f"candles.{NAME}.1m", f"orders.{NAME}",
]  # fmt: skip


ROOT: Final = Path(__file__).resolve().parents[3]
WORKSPACE: Final = Path(os.environ.get("CSE_WORKSPACE") or ROOT)
PUBLISHED: Final = WORKSPACE / "node_modules/@asyncapi/specs/schemas/3.0.0-without-$id.json"


def strict() -> dict[str, Any]:
    """The schemas, with nothing allowed that they do not name."""
    schemas = copy.deepcopy(DOCUMENT["components"]["schemas"])
    for schema in schemas.values():
        if "properties" in schema and "allOf" not in schema:
            schema["additionalProperties"] = False
    return dict(schemas)


def forms(operation: str) -> Any:
    """A validator of whatever an operation may say."""
    schemas = strict()
    said = []
    for reference in DOCUMENT["operations"][operation]["messages"]:
        name = reference["$ref"].rpartition("/")[2]
        said.append(DOCUMENT["components"]["messages"][name]["payload"])
    draft = "http://json-schema.org/draft-07/schema#"
    return jsonschema_rs.validator_for({"$schema": draft, "anyOf": said, "components": {"schemas": schemas}})


def heard(data: bytes) -> Iterator[dict[str, Any]]:
    while data:
        (opcode, content), data = split(data)
        if opcode == 0x1:
            yield json.loads(content)


def references(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for key, inner in value.items():
            if key == "$ref":
                yield inner
            else:
                yield from references(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from references(inner)


@pytest.mark.skipif(not PUBLISHED.exists(), reason="the npm workspace is not installed")
def test_it_is_asyncapi_by_the_published_schema() -> None:
    published = jsonschema_rs.validator_for(json.loads(PUBLISHED.read_text()))
    assert [error.message for error in published.iter_errors(DOCUMENT)] == []
    broken = copy.deepcopy(DOCUMENT)
    broken["operations"]["tellStream"]["action"] = "tell"
    assert not published.is_valid(broken)


def test_every_reference_leads_somewhere() -> None:
    followed = set(references(DOCUMENT))
    for reference in followed:
        found: Any = DOCUMENT
        for part in reference.removeprefix("#/").split("/"):
            found = found[part]
        assert found, reference
    # Whatever is described beside is meant by something.
    for kind in ("messages", "schemas"):
        described = {f"#/components/{kind}/{name}" for name in DOCUMENT["components"][kind]}
        assert described
        assert described <= followed


def test_every_channel_is_described() -> None:
    kinds = {told.kind for told in TOLD}
    assert kinds == names.OF_MARKETS | names.OF_USERS | {names.CANDLES, names.DEPTH, names.SYSTEM}
    assert kinds <= DOCUMENT["channels"]["stream"]["messages"].keys()


def test_every_operation_on_orders_is_described() -> None:
    assert DOCUMENT["components"]["schemas"]["Request"]["properties"]["op"]["enum"] == list(REQUESTS)


def test_what_a_stream_says_has_the_form_described() -> None:
    engine = Engine()
    process = FakeProcess(engine)
    process.issue("buyer", BUYER)
    visitor = process.connect()
    said: list[dict[str, Any]] = []

    def send(**message: Any) -> None:
        assert visitor.session.heard()
        visitor.session.receive(json.dumps(message).encode())
        process.turn()
        process.hub.tell_depths()
        said.extend(heard(bytes(visitor.connection.received)))
        visitor.connection.received.clear()

    requests: list[dict[str, Any]] = [
        {"op": "authenticate", "id": "1", "access_token": "buyer"},
        {"op": "subscribe", "id": "2", "channels": [*PUBLIC, *sorted(names.OF_USERS), "nothing"]},
        {"op": "ping"},
        {"op": "unsubscribe", "id": "3", "channels": [PUBLIC[0]]},
        {"op": "subscribe", "channels": [{"channel": PUBLIC[0], "epoch": "1", "sequence": "1"}]},
    ]
    asked = forms("hearStream")
    for request in requests:
        asked.validate(request)
        send(**request)
        engine.run(sell(110), buy(110, 4), buy(90))
    send(op="shout")
    process.connections.close_all(CodedError(codes.SHUTTING_DOWN), 1012)
    said.extend(heard(bytes(visitor.connection.received)))
    said.extend(visitor.client.control)
    told = forms("tellStream")
    for message in said:
        told.validate(message)
    assert {"welcome", "authenticated", "subscribed", "unsubscribed", "pong", "error", "closing"} <= {
        message.get("op") for message in said
    }
    snapshots = {message["channel"] for message in said if message.get("type") == "snapshot"}
    assert {*PUBLIC, "user.orders", "user.fills", "user.balances"} <= snapshots
    updates = {message["channel"] for message in said if message.get("type") == "update"}
    assert {PUBLIC[1], PUBLIC[2], "user.orders", "user.fills", "user.balances"} <= updates


async def test_what_is_said_of_orders_has_the_form_described() -> None:
    exchange = Exchange().sign_in()
    asked, told = forms("hearOrders"), forms("tellOrders")
    for request in (
        {"op": "place", "id": "1", "body": {**ORDER, "client_order_id": "first"}},
        {"op": "cancel_all", "id": "2", "query": {"market": "LAB-USDC"}},
        {"op": "cancel_on_disconnect", "id": "3", "markets": ["LAB-USDC"], "grace_ms": 1000},
        {"op": "ping", "id": "4"},
    ):
        asked.validate(request)
        exchange.send(**request)
        await turn()
    exchange.trading.answer(0)
    exchange.take()
    for message in exchange.told:
        told.validate(message)
    ops = {message["op"] for message in exchange.told}
    assert ops == {"welcome", "authenticated", "answer", "cancel_on_disconnect", "pong"}


@pytest.mark.parametrize(
    "message",
    [
        {"op": "subscribe"},
        {"op": "subscribe", "channels": [{"channel": "trades.LAB-USDC"}]},
        {"op": "shout", "channels": []},
        {"op": "ping", "loud": True},
    ],
)
def test_what_is_not_described_is_not_taken_for_it(message: dict[str, Any]) -> None:
    assert not forms("hearStream").is_valid(message)


def test_a_channel_is_told_in_no_other_form() -> None:
    told = forms("tellStream")
    place = FakeProcess(Engine()).hub.place.stamp
    ((_, content), _) = split(snapshot_frame(f"trades.{NAME}", place, 1, {"trades": [], "more": True}))
    assert not told.is_valid(json.loads(content))
    ((_, content), _) = split(snapshot_frame(f"trades.{NAME}", place, 1, {"trades": []}))
    assert told.is_valid(json.loads(content))
