"""The trade page in a real browser, before a market that moves: what it draws, renders and keeps.

Exchange, load and browser share the cores, so frames are held against the same page's before a market that
stands still, in the same run.
"""

from __future__ import annotations

import asyncio
import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from playwright.sync_api import CDPSession, Page

from bench.busy_market import READ, RESET, START, BusyMarket, Counts, Pace
from bench.connection import Connection
from bench.report import Report
from bench.service import exchange
from cse.cli.shots.browser import DESKTOP, chromium, window

MARKET: Final = "NOVA-USDC"
# Each trade moves the book as well.
PACE: Final = Pace(quotes_per_s=30, trades_per_s=20)
ROUND_S: Final = 30.0
IDLE_ROUNDS: Final = 2
# A page has what it keeps after the first minute.
SETTLED_S: Final = 60.0
FRAMES_PER_S: Final = 60.0
MEGABYTE: Final = 1_000_000
TYPED: Final = "0.9512"
TYPED_EVERY_MS: Final = 150


def run(minutes: float = 1.0) -> None:
    """Looks at the page for so many minutes."""
    report = Report(
        "page",
        f"the trade page of {PACE.quotes_per_s + PACE.trades_per_s:.0f} book updates and "
        f"{PACE.trades_per_s:.0f} trades a second for {minutes:g} min, {ROUND_S:.0f} s a round",
    )
    rounds = max(2, round(minutes * 60 / ROUND_S))
    with exchange(demo=True, pages=True) as (_, url):
        # Before the browser, whose loop is in the way of another one.
        asyncio.run(_prepared(url))
        with chromium() as browser, window(browser, url, DESKTOP) as context:
            context.add_init_script(START)
            page = context.new_page()
            page.goto(f"/en/trade/{MARKET}")
            page.wait_for_function("() => performance.getEntriesByName('cse.late').length > 0")
            _measure(report, page, url, rounds)
    report.notes.append("exchange, load and browser share the cores; no graphics card draws")
    report.notes.append("a hidden page is not looked at: this browser has no window to hide")
    report.finish()


async def _prepared(url: str) -> None:
    market = BusyMarket(url, MARKET)
    try:
        await market.prepare()
    finally:
        await market.close()


def _measure(report: Report, page: Page, url: str, rounds: int) -> None:
    memory = Memory(page)
    typing = _typed_into(page)
    idle = [_round(page) for _ in range(IDLE_ROUNDS)]
    busy: list[Counts] = []
    kept: list[tuple[float, float]] = []
    with _busy(url, rounds * ROUND_S) as updates:
        began = time.monotonic()
        for _ in range(rounds):
            busy.append(_round(page))
            if time.monotonic() - began >= SETTLED_S or not kept:
                kept.append(memory.read())
    seconds = time.monotonic() - began
    still = sum(one.frames for one in idle) / len(idle) / ROUND_S
    report.add("frames/s before a market that stands still", [one.frames / ROUND_S for one in idle])
    report.add("frames/s", [one.frames / ROUND_S for one in busy])
    report.add(
        "frames dropped beyond that, points",
        [max(0.0, (still - one.frames / ROUND_S) / FRAMES_PER_S * 100) for one in busy],
    )
    report.add("canvases drawn twice in a frame", [float(len(one.redrawn)) for one in busy])
    report.add("drawings/s, all canvases", [one.drawings / ROUND_S for one in busy])
    report.add("commits of React/s outside the ticket", [one.beside_the_ticket / ROUND_S for one in busy])
    report.add("commits of React/s", [one.commits / ROUND_S for one in busy])
    report.add("messages of the worker/s", [one.messages / ROUND_S for one in busy])
    report.add("long tasks in 30 s", [float(one.long_tasks) for one in busy])
    report.add("commits outside the ticket while typing in it", [float(typing.beside_the_ticket)])
    report.add("DOM nodes gained since the first minute", [abs(kept[-1][0] - kept[0][0])])
    report.add("heap gained since the first minute, MB", [(kept[-1][1] - kept[0][1]) / MEGABYTE])
    report.add("heap at the end, MB", [kept[-1][1] / MEGABYTE])
    report.add("book updates/s", [updates() / seconds])


def _round(page: Page) -> Counts:
    page.evaluate(RESET)
    page.wait_for_timeout(ROUND_S * 1_000)
    return Counts.of(page.evaluate(READ))


def _typed_into(page: Page) -> Counts:
    """A price typed as a person does, before a market that stands still."""
    page.get_by_role("tab", name="Limit", exact=True).click()
    field = page.locator('input[name="price"]')
    field.fill("")
    page.evaluate(RESET)
    field.press_sequentially(TYPED, delay=TYPED_EVERY_MS)
    return Counts.of(page.evaluate(READ))


@contextmanager
def _busy(url: str, seconds: float) -> Iterator[Updates]:
    """Has the market move on a thread of its own, as the browser's loop is in this one's way."""
    failed: list[BaseException] = []
    market = BusyMarket(url, MARKET)

    async def move() -> None:
        try:
            await market.move(PACE, seconds)
        finally:
            await market.close()

    def work() -> None:
        try:
            asyncio.run(move())
        except BaseException as error:
            failed.append(error)

    thread = threading.Thread(target=work)
    updates = Updates(url)
    thread.start()
    yield updates
    thread.join()
    if failed:
        raise failed[0]


class Updates:
    """How often the market's book changed since."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._before = self._sequence()

    def __call__(self) -> int:
        return self._sequence() - self._before

    def _sequence(self) -> int:
        with Connection(self._url) as connection:
            answer = connection.request("GET", f"/api/orderbook/{MARKET}?depth=1")
        return int(json.loads(answer.body)["book_sequence"])


class Memory:
    """What a page holds once what nobody refers to is taken away."""

    def __init__(self, page: Page) -> None:
        self._page = page
        self._browser: CDPSession = page.context.new_cdp_session(page)
        self._browser.send("HeapProfiler.enable")
        self._browser.send("Performance.enable")

    def read(self) -> tuple[float, float]:
        """Nodes of the document, and bytes of the heap."""
        self._browser.send("HeapProfiler.collectGarbage")
        metrics = self._browser.send("Performance.getMetrics")["metrics"]
        heap = next(one["value"] for one in metrics if one["name"] == "JSHeapUsedSize")
        nodes: int = self._page.evaluate("document.querySelectorAll('*').length")
        return float(nodes), float(heap)
