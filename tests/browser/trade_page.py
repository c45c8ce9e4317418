"""The trade page as a person uses it: at a desk all at once, on a phone through its tabs and sheet."""

from __future__ import annotations

import time
from collections.abc import Callable
from decimal import Decimal
from typing import Final

from playwright.sync_api import Locator, Page, expect

from cse.cli.shots.browser import Size
from tests.browser.words import numbers, words

SIDES: Final = ("bid", "ask")
POLL_MS: Final = 100
WATCH: Final = """() => {
    window.said = [];
    const look = () => window.said.push(document.body.innerText);
    new MutationObserver(look).observe(document.body, {subtree: true, childList: true, characterData: true});
}"""


class TradePage:
    """What is seen and pressed on the page of one market, in one language."""

    def __init__(self, page: Page, size: Size, market: str, locale: str = "en") -> None:
        self.page = page
        self.phone = size.phone
        self.locale = locale
        self.market = market
        self.base, self.quote = market.split("-")

    @property
    def path(self) -> str:
        """Where the page is."""
        return f"/{self.locale}/trade/{self.market}"

    # The ticket

    @property
    def ticket(self) -> Locator:
        """Where an order is written; on a phone it is there while the sheet is open."""
        role = "dialog" if self.phone else "region"
        return self.page.get_by_role(role, name=self._say("ticket.title", asset=self.base))  # type: ignore[arg-type]

    @property
    def send_button(self) -> Locator:
        """The button that says what the order will do."""
        return self.ticket.locator("[data-send]")

    def open_ticket(self, side: str = "buy") -> None:
        """Turns to the ticket of a side."""
        if self.phone and not self.ticket.is_visible():
            self.page.get_by_role("main").get_by_role(
                "button", name=self._say(f"phone.{side}"), exact=True
            ).click()
        self.ticket.get_by_role("radio", name=self._say(f"ticket.{side}"), exact=True).click()

    def write_limit(self, side: str, price: str, size: str) -> None:
        """Writes a limit order."""
        self._choose(side, "limit")
        self.field("price").fill(price)
        self.field("size").fill(size)

    def write_market(self, side: str, size: str) -> None:
        """Writes a market order by quantity."""
        self._choose(side, "market")
        self.field("size").fill(size)

    def choose_kind(self, name: str) -> None:
        """Turns the ticket to a kind of order by its name: a tab, or one of the menu of those that wait."""
        tab = self.ticket.get_by_role("tab", name=name, exact=True)
        if tab.count():
            tab.click()
            return
        self.ticket.get_by_role("button", name=self._say("ticket.more")).click()
        self.ticket.get_by_role("menuitemradio", name=name, exact=True).click()

    def field(self, name: str) -> Locator:
        """A field of the ticket: `price`, `size`, `spend`, `stop`, `trail`, `worst`, `shown` or `profit`."""
        return self.ticket.locator(f'input[name="{name}"]')

    def estimate(self, name: str) -> Locator:
        """A figure of the estimate, such as `average`, `fee` or `totalBuy`."""
        return self._line(self.ticket, self._say(f"estimate.{name}"))

    @property
    def available(self) -> Locator:
        """What is free for the ticket's side."""
        return self.ticket.locator("p", has_text=self._say("ticket.available")).locator(".figure")

    def send(self) -> None:
        """Presses the button and says yes to the review."""
        self.send_button.click()
        self.confirm()

    def confirm(self) -> None:
        """Says yes to the review."""
        expect(self.review).to_be_visible()
        side = "buy" if self.review.get_by_text(self._confirm("sideBuy"), exact=True).count() else "sell"
        self.review.get_by_role("button", name=self._confirm(f"{side}", asset=self.base)).click()

    @property
    def review(self) -> Locator:
        """The question before an order is sent."""
        back = self.page.get_by_role("button", name=self._confirm("back"), exact=True)
        change = self.page.get_by_role("button", name=self._confirm("change"), exact=True)
        return self.page.get_by_role("dialog").filter(has=back.or_(change)).last

    # Orders, fills, balances

    @property
    def own(self) -> Locator:
        """One's own orders, fills and balances."""
        return self.page.get_by_role("region", name=self._say("orders.title"))

    def turn_to(self, tab: str) -> None:
        """Shows one's `orders`, `fills`, `balances` or `history`."""
        self.own.get_by_role("tab", name=self._say(f"orders.tabs.{tab}")).click()

    @property
    def rows(self) -> Locator:
        """The rows of what is shown."""
        return self.own.locator("tbody tr, ul > li")

    def order_row(self, price: str) -> Locator:
        """The row of the open order at a price, written as on the page."""
        return self.rows.filter(has_text=price)

    def cancel(self, row: Locator) -> None:
        """Presses the cross of an order."""
        row.get_by_role("button").last.click()

    # The market

    @property
    def last_price(self) -> Locator:
        """The last price in the market's bar."""
        return self.page.get_by_role("main").locator("header").first.locator(".figure").first

    @property
    def banner(self) -> Locator:
        """The amber line that says that prices may be old."""
        return self.page.get_by_role("status").filter(has_text=self._say("feed.old"))

    @property
    def phase(self) -> Locator:
        """What is said of a market that does not simply trade."""
        return self.page.get_by_role("main").locator("[role=status][data-phase]")

    def levels(self) -> dict[str, list[tuple[Decimal, Decimal]]]:
        """Price and size of the rows of both sides that there is room for, best first."""
        return {side: [_level(text) for text in self._side(side).all_text_contents()] for side in SIDES}

    def show_book(self) -> None:
        """On a phone, turns to the book."""
        if self.phone:
            self.page.get_by_role("tab", name=self._say("phone.book"), exact=True).click()

    @property
    def ladder(self) -> Locator:
        """Both sides of an auction's book at each price."""
        return self.page.get_by_role("table", name=self._say("ladder.title"))

    def show_auction_book(self) -> None:
        """On a phone, turns to it."""
        self.show_book()
        expect(self.ladder).to_be_visible()

    def _side(self, side: str) -> Locator:
        book = self.page.get_by_role("region", name=self._say("book.title"), exact=True)
        return book.get_by_role("grid", name=self._say(f"book.side.{side}")).locator("[role=gridcell]")

    # What goes on

    def toast(self, title: str) -> Locator:
        """A notice by its title."""
        region = self.page.get_by_role("region", name=words(self.locale, "common.notices"))
        return region.get_by_role("article").filter(has_text=title)

    def expect_toast(self, title: str) -> None:
        """Waits for a notice."""
        expect(self.toast(title)).to_be_visible()

    def watch(self) -> None:
        """Remembers every text that the page goes through from now on."""
        self.page.evaluate(WATCH)

    @property
    def said(self) -> str:
        """Those texts."""
        return "\n".join(self.page.evaluate("window.said"))

    def until(self, condition: Callable[[], bool], what: str, timeout_s: float = 45.0) -> None:
        """Returns once the condition holds; fails with `what` was awaited."""
        deadline = time.monotonic() + timeout_s
        while not condition():
            assert time.monotonic() < deadline, f"not within {timeout_s:.0f} s: {what}"
            self.page.wait_for_timeout(POLL_MS)

    def _choose(self, side: str, kind: str) -> None:
        self.open_ticket(side)
        self.ticket.get_by_role("tab", name=self._say(f"ticket.{kind}"), exact=True).click()

    def _line(self, where: Locator, label: str) -> Locator:
        term = self.page.locator("dt").filter(has_text=label)
        return where.locator("dl > div").filter(has=term).first.locator("dd .figure")

    def _confirm(self, name: str, **values: str) -> str:
        return words(self.locale, f"ordering.confirm.{name}", **values)

    def _say(self, name: str, **values: str) -> str:
        return words(self.locale, f"trade.{name}", **values)


def _level(text: str) -> tuple[Decimal, Decimal]:
    price, size, *_ = numbers(text)
    return price, size
