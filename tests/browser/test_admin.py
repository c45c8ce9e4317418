"""An operator at the desk: what they tell everybody, and a person who is frozen and let go."""

from __future__ import annotations

from typing import Any

import pyotp
from playwright.sync_api import Locator, Page, expect

from cse.cli.shots.browser import PHONE, Faults
from tests.browser.accessibility import serious_findings
from tests.browser.conftest import MeetOther, OpenPage
from tests.browser.others import PASSWORD
from tests.browser.words import words
from tests.exchange import RunningExchange

EMAIL = "desk-operator@example.com"
TEXT = "المخططات بطيئة."


def say(name: str) -> str:
    return words("ar", f"admin.{name}")


def press(where: Page | Locator, name: str) -> None:
    where.get_by_role("button", name=name, exact=True).click()


def test_the_desk_from_a_stranger_to_a_freeze(
    open_page: OpenPage, meet: MeetOther, site: RunningExchange, faults: Faults
) -> None:
    # Nobody is signed in at first; and to who has no role there is nothing, and the page asks.
    faults.allow("400")
    faults.allow("401")
    faults.allow("404")
    page = open_page("/ar/admin", PHONE, before="localStorage.setItem('cse.person', '1')")
    expect(page.get_by_role("heading", name="404")).to_be_visible()
    begin_to_operate(page, site)
    page.goto("/ar/admin")
    expect(page.get_by_role("heading", name=say("title"))).to_be_visible()
    leader = page.get_by_role("row").filter(has_text="leader")
    expect(leader).to_contain_text(say("overview.states.ready"))
    assert serious_findings(page) == []
    tell_everybody(page, open_page)
    change_a_market(page, site)
    limit_a_tier(page)
    set_a_rate(page)
    freeze_and_let_go(page, meet, site)


def begin_to_operate(page: Page, site: RunningExchange) -> None:
    """Signs up in the window of the page, with an authenticator, and is given a role."""
    body = {"email": EMAIL, "password": PASSWORD, "display_name": "Ada"}
    person = post(page, "/api/auth/sign-up", "", body)
    page.reload()
    expect(page.get_by_role("heading", name="404")).to_be_visible()
    token = person["access_token"]
    secret = post(page, "/api/security/totp", token, {})["secret"]
    post(page, "/api/security/totp/confirm", token, {"code": pyotp.TOTP(secret).now()})
    done = site.admin("operator", "add", person["person"], "--role", "security", "--role", "market")
    assert done.returncode == 0, done.stderr


def post(page: Page, path: str, token: str, body: dict[str, Any]) -> Any:
    headers = {"CSE-Client": "web", **({"Authorization": f"Bearer {token}"} if token else {})}
    answer = page.context.request.post(path, data=body, headers=headers)
    assert answer.ok, answer.text()
    return answer.json()


def tell_everybody(page: Page, open_page: OpenPage) -> None:
    press(page, say("incident.begin"))
    dialog = page.get_by_role("dialog")
    dialog.get_by_label(say("incident.english")).fill("Charts are slow.")
    dialog.get_by_label(say("incident.arabic")).fill(TEXT)
    press(dialog, say("incident.tell"))
    expect(dialog).not_to_be_visible()
    expect(page.get_by_role("complementary")).to_contain_text(TEXT)
    # In the language of whoever reads.
    visitor = open_page("/en/markets")
    expect(visitor.get_by_role("complementary")).to_contain_text("Charts are slow.")
    press(page, say("incident.end"))
    expect(page.get_by_role("main")).to_contain_text(say("incident.none"))
    visitor.reload()
    expect(visitor.get_by_role("table").first).to_be_visible()
    expect(visitor.get_by_role("complementary")).not_to_be_visible()


def change_a_market(page: Page, site: RunningExchange) -> None:
    """Halts a market that nobody else trades in, and asks for other fees of it."""
    for line in (("asset", "create", "DESKB", "--decimals=6"),
                 ("market", "create", "DESKB-USDC", "--tick=0.01", "--lot=0.001")):  # fmt: skip
        done = site.admin(*line)
        assert done.returncode == 0, done.stderr
    page.get_by_role("tab", name=say("tabs.markets")).click()
    press(page, "DESKB-USDC")
    assert serious_findings(page) == []
    press(page, say("markets.acts.status"))
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text(say("markets.effects.halted"))
    dialog.get_by_label(say("markets.reason")).fill("a test of it")
    press(dialog, say("markets.does.halted"))
    expect(dialog).not_to_be_visible()
    expect(page.get_by_text(say("markets.states.halted"), exact=True)).to_be_visible()
    press(page, say("markets.acts.band"))
    dialog.get_by_label(say("markets.fields.price_band_ppm")).fill("700")
    dialog.get_by_label(say("markets.reason")).fill("a test of it")
    # Somebody else is faster: the form says what they did, and goes on from there.
    done = site.run("admin", "market", "band", "DESKB-USDC", "--price-band-ppm=300")
    assert done.returncode == 0, done.stderr
    meanwhile = dialog.get_by_role("alert").filter(has_text=words("ar", "errors.codes.version_outdated"))
    expect(meanwhile.get_by_role("definition")).to_contain_text("300")
    assert serious_findings(page) == []
    press(meanwhile, words("ar", "common.broken.action"))
    expect(meanwhile).not_to_be_visible()
    expect(dialog.get_by_role("definition").locator("del")).to_contain_text("300")
    press(dialog, say("markets.acts.band"))
    expect(dialog).not_to_be_visible()
    press(page, say("markets.acts.fees"))
    dialog.get_by_label(say("markets.fields.maker_fee_ppm")).fill("500")
    expect(dialog.get_by_role("definition")).to_contain_text("500")
    dialog.get_by_label(say("markets.reason")).fill("a test of it")
    press(dialog, say("markets.ask"))
    request = page.get_by_role("listitem").filter(has_text="DESKB-USDC")
    press(request, say("requests.withdraw"))
    expect(request).to_contain_text(say("requests.states.withdrawn"))
    for tab, shown in (
        ("jobs", say("jobs.names.mail")),
        ("history", "DESKB-USDC"),
        ("audit", "market.status_set"),
    ):
        page.get_by_role("tab", name=say(f"tabs.{tab}")).click()
        expect(page.get_by_role("tabpanel")).to_contain_text(shown)
        assert serious_findings(page) == []


def limit_a_tier(page: Page) -> None:
    """Gives a tier its first limits, which are shown beside what held before."""
    page.get_by_role("tab", name=say("tabs.risk")).click()
    expect(page.get_by_role("tabpanel")).to_contain_text(say("risk.noFlags"))
    press(page, say("risk.set"))
    dialog = page.get_by_role("dialog")
    dialog.get_by_label(say("risk.market")).select_option("DESKB-USDC")
    dialog.get_by_label(say("risk.tier"), exact=True).select_option("3")
    dialog.get_by_label(say("risk.names.max_quantity")).fill("2.5")
    expect(dialog.get_by_role("definition")).to_contain_text("2.5 DESKB")
    dialog.get_by_label(say("risk.reason")).fill("a test of it")
    assert serious_findings(page) == []
    press(dialog, say("risk.set"))
    expect(dialog).not_to_be_visible()
    limits = page.get_by_role("listitem").filter(has_text="DESKB-USDC")
    expect(limits).to_contain_text("2.5 DESKB")
    assert serious_findings(page) == []


def set_a_rate(page: Page) -> None:
    """Gives a tier a rate of its own, within the bounds that are shown, on the page beside the limits."""

    def of_rates(name: str) -> str:
        return words("ar", f"rates.{name}")

    page.get_by_role("link", name=say("risk.rates"), exact=True).click()
    expect(page.get_by_role("heading", name=of_rates("title"))).to_be_visible()
    press(page, of_rates("set"))
    dialog = page.get_by_role("dialog")
    dialog.get_by_label(of_rates("limit"), exact=True).select_option("requests")
    dialog.get_by_label(of_rates("tier"), exact=True).select_option("3")
    expect(dialog).to_contain_text(of_rates("ofTierZero"))
    dialog.get_by_label(of_rates("atOnce"), exact=True).fill("999")
    dialog.get_by_label(of_rates("reason")).fill("a test of it")
    send = dialog.get_by_role("button", name=of_rates("set"), exact=True)
    expect(send).to_be_disabled()
    dialog.get_by_label(of_rates("atOnce"), exact=True).fill("5000")
    expect(dialog.get_by_role("definition")).to_contain_text("5,000")
    assert serious_findings(page) == []
    send.click()
    expect(dialog).not_to_be_visible()
    expect(page.get_by_role("listitem").filter(has_text="5,000")).to_be_visible()
    assert serious_findings(page) == []
    page.get_by_role("link", name=of_rates("back"), exact=True).click()
    expect(page.get_by_role("heading", name=say("risk.limits"))).to_be_visible()


def ask_why(page: Page, act: str, button: str) -> None:
    press(page, say(f"people.{act}"))
    dialog = page.get_by_role("dialog")
    dialog.get_by_label(say("people.reason")).fill("a stolen phone")
    press(dialog, say(f"people.{button}"))
    expect(dialog).not_to_be_visible()


def freeze_and_let_go(page: Page, meet: MeetOther, site: RunningExchange) -> None:
    other = meet(USDC="100")
    page.get_by_role("tab", name=say("tabs.people")).click()
    page.get_by_label(say("people.sought")).fill(other.email)
    press(page, say("people.search"))
    page.get_by_role("button").filter(has_text=other.email).click()
    past = page.get_by_role("listitem").filter(has_text=say("past.kinds.transfer"))
    expect(past).to_contain_text("100 USDC")
    ask_why(page, "freeze", "freeze")
    expect(page.get_by_text(say("people.frozen"), exact=True)).to_be_visible()
    assert serious_findings(page) == []
    # Letting go takes another operator, who here is whoever sits at the machine.
    ask_why(page, "unfreeze", "ask")
    request = page.get_by_role("listitem").filter(has_text=other.email)
    expect(request).to_contain_text(say("requests.ownText"))
    assert serious_findings(page) == []
    line = next(line for line in site.admin("request", "list").stdout.splitlines() if other.email in line)
    done = site.admin("request", "approve", line.split()[0])
    assert done.returncode == 0, done.stderr
    page.reload()
    expect(request).to_contain_text(say("requests.states.approved"))
    # Their session is gone; only a new one may be had.
    other.sign_in()
