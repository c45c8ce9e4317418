"""A whole round by keyboard alone: buy, place, amend, cancel, and always see where one is."""

from __future__ import annotations

from playwright.sync_api import expect

from cse.cli.shots.browser import DESKTOP
from tests.browser.conftest import MeetOther, OpenPage
from tests.browser.keyboard import Keyboard
from tests.browser.trade_page import TradePage

MARKET = "TIDE-USDC"


def test_a_day_by_keyboard_alone(open_page: OpenPage, meet: MeetOther) -> None:
    maker = meet(TIDE="1000", USDC="100")
    maker.limit(MARKET, "sell", "0.04200", "1000")
    me = meet(USDC="1000")
    page = open_page(f"/en/trade/{MARKET}", person=me)
    trade, keys = TradePage(page, DESKTOP, MARKET), Keyboard(page)
    expect(trade.available).to_have_text("1,000.00")
    page.wait_for_function("() => performance.getEntriesByName('cse.late').length > 0")

    # To buy what is offered.
    write(trade, keys, price="0.042", size="500")
    send(trade, keys)
    trade.expect_toast("Bought 500.0 TIDE")

    # An order that rests, found in its row and moved there.
    write(trade, keys, price="0.041", size="300")
    send(trade, keys)
    row = trade.order_row("0.04100")
    expect(row).to_contain_text("Open")
    pencil = trade.rows.get_by_role("button", name="Amend")
    keys.to(pencil)
    keys.press("Enter")
    form = trade.own.get_by_role("form", name="Amend the order")
    expect(form).to_be_visible()
    keys.to(form.get_by_label("Price"))
    keys.write("0.0405")
    keys.press("Enter")
    expect(form).to_have_count(0)
    expect(trade.order_row("0.04050")).to_have_count(1)
    trade.until(lambda: keys.is_at(pencil), "the focus is back at what opened the form")
    keys.see()

    # And cancelled; where the row was somebody is left who knows where.
    cross = trade.order_row("0.04050").get_by_role("button").last
    keys.to(cross)
    keys.press("Enter")
    trade.expect_toast("Order cancelled")
    expect(trade.rows).to_have_count(0)
    keys.press("Tab")
    keys.see()
    assert sorted(order.status for order in me.orders(MARKET)) == ["cancelled", "filled"]
    assert me.orders(MARKET, "open") == []


def write(trade: TradePage, keys: Keyboard, *, price: str, size: str) -> None:
    """Fills in the ticket."""
    keys.to(trade.field("price"))
    keys.write(price)
    keys.to(trade.field("size"))
    keys.write(size)


def send(trade: TradePage, keys: Keyboard) -> None:
    """Reviews and says yes; the focus is in the question while it is asked, and back where it was after."""
    keys.to(trade.send_button)
    keys.press("Enter")
    expect(trade.review).to_be_visible()
    assert trade.review.evaluate("(question) => question.contains(document.activeElement)")
    keys.to(trade.review.get_by_role("button").last)
    keys.press("Enter")
    expect(trade.review).to_have_count(0)
    trade.until(lambda: keys.is_at(trade.send_button), "the focus is back at the button")
    keys.see()
