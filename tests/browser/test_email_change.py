"""A person changes their e-mail, and whoever reads the one before says that it was somebody else."""

from __future__ import annotations

import uuid

from playwright.sync_api import Page, expect

from cse.cli.shots.browser import Faults, Size
from tests.browser.conftest import OpenPage
from tests.browser.mailbox import VERIFY, link_for
from tests.browser.others import PASSWORD
from tests.browser.sizes import PHONE_AND_DESK
from tests.browser.visitor import Visitor
from tests.browser.words import words

UNDO = "/undo-email-change#"


def say(locale: str, name: str) -> str:
    return words(locale, f"settings.security.{name}")


def press(page: Page, locale: str, name: str) -> None:
    page.get_by_role("main").get_by_role("button", name=words(locale, name), exact=True).click()


def follow(page: Page, locale: str, email: str, to: str, step: str) -> None:
    """Opens the newest link of a kind that was sent to an e-mail, presses, and sees that it is done."""
    page.goto(f"/{locale}/mailbox")
    page.goto(f"/{locale}{link_for(page, email, to)}")
    press(page, locale, f"links.{step}.action")
    expect(page.get_by_role("heading", level=1)).to_have_text(words(locale, f"links.{step}.doneTitle"))


@PHONE_AND_DESK
def test_an_e_mail_is_changed_by_its_link_and_the_one_before_takes_it_back(
    open_page: OpenPage, faults: Faults, locale: str, size: Size
) -> None:
    # The session ends by what the one before says.
    faults.allow("401")
    page = open_page(f"/{locale}/sign-up", size)
    me, new = Visitor(page, locale), f"{uuid.uuid4().hex}@example.com"
    me.sign_up()
    follow(page, locale, me.email, VERIFY, "verify")

    page.goto(f"/{locale}/settings")
    section = page.locator("#security")
    section.get_by_role("button", name=say(locale, "emailChange"), exact=True).click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label(say(locale, "emailNew"), exact=True).fill(new)
    dialog.locator('input[name="password"]').fill(PASSWORD)
    dialog.get_by_role("button", name=say(locale, "emailChangeSend"), exact=True).click()
    expect(dialog).not_to_be_visible()
    expect(section).to_contain_text(new)
    expect(section).to_contain_text(me.email)
    assert page.evaluate("document.documentElement.scrollWidth") <= size.width

    follow(page, locale, new, VERIFY, "verify")
    page.goto(f"/{locale}/settings")
    expect(section).to_contain_text(new)
    expect(section).not_to_contain_text(me.email)

    follow(page, locale, me.email, UNDO, "undo")
    page.goto(f"/{locale}/sign-in")
    expect(page.locator('input[name="password"]')).to_be_visible()
