"""A person opens an account, moves money into it, trades in it, and archives it when it is empty."""

from __future__ import annotations

from playwright.sync_api import Locator, Page, expect

from cse.cli.shots.browser import Faults, Size
from tests.browser.accessibility import serious_findings
from tests.browser.conftest import MeetOther, OpenPage
from tests.browser.others import Other
from tests.browser.sizes import PHONE_AND_DESK
from tests.browser.trade_page import TradePage
from tests.browser.words import words

NAME = "\u0631\u0635\u064a\u062f <b>two</b>"


@PHONE_AND_DESK
def test_a_person_uses_two_accounts(
    open_page: OpenPage, meet: MeetOther, faults: Faults, locale: str, size: Size
) -> None:
    # An account that is not empty is not archived, which the browser notes.
    faults.allow("409")
    person = meet(USDC="1000")
    page = open_page(f"/{locale}/settings", size, person=person)
    accounts = Accounts(page, locale)
    accounts.open(NAME)
    accounts.transfer("100", NAME, kept="900")
    row = accounts.row(NAME)
    expect(row).to_contain_text("100.00")
    row.get_by_role("button", name=accounts.say("archiveThis", name=NAME)).click()
    expect(row).to_contain_text(words(locale, "errors.codes.account_not_empty"))

    accounts.make_key_for(NAME)

    # The whole app follows the choice, on the next page and after a reload.
    accounts.choose(NAME)
    page.goto(page.url.replace("/settings", "/trade/LAB-USDC"))
    trade = TradePage(page, size, "LAB-USDC", locale)
    trade.open_ticket()
    expect(trade.available).to_have_text("100.00")
    # The ticket says whose it is.
    expect(trade.ticket.locator("[data-account]")).to_have_text(NAME)
    trade.write_limit("buy", "0.02", "100")
    trade.send_button.click()
    expect(trade.review).to_contain_text(NAME)
    trade.confirm()
    expect(trade.order_row("0.02")).to_have_count(1)
    (order,) = accounts.orders_of(person, NAME)
    assert order == "0.02"
    assert person.orders("LAB-USDC") == []

    trade.cancel(trade.order_row("0.02"))
    page.goto(page.url.replace("/trade/LAB-USDC", "/settings"))
    accounts.transfer(None, words(locale, "common.accounts.main"), kept="0")
    accounts.row(NAME).get_by_role("button", name=accounts.say("archiveThis", name=NAME)).click()
    expect(accounts.row(NAME)).to_contain_text(accounts.say("archived"))
    # What is archived is no place to be in: the tab is about the main account again.
    expect(accounts.row(words(locale, "common.accounts.main"))).to_contain_text(accounts.say("chosen"))
    expect(accounts.switcher).to_have_count(0)


class Accounts:
    """The settings' section of accounts, and the head of the page."""

    def __init__(self, page: Page, locale: str) -> None:
        self.page = page
        self.locale = locale
        self.section = page.locator("#accounts")
        self.dialog = page.get_by_role("dialog")

    def say(self, key: str, /, **values: str) -> str:
        return words(self.locale, f"accounts.{key}", **values)

    def say_transfers(self, key: str, /, **values: str) -> str:
        return words(self.locale, f"transfers.{key}", **values)

    @property
    def switcher(self) -> Locator:
        return self.page.get_by_role("button", name=words(self.locale, "common.accounts.choose"))

    def row(self, name: str) -> Locator:
        return self.section.get_by_role("listitem").filter(has_text=name)

    def open(self, name: str) -> None:
        self.section.get_by_role("button", name=self.say("open"), exact=True).click()
        self.dialog.get_by_label(self.say("name"), exact=True).fill(name)
        self.dialog.get_by_role("button", name=self.say("openAction"), exact=True).click()
        expect(self.row(name)).to_have_count(1)

    def transfer(self, amount: str | None, name: str, kept: str) -> None:
        """Moves so much from the account in use to the other one; None is all that is available.

        `name` is the other account's, and `kept` what is available in the first one afterwards.
        """
        self.section.get_by_role("link", name=self.say("transfer"), exact=True).click()
        main = self.page.get_by_role("main")
        if amount is None:
            expect(main.get_by_role("button", name=self.say_transfers("all"))).to_be_enabled()
            main.get_by_role("button", name=self.say_transfers("all")).click()
        else:
            main.get_by_label(self.say_transfers("amount"), exact=True).fill(amount)
        main.get_by_role("button", name=self.say_transfers("move"), exact=True).click()
        expect(main.get_by_label(self.say_transfers("amount"), exact=True)).to_have_value("")
        latest = main.get_by_role("listitem").first
        expect(latest).to_contain_text(self.say_transfers("toOther", name=name))
        expect(main.locator("form")).to_contain_text(f"{kept} USDC")
        assert serious_findings(self.page) == []
        self.page.go_back()
        expect(self.section).to_be_visible()

    def make_key_for(self, name: str) -> None:
        """Makes an API key for this account alone; the list says for which it is."""
        keys = self.page.locator("#keys")
        keys.get_by_role("button", name=words(self.locale, "settings.keys.make"), exact=True).click()
        label = words(self.locale, "settings.keys.label")
        self.dialog.get_by_label(label, exact=True).fill("a program")
        self.dialog.get_by_text(name, exact=True).click()
        expect(self.dialog.get_by_role("checkbox", name=name, exact=True)).to_be_checked()
        self.dialog.get_by_role(
            "button", name=words(self.locale, "settings.keys.makeAction"), exact=True
        ).click()
        self.dialog.get_by_role("button", name=words(self.locale, "settings.keys.kept"), exact=True).click()
        key = keys.get_by_role("listitem")
        expect(key).to_contain_text(name)
        expect(key).not_to_contain_text(words(self.locale, "common.accounts.main"))

    def choose(self, name: str) -> None:
        self.switcher.click()
        self.page.get_by_role("menuitemradio").filter(has_text=name).click()
        expect(self.switcher).to_contain_text(name)

    def orders_of(self, person: Other, name: str) -> list[str | None]:
        """The prices of an account's open orders, as the API has them."""
        return [order.price for order in person.orders_of_account(name)]
