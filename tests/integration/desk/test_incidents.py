"""One incident at a time is told to everybody, and is told on while PostgreSQL is away."""

from __future__ import annotations

import asyncio

import pytest

from cse.audit.models import Actor
from cse.desk.incidents import GOOD_FOR_S, Banner, Incidents
from cse.desk.models import IncidentTexts, NewIncident
from cse.runtime.postgres import Pool
from tests.integration.accounts.conftest import Clock
from tests.integration.desk.conftest import acts
from tests.postgres import Database

pytestmark = pytest.mark.slow

BY = Actor.operator("root")
SLOW = NewIncident("degraded", IncidentTexts("Charts are slow.", "المخططات بطيئة."))
DOWN = NewIncident("outage", IncidentTexts("Orders are not taken."))


async def test_another_one_takes_the_place_of_the_one_before(database: Database, desk_pool: Pool) -> None:
    incidents = Incidents(desk_pool)
    first = await incidents.begin(SLOW, BY)
    second = await incidents.begin(DOWN, BY)
    assert [(one.id, one.ended_at_us is None) for one in await incidents.last()] == [
        (second.id, True),
        (first.id, False),
    ]
    assert await incidents.end(BY)
    assert not await incidents.end(BY)
    assert [(act, details.get("severity")) for act, _, details in acts(database)] == [
        ("incident.begun", "degraded"),
        ("incident.ended", None),
        ("incident.begun", "outage"),
        ("incident.ended", None),
    ]


async def test_of_many_begun_at_once_one_goes_on(desk_pool: Pool) -> None:
    incidents = Incidents(desk_pool)
    await asyncio.gather(*(incidents.begin(DOWN, BY) for _ in range(8)))
    assert [one.ended_at_us is None for one in await incidents.last()].count(True) == 1


async def test_what_is_told_is_read_at_most_once_a_second(desk_pool: Pool) -> None:
    clock, incidents = Clock(), Incidents(desk_pool)
    banner = Banner(desk_pool, clock)
    assert await banner.current() is None
    begun = await incidents.begin(SLOW, BY)
    assert await banner.current() is None
    clock.now_s += GOOD_FOR_S
    assert await banner.current() == begun
    assert await banner.last() == await incidents.last() == [begun]
    assert begun.texts == {"en": "Charts are slow.", "ar": "المخططات بطيئة."}


async def test_what_was_known_is_told_while_postgresql_is_away(desk_pool: Pool) -> None:
    clock = Clock()
    banner = Banner(desk_pool, clock)
    begun = await Incidents(desk_pool).begin(DOWN, BY)
    assert await banner.current() == begun
    await desk_pool.close()
    clock.now_s += GOOD_FOR_S
    assert await banner.current() == begun
