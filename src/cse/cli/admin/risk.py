"""The lines of `./cse admin risk` and `flags`: limits of account tiers, and what was told of accounts."""

from __future__ import annotations

import argparse
from typing import Final

from cse.audit.models import Actor
from cse.cli.admin.operator import Operator, login
from cse.desk.risk.models import FLAGS_MAX, FlagsQuery, FlagView, RiskLimits, RiskValues
from cse.domain.limits import FAR_PPM_LIMIT, FEE_TIER_MAX

_COUNT_MAX: Final = 2**32 - 1
_LIMITS: Final = (
    "max_quantity", "max_notional", "max_notional_per_minute", "max_open_orders", "flag_notional_per_minute",
    "flag_cancels", "flag_cancels_per_fill", "flag_far_orders", "flag_far_ppm", "flag_self_trades",
)  # fmt: skip


def add_risk(parser: argparse.ArgumentParser, where: argparse.ArgumentParser) -> None:
    """Adds the lines of `risk`."""
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    show = actions.add_parser("show", parents=[where], help="which limits tiers have of their own")
    show.add_argument("market", metavar="PAIR", type=str.upper, nargs="?")
    summary = "change limits of a tier; what is not named stays, 0 is none"
    limits = actions.add_parser("set", parents=[where], help=summary)
    limits.add_argument("market", metavar="PAIR", type=str.upper)
    limits.add_argument(
        "--tier", type=int, choices=range(FEE_TIER_MAX + 1), default=0, help="0 is for all that have none"
    )
    limits.add_argument("--max-quantity", help="the largest order, in base")
    limits.add_argument("--max-notional", help="the largest order, in quote")
    limits.add_argument("--max-notional-per-minute", help="what orders may come to, in quote")
    limits.add_argument("--max-open-orders", type=_count, help="of an account")
    limits.add_argument("--flag-notional-per-minute", help="told above that, in quote")
    limits.add_argument("--flag-cancels", type=_count, help="told from so many a minute on")
    limits.add_argument("--flag-cancels-per-fill", type=_count, help="and only above so many times the fills")
    limits.add_argument("--flag-far-orders", type=_count, help="told from so many a minute on")
    limits.add_argument("--flag-far-ppm", type=_far, help="how far that is, of the last price")
    limits.add_argument("--flag-self-trades", type=_count, help="told from so many prevented a minute on")


def add_flags(parser: argparse.ArgumentParser) -> None:
    """Adds the line of `flags`."""
    parser.set_defaults(action="")
    parser.add_argument("--market", metavar="PAIR", type=str.upper)
    parser.add_argument("--account", help="its number")
    parser.add_argument("--limit", type=int, choices=range(1, FLAGS_MAX + 1), default=50, metavar="COUNT")
    parser.add_argument("--cursor", help="goes on where a page before has ended")


async def set_risk(operator: Operator, options: argparse.Namespace) -> str:
    """Sets limits of a tier; what is not named stays."""
    values = {name: getattr(options, name) for name in _LIMITS}
    asked = RiskValues(**values)
    sequence = await operator.carry_out_in_turn(
        lambda: operator.risk.change(options.market, options.tier, asked)
    )
    own = [
        limits
        for limits in await operator.risk.limits(options.market, sequence)
        if limits.tier == options.tier
    ]
    said = _words(own[0]) if own else "none of its own"
    return f"Tier {options.tier} has in {options.market}: {said} (sequence {sequence})."


async def show_risk(operator: Operator, options: argparse.Namespace) -> str:
    """Says which limits tiers have of their own."""
    found = await operator.risk.limits(options.market)
    if not found:
        return "Nothing is limited by tier."
    return "\n".join(f"{limits.market} tier {limits.tier}: {_words(limits)}" for limits in found)


async def list_flags(operator: Operator, options: argparse.Namespace) -> str:
    """Says what was told of accounts, the latest first."""
    sought = FlagsQuery(options.account, options.market, options.limit, options.cursor)
    async with operator.flags() as flags:
        page = await flags.page(Actor.operator(login()), sought)
    lines = [_flag_words(flag) for flag in page.items]
    if page.next_cursor is not None:
        lines.append(f"There is more: --cursor {page.next_cursor}")
    return "\n".join(lines) or "Nothing was told of anybody."


def _words(limits: RiskLimits) -> str:
    set_ones = [(name, getattr(limits, name)) for name in _LIMITS]
    return ", ".join(f"{name} {value}" for name, value in set_ones if value not in (0, "0"))


def _flag_words(flag: FlagView) -> str:
    fills = f" beside {flag.fills} fills" if flag.fills is not None else ""
    return (
        f"{flag.at} account {flag.account} {flag.market} {flag.pattern}: {flag.counted}{fills} in a minute,"
        f" told from {flag.bound} on"
    )


def _count(text: str) -> int:
    return _below(text, _COUNT_MAX + 1)


def _far(text: str) -> int:
    return _below(text, FAR_PPM_LIMIT)


def _below(text: str, limit: int) -> int:
    number = int(text)
    if not 0 <= number < limit:
        raise argparse.ArgumentTypeError(f"{text} is not from 0 to {limit - 1}")
    return number
