"""The command line of `./cse admin`."""

from __future__ import annotations

import argparse
import asyncio
import sys
from collections.abc import Callable, Sequence
from typing import Final, get_args

import psycopg
from psycopg_pool import PoolTimeout

from cse.accounts.mail.catalogue.words import FreezeClass
from cse.cli.admin.actions import ACTIONS
from cse.cli.admin.audit import add_audit, audit
from cse.cli.admin.history import add_history
from cse.cli.admin.incidents import add_incidents, incidents
from cse.cli.admin.jobs import add_jobs
from cse.cli.admin.operator import Line, NotRunning, Refused, operating
from cse.cli.admin.operators import add_operators, operators
from cse.cli.admin.organisations import add_organisations
from cse.cli.admin.overview import add_overview
from cse.cli.admin.people import add_looks
from cse.cli.admin.rates import add_rates
from cse.cli.admin.requests import add_requests
from cse.cli.admin.risk import add_flags, add_risk
from cse.cli.admin.verification import add_verification
from cse.cli.options import add_data, configuration_of
from cse.domain.errors import CodedError
from cse.domain.limits import DECIMALS_MAX, FEE_PPM_MAX, FEE_TIER_MAX, INTERRUPTION_S_MAX, PPM
from cse.engine.message import Malformed
from cse.engine.models import EngineError
from cse.runtime.outbox import NotAnswered, handed_on
from cse.runtime.postgres_server import PostgresFailed

_STATUS_HELP: Final = {
    "halt": "take no orders; cancels are taken",
    "open": "take orders; those of an auction trade first",
    "auction": "collect orders, which trade at one price when it ends",
    "cancel-only": "take no orders, because those that rest are to go",
    "delist": "close it for good, when no order is open",
}
_BAND_HELP: Final = "how far from the last price orders trade, in parts per million; 0 is any distance"
# Ten years.
_HOURS_MAX = 87_600
_NOT_SAID: Final = frozenset({"subject", "action", "data"})

# Lines that need no exchange that runs.
_OF_POSTGRES: Final = {"operator": operators, "incident": incidents}

FAILURES = (
    NotRunning, Refused, CodedError, NotAnswered, EngineError, Malformed, psycopg.Error, PoolTimeout,
    PostgresFailed,
)  # fmt: skip


def main(arguments: Sequence[str]) -> int:
    """Runs one line; 0 once it took effect."""
    options = _parser().parse_args(arguments)
    try:
        if options.subject == "audit":
            audit(configuration_of(options), options, line_of(options))
        elif options.subject in _OF_POSTGRES:
            print(_OF_POSTGRES[options.subject](configuration_of(options), options))
        else:
            print(asyncio.run(_carry_out(options)))
    except FAILURES as failure:
        print(f"cse admin: {failure}", file=sys.stderr)
        return 1
    return 0


async def _carry_out(options: argparse.Namespace) -> str:
    action = ACTIONS[options.subject, options.action]
    try:
        async with operating(configuration_of(options), line_of(options)) as operator:
            return await action(operator, options)
    except (EngineError, psycopg.OperationalError) as failure:
        if handed_on():
            raise NotAnswered(f"{failure}; the command is recorded, and may take effect") from failure
        raise


def line_of(options: argparse.Namespace) -> Line:
    """What is recorded of a line: subject and action, and what was said beside that."""
    said = {name: value for name, value in vars(options).items() if name not in _NOT_SAID}
    arguments = " ".join(f"{name}={value}" for name, value in sorted(said.items()) if value is not None)
    return Line(f"{options.subject} {options.action}".rstrip(), arguments)


def _parser() -> argparse.ArgumentParser:
    where = argparse.ArgumentParser(add_help=False)
    add_data(where)
    parser = argparse.ArgumentParser(prog="./cse admin", description="Operates a running exchange.")
    subjects = parser.add_subparsers(dest="subject", required=True, metavar="SUBJECT")
    _add_assets(subjects.add_parser("asset", help="add an asset"), where)
    _add_markets(subjects.add_parser("market", help="add a market, change its status and its rules"), where)
    _add_accounts(
        subjects.add_parser("account", help="find people, freeze or unfreeze one, set their fee tier"), where
    )
    add_organisations(subjects.add_parser("organisation", help="freeze or unfreeze an organisation"), where)
    add_operators(subjects.add_parser("operator", help="who operates the exchange"), where)
    add_audit(subjects.add_parser("audit", help="search the audit log, write it out, see its seal"), where)
    add_incidents(subjects.add_parser("incident", help="tell everybody what is wrong"), where)
    add_overview(subjects.add_parser("overview", parents=[where], help="how services are, and what waits"))
    add_requests(subjects.add_parser("request", help="decide about what takes two operators"), where)
    add_verification(subjects.add_parser("verification", help="decide about who asks to be verified"), where)
    add_jobs(subjects.add_parser("job", help="what waits to be done, and what has failed"), where)
    add_history(subjects.add_parser("history", parents=[where], help="every setting that was changed"))
    add_risk(subjects.add_parser("risk", help="limit what accounts of a tier may ask for"), where)
    add_flags(subjects.add_parser("flags", parents=[where], help="what was told of accounts"))
    add_rates(subjects.add_parser("rates", help="how fast persons and keys of a tier may ask"), where)
    credit = subjects.add_parser("credit", parents=[where], help="give a person money from outside")
    credit.set_defaults(action="")
    credit.add_argument("email")
    credit.add_argument("asset", metavar="ASSET")
    credit.add_argument("amount")
    rebuild = subjects.add_parser(
        "rebuild-projection", parents=[where], help="make the ledger's rows anew from the event log"
    )
    rebuild.set_defaults(action="")
    return parser


def _add_assets(parser: argparse.ArgumentParser, where: argparse.ArgumentParser) -> None:
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    create = actions.add_parser("create", parents=[where], help="add an asset")
    create.add_argument("symbol")
    create.add_argument("--decimals", type=_between(0, DECIMALS_MAX), required=True)


def _add_markets(parser: argparse.ArgumentParser, where: argparse.ArgumentParser) -> None:
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    show = actions.add_parser("show", parents=[where], help="its rules, rates and status")
    show.add_argument("market", metavar="PAIR", type=str.upper, nargs="?", help="all where none is named")
    create = actions.add_parser("create", parents=[where], help="add a market")
    create.add_argument("market", metavar="PAIR", type=str.upper, help="such as BTC-USDC")
    create.add_argument("--tick", required=True, help="the smallest step of a price, in quote")
    create.add_argument("--lot", required=True, help="the smallest step of a quantity, in base")
    create.add_argument("--min-notional", default="0", help="the least an order is worth, in quote")
    create.add_argument("--max-quantity", help="the largest order, in base (as large as it goes)")
    fee = _between(-FEE_PPM_MAX, FEE_PPM_MAX)
    create.add_argument("--maker-fee-ppm", type=fee, default=1000, help="parts per million (%(default)s)")
    create.add_argument("--taker-fee-ppm", type=fee, default=2000, help="parts per million (%(default)s)")
    create.add_argument(
        "--max-open-orders", type=_between(0, 2**32 - 1), default=0, help="of an account; 0 is no cap"
    )
    create.add_argument("--created", action="store_true", help="take no orders until it is opened")
    create.add_argument("--price-band-ppm", type=_between(0, PPM - 1), default=0, help=_BAND_HELP)
    for action, summary in _STATUS_HELP.items():
        status = actions.add_parser(action, parents=[where], help=summary)
        status.add_argument("market", metavar="PAIR", type=str.upper)
        if action == "auction":
            status.add_argument("--until", metavar="TIME", help="when it ends, such as 2030-01-01T00:00:00Z")
    summary = "cancel all its open orders"
    actions.add_parser("cancel-orders", parents=[where], help=summary).add_argument(
        "market", metavar="PAIR", type=str.upper
    )
    _add_limits(actions.add_parser("limits", parents=[where], help="change what orders may be"))
    _add_band(actions.add_parser("band", parents=[where], help="change the bounds of its price"))
    fees = actions.add_parser("fees", parents=[where], help="rates of orders from now on")
    promotion = actions.add_parser("promotion", parents=[where], help="lower rates for a time")
    promotion.add_argument("promotion", choices=("begin", "end"))
    for changed in (fees, promotion):
        changed.add_argument("market", metavar="PAIR", type=str.upper)
        required = changed is fees
        changed.add_argument(
            "--maker-fee-ppm", type=fee, required=required, default=0, help="parts per million"
        )
        changed.add_argument(
            "--taker-fee-ppm", type=fee, required=required, default=0, help="parts per million"
        )
    fees.add_argument("--tier", type=_between(0, FEE_TIER_MAX), default=0, help="0 is for all that have none")
    promotion.add_argument("--hours", type=_hours, default=24.0, help="how long (%(default)s)")
    summary = "whether accounts of one owner may trade with each other"
    self_trades = actions.add_parser("self-trades", parents=[where], help=summary)
    self_trades.add_argument("self_trades", choices=("allow", "prevent"))
    self_trades.add_argument("market", metavar="PAIR", type=str.upper)


def _add_limits(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("market", metavar="PAIR", type=str.upper)
    parser.add_argument("--min-notional", help="the least an order is worth, in quote; 0 is none")
    parser.add_argument("--max-notional", help="the most an order is worth, in quote; 0 is no bound")
    parser.add_argument("--min-quantity", help="the smallest order, in base; 0 is none")
    parser.add_argument("--max-quantity", help="the largest order, in base")
    parser.add_argument("--tick", help="the step of prices, a multiple of the one listed")
    parser.add_argument("--lot", help="the step of quantities, a multiple of the one listed")
    parser.add_argument("--max-open-orders", type=_between(0, 2**32 - 1), help="of an account; 0 is no cap")


def _add_band(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("market", metavar="PAIR", type=str.upper)
    parser.add_argument("--price-band-ppm", type=_between(0, PPM - 1), help=_BAND_HELP)
    parser.add_argument(
        "--reference-price", help="stands for the last price before the first trade; 0 is none"
    )
    move = "a move by more than this begins an auction, in parts per million, with the next two; 0 is none"
    parser.add_argument("--interruption-ppm", type=_between(0, PPM - 1), help=move)
    window = "from the first trade within so many seconds"
    parser.add_argument("--interruption-window-s", type=_between(0, INTERRUPTION_S_MAX), help=window)
    length = "how long that auction lasts, in seconds"
    parser.add_argument("--interruption-auction-s", type=_between(0, INTERRUPTION_S_MAX), help=length)


def _add_accounts(parser: argparse.ArgumentParser, where: argparse.ArgumentParser) -> None:
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    add_looks(actions, where)
    freeze = actions.add_parser("freeze", parents=[where], help="no sign-in, no orders, no payments")
    unfreeze = actions.add_parser("unfreeze", parents=[where], help="as before")
    for changed in (freeze, unfreeze):
        changed.add_argument("email")
        changed.add_argument("--reason", required=True, help="why, for operators")
    freeze.add_argument(
        "--told",
        choices=get_args(FreezeClass),
        default="review",
        help="what the person is told (%(default)s)",
    )
    freeze.add_argument("--keep-orders", action="store_true", help="open orders are not cancelled")
    tier = actions.add_parser("tier", parents=[where], help="put all of a person's accounts into a fee tier")
    tier.add_argument("email")
    tier.add_argument("tier", type=_between(0, FEE_TIER_MAX))


def _hours(text: str) -> float:
    hours = float(text)
    if not 0 < hours <= _HOURS_MAX:
        raise argparse.ArgumentTypeError(f"{text} is not above 0 and at most {_HOURS_MAX}")
    return hours


def _between(lowest: int, highest: int) -> Callable[[str], int]:
    def number(text: str) -> int:
        found = int(text)
        if not lowest <= found <= highest:
            raise argparse.ArgumentTypeError(f"{text} is not between {lowest} and {highest}")
        return found

    return number
