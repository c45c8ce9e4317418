"""The trade page as a desk: worked by keys that a person has chosen, its panels where they were left."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Final

from playwright.sync_api import Locator, Page, expect

from cse.cli.shots.browser import DESKTOP, PHONE
from tests.browser.conftest import MeetOther, OpenPage
from tests.browser.trade_page import TradePage
from tests.browser.words import words

MARKET: Final = "KIKO-USDC"
# How much of what was painted has moved since, as the browser scores it.
SHIFTS: Final = """() => {
    window.shifts = 0;
    new PerformanceObserver((list) => {
        for (const shift of list.getEntries()) window.shifts += shift.hadRecentInput ? 0 : shift.value;
    }).observe({type: "layout-shift", buffered: true});
}"""
SHIFT_MAX: Final = 0.02


def test_a_desk_is_worked_by_the_keys_that_were_chosen(open_page: OpenPage, meet: MeetOther) -> None:
    """Keys do what the sheet says, are bound anew there, and send nothing without Ctrl."""
    ada = meet(USDC="1000", KIKO="1000")
    ada.limit(MARKET, "buy", "0.00444", "1000")
    page = open_page(f"/en/trade/{MARKET}", person=ada)
    trade = TradePage(page, DESKTOP, MARKET)
    trade.until(lambda: bool(trade.levels()["bid"]), "a book")

    def press_until_side(key: str, side: str) -> None:
        chosen = trade.ticket.get_by_role("radio", name=words("en", f"trade.ticket.{side}"), exact=True)

        def is_chosen() -> bool:
            page.keyboard.press(key)
            return chosen.is_checked()

        trade.until(is_chosen, f"{side} by {key}")

    press_until_side("s", "sell")
    press_until_side("b", "buy")
    trade.field("size").press("s")
    expect(
        trade.ticket.get_by_role("radio", name=words("en", "trade.ticket.buy"), exact=True)
    ).to_be_checked()

    said = page.locator("[data-price-said]")
    expect(said).to_be_attached()
    page.get_by_role("main").focus()
    page.keyboard.press("p")
    expect(said).to_contain_text("0.00444")
    page.keyboard.press("Control+Shift+X")
    asked = page.get_by_role("dialog").filter(has_text=words("en", "own.cancel.keep"))
    expect(asked).to_be_visible()
    asked.get_by_role("button", name=words("en", "own.cancel.keep")).click()
    assert len(ada.orders(MARKET, "open")) == 1, "nothing is cancelled before the yes"

    page.get_by_role("main").focus()
    page.keyboard.press("?")
    expect(_sheet(page)).to_be_visible()
    _key(page, "send").click()
    page.keyboard.press("v")
    expect(_row(page, "send")).to_contain_text(words("en", "keys.refused.held", key="V"))
    page.keyboard.press("Escape")
    expect(_row(page, "send")).to_contain_text("Enter")
    _key(page, "buy").click()
    page.keyboard.press("s")
    expect(_row(page, "buy")).to_contain_text(
        words("en", "keys.taken", key="S", act=words("en", "keys.acts.sell"))
    )
    page.keyboard.press("v")
    expect(_row(page, "buy")).to_contain_text("V")
    page.keyboard.press("Escape")
    expect(_sheet(page)).to_be_hidden()

    page.reload()
    trade.until(lambda: bool(trade.levels()["bid"]), "a book")
    press_until_side("s", "sell")
    page.keyboard.press("b")
    expect(
        trade.ticket.get_by_role("radio", name=words("en", "trade.ticket.sell"), exact=True)
    ).to_be_checked()
    press_until_side("v", "buy")


def test_panels_lie_where_they_were_left(open_page: OpenPage, meet: MeetOther) -> None:
    """By keys and pointer they become wider and are put away; a reload has them there, unmoved."""
    maker = meet(USDC="1000", KIKO="1000")
    maker.limit(MARKET, "buy", "0.00444", "1000")
    maker.limit(MARKET, "sell", "0.00600", "500")
    page = open_page(f"/en/trade/{MARKET}", before=f"({SHIFTS})()")
    trade = TradePage(page, DESKTOP, MARKET)
    line = page.get_by_role("separator", name=words("en", "desk.layout.size.book"))
    expect(line).to_be_visible()
    line.press("End")
    widest = line.get_attribute("aria-valuemax")
    expect(line).to_have_attribute("aria-valuenow", widest or "")
    grip = line.bounding_box()
    assert grip is not None
    page.mouse.move(grip["x"] + 4, 400)
    page.mouse.down()
    page.mouse.move(grip["x"] + 54, 400, steps=3)
    page.mouse.up()
    assert _width(page) == float(widest or 0) - 50
    page.get_by_role("separator", name=words("en", "desk.layout.size.below")).press("Enter")
    expect(trade.own).to_be_hidden()
    menu = page.get_by_role("button", name=words("en", "desk.layout.title"), exact=True)
    expect(menu).to_be_focused()

    page.reload()
    trade.until(lambda: bool(trade.levels()["bid"]), "a book")
    expect(line).to_be_visible()
    assert _width(page) == float(widest or 0) - 50
    expect(trade.own).to_be_hidden()
    assert page.evaluate("window.shifts") < SHIFT_MAX
    menu.click()
    page.get_by_role("menuitem", name=words("en", "desk.layout.reset")).click()
    expect(trade.own).to_be_visible()
    assert _width(page) == 300

    page.get_by_role("button", name=words("en", "trade.book.options")).click()
    page.get_by_role("menuitemradio", name=words("en", "desk.book.unit", asset="USDC")).click()
    trade.until(lambda: trade.levels()["bid"][0][1] == Decimal("4.44"), "the best bid's size in USDC")
    for size in (DESKTOP, PHONE):
        if size is PHONE:
            page = open_page(f"/ar/trade/{MARKET}", PHONE, locale="ar")
            TradePage(page, PHONE, MARKET, "ar").show_book()
        _expect_depth(page, size.width, "ar" if size is PHONE else "en")


def test_an_alert_is_set_at_the_axis_and_told(open_page: OpenPage, meet: MeetOther) -> None:
    """A price that is pointed at on the chart is waited for, drawn, moved, and told when it trades."""
    ada, maker, taker = meet(USDC="1000"), meet(KIKO="5000"), meet(USDC="1000")

    def trade_at(price: str) -> None:
        maker.limit(MARKET, "sell", price, "1000")
        taker.limit(MARKET, "buy", price, "1000")

    trade_at("0.00600")
    trade_at("0.00500")
    page = open_page(f"/en/trade/{MARKET}", person=ada)
    trade = TradePage(page, DESKTOP, MARKET)
    page.wait_for_function("() => performance.getEntriesByName('cse.late').length > 0")
    chart = page.get_by_role("region", name=words("en", "trade.chart.title"))
    area = chart.locator("canvas").first.bounding_box()
    assert area is not None
    here = page.locator("[data-alert-here]")

    def is_offered() -> bool:
        page.mouse.move(area["x"] + 200, area["y"] + 170)
        page.mouse.move(area["x"] + 201, area["y"] + 171)
        return here.is_visible()

    trade.until(is_offered, "a button at the axis")
    here.click()
    asked = page.get_by_role("dialog", name=words("en", "desk.alerts.title"))
    wanted = asked.get_by_role("textbox", name=words("en", "alerts.price")).input_value()
    assert Decimal(wanted) > 0
    asked.get_by_role("button", name=words("en", "alerts.set"), exact=True).click()
    expect(asked).to_be_hidden()
    trade.expect_toast(words("en", "alerts.setDone"))

    wanted = _move_alert(page, wanted)
    trade_at(wanted)
    told = words("en", "alerts.reached", market="KIKO/USDC", price=wanted)
    trade.expect_toast(told)
    expect(trade.toast(told)).to_have_count(1)

    page.get_by_role("button", name=words("en", "trade.chart.compare"), exact=True).click()
    page.get_by_role("dialog").get_by_role("button", name="LUNA/USDC").click()
    end = page.get_by_role("button", name=words("en", "desk.compare.end", market="LUNA/USDC"))
    expect(end).to_be_visible()
    end.click()
    expect(end).to_be_hidden()


def _move_alert(page: Page, at: str) -> str:
    """Moves the only alert a tick up by keys and then up by the pointer; gives the price at which it waits."""
    lines = page.get_by_role("list", name=words("en", "desk.alerts.lines"))
    handle = lines.get_by_role("slider")
    expect(handle).to_have_attribute("aria-valuetext", at)
    handle.press("ArrowUp")
    handle.press("Enter")
    yes = page.get_by_role("button", name=words("en", "desk.alerts.confirm"), exact=True)
    expect(yes).to_be_focused()
    page.keyboard.press("Enter")
    expect(yes).to_be_hidden()
    higher = f"{Decimal(at) + Decimal('0.00001'):f}"
    expect(handle).to_have_attribute("aria-valuetext", higher)
    expect(handle).to_be_focused()
    grip = handle.bounding_box()
    assert grip is not None
    x, y = grip["x"] + grip["width"] / 2, grip["y"] + grip["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x, y - 24, steps=4)
    dragged_to = handle.get_attribute("aria-valuetext") or ""
    page.mouse.up()
    assert Decimal(dragged_to) > Decimal(higher)
    expect(lines.get_by_role("button", name=re.compile(re.escape(dragged_to)))).to_be_visible()
    expect(handle).to_have_count(1)
    return dragged_to


def _expect_depth(page: Page, width: int, locale: str) -> None:
    """The depth within a distance that is reached by keys has the best of both sides."""
    page.get_by_role("tab", name=words(locale, "trade.book.depth"), exact=True).click()
    distance = page.get_by_role("slider", name=words(locale, "desk.depth.chart"))
    expect(distance).to_have_attribute("aria-valuetext", re.compile(r"1,000\.0.*500\.0", re.DOTALL))
    distance.press("Home")
    expect(distance).to_have_attribute("aria-valuenow", "0")
    expect(page.get_by_role("table", name=words(locale, "desk.depth.table"))).to_contain_text("1,000.0 KIKO")
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def _width(page: Page) -> float:
    book = page.get_by_role("region", name=words("en", "trade.book.title"), exact=True).bounding_box()
    assert book is not None
    return round(book["width"] + 1)


def _sheet(page: Page) -> Locator:
    return page.get_by_role("dialog", name=words("en", "keys.title"))


def _row(page: Page, act: str) -> Locator:
    return _sheet(page).locator(f'[data-act="{act}"]')


def _key(page: Page, act: str) -> Locator:
    return _row(page, act).get_by_role("button").first
