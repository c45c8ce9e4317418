"""Ten programs trade with each other through every door at once, and what each has heard is the ledger's."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from decimal import Decimal
from random import Random
from typing import Any, Final, NamedTuple, Protocol

import pytest

from cse_client import ApiError, CseClient, NewApiKey, NewOrder, SocketTransport
from cse_client.stream import FillsData, OrdersData, StreamClient, Update
from tests.exchange import RunningExchange
from tests.integration.client.conftest import SignUp
from tests.integration.edge.published import published, python_binance_streams

MARKET, SYMBOL = "LAB-USDC", "LABUSDC"
FUNDS: Final = {"USDC": Decimal(10_000), "LAB": Decimal(10_000)}
WITHIN_S: Final = 120.0


class Heard(NamedTuple):
    """A fill as a program has heard of it."""

    order_id: str
    side: str
    price: Decimal
    quantity: Decimal
    fee: Decimal
    fee_asset: str


@dataclass
class Record:
    """What a program knows of itself: its fills by trade id, and its open orders."""

    fills: dict[str, Heard] = field(default_factory=dict)
    open: set[str] = field(default_factory=set)

    @property
    def balances(self) -> dict[str, Decimal]:
        """What it must have, by what it began with and its fills."""
        found = dict(FUNDS)
        for fill in self.fills.values():
            sign = 1 if fill.side == "buy" else -1
            found["LAB"] += sign * fill.quantity
            found["USDC"] -= sign * fill.quantity * fill.price
            found[fill.fee_asset] -= fill.fee
        return found


class Program(Protocol):
    """A client at one of the doors; a refused order or cancel has no effect and raises nothing."""

    record: Record

    async def place(self, side: str, price: str, quantity: str, how: str) -> None: ...

    async def cancel(self, order_id: str) -> None: ...


class OwnProgram:
    """The Python client, over HTTP or over the orders' socket; hears of itself on the streams."""

    def __init__(self, client: CseClient, stream: StreamClient) -> None:
        self.record = Record()
        self._client = client
        stream.subscribe("user.fills", self._note_fills)
        stream.subscribe("user.orders", self._note_orders)

    async def place(self, side: str, price: str, quantity: str, how: str) -> None:
        order = NewOrder(market=MARKET, side=_side(side), type="limit", price=price, quantity=quantity)
        match how:
            case "market":
                order = NewOrder(market=MARKET, side=_side(side), type="market", quantity=quantity)
            case "ioc":
                order = NewOrder(
                    market=MARKET, side=_side(side), type="limit", price=price, quantity=quantity,
                    time_in_force="ioc",
                )  # fmt: skip
            case "post_only":
                order = NewOrder(
                    market=MARKET, side=_side(side), type="limit", price=price, quantity=quantity,
                    post_only=True,
                )  # fmt: skip
        with contextlib.suppress(ApiError):
            await self._client.place_order(order)

    async def cancel(self, order_id: str) -> None:
        with contextlib.suppress(ApiError):
            await self._client.cancel_order(order_id)

    def _note_fills(self, update: Update) -> None:
        assert isinstance(update.data, FillsData)
        for fill in update.data.fills:
            self.record.fills[fill.trade_id] = Heard(
                fill.order_id, fill.side, Decimal(fill.price), Decimal(fill.quantity), Decimal(fill.fee),
                fill.fee_asset,
            )  # fmt: skip

    def _note_orders(self, update: Update) -> None:
        assert isinstance(update.data, OrdersData)
        if update.is_snapshot:
            self.record.open.clear()
        for order in update.data.orders:
            (self.record.open.add if order.status == "open" else self.record.open.discard)(order.id)


class BinanceProgram:
    """python-binance as published; hears of itself on its stream of the account."""

    def __init__(self, client: Any) -> None:
        self.record = Record()
        self._client = client
        self._refused = published("binance.exceptions").BinanceAPIException

    async def place(self, side: str, price: str, quantity: str, how: str) -> None:
        order: dict[str, Any] = {"symbol": SYMBOL, "side": side.upper(), "quantity": quantity}
        match how:
            case "market":
                order |= {"type": "MARKET"}
            case "post_only":
                order |= {"type": "LIMIT_MAKER", "price": price}
            case _:
                order |= {"type": "LIMIT", "price": price, "timeInForce": how.upper()}
        with contextlib.suppress(self._refused):
            await self._client.create_order(**order)

    async def cancel(self, order_id: str) -> None:
        with contextlib.suppress(self._refused):
            await self._client.cancel_order(symbol=SYMBOL, orderId=int(order_id))

    async def listen(self, socket: Any) -> None:
        """Notes what it hears until cancelled."""
        while True:
            event = await socket.recv()
            if event["e"] == "executionReport":
                self._note(event)

    def _note(self, event: dict[str, Any]) -> None:
        order_id = str(event["i"])
        is_open = event["X"] in ("NEW", "PARTIALLY_FILLED")
        (self.record.open.add if is_open else self.record.open.discard)(order_id)
        if event["x"] == "TRADE":
            self.record.fills[str(event["t"])] = Heard(
                order_id, event["S"].lower(), Decimal(event["L"]), Decimal(event["l"]), Decimal(event["n"]),
                event["N"],
            )  # fmt: skip


def _side(side: str) -> Any:
    return side


Open = Callable[[CseClient, AsyncExitStack, str], Awaitable[Program]]


async def over_http(client: CseClient, stack: AsyncExitStack, url: str) -> Program:
    stream = await stack.enter_async_context(StreamClient(url, access_token=client.access_token))
    program = OwnProgram(client, stream)
    await stream.live()
    return program


async def over_the_socket(client: CseClient, stack: AsyncExitStack, url: str) -> Program:
    socket = SocketTransport(url)
    orders = await stack.enter_async_context(CseClient(url, transport=socket))
    stack.push_async_callback(socket.close)
    assert client.session is not None
    orders.resume(client.session)
    stream = StreamClient(url, access_token=client.access_token, encoding="msgpack")
    program = OwnProgram(orders, await stack.enter_async_context(stream))
    await stream.live()
    return program


async def over_binance(client: CseClient, stack: AsyncExitStack, url: str) -> Program:
    made = await client.make_key(NewApiKey(label="a program", scopes=["read", "trade"]))
    theirs, manager = python_binance_streams(url, made.key.id, made.secret)
    stack.push_async_callback(theirs.close_connection)
    program = BinanceProgram(theirs)
    socket = await stack.enter_async_context(manager.user_socket())
    listening = asyncio.create_task(program.listen(socket))
    stack.callback(listening.cancel)
    return program


DOORS: Final[tuple[Open, ...]] = (*(over_http,) * 4, *(over_the_socket,) * 3, *(over_binance,) * 3)


@pytest.fixture
async def stack() -> AsyncIterator[AsyncExitStack]:
    async with AsyncExitStack() as stack:
        yield stack


@pytest.mark.parametrize("orders", [200, pytest.param(10_000, marks=pytest.mark.long)])
async def test_what_ten_programs_have_heard_is_the_ledgers(
    exchange: RunningExchange, sign_up: SignUp, stack: AsyncExitStack, orders: int
) -> None:
    people = [await sign_up(**{asset: str(amount) for asset, amount in FUNDS.items()}) for _ in DOORS]
    programs = [await door(each, stack, exchange.url) for door, each in zip(DOORS, people, strict=True)]
    dices = [Random(number) for number in range(len(programs))]
    await asyncio.gather(
        *(trade(each, dice, orders // len(programs)) for each, dice in zip(programs, dices, strict=True))
    )
    for person, program in zip(people, programs, strict=True):
        await agree(person, program.record)
    met = [fill for program in programs for fill in program.record.fills]
    assert len(met) > orders // 4
    assert all(program.record.fills for program in programs)
    for person in people:
        await person.cancel_all()


async def trade(program: Program, dice: Random, count: int) -> None:
    """Places orders around one price and cancels some of those that stay open."""
    for _ in range(count):
        side = dice.choice(("buy", "sell"))
        price = f"{dice.randrange(14_800, 15_200) / 10_000:.4f}"
        quantity = f"{dice.randrange(100, 500) / 100:.2f}"
        await program.place(side, price, quantity, dice.choice(("gtc", "gtc", "ioc", "post_only", "market")))
        if program.record.open and dice.random() < 0.3:
            await program.cancel(dice.choice(sorted(program.record.open)))


async def agree(person: CseClient, record: Record) -> None:
    """The record comes to be what the exchange's ledger says of the person."""
    fills = {
        fill.trade_id: Heard(
            fill.order_id,
            fill.side,
            Decimal(fill.price),
            Decimal(fill.quantity),
            Decimal(fill.fee),
            fill.fee_asset,
        )
        async for fill in person.all_fills()
    }
    still = {order.id async for order in person.all_orders(status="open")}
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(WITHIN_S):
            while (record.fills, record.open) != (fills, still):
                await asyncio.sleep(0.05)
    assert record.fills == fills
    assert record.open == still
    balances = await person.balances()
    held = {asset: Decimal(balances[asset].available) + Decimal(balances[asset].locked) for asset in FUNDS}
    assert held == record.balances
