"""On the chart: open orders go to another price, by pointer, keys and touch; what is drawn is there again."""

from __future__ import annotations

from decimal import Decimal
from typing import Final

import pytest
from playwright.sync_api import Locator, Page, expect

from cse.cli.shots.browser import DESKTOP, PHONE
from tests.browser.conftest import MeetOther, OpenPage
from tests.browser.others import Other
from tests.browser.trade_page import TradePage
from tests.browser.words import number, words

MARKET: Final = "BTC-USDC"
FIRST: Final = Decimal(59_500)
# The anchors of all that was drawn.
KEPT: Final = """() => Object.keys(localStorage)
    .filter((key) => key.startsWith("cse.drawings."))
    .flatMap((key) => JSON.parse(localStorage.getItem(key)).map((one) => one.anchors))"""


def test_orders_are_moved_and_drawings_kept(open_page: OpenPage, meet: MeetOther) -> None:
    """An order goes by the pointer with a yes, then by keys alone; what is let be changes nothing."""
    ada = _with_an_order(meet)
    page = open_page(f"/en/trade/{MARKET}", person=ada)
    until = TradePage(page, DESKTOP, MARKET).until
    handle = _handle(page, "en")
    question, yes = _question(page, "en")
    grip = handle.bounding_box()
    assert grip is not None
    x, y = grip["x"] + grip["width"] / 2, grip["y"] + grip["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x, y - 40, steps=4)
    dragged_to = _shown(handle)
    page.mouse.up()
    expect(question.get_by_text(words("en", "charting.amend.loses"), exact=True)).to_be_visible()
    assert _price(ada) == FIRST, "nothing is sent before the yes"
    yes.click()
    expect(question).to_be_hidden()
    until(lambda: _price(ada) == dragged_to, "the exchange has the price that was dragged to")
    assert dragged_to > FIRST

    handle.press("ArrowDown")
    handle.press("Escape")
    expect(question).to_be_hidden()
    handle.press("Shift+ArrowDown")
    moved_to = _shown(handle)
    handle.press("Enter")
    expect(yes).to_be_focused()
    assert _price(ada) == dragged_to
    page.keyboard.press("Enter")
    until(lambda: _price(ada) == moved_to, "the exchange has the price of the keys")
    _draw_and_come_again(page)


@pytest.mark.long
def test_order_is_moved_on_a_phone(open_page: OpenPage, meet: MeetOther) -> None:
    """A press on the tag asks, and the price is stepped there."""
    ada = _with_an_order(meet)
    page = open_page(f"/ar/trade/{MARKET}", PHONE, locale="ar", person=ada)
    _handle(page, "ar").tap()
    question, yes = _question(page, "ar")
    expect(yes).to_be_disabled()
    question.get_by_role("button", name=words("ar", "trade.ticket.priceUp")).tap()
    yes.tap()
    expect(question).to_be_hidden()
    TradePage(page, PHONE, MARKET, "ar").until(lambda: _price(ada) > FIRST, "the exchange has the price")


def _draw_and_come_again(page: Page) -> None:
    """A line by the pointer and one by keys stay over a reload, are moved by keys, and go one by one."""
    tools = page.get_by_role("toolbar", name=words("en", "charting.draw.title"))
    drawn = tools.get_by_role("list", name=words("en", "charting.draw.drawn")).get_by_role("button")
    chart = page.get_by_role("region", name=words("en", "trade.chart.title"))
    area = chart.locator("canvas").first.bounding_box()
    assert area is not None
    tools.get_by_role("button", name=words("en", "charting.draw.tools.trend")).click()
    for across, down in ((0.4, 0.3), (0.7, 0.6)):
        page.mouse.move(area["x"] + area["width"] * across, area["y"] + area["height"] * down, steps=3)
        page.mouse.down()
        page.mouse.up()
    expect(drawn).to_have_count(1)
    tools.get_by_role("button", name=words("en", "charting.draw.tools.horizontal")).press("Enter")
    expect(drawn).to_have_count(2)

    page.reload()
    expect(drawn).to_have_count(2)
    kept = page.evaluate(KEPT)
    drawn.last.press("ArrowUp")
    assert page.evaluate(KEPT) != kept
    tools.get_by_role("button", name=words("en", "charting.draw.undo")).click()
    assert page.evaluate(KEPT) == kept
    drawn.last.press("Delete")
    expect(drawn).to_have_count(1)


def _with_an_order(meet: MeetOther) -> Other:
    """Ada with a bid between the prices of two trades, so that it is on the scale."""
    maker, taker, ada = meet(USDC="1000000", BTC="10"), meet(USDC="1000000", BTC="10"), meet(USDC="100000")
    maker.limit(MARKET, "sell", "60000", "0.1")
    taker.limit(MARKET, "buy", "60000", "0.1")
    maker.limit(MARKET, "buy", "59000", "0.1")
    taker.limit(MARKET, "sell", "59000", "0.1")
    ada.limit(MARKET, "buy", str(FIRST), "0.5")
    return ada


def _handle(page: Page, locale: str) -> Locator:
    """The handle of the only order, once its line is drawn."""
    handle = page.get_by_role("list", name=words(locale, "charting.orders")).get_by_role("slider")
    expect(handle).to_be_visible()
    return handle


def _question(page: Page, locale: str) -> tuple[Locator, Locator]:
    """Whether the order is moved, and the button that says yes."""
    question = page.get_by_role("region", name=words(locale, "charting.amend.title"))
    return question, question.get_by_role("button", name=words(locale, "charting.amend.confirm"), exact=True)


def _shown(handle: Locator) -> Decimal:
    return number(handle.get_attribute("aria-valuetext") or "")


def _price(person: Other) -> Decimal:
    (order,) = person.orders(MARKET, "open")
    return Decimal(order.price or 0)
