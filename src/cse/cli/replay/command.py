"""`./cse replay`: arguments, preparation, run and report."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from itertools import islice
from pathlib import Path

from cse.cli.replay import operator
from cse.cli.replay.connection import Connection, ConnectionLost
from cse.cli.replay.report import Progress, as_object, as_table, differences
from cse.cli.replay.runner import Runner
from cse.cli.replay.source import BadRecording, read_recording
from cse.cli.replay.trader import RequestRefused, Trader
from cse.demo.book import outcome_of
from cse.demo.flow import Step, generate

_GENERATED_STEPS = 50_000
_BIDDERS_QUOTE = "50000000"
_ASKERS_BASE = "100000"
_INTERRUPTED = 130


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs the command; returns the exit status, 1 where the result is not the one expected."""
    options = _parser().parse_args(arguments)
    try:
        return _replay(options)
    except OSError as error:
        where = f"{error.filename}: " if error.filename else ""
        print(f"cse replay: {where}{error.strerror or error}", file=sys.stderr)
    except (BadRecording, ConnectionLost, RequestRefused, operator.NotDone, ValueError) as error:
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
    parser.add_argument("--url", default="http://127.0.0.1:8000", help="the exchange (%(default)s)")
    parser.add_argument("--data", type=Path, metavar="DIR", help="its data directory")
    parser.add_argument("--json", action="store_true", help="print the result as JSON")
    return parser


def _replay(options: argparse.Namespace) -> int:
    if options.speed is not None and options.speed <= 0:
        raise ValueError("--speed must be above zero")
    if not all(options.market.partition("-")):
        raise ValueError(f"--market is a pair such as BTC-USDC, not {options.market}")
    steps = _steps(options)
    with Connection(options.url) as connection:
        _require_health(connection, options.url)
        if options.create:
            operator.list_market(options.market, options.data)
        expected = outcome_of(steps) if _is_untouched(connection, options.market) else None
        bidder, asker = _funded_persons(connection, options.market, options.data)
        runner = Runner(options.market, bidder, asker)
        interrupted = not _run(runner, steps, options.speed)
        runner.count_open_orders()
    if interrupted:
        expected = None
    if options.json:
        print(json.dumps(as_object(runner.tally, expected), indent=2))
    else:
        print(as_table(runner.tally, expected), end="")
    return _INTERRUPTED if interrupted else int(bool(differences(runner.tally, expected)))


def _run(runner: Runner, steps: Sequence[Step], speed: float | None) -> bool:
    """Whether the flow went through to its end; Ctrl-C ends it early, and what was done is reported."""
    try:
        runner.run(steps, speed, Progress(len(steps), sys.stderr))
    except KeyboardInterrupt:
        return False
    return True


def _steps(options: argparse.Namespace) -> list[Step]:
    if options.file is not None:
        return list(islice(read_recording(options.file), options.count))
    return list(generate(options.generate, options.count or _GENERATED_STEPS))


def _require_health(connection: Connection, url: str) -> None:
    try:
        connection.request("GET", "/api/health")
    except ConnectionLost as error:
        raise ConnectionLost(f"no exchange answers at {url}; ./cse up starts one") from error


def _is_untouched(connection: Connection, market: str) -> bool:
    """Whether the market has neither orders nor trades, so that the flow's result is exact."""
    visitor = Trader(connection, email="")
    book = visitor.get(f"/api/orderbook/{market}?depth=1")
    trades = visitor.get(f"/api/trades?market={market}&limit=1")
    return not (book["bids"] or book["asks"] or trades["items"])


def _funded_persons(connection: Connection, market: str, data: Path | None) -> tuple[Trader, Trader]:
    base, _, quote = market.partition("-")
    bidder = Trader.sign_up(connection, "bids")
    asker = Trader.sign_up(connection, "asks")
    operator.credit(bidder.email, quote, _BIDDERS_QUOTE, data)
    operator.credit(asker.email, base, _ASKERS_BASE, data)
    return bidder, asker
