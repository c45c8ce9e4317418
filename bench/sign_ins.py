"""Two hundred people sign in at the same moment, while others trade on the same edge."""

from __future__ import annotations

from contextlib import closing
from statistics import median

from bench.edge import edge, tokens_of_traders
from bench.http_load import Load, steady
from bench.report import Report
from bench.service import exchange
from bench.sign_in_load import Guests, SignedIn

ROUNDS = 3
GUESTS = 200
RATE = 1_000
SLICE_S = 2
MARKET = "BTC-USDC"


def run() -> None:
    report = Report(
        "sign_ins",
        f"{GUESTS} sign-ins at once on an edge that also gets {RATE:,} orders/s; beside it the orders alone",
    )
    alone, beside, guests_in = [], [], []
    with exchange() as (data, _), edge(data) as (_, url):
        tokens = tokens_of_traders(url, data, MARKET)
        with closing(Guests(url, GUESTS)) as guests:
            for _ in range(ROUNDS):
                alone.append(steady(url, tokens, MARKET, RATE, SLICE_S))
                loads, outcome = _while_they_sign_in(guests, url, tokens)
                beside += loads
                guests_in.append(outcome)
    report.add("orders alone, P50 ms", [load.p50_ms for load in alone])
    report.add("orders alone, P99 ms", [load.p99_ms for load in alone])
    report.add("orders beside, P50 ms", [load.p50_ms for load in beside])
    report.add("orders beside, P99 ms", [load.p99_ms for load in beside])
    report.add(
        "orders beside, times the P50 alone",
        [load.p50_ms / median(quiet.p50_ms for quiet in alone) for load in beside],
    )
    report.add("orders beside, orders/s", [load.requests / load.elapsed_s for load in beside])
    report.add("sign-ins/s", [GUESTS / outcome.elapsed_s for outcome in guests_in])
    report.add("until all are in, s", [outcome.elapsed_s for outcome in guests_in])
    told = sum(outcome.told_to_wait for outcome in guests_in)
    failed = sum(load.failed for load in (*alone, *beside))
    report.notes.append(
        f"{failed:,} orders refused or failed; {told:,} times a person was told to come again"
    )
    report.notes.append("load, edge and all services share the cores")
    report.finish()


def _while_they_sign_in(guests: Guests, url: str, tokens: list[str]) -> tuple[list[Load], SignedIn]:
    """Orders go on in slices until the last is in; a slice that nobody signs in beside is left out."""
    loads = []
    guests.begin()
    while not guests.is_done():
        loads.append(steady(url, tokens, MARKET, RATE, SLICE_S))
    return loads[:-1] or loads, guests.outcome()
