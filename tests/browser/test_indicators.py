"""Indicators over the chart: found, drawn, changed, kept, and taken away again, at a desk and on a phone."""

from __future__ import annotations

from typing import Final

import pytest
from playwright.sync_api import expect

from cse.cli.shots.browser import DESKTOP, PHONE, Size
from tests.browser.conftest import MeetOther, OpenPage
from tests.browser.words import words

MARKET: Final = "BTC-USDC"
KEPT_WITH_THE_PERSON: Final = """() => {
    const record = JSON.parse(localStorage.getItem("cse.workspace") ?? "null");
    return record !== null && "indicators" in record.seen && record.unsent.length === 0;
}"""


@pytest.mark.parametrize(("size", "locale"), [(DESKTOP, "en"), (PHONE, "ar")], ids=["desktop", "phone"])
def test_indicators_are_chosen_changed_and_kept(
    open_page: OpenPage, meet: MeetOther, size: Size, locale: str
) -> None:
    def say(name: str) -> str:
        return words(locale, name)

    maker = meet(BTC="10")
    maker.limit(MARKET, "sell", "60000", "1")
    meet(USDC="1000000").limit(MARKET, "buy", "60000", "0.1")
    signed_in = maker if size is DESKTOP else None
    page = open_page(f"/{locale}/trade/{MARKET}", size, locale=locale, person=signed_in)
    chart = page.get_by_role("region", name=say("trade.chart.title"))
    panes = chart.locator("canvas")
    expect(panes.first).to_be_visible()
    before = panes.count()
    chart.get_by_role("button", name=say("trade.chart.indicators")).click()
    picker = page.get_by_role("dialog", name=say("indicators.title"))
    rsi = say("indicators.titles.rsi")
    search = picker.get_by_role("searchbox")
    search.fill("rsi")
    added_by = picker.get_by_role("button", name=f"{say('indicators.add')}: {rsi}", exact=True)
    (search if size is DESKTOP else added_by).press("Enter")
    expect(picker.get_by_text("rsi 14")).to_be_visible()
    expect(panes).not_to_have_count(before)

    picker.get_by_role("button", name=f"{say('indicators.settings')}: {rsi}").click()
    length = picker.get_by_label(say("indicators.parameters.length"), exact=True)
    length.fill("501")
    expect(length).to_have_attribute("aria-invalid", "true")
    length.fill("21")
    expect(picker.get_by_text("rsi 21")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= size.width

    if signed_in:
        # Another device of the same person.
        page.wait_for_function(KEPT_WITH_THE_PERSON)
        elsewhere = open_page(f"/{locale}/trade/{MARKET}", size, locale=locale, person=signed_in)
        there = elsewhere.get_by_role("region", name=say("trade.chart.title"))
        there.get_by_role("button", name=say("trade.chart.indicators")).click()
        expect(elsewhere.get_by_role("dialog").get_by_text("rsi 21")).to_be_visible()
    page.reload()
    expect(panes).not_to_have_count(before)
    chart.get_by_role("button", name=say("trade.chart.indicators")).click()
    expect(picker.get_by_text("rsi 21")).to_be_visible()
    picker.get_by_role("button", name=f"{say('indicators.remove')}: {rsi}").click()
    expect(picker.get_by_text(say("indicators.none"))).to_be_visible()
    expect(panes).to_have_count(before)
