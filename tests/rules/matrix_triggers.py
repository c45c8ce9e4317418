"""Tables of orders that wait for a price, and of orders that are linked, for `matrix.py`."""

from collections.abc import Callable, Iterator

from cse.engine.wire import (
    CancelOrder,
    OrderListKind,
    OrderType,
    SelfTradePrevention,
    Side,
    Tick,
    TimeInForce,
)
from tests.property.comparison import Core
from tests.rules.matrix_orders import (
    BEST,
    END_US,
    MIDDLE,
    OTHER,
    WORST,
    Sort,
    command_of,
    plain,
    price_behind,
    row,
    scenario_before,
)
from tests.rules.orders_of_lists import placed_as
from tests.rules.scenario import ALICE, ALICES_SUB, BOB, CAROL, GTD, IOC, Scenario, order

LOTS = 12
TRAIL = 9
DECREMENT = SelfTradePrevention.DECREMENT


def waiting() -> Iterator[Sort]:
    """What waits: market orders behind their triggers, then limit orders."""
    for title, kind in (("Stop-loss", OrderType.STOP_LOSS), ("Take-profit", OrderType.TAKE_PROFIT)):
        yield Sort(f"{title}, 12 lots, with a worst price", {"order_type": kind}, MIDDLE)
    trail = {"order_type": OrderType.TRAILING_STOP, "trailing_delta": TRAIL}
    yield Sort(f"Trailing stop by {TRAIL} ticks, 12 lots, with a worst price", trail, WORST)
    for time_in_force in (TimeInForce.GTC, TimeInForce.IOC, TimeInForce.FOK):
        fields = {"order_type": OrderType.STOP_LIMIT, "time_in_force": time_in_force}
        yield Sort(f"Stop-limit, {time_in_force.name.lower()}, 12 lots", fields, WORST)
    yield Sort("Take-profit-limit, gtc, 12 lots", {"order_type": OrderType.TAKE_PROFIT_LIMIT}, MIDDLE)
    shows = {"order_type": OrderType.STOP_LIMIT, "display_quantity": 3}
    yield Sort("Stop-limit, gtc, 12 lots, showing 3", shows, MIDDLE)


def tables(make_core: Callable[[], Core]) -> Iterator[str]:
    for sort in waiting():
        for side in Side:
            yield from table(make_core, sort, side)


def table(make_core: Callable[[], Core], sort: Sort, side: Side) -> Iterator[str]:
    assert sort.behind is not None
    yield ""
    yield f"## {sort.title}: {side.name.lower()} at {price_behind(side, sort.behind)}"
    yield ""
    yield "| Prevention | What happens | The book after it |"
    yield "|---|---|---|"
    stop_price = price_behind(side, -1)
    if sort.fields["order_type"] != OrderType.TRAILING_STOP:
        sort = Sort(sort.title, {**sort.fields, "stop_price": stop_price}, sort.behind)
    for prevention in SelfTradePrevention:
        scenario = scenario_before(make_core, side)
        scenario.do(command_of(sort, side, prevention))
        if "trailing_delta" in sort.fields:
            trade(scenario, side, price_behind(side, -1 - TRAIL))
        said = trade(scenario, side, stop_price)
        fired = said[said.index(f"triggered 4 at {stop_price}") :]
        yield row(plain(prevention.name.lower()), fired, scenario)


def trade(scenario: Scenario, side: Side, price: int) -> list[str]:
    """A lot changes hands at a price that is better for `side` than the book's."""
    scenario.do(order(BOB, OTHER[side], 1, price))
    return scenario.do(order(CAROL, side, 1, price, IOC))


# Linked orders

OCO_LIMIT, OCO_STOP = 1_200, 900
ENTRY, PROFIT, STOP = BEST, 1_100, 950


def oco(side: Side) -> bytes:
    """Ends at END_US; of a buy the limit order stands below, and the stop above."""
    limit, stop = (OCO_LIMIT, OCO_STOP) if side == Side.SELL else (OCO_STOP, OCO_LIMIT)
    ends = {"expires_at_us": END_US}
    waits = {"order_type": OrderType.STOP_LOSS, "stop_price": stop, **ends}
    worst = 0 if side == Side.SELL else stop
    return placed_as(
        OrderListKind.OCO,
        order(ALICE, side, LOTS, limit, GTD, **ends),
        order(ALICE, side, LOTS, worst, GTD, **waits),
    )


def bracket() -> bytes:
    stop = {"order_type": OrderType.STOP_LOSS, "stop_price": STOP}
    return placed_as(
        OrderListKind.BRACKET,
        order(ALICE, Side.BUY, LOTS, ENTRY, GTD, expires_at_us=END_US),
        order(ALICE, Side.SELL, 0, PROFIT),
        order(ALICE, Side.SELL, 0, 0, **stop),
    )


def tables_of_linked_orders(make_core: Callable[[], Core]) -> Iterator[str]:
    for side in (Side.SELL, Side.BUY):
        yield from happenings(make_core, f"OCO that {side.name.lower()}s", oco(side), after_oco(side))
    yield from happenings(make_core, "Bracket", bracket(), after_bracket())


def happenings(
    make_core: Callable[[], Core], title: str, placed: bytes, following: dict[str, list[bytes]]
) -> Iterator[str]:
    """What follows on each of the last commands, when those before it have been carried out."""
    yield ""
    yield f"## {title}"
    yield ""
    yield "| What comes next | What happens | The book after it |"
    yield "|---|---|---|"
    for name, commands in following.items():
        scenario = Scenario(make_core)
        said = scenario.do(placed)
        for command in commands:
            if command == Tick().encode():
                scenario.time_us = END_US
            said = scenario.do(command)
        yield row(name, said, scenario)


def after_oco(side: Side) -> dict[str, list[bytes]]:
    limit, stop = (OCO_LIMIT, OCO_STOP) if side == Side.SELL else (OCO_STOP, OCO_LIMIT)
    against = OTHER[side]
    does = "buys" if against == Side.BUY else "sells"
    return {
        "nothing": [],
        f"Bob {does} 5 lots at {limit}": [order(BOB, against, 5, limit)],
        f"Bob {does} 12 lots at {limit}": [order(BOB, against, LOTS, limit)],
        "Alice's second account meets it with decrement": [
            order(ALICES_SUB, against, 5, limit, self_trade_prevention=DECREMENT)
        ],
        f"a lot is traded at {stop}": [order(BOB, side, 1, stop), order(CAROL, against, 1, stop)],
        f"a lot is traded at {stop}, where Bob has 20 more": [
            order(BOB, against, 21, stop),
            order(CAROL, side, 1, stop),
        ],
        "order 1 is cancelled": [CancelOrder(ALICE, 1, "").encode()],
        "order 2 is cancelled": [CancelOrder(ALICE, 2, "").encode()],
        "their time is over": [Tick().encode()],
    }


def after_bracket() -> dict[str, list[bytes]]:
    part, whole = (order(BOB, Side.SELL, lots, ENTRY) for lots in (5, LOTS))
    cancelled = [CancelOrder(ALICE, order_id, "").encode() for order_id in (1, 2, 3)]
    falls = [order(CAROL, Side.BUY, 21, STOP), order(BOB, Side.SELL, 1, STOP)]
    return {
        "nothing": [],
        "Bob sells it 5 lots": [part],
        "Bob sells it 12 lots": [whole],
        "the entry is cancelled": cancelled[:1],
        "Bob sells it 5 lots, then the entry is cancelled": [part, cancelled[0]],
        "Bob sells it 5 lots, then the entry's time is over": [part, Tick().encode()],
        "Bob sells it 5 lots, then the stop is cancelled": [part, cancelled[2]],
        f"Bob sells it 12 lots, then Carol buys 5 at {PROFIT}": [whole, order(CAROL, Side.BUY, 5, PROFIT)],
        f"Bob sells it 12 lots, then one is traded at {STOP}, where Carol has 20 more": [whole, *falls],
        "Bob sells it 12 lots, then the take-profit is cancelled": [whole, cancelled[1]],
    }
