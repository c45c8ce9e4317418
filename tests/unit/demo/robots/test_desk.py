"""One market's robots over simulated hours, with persons who do as they are told."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from itertools import count, pairwise
from random import Random
from statistics import fmean, median
from typing import Any

import pytest
import structlog
from structlog.testing import capture_logs

from cse.demo.characters import CHARACTERS, Character
from cse.demo.robots import desk as desks
from cse.demo.robots.desk import Desk
from cse.demo.robots.ladder import FAR, LEVELS, MIDDLE, NEAR, ROLES, Ladder, Resting, distances, glimpse
from cse.demo.robots.mind import Best, MarketMind
from cse.demo.robots.taking import Takers
from cse.demo.robots.trader import OutOfFunds, WouldTake
from cse_client import Market
from cse_client.errors import error_of
from cse_client.models import ProblemDetails
from tests.unit.demo.listed import market_of

BEGIN_S = 1_795_600_000.0
LUNA = CHARACTERS[0]
NUMBERS = count(1)


@dataclass
class World:
    """All orders there ever were, as (placed, gone, side, ticks, notional), and those that rest."""

    now_s: float = BEGIN_S
    gone: list[tuple[float, float]] = field(default_factory=list)
    resting: dict[str, tuple[float, str, int]] = field(default_factory=dict)
    taken: list[tuple[str, int, int]] = field(default_factory=list)
    refusal: type[Exception] | None = None


class Person:
    """A trader whose every order rests, or is refused as the world says."""

    def __init__(self, world: World, inventory: float = 1.0) -> None:
        self._world = world
        self._inventory = inventory

    def inventory(self, _: str) -> float:
        return self._inventory

    async def rest(self, _: Market, side: str, ticks: int, lots: int) -> str:
        assert ticks > 0
        assert lots > 0
        if self._world.refusal is not None:
            raise self._world.refusal
        best_other = [t for _, other, t in self._world.resting.values() if other != side]
        assert all(ticks < t if side == "buy" else ticks > t for t in best_other), "it would take"
        order_id = str(next(NUMBERS))
        self._world.resting[order_id] = (self._world.now_s, side, ticks)
        return order_id

    async def take(self, _: Market, side: str, ticks: int, lots: int) -> None:
        self._world.taken.append((side, ticks, lots))

    async def cancel(self, order_id: str) -> None:
        placed_s, _, _ = self._world.resting.pop(order_id)
        self._world.gone.append((placed_s, self._world.now_s))


def new_desk(world: World, character: Character = LUNA, inventory: float = 1.0) -> Desk:
    random = Random(5)
    person: Any = Person(world, inventory)
    return Desk(
        MarketMind(character, character.last_price, random, world.now_s),
        market_of(character),
        [(Ladder(role, random), person) for role in ROLES],
        [person],
        random,
        structlog.get_logger(),
        clock=lambda: world.now_s,
    )


async def worked(world: World, desk: Desk, hours: float, pass_s: float) -> list[int]:
    """Works so long; the spreads that were seen, in ticks."""
    spreads = []
    end_s = world.now_s + hours * 3_600
    while world.now_s < end_s:
        await desk.make_pass()
        sides = {side: [t for _, own, t in world.resting.values() if own == side] for side in ("buy", "sell")}
        spreads.append(min(sides["sell"]) - max(sides["buy"]))
        world.now_s += pass_s
    return spreads


@pytest.fixture(autouse=True)
def no_glimpses(monkeypatch: pytest.MonkeyPatch) -> None:
    """They wait in real time, which these tests have not."""
    monkeypatch.setattr(desks, "_GLIMPSE_SHARE", 0.0)


@pytest.mark.parametrize("character", CHARACTERS, ids=lambda character: character.market.name)
async def test_the_first_pass_fills_the_book_and_the_spread_is_one_of_twenty(character: Character) -> None:
    world = World()
    desk = new_desk(world, character)
    spreads = await worked(world, desk, 0.05, 1.0)
    for side in ("buy", "sell"):
        levels = {ticks for _, own, ticks in world.resting.values() if own == side}
        assert len(levels) >= 20
    assert desk.filled.is_set()
    assert 1 <= min(spreads) <= median(spreads) <= 20


async def test_orders_live_from_a_moment_to_hours() -> None:
    world = World()
    spreads = await worked(world, new_desk(world), 2.5, 4.0)
    lives = sorted(gone_s - placed_s for placed_s, gone_s in world.gone)
    assert lives[0] <= 4.0  # As short as a pass here.
    assert lives[-1] > 3_600
    assert 4 <= median(lives) < 120
    assert fmean(1 <= spread <= 20 for spread in spreads) > 0.97
    assert len({spread for spread in spreads if spread <= 20}) >= 6
    assert len(world.resting) < 3.8 * LEVELS


def test_lives_that_are_drawn_begin_at_a_tenth_of_a_second_and_end_within_a_day() -> None:
    lives = {role: [Ladder(role, Random(1)).new_life_s()] for role in ROLES}
    for role in ROLES:
        ladder = Ladder(role, Random(1))
        lives[role] = sorted(ladder.new_life_s() for _ in range(5_000))
    assert lives[NEAR][0] < 0.5
    assert min(glimpse(Best(10, 20), Random(seed)).life_s for seed in range(50)) < 0.2  # type: ignore[union-attr]
    assert median(lives[NEAR]) < median(lives[MIDDLE]) / 5 < median(lives[FAR]) / 25
    assert 2 * 3_600 < lives[FAR][-1] <= 24 * 3_600


async def test_nobody_leaves_an_order_on_the_wrong_side_of_the_price() -> None:
    world = World()
    desk = new_desk(world)
    await worked(world, desk, 0.05, 1.0)
    desk.mind.saw_trade(True, 1e9)
    for _ in range(60):
        desk.mind.saw_trade(True, 1e9)
    await desk.make_pass()
    asks = [ticks for _, side, ticks in world.resting.values() if side == "sell"]
    assert min(asks) > desk.mind.fair_ticks


async def test_where_somebody_stands_in_the_way_a_taker_is_sent() -> None:
    world = World(refusal=WouldTake)
    desk = new_desk(world)
    await desk.make_pass()
    assert world.taken
    best = desk.mind.best
    assert all(ticks <= best.bid if side == "buy" else ticks >= best.ask for side, ticks, _ in world.taken)


async def test_who_is_out_of_funds_pauses() -> None:
    world = World(refusal=OutOfFunds)
    desk = new_desk(world)
    await desk.make_pass()
    world.refusal = AssertionError  # Whoever tried now would fail the test.
    await desk.make_pass()
    assert not desk.filled.is_set()


async def test_who_has_too_much_sells_more_than_he_buys() -> None:
    sizes: dict[str, list[int]] = {"buy": [], "sell": []}

    class Weighing(Person):
        async def rest(self, market: Market, side: str, ticks: int, lots: int) -> str:
            sizes[side].append(lots)
            return await super().rest(market, side, ticks, lots)

    world = World()
    desk = new_desk(world)
    heavy: Any = Weighing(world, inventory=1.5)
    desk.makers = [(ladder, heavy) for ladder, _ in desk.makers]
    await worked(world, desk, 0.05, 1.0)
    assert fmean(sizes["sell"]) > 1.5 * fmean(sizes["buy"])


async def test_a_trade_fills_what_stood_before_its_price() -> None:
    world = World()
    desk = new_desk(world)
    await worked(world, desk, 0.02, 1.0)
    price = desk.mind.best.ask + 5
    desk.saw_trade("buy", price, 10)
    asks = [order for ladder, _ in desk.makers for order in ladder.orders.values() if order.side == "sell"]
    assert asks
    assert min(order.ticks for order in asks) >= price


@pytest.mark.parametrize("character", CHARACTERS, ids=lambda character: character.market.name)
def test_levels_begin_close_together_and_reach_further_and_further(character: Character) -> None:
    reach = distances(character.last_price / character.tick)
    assert len(reach) == LEVELS + 1
    assert reach[0] == 0 < reach[1] <= 5
    assert all(before < after for before, after in pairwise(reach))
    assert reach[-1] * character.tick / character.last_price < 0.02


def test_a_ladder_names_each_level_that_is_missing_once() -> None:
    ladder = Ladder(NEAR, Random(1))
    best = Best(1_000, 1_004)
    assert len(ladder.missing(best)) == 8
    for number, wanted in enumerate(ladder.missing(best)):
        assert (wanted.ticks <= best.bid) == (wanted.side == "buy")
        ladder.add(Resting(str(number), wanted.side, wanted.ticks, 5, 0.0, 100.0))
    assert ladder.missing(best) == []
    assert ladder.is_full
    assert ladder.outlived(best, 99.0) == []
    assert len(ladder.outlived(best, 100.0)) == 8


def test_a_side_with_too_many_orders_gives_up_those_that_would_die_first() -> None:
    ladder = Ladder(NEAR, Random(1))
    for number in range(11):
        ladder.add(Resting(str(number), "buy", 1_000, 5, 0.0, 100.0 + number))
    gone = ladder.outlived(Best(1_000, 1_004), 0.0)
    assert [order.order_id for order in gone] == ["0", "1", "2"]


@pytest.mark.parametrize("width", [1, 2])
def test_a_narrow_spread_has_no_room_for_a_glimpse(width: int) -> None:
    assert glimpse(Best(10, 10 + width), Random(1)) is None


def test_a_glimpse_is_within_the_spread() -> None:
    for seed in range(200):
        found = glimpse(Best(10, 20), Random(seed))
        assert found is not None
        assert 10 < found.ticks < 20
        assert 0.1 <= found.life_s < 2.0


def test_takers_come_at_the_markets_pace_and_have_both_sides() -> None:
    mind = MarketMind(LUNA, LUNA.last_price, Random(2), BEGIN_S)
    takers = Takers(mind, market_of(LUNA), Random(3))
    pauses = [takers.pause_s() for _ in range(4_000)]
    assert 3_600 / fmean(pauses) == pytest.approx(mind.trades_per_hour, rel=0.2)
    takes = [takers.next() for _ in range(400)]
    assert {take.side for take in takes} == {"buy", "sell"}
    assert all(
        take.ticks > mind.fair_ticks if take.side == "buy" else take.ticks < mind.fair_ticks for take in takes
    )
    sizes = sorted(take.lots for take in takes)
    assert sizes[-1] > 8 * median(sizes)


def test_a_mind_wakes_up_near_where_it_fell_asleep() -> None:
    mind = MarketMind(LUNA, LUNA.last_price, Random(2), BEGIN_S)
    mind.step(BEGIN_S + 30 * 86_400)
    assert abs(math.log(mind.fair_ticks * LUNA.tick / LUNA.last_price)) < 0.05


@pytest.mark.parametrize(
    ("code", "level"), [("market_halted", "info"), ("unavailable", "warning"), ("overloaded", "warning")]
)
async def test_a_market_that_takes_no_orders_is_no_fault_of_the_exchange(
    code: str, level: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(desks, "_AWAY_S", 0.0)
    problem = ProblemDetails(
        type="", title="", status=422, detail="", code=code, retryable=True, money="none", instance=""
    )
    with capture_logs() as logs:
        desk = new_desk(World())
        for _ in range(2):
            await desk._note_away(error_of(problem))
    assert [entry["log_level"] for entry in logs] == [level], "it is said once"
