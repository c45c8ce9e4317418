"""The worked examples of docs/trading-rules.md: tables of what is sent and what the exchange says to it.

Every table with the columns `COLUMNS` is one scenario, its rows one after another. It begins with the
exchange of `scenario.py`, where one lot at one tick is 10 units of USDC and one lot 1,000 units of NOVA;
a first row `the market has <field> <number>, ...` begins with another market. What may stand in the
first column is in `spoken_commands.py`, in the second the lines of `spoken.py`, in the third any of
`CHECKS`.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from cse.engine.wire import OrderState, Side, TriggerState
from tests.rules.scenario import FUNDS, NOVA, USDC, Scenario
from tests.rules.spoken_commands import PEOPLE, command_of, pairs

COLUMNS = ["Command", "What happens", "Then"]
NO_FEES = ": maker 0 taker 0 creator 0"
ASSETS = {"USDC": USDC, "NOVA": NOVA}
LAST_PRICE = 18
"""Where it stands among the fields of a market's line."""


@dataclass(frozen=True)
class Row:
    """A command, all that the exchange says to it, and what holds afterwards."""

    command: str
    happens: str
    then: str


@dataclass(frozen=True)
class Example:
    """A table of a section, the how manieth."""

    section: str
    number: int
    rows: list[Row]

    def __str__(self) -> str:
        return f"{self.section} ({self.number})"


def examples(page: str) -> Iterator[Example]:
    """The examples of a page of Markdown."""
    section, number = "", 0
    rows: list[Row] | None = None
    for line in [*page.splitlines(), ""]:
        if line.startswith("#"):
            section, number = line.strip("# "), 0
        cells = cells_of(line)
        if cells is None and rows:
            number += 1
            yield Example(section, number, rows)
        if cells is None:
            rows = None
        elif cells == COLUMNS:
            rows = []
        elif rows is not None and set(line) - set("|- :"):
            rows.append(Row(*cells))


def cells_of(line: str) -> list[str] | None:
    """The cells of a table's line, without marks of code."""
    if not line.startswith("|"):
        return None
    return [cell.strip().replace("`", "") for cell in line.strip().strip("|").split("|")]


def check(example: Example, make_scenario: Callable[..., Scenario]) -> None:
    """Raises `AssertionError` at the first row that is not as it says."""
    first, *_ = example.rows
    listed = re.fullmatch("the market has (.*)", first.command)
    scenario = make_scenario(**(pairs(listed[1]) if listed else {}))
    for row in example.rows[1:] if listed else example.rows:
        said = [text.replace(NO_FEES, "") for text in scenario.do(command_of(scenario, row.command))]
        assert "; ".join(said) == row.happens, f"{row.command}: {'; '.join(said)}"
        for text in filter(None, row.then.split("; ")):
            check_one(scenario, row, text)


def check_one(scenario: Scenario, row: Row, text: str) -> None:
    for pattern, look in CHECKS.items():
        match = re.fullmatch(pattern, text)
        if match is not None:
            named = match.groupdict()
            expected = named.pop("found")
            found = look(scenario, **named)
            assert found == expected, f"after {row.command}: {text}, not {found}"
            return
    raise AssertionError(f"{text!r} is nothing that can be looked at")


def held(scenario: Scenario, who: str, asset: str) -> str:
    return str(scenario.balance(PEOPLE[who], ASSETS[asset])[1])


def gained(scenario: Scenario, who: str, asset: str) -> str:
    begun_with = FUNDS if PEOPLE[who] in FUNDED else 0
    return str(sum(scenario.balance(PEOPLE[who], ASSETS[asset])) - begun_with)


FUNDED = [account for name, account in PEOPLE.items() if name != "the exchange"]


def levels(scenario: Scenario, side: str) -> str:
    """What a side displays, best price first."""
    shown: dict[str, int] = {}
    for order in lines_of(scenario, "order"):
        if int(order[SIDE]) == (Side.BUY if side == "bids" else Side.SELL):
            price = order[PRICE]
            shown[price] = shown.get(price, 0) + int(order[DISPLAYED])
    return ", ".join(f"{lots} at {price}" for price, lots in shown.items()) or "none"


SIDE, PRICE, DISPLAYED = map(OrderState._fields.index, ("side", "price", "displayed_quantity"))


def last_price(scenario: Scenario) -> str:
    return next(lines_of(scenario, "market"))[LAST_PRICE]


def lines_of(scenario: Scenario, name: str) -> Iterator[list[str]]:
    """The fields of every line of the dump that is one of these."""
    for line in scenario.core.dump().splitlines():
        first, *fields = line.split(" ")
        if first == name:
            yield fields


def stop_price(scenario: Scenario, order_id: str) -> str:
    for order in lines_of(scenario, "trigger"):
        if order[0] == order_id and order[PHASE] == "waiting":
            return order[STOP_PRICE]
    return "none"


STOP_PRICE, PHASE = map(TriggerState._fields.index, ("stop_price", "phase"))

WHO = f"(?P<who>{'|'.join(PEOPLE)})"
CHECKS: dict[str, Callable[..., str]] = {
    rf"{WHO} holds (?P<found>\d+) (?P<asset>\w+)": held,
    rf"{WHO} has \+?(?P<found>-?\d+) (?P<asset>\w+)": gained,
    r"(?P<side>bids|asks) (?P<found>.*)": levels,
    r"(?P<order_id>\d+) waits for (?P<found>\d+)": stop_price,
    r"last (?P<found>\d+)": last_price,
}
"""What the third column may say, with what must be found.

`holds` is what is locked, `has` what somebody has more or less than at the beginning.
"""
