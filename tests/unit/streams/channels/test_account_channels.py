"""An account's channels show what REST shows, and lose nothing between the reading and the events."""

from __future__ import annotations

from collections.abc import Iterable
from random import Random
from typing import Any

import msgspec
import pytest

from cse.domain.accounts import TransferReason
from cse.domain.enumerations import OrderListKind, OrderType, SelfTradePrevention, Side
from cse.engine import wire
from cse.streams.channels import account as account_channel
from cse.streams.channels import orders as orders_channel
from cse.trading.views.fills import fill_view
from cse.trading.views.orders import of_open, order_view
from cse.trading.views.texts import MarketTexts
from tests.small_market import BUYER, FUNDS, QUOTE, SELLER, WORLD, buy, cancel, place, sell
from tests.streams.engine import ASSETS, LAB, Engine
from tests.streams.process import FakeProcess, Visitor

ORDERS, FILLS, BALANCES = "user.orders", "user.fills", "user.balances"
PREVENTIONS, TRANSFERS = "user.preventions", "user.transfers"
TEXTS = MarketTexts(LAB)


def signed_in(process: FakeProcess, account: int = SELLER) -> Visitor:
    process.issue(str(account), account)
    visitor = process.connect()
    visitor.send(f'{{"op":"authenticate","access_token":"{account}"}}')
    return visitor


def plain(views: Any) -> Any:
    return msgspec.to_builtins(views)


def open_orders(engine: Engine, account: int) -> list[dict[str, Any]]:
    """As REST shows them."""
    reading = engine.open_orders(account)
    views: list[dict[str, Any]] = plain(
        [order_view(of_open(order, reading.sequence), TEXTS) for order in reading.value]
    )
    return views


def without_revisions(orders: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """A stream tells an order when it changes, and REST whenever it is asked: so these alone differ."""
    return [{name: order[name] for name in order if name != "revision"} for order in orders]


def balances(engine: Engine, account: int) -> dict[str, tuple[str, str]]:
    found = {}
    for state in engine.balances(account).value:
        asset = ASSETS[state.asset - 1]
        found[asset.symbol] = (asset.format(state.available), asset.format(state.locked))
    return found


def test_the_life_of_an_order() -> None:
    engine = Engine()
    process = FakeProcess(engine)
    visitor = signed_in(process)
    visitor.subscribe(ORDERS)
    orders = visitor.client.channels[ORDERS]
    told = []
    for command in (sell(110, 10, "mine"), buy(110, 4), cancel(SELLER, 1)):
        engine.run(command)
        process.turn()
        visitor.take()
        told += [
            (order["status"], order["filled_quantity"], order["remaining_quantity"]) for order in orders.items
        ]
        orders.items.clear()
    assert told == [("open", "0", "0.1"), ("open", "0.04", "0.06"), ("cancelled", "0.04", "0.06")]
    assert orders.sequence == engine.sequence


def test_an_order_that_closes_at_once_is_told_as_it_ended() -> None:
    engine = Engine()
    process = FakeProcess(engine)
    visitor = signed_in(process, BUYER)
    visitor.subscribe(ORDERS, FILLS)
    engine.run(sell(110, 10), buy(110, 4))
    process.turn()
    visitor.take()
    (order,) = visitor.client.channels[ORDERS].items
    (fill,) = visitor.client.channels[FILLS].items
    assert (order["status"], order["average_price"], order["fee"]) == ("filled", "0.011", "0.000001")
    assert (fill["order_id"], fill["quantity"]) == (order["id"], "0.04")


@pytest.mark.parametrize("seed", range(5))
def test_what_a_client_holds_is_what_rest_shows(seed: int) -> None:
    """Over a random life, in which it comes and goes."""
    source = Random(seed)
    engine = Engine()
    process = FakeProcess(engine)
    visitor = signed_in(process)
    visitor.subscribe(ORDERS, FILLS, BALANCES)
    held_open: dict[str, dict[str, Any]] = {}
    held_balances: dict[str, tuple[str, str]] = {}
    # What REST showed of each order before.
    seen: dict[str, dict[str, Any]] = {}
    for _ in range(150):
        account = source.choice((BUYER, SELLER))
        side = Side.SELL if account == SELLER or source.random() < 0.4 else Side.BUY
        price, quantity = source.randint(95, 105), source.randint(1, 9)
        low = 10 if account == BUYER and side == Side.SELL else 0
        commands = [place(account, side, price - low, quantity)]
        if source.random() < 0.3:
            commands.append(cancel(SELLER, source.randint(1, 150)))
        if source.random() < 0.3:
            order_id, quantity = source.randint(1, 150), source.randint(1, 9)
            commands.append(wire.AmendOrder(SELLER, order_id, "", price, quantity, 0, 0).encode())
        if source.random() < 0.2:
            own = wire.PlaceOrder.decode(place(SELLER, Side.BUY, price, quantity))
            commands.append(own._replace(self_trade_prevention=SelfTradePrevention.DECREMENT).encode())
        if source.random() < 0.5:
            commands.append(waiting(source, price, quantity))
        engine.run(*commands)
        if source.random() < 0.6:
            process.turn()
        if source.random() < 0.1:
            visitor.leave()
            visitor.join(process)
            visitor.send(f'{{"op":"authenticate","access_token":"{SELLER}"}}')
            for channel in (ORDERS, BALANCES):
                if source.random() < 0.5:
                    visitor.client.channels.pop(channel, None)
            visitor.subscribe(ORDERS, FILLS, BALANCES)
        process.turn()
        visitor.take()
        assert not visitor.client.lost
        take_orders(visitor, held_open)
        take_balances(visitor, held_balances)
        expected = open_orders(engine, SELLER)
        held = sorted(held_open.values(), key=lambda order: int(order["id"]))
        assert without_revisions(held) == without_revisions(expected)
        require_newer(seen, held, expected)
        assert held_balances == balances(engine, SELLER)
    fills = plain([fill_view(trade, SELLER, TEXTS) for trade in reversed(engine.fills(SELLER).value)])
    heard = {fill["trade_id"]: fill for fill in visitor.client.channels[FILLS].items}
    assert list(heard.values())[-10:] == fills[-10:]


def require_newer(
    seen: dict[str, dict[str, Any]], held: list[dict[str, Any]], expected: list[dict[str, Any]]
) -> None:
    """What the stream says of a change is newer than what REST showed before it, and REST since no older.

    `seen` is what REST showed last, and is brought up to date.
    """
    for streamed, shown in zip(held, expected, strict=True):
        before = seen.get(shown["id"], streamed)
        if without_revisions([before]) != without_revisions([shown]):
            assert int(before["revision"]) < int(streamed["revision"])
        assert int(streamed["revision"]) <= int(shown["revision"])
        seen[shown["id"]] = shown


def waiting(source: Random, price: int, quantity: int) -> bytes:
    """A stop, an OCO or a bracket of the seller. Its entry is below all that he sells otherwise."""
    limit = wire.PlaceOrder.decode(place(SELLER, Side.SELL, price + 5, quantity))
    stop = limit._replace(order_type=OrderType.STOP_LIMIT, price=90, stop_price=price - 2)
    match source.choice(("stop", "oco", "bracket")):
        case "stop":
            return stop.encode()
        case "oco":
            return wire.PlaceOrderList(OrderListKind.OCO).encode(limit.encode() + stop.encode())
    entry = limit._replace(side=Side.BUY, price=89)
    exits = [exit_order._replace(quantity=0) for exit_order in (limit, stop)]
    orders = b"".join(order.encode() for order in (entry, *exits))
    return wire.PlaceOrderList(OrderListKind.BRACKET).encode(orders)


def test_a_bracket_is_told_as_it_goes_on() -> None:
    engine = Engine()
    process = FakeProcess(engine)
    visitor = signed_in(process)
    visitor.subscribe(ORDERS)
    entry = wire.PlaceOrder.decode(place(SELLER, Side.BUY, 90, 5))
    profit = wire.PlaceOrder.decode(place(SELLER, Side.SELL, 110, 0))
    stop = profit._replace(order_type=OrderType.STOP_LIMIT, price=80, stop_price=85)
    bracket = wire.PlaceOrderList(OrderListKind.BRACKET).encode(
        b"".join(order.encode() for order in (entry, profit, stop))
    )
    told = []
    give = place(BUYER, Side.SELL, 80, 3)
    for commands in (
        [sell(100, 9), buy(100, 9)],
        [bracket],
        [give],
        [cancel(SELLER, 3)],
        [buy(84, 1), sell(84, 1)],
    ):
        engine.run(*commands)
        process.turn()
        visitor.take()
        shown = {
            order["id"]: (order["status"], order["type"], order["trigger"], order["quantity"])
            for order in visitor.client.channels[ORDERS].items
        }
        told.append([shown[order_id] for order_id in sorted(shown) if int(order_id) in (4, 5)])
        visitor.client.channels[ORDERS].items.clear()
    assert told == [
        [],
        [("open", "limit", "attached", None), ("open", "stop_limit", "attached", None)],
        [],
        [("open", "limit", None, "0.03"), ("open", "stop_limit", "waiting", "0.03")],
        [("cancelled", "limit", None, "0.03"), ("open", "limit", None, "0.03")],
    ]


def take_orders(visitor: Visitor, held: dict[str, dict[str, Any]]) -> None:
    channel = visitor.client.channels[ORDERS]
    if channel.snapshots:
        held.clear()
        channel.snapshots = 0
    for order in channel.items:
        held[order["id"]] = order
        if order["status"] != "open":
            del held[order["id"]]
    channel.items.clear()


def take_balances(visitor: Visitor, held: dict[str, tuple[str, str]]) -> None:
    channel = visitor.client.channels[BALANCES]
    held.update({item["asset"]: (item["available"], item["locked"]) for item in channel.items})
    channel.items.clear()


def test_what_comes_while_it_is_read_is_neither_lost_nor_taken_twice() -> None:
    engine = Engine()
    process = FakeProcess(engine)
    visitor = signed_in(process)
    engine.run(sell(110))
    visitor.send('{"op":"subscribe","channels":["user.orders","user.balances","user.fills"]}')
    channels = list(process.wanted)
    engine.run(sell(111))
    process.hub.turn(engine.feed.read_bytes(process.hub.place.stamp.sequence))
    readings = [process.reading(channel) for channel in channels]
    engine.run(sell(112), buy(110, 3))
    process.hub.turn(engine.feed.read_bytes(process.hub.place.stamp.sequence))
    visitor.take()
    assert not visitor.client.channels, "there is no state to tell yet"
    for channel, reading in zip(channels, readings, strict=True):
        assert channel.begin(reading)
        process.hub.accounts.begun(channel)
    visitor.take()
    orders = visitor.client.channels[ORDERS]
    assert without_revisions(orders.items) == without_revisions(open_orders(engine, SELLER))
    assert [item["locked"] for item in visitor.client.channels[BALANCES].items if item["asset"] == "LAB"] == [
        balances(engine, SELLER)["LAB"][1]
    ]
    assert len(visitor.client.channels[FILLS].items) == 1


def test_a_reading_that_is_ahead_of_the_events_says_so() -> None:
    engine = Engine()
    process = FakeProcess(engine)
    visitor = signed_in(process)
    visitor.send('{"op":"subscribe","channels":["user.orders"]}')
    process.hub.turn(b"")
    engine.run(sell(110))
    process.load()
    visitor.take()
    assert visitor.client.channels[ORDERS].sequence == engine.sequence
    process.turn()
    visitor.take()
    assert visitor.client.channels[ORDERS].updates == 0


def test_too_much_meanwhile_is_read_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(account_channel, "ASIDE_MAX", 3)
    engine = Engine()
    process = FakeProcess(engine)
    visitor = signed_in(process)
    visitor.send('{"op":"subscribe","channels":["user.orders"]}')
    (channel,) = process.wanted
    early = process.reading(channel)
    for _ in range(5):
        engine.run(sell(110))
    process.hub.turn(engine.feed.read_bytes(process.hub.place.stamp.sequence))
    assert not channel.begin(early)
    assert not channel.ready
    assert channel.begin(process.reading(channel))


def test_a_snapshot_shows_the_newest_orders_and_says_if_there_are_more(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(orders_channel, "ORDERS_SHOWN", 3)
    engine = Engine()
    for _ in range(5):
        engine.run(sell(110))
    process = FakeProcess(engine)
    visitor = signed_in(process)
    visitor.subscribe(ORDERS)
    assert [order["id"] for order in visitor.client.channels[ORDERS].items] == ["3", "4", "5"]
    engine.run(cancel(SELLER, 1))
    process.turn()
    visitor.take()
    assert visitor.client.channels[ORDERS].items[-1]["id"] == "1", "older ones are followed all the same"


def test_two_connections_of_an_account_share_what_is_told() -> None:
    engine = Engine()
    process = FakeProcess(engine)
    here, there = signed_in(process), signed_in(process)
    for visitor in (here, there):
        visitor.subscribe(BALANCES)
        visitor.connection.reads_at_once = False
    engine.run(sell(110))
    process.turn()
    assert here.connection.unsent[-1] is there.connection.unsent[-1]


def test_one_of_them_may_leave() -> None:
    engine = Engine()
    process = FakeProcess(engine)
    here, there = signed_in(process), signed_in(process)
    for visitor in (here, there):
        visitor.subscribe(BALANCES)
    here.leave()
    engine.run(sell(110))
    process.turn()
    there.take()
    assert there.client.channels[BALANCES].updates == 1


def test_what_did_not_trade_with_an_order_of_ones_own_is_told() -> None:
    engine = Engine()
    process = FakeProcess(engine)
    visitor = signed_in(process)
    visitor.subscribe(PREVENTIONS)
    # Nothing is taken from the one that comes: it is closed, and the other rests on.
    quote = wire.TransferLeg(WORLD, SELLER, QUOTE, 0, 0, FUNDS, 0).encode()
    engine.run(wire.Transfer(bytes(16), 1).encode(quote))
    engine.run(sell(110, 10), place(SELLER, Side.BUY, 110, 4))
    process.turn()
    visitor.take()
    (prevented,) = visitor.client.channels[PREVENTIONS].items
    assert (prevented["maker_order_id"], prevented["taker_order_id"]) == ("1", "2")
    assert (prevented["taker_side"], prevented["price"], prevented["quantity"]) == ("buy", "0.011", "0.04")
    assert prevented["self_trade_prevention"] == "cancel_newest"
    assert prevented["sequence"] == str(engine.sequence)


def test_a_transfer_is_told_to_both_accounts_and_to_no_other() -> None:
    engine = Engine()
    process = FakeProcess(engine)
    visitors = [signed_in(process, account) for account in (SELLER, BUYER, 9)]
    for visitor in visitors:
        visitor.subscribe(TRANSFERS, BALANCES)
    legs = [
        wire.TransferLeg(BUYER, SELLER, QUOTE, TransferReason.OWN_ACCOUNTS, 0, 2_500_000, 0),
        wire.TransferLeg(BUYER, WORLD, QUOTE, TransferReason.WITHDRAWAL, 0, 1_000_000, 0),
    ]
    engine.run(wire.Transfer(bytes(16), 2).encode(b"".join(leg.encode() for leg in legs)))
    process.turn()
    told = []
    for visitor in visitors:
        visitor.take()
        items = visitor.client.channels[TRANSFERS].items
        told.append([(one["from_account"], one["to_account"], one["amount"], one["reason"]) for one in items])
    between = (str(BUYER), str(SELLER), "2.5", "own_accounts")
    # Where it went is told of one's own accounts alone.
    assert told == [[between], [between, (str(BUYER), None, "1", "withdrawal")], []]
