"""Every kind of order that the ticket writes, placed with all that is free and seen in the panel."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Final

import pytest
from playwright.sync_api import expect

from cse.cli.shots.browser import DESKTOP, PHONE, Size
from tests.browser.conftest import MeetOther, OpenPage
from tests.browser.others import Other
from tests.browser.trade_page import TradePage

USDC: Final = "1000"
BASE: Final = "5000"


@dataclass(frozen=True)
class Kind:
    """What is written, what the button says of it with `{what}`, and the orders that come of it."""

    name: str
    side: str
    fields: Mapping[str, str]
    says: str
    orders: tuple[Mapping[str, object], ...]
    row: str
    ticked: tuple[str, ...] = field(default=())


STOP: Final = {"type": "stop_loss", "stop_price": "0.04", "trigger": "waiting"}
KINDS: Final = (
    Kind(
        "Stop-loss",
        "sell",
        {"stop": "0.04"},
        "Sell {what} if the price falls to 0.04000",
        (STOP,),
        "At or below",
    ),
    Kind(
        "Stop-limit",
        "sell",
        {"stop": "0.04", "price": "0.0399"},
        "Sell {what} at 0.03990 or better if the price falls to 0.04000",
        ({"type": "stop_limit", "stop_price": "0.04", "price": "0.0399"},),
        "then at 0.03990",
    ),
    Kind(
        "Take-profit",
        "sell",
        {"stop": "0.045"},
        "Sell {what} if the price rises to 0.04500",
        ({"type": "take_profit", "stop_price": "0.045"},),
        "At or above",
    ),
    Kind(
        "Trailing stop",
        "sell",
        {"trail": "5"},
        "Sell {what} if the price falls 5 % from its highest",
        ({"type": "trailing_stop", "trailing_percent": "5", "stop_price": "0.0399"},),
        "5 % behind",
    ),
    Kind(
        "OCO",
        "sell",
        {"price": "0.045", "stop": "0.04"},
        "Sell {what} at 0.04500, or if the price falls to 0.04000",
        (STOP, {"type": "limit", "price": "0.045", "trigger": None}),
        "At or below",
    ),
    Kind(
        "Stop-loss",
        "buy",
        {"stop": "0.045", "worst": "0.05"},
        "Buy {what} if the price rises to 0.04500",
        ({"type": "stop_loss", "side": "buy", "stop_price": "0.045", "price": "0.05"},),
        "then at 0.05000",
    ),
    Kind(
        "Limit",
        "buy",
        {"price": "0.041", "profit": "0.046", "stop": "0.038"},
        "Buy {what} at 0.04100, then sell at 0.04600 or 0.03800",
        (
            {"type": "stop_loss", "side": "sell", "stop_price": "0.038", "trigger": "attached"},
            {"type": "limit", "side": "sell", "price": "0.046", "trigger": "attached"},
            {"type": "limit", "side": "buy", "price": "0.041", "trigger": None},
        ),
        "Attached",
        ticked=("Take-profit and stop",),
    ),
)


@pytest.mark.parametrize(
    ("size", "market", "kinds"),
    [(DESKTOP, "LUNA-USDC", KINDS), (PHONE, "TIDE-USDC", (KINDS[1], KINDS[4], KINDS[6]))],
    ids=lambda value: getattr(value, "name", ""),
)
def test_each_kind_is_placed_as_it_is_written(
    open_page: OpenPage, meet: MeetOther, size: Size, market: str, kinds: tuple[Kind, ...]
) -> None:
    base = market.removesuffix("-USDC")
    other = meet(**{base: "100"})
    me = meet(**{"USDC": USDC, base: BASE})
    # The last price is 0.042, and the book is empty.
    other.limit(market, "sell", "0.04200", "100")
    meet(USDC="10").limit(market, "buy", "0.04200", "100")
    trade = TradePage(open_page(f"/en/trade/{market}", size, person=me), size, market)
    for kind in kinds:
        place(trade, kind)
        expect_placed(trade, me, kind)
    assert len(me.orders(market)) == sum(len(kind.orders) for kind in kinds)
    amend_in_the_row(trade, me)


def place(trade: TradePage, kind: Kind) -> None:
    trade.open_ticket(kind.side)
    trade.choose_kind(kind.name)
    for words in kind.ticked:
        trade.ticket.get_by_text(words).click()
    for name, text in kind.fields.items():
        trade.field(name).fill(text)
    expect(trade.available).to_have_text("5,000.0" if kind.side == "sell" else "1,000.00")
    trade.ticket.get_by_role("button", name="100 %").click()
    size = trade.field("size").input_value()
    expect(trade.ticket.get_by_role("alert")).to_have_count(0)
    says = kind.says.format(what=f"{Decimal(size.replace(',', '')):,.1f} {trade.base}")
    expect(trade.send_button).to_have_text(says)
    trade.send_button.click()
    expect(trade.review).to_contain_text(says)
    # Every order that will be sent is there with its own terms, where there are several.
    several = len(kind.orders) if len(kind.orders) > 1 else 0
    expect(trade.review.get_by_role("listitem")).to_have_count(several)
    yes = trade.review.get_by_role("button").last
    yes.dblclick()
    expect(trade.review).to_have_count(0)


def amend_in_the_row(trade: TradePage, me: Other) -> None:
    """A smaller size keeps the place, another price does not; Enter sends, Escape leaves all as it is."""
    order = me.limit(trade.market, "sell", "0.05", "100")
    pencil = trade.rows.get_by_role("button", name="Amend")
    form = trade.own.get_by_role("form", name="Amend the order")
    pencil.click()
    form.get_by_label("Size").fill("60")
    expect(form.get_by_role("status")).to_have_text("Keeps its place in the queue.")
    form.get_by_label("Size").press("Enter")
    expect(form).to_have_count(0)
    expect(trade.rows).to_contain_text("60.0")

    pencil.click()
    form.get_by_label("Price").fill("0.06")
    expect(form.get_by_role("status")).to_have_text("Goes to the end of the queue.")
    form.get_by_label("Price").press("Escape")
    expect(form).to_have_count(0)
    (amended,) = me.orders(trade.market, "open")
    assert (amended.id, amended.price, amended.quantity) == (order.id, "0.05", "60")


def expect_placed(trade: TradePage, me: Other, kind: Kind) -> None:
    """The exchange has it as it was written, and the panel shows what the exchange has; then it is cancelled."""
    expect(trade.rows).to_have_count(len(kind.orders))
    expect(trade.rows.filter(has_text=kind.row).first).to_be_visible()
    orders = sorted(me.orders(trade.market, "open"), key=lambda order: -int(order.id))
    shown = [
        {name: getattr(order, name) for name in wanted}
        for order, wanted in zip(orders, kind.orders, strict=True)
    ]
    assert shown == list(kind.orders)
    me.cancel_all()
    expect(trade.rows).to_have_count(0)
