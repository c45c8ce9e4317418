"""The portfolio: what was bought, gained and put in, by each way of counting costs."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

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
