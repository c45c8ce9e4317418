"""HTTP load: wrk where it is installed, threads of our own client elsewhere; and a steady one."""

from __future__ import annotations

import json
import shutil
import subprocess
import threading
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

from bench.connection import Connection
from cse.cli.replay.report import percentile

_SCRIPT = Path(__file__).parent / "placement.lua"


class Load(NamedTuple):
    """What a load came to."""

    requests: int
    elapsed_s: float
    failed: int
    p50_ms: float
    p99_ms: float


def tool() -> str:
    """What makes the load, for the report."""
    return "wrk" if shutil.which("wrk") else "threads of the replay's client (wrk is not installed)"


def flood(url: str, tokens: Sequence[str], market: str, connections: int, seconds: int) -> Load:
    """Orders as fast as they are answered; even tokens buy and odd ones sell at one price."""
    if shutil.which("wrk"):
        return _wrk(url, tokens, market, connections, seconds)
    return _threads(url, tokens, market, connections, seconds, interval_s=0.0)


def steady(url: str, tokens: Sequence[str], market: str, rate: int, seconds: int) -> Load:
    """Orders at a rate, over four connections."""
    return _threads(url, tokens, market, 4, seconds, interval_s=4 / rate)


def _wrk(url: str, tokens: Sequence[str], market: str, connections: int, seconds: int) -> Load:
    command = ["wrk", "-t1", f"-c{connections}", f"-d{seconds}s", "--latency", "-s", str(_SCRIPT), url]
    done = subprocess.run(
        [*command, "--", market, str(time.time_ns()), *tokens], capture_output=True, text=True, check=True
    )
    figures = json.loads(done.stderr.splitlines()[-1])
    return Load(
        figures["requests"],
        figures["duration_us"] / 1e6,
        figures["failed"],
        figures["p50_us"] / 1e3,
        figures["p99_us"] / 1e3,
    )


def _threads(
    url: str, tokens: Sequence[str], market: str, connections: int, seconds: int, interval_s: float
) -> Load:
    latencies_ns: list[int] = []
    failures: list[int] = []
    started = time.perf_counter()

    def work(number: int) -> None:
        def order(count: int) -> tuple[bytes, str]:
            owner = (number + count * connections) % len(tokens)
            return order_body(market, owner, f"{time.time_ns()}-{number}"), tokens[owner]

        seen, failed = _one_connection(url, order, started + seconds, interval_s)
        latencies_ns.extend(seen)
        failures.append(failed)

    threads = [threading.Thread(target=work, args=(number,)) for number in range(connections)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    latencies_ns.sort()
    return Load(
        len(latencies_ns),
        time.perf_counter() - started,
        sum(failures),
        percentile(latencies_ns, 500) / 1e6,
        percentile(latencies_ns, 990) / 1e6,
    )


def order_body(market: str, owner: int, client_order_id: str) -> bytes:
    side = "sell" if owner % 2 else "buy"
    return (
        f'{{"market":"{market}","side":"{side}","type":"limit","time_in_force":"gtc","price":"250.00",'
        f'"quantity":"0.0100","client_order_id":"{client_order_id}"}}'
    ).encode()


def _one_connection(
    url: str, order: Callable[[int], tuple[bytes, str]], until: float, interval_s: float
) -> tuple[list[int], int]:
    seen: list[int] = []
    failed = 0
    due = time.perf_counter()
    with Connection(url) as connection:
        while (now := time.perf_counter()) < until:
            if now < due:
                time.sleep(due - now)
            due += interval_s
            body, token = order(len(seen))
            started_ns = time.perf_counter_ns()
            response = connection.request("POST", "/api/orders", body, token)
            seen.append(time.perf_counter_ns() - started_ns)
            failed += response.status != 201
    return seen, failed
