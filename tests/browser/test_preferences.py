"""What a person has chosen is felt by a browser that has kept nothing of it."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from cse.cli.shots.browser import DESKTOP, PHONE, Size
from tests.browser.conftest import OpenPage
from tests.browser.visitor import Visitor
from tests.browser.words import words


def say(locale: str, name: str) -> str:
    return words(locale, f"settings.{name}")


def choose(page: Page, locale: str) -> None:
    """Chooses a look and a time zone, and returns once the exchange has both."""
    look = page.locator("#look")
    with page.expect_response(lambda answer: answer.url.endswith("/api/preferences") and answer.ok):
        look.get_by_role("radio", name=say(locale, "look.palettes.safe")).click()
    with page.expect_response(
        lambda answer: answer.request.method == "PATCH" and "time_zone" in (answer.request.post_data or "")
    ) as answered:
        page.get_by_label(say(locale, "numbers.timeZone"), exact=True).select_option("Asia/Tokyo")
    assert answered.value.ok


@pytest.mark.parametrize(("locale", "size"), [("en", DESKTOP), ("ar", PHONE)], ids=["desk", "phone"])
def test_what_was_chosen_comes_back_where_nothing_was_kept(
    open_page: OpenPage, locale: str, size: Size
) -> None:
    page = open_page(f"/{locale}/sign-up", size)
    Visitor(page, locale).sign_up()
    page.goto(f"/{locale}/settings")
    expect(page.locator("#sessions").get_by_role("listitem")).to_have_count(1)
    choose(page, locale)
    assert page.evaluate("document.documentElement.scrollWidth") <= size.width

    page.evaluate("localStorage.removeItem('cse.preferences')")
    page.reload()
    expect(page.locator("html")).to_have_attribute("data-palette", "safe")
    expect(page.get_by_label(say(locale, "numbers.timeZone"), exact=True)).to_have_value("Asia/Tokyo")
