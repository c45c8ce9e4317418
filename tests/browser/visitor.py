"""Somebody at the browser: signs up, takes play money, signs out, and is known to the API as well."""

from __future__ import annotations

import uuid

from playwright.sync_api import Locator, Page, expect

from tests.browser.others import PASSWORD
from tests.browser.words import words


class Visitor:
    """One person at one page, who may become a user there."""

    def __init__(self, page: Page, locale: str = "en") -> None:
        self.page = page
        self.locale = locale
        self.email = f"{uuid.uuid4().hex}@example.com"

    def sign_up(self, display_name: str = "Ada") -> None:
        """Fills in the form of the sign-up page that is open, and returns once it has let one in."""
        self.page.get_by_label(self._say("session.email"), exact=True).fill(self.email)
        self.page.get_by_label(self._say("session.displayName"), exact=True).fill(display_name)
        self.page.locator('input[name="password"]').fill(PASSWORD)
        form = self.page.get_by_role("main").locator("form")
        form.get_by_role("button", name=self._say("session.signUp.action"), exact=True).click()
        self.page.wait_for_url(lambda url: "/sign-up" not in url)

    @property
    def faucet(self) -> Locator:
        """The dialog that gives play money."""
        return self.page.get_by_role("dialog", name=self._say("common.faucet.title"))

    def take_play_money(self, amount: str) -> None:
        """Takes play money of the asset that the open dialog offers."""
        self.faucet.get_by_label(self._say("common.faucet.amount"), exact=True).fill(amount)
        self.faucet.get_by_role("button", name=self._say("common.faucet.action"), exact=True).click()
        expect(self.faucet).not_to_be_visible()

    def sign_out(self, *, phone: bool) -> None:
        """Signs out by the menu in the head of the page, on a phone by the account's page."""
        if phone:
            self.page.get_by_role("link", name=self._say("common.nav.account"), exact=True).click()
            main = self.page.get_by_role("main")
            main.get_by_role("button", name=self._say("common.signOut"), exact=True).click()
        else:
            self.page.get_by_role("button", name=self._say("common.account"), exact=True).click()
            self.page.get_by_role("menuitem", name=self._say("common.signOut")).click()

    def _say(self, name: str) -> str:
        return words(self.locale, name)
