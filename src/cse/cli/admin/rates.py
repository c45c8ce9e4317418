"""The lines of `./cse admin rates`: how fast persons, keys and addresses may ask, by tier."""

from __future__ import annotations

import argparse
from typing import Final

from cse.accounts.rates.models import OwnRate
from cse.audit.models import Actor
from cse.cli.admin.operator import Operator, login
from cse.domain.limits import FEE_TIER_MAX
from cse.domain.rates import BOUNDS

_TIER: Final = "0 is for all that have none of their own"


def add_rates(parser: argparse.ArgumentParser, where: argparse.ArgumentParser) -> None:
    """Adds the lines of `rates`."""
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    actions.add_parser("show", parents=[where], help="which rates tiers have of their own")
    change = actions.add_parser("set", parents=[where], help="set a rate of a tier, within its bounds")
    unset = actions.add_parser("unset", parents=[where], help="leave a tier the rate of tier 0")
    for changed in (change, unset):
        changed.add_argument("limit", choices=tuple(BOUNDS))
        changed.add_argument("--reason", required=True, help="why, for operators")
    tiers = range(FEE_TIER_MAX + 1)
    change.add_argument("--tier", type=int, choices=tiers, default=0, help=_TIER)
    change.add_argument("--at-once", type=int, required=True, help="how many a full bucket holds")
    change.add_argument("--per-second", type=int, required=True, help="how fast it fills")
    unset.add_argument("--tier", type=int, choices=tiers[1:], required=True)


async def show_rates(operator: Operator, _: argparse.Namespace) -> str:
    """Says which rates tiers have of their own."""
    async with operator.rates() as rates:
        return "\n".join(map(_words, await rates.all()))


async def set_rate(operator: Operator, options: argparse.Namespace) -> str:
    """Sets a rate of a tier."""
    async with operator.rates() as rates:
        await rates.set(
            options.tier,
            options.limit,
            options.at_once,
            options.per_second,
            Actor.operator(login()),
            options.reason,
        )
    return (
        f"Tier {options.tier} has {options.limit}: {options.at_once} at once, {options.per_second} a second."
    )


async def unset_rate(operator: Operator, options: argparse.Namespace) -> str:
    """Leaves a tier the rate of tier 0."""
    async with operator.rates() as rates:
        await rates.unset(options.tier, options.limit, Actor.operator(login()), options.reason)
    return f"Tier {options.tier} has the {options.limit} of tier 0."


def _words(own: OwnRate) -> str:
    rate = own.rate
    return f"tier {own.tier} {rate.name}: {rate.at_once} at once, {rate.per_second} a second"
