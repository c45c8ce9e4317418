"""A person sees what happened to their account, also what a stranger tried and what they have just done."""

from __future__ import annotations

import httpx
from playwright.sync_api import expect

from cse.cli.shots.browser import Size
from tests.browser.conftest import MeetOther, OpenPage
from tests.browser.sizes import PHONE_AND_DESK
from tests.browser.words import words
from tests.exchange import RunningExchange
from tests.integration.edge.mailbox import VERIFY, await_mails, token_of

NAME = "<b>desk</b> \u0645\u0643\u062a\u0628"


@PHONE_AND_DESK
def test_what_was_done_and_tried_is_listed_the_latest_first(
    site: RunningExchange, open_page: OpenPage, meet: MeetOther, locale: str, size: Size
) -> None:
    me = meet()
    for _ in range(8):
        me.sign_in()
    wrong = {"email": me.email, "password": "somebody else's guess"}
    with httpx.Client(base_url=site.url, headers={"User-Agent": "curl/8.5.0"}) as stranger:
        # Only who is known to have an e-mail is shown what others try with it.
        me.verify_email(token_of(await_mails(stranger, me.email, VERIFY)[0]))
        assert stranger.post("/api/auth/sign-in", json=wrong).status_code == 401
    page = open_page(f"/{locale}/settings", size, person=me)
    section = page.locator("#activity")
    rows = section.get_by_role("listitem")
    expect(rows.first).to_contain_text(words(locale, "activity.acts.session_begun"))
    expect(rows.first).to_contain_text(words(locale, "activity.current"))
    tried = rows.filter(has_text=words(locale, "activity.refusals.session_begun"))
    expect(tried).to_have_count(1)
    for said in ("curl", "127.0.0.1", words(locale, "activity.refused")):
        expect(tried).to_contain_text(said)

    older = section.get_by_role("button", name=words(locale, "activity.older"), exact=True)
    older.click()
    expect(rows.last).to_contain_text(words(locale, "activity.acts.person_added"))
    expect(older).to_have_count(0)

    # What is done on this page is in the list, without a reload.
    here = page.locator("#sessions").get_by_role("listitem").first
    here.get_by_role("button").first.click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label(words(locale, "settings.sessions.name"), exact=True).fill(NAME)
    dialog.get_by_role("button", name=words(locale, "settings.sessions.save"), exact=True).click()
    expect(rows.first).to_contain_text(words(locale, "activity.acts.session_named"))
    expect(rows.first).to_contain_text(NAME)
    assert page.evaluate("document.documentElement.scrollWidth") <= size.width
