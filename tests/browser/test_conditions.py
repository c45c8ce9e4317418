"""Where the app is used is not always a good place: a clock that is wrong, a line that is slow."""

from __future__ import annotations

import re
from typing import Final

import pytest
from playwright.sync_api import Route, expect

from cse.cli.shots.browser import DESKTOP, PHONE
from tests.browser.conftest import MeetOther, OpenPage
from tests.browser.trade_page import TradePage

MARKET: Final = "NOVA-USDC"
# The clock of a page or of its worker, off by so many milliseconds.
WRONG: Final = """if (!self.clockIsWrong) {
    self.clockIsWrong = true;
    const Own = Date;
    self.Date = class extends Own {
        constructor(...given) { given.length ? super(...given) : super(Own.now() + OFF_MS); }
        static now() { return Own.now() + OFF_MS; }
    };
}
"""
# All but the first of the worker, which learns from its address what to load.
SCRIPTS: Final = re.compile(r"/chunks/(?!turbopack-worker)[^/]*\.js")
HOUR_MS: Final = 3_600_000


@pytest.mark.parametrize(
    "off_ms",
    [
        pytest.param(3 * HOUR_MS, id="ahead"),
        pytest.param(-26 * HOUR_MS, id="behind", marks=pytest.mark.long),
    ],
)
def test_a_wrong_clock_is_said_and_does_no_harm(open_page: OpenPage, meet: MeetOther, off_ms: int) -> None:
    """Nothing live is taken for old, and an order goes through as by any other clock."""
    wrong = WRONG.replace("OFF_MS", str(off_ms))

    def with_wrong_clock(route: Route) -> None:
        answer = route.fetch()
        route.fulfill(response=answer, body=wrong + answer.text())

    me = meet(USDC="1000")
    meet(NOVA="100").limit(MARKET, "sell", "1.2000", "50")
    page = open_page("/en/status", DESKTOP, person=me, before=wrong)
    page.route(SCRIPTS, with_wrong_clock)
    page.goto(f"/en/trade/{MARKET}")
    trade = TradePage(page, DESKTOP, MARKET)
    trade.until(lambda: bool(trade.levels()["ask"]), "a book")
    expect(page.get_by_role("contentinfo")).to_contain_text("Your clock is off")
    expect(trade.available).to_have_text("1,000.00")
    trade.write_limit("buy", "1.0000", "10")
    trade.send()
    expect(trade.order_row("1.0000")).to_contain_text("Open")
    expect(trade.banner).not_to_be_visible()
    (order,) = me.orders(MARKET, "open")
    trade.cancel(trade.order_row("1.0000"))
    expect(trade.rows).to_have_count(0)
    assert order.quantity == "10"


@pytest.mark.long
def test_a_slow_line_is_waited_for(open_page: OpenPage, meet: MeetOther) -> None:
    """Half a second to the exchange and a little at once: all comes, and an order is sent once."""
    me = meet(USDC="1000")
    meet(NOVA="100").limit(MARKET, "sell", "1.2000", "50")
    page = open_page("/en/status", PHONE, person=me)
    line = page.context.new_cdp_session(page)
    line.send("Network.enable")
    slow = {"offline": False, "latency": 500, "downloadThroughput": 60_000, "uploadThroughput": 30_000}
    line.send("Network.emulateNetworkConditions", slow)
    page.goto(f"/en/trade/{MARKET}", wait_until="commit")
    trade = TradePage(page, PHONE, MARKET)
    expect(trade.last_price).to_be_visible()
    trade.write_limit("buy", "1.0000", "10")
    expect(trade.available).to_have_text("1,000.00")
    trade.send_button.click()
    expect(trade.review).to_be_visible()
    trade.review.get_by_role("button").last.dblclick()
    expect(trade.review).to_have_count(0)
    trade.turn_to("orders")
    expect(trade.order_row("1.0000")).to_contain_text("Open")
    (order,) = me.orders(MARKET, "open")
    assert (order.price, order.quantity) == ("1", "10")
