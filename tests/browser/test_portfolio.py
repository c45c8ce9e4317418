"""The portfolio: what was bought, gained and put in, by each way of counting costs."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from cse.cli.shots.browser import DESKTOP, PHONE, Size
from tests.browser.accessibility import serious_findings
from tests.browser.conftest import MeetOther, OpenPage
from tests.browser.words import words


@pytest.mark.parametrize(("locale", "size"), [("en", DESKTOP), ("ar", PHONE)], ids=["desk", "phone"])
def test_costs_and_gains_are_shown_and_explained(
    open_page: OpenPage, meet: MeetOther, locale: str, size: Size
) -> None:
    maker, person = meet(LAB="100"), meet(USDC="1000")
    for price in ("2", "3"):
        maker.limit("LAB-USDC", "sell", price, "10")
        person.limit("LAB-USDC", "buy", price, "10")
    person.limit("LAB-USDC", "sell", "4", "5")
    maker.limit("LAB-USDC", "buy", "4", "5")
    maker.cancel_all()
    page = open_page(f"/{locale}/portfolio", size, person=person)
    table = page.get_by_role("table", name=words(locale, "portfolio.tabs.positions"))
    row = table.get_by_role("row").filter(has_text="LAB").first
    method = page.get_by_label(words(locale, "portfolio.costMethod"))
    for cost, average in (("average", "2.50"), ("fifo", "2.66"), ("lifo", "2.33")):
        method.select_option(cost)
        expect(row).to_contain_text(average)
    # It is kept, and what a figure is made of stands behind it.
    page.reload()
    expect(method).to_have_value("lifo")
    expect(row.locator("[title*='35.00']").first).to_be_attached()
    expect(page.get_by_text(re.compile(r"1,?000\.00")).last).to_be_visible()
    for period in ("1d", "all"):
        page.get_by_role("button", name=words(locale, f"portfolio.periods.{period}"), exact=True).click()
        expect(page.get_by_role("img", name=words(locale, "portfolio.courseLabel"))).to_be_visible()
    assert serious_findings(page) == []
    the_books_are_there(page, locale, size)
    a_statement_is_there(page, locale)
    if size is DESKTOP:
        the_ticket_has_the_holding(page, locale)


def the_books_are_there(page: Page, locale: str, size: Size) -> None:
    """Every entry, what is chosen of them in the address too, and all of that to take away."""
    page.get_by_role("tab", name=words(locale, "portfolio.tabs.ledger"), exact=True).click()
    entries = entries_of(page, locale, size)
    fees = entries.filter(has_text=words(locale, "books.kinds.trade_fee"))
    expect(entries.filter(has_text=words(locale, "books.kinds.faucet"))).to_have_count(1)
    expect(fees).to_have_count(3)
    page.get_by_label(words(locale, "books.filters.kind"), exact=True).select_option("trade_fee")
    expect(entries).to_have_count(3)
    page.reload()
    expect(entries).to_have_count(3)
    expect(page).to_have_url(re.compile(r"tab=ledger.*kind=trade_fee"))
    with page.expect_download() as taken:
        page.get_by_role("button", name="CSV").click()
    lines = taken.value.path().read_text().splitlines()
    assert len(lines) == 4
    assert all("trade_fee" in line for line in lines[1:])
    assert serious_findings(page) == []
    page.get_by_label(words(locale, "books.filters.from"), exact=True).fill("2099-01-01")
    expect(page.get_by_text(words(locale, "books.nothing"))).to_be_visible()


def entries_of(page: Page, locale: str, size: Size) -> Locator:
    """Rows without their head at a desk, cards on a phone."""
    name = words(locale, "books.ledger")
    if size.phone:
        return page.get_by_role("list", name=name).get_by_role("listitem")
    return page.get_by_role("table", name=name).locator("tbody").get_by_role("row")


def a_statement_is_there(page: Page, locale: str) -> None:
    """The month so far, with what was realised, to take away as pages."""
    page.get_by_role("tab", name=words(locale, "portfolio.tabs.statements"), exact=True).click()
    table = page.get_by_role("table", name=words(locale, "books.statement.assets"))
    expect(table).to_contain_text(words(locale, "books.kinds.trade_fee"))
    expect(page.get_by_text(words(locale, "books.statement.soFar"), exact=True)).to_be_visible()
    with page.expect_download() as taken:
        page.get_by_role("button", name="PDF").click()
    assert taken.value.path().read_bytes().startswith(b"%PDF-")
    assert serious_findings(page) == []


def the_ticket_has_the_holding(page: Page, locale: str) -> None:
    """Beside an order: what is held, at which cost, and what it gained."""
    page.goto(f"/{locale}/trade/LAB-USDC")
    holding = page.get_by_role("region", name=words(locale, "trade.holding.title", asset="LAB"))
    average = holding.get_by_text(words(locale, "ordering.holding.average"), exact=True).locator("..")
    expect(average).to_contain_text("2.50", timeout=30_000)
    unrealised = holding.get_by_text(words(locale, "ordering.holding.unrealised"), exact=True).locator("..")
    expect(unrealised).to_contain_text("%", timeout=30_000)
    own = page.get_by_role("region", name=words(locale, "trade.orders.title"), exact=True)
    own.get_by_role("tab", name=words(locale, "trade.orders.tabs.positions")).click()
    positions = own.get_by_role("table", name=words(locale, "positions.title"))
    # By the way of counting that was chosen on the portfolio's page.
    expect(positions.get_by_role("row").filter(has_text="LAB").first).to_contain_text("2.33")
