"""The page for developers: routes are tried as they are, and papers are read, at a desk and on a phone."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from cse.cli.shots.browser import DESKTOP, PHONE, Size
from tests.browser.accessibility import serious_findings
from tests.browser.conftest import MeetOther, OpenPage
from tests.browser.words import words


def open_route(page: Page, locale: str, search: str, path: str) -> None:
    """Finds a route by words, and opens it."""
    page.get_by_role("searchbox", name=words(locale, "developers.search")).fill(search)
    page.locator("summary").filter(has=page.get_by_text(path, exact=True)).click()


@pytest.mark.parametrize(("locale", "size"), [("en", DESKTOP), ("ar", PHONE)], ids=["desk", "phone"])
def test_a_route_is_tried_and_a_paper_read(
    open_page: OpenPage, meet: MeetOther, locale: str, size: Size
) -> None:
    def say(name: str) -> str:
        return words(locale, f"developers.{name}")

    person = meet(USDC="1000") if size is DESKTOP else None
    page = open_page(f"/{locale}/developers", size, person=person, locale=locale)
    open_route(page, locale, "orderbook", "/api/orderbook/{market}")
    send = page.get_by_role("button", name=say("send"), exact=True)
    expect(send).to_be_disabled()
    page.get_by_label("market *", exact=True).fill("LAB-USDC")
    send.click()
    answer = page.get_by_role("region", name=say("answer"), exact=True)
    expect(answer).to_contain_text('"bids":')
    assert page.evaluate("document.documentElement.scrollWidth") <= size.width
    assert serious_findings(page) == []

    open_route(page, locale, "orders test", "/api/orders/test")
    last = page.locator("form").last
    if person is None:
        expect(last).to_contain_text(say("signInFirst"))
        expect(last.get_by_role("button", name=say("send"), exact=True)).to_be_disabled()
    else:
        last.get_by_role("button", name=say("send"), exact=True).click()
        expect(last.get_by_role("status")).to_contain_text("200")

    page.get_by_role("link", name=say("shown.streams"), exact=True).click()
    paper = page.get_by_role("article")
    expect(paper.get_by_role("heading", level=2)).to_be_visible()
    paper.get_by_role("link", name="HTTP API").first.click()
    expect(page).to_have_url(f"/{locale}/developers?show=api")
    expect(paper.get_by_role("heading", level=2)).to_have_text("The HTTP API")
    assert page.evaluate("document.documentElement.scrollWidth") <= size.width
    assert serious_findings(page) == []
