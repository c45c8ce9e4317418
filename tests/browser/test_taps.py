"""From signing up to a first token on a phone: after the deposit eight taps are enough."""

from __future__ import annotations

import re
from typing import Final

from playwright.sync_api import expect

from cse.cli.shots.browser import PHONE
from tests.browser.conftest import MeetOther, OpenPage
from tests.browser.trade_page import TradePage
from tests.browser.visitor import Visitor
from tests.browser.words import words

TAPS_MAX: Final = 8
# Kept over pages; typing is none, a press of the keyboard's own neither.
COUNT: Final = """addEventListener("click", ({isTrusted, detail}) => {
    if (isTrusted && detail > 0) sessionStorage.taps = Number(sessionStorage.taps ?? 0) + 1;
}, true)"""


def test_a_first_token_is_few_taps_away(open_page: OpenPage, meet: MeetOther) -> None:
    page = open_page("/en", PHONE, before=COUNT)
    buy = page.get_by_role("main").get_by_role("button", name=re.compile("^Buy [A-Z]+$"))
    base = buy.inner_text().removeprefix("Buy ")
    market = f"{base}-USDC"
    meet(**{base: "1000"}).limit(market, "sell", "1", "1000")
    page.goto("/en/sign-up")
    fan = Visitor(page)
    fan.sign_up()
    me = meet(email=fan.email)
    me.take(USDC="1000")

    page.goto("/en")
    page.evaluate("sessionStorage.taps = 0")
    buy.tap()
    page.get_by_role("dialog").get_by_role("button", name=words("en", "home.reviewBuy"), exact=True).tap()
    trade = TradePage(page, PHONE, market)
    trade.send_button.tap()
    expect(trade.review).to_be_visible()
    trade.review.get_by_role("button").last.tap()
    trade.expect_toast("Bought")

    taps = int(page.evaluate("sessionStorage.taps"))
    assert 0 < taps <= TAPS_MAX, taps
    (order,) = me.orders(market)
    assert order.status == "filled"
