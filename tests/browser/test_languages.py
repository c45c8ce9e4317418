"""The app in languages of long words and of other scripts: it says all in them, and nothing is cut off."""

from __future__ import annotations

from typing import Final

import pytest
from playwright.sync_api import Page, expect

from cse.cli.shots.browser import DESKTOP, PHONE, Size
from tests.browser.conftest import OpenPage
from tests.browser.words import words

PAGES: Final = ("/trade/BTC-USDC", "/settings", "/portfolio")
# Buttons, links and labels of which a part cannot be seen, and that are not cut short on purpose.
CUT_OFF: Final = """() => [...document.querySelectorAll("button, a, label, [role=tab]")]
    .filter((element) => element.checkVisibility() && element.scrollWidth > element.clientWidth + 1)
    .filter((element) => getComputedStyle(element).overflowX === "hidden")
    .filter((element) => getComputedStyle(element).textOverflow !== "ellipsis")
    .map((element) => element.outerHTML.slice(0, 200))"""
# React has taken over what was built: other words before that would be a fault to it.
TAKEN_OVER: Final = """() => [...document.querySelectorAll("main :is(button, a, p, h1, h2, h3, li, label, dt, dd)")]
    .every((element) => Object.keys(element).some((name) => name.startsWith("__react")))"""
# As a translation may be: other letters, and 40 % more of them. What counts or is named stays as it is.
STRETCH: Final = """() => {
    const walker = document.createTreeWalker(document.querySelector("main"), NodeFilter.SHOW_TEXT);
    const texts = [];
    while (walker.nextNode()) texts.push(walker.currentNode);
    for (const text of texts) {
        const words = text.data;
        if (!/[a-z]{3}/.test(words) || text.parentElement.closest(".figure, bdi, canvas, style, script")) continue;
        text.data = words.replaceAll("a", "\\u00e1").replaceAll("e", "\\u00eb") + " \\u00f6xw".repeat(words.length / 10);
    }
    return texts.length;
}"""


def assert_fits(page: Page, size: Size) -> None:
    assert page.evaluate("document.documentElement.scrollWidth") <= size.width, page.url
    assert page.evaluate(CUT_OFF) == [], page.url


@pytest.mark.parametrize(("locale", "size"), [("de", PHONE), ("ja", DESKTOP)], ids=["de", "ja"])
def test_pages_fit_in_another_language(open_page: OpenPage, locale: str, size: Size) -> None:
    page = open_page(f"/{locale}", size, locale=locale)
    for path in PAGES:
        page.goto(f"/{locale}{path}")
        page.get_by_role("main").wait_for()
        expect(page.locator("html")).to_have_attribute("lang", locale)
        assert_fits(page, size)
    page.goto(f"/{locale}/settings")
    expect(page.get_by_role("heading", name=words(locale, "settings.look.title"), exact=True)).to_be_visible()


def test_pages_have_room_for_longer_words(open_page: OpenPage) -> None:
    page = open_page("/en", PHONE)
    for path in PAGES:
        page.goto(f"/en{path}")
        expect(page.get_by_role("main").get_by_role("button").first).to_be_visible()
        page.wait_for_function(TAKEN_OVER)
        assert page.evaluate(STRETCH) > 0
        assert_fits(page, PHONE)
