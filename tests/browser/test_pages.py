"""Every page by its address: in both sizes, in each of its states, within its budgets, without a fault."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

import pytest
from playwright.sync_api import expect

from cse.cli.shots.browser import DESKTOP, PHONE, Faults, Size
from cse.cli.shots.command import settle
from cse.cli.shots.pages import PAGES, PageShot
from tests.browser.accessibility import serious_findings
from tests.browser.conftest import MeetOther, OpenPage
from tests.exchange import RunningExchange

REQUESTS_MAX: Final = 30
SHIFT_MAX: Final = 0.02
SHIFTS: Final = """() => new Promise((resolve) => {
    const shifts = [];
    const moved = (source) => `${source.node?.nodeName}.${source.node?.className}`;
    new PerformanceObserver((list) => {
        for (const entry of list.getEntries())
            if (!entry.hadRecentInput) shifts.push([entry.value, entry.sources.map(moved).join(" ")]);
    }).observe({type: "layout-shift", buffered: true});
    setTimeout(() => resolve(shifts), 100);
})"""
WAITING: Final = "[aria-busy=true]:not(button)"
# The document itself is one as well. What comes once the page rests is no part of its first view.
REQUESTS: Final = """() => performance.getEntriesByType("resource")
    .filter(({startTime}) => !(startTime >= performance.getEntriesByName("cse.rests")[0]?.startTime))
    .map((entry) => entry.name)"""


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=lambda size: size.name)
@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_a_page_keeps_its_budgets_and_keeps_nobody_out(
    open_page: OpenPage, faults: Faults, page: PageShot, size: Size
) -> None:
    if page.name == "lost":
        faults.allow("404")
    opened = open_page(f"/en{page.path}", size)
    opened.get_by_role("main").wait_for()
    settle(opened)
    html = opened.locator("html")
    assert (html.get_attribute("dir"), html.get_attribute("lang")) == ("ltr", "en")
    assert opened.evaluate("document.documentElement.scrollWidth") <= size.width
    assert opened.get_by_role("heading", level=1).count() == 1
    shifts = opened.evaluate(SHIFTS)
    assert sum(value for value, _ in shifts) < SHIFT_MAX, shifts
    requests = opened.evaluate(REQUESTS)
    assert len(requests) < REQUESTS_MAX, requests
    assert serious_findings(opened) == []


def test_pages_say_that_the_exchange_is_away_and_come_back(
    site: RunningExchange, open_page: OpenPage, faults: Faults
) -> None:
    faults.allow("Failed to load resource")
    pages = [page for page in PAGES if page.fetches and page.name != "lost"]
    with edges_away(site):
        opened = [open_page(f"/en{page.path}") for page in pages]
        for page in opened:
            alert = page.get_by_role("alert").filter(has=page.get_by_role("button", name="Try again"))
            expect(alert).to_be_visible()
            expect(alert).to_contain_text("ref request:")
    for page in opened:
        page.get_by_role("button", name="Try again").click()
        expect(page.get_by_role("button", name="Try again")).to_have_count(0)


def test_pages_keep_room_for_what_is_on_its_way(site: RunningExchange, open_page: OpenPage) -> None:
    """Skeletons of the final size, and no figure that nobody knows."""
    live = [page for page in PAGES if page.live]
    with site.stopped("edge"):
        opened = [open_page(f"/en{page.path}") for page in live]
        for page in opened:
            expect(page.locator(WAITING).first).to_be_visible()
            assert not page.get_by_role("main").get_by_text("0.00").count()
    for page in opened:
        expect(page.locator(WAITING)).to_have_count(0)
        shifts = page.evaluate(SHIFTS)
        assert sum(value for value, _ in shifts) < SHIFT_MAX, shifts


@contextmanager
def edges_away(site: RunningExchange) -> Iterator[None]:
    """While it lasts, nobody answers behind the gateway."""
    aside = site.edges_socket.with_suffix(".aside")
    site.edges_socket.rename(aside)
    try:
        # Connections that the gateway has open already lead to these.
        site.restart("edge")
        yield
    finally:
        aside.rename(site.edges_socket)


EMPTY: Final = (
    ("/trade/LAB-USDC", None, ("No trade yet", "No open orders in LAB/USDC")),
    ("/trade/LAB-USDC", "Book", ("Nobody sells here now", "Nobody buys here now")),
    ("/trade/NOPE-USDC", None, ("There is no market NOPE-USDC", "See all markets")),
    ("/portfolio", None, ("Nothing here yet", "Get play money")),
    ("/portfolio?tab=orders", None, ("No open orders",)),
    ("/portfolio?tab=fills", None, ("No fills yet",)),
    ("/markets?q=nothing-like-it", None, ("No market matches", "Show all markets")),
)
"""Address, the tab to turn to on a phone, and what is said there."""


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=lambda size: size.name)
def test_where_nothing_is_yet_a_page_says_what_to_do(
    open_page: OpenPage, meet: MeetOther, size: Size
) -> None:
    page = open_page("/en", size, person=meet())
    for path, tab, sentences in EMPTY:
        page.goto(f"/en{path}")
        if tab and size.phone:
            page.get_by_role("tab", name=tab, exact=True).click()
        for sentence in sentences:
            expect(page.get_by_role("main").get_by_text(sentence).first).to_be_visible()
