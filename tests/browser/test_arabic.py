"""The app from right to left: words turn, figures, chart and book do not, and everything can be done."""

from __future__ import annotations

from typing import Final

import pytest
from playwright.sync_api import expect

from cse.cli.shots.browser import DESKTOP, PHONE, Faults, Size
from cse.cli.shots.pages import PAGES
from tests.browser.conftest import MeetOther, OpenPage
from tests.browser.trade_page import TradePage
from tests.browser.visitor import Visitor
from tests.browser.words import words

MARKET: Final = "BTC-USDC"
# What is drawn or counted reads from left to right in every language.
TURNED_FIGURES: Final = """() => [...document.querySelectorAll("canvas, [role=grid], .figure, input[inputmode=decimal]")]
    .filter((element) => element.checkVisibility() && getComputedStyle(element).direction !== "ltr")
    .map((element) => element.outerHTML.slice(0, 200))"""


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=lambda size: size.name)
def test_every_page_is_written_from_right_to_left(open_page: OpenPage, faults: Faults, size: Size) -> None:
    faults.allow("404")
    page = open_page("/ar", size, locale="ar")
    for shot in PAGES:
        page.goto(f"/ar{shot.path}")
        page.get_by_role("main").wait_for()
        html = page.locator("html")
        assert (html.get_attribute("dir"), html.get_attribute("lang")) == ("rtl", "ar"), shot.name
        assert page.evaluate("document.documentElement.scrollWidth") <= size.width, shot.name


def test_what_creators_do_is_said_in_arabic(open_page: OpenPage) -> None:
    page = open_page("/ar/markets", DESKTOP, locale="ar")
    named = say("common.categories.music")
    page.get_by_role("button", name=named, exact=True).click()
    page.wait_for_url("**/ar/markets?category=Music")
    expect(page.get_by_role("button", name=named, exact=True)).to_have_attribute("aria-pressed", "true")


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=lambda size: size.name)
def test_a_first_trade_in_arabic(open_page: OpenPage, meet: MeetOther, size: Size) -> None:
    maker = meet(USDC="1000000", BTC="10")
    maker.limit(MARKET, "sell", "60000", "1")
    maker.limit(MARKET, "buy", "59990", "1")
    page = open_page(f"/ar/trade/{MARKET}", size, locale="ar")
    trade, visitor = TradePage(page, size, MARKET, "ar"), Visitor(page, "ar")
    trade.write_market("buy", "0.01")
    trade.ticket.get_by_role("link", name=say("trade.submit.signUpToBuy")).click()
    visitor.sign_up("مريم")
    page.wait_for_url(f"**{trade.path}")
    trade.open_ticket()
    expect(trade.field("size")).to_have_value("0.01")
    trade.ticket.get_by_role("button", name=say("trade.balances.getMore")).click()
    visitor.take_play_money("5000")
    expect(trade.available).to_have_text("5,000.00")
    trade.send()
    expect(trade.last_price).to_have_text("60,000")

    trade.write_limit("buy", "59900", "0.01")
    trade.send()
    row = trade.order_row("59,900")
    expect(row).to_contain_text(say("own.states.open"))
    assert page.evaluate(TURNED_FIGURES) == []
    trade.cancel(row)
    expect(row).to_have_count(0)
    me = meet(email=visitor.email)
    assert sorted(order.status for order in me.orders(MARKET)) == ["cancelled", "filled"]
    visitor.sign_out(phone=size.phone)
    expect(
        page.get_by_role("main").get_by_role("link", name=say("session.signIn.action")).first
    ).to_be_visible()


def say(name: str) -> str:
    """A message in Arabic."""
    return words("ar", name)
