"""A person sets an authenticator up, signs in with it, and takes it away again."""

from __future__ import annotations

import re
import time
from pathlib import Path

import pyotp
from playwright.sync_api import Page, expect

from cse.cli.shots.browser import Faults, Size
from tests.browser.conftest import MeetOther, OpenPage
from tests.browser.others import PASSWORD, Other
from tests.browser.sizes import PHONE_AND_DESK
from tests.browser.words import words


def say(locale: str, name: str) -> str:
    return words(locale, f"settings.security.{name}")


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


@PHONE_AND_DESK
def test_an_authenticator_from_its_set_up_to_its_removal(
    open_page: OpenPage, meet: MeetOther, faults: Faults, locale: str, size: Size
) -> None:
    # The first step of a sign-in is refused, and so is the first try at what needs a step up.
    faults.allow("401")
    faults.allow("403")
    me = meet()
    page = open_page(f"/{locale}/settings", size, person=me)
    app, codes = set_up(page, locale)
    section = page.locator("#security")
    expect(section).to_contain_text(words(locale, "settings.security.on", at="").strip())

    again = open_page(f"/{locale}/sign-in", size)
    sign_in(again, locale, me, app)
    again.goto(f"/{locale}/settings")
    take_away(again, locale)
    expect(again.locator("#security")).to_contain_text(say(locale, "off"))
    assert len(set(codes)) == 10


def set_up(page: Page, locale: str) -> tuple[pyotp.TOTP, list[str]]:
    press(page, say(locale, "setUp"))
    dialog = page.get_by_role("dialog", name=say(locale, "enrolTitle"))
    expect(dialog.get_by_role("img", name=say(locale, "qr"))).to_be_visible()
    app = pyotp.TOTP(re.sub(r"\s", "", dialog.locator("bdi").inner_text()))
    field = dialog.get_by_label(words(locale, "common.stepUp.code"), exact=True)
    field.fill(wrong_code(app))
    press(page, say(locale, "confirm"))
    expect(dialog.get_by_role("alert")).to_contain_text(words(locale, "errors.codes.wrong_code"))
    field.fill(app.now())
    press(page, say(locale, "confirm"))

    shown = page.get_by_role("dialog", name=say(locale, "codesTitle"))
    expect(shown.get_by_role("listitem")).to_have_count(10)
    codes = shown.get_by_role("listitem").all_inner_texts()
    with page.expect_download() as download:
        press(page, say(locale, "download"))
    assert Path(download.value.path()).read_text().split() == codes
    # It does not go away before somebody says that the codes are kept.
    page.keyboard.press("Escape")
    expect(shown).to_contain_text(say(locale, "notKeptYet"))
    press(page, say(locale, "kept"))
    expect(shown).not_to_be_visible()
    return app, codes


def sign_in(page: Page, locale: str, me: Other, app: pyotp.TOTP) -> None:
    page.get_by_label(words(locale, "session.email"), exact=True).fill(me.email)
    page.locator('input[name="password"]').fill(PASSWORD)
    form = page.get_by_role("main").locator("form")
    form.get_by_role("button", name=words(locale, "session.signIn.action"), exact=True).click()
    field = page.get_by_label(words(locale, "common.stepUp.code"), exact=True)
    expect(field).to_be_focused()
    assert field.get_attribute("autocomplete") == "one-time-code"
    # That of now has been used to set it up.
    field.fill(app.at(int(time.time()) + 30))
    form.get_by_role("button", name=words(locale, "session.signIn.action"), exact=True).click()
    page.wait_for_url(lambda url: "/sign-in" not in url)


def take_away(page: Page, locale: str) -> None:
    press(page, say(locale, "removeTotp"))
    expect(page.get_by_text(say(locale, "removed"), exact=True).first).to_be_visible()


def wrong_code(app: pyotp.TOTP) -> str:
    near = {app.at(int(time.time()) + late_s) for late_s in range(-60, 61, 30)}
    return next(
        code for code in ("000000", "111111", "222222", "333333", "444444", "555555") if code not in near
    )
