"""A person closes their account: not while there is money in it, and for good."""

from __future__ import annotations

from playwright.sync_api import expect

from cse.cli.shots.browser import Faults, Size
from tests.browser.conftest import OpenPage
from tests.browser.others import PASSWORD
from tests.browser.sizes import PHONE_AND_DESK
from tests.browser.visitor import Visitor
from tests.browser.words import words


@PHONE_AND_DESK
def test_an_account_is_closed_and_nobody_signs_in_to_it(
    open_page: OpenPage, faults: Faults, locale: str, size: Size
) -> None:
    # The session is over, and the password nobody's.
    faults.allow("401")
    page = open_page(f"/{locale}/sign-up", size)
    me = Visitor(page, locale)
    me.sign_up()
    page.goto(f"/{locale}/close-account")
    close = page.get_by_role("button", name=words(locale, "closing.close"), exact=True)
    expect(close).to_be_disabled()
    page.get_by_role("checkbox").check(force=True)
    assert page.evaluate("document.documentElement.scrollWidth") <= size.width
    close.click()
    expect(page.get_by_role("heading", level=1)).to_have_text(words(locale, "closing.done"))

    page.goto(f"/{locale}/sign-in")
    page.locator('input[name="email"]').fill(me.email)
    page.locator('input[name="password"]').fill(PASSWORD)
    page.get_by_role("main").get_by_role(
        "button", name=words(locale, "session.signIn.action"), exact=True
    ).click()
    expect(page.get_by_role("alert").first).to_contain_text(words(locale, "errors.codes.wrong_credentials"))
