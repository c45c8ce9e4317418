"""An order whose answer is lost on the way: it is being checked until the truth is known, and is one order."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from cse.cli.shots.browser import DESKTOP, Faults
from tests.browser.conftest import MeetOther, OpenPage
from tests.browser.trade_page import TradePage
from tests.exchange import RunningExchange

MARKET = "NOVA-USDC"


@pytest.mark.parametrize("where", ["before the leader had it", "after the leader had it"])
def test_an_edge_dies_in_the_middle_of_an_order(
    site: RunningExchange, open_page: OpenPage, faults: Faults, meet: MeetOther, where: str
) -> None:
    faults.allow("Failed to load resource")
    me = meet(USDC="1000")
    trade = TradePage(open_page(f"/en/trade/{MARKET}", person=me), DESKTOP, MARKET)
    expect(trade.available).to_have_text("1,000.00")
    trade.write_limit("buy", "1.0000", "10")
    trade.watch()

    edges = [name for name in site.pids if name.startswith("edge-")]
    with site.stopped("leader" if where == "after the leader had it" else "edge"):
        trade.send()
        row = trade.order_row("1.0000")
        expect(row).to_contain_text("Sending")
        trade.page.wait_for_timeout(1_000)
        for edge in edges:
            site.kill(edge)
        expect(row).to_contain_text("Checking")

    expect(row).to_contain_text("Open", timeout=60_000)
    said = trade.said
    assert "We have not heard back yet" in said
    assert not [word for word in ("Rejected", "Not placed", "failed") if word in said]
    (order,) = me.orders(MARKET)
    assert (order.status, order.price, order.quantity) == ("open", "1", "10")
    expect(trade.rows).to_have_count(1)
