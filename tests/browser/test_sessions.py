"""A person looks where they are signed in, names this place and ends the others."""

from __future__ import annotations

from playwright.sync_api import expect

from cse.cli.shots.browser import Faults, Size
from tests.browser.conftest import MeetOther, OpenPage
from tests.browser.sizes import PHONE_AND_DESK
from tests.browser.words import words

NAME = "<b>desk</b> \u0645\u0643\u062a\u0628"


@PHONE_AND_DESK
def test_a_person_ends_a_session_and_it_is_over_there(
    open_page: OpenPage, meet: MeetOther, faults: Faults, locale: str, size: Size
) -> None:
    # The page whose session is ended is told so.
    faults.allow("401")
    me = meet()
    elsewhere = open_page("/en/portfolio", person=me)
    expect(elsewhere.get_by_role("button", name=words("en", "common.account"), exact=True)).to_be_visible()
    page = open_page(f"/{locale}/settings", size, person=me)
    section = page.locator("#sessions")
    devices = section.get_by_role("listitem")
    # The one that met, the one elsewhere, and this one.
    expect(devices).to_have_count(3)
    here = devices.filter(has_text=words(locale, "settings.sessions.current"))
    expect(here).to_contain_text("127.0.0.1")

    here.get_by_role("button").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label(words(locale, "settings.sessions.name"), exact=True).fill(NAME)
    dialog.get_by_role("button", name=words(locale, "settings.sessions.save"), exact=True).click()
    expect(here).to_contain_text(NAME)

    elsewhere_too = devices.filter(has_text="Chrome").filter(has_not_text=NAME)
    elsewhere_too.get_by_role("button").last.click()
    expect(devices).to_have_count(2)
    elsewhere.reload()
    expect(elsewhere.get_by_role("link", name=words("en", "common.signIn")).first).to_be_visible()

    # What is left of the others is one program, which says nothing of itself.
    unknown = words(locale, "settings.sessions.deviceUnknown")
    expect(devices.filter(has_text=unknown)).to_have_count(1)
    section.locator(":scope > div button").click()
    expect(devices).to_have_count(1)
    me.sign_in()
