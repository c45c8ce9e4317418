"""What only its owner may hear: told as REST shows it, and ended when the session ends."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import Callable
from typing import Any

from tests.e2e.person import Person
from tests.exchange import RunningExchange

MARKET = "LAB-USDC"
ORDERS, FILLS, BALANCES = "user.orders", "user.fills", "user.balances"


async def signed_in(listen: Callable[[], Any], person: Person) -> Any:
    listener = await listen()
    await listener.send({"op": "authenticate", "id": "1", "access_token": person.access_token})
    await listener.subscribe(ORDERS, FILLS, BALANCES)
    await listener.until(
        lambda: {ORDERS, FILLS, BALANCES} <= listener.client.channels.keys(), "the three snapshots"
    )
    return listener


async def test_a_trade_is_told_to_both_and_to_nobody_else(
    well: RunningExchange, person: Person, listen: Callable[[], Any]
) -> None:
    with Person(well.url) as other, Person(well.url) as stranger:
        other.take("USDC", "1000")
        seller, buyer, third = [await signed_in(listen, who) for who in (person, other, stranger)]
        public = await listen()
        market = [f"trades.{MARKET}", f"ticker.{MARKET}", f"candles.{MARKET}.1m"]
        await public.subscribe(*market)
        await public.until(lambda: set(market) <= public.client.channels.keys(), "snapshots")
        resting = person.place(MARKET, "sell", "2.5", "8")["order"]
        filled = other.place(MARKET, "buy", "2.5", "3")["order"]
        for listener, order_id in ((seller, resting["id"]), (buyer, filled["id"])):
            await listener.until(
                lambda one=listener, wanted=order_id: any(
                    fill["order_id"] == wanted for fill in one.client.channels[FILLS].items
                ),
                "the fill",
            )
        for listener, who, order_id in ((seller, person, resting["id"]), (buyer, other, filled["id"])):
            order = who.order(order_id)
            fill = who.get("/api/fills")["items"][0]
            balances = by_asset(who.get("/api/balances")["items"])
            channels = listener.client.channels
            await listener.until(
                lambda told=channels, order=order, fill=fill, balances=balances: (
                    told[ORDERS].items[-1:] == [order]
                    and told[FILLS].items[-1:] == [fill]
                    and by_asset(told[BALANCES].items) == balances
                ),
                "what REST shows",
            )
        assert third.client.channels[ORDERS].updates == third.client.channels[FILLS].updates == 0
        await compare_figures(public, person)
        person.cancel(resting["id"])


async def test_notifications_are_told_as_they_come_and_are_read_on_every_process(
    well: RunningExchange, person: Person, listen: Callable[[], Any]
) -> None:
    channel = "user.notifications"
    listeners = [await listen() for _ in range(4)]
    for listener in listeners:
        await listener.send({"op": "authenticate", "id": "1", "access_token": person.access_token})
        await listener.subscribe(channel)
        await listener.until(lambda told=listener: channel in told.client.channels, "how many there are")
    with Person(well.url) as other:
        other.take("USDC", "1000")
        resting = person.place(MARKET, "sell", "2.6", "1")["order"]
        other.place(MARKET, "buy", "2.6", "1")
        for listener in listeners:
            await listener.until(lambda told=listener: told.client.channels[channel].unread, "the trade")
        latest = person.get("/api/notifications")["items"][0]["id"]
        person.read_notifications(latest)
        for listener in listeners:
            await listener.until(
                lambda told=listener: told.client.channels[channel].unread == 0, "the reading"
            )
        assert person.order(resting["id"])["status"] == "filled"


def by_asset(items: list[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    return {item["asset"]: item for item in items}


async def compare_figures(public: Any, person: Person) -> None:
    """What everyone hears is what REST shows."""
    channels = public.client.channels
    trade = person.get("/api/trades", market=MARKET, limit="1")["items"][0]
    await public.until(
        lambda: (
            str(channels[f"trades.{MARKET}"].sequence) == trade["trade_id"]
            and str(channels[f"candles.{MARKET}.1m"].sequence) == trade["trade_id"]
        ),
        "the trade",
    )
    told = channels[f"trades.{MARKET}"].items[-1]
    assert told == {name: trade[name] for name in told}
    candle = channels[f"candles.{MARKET}.1m"].items[-1]
    shown = [one for one in await candles(person) if one["time"] == candle["time"]]
    assert [{**one, "closed": candle["closed"]} for one in shown] == [candle]


async def candles(person: Person) -> list[dict[str, Any]]:
    async with asyncio.timeout(10):
        while True:
            found: list[dict[str, Any]] = person.get(f"/api/candles/{MARKET}", interval="1m")["items"]
            if found:
                return found
            await asyncio.sleep(0.1)


async def test_a_session_that_ends_elsewhere_ends_private_channels(
    person: Person, listen: Callable[[], Any]
) -> None:
    listener = await signed_in(listen, person)
    await listener.subscribe(f"trades.{MARKET}")
    person.sign_out()
    await listener.until(lambda: "session_ended" in listener.client.codes(), "the end")
    ended = next(told for told in listener.client.control if told.get("code") == "session_ended")
    assert ended["channels"] == [ORDERS, FILLS, BALANCES]
    await listener.send({"op": "authenticate", "id": "2", "access_token": person.access_token})
    await listener.until(lambda: "not_authenticated" in listener.client.codes(), "a refusal")
    await listener.send({"op": "ping", "id": "public goes on"})
    await listener.until(lambda: listener.client.ops()[-1] == "pong", "a pong")


async def test_a_session_that_its_person_ends_elsewhere_ends_private_channels_on_every_process(
    person: Person, listen: Callable[[], Any]
) -> None:
    listeners = [await signed_in(listen, person) for _ in range(4)]
    person.sign_in()
    person.end_other_sessions()
    for listener in listeners:
        await listener.until(lambda told=listener: "session_ended" in told.client.codes(), "the end")


async def test_a_process_that_stops_says_so(well: RunningExchange, listen: Callable[[], Any]) -> None:
    listeners = [await listen() for _ in range(12)]
    for listener in listeners:
        await listener.subscribe("system")
        await listener.until(lambda told=listener: "system" in told.client.channels, "how it is")
        assert listener.client.channels["system"].system["status"] == "up"
    old = well.kill_all("streams", signal.SIGTERM)
    for listener in listeners:
        await listener.until(listener.closed.is_set, "the close")
        assert listener.client.codes() == ["shutting_down"]
        assert listener.client.close_code == 1_012
        assert listener.client.control[-1]["retry_after_ms"] == 100
        assert listener.client.channels["system"].system["stop"]["code"] == "shutting_down"
    await asyncio.to_thread(well.wait_all_restarted, old)


async def test_a_leader_that_is_killed_is_another_epoch_and_the_numbers_go_on(
    well: RunningExchange, person: Person, listen: Callable[[], Any]
) -> None:
    listener = await listen()
    book = f"orderbook.{MARKET}"
    await listener.subscribe(book)
    await listener.until(lambda: book in listener.client.channels, "the snapshot")
    followed = listener.client.channels[book]
    person.place(MARKET, "sell", "3.5", "1")
    await listener.until(lambda: followed.updates == 1, "the change")
    before = followed.sequence
    assert before is not None
    old = well.kill("leader")
    await asyncio.to_thread(well.wait_restarted, "leader", old)
    while not person.post_order(market=MARKET, side="sell", price="3.6", quantity="1").is_success:
        await asyncio.sleep(0.1)
    await listener.until(lambda: followed.updates == 2, "the change after it")
    assert (followed.sequence, followed.gaps, followed.snapshots) == (before + 1, 0, 1)
    assert person.get(f"/api/orderbook/{MARKET}")["book_sequence"] == str(followed.sequence)
