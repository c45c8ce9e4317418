"""A person applies to be verified, a reviewer approves and takes it back, and the person is told of each."""

from __future__ import annotations

from typing import Any, Final

import pyotp
from playwright.sync_api import FilePayload, Page, expect

from cse.cli.shots.browser import Faults, Size
from tests.browser.accessibility import serious_findings
from tests.browser.conftest import MeetOther, OpenPage
from tests.browser.others import PASSWORD
from tests.browser.sizes import PHONE_AND_DESK
from tests.browser.words import words
from tests.exchange import RunningExchange
from tests.papers import APPLICATION, PNG

# The page looks again every few seconds while somebody looks at an application.
TOLD_WITHIN_MS: Final = 60_000
REASON: Final = "The passport shows who it is."
FILE: Final[FilePayload] = {"name": "passport.png", "mimeType": "image/png", "buffer": PNG}


@PHONE_AND_DESK
def test_a_person_applies_and_a_reviewer_approves(
    open_page: OpenPage,
    meet: MeetOther,
    site: RunningExchange,
    faults: Faults,
    locale: str,
    size: Size,
) -> None:
    # The reviewer proves again who they are.
    faults.allow("403")
    person = meet()
    page = open_page(f"/{locale}/settings", size, person=person)
    main = page.get_by_role("main")
    main.get_by_role("link", name=words(locale, "settings.account.verify"), exact=True).click()
    apply(page, locale)
    assert serious_findings(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= size.width

    secret, reviewer = begin_to_review(open_page, site, meet, locale, size)
    decide(reviewer, locale, size, person.email, secret)

    heading = page.get_by_role("heading", level=1)
    expect(heading).to_contain_text(words(locale, "verification.levels.basic"), timeout=TOLD_WITHIN_MS)
    expect(page.get_by_role("main").get_by_role("status")).to_contain_text(
        words(locale, "verification.outcomes.approved")
    )

    take_back(reviewer, locale, size, person.email)
    page.reload()
    expect(page.get_by_role("main").get_by_role("status")).to_contain_text(
        words(locale, "verification.outcomes.revoked"), timeout=TOLD_WITHIN_MS
    )
    expect(heading).to_contain_text(words(locale, "verification.levels.none"))


def apply(page: Page, locale: str) -> None:
    """Says who it is, adds a picture, takes it back, adds it again, and hands the application in."""

    def say(name: str) -> str:
        return words(locale, f"verification.{name}")

    def press(name: str) -> None:
        page.get_by_role("main").get_by_role("button", name=say(name), exact=True).click()

    page.get_by_label(say("name"), exact=True).fill(APPLICATION["legal_name"])
    page.get_by_label(say("born"), exact=True).fill(APPLICATION["date_of_birth"])
    page.get_by_label(say("country"), exact=True).select_option(APPLICATION["country"])
    press("next")
    submit = page.get_by_role("button", name=say("submit"), exact=True)
    expect(submit).to_be_disabled()
    file = page.locator('input[type="file"]')
    file.set_input_files(FILE)
    press("remove")
    expect(submit).to_be_disabled()
    file.set_input_files(FILE)
    expect(submit).to_be_enabled()
    submit.click()
    expect(page.get_by_role("heading", name=say("pending"), exact=True)).to_be_visible()


def begin_to_review(
    open_page: OpenPage, site: RunningExchange, meet: MeetOther, locale: str, size: Size
) -> tuple[str, Page]:
    """Gives somebody with an authenticator the role, and opens the desk for them."""
    reviewer = meet()
    page = open_page(f"/{locale}/settings", size, person=reviewer)
    # It has taken its session up; else the answer to that might put back the one that is followed by another.
    verify = page.get_by_role("main").get_by_role("link", name=words(locale, "settings.account.verify"))
    expect(verify).to_be_visible()
    body = {"email": reviewer.email, "password": PASSWORD}
    session = post(page, "/api/auth/sign-in", "", body)
    token = session["access_token"]
    secret = post(page, "/api/security/totp", token, {})["secret"]
    post(page, "/api/security/totp/confirm", token, {"code": pyotp.TOTP(secret).now()})
    done = site.admin("operator", "add", session["person"], "--role", "reviewer")
    assert done.returncode == 0, done.stderr
    page.goto(f"/{locale}/admin?tab=verification")
    return secret, page


def decide(page: Page, locale: str, size: Size, email: str, secret: str) -> None:
    """Finds the application in the queue, looks at its document, and approves."""

    def say(name: str) -> str:
        return words(locale, f"admin.verification.{name}")

    row = page.get_by_role("listitem").filter(has_text=email)
    row.get_by_role("button", name=say("open"), exact=True).click()
    expect(page.get_by_role("main")).to_contain_text(str(APPLICATION["legal_name"]))
    page.get_by_role("button", name=say("show"), exact=True).click()
    expect(page.get_by_role("img", name=say("kinds.identity"), exact=True)).to_be_visible()
    assert serious_findings(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= size.width
    page.get_by_role("button", name=say("approve"), exact=True).click()
    dialog = page.get_by_role("dialog", name=say("approve"), exact=True)
    dialog.get_by_label(say("reason"), exact=True).fill(REASON)
    dialog.get_by_role("button", name=say("approve"), exact=True).click()
    expect(row).to_have_count(0)
    expect(dialog).not_to_be_visible()


def take_back(page: Page, locale: str, size: Size, email: str) -> None:
    """Finds it among what is approved, and takes it back."""

    def say(name: str) -> str:
        return words(locale, f"admin.verification.{name}")

    page.get_by_role("button", name=say("states.approved"), exact=True).click()
    row = page.get_by_role("listitem").filter(has_text=email)
    row.get_by_role("button", name=say("open"), exact=True).click()
    page.get_by_role("button", name=say("revoke"), exact=True).click()
    dialog = page.get_by_role("dialog", name=say("revoke"), exact=True)
    dialog.get_by_label(say("reason"), exact=True).fill(REASON)
    assert serious_findings(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= size.width
    dialog.get_by_role("button", name=say("revoke"), exact=True).click()
    expect(dialog).not_to_be_visible()
    expect(row).to_have_count(0)


def post(page: Page, path: str, token: str, body: dict[str, Any]) -> Any:
    headers = {"CSE-Client": "web", **({"Authorization": f"Bearer {token}"} if token else {})}
    answer = page.context.request.post(path, data=body, headers=headers)
    assert answer.ok, answer.text()
    return answer.json()
