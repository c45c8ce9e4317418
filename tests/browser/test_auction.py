"""A market in auction, and one that is halted: seen as what they are, with what may be done in them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import expect

from cse.cli.shots.browser import DESKTOP, PHONE, Size
from tests.browser.accessibility import serious_findings
from tests.browser.conftest import MeetOther, OpenPage
from tests.browser.trade_page import TradePage
from tests.exchange import RunningExchange

MARKET = "TIDE-USDC"
SENTENCES = {
    "auction": "One price for everyone when the auction ends",
    "halt": "Trading is halted",
    "cancel-only": "Orders can only be cancelled",
}


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=lambda size: size.name)
def test_an_auction_collects_and_ends_at_one_price(
    site: RunningExchange, open_page: OpenPage, meet: MeetOther, size: Size
) -> None:
    me, other = meet(USDC="1000"), meet(USDC="1000", TIDE="1000")
    trade = TradePage(open_page(f"/en/trade/{MARKET}", size, person=me), size, MARKET)
    expect(trade.phase).to_have_count(0)
    with status(site, "auction"):
        expect(trade.phase).to_contain_text("It ends when the exchange opens the market.")
        other.limit(MARKET, "sell", "1", "20")
        other.limit(MARKET, "buy", "1.2", "5")
        # 5 meet 20 at most, and with more to sell the price is the lowest.
        expect(trade.last_price).to_have_text("1.00000")
        trade.show_auction_book()
        expect(trade.ladder.get_by_role("row")).to_have_count(3)
        expect(trade.ladder).to_contain_text("1.20000")
        assert "Spread" not in trade.page.get_by_role("main").inner_text()

        trade.write_limit("buy", "1.1", "10")
        expect(trade.ticket.get_by_role("tab", name="Market")).to_be_disabled()
        expect(trade.ticket.get_by_text("Post-only", exact=True)).to_have_count(0)
        expect(trade.estimate("payAtMost")).to_have_text("11.011")
        expect(trade.send_button).to_have_text("Bid for 10.0 TIDE up to 1.10000")
        trade.send_button.click()
        # A limit far from the price might become everybody's.
        expect(trade.review).to_contain_text("above the indicative price")
        assert serious_findings(trade.page) == []
        trade.review.get_by_role("button", name="Bid for 10.0 TIDE up to 1.10000").click()
        trade.turn_to("orders")
        expect(trade.order_row("1.10000")).to_contain_text("Open")
    trade.expect_toast("Bought 10.0 TIDE")
    expect(trade.phase).to_have_count(0)
    (order,) = me.orders(MARKET)
    assert (order.status, order.average_price) == ("filled", "1")


@pytest.mark.parametrize(
    ("action", "size"),
    [("cancel-only", DESKTOP), ("halt", PHONE)],
    ids=lambda value: getattr(value, "name", value),
)
def test_a_market_that_takes_no_orders_says_so_and_takes_cancels(
    site: RunningExchange, open_page: OpenPage, meet: MeetOther, action: str, size: Size
) -> None:
    me = meet(USDC="1000")
    me.limit(MARKET, "buy", "0.5", "20")
    with status(site, action):
        trade = TradePage(open_page(f"/en/trade/{MARKET}", size, person=me), size, MARKET)
        expect(trade.phase).to_contain_text(SENTENCES[action])
        trade.cancel(trade.order_row("0.50000"))
        trade.expect_toast("Order cancelled")
        trade.open_ticket()
        expect(trade.ticket).to_contain_text("No order can be placed now. Yours can be cancelled.")
        expect(trade.send_button).to_be_disabled()
        assert serious_findings(trade.page) == []
    expect(trade.send_button).to_be_enabled()
    assert me.orders(MARKET, "open") == []


@contextmanager
def status(site: RunningExchange, action: str) -> Iterator[None]:
    """While it lasts, the market is what an operator has made of it."""
    operate(site, action)
    try:
        yield
    finally:
        operate(site, "open")


def operate(site: RunningExchange, action: str) -> None:
    """Gives the market a status."""
    done = site.admin("market", action, MARKET)
    assert done.returncode == 0, done.stderr
