"""The trade page as a desk: worked by keys that a person has chosen."""

from __future__ import annotations

from typing import Final

from playwright.sync_api import Locator, Page, expect

from cse.cli.shots.browser import DESKTOP
from tests.browser.conftest import MeetOther, OpenPage
from tests.browser.trade_page import TradePage
from tests.browser.words import words

MARKET: Final = "KIKO-USDC"


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


def _sheet(page: Page) -> Locator:
    return page.get_by_role("dialog", name=words("en", "keys.title"))


def _row(page: Page, act: str) -> Locator:
    return _sheet(page).locator(f'[data-act="{act}"]')


def _key(page: Page, act: str) -> Locator:
    return _row(page, act).get_by_role("button").first
