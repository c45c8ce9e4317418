"""An access token ends while somebody works: nothing is noticed of it, and an order goes through once."""

from __future__ import annotations

import re
from collections.abc import Callable

from playwright.sync_api import Response, Route, expect

from cse.cli.shots.browser import DESKTOP, Faults
from tests.browser.conftest import MeetOther, OpenPage
from tests.browser.trade_page import TradePage
from tests.exchange import RunningExchange

MARKET = "LOWO-USDC"


def test_a_token_that_is_good_no_more_is_renewed_and_the_order_sent_again(
    site: RunningExchange, open_page: OpenPage, meet: MeetOther, faults: Faults
) -> None:
    """The edges sign with another key from one moment to the next."""
    faults.allow("401")
    me = meet(USDC="1000")
    trade = TradePage(open_page(f"/en/trade/{MARKET}", person=me), DESKTOP, MARKET)
    expect(trade.available).to_have_text("1,000.00")
    trade.write_limit("buy", "0.5000", "100")
    go_on = hold_questions(trade)
    (site.data / "secrets" / "access-token.pem").unlink()
    site.restart("edge")
    answers = answers_of(trade)
    trade.send()
    row = trade.order_row("0.5000")
    expect(row).to_contain_text("Open")
    assert answers == [401, 200, 201]
    go_on()
    (order,) = me.orders(MARKET)
    assert (order.status, order.quantity) == ("open", "100")

    site.restart("streams")
    trade.cancel(row)
    expect(row).to_have_count(0)
    expect(trade.available).to_have_text("1,000.00")


def answers_of(trade: TradePage) -> list[int]:
    """The statuses of placing orders and of renewing tokens, from now on."""
    found: list[int] = []

    def note(response: Response) -> None:
        if response.request.method == "POST" and response.url.endswith(("/api/orders", "/api/auth/refresh")):
            found.append(response.status)

    trade.page.on("response", note)
    return found


def hold_questions(trade: TradePage) -> Callable[[], None]:
    """Keeps back what the page asks of its own, which would renew the token before the order; returns what lets it go."""
    held: list[Route] | None = []

    def meet_question(route: Route) -> None:
        if held is None:
            route.continue_()
        else:
            held.append(route)

    def go_on() -> None:
        nonlocal held
        kept, held = held or [], None
        for route in kept:
            route.continue_()

    # All but the order and the renewal.
    trade.page.route(re.compile("/api/(?!orders$|auth/refresh$)"), meet_question)
    return go_on
