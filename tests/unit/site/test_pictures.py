"""Pictures are kept while nothing changed, drawn within a pace, and take no more memory than was said."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator

import pytest

from cse.domain import codes
from cse.domain.errors import CodedError
from cse.site import pictures
from cse.site.picture import Facts
from cse.site.pictures import DRAWN, FRESH_S, Pictures

FACTS = Facts("LUNA/USDC", "Luna", "@luna", False, None, "1", "USDC", 0, None, (1, 2))


class Drawer:
    """Draws nothing, and notes what was asked of it and in which thread."""

    def __init__(self) -> None:
        self.asked: list[Facts] = []
        self.threads: set[int] = set()

    def __call__(self, facts: Facts) -> bytes:
        self.asked.append(facts)
        self.threads.add(threading.get_ident())
        return repr(facts).encode()


class Market:
    """Says what it is told to, and how often it was asked."""

    def __init__(self, price: str = "1") -> None:
        self.price = price
        self.reads = 0

    async def read(self) -> Facts:
        self.reads += 1
        await asyncio.sleep(0)
        return FACTS._replace(price=self.price)


@pytest.fixture
def drawer() -> Drawer:
    return Drawer()


@pytest.fixture
def clock() -> list[float]:
    return [1_000.0]


@pytest.fixture
def kept(drawer: Drawer, clock: list[float]) -> Iterator[Pictures]:
    made = Pictures(drawer, lambda: clock[0])
    yield made
    made.close()


async def test_a_fresh_picture_is_given_without_a_look_at_the_market(kept: Pictures, drawer: Drawer) -> None:
    market = Market()
    first = await kept.of("LUNA-USDC", market.read)
    assert await kept.of("LUNA-USDC", market.read) is first
    assert (market.reads, len(drawer.asked)) == (1, 1)


async def test_it_is_drawn_anew_only_where_something_changed(
    kept: Pictures, drawer: Drawer, clock: list[float]
) -> None:
    market = Market()
    first = await kept.of("LUNA-USDC", market.read)
    clock[0] += FRESH_S
    assert (await kept.of("LUNA-USDC", market.read)).etag == first.etag
    assert (market.reads, len(drawer.asked)) == (2, 1)
    clock[0] += FRESH_S
    market.price = "2"
    assert (await kept.of("LUNA-USDC", market.read)).etag != first.etag
    assert len(drawer.asked) == 2


async def test_who_asks_together_waits_for_one_picture(kept: Pictures, drawer: Drawer) -> None:
    market = Market()
    found = await asyncio.gather(*(kept.of("LUNA-USDC", market.read) for _ in range(50)))
    assert len({id(one) for one in found}) == 1
    assert (market.reads, len(drawer.asked)) == (1, 1)


async def test_who_goes_away_takes_the_picture_from_nobody(kept: Pictures, drawer: Drawer) -> None:
    market = Market()
    gone = asyncio.create_task(kept.of("LUNA-USDC", market.read))
    await asyncio.sleep(0)
    waits = asyncio.create_task(kept.of("LUNA-USDC", market.read))
    await asyncio.sleep(0)
    gone.cancel()
    assert (await waits).facts.price == "1"
    assert len(drawer.asked) == 1


async def test_it_is_drawn_beside_the_event_loop(kept: Pictures, drawer: Drawer) -> None:
    await kept.of("LUNA-USDC", Market().read)
    assert threading.get_ident() not in drawer.threads


async def test_no_more_are_drawn_than_the_pace_lets_through(
    kept: Pictures, drawer: Drawer, clock: list[float]
) -> None:
    for number in range(DRAWN.at_once):
        await kept.of(f"M{number}-USDC", Market(str(number)).read)
    with pytest.raises(CodedError) as refused:
        await kept.of("LUNA-USDC", Market().read)
    assert refused.value.code is codes.OVERLOADED
    assert len(drawer.asked) == DRAWN.at_once
    clock[0] += 1 / DRAWN.per_second
    assert (await kept.of("LUNA-USDC", Market().read)).facts.price == "1"


async def test_beyond_the_pace_the_picture_before_will_do(kept: Pictures, clock: list[float]) -> None:
    market = Market()
    first = await kept.of("LUNA-USDC", market.read)
    clock[0] += FRESH_S
    for number in range(DRAWN.at_once):
        await kept.of(f"M{number}-USDC", Market(str(number)).read)
    market.price = "2"
    assert await kept.of("LUNA-USDC", market.read) is first


async def test_memory_is_bound_and_what_was_asked_for_last_stays(
    kept: Pictures, monkeypatch: pytest.MonkeyPatch
) -> None:
    size = len((await kept.of("A-USDC", Market().read)).png)
    monkeypatch.setattr(pictures, "KEPT_BYTES_MAX", 2 * size)
    b = Market()
    await kept.of("B-USDC", b.read)
    a = Market()
    await kept.of("A-USDC", a.read)
    await kept.of("C-USDC", Market().read)
    assert kept.kept_bytes == 2 * size
    await kept.of("A-USDC", a.read)
    assert a.reads == 0
    await kept.of("B-USDC", b.read)
    assert b.reads == 2


async def test_a_market_that_cannot_be_read_is_refused_and_asked_again(kept: Pictures) -> None:
    async def away() -> Facts:
        raise CodedError(codes.UNAVAILABLE)

    with pytest.raises(CodedError):
        await kept.of("LUNA-USDC", away)
    assert (await kept.of("LUNA-USDC", Market().read)).facts.price == "1"
