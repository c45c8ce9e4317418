"""A fan on a phone works out an order on the first page, signs up, and has it before them at once."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from cse.cli.shots.browser import PHONE
from tests.browser.conftest import MeetOther, OpenPage
from tests.browser.trade_page import TradePage
from tests.browser.visitor import Visitor
from tests.browser.words import words


def test_what_a_fan_worked_out_is_before_them_after_the_sign_up(open_page: OpenPage, meet: MeetOther) -> None:
    page = open_page("/en", PHONE)
    buy = page.get_by_role("main").get_by_role("button", name=re.compile("^Buy [A-Z]+$"))
    base = buy.inner_text().removeprefix("Buy ")
    meet(**{base: "1000"}).limit(f"{base}-USDC", "sell", "1", "1000")
    buy.click()
    sheet = page.get_by_role("dialog")
    sheet.get_by_role("button", name=words("en", "home.signUpToBuy"), exact=True).click()
    page.wait_for_url("**/sign-up**")
    fan = Visitor(page)
    fan.sign_up()
    notices = page.get_by_role("region", name=words("en", "common.notices"))
    expect(notices).to_contain_text(fan.email)
    trade = TradePage(page, PHONE, f"{base}-USDC")
    expect(trade.field("spend")).to_have_value("50")

    # Seen once: whoever comes back looks at the chart.
    page.reload()
    expect(trade.last_price).to_be_visible()
    expect(trade.ticket).not_to_be_visible()

    page.goto("/en")
    buy.click()
    # They have nothing yet, which is no fault of theirs until they choose an amount.
    amount = sheet.get_by_label(words("en", "home.youPay"), exact=True)
    play_money = sheet.get_by_role("button", name=words("en", "common.playMoney"), exact=True)
    expect(play_money).to_be_visible()
    expect(amount).not_to_have_attribute("aria-invalid", "true")
    sheet.get_by_role("button", name="100", exact=True).click()
    expect(amount).to_have_attribute("aria-invalid", "true")
    sheet.get_by_role("button", name="50", exact=True).click()
    play_money.click()
    fan.take_play_money("1000")
    sheet.get_by_role("button", name=words("en", "home.reviewBuy"), exact=True).click()
    trade.send_button.click()
    expect(trade.review).to_contain_text("50")
