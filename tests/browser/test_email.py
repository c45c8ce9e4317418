"""A person who has signed up follows the link in the mail, and the settings say so."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from cse.cli.shots.browser import Faults, Size
from tests.browser.conftest import OpenPage
from tests.browser.mailbox import VERIFY, link_for
from tests.browser.sizes import PHONE_AND_DESK
from tests.browser.visitor import Visitor
from tests.browser.words import words


def say(locale: str, name: str) -> str:
    return words(locale, f"settings.security.{name}")


def confirm(page: Page, locale: str) -> None:
    page.get_by_role("main").get_by_role(
        "button", name=words(locale, "links.verify.action"), exact=True
    ).click()


def set_phrase(page: Page, locale: str, phrase: str) -> None:
    section = page.locator("#security")
    section.get_by_role("button", name=say(locale, "phraseSet"), exact=True).click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label(say(locale, "phraseLabel"), exact=True).fill(phrase)
    dialog.get_by_role("button", name=say(locale, "save"), exact=True).click()
    expect(dialog).not_to_be_visible()
    expect(section.get_by_role("button", name=say(locale, "phraseRemove"), exact=True)).to_be_visible()


@PHONE_AND_DESK
def test_an_e_mail_is_confirmed_by_the_link_of_a_mail(
    open_page: OpenPage, faults: Faults, locale: str, size: Size
) -> None:
    faults.allow("401")
    page = open_page(f"/{locale}/sign-up", size)
    me = Visitor(page, locale)
    me.sign_up()
    page.goto(f"/{locale}/settings")
    section = page.locator("#security")
    expect(section).to_contain_text(me.email)
    expect(section).to_contain_text(say(locale, "emailOpen"))
    section.get_by_role("button", name=say(locale, "emailSend"), exact=True).click()
    expect(section).to_contain_text(say(locale, "emailSent"))

    page.goto(f"/{locale}/mailbox")
    link = link_for(page, me.email, VERIFY)
    page.goto(f"/{locale}{link}")
    confirm(page, locale)
    expect(page.get_by_role("heading", level=1)).to_have_text(words(locale, "links.verify.doneTitle"))
    page.goto(f"/{locale}/settings")
    expect(section).to_contain_text(words(locale, "settings.security.emailSince", at="").strip())

    set_phrase(page, locale, "green tea at noon")
    asked = page.context.request.post("/api/auth/password-reset", data={"email": me.email})
    assert asked.ok
    page.goto(f"/{locale}/mailbox")
    mail = page.get_by_role("listitem").filter(has_text=me.email).filter(has_text="/reset-password#")
    expect(mail).to_contain_text("green tea at noon")

    page.goto(f"/{locale}{link}")
    confirm(page, locale)
    expect(page.get_by_role("alert").first).to_contain_text(words(locale, "errors.codes.link_ended"))
