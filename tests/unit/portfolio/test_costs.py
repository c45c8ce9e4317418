"""What units cost by each method: worked examples, and random histories against the plainest costs."""

from __future__ import annotations

import random
from collections.abc import Callable
from fractions import Fraction

import pytest

from cse.portfolio.book import Position
from cse.portfolio.costs import Costing, CostMethod
from tests.portfolio import plain
from tests.portfolio.plain import Plain, Step

PLAIN: dict[CostMethod, Callable[[list[Step]], Plain]] = {
    CostMethod.AVERAGE: plain.average,
    CostMethod.FIFO: plain.fifo,
    CostMethod.LIFO: plain.lifo,
}


def run(steps: list[Step]) -> Position:
    """A position that has gone through steps, kept and read again now and then."""
    position = Position()
    for number, (units, value) in enumerate(steps):
        if units > 0:
            position.bring(units, value)
        else:
            position.take(-units, value)
        if number % 7 == 3:
            position = Position.of(position.kept())
    return position


def steps_by(chance: random.Random, count: int, *, knows: float = 1.0) -> list[Step]:
    """A random history that never takes more than there is."""
    steps: list[Step] = []
    held = 0
    for _ in range(count):
        value = chance.choice((0, 1, 7, 100, 10**9, chance.randint(1, 10**13)))
        known = value if chance.random() < knows else None
        if held and chance.random() < 0.55:
            units = chance.choice((1, held, chance.randint(1, held)))
            steps.append(Step(-units, known))
            held -= units
        else:
            units = chance.choice((1, 3, 10**6, chance.randint(1, 10**18)))
            steps.append(Step(units, known))
            held += units
    return steps


@pytest.mark.parametrize(
    ("method", "cost", "realised"),
    [
        # 10 for 100, then 10 for 200; 5 sold for 90, 10 sold for 250.
        (CostMethod.AVERAGE, 75, 340 - 225),
        (CostMethod.FIFO, 100, 340 - 200),
        (CostMethod.LIFO, 50, 340 - 250),
    ],
)
def test_worked_example(method: CostMethod, cost: int, realised: int) -> None:
    position = run([Step(10, 100), Step(10, 200), Step(-5, 90), Step(-10, 250)])
    assert (position.units, position.costings[method].cost, position.realised[method]) == (5, cost, realised)


@pytest.mark.parametrize("method", CostMethod)
def test_splitting_a_sale_gains_nothing(method: CostMethod) -> None:
    """Three for ten: each third costs 3.33, of which the last one takes what is left."""
    costing = Costing(method)
    costing.bring(3, 10)
    assert [costing.take(1), costing.take(1), costing.take(1)] == [3, 3, 4]
    assert costing.cost == 0


@pytest.mark.parametrize("method", CostMethod)
def test_nobody_takes_more_than_there_is(method: CostMethod) -> None:
    costing = Costing(method)
    costing.bring(3, 10)
    with pytest.raises(IndexError):
        costing.take(4)


@pytest.mark.parametrize("knows", [1.0, 0.9, 0.5])
@pytest.mark.parametrize("method", CostMethod)
def test_random_histories_come_to_what_the_plainest_costs_say(method: CostMethod, knows: float) -> None:
    chance = random.Random(f"{method} {knows}")
    for _ in range(60):
        steps = steps_by(chance, chance.randint(1, 60), knows=knows)
        position = run(steps)
        found = Plain(position.units, position.costings[method].cost, position.realised[method])
        assert found == PLAIN[method](steps), steps


@pytest.mark.parametrize("method", CostMethod)
def test_no_unit_of_money_is_lost_or_made(method: CostMethod) -> None:
    """What came in is what is held, and what left; the cost of no lot is rounded by a unit or more."""
    chance = random.Random(f"kept {method}")
    for _ in range(25):
        steps = steps_by(chance, 40)
        position = run(steps)
        paid = sum(step.value or 0 for step in steps if step.units > 0)
        got = sum(step.value or 0 for step in steps if step.units < 0)
        cost, realised = position.costings[method].cost, position.realised[method]
        assert cost is not None
        assert realised is not None
        assert paid - got == cost - realised
        exact = _exact_cost(steps, method)
        lots = sum(step.units > 0 for step in steps)
        assert 0 <= cost - exact < lots


def _exact_cost(steps: list[Step], method: CostMethod) -> Fraction:
    """What is held costs, in fractions that are never rounded."""
    lots: list[tuple[Fraction, Fraction]] = []
    for units, value in steps:
        if units > 0:
            if method is CostMethod.AVERAGE and lots:
                held, cost = lots.pop()
                lots.append((held + units, cost + (value or 0)))
            else:
                lots.append((Fraction(units), Fraction(value or 0)))
            continue
        wanted = Fraction(-units)
        while wanted:
            at = -1 if method is CostMethod.LIFO else 0
            held, cost = lots[at]
            taken = min(held, wanted)
            wanted -= taken
            lots[at] = (held - taken, cost - cost * taken / held)
            if not lots[at][0]:
                del lots[at]
    return sum((cost for _, cost in lots), Fraction(0))


@pytest.mark.parametrize(
    ("method", "costs"),
    [
        # Lots of 10 for 100, 200, 300, 400 where two have room: the later three are one by FIFO, the
        # first three by LIFO; then 10, 10 and 20 leave.
        (CostMethod.FIFO, [100, 300, 600]),
        (CostMethod.LIFO, [400, 200, 400]),
    ],
)
def test_lots_without_room_are_joined_where_units_leave_last(
    method: CostMethod, costs: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("cse.portfolio.costs.LOTS_MAX", 2)
    costing = Costing(method)
    for cost in (100, 200, 300, 400):
        costing.bring(10, cost)
        assert len(costing.kept()) <= 2
    assert costing.cost == 1_000
    assert [costing.take(units) for units in (10, 10, 20)] == costs
    assert costing.cost == 0


@pytest.mark.parametrize("method", CostMethod)
def test_with_little_room_nothing_is_lost(method: CostMethod, monkeypatch: pytest.MonkeyPatch) -> None:
    """What came for something is what it cost that left and that is here, to the unit, however few lots."""
    monkeypatch.setattr("cse.portfolio.costs.LOTS_MAX", 3)
    chance = random.Random(7)
    for _ in range(30):
        steps = steps_by(chance, 120)
        position = run(steps)
        came = sum(step.value or 0 for step in steps if step.units > 0)
        left = sum(step.value or 0 for step in steps if step.units < 0)
        cost, realised = position.costings[method].cost, position.realised[method]
        assert cost is not None and realised is not None
        assert came == cost + left - realised
        assert len(position.costings[method].kept()) <= 3
        assert position.units == sum(step.units for step in steps)
