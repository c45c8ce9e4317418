"""The way of a newcomer, from the first look to signing out, as it is seen on a desk and on a phone."""

from __future__ import annotations

from decimal import Decimal

import pytest
from playwright.sync_api import expect

from cse.cli.shots.browser import DESKTOP, PHONE, Size
from tests.browser.conftest import MeetOther, OpenPage
from tests.browser.others import Other
from tests.browser.trade_page import TradePage
from tests.browser.visitor import Visitor
from tests.browser.words import number, numbers

SPENT = Decimal("21.042")  # 500 at 0.042, and 0.2 % of it as the fee


@pytest.mark.parametrize(
    ("size", "market"),
    [(DESKTOP, "LUNA-USDC"), (PHONE, "TIDE-USDC")],
    ids=lambda value: getattr(value, "name", ""),
)
def test_a_visitor_becomes_a_trader(open_page: OpenPage, meet: MeetOther, size: Size, market: str) -> None:
    base = market.removesuffix("-USDC")
    maker = meet(**{"USDC": "10000", base: "10000"})
    maker.limit(market, "sell", "0.04200", "1000")
    maker.limit(market, "sell", "0.04210", "2000")
    maker.limit(market, "buy", "0.04180", "1000")
    page = open_page(f"/en/trade/{market}", size)
    trade, visitor = TradePage(page, size, market), Visitor(page)

    calculate_as_a_visitor(trade)
    sign_up_and_find_the_draft(trade, visitor)
    take_play_money(trade, visitor)
    me = meet(email=visitor.email)
    buy_at_market(trade, me)
    rest_and_be_filled(trade, me, maker)
    cancel_another(trade, me)
    sign_out(trade, visitor)


def calculate_as_a_visitor(trade: TradePage) -> None:
    trade.write_market("buy", "500")
    expect(trade.estimate("average")).to_have_text("0.04200")
    expect(trade.estimate("totalBuy")).to_have_text("21.042")
    expect(trade.estimate("after")).to_have_count(0)
    expect(trade.send_button).to_have_count(0)


def sign_up_and_find_the_draft(trade: TradePage, visitor: Visitor) -> None:
    trade.ticket.get_by_role("link", name="Sign up to buy").click()
    visitor.sign_up()
    visitor.page.wait_for_url(f"**{trade.path}")
    trade.open_ticket()
    expect(trade.field("size")).to_have_value("500")
    expect(trade.ticket.get_by_role("tab", name="Market")).to_have_attribute("aria-selected", "true")
    expect(trade.available).to_have_text("0.00")


def take_play_money(trade: TradePage, visitor: Visitor) -> None:
    trade.ticket.get_by_role("button", name="Get play money").click()
    visitor.take_play_money("1000")
    trade.expect_toast("1,000 USDC is yours")
    expect(trade.available).to_have_text("1,000.00")
    expect(trade.estimate("after")).to_have_text("978.958")


def buy_at_market(trade: TradePage, me: Other) -> None:
    expect(trade.send_button).to_have_text(f"Buy 500.0 {trade.base} at market")
    trade.send_button.click()
    expect(trade.review).to_contain_text(f"500.0 {trade.base}")
    expect(trade.review).to_contain_text("21.042")
    trade.confirm()
    trade.expect_toast(f"Bought 500.0 {trade.base}")
    expect(trade.last_price).to_have_text("0.04200")
    expect_balances(trade, me)
    assert Decimal(me.balances()[trade.quote].available) == 1000 - SPENT
    (order,) = me.orders(trade.market)
    assert (order.status, order.average_price) == ("filled", "0.042")


def rest_and_be_filled(trade: TradePage, me: Other, maker: Other) -> None:
    trade.write_limit("buy", "0.04190", "400")
    expect(trade.send_button).to_have_text(f"Buy 400.0 {trade.base} at 0.04190")
    trade.send()
    trade.turn_to("orders")
    row = trade.order_row("0.04190")
    expect(row).to_contain_text("Open")

    maker.limit(trade.market, "sell", "0.04190", "150")
    expect(row).to_contain_text("150.0")
    trade.expect_toast(f"Buying {trade.base}, partly filled")
    (order,) = me.orders(trade.market, "open")
    assert (order.filled_quantity, order.remaining_quantity) == ("150", "250")

    maker.limit(trade.market, "sell", "0.04190", "250")
    trade.expect_toast(f"Bought 400.0 {trade.base}")
    expect(row).to_have_count(0)
    expect(trade.last_price).to_have_text("0.04190")
    expect_fills(trade, me)
    expect_balances(trade, me)


def cancel_another(trade: TradePage, me: Other) -> None:
    trade.turn_to("orders")
    trade.write_limit("buy", "0.04150", "1000")
    trade.send()
    row = trade.order_row("0.04150")
    expect(row).to_contain_text("Open")
    trade.cancel(row)
    trade.expect_toast("Order cancelled")
    expect(row).to_have_count(0)
    assert me.orders(trade.market, "open") == []
    assert Decimal(me.balances()[trade.quote].locked) == 0


def sign_out(trade: TradePage, visitor: Visitor) -> None:
    trade.watch()
    visitor.sign_out(phone=trade.phone)
    if trade.phone:
        expect(visitor.page.get_by_role("main").get_by_role("link", name="Sign in")).to_be_visible()
        visitor.page.goto(trade.path)
    else:
        trade.expect_toast("You are signed out")
        assert "Prices may be old" not in trade.said
    expect(trade.own).to_contain_text("Your orders stand here once you have an account")
    expect(trade.rows).to_have_count(0)


def expect_fills(trade: TradePage, me: Other) -> None:
    """The fills on the page are those of the API, newest first."""
    trade.turn_to("fills")
    fills = [(Decimal(fill.price), Decimal(fill.quantity)) for fill in me.fills(trade.market)]
    trade.until(lambda: shown_fills(trade) == fills, f"fills {fills}")


def shown_fills(trade: TradePage) -> list[tuple[Decimal, ...]]:
    """Price and size of each row; a phone's cards say "Buy 500.0 at 0.04200"."""
    if not trade.phone:
        return shown(trade, 2, 4)
    titles = [card.locator("p").first.inner_text() for card in trade.rows.all()]
    return [tuple(reversed(numbers(title))) for title in titles]


def expect_balances(trade: TradePage, me: Other) -> None:
    """The balances on the page are those of the API."""
    trade.turn_to("balances")
    held = me.balances().values()
    balances = sorted((Decimal(one.available), Decimal(one.locked)) for one in held)
    trade.until(lambda: sorted(shown(trade, 2, 4)) == balances, f"balances {balances}")


def shown(trade: TradePage, first: int, end: int) -> list[tuple[Decimal, ...]]:
    """Figures of some columns, row by row."""
    cells = (row.locator("td").all_inner_texts()[first:end] for row in trade.rows.all())
    return [tuple(map(number, texts)) for texts in cells]
