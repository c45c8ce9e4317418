"""A person has lost the password: asks for a link, reads the demo's mailbox, chooses another, signs in."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from cse.cli.shots.browser import Faults, Size
from tests.browser.conftest import MeetOther, OpenPage
from tests.browser.mailbox import RESET, link_for
from tests.browser.others import PASSWORD
from tests.browser.sizes import PHONE_AND_DESK
from tests.browser.visitor import Visitor
from tests.browser.words import words

NEW = "another long pass phrase"
BOTH = PHONE_AND_DESK


def press(page: Page, locale: str, name: str) -> None:
    page.get_by_role("main").get_by_role("button", name=words(locale, name), exact=True).click()


def follow(page: Page, locale: str, name: str) -> None:
    page.get_by_role("main").get_by_role("link", name=words(locale, name), exact=True).click()


def ask(page: Page, locale: str, email: str) -> None:
    page.get_by_label(words(locale, "session.email"), exact=True).fill(email)
    press(page, locale, "links.forgot.action")
    expect(page.get_by_role("heading", level=1)).to_have_text(words(locale, "links.forgot.sentTitle"))


def choose(page: Page, locale: str, password: str) -> None:
    page.locator('input[name="password"]').fill(password)
    press(page, locale, "links.reset.action")


@BOTH
def test_a_lost_password_is_replaced_by_the_link_of_a_mail(
    open_page: OpenPage, faults: Faults, locale: str, size: Size
) -> None:
    # The session that was open at the other device ends, and a weak password and a used link are refused.
    faults.allow("401")
    faults.allow("400")
    elsewhere = open_page(f"/{locale}/sign-up", size)
    me = Visitor(elsewhere, locale)
    me.sign_up()
    page = open_page(f"/{locale}/sign-in", size)
    follow(page, locale, "session.signIn.forgot")
    page.wait_for_url("**/forgot-password")
    ask(page, locale, me.email)
    expect(page.get_by_role("main")).to_contain_text(me.email)
    follow(page, locale, "links.forgot.mailbox")
    page.wait_for_url("**/mailbox")
    link = link_for(page, me.email, RESET)

    page.goto(f"/{locale}{link}")
    expect(page.get_by_role("heading", level=1)).to_have_text(words(locale, "links.reset.title"))
    expect(page).to_have_url(re.compile(r"/reset-password$"))
    choose(page, locale, "password123")
    refusal = page.get_by_text(words(locale, "errors.codes.breached_password"))
    expect(refusal).to_be_visible()
    # Of another password it is not said.
    page.locator('input[name="password"]').fill(NEW)
    expect(refusal).to_have_count(0)
    choose(page, locale, NEW)
    expect(page.get_by_role("heading", level=1)).to_have_text(words(locale, "links.reset.doneTitle"))

    follow(page, locale, "session.signIn.action")
    page.wait_for_url("**/sign-in")
    sign_in(page, locale, me.email, PASSWORD)
    expect(page.get_by_role("alert").first).to_contain_text(words(locale, "errors.codes.wrong_credentials"))
    sign_in(page, locale, me.email, NEW)
    page.wait_for_url(lambda url: "/sign-in" not in url)
    elsewhere.goto(f"/{locale}/sign-in")
    expect(elsewhere.locator('input[name="password"]')).to_be_visible()

    again = open_page(f"/{locale}{link}", size)
    choose(again, locale, NEW)
    expect(again.get_by_role("alert").first).to_contain_text(words(locale, "errors.codes.link_ended"))
    follow(again, locale, "links.reset.another")
    again.wait_for_url("**/forgot-password")


def sign_in(page: Page, locale: str, email: str, password: str) -> None:
    page.get_by_label(words(locale, "session.email"), exact=True).fill(email)
    page.locator('input[name="password"]').fill(password)
    press(page, locale, "session.signIn.action")


def test_the_page_says_the_same_of_an_e_mail_that_nobody_has(open_page: OpenPage, meet: MeetOther) -> None:
    shown = []
    for email in (meet().email, "nobody-has-this@example.com"):
        page = open_page("/en/forgot-password")
        ask(page, "en", email)
        shown.append(page.get_by_role("main").locator("section").inner_text().replace(email, ""))
    assert shown[0] == shown[1]


def test_a_page_without_its_link_says_where_to_get_another(open_page: OpenPage) -> None:
    page = open_page("/en/reset-password")
    expect(page.get_by_role("heading", level=1)).to_have_text(words("en", "links.reset.noLinkTitle"))
    follow(page, "en", "links.reset.another")
    page.wait_for_url("**/forgot-password")
