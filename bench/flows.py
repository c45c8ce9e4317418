"""Flows made up to press on one thing: crowded books, deep ones, sweeps, cancels, triggers, limits."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator
from itertools import chain
from typing import Final

from bench.workloads import (
    ASKER,
    ASKS,
    BTC,
    MARKET,
    Workload,
    as_commands,
    as_commands_of_markets,
    endow,
    place,
    prepared,
)
from cse.cli.replay.flow import Cancel, Place, Side, Step
from cse.cli.replay.plain_book import PlainBook
from cse.domain.enumerations import AccountKind, OrderType
from cse.domain.enumerations import Side as SideNumber
from cse.engine.wire import OpenAccount, PlaceOrder, SetRiskLimits

_MID_TICKS: Final = 100_000


def w2(count: int = 1_000_000) -> Workload:
    return prepared(
        f"W2: one book, {count:,} commands, 60 % adds, 35 % cancels, 5 % marketable",
        as_commands_of_markets(_crowded(count, markets=1)),
    )


def w3(count: int = 1_000_000, markets: int = 1_000) -> Workload:
    return prepared(
        f"W3: the same over {markets:,} books",
        as_commands_of_markets(_crowded(count, markets)),
        markets,
    )


def levels(depth: int, count: int = 300_000) -> Workload:
    """Orders that come to a random one of `depth` levels a side and go again, which is what is timed:
    `Workload.setup` counts those that stand there from the beginning.
    """
    filling = list(as_commands(_one_a_level(depth)))
    workload = prepared(f"{depth:,} levels a side", [])
    keys = 2 * depth
    commands = as_commands(chain(_one_a_level(depth), _come_and_go(depth, count, keys)))
    return Workload(
        f"levels: orders come to one of {depth:,} levels a side, and go",
        workload.setup + len(filling),
        [*workload.commands, *commands],
    )


def crowds(depth: int, resting: int = 20_000, count: int = 300_000) -> Workload:
    """As many orders on few levels as on many: one comes to a random level, a random one goes."""
    chance = random.Random(5)
    keys = iter(range(resting + count))

    def come() -> Place:
        key = next(keys)
        return Place(0, key, _side(key), _price(key, chance.randrange(depth)), 1)

    filling = [come() for _ in range(resting)]
    living = [step.key for step in filling]
    steps: list[Step] = []
    for _ in range(count // 2):
        place, index = come(), chance.randrange(resting)
        steps += [place, Cancel(0, living[index])]
        living[index] = place.key
    workload = prepared(
        f"crowds: {resting:,} orders on {depth:,} levels a side; one comes, a random one goes",
        as_commands([*filling, *steps]),
    )
    return workload._replace(setup=workload.setup + resting)


def sweeps(depth: int = 1_000, count: int = 200) -> Workload:
    return prepared(
        f"sweeps: {count:,} times {depth:,} levels of one order each are filled and swept by one order",
        as_commands(_sweeps(depth, count)),
    )


def cancels(count: int = 200_000) -> Workload:
    """Only the cancels are timed."""
    chance = random.Random(4)
    orders = [Place(0, key, _side(key), _price(key, chance.randrange(500)), 1) for key in range(count)]
    goings = [Cancel(0, key) for key in chance.sample(range(count), count)]
    workload = prepared(f"cancels: {count:,} orders in a random order", as_commands([*orders, *goings]))
    return workload._replace(setup=workload.setup + count)


def triggers(fire_every: int, waiting: int = 10_000, trades: int = 100_000) -> Workload:
    """Trades in a market where stop orders wait, each at a price of its own; only the trades are timed.

    With `fire_every` above 0 each so-many-th trade fires the next of them, which comes to rest far away.
    """
    description = f"triggers: {trades:,} trades beside {waiting:,} stop orders"
    stops = [_stop(_MID_TICKS - 1 - number) for number in range(waiting)]
    fires = f"each {fire_every}th fires one" if fire_every else "none fires"
    workload = prepared(f"{description}, {fires}", [*stops, *as_commands(_trades(trades, fire_every))])
    return workload._replace(setup=workload.setup + waiting)


def limits(accounts: int, count: int = 100_000) -> Workload:
    """Orders that come and go under risk limits that hold none back. Who sells has so many accounts,
    each of which has asked for something in the minute; they are summed for an order that sells.
    """
    others = [
        command
        for account in range(ASKER + 1, ASKER + accounts)
        for command in (
            OpenAccount(owner=ASKS, kind=AccountKind.SUB).encode(),
            endow(account, BTC),
            place(account, SideNumber.SELL, 2 * _MID_TICKS, 1),
        )
    ]
    # The core gives out order ids in turn, so those of the others come first here as well.
    far = [Place(0, key, "sell", 2 * _MID_TICKS, 1) for key in range(accounts - 1)]
    come_and_go = list(as_commands(chain(far, _sales(accounts - 1, count))))[accounts - 1 :]
    workload = prepared("", [_limits_without_effect(), *others])
    return Workload(
        f"limits: {count:,} orders and cancels under risk limits, of an owner with {accounts} accounts",
        len(workload.commands),
        [*workload.commands, *come_and_go],
    )


def _limits_without_effect() -> bytes:
    return SetRiskLimits(
        market=MARKET,
        tier=0,
        max_quantity=0,
        max_notional=0,
        max_notional_per_minute=10**24,
        flag_notional_per_minute=0,
        max_open_orders=10**6,
        flag_cancels=0,
        flag_cancels_per_fill=0,
        flag_far_orders=0,
        flag_far_ppm=0,
        flag_self_trades=0,
    ).encode()


def _sales(first_key: int, count: int) -> Iterator[Step]:
    for key in range(first_key, first_key + count // 2):
        yield Place(0, key, "sell", _MID_TICKS, 1)
        yield Cancel(0, key)


def _stop(stop_ticks: int) -> bytes:
    order = PlaceOrder.decode(place(ASKER, SideNumber.SELL, 2 * _MID_TICKS, 1))
    return order._replace(order_type=OrderType.STOP_LIMIT, stop_price=stop_ticks).encode()


def _trades(count: int, fire_every: int) -> Iterator[Step]:
    """Two orders each, that meet in an empty book: at a price that fires nothing, or the next stop."""
    fired = 0
    for number in range(count):
        price_ticks = _MID_TICKS
        if fire_every and number % fire_every == 0:
            fired += 1
            price_ticks -= fired
        yield Place(number, 2 * number, "sell", price_ticks, 1)
        yield Place(number, 2 * number + 1, "buy", price_ticks, 1)


def _crowded(count: int, markets: int) -> Iterator[tuple[int, Step]]:
    chance = random.Random(2)
    books = [PlainBook() for _ in range(markets)]
    living: list[tuple[int, int]] = []
    key = 0
    for at_ms in range(count):
        kind = chance.random()
        found = _cancel_of_a_living(chance, books, living, at_ms) if kind < 0.35 else None
        if found is None:
            key += 1
            market = 1 + chance.randrange(markets)
            side: Side = "buy" if chance.random() < 0.5 else "sell"
            away = -300 if kind >= 0.95 else 1 + int(chance.expovariate(1 / 50))
            price_ticks = _MID_TICKS - away if side == "buy" else _MID_TICKS + away
            found = market, Place(at_ms, key, side, price_ticks, 1 + chance.randrange(100))
        market, step = found
        book = books[market - 1]
        book.take(step)
        if isinstance(step, Place) and book.is_open(step.key):
            living.append((market, step.key))
        yield market, step


def _cancel_of_a_living(
    chance: random.Random, books: list[PlainBook], living: list[tuple[int, int]], at_ms: int
) -> tuple[int, Step] | None:
    while living:
        index = chance.randrange(len(living))
        living[index], living[-1] = living[-1], living[index]
        market, key = living.pop()
        if books[market - 1].is_open(key):
            return market, Cancel(at_ms, key)
    return None


def _side(key: int) -> Side:
    return "buy" if key % 2 == 0 else "sell"


def _price(key: int, away_ticks: int) -> int:
    return _MID_TICKS - 1 - away_ticks if _side(key) == "buy" else _MID_TICKS + 1 + away_ticks


def _one_a_level(depth: int) -> Iterable[Step]:
    return (Place(0, key, _side(key), _price(key, key // 2), 1) for key in range(2 * depth))


def _come_and_go(depth: int, count: int, first_key: int) -> Iterator[Step]:
    chance = random.Random(3)
    for key in range(first_key, first_key + count // 2):
        yield Place(0, key, _side(key), _price(key, chance.randrange(depth)), 1)
        yield Cancel(0, key)


def _sweeps(depth: int, count: int) -> Iterator[Step]:
    key = 0
    for number in range(count):
        side: Side = "sell" if number % 2 == 0 else "buy"
        away = 1 if side == "sell" else -1
        for level in range(1, depth + 1):
            yield Place(0, key, side, _MID_TICKS + away * level, 1)
            key += 1
        yield Place(0, key, "buy" if side == "sell" else "sell", _MID_TICKS + away * depth, depth)
        key += 1
