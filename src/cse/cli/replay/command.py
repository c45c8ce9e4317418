"""`./cse replay`: arguments, preparation, run and report."""

from __future__ import annotations

import argparse
import asyncio
import json
import secrets
import sys
from collections.abc import Sequence
from itertools import islice
from pathlib import Path

import uvloop

from cse.cli.options import add_data, add_url, url_of
from cse.cli.replay import operator
from cse.cli.replay.flow import Step, generate
from cse.cli.replay.measured import Measured
from cse.cli.replay.plain_book import outcome_of
from cse.cli.replay.report import Progress, as_object, as_table, differences
from cse.cli.replay.runner import PATIENCE_S, Runner
from cse.cli.replay.source import BadRecording, read_recording
from cse_client import ClientError, CseClient, DirectTransport, NoAnswer, Patience, Unreachable

_GENERATED_STEPS = 50_000
_BIDDERS_QUOTE = "50000000"
_ASKERS_BASE = "100000"
_INTERRUPTED = 130


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs the command; returns the exit status, 1 where the result is not the one expected."""
    options = _parser().parse_args(arguments)
    try:
        return uvloop.run(_replay(options))
    except OSError as error:
        where = f"{error.filename}: " if error.filename else ""
        print(f"cse replay: {where}{error.strerror or error}", file=sys.stderr)
    except (BadRecording, ClientError, operator.NotDone, ValueError) as error:
        print(f"cse replay: {error}", file=sys.stderr)
    return 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="./cse replay",
        description="Feeds a recorded or generated order flow into a market of a running exchange.",
        epilog="On a market without trades and orders the result is exact and compared.",
    )
    flow = parser.add_mutually_exclusive_group(required=True)
    flow.add_argument("file", nargs="?", type=Path, help="a recorded flow: CSV, or CSV in xz")
    flow.add_argument("--generate", type=int, metavar="SEED", help="generate the flow from a seed")
    parser.add_argument("--market", required=True, metavar="PAIR", help="such as BTC-USDC")
    parser.add_argument(
        "--create", action="store_true", help="add the market first; its two assets must be there"
    )
    parser.add_argument("--count", type=int, metavar="N", help="take the first N steps only")
    parser.add_argument(
        "--speed", type=float, metavar="N", help="N times the recorded pace (as fast as it goes)"
    )
    add_url(parser)
    add_data(parser)
    parser.add_argument("--json", action="store_true", help="print the result as JSON")
    return parser


async def _replay(options: argparse.Namespace) -> int:
    if options.speed is not None and options.speed <= 0:
        raise ValueError("--speed must be above zero")
    if not all(options.market.partition("-")):
        raise ValueError(f"--market is a pair such as BTC-USDC, not {options.market}")
    steps = _steps(options)
    url = url_of(options)
    # One connection, so that requests are carried out in the order in which they are sent.
    measured = Measured(DirectTransport(url, connections_max=1))
    visitor = CseClient(url, transport=measured)
    await _require_health(url, measured)
    if options.create:
        await asyncio.to_thread(operator.list_market, options.market, options.data)
    expected = outcome_of(steps) if await _is_untouched(visitor, options.market) else None
    runner = Runner(options.market, *await _funded_persons(options, measured), measured)
    interrupted = not await _run(runner, steps, options.speed)
    await runner.count_open_orders()
    await measured.close()
    if interrupted:
        expected = None
    if options.json:
        print(json.dumps(as_object(runner.tally, expected), indent=2))
    else:
        print(as_table(runner.tally, expected), end="")
    return _INTERRUPTED if interrupted else int(bool(differences(runner.tally, expected)))


async def _run(runner: Runner, steps: Sequence[Step], speed: float | None) -> bool:
    """Whether the flow went through to its end; Ctrl-C ends it early, and what was done is reported."""
    try:
        await runner.run(steps, speed, Progress(len(steps), sys.stderr))
    except asyncio.CancelledError:
        this = asyncio.current_task()
        assert this is not None
        this.uncancel()
        return False
    return True


def _steps(options: argparse.Namespace) -> list[Step]:
    if options.file is not None:
        return list(islice(read_recording(options.file), options.count))
    return list(generate(options.generate, options.count or _GENERATED_STEPS))


async def _require_health(url: str, measured: Measured) -> None:
    """One that is there and not ready yet is waited for later."""
    hasty = CseClient(url, transport=measured, patience=Patience(patience_s=0))
    try:
        await hasty.health()
    except Unreachable as error:
        raise Unreachable(f"no exchange answers at {url}; ./cse up starts one") from error
    except NoAnswer:
        pass


async def _is_untouched(visitor: CseClient, market: str) -> bool:
    """Whether the market has neither orders nor trades, so that the flow's result is exact."""
    book = await visitor.order_book(market, depth=1)
    trades = await visitor.trades(market, limit=1)
    return not (book.bids or book.asks or trades.items)


async def _funded_persons(options: argparse.Namespace, measured: Measured) -> tuple[CseClient, CseClient]:
    base, _, quote = options.market.partition("-")
    bidder = await _funded(options, measured, "bids", quote, _BIDDERS_QUOTE)
    return bidder, await _funded(options, measured, "asks", base, _ASKERS_BASE)


async def _funded(
    options: argparse.Namespace, measured: Measured, role: str, asset: str, amount: str
) -> CseClient:
    """Somebody with an amount of an asset, whose password is made up and forgotten with the replay."""
    person = CseClient(url_of(options), transport=measured, patience=Patience(patience_s=PATIENCE_S))
    email = f"{role}-{secrets.token_hex(6)}@replay.example.com"
    await person.sign_up(email, secrets.token_urlsafe(24), f"Replay, {role}")
    await asyncio.to_thread(operator.credit, email, asset, amount, options.data)
    return person
