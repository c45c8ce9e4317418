"""A person who is signed in chooses another password, and signs in with it afterwards."""

from __future__ import annotations

from playwright.sync_api import expect

from cse.cli.shots.browser import PHONE, Faults, Size
from tests.browser.conftest import OpenPage
from tests.browser.others import PASSWORD
from tests.browser.sizes import PHONE_AND_DESK
from tests.browser.visitor import Visitor
from tests.browser.words import words

NEW = "another long pass phrase"


def say(locale: str, name: str) -> str:
    return words(locale, f"settings.security.{name}")


@PHONE_AND_DESK
def test_another_password_is_chosen_by_the_one_there_is(
    open_page: OpenPage, faults: Faults, locale: str, size: Size
) -> None:
    # The first try has another password than there is; a page that is left while it signs out may find its
    # cookie gone.
    faults.allow("401")
    faults.allow("400")
    page = open_page(f"/{locale}/sign-up", size)
    me = Visitor(page, locale)
    me.sign_up()
    page.goto(f"/{locale}/settings")
    page.locator("#security").get_by_role("button", name=say(locale, "passwordSave"), exact=True).click()
    dialog = page.get_by_role("dialog")
    dialog.locator('input[name="current-password"]').fill(PASSWORD + "?")
    dialog.locator('input[name="password"]').fill(NEW)
    save = dialog.get_by_role("button", name=say(locale, "passwordSave"), exact=True)
    save.click()
    expect(dialog).to_contain_text(say(locale, "passwordWrong"))
    dialog.locator('input[name="current-password"]').fill(PASSWORD)
    assert page.evaluate("document.documentElement.scrollWidth") <= size.width
    save.click()
    expect(dialog).not_to_be_visible()

    page.reload()
    expect(page.locator("#sessions").get_by_role("listitem")).to_have_count(1)
    me.sign_out(phone=size is PHONE)
    page.goto(f"/{locale}/sign-in")
    page.locator('input[name="email"]').fill(me.email)
    page.locator('input[name="password"]').fill(NEW)
    page.get_by_role("main").get_by_role(
        "button", name=words(locale, "session.signIn.action"), exact=True
    ).click()
    page.wait_for_url(lambda url: "/sign-in" not in url)
