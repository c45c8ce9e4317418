"""Commands as a sentence: what may stand in the first column of a worked example.

`Alice buys 12 at 1002, gtd 2000000, id a1` is an order. Behind `buys` or `sells` stand the lots, `at`
and the price in ticks, and any of `WORDS` and `VALUES`; what is not said is empty.
"""

import re
from collections.abc import Callable
from typing import Any

from cse.domain.limits import FLAG_POST_ONLY, FLAG_REPRICE, FLAG_TRAILING_PPM
from cse.engine import wire
from cse.engine.wire import (
    AmendOrder,
    CancelAllOrders,
    CancelMarketOrders,
    CancelOrder,
    FreezeAccount,
    FromOutbox,
    HoldTransfer,
    MarketStatus,
    OrderListKind,
    OrderType,
    PlaceOrderList,
    ReplaceMode,
    ReplaceOrder,
    SelfTradePrevention,
    SetAccountTier,
    SetCancelTimer,
    SetMarketBand,
    SetMarketFees,
    SetMarketLimits,
    SetMarketPromotion,
    SetMarketSelfTrade,
    SetMarketStatus,
    SetRiskLimits,
    SettleTransfer,
    Side,
    Tick,
    TimeInForce,
    Transfer,
    TransferCondition,
    TransferLeg,
    UnfreezeAccount,
    VoidTransfer,
)
from tests.property.tables import message
from tests.rules.scenario import (
    ALICE,
    ALICES_SUB,
    BOB,
    CAROL,
    FEES,
    NOVA,
    USDC,
    Scenario,
    order,
    owner_of,
)

PEOPLE = {"Alice": ALICE, "Bob": BOB, "Carol": CAROL, "Alice's sub": ALICES_SUB, "the exchange": FEES}
WHO = f"({'|'.join(PEOPLE)})"
ASSETS = {"USDC": USDC, "NOVA": NOVA}
CONDITIONS = {"at least": TransferCondition.DEBIT_AT_LEAST, "at most": TransferCondition.CREDIT_AT_MOST}
SIDES = {"buys": Side.BUY, "sells": Side.SELL}


def of_each(numbers: Any, field: str) -> dict[str, tuple[str, int]]:
    return {number.name.lower().replace("_", "-"): (field, number) for number in numbers}


WORDS: dict[str, tuple[str, int]] = {
    **of_each(SelfTradePrevention, "self_trade_prevention"),
    **of_each(OrderType, "order_type"),
    **of_each(TimeInForce, "time_in_force"),
    "post-only": ("flags", FLAG_POST_ONLY),
    "re-price": ("flags", FLAG_REPRICE),
    "ppm": ("flags", FLAG_TRAILING_PPM),
}
"""Words of an order that set a field, or another flag."""
VALUES = {
    r"gtd (\d+)": "expires_at_us",
    r"shows (\d+)": "display_quantity",
    r"for (\d+)": "quote_amount",
    r"stop (\d+)": "stop_price",
    r"trails (\d+)": "trailing_delta",
    r"id (\S+)": "client_order_id",
}
"""Words of an order that are followed by what a field is."""


def command_of(scenario: Scenario, text: str) -> bytes:
    """The command that a sentence asks for; one about time sets that of the scenario."""
    for pattern, make in FORMS.items():
        match = re.fullmatch(pattern, text)
        if match is not None:
            return make(scenario, *match.groups())
    raise AssertionError(f"{text!r} is no command")


def pairs(text: str) -> dict[str, int]:
    """Names and numbers, as in `price 990, quantity 5`."""
    words = [part.rsplit(" ", 1) for part in text.split(", ")]
    return {name.replace(" ", "_"): int(number) for name, number in words}


def order_of(account: int, text: str) -> bytes:
    """An order of an account, as in `buys 12 at 1002, ioc`."""
    whole = re.fullmatch(r"(buys|sells)(?: (\d+))?(?: at (\d+))?(.*)", text)
    assert whole is not None, f"{text!r} is no order"
    side, lots, price, words = whole.groups()
    fields: dict[str, Any] = {"flags": 0, "order_type": OrderType.LIMIT, "time_in_force": TimeInForce.GTC}
    for word in filter(None, words.split(", ")):
        take_word(fields, word)
    return order(account, SIDES[side], int(lots or 0), int(price or 0), **fields)


def take_word(fields: dict[str, Any], word: str) -> None:
    for pattern, field in VALUES.items():
        match = re.fullmatch(pattern, word)
        if match is not None:
            fields[field] = match[1] if field == "client_order_id" else int(match[1])
            if field == "expires_at_us":
                fields["time_in_force"] = TimeInForce.GTD
            return
    field, number = WORDS[word]
    fields[field] = fields[field] | number if field == "flags" else number
    if number is OrderType.MARKET:
        fields["time_in_force"] = TimeInForce.IOC


def place(scenario: Scenario, who: str, text: str) -> bytes:
    return order_of(PEOPLE[who], text)


def cancel(scenario: Scenario, who: str, order_id: str) -> bytes:
    return CancelOrder(PEOPLE[who], int(order_id), "").encode()


def cancel_by_client_order_id(scenario: Scenario, who: str, client_order_id: str) -> bytes:
    return CancelOrder(PEOPLE[who], 0, client_order_id).encode()


def cancel_all(scenario: Scenario, who: str, side: str | None) -> bytes:
    return CancelAllOrders(PEOPLE[who], 0, SIDES[side] if side else 0).encode()


def amend(scenario: Scenario, who: str, order_id: str, terms: str) -> bytes:
    fields: dict[str, Any] = {"account": PEOPLE[who], "order_id": int(order_id), **pairs(terms)}
    return message(AmendOrder, **fields)


def replace(scenario: Scenario, who: str, order_id: str, each: str | None, text: str) -> bytes:
    mode = ReplaceMode.ALLOW_FAILURE if each else ReplaceMode.STOP_ON_FAILURE
    return ReplaceOrder(int(order_id), "", mode).encode(order_of(PEOPLE[who], text))


def place_list(scenario: Scenario, kind: str, who: str, orders: str) -> bytes:
    tail = b"".join(order_of(PEOPLE[who], text) for text in orders.split("; "))
    return PlaceOrderList(OrderListKind[kind.upper()]).encode(tail)


def move(scenario: Scenario, who: str, verb: str, text: str) -> bytes:
    """A transfer that is made or held; behind each leg its condition may stand."""
    legs = [leg_of(PEOPLE[who], leg) for leg in text.split(" and ")]
    layout = Transfer if verb == "sends" else HoldTransfer
    return layout(bytes(16), len(legs)).encode(b"".join(legs))


def leg_of(debit: int, text: str) -> bytes:
    """A leg, as in `30 USDC to Bob if at most 100`."""
    whole = re.fullmatch(rf"(\d+) (\w+) (?:to|for) {WHO}(?: if (at least|at most) (\d+))?", text)
    assert whole is not None, f"{text!r} is no leg"
    units, asset, whom, condition, amount = whole.groups()
    return message(
        TransferLeg,
        debit=debit,
        credit=PEOPLE[whom],
        asset=ASSETS[asset],
        amount=int(units),
        condition=CONDITIONS.get(condition, 0),
        condition_amount=int(amount or 0),
    )


def end_transfer(scenario: Scenario, transfer: str, end: str) -> bytes:
    return (SettleTransfer if end == "settled" else VoidTransfer)(int(transfer)).encode()


def set_timer(scenario: Scenario, who: str, timeout_us: str) -> bytes:
    return SetCancelTimer(PEOPLE[who], int(timeout_us)).encode()


def set_tier(scenario: Scenario, who: str, tier: str) -> bytes:
    return SetAccountTier(PEOPLE[who], int(tier)).encode()


def promote(scenario: Scenario, rates: str, ends_at_us: str) -> bytes:
    fields: dict[str, Any] = {"market": 1, "ends_at_us": int(ends_at_us), **pairs(rates)}
    return message(SetMarketPromotion, **fields)


def freeze(scenario: Scenario, who: str, thawed: str | None) -> bytes:
    return (UnfreezeAccount if thawed else FreezeAccount)(PEOPLE[who]).encode()


def let_time_pass(scenario: Scenario, time_us: str) -> bytes:
    scenario.time_us = int(time_us)
    return Tick().encode()


def set_status(scenario: Scenario, status: str, auction_ends_at_us: str | None) -> bytes:
    number = MarketStatus[status.upper().replace("-", "_")]
    return SetMarketStatus(1, number, int(auction_ends_at_us or 0)).encode()


def set_limits(scenario: Scenario, limits: str) -> bytes:
    """Limits of orders; those that are not named are as wide as in a new market."""
    wide = {"market": 1, "max_quantity": 1_000_000, "price_increment": 1, "quantity_increment": 1}
    fields: dict[str, Any] = {**wide, **pairs(limits)}
    return message(SetMarketLimits, **fields)


def set_risk_limits(scenario: Scenario, limits: str) -> bytes:
    """Limits of a tier, of tier 0 where none is named; those that are not named are none."""
    fields: dict[str, Any] = {"market": 1, **pairs(limits)}
    return message(SetRiskLimits, **fields)


def set_band(scenario: Scenario, band: str) -> bytes:
    fields: dict[str, Any] = {"market": 1, **pairs(band)}
    return message(SetMarketBand, **fields)


def clear_market(scenario: Scenario) -> bytes:
    return CancelMarketOrders(1).encode()


def set_fees(scenario: Scenario, rates: str) -> bytes:
    fields: dict[str, Any] = {"market": 1, **pairs(rates)}
    return message(SetMarketFees, **fields)


def set_self_trade(scenario: Scenario, allowed: str) -> bytes:
    return SetMarketSelfTrade(1, int(allowed == "allows")).encode()


def out_of_outbox(scenario: Scenario, number: str, source: str, text: str) -> bytes:
    return FromOutbox(int(source), int(number)).encode(command_of(scenario, text))


def plain_message(scenario: Scenario, name: str, fields: str) -> bytes:
    """A command by its name in the wire, where no sentence is plainer."""
    words = [part.split(" ", 1) for part in fields.split(", ")]
    return message(getattr(wire, name), **{field: value_of(field, value) for field, value in words})


def value_of(field: str, text: str) -> Any:
    if field == "owner":
        return owner_of(text)
    return int(text) if text.isdigit() else text


FORMS: dict[str, Callable[..., bytes]] = {
    rf"{WHO} ((?:buys|sells).*)": place,
    rf"{WHO} cancels (\d+)": cancel,
    rf"{WHO} cancels id (\S+)": cancel_by_client_order_id,
    rf"{WHO} cancels all(?: (buys|sells))?": cancel_all,
    rf"{WHO} amends (\d+): (.*)": amend,
    rf"{WHO} replaces (\d+)(, each for itself)?: (.*)": replace,
    rf"(OCO|bracket) of {WHO}: (.*)": place_list,
    rf"{WHO} (sends|holds) (.*)": move,
    r"transfer (\d+) is (settled|voided)": end_transfer,
    rf"{WHO} sets a timer of (\d+)": set_timer,
    rf"{WHO} is in tier (\d+)": set_tier,
    r"the market promotes (.*) until (\d+)": promote,
    rf"{WHO} is (un)?frozen": freeze,
    r"time (\d+)": let_time_pass,
    r"the market is cleared": clear_market,
    r"the market is (\S+)(?: until (\d+))?": set_status,
    r"the market's limits are (.*)": set_limits,
    r"the market's risk limits are (.*)": set_risk_limits,
    r"the market's band is (.*)": set_band,
    r"the market changes to (.*)": set_fees,
    r"the market (allows|forbids) self-trades": set_self_trade,
    r"row (\d+) of outbox (\d+): (.*)": out_of_outbox,
    r"([A-Z]\w+): (.*)": plain_message,
}
"""Each sentence, and what makes a command of it."""
