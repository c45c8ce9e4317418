"""What is pressed in the book and in the list of orders does what it says."""

from __future__ import annotations

from decimal import Decimal
from typing import Final

import pytest
from playwright.sync_api import expect

from cse.cli.shots.browser import DESKTOP
from tests.browser.conftest import MeetOther, OpenPage
from tests.browser.trade_page import SIDES, TradePage
from tests.browser.words import words

MARKET: Final = "LUNA-USDC"
TICK: Final = Decimal("0.00001")


def test_a_row_of_a_grouped_book_gives_a_price_that_is_taken(open_page: OpenPage, meet: MeetOther) -> None:
    """Whatever the step, for both sides; and the order at that price is accepted as it is written."""
    maker = meet(USDC="1000", LUNA="10000")
    for step in range(8):
        maker.limit(MARKET, "sell", f"0.042{step}7", "100")
        maker.limit(MARKET, "buy", f"0.041{step}3", "100")
    me = meet(USDC="1000", LUNA="1000")
    trade = TradePage(open_page(f"/en/trade/{MARKET}", person=me), DESKTOP, MARKET)
    trade.until(lambda: len(trade.levels()["ask"]) >= 8, "a book")
    grouping = trade.page.get_by_label(words("en", "trade.book.grouping"))
    steps = grouping.locator("option").evaluate_all("(all) => all.map(({value}) => value)")
    assert len(steps) > 2
    for step in steps:
        grouping.select_option(step)
        width = TICK * int(step)

        def is_grouped(width: Decimal = width) -> bool:
            prices = [price for side in SIDES for price, _ in trade.levels()[side]]
            return bool(prices) and all(price % width == 0 for price in prices)

        trade.until(is_grouped, f"rows in steps of {width}")
        best = {side: trade.levels()[side][0][0] for side in SIDES}
        assert best["bid"] <= Decimal("0.04173")
        assert best["ask"] >= Decimal("0.04207")
        for side in SIDES:
            book = trade.page.locator(f"[data-side={side}] [role=grid]")
            book.focus()
            book.press("Home" if side == "bid" else "End")
            book.press("Home")
            book.press("Enter")
            written = Decimal(trade.field("price").input_value())
            assert written == best[side], (step, side)
            assert written % TICK == 0
    # The coarsest one, as it was written.
    trade.field("size").fill("100")
    expect(trade.ticket.get_by_role("alert")).to_have_count(0)
    trade.open_ticket("sell")
    trade.send()
    row = trade.order_row(f"{written:,.5f}")
    expect(row).to_contain_text("Open")
    (order,) = me.orders(MARKET, "open")
    assert Decimal(str(order.price)) == written


@pytest.mark.long
def test_to_cancel_all_counts_what_waits(open_page: OpenPage, meet: MeetOther) -> None:
    me = meet(USDC="1000", LUNA="1000")
    meet(LUNA="100").limit(MARKET, "sell", "0.042", "100")
    me.limit(MARKET, "buy", "0.042", "100")
    me.limit(MARKET, "buy", "0.03", "100")
    me.limit(MARKET, "sell", "0.06", "100")
    me.place(market=MARKET, side="sell", type="stop_loss", quantity="100", stop_price="0.035")
    trade = TradePage(open_page(f"/en/trade/{MARKET}", person=me), DESKTOP, MARKET)
    expect(trade.rows).to_have_count(3)
    trade.own.get_by_role("button", name=words("en", "trade.cancel.menu"), exact=True).click()
    trade.page.get_by_role("menuitem", name=words("en", "trade.cancel.allHere", pair="LUNA/USDC")).click()
    question = trade.page.get_by_role("dialog", name="Cancel 3 orders?")
    expect(question).to_contain_text("1 buy order and 2 sell orders in LUNA/USDC.")
    expect(question).to_contain_text("One of them waits for a price or for another order.")
    expect(question).to_contain_text("This cannot be undone.")
    question.get_by_role("button", name="Cancel 3 orders").click()
    expect(trade.rows).to_have_count(0)
    assert me.orders(MARKET, "open") == []
