"""The app can be installed, and without a connection it tells the truth and goes on by itself."""

from __future__ import annotations

from typing import Any, Final

from playwright.sync_api import Page, expect

from cse.cli.shots.browser import PHONE, Faults
from tests.browser.accessibility import reflow_findings, serious_findings
from tests.browser.conftest import MeetOther, OpenPage
from tests.browser.trade_page import TradePage
from tests.browser.words import MESSAGES, words

MARKET: Final = "LUNA-USDC"
READY: Final = "() => navigator.serviceWorker.ready.then(() => true)"
# Addresses that the worker keeps, over all its stores.
KEPT: Final = """async () => {
    const found = [];
    for (const name of await caches.keys())
        for (const request of await (await caches.open(name)).keys()) found.push(new URL(request.url).pathname);
    return found.sort();
}"""


def test_it_can_be_installed_and_keeps_no_more_than_it_says(open_page: OpenPage, faults: Faults) -> None:
    faults.allow("404")
    page = open_page("/ar/markets", PHONE, locale="ar", service_workers="allow")
    page.wait_for_function(READY)
    browser = page.context.new_cdp_session(page)
    told: dict[str, Any] = browser.send("Page.getAppManifest")
    assert told["errors"] == []
    assert browser.send("Page.getInstallabilityErrors")["installabilityErrors"] == []
    assert told["url"].endswith("/ar/app.webmanifest")
    manifest = page.request.get("/ar/app.webmanifest").json()
    assert (manifest["lang"], manifest["dir"], manifest["start_url"]) == ("ar", "rtl", "/ar")
    for icon in manifest["icons"]:
        answer = page.request.get(icon["src"])
        assert answer.headers["content-type"] == "image/png", icon
        edge = int(icon["sizes"].partition("x")[0])
        assert [int.from_bytes(answer.body()[at : at + 4]) for at in (16, 20)] == [edge, edge]

    # What the exchange itself says stays what it says, and nothing of it is kept.
    lost = page.goto("/en/no-such-page")
    assert lost is not None
    assert lost.status == 404
    pages = [f"/{locale.name}/offline" for locale in MESSAGES.iterdir()]
    assert page.evaluate(KEPT) == sorted(["/offline/page.css", "/offline/page.js", *pages])


def test_without_a_connection_it_says_so_and_goes_on(
    open_page: OpenPage, faults: Faults, meet: MeetOther
) -> None:
    faults.allow("Failed to load resource")
    faults.allow("WebSocket")
    maker = meet(USDC="100", LUNA="100")
    maker.limit(MARKET, "sell", "0.04200", "100")
    me = meet(USDC="1000")
    page = open_page(f"/en/trade/{MARKET}", PHONE, person=me, service_workers="allow")
    trade = TradePage(page, PHONE, MARKET)
    trade.open_ticket()
    page.wait_for_function(READY)
    page.wait_for_function("() => localStorage.getItem('cse.live') !== null")
    trade.write_limit("buy", "0.03000", "100")

    page.context.set_offline(True)
    page.reload(wait_until="load")
    expect_the_truth(page)
    assert serious_findings(page) == []
    assert reflow_findings(page) == []
    # A page by its address leads there as well, whatever stands behind it.
    page.goto("/de/markets?sort=volume")
    expect(page.get_by_role("heading", name=words("de", "offline.title"))).to_be_visible()
    page.goto(trade.path)
    expect_the_truth(page)

    page.context.set_offline(False)
    # By itself, at the address that was asked for; and nothing was sent meanwhile.
    expect(page.get_by_role("main").get_by_role("tab", name=words("en", "trade.phone.book"))).to_be_visible()
    assert page.url.endswith(trade.path)
    assert me.orders(MARKET) == []


def expect_the_truth(page: Page) -> None:
    """That nothing is live, that no order waits, and since when."""
    main = page.get_by_role("main")
    expect(main.get_by_role("heading", level=1)).to_have_text("You are offline")
    expect(main).to_contain_text("No order is waiting here to be sent.")
    expect(main).to_contain_text("No prices are shown")
    expect(page.locator("#live")).to_contain_text("20")
    assert page.evaluate("document.querySelectorAll('canvas, .figure').length") == 0
