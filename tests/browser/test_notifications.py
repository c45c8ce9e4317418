"""A person is told of what came into their account, reads it, and chooses what comes by mail."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from cse.cli.shots.browser import PHONE, Size
from tests.browser.accessibility import serious_findings
from tests.browser.conftest import MeetOther, OpenPage
from tests.browser.sizes import PHONE_AND_DESK
from tests.browser.visitor import Visitor
from tests.browser.words import words


@PHONE_AND_DESK
def test_what_came_in_is_told_by_the_bell_and_read(open_page: OpenPage, locale: str, size: Size) -> None:
    page = open_page(f"/{locale}/sign-up", size)
    me = Visitor(page, locale)
    me.sign_up()
    page.goto(f"/{locale}/settings")
    page.get_by_role("main").get_by_role(
        "button", name=words(locale, "settings.account.playMoney"), exact=True
    ).click()
    me.take_play_money("250")
    bell = page.locator('header a[href$="/notifications"]')
    expect(bell).to_have_text("1", timeout=60_000)
    bell.click()
    row = page.get_by_role("main").get_by_role("listitem")
    expect(row).to_have_count(1)
    expect(row).to_contain_text("250")
    assert page.evaluate("document.documentElement.scrollWidth") <= size.width
    page.get_by_role("button", name=words(locale, "notifications.readAll"), exact=True).click()
    expect(bell).to_have_text("")

    page.goto(f"/{locale}/settings")
    orders, mail = "notifications.choices.topics.orders", "notifications.choices.mail"
    name = words(locale, "notifications.choices.switch", topic=words(locale, orders), way=words(locale, mail))
    box = page.locator("#notifications").get_by_role("checkbox", name=re.compile(re.escape(name)))
    with page.expect_response(lambda answer: answer.request.method == "PATCH" and answer.ok):
        box.check(force=True)
    page.reload()
    expect(box).to_be_checked()


def test_a_price_is_waited_for_and_told(open_page: OpenPage, meet: MeetOther) -> None:
    me, other = meet(USDC="100", NOVA="10"), meet(USDC="100", NOVA="10")
    other.limit("NOVA-USDC", "sell", "2", "1")
    me.limit("NOVA-USDC", "buy", "2", "1")
    page = open_page("/en/trade/NOVA-USDC", PHONE, person=me)
    page.get_by_role("link", name=words("en", "trade.bar.alert"), exact=True).click()
    main = page.get_by_role("main")
    price = main.get_by_role("textbox", name=words("en", "alerts.price"))
    submit = main.get_by_role("button", name=words("en", "alerts.set"), exact=True)
    price.fill("2")
    expect(main).to_contain_text(words("en", "alerts.there"))
    expect(submit).to_be_disabled()
    price.fill("2.5")
    expect(main.get_by_role("status")).to_contain_text("2.5000")
    assert serious_findings(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE.width
    submit.click()
    row = main.get_by_role("listitem")
    expect(row).to_contain_text(words("en", "alerts.byMail"))
    other.limit("NOVA-USDC", "sell", "2.6", "1")
    me.limit("NOVA-USDC", "buy", "2.6", "1")
    expect(main.get_by_role("heading", name=words("en", "alerts.reachedList"))).to_be_visible(timeout=60_000)
    main.get_by_role("tab", name=words("en", "alerts.tabs.told"), exact=True).click()
    told = words("en", "alerts.reached", market="NOVA/USDC", price="2.5")
    expect(main.get_by_role("link", name=told)).to_be_visible(timeout=60_000)
