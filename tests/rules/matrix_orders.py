"""Tables of every sort of order that is matched as it comes, for `matrix.py`."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from cse.domain.limits import FLAG_POST_ONLY, FLAG_REPRICE
from cse.engine.wire import OrderState, OrderType, SelfTradePrevention, SetMarketSelfTrade, Side, TimeInForce
from tests.property.comparison import Core
from tests.rules.scenario import ALICE, ALICES_SUB, BOB, CAROL, GTD, IOC, Scenario, order

OTHER = {Side.BUY: Side.SELL, Side.SELL: Side.BUY}
NAMES = {BOB: "Bob", CAROL: "Carol", ALICE: "Alice", ALICES_SUB: "Alice's second account"}
BEST, MIDDLE, WORST = 1_000, 1, 2
"""The best price of the book, and how far behind it the others stand."""
END_US = 2_000_000


@dataclass(frozen=True)
class Sort:
    """A sort of order: its title and the fields that make it one; `behind` is how far its price reaches."""

    title: str
    fields: dict[str, Any]
    behind: int | None
    quantity: int = 12
    amount: int = 0


def limits() -> Iterator[Sort]:
    for time_in_force in TimeInForce:
        fields = {"time_in_force": time_in_force, "expires_at_us": END_US if time_in_force == GTD else 0}
        yield Sort(f"Limit, {time_in_force.name.lower()}, 12 lots", fields, WORST)
    yield Sort("Limit, gtc, 20 lots, more than there are", {}, WORST, 20)
    yield Sort("Limit, fok, 20 lots, more than there are", {"time_in_force": TimeInForce.FOK}, WORST, 20)
    yield Sort("Limit, gtc, 12 lots, showing 3", {"display_quantity": 3}, MIDDLE)
    yield Sort("Limit, gtc, post-only", {"flags": FLAG_POST_ONLY}, MIDDLE)
    yield Sort("Limit, gtc, post-only, re-priced", {"flags": FLAG_POST_ONLY | FLAG_REPRICE}, MIDDLE)


def markets() -> Iterator[Sort]:
    fields = {"order_type": OrderType.MARKET, "time_in_force": IOC}
    for title, behind in (("Market", None), ("Market with a worst price", MIDDLE)):
        yield Sort(f"{title}, 12 lots", fields, behind)
        yield Sort(f"{title}, for 110,000 units", fields, behind, 0, 110_000)


SORTS = [*limits(), *markets()]


def scenario_before(make_core: Callable[[], Core], side: Side) -> Scenario:
    """The book that the order meets, on its other side: Bob, Alice's second account, Carol."""
    scenario = Scenario(make_core)
    scenario.do(SetMarketSelfTrade(1, 1).encode())
    for account, behind, quantity in ((BOB, 0, 5), (ALICES_SUB, MIDDLE, 4), (CAROL, WORST, 5)):
        scenario.do(order(account, OTHER[side], quantity, price_behind(side, behind)))
    return scenario


def price_behind(side: Side, behind: int) -> int:
    return BEST + behind if side == Side.BUY else BEST - behind


def command_of(sort: Sort, side: Side, prevention: SelfTradePrevention) -> bytes:
    price = 0 if sort.behind is None else price_behind(side, sort.behind)
    fields = {"quote_amount": sort.amount, "self_trade_prevention": prevention, **sort.fields}
    return order(ALICE, side, sort.quantity, price, **fields)


def tables(make_core: Callable[[], Core]) -> Iterator[str]:
    for sort in SORTS:
        for side in Side:
            yield from table(make_core, sort, side)


def table(make_core: Callable[[], Core], sort: Sort, side: Side) -> Iterator[str]:
    reach = "" if sort.behind is None else f" at {price_behind(side, sort.behind)}"
    yield ""
    yield f"## {sort.title}: {side.name.lower()}{reach}"
    yield ""
    yield "| Prevention | What happens | The book after it |"
    yield "|---|---|---|"
    for prevention in SelfTradePrevention:
        scenario = scenario_before(make_core, side)
        said = scenario.do(command_of(sort, side, prevention))
        yield row(plain(prevention.name.lower()), said, scenario)


def row(first: str, said: list[str], scenario: Scenario) -> str:
    """A row of a table: what is looked at, what happens, the book after it."""
    return f"| {first} | {'; '.join(plain(line) for line in said)} | {book(scenario)} |"


def plain(line: str) -> str:
    """A line of a table: fees, of which there are none, are left out."""
    return line.replace(": maker 0 taker 0 creator 0", "").replace("_", " ")


def book(scenario: Scenario) -> str:
    """Who stands where: bids, then asks, best price first."""
    entries = [line.split(" ")[1:] for line in scenario.core.dump().splitlines() if line.startswith("order ")]
    orders = [dict(zip(ORDER_FIELDS, entry, strict=True)) for entry in entries]
    rests = [standing(each) for each in orders]
    return "; ".join(rests) or "empty"


ORDER_FIELDS = [*OrderState._fields]


def standing(entry: dict[str, str]) -> str:
    remaining = int(entry["quantity"]) - int(entry["filled_quantity"])
    shown = int(entry["displayed_quantity"])
    hidden = f" (shows {shown})" if shown != remaining else ""
    side = "buys" if int(entry["side"]) == Side.BUY else "sells"
    return f"{NAMES[int(entry['account'])]} {side} {remaining}{hidden} at {entry['price']}"
