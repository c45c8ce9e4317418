"""A person makes a key for a program, sees its secret once, and revokes it."""

from __future__ import annotations

import re

import httpx
from playwright.sync_api import expect

from cse.cli.shots.browser import Faults, Size
from cse_client.keys import HmacKey
from cse_client.signing import Signing
from tests.browser.conftest import MeetOther, OpenPage
from tests.browser.sizes import PHONE_AND_DESK
from tests.browser.words import words
from tests.exchange import RunningExchange

LABEL = "<b>grid</b> \u0628\u0631\u0646\u0627\u0645\u062c"


@PHONE_AND_DESK
def test_a_person_makes_a_key_and_revokes_it(
    site: RunningExchange,
    open_page: OpenPage,
    meet: MeetOther,
    faults: Faults,
    locale: str,
    size: Size,
) -> None:
    # A network that is none is refused, which the browser notes.
    faults.allow("400")

    def said(key: str) -> str:
        return words(locale, f"settings.keys.{key}")

    page = open_page(f"/{locale}/settings", size, person=meet())
    section = page.locator("#keys")
    section.get_by_role("button", name=said("make"), exact=True).click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label(said("label"), exact=True).fill(LABEL)
    dialog.get_by_label(said("networks"), exact=True).fill("10.0.0.1/8")
    dialog.get_by_role("button", name=said("makeAction"), exact=True).click()
    # What is wrong with it is said at its field, and what was written stays.
    networks = dialog.get_by_label(said("networks"), exact=True)
    expect(networks).to_have_attribute("aria-invalid", "true")
    expect(networks).to_have_accessible_description(re.compile(re.escape(said("networksHint"))))
    expect(dialog.get_by_label(said("label"), exact=True)).to_have_value(LABEL)
    dialog.get_by_label(said("networks"), exact=True).fill("127.0.0.0/8  ::1")
    dialog.get_by_role("button", name=said("makeAction"), exact=True).click()

    secret = dialog.get_by_label(said("secret"), exact=True)
    expect(secret).to_be_visible()
    # All of it can be read: it is not shown again.
    assert secret.evaluate("it => it.scrollWidth <= it.clientWidth")
    signing = Signing(
        HmacKey(dialog.get_by_label(said("id"), exact=True).inner_text(), secret.inner_text()), 30_000
    )
    dialog.get_by_role("button", name=said("kept"), exact=True).click()
    key = section.get_by_role("listitem")
    expect(key).to_contain_text(LABEL)
    expect(key).to_contain_text("127.0.0.0/8")

    def status() -> int:
        headers = signing.headers("GET", "/api/balances", "", b"")
        return httpx.get(f"{site.url}/api/balances", headers=headers).status_code

    assert status() == 200
    key.get_by_role("button").click()
    page.get_by_role("dialog").get_by_role("button", name=said("revoke"), exact=True).click()
    expect(key).to_have_count(0)
    assert status() == 401
