"""What is typed, what is asked, and what is sent is one number, with a point and with a comma."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from cse.cli.shots.browser import DESKTOP
from tests.browser.conftest import MeetOther, OpenPage
from tests.browser.trade_page import TradePage
from tests.browser.words import words

MARKET = "NOVA-USDC"


@pytest.mark.parametrize(
    ("locale", "price", "size", "ambiguous"),
    [
        pytest.param("en", "1.05", "5.01", "1,234", id="point", marks=pytest.mark.long),
        pytest.param("de", "1,05", "5,01", "1.234", id="comma"),
    ],
)
def test_a_typed_number_is_the_one_that_is_asked_about_and_sent(
    open_page: OpenPage, meet: MeetOther, locale: str, price: str, size: str, ambiguous: str
) -> None:
    me = meet(USDC="10000")
    page = open_page(f"/{locale}/trade/{MARKET}", person=me, locale=locale)
    trade = TradePage(page, DESKTOP, MARKET, locale)
    trade.write_limit("buy", "", "")
    trade.field("price").press_sequentially(price)
    # First a whole figure, then another sign behind it.
    trade.field("size").press_sequentially(size[:-1])
    trade.field("size").press_sequentially(size[-1])
    expect(trade.field("size")).to_have_value(size)
    trade.send_button.click()
    review = trade.review
    expect(review).to_contain_text(price)
    expect(review).to_contain_text(size)
    trade.confirm()
    expect(trade.rows).to_have_count(1)
    (order,) = me.orders(MARKET, "open")
    assert (order.price, order.quantity) == ("1.05", "5.01")

    # What can be read in two ways is refused with both, and what is no amount is refused.
    trade.field("size").fill(ambiguous)
    expect(trade.ticket.get_by_role("alert").first).to_contain_text("1234")
    trade.send_button.click()
    expect(trade.review).to_have_count(0)
    trade.field("size").fill("1e3")
    expect(trade.ticket.get_by_role("alert").first).to_be_visible()
    trade.send_button.click()
    expect(trade.review).to_have_count(0)
    trade.cancel(trade.rows.first)
    trade.expect_toast(words(locale, "own.toasts.cancelled"))
    assert len(me.orders(MARKET)) == 1
