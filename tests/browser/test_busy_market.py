"""The trade page while its market moves many times a second: it draws no more than can be seen."""

from __future__ import annotations

import asyncio
from typing import Final

from bench.busy_market import READ, RESET, START, Counts
from cse.cli.shots.browser import DESKTOP
from cse_client import NewOrder
from cse_client.models import Side
from tests.browser.conftest import MeetOther, OpenPage
from tests.browser.others import Errands, Other
from tests.browser.trade_page import TradePage

MARKET: Final = "NOVA-USDC"
BUSY_S: Final = 5
PAUSE_S: Final = 1 / 25
TRADED_EVERY: Final = 2
# The ticket follows the book four times a second, everything else together twice.
COMMITS_PER_S_MAX: Final = 6
SLACK: Final = 10


def test_a_busy_market_is_drawn_once_a_frame(open_page: OpenPage, meet: MeetOther, errands: Errands) -> None:
    makers = [meet(USDC="100000", NOVA="100000") for _ in range(2)]
    for step in range(20):
        makers[0].limit(MARKET, "sell", f"1.{100 + step}0", "500")
        makers[0].limit(MARKET, "buy", f"0.{990 - step}0", "500")
    trade = TradePage(open_page(f"/en/trade/{MARKET}", before=START), DESKTOP, MARKET)
    trade.until(lambda: bool(trade.levels()["bid"]), "a book")
    before = makers[0].book(MARKET).book_sequence
    trade.page.evaluate(RESET)

    work = [errands.begin(trade_much(maker)) for maker in makers]
    trade.page.wait_for_timeout(BUSY_S * 1_000)
    counts = Counts.of(trade.page.evaluate(READ))
    for done in work:
        done.result(60)

    changes = int(makers[0].book(MARKET).book_sequence) - int(before)
    assert changes > 20 * BUSY_S, "the market was not busy"
    assert counts.redrawn == []
    assert counts.drawings > 0
    assert counts.messages <= counts.frames + SLACK
    assert counts.commits <= COMMITS_PER_S_MAX * BUSY_S + SLACK
    assert counts.beside_the_ticket <= 2 * BUSY_S


async def trade_much(maker: Other) -> None:
    """Moves the book as often as fits, and trades at every other turn."""
    end = asyncio.get_running_loop().time() + BUSY_S
    turn = 0
    while asyncio.get_running_loop().time() < end:
        turn += 1
        side: Side = "buy" if turn % 2 else "sell"
        order = NewOrder(
            market=MARKET, side=side, type="limit", price="1.0000", quantity="2", time_in_force="gtc"
        )
        await maker.client.place_order(order)
        await asyncio.sleep(PAUSE_S)
