"""Which market is pictured open, which in auction and which halted; what none is in, one is put into."""

from __future__ import annotations

import argparse
import asyncio
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Final, Literal, TypeAlias, get_args

import httpx

from cse.cli.admin.command import FAILURES
from cse.cli.admin.markets import set_status
from cse.cli.admin.operator import Line, operating
from cse.cli.options import configuration_of, url_of

Venue: TypeAlias = Literal["open", "auction", "halted"]
Stage: TypeAlias = Mapping[Venue, str]
"""The market of each venue; one that is missing cannot be pictured."""

USUAL: Final = "LUNA-USDC"
QUOTE: Final = "-USDC"
_ACTIONS: Final[Mapping[Venue, str]] = {"open": "open", "auction": "auction", "halted": "halt"}


class NoOpenMarket(RuntimeError):
    """Nothing trades on the exchange, so that nobody can be pictured trading."""


def cast(statuses: Mapping[str, str]) -> tuple[Stage, Stage]:
    """Chooses markets by their statuses: those that are in each venue, and open ones to be put into the rest.

    Raises:
        NoOpenMarket: no market is open.
    """
    traded = [market for market in statuses if market.endswith(QUOTE)]
    free = sorted((market for market in traded if statuses[market] == "open"), key=lambda name: name != USUAL)
    if not free:
        raise NoOpenMarket("no market of the exchange is open")
    found: dict[Venue, str] = {"open": free.pop(0)}
    to_put: dict[Venue, str] = {}
    for venue in get_args(Venue)[1:]:
        there = next((market for market in traded if statuses[market] == venue), None)
        if there is not None:
            found[venue] = there
        elif free:
            to_put[venue] = free.pop()
    return found, to_put


@contextmanager
def stage(options: argparse.Namespace, venues: Collection[Venue]) -> Iterator[Stage]:
    """The markets to picture in these venues, and an open one.

    What was put into another status is opened again at the end. Where the exchange does not run on the
    data directory nothing is changed, and a venue in which no market is is missing.

    Raises:
        NoOpenMarket: no market is open.
    """
    answer = httpx.get(f"{url_of(options)}/api/markets").raise_for_status()
    statuses = {market["market"]: market["status"] for market in answer.json()["items"]}
    found, to_put = cast(statuses)
    put: dict[Venue, str] = {}
    try:
        for venue, market in to_put.items():
            if venue not in venues:
                continue
            if not _carried_out(options, _ACTIONS[venue], [market]):
                break
            put[venue] = market
        yield {**found, **put}
    finally:
        _carried_out(options, "open", list(put.values()))


def _carried_out(options: argparse.Namespace, action: str, markets: Sequence[str]) -> bool:
    """Whether an operator could give these markets a status."""

    async def give() -> None:
        said = Line(f"market {action}", f"market={','.join(markets)} for=shots")
        async with operating(configuration_of(options), said) as operator:
            for market in markets:
                line = argparse.Namespace(action=action, market=market, until=None)
                await set_status(operator, line)

    if not markets:
        return True
    try:
        asyncio.run(give())
    except FAILURES as failure:
        print(f"cse shots: {', '.join(markets)} cannot be pictured otherwise: {failure}")
        return False
    return True
