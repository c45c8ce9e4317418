"""A person makes a passkey, signs in by it without a password, and removes it after showing it again."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from cse.cli.shots.browser import Faults, Size
from tests.browser.conftest import MeetOther, OpenPage
from tests.browser.sizes import PHONE_AND_DESK
from tests.browser.words import words
from tests.exchange import RunningExchange


def say(locale: str, name: str) -> str:
    return words(locale, f"settings.security.{name}")


def give_authenticator(page: Page) -> None:
    """The browser's own stand-in for a phone with a finger on it."""
    devtools = page.context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    devtools.send("WebAuthn.addVirtualAuthenticator", {"options": options})


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


@PHONE_AND_DESK
def test_a_passkey_from_its_making_to_its_removal(
    site: RunningExchange, open_page: OpenPage, meet: MeetOther, faults: Faults, locale: str, size: Size
) -> None:
    # A browser that was signed in before asks for tokens, also without a cookie.
    faults.allow("400")
    me = meet()
    # A passkey is for a name, and this machine's is not a number.
    page = open_page(f"/{locale}/settings", size, person=me, url=site.url.replace("127.0.0.1", "localhost"))
    give_authenticator(page)
    section = page.locator("#security")
    press(page, say(locale, "addPasskey"))
    shown = page.get_by_role("dialog", name=say(locale, "codesTitle"))
    expect(shown.get_by_role("listitem")).to_have_count(10)
    press(page, say(locale, "kept"))
    name = words(locale, "settings.security.passkeyNumber", number="1")
    passkey = section.get_by_role("listitem").filter(has_text=name)
    expect(passkey).to_contain_text(say(locale, "neverUsed"))

    page.locator("#account").get_by_role("button", name=words(locale, "settings.account.signOut")).click()
    expect(section).to_have_count(0)
    page.goto(f"/{locale}/sign-in?to=/settings")
    press(page, words(locale, "session.signIn.passkey"))
    page.wait_for_url(lambda url: "/sign-in" not in url)
    expect(passkey).not_to_contain_text(say(locale, "neverUsed"))

    page.get_by_role("button", name=words(locale, "settings.security.removeThis", name=name)).click()
    expect(passkey).to_have_count(0)


def test_by_its_number_the_exchange_says_where_passkeys_work(open_page: OpenPage, meet: MeetOther) -> None:
    page = open_page("/en/settings", person=meet())
    give_authenticator(page)
    press(page, say("en", "addPasskey"))
    expect(page.locator("#security").get_by_role("alert")).to_have_text(
        words("en", "errors.passkeyElsewhere")
    )
