"""Open orders on the chart: dragged and moved by keys to another price, which the exchange then has."""

from __future__ import annotations

from typing import Final

from playwright.sync_api import Locator, Page, expect

from cse.cli.shots.browser import DESKTOP, PHONE
from tests.browser.conftest import MeetOther, OpenPage
from tests.browser.others import Other
from tests.browser.trade_page import TradePage
from tests.browser.words import words

MARKET: Final = "BTC-USDC"


def test_order_is_dragged_to_another_price(open_page: OpenPage, meet: MeetOther) -> None:
    """By the pointer with a yes, then by keys alone; what is let be changes nothing."""
    ada, desk = _traded(meet)
    page = open_page(desk.path, person=ada)
    handle = _handle(page, "en")
    grip = handle.bounding_box()
    assert grip is not None
    middle = (grip["x"] + grip["width"] / 2, grip["y"] + grip["height"] / 2)
    page.mouse.move(*middle)
    page.mouse.down()
    page.mouse.move(middle[0], middle[1] - 40, steps=4)
    dragged_to = handle.get_attribute("aria-valuetext")
    page.mouse.up()
    question = page.get_by_role("region", name=words("en", "charting.amend.title"))
    expect(question.get_by_text(words("en", "charting.amend.loses"))).to_be_visible()
    assert _price(ada) == "59000.00", "nothing is sent before the yes"
    question.get_by_role("button", name=words("en", "charting.amend.confirm")).click()
    expect(question).to_be_hidden()
    desk_page = TradePage(page, DESKTOP, MARKET)
    desk_page.until(lambda: _price(ada) != "59000.00", "the exchange has the new price")
    assert f"{float(_price(ada)):,.2f}" == dragged_to

    before = _price(ada)
    handle.press("ArrowDown")
    handle.press("Escape")
    expect(question).to_be_hidden()
    handle.press("Shift+ArrowDown")
    moved_to = handle.get_attribute("aria-valuetext")
    handle.press("Enter")
    expect(question.get_by_role("button", name=words("en", "charting.amend.confirm"))).to_be_focused()
    assert _price(ada) == before
    page.keyboard.press("Enter")
    desk_page.until(lambda: f"{float(_price(ada)):,.2f}" == moved_to, "the exchange has the price of the keys")


def test_order_is_moved_on_a_phone(open_page: OpenPage, meet: MeetOther) -> None:
    """A press on the tag asks; the price is stepped; the question's no leaves the order."""
    ada, desk = _traded(meet)
    page = open_page(desk.path.replace("/en/", "/ar/"), PHONE, locale="ar", person=ada)
    _handle(page, "ar").tap()
    question = page.get_by_role("region", name=words("ar", "charting.amend.title"))
    yes = question.get_by_role("button", name=words("ar", "charting.amend.confirm"))
    expect(yes).to_be_disabled()
    question.get_by_role("button", name=words("ar", "trade.ticket.priceUp")).tap()
    expect(yes).to_be_enabled()
    yes.tap()
    expect(question).to_be_hidden()
    TradePage(page, PHONE, MARKET, "ar").until(lambda: _price(ada) != "59000.00", "the exchange has the price")


def _traded(meet: MeetOther) -> tuple[Other, TradePage]:
    """A market with a trade at 60,000, and Ada with a bid at 59,000 there."""
    maker = meet(USDC="1000000", BTC="10")
    maker.limit(MARKET, "sell", "60000", "0.1")
    maker.limit(MARKET, "buy", "60000", "0.1")
    ada = meet(USDC="100000")
    ada.limit(MARKET, "buy", "59000", "0.5")
    return ada, TradePage(None, DESKTOP, MARKET)  # type: ignore[arg-type]


def _handle(page: Page, locale: str) -> Locator:
    orders = page.get_by_role("list", name=words(locale, "trade.chart.ownOrders"))
    handle = orders.get_by_role("slider")
    expect(handle).to_be_visible()
    expect(handle.locator("..")).to_have_attribute("data-off", "")
    return handle


def _price(person: Other) -> str | None:
    (order,) = person.orders(MARKET, "open")
    return order.price
