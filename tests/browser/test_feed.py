"""The feed is lost and comes back: nothing old is shown as new, and the book is whole again."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import Decimal

import pytest
from playwright.sync_api import expect

from cse.cli.shots.browser import DESKTOP, PHONE, Faults, Size
from cse.cli.shots.line import Line
from cse.cli.shots.pages import PAGES
from tests.browser.conftest import MeetOther, OpenPage
from tests.browser.others import Other
from tests.browser.trade_page import SIDES, TradePage
from tests.exchange import RunningExchange

MARKET = "KIKO-USDC"
Levels = dict[str, list[tuple[Decimal, Decimal]]]


@pytest.fixture
def line(site: RunningExchange) -> Iterator[Line]:
    """The way from the browser to the exchange."""
    with Line(site.port) as line:
        yield line


@pytest.fixture
def maker(meet: MeetOther) -> Other:
    """One who has made a book of five levels a side."""
    maker = meet(USDC="100000", KIKO="1000000")
    for step in range(5):
        maker.limit(MARKET, "sell", f"0.00{510 + step}", f"{1000 + step}")
        maker.limit(MARKET, "buy", f"0.00{500 - step}", f"{2000 + step}")
    return maker


@pytest.mark.parametrize(
    ("way", "size"),
    [("line cut", DESKTOP), ("line cut", PHONE), ("streams killed", DESKTOP), ("gateway killed", DESKTOP)],
    ids=lambda value: getattr(value, "name", value),
)
def test_a_lost_feed_is_said_and_made_up_for(
    site: RunningExchange,
    open_page: OpenPage,
    faults: Faults,
    meet: MeetOther,
    maker: Other,
    line: Line,
    way: str,
    size: Size,
) -> None:
    faults.allow("WebSocket")
    faults.allow("Failed to load resource")
    me = meet(USDC="1000")
    trade = TradePage(open_page(f"/en/trade/{MARKET}", size, person=me, url=line.url), size, MARKET)
    trade.show_book()
    expect_book(trade, maker)
    expect(trade.banner).not_to_be_visible()

    # A line that is lost before takes with it what was still to come over it.
    trade.page.wait_for_function("() => performance.getEntriesByName('cse.late').length > 0")
    trade.watch()
    back = lose(way, site, line)
    move_the_book(maker)
    if way == "line cut":
        expect(trade.banner).to_be_visible()
        expect_caution(trade)
    back()

    expect(trade.banner).not_to_be_visible(timeout=60_000)
    expect_book(trade, maker)
    # A process that is back in half a second has the connection alone say so.
    assert "Prices may be old" in trade.said or "Reconnecting (" in trade.said


def test_a_silent_line_is_noticed_on_every_live_page(
    open_page: OpenPage, faults: Faults, meet: MeetOther, maker: Other, line: Line
) -> None:
    """No close ever arrives: pages keep what they show and say its age; no market order can be sent."""
    faults.allow("WebSocket")
    faults.allow("Failed to load resource")
    page = open_page(f"/en/trade/{MARKET}", person=meet(USDC="1000"), url=line.url)
    trade = TradePage(page, DESKTOP, MARKET)
    expect_book(trade, maker)
    trade.write_market("buy", "1000")
    expect(trade.send_button).to_be_enabled()
    others = [open_page(f"/en{one.path}", url=line.url) for one in PAGES if one.live and one.name != "trade"]
    for other in others:
        signs = other.get_by_text("Live", exact=True).or_(other.get_by_text("All systems normal"))
        expect(signs.first).to_be_visible()

    line.freeze()
    for silent in (page, *others):
        expect(silent.get_by_text("Prices may be old").first).to_be_visible(timeout=60_000)
    expect(trade.banner).to_contain_text("Market orders are off")
    expect(trade.send_button).to_be_disabled()

    line.restore()
    for heard in (page, *others):
        expect(heard.get_by_text("Prices may be old")).to_have_count(0, timeout=60_000)
    expect(trade.send_button).to_be_enabled()
    expect_book(trade, maker)


def lose(way: str, site: RunningExchange, line: Line) -> Callable[[], None]:
    """Takes the feed away; what is returned waits until it could be had again."""
    if way == "line cut":
        line.cut()
        return line.restore
    killed = site.kill_all({"streams killed": "streams", "gateway killed": "gateway"}[way])
    return lambda: site.wait_all_restarted(killed)


def move_the_book(maker: Other) -> None:
    """Takes a level away, makes one smaller and one anew on each side."""
    best = {("sell", Decimal("0.0051")), ("buy", Decimal("0.005"))}
    for order in maker.orders(MARKET, "open"):
        if (order.side, Decimal(str(order.price))) in best:
            maker.cancel(order)
    maker.limit(MARKET, "sell", "0.00509", "777")
    maker.limit(MARKET, "buy", "0.00501", "888")
    maker.limit(MARKET, "buy", "0.00498", "999")


def expect_caution(trade: TradePage) -> None:
    """No market order can be sent; a limit order asks because prices may be old."""
    trade.write_market("buy", "1000")
    expect(trade.send_button).to_be_disabled()
    expect(trade.ticket).to_contain_text("Market orders are off while prices may be old")
    trade.write_limit("buy", "0.00490", "1000")
    expect(trade.send_button).to_be_enabled()
    trade.send_button.click()
    expect(trade.review).to_contain_text("Prices may be old")
    trade.review.get_by_role("button", name="Change it").click()
    if trade.phone:
        trade.page.keyboard.press("Escape")
        expect(trade.ticket).not_to_be_visible()


def expect_book(trade: TradePage, other: Other) -> None:
    """The rows on the page are those of the API at the same sequence of the book."""
    trade.until(lambda: bool(trade.levels()["bid"]), "a book")

    def is_same() -> bool:
        before = other.book(MARKET)
        shown = trade.levels()
        theirs: Levels = {
            side: [(Decimal(price), Decimal(size)) for price, size in levels]
            for side, levels in (("bid", before.bids), ("ask", before.asks))
        }
        same = all(shown[side] == theirs[side][: len(shown[side])] for side in SIDES)
        full = all(len(shown[side]) >= min(5, len(theirs[side])) for side in SIDES)
        return same and full and other.book(MARKET).book_sequence == before.book_sequence

    trade.until(is_same, "the book as the API has it")
