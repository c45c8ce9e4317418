"""Orders over the WebSocket, and their cancellation when it ends, also by the death of a process."""

from __future__ import annotations

import asyncio
import json
import signal
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any, TypeAlias

import aiohttp
import msgspec
import pytest

from cse.engine.client import ReplicaClient
from tests.e2e.person import Person
from tests.exchange import RunningExchange, wait_until

TIMEOUT_S = 60.0
LAB, LUNA = "LAB-USDC", "LUNA-USDC"
Answer: TypeAlias = dict[str, Any]


class Orders:
    """A connection that carries a person's orders, through the gateway."""

    def __init__(self, socket: aiohttp.ClientWebSocketResponse, *, is_packed: bool = False) -> None:
        self._is_packed = is_packed
        self.told: list[Answer] = []
        self.ended = asyncio.Event()
        self._socket = socket
        self._changed = asyncio.Event()
        self._reading = asyncio.create_task(self._read())
        self._last_id = 0

    async def send(self, op: str, **parts: Any) -> str:
        """Sends a message; its id."""
        self._last_id += 1
        message = {"op": op, "id": str(self._last_id), **parts}
        if self._is_packed:
            await self._socket.send_bytes(msgspec.msgpack.encode(message))
        else:
            await self._socket.send_str(json.dumps(message))
        return str(self._last_id)

    async def ask(self, op: str, **parts: Any) -> Answer:
        """Sends a message and waits for what comes under its id."""
        return await self.answer(await self.send(op, **parts))

    async def answer(self, id_: str) -> Answer:
        """What has come, or comes, under an id."""
        async with asyncio.timeout(TIMEOUT_S):
            while True:
                for told in self.told:
                    if told.get("id") == id_:
                        return told
                self._changed.clear()
                await self._changed.wait()

    async def leave(self) -> None:
        """Closes the connection."""
        await self._socket.close()
        await self._reading

    async def _read(self) -> None:
        async for message in self._socket:
            if message.type is aiohttp.WSMsgType.TEXT:
                self.told.append(json.loads(message.data))
            elif message.type is aiohttp.WSMsgType.BINARY:
                self.told.append(msgspec.msgpack.decode(message.data))
            self._changed.set()
        self.ended.set()


Connect: TypeAlias = Callable[[Person], Awaitable[Orders]]


async def test_orders_in_messagepack_are_those_in_json(well: RunningExchange, person: Person) -> None:
    async with aiohttp.ClientSession() as http:
        orders = Orders(
            await http.ws_connect(f"{well.url}/ws/orders?encoding=msgpack", compress=15), is_packed=True
        )
        assert (await orders.ask("authenticate", access_token=person.access_token))["op"] == "authenticated"
        assert (await orders.ask("cancel_on_disconnect", markets=[LAB]))["resumed"] is False
        placed = await orders.ask("place", body=order(client_order_id="packed"))
        assert placed["status"] == 201
        order_id = placed["body"]["order"]["id"]
        assert (await orders.ask("order", order_id=order_id))["body"] == person.get(f"/api/orders/{order_id}")
        amended = await orders.ask("amend", client_order_id="packed", body={"quantity": "900"})
        assert isinstance(amended["body"]["order"]["quantity"], str)
        batch = await orders.ask("place_batch", body={"orders": [order(), order(market="NO-SUCH")]})
        assert [one["refusal"] is None for one in batch["body"]["items"]] == [True, False]
        listed = await orders.ask("orders", query={"market": LAB, "limit": 1})
        assert len(listed["body"]["items"]) == 1
        assert (await orders.ask("cancel", client_order_id="packed"))["status"] == 200
        assert (await orders.ask("cancel_after", body={"timeout_ms": 60_000}))["status"] == 200
        assert (await orders.ask("cancel_after", body={"timeout_ms": 0}))["status"] == 200
        await orders.leave()
    # What rests still is cancelled, for the connection guarded it.
    await are_open(person)


@pytest.fixture
async def connect(well: RunningExchange) -> AsyncIterator[Connect]:
    """Makes connections on which a person is signed in."""
    made: list[Orders] = []
    async with aiohttp.ClientSession() as http:

        async def connected(person: Person) -> Orders:
            async with asyncio.timeout(TIMEOUT_S):
                while True:
                    try:
                        orders = Orders(await http.ws_connect(f"{well.url}/ws/orders"))
                        break
                    except aiohttp.ClientError:
                        await asyncio.sleep(0.05)
            made.append(orders)
            told = await orders.ask("authenticate", access_token=person.access_token)
            assert told["op"] == "authenticated"
            return orders

        yield connected
        for orders in made:
            await orders.leave()


def order(market: str = LAB, **more: Any) -> dict[str, Any]:
    """An order that rests far from the market."""
    return {"market": market, "side": "buy", "type": "limit", "price": "0.01", "quantity": "1000", **more}


async def rest(orders: Orders, *markets: str) -> list[str]:
    """Places an order that rests in each market; their ids."""
    answers = [await orders.ask("place", body=order(market)) for market in markets]
    assert [answer["status"] for answer in answers] == [201] * len(markets)
    return [answer["body"]["order"]["id"] for answer in answers]


async def are_open(person: Person, *expected: str) -> None:
    """Returns once these orders of a person are open, and no others."""

    def as_expected() -> bool:
        return set(person.open_orders()) == set(expected)

    await asyncio.to_thread(wait_until, as_expected, f"open are {expected}")


async def test_answers_are_those_of_http(person: Person, connect: Connect) -> None:
    orders = await connect(person)
    named = order(client_order_id="one")
    first = await orders.ask("place", body=named)
    again = await orders.ask("place", body=named)
    assert (first["status"], again["status"]) == (201, 200)
    assert first["body"] == again["body"]
    assert int(first["sequence"]) == int(first["body"]["sequence"])
    order_id = first["body"]["order"]["id"]
    assert (await orders.ask("order", order_id=order_id))["body"] == person.get(f"/api/orders/{order_id}")
    amended = await orders.ask("amend", client_order_id="one", body={"quantity": "900"})
    assert amended["body"]["order"]["quantity"] == person.order(order_id)["quantity"]
    replaced = await orders.ask("replace", body={"order": order(price="0.02"), "cancel_order": order_id})
    assert replaced["status"] == 201
    assert replaced["body"]["cancelled"] == order_id
    batch = await orders.ask("place_batch", body={"orders": [order(), order(market="NO-SUCH")]})
    assert [one["refusal"] and one["refusal"]["code"] for one in batch["body"]["items"]] == [
        None,
        "market_unknown",
    ]
    listed = await orders.ask("orders", query={"market": LAB, "limit": 1})
    assert listed["body"]["items"] == person.get("/api/orders", market=LAB, limit="1")["items"]
    refused = await orders.ask("place", body=order(price="0.000001"))
    over_http = person.post_order(**order(price="0.000001"))
    assert refused["status"] == over_http.status_code
    assert refused["body"]["code"] == over_http.json()["code"]
    timer = await orders.ask("cancel_after", body={"timeout_ms": 60_000})
    assert timer["body"]["fires_at"] is not None
    cancelled = await orders.ask("cancel_all", query={"market": LAB})
    assert cancelled["body"]["cancelled"] == 2
    assert person.open_orders() == {}
    missed = await orders.ask("cancel", order_id=order_id)
    assert (missed["status"], missed["body"]["code"]) == (409, "order_not_open")


async def test_many_are_under_way_at_a_time_and_each_has_one_effect(person: Person, connect: Connect) -> None:
    orders = await connect(person)
    sent = [
        await orders.send("place", body=order(quantity="200", client_order_id=f"n:{number}"))
        for number in range(1_000)
    ]
    answers = [await orders.answer(id_) for id_ in sent]
    assert {answer["status"] for answer in answers} == {201}
    assert len({answer["body"]["order"]["id"] for answer in answers}) == 1_000
    assert (await orders.ask("cancel_all"))["body"]["cancelled"] == 1_000


@pytest.mark.parametrize("how", ["closed", "signed out"])
async def test_orders_go_with_the_connection_that_guards_them(
    person: Person, connect: Connect, how: str
) -> None:
    orders = await connect(person)
    other = (await rest(orders, LUNA))[0]
    guarded = await orders.ask("cancel_on_disconnect", markets=[LAB])
    assert guarded["guard"] is not None
    await rest(orders, LAB)
    waiting = order(side="sell", type="stop_loss", price=None, quantity="10", stop_price="0.005")
    assert (await orders.ask("place", body=waiting))["body"]["order"]["trigger"] == "waiting"
    if how == "closed":
        await orders.leave()
    else:
        person.sign_out()
        await asyncio.wait_for(orders.ended.wait(), TIMEOUT_S)
        assert orders.told[-1]["code"] == "session_ended"
        person.sign_in()
    await are_open(person, other)


async def test_nothing_is_cancelled_where_nobody_asked_for_it(person: Person, connect: Connect) -> None:
    orders = await connect(person)
    await orders.ask("cancel_on_disconnect")
    await orders.ask("cancel_on_disconnect", enabled=False)
    resting = await rest(orders, LAB)
    await orders.leave()
    other = await connect(person)
    await other.ask("cancel_on_disconnect")
    await are_open(person, *resting)


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM])
async def test_a_process_that_ends_takes_the_orders_along(
    well: RunningExchange, person: Person, connect: Connect, number: signal.Signals
) -> None:
    orders = await connect(person)
    (other,) = await rest(orders, LUNA)
    await orders.ask("cancel_on_disconnect", markets=[LAB])
    await rest(orders, LAB, LAB)
    await asyncio.to_thread(well.restart, "edge", number)
    await are_open(person, other)


@pytest.mark.long
async def test_a_process_that_hangs_is_not_waited_for(
    well: RunningExchange, person: Person, connect: Connect
) -> None:
    orders = await connect(person)
    await orders.ask("cancel_on_disconnect")
    answer = await orders.ask("place", body=order())
    account = int(answer["body"]["order"]["account"])
    async with ReplicaClient(well.data / "run" / "replica.sock") as replica:
        assert await replica.wait_connected(TIMEOUT_S)
        with well.stopped("edge"):
            async with asyncio.timeout(2 * TIMEOUT_S):
                while (await replica.open_orders(account)).value:
                    await asyncio.sleep(0.2)
    await asyncio.wait_for(orders.ended.wait(), TIMEOUT_S)
    assert orders.told[-1]["code"] == "unavailable"


async def test_a_leader_that_is_away_is_waited_for(
    well: RunningExchange, person: Person, connect: Connect
) -> None:
    orders = await connect(person)
    await orders.ask("cancel_on_disconnect")
    await rest(orders, LAB)
    old = well.kill("leader")
    await orders.leave()
    await asyncio.to_thread(well.wait_restarted, "leader", old)
    await are_open(person)


async def test_who_comes_back_in_time_keeps_his_orders(
    well: RunningExchange, person: Person, connect: Connect
) -> None:
    orders = await connect(person)
    guarded = await orders.ask("cancel_on_disconnect", grace_ms=60_000)
    resting = await rest(orders, LAB)
    await asyncio.to_thread(well.restart, "edge")
    later = await connect(person)
    resumed = await later.ask("cancel_on_disconnect", resume=guarded["guard"])
    assert (resumed["guard"], resumed["resumed"], resumed["grace_ms"]) == (guarded["guard"], True, 0)
    await are_open(person, *resting)
    await later.leave()
    await are_open(person)
