"""The answer to a placement as JSON, written from the core's events.

It is what the encoder makes of `PlacedOrder` with the views of `views`, in a third of the time: no
other answer is given for every order. What stands between quotes is a number, a word of ours, or an
id of which the core has found that every character may stand there.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Final

import msgspec

from cse.domain.enumerations import SelfTradePrevention
from cse.domain.limits import FLAG_POST_ONLY, FLAG_REPRICE
from cse.engine import wire
from cse.runtime.http.times import format_time
from cse.trading.views.fills import prevented_view
from cse.trading.views.orders import first_phase, trigger_terms
from cse.trading.views.texts import MarketTexts
from cse.trading.views.words import PHASES, PREVENTIONS, REASONS, SIDES, STATUSES, TIMES_IN_FORCE, TYPES

_COMBINATIONS_MAX: Final = 1_024
_DECREMENT: Final = SelfTradePrevention.DECREMENT


def write_placed(
    accepted: wire.OrderAccepted,
    trades: list[wire.Traded],
    closed: wire.OrderClosed | None,
    sequence: int,
    time_us: int,
    texts: MarketTexts,
    prevented: Sequence[wire.SelfTradePrevented] = (),
) -> bytes:
    """What was taken in, what it traded at once, and how it closed if it did: `PlacedOrder`.

    `prevented` are its meetings with orders of the same owner.
    """
    filled = notional = fee = 0
    for traded in trades:
        filled += traded.quantity
        notional += traded.notional
        fee += traded.taker_fee
    quantity = accepted.quantity
    if prevented:
        quantity -= sum(one.quantity for one in prevented if one.self_trade_prevention == _DECREMENT)
    if closed is None:
        remaining, end = quantity - filled, _end(0, first_phase(accepted))
    else:
        remaining, end = closed.remaining_quantity, _end(closed.reason, 0)
    terms = _terms(
        accepted.side,
        accepted.order_type,
        accepted.time_in_force,
        accepted.self_trade_prevention,
        accepted.flags,
    )
    expires_at_us = accepted.expires_at_us
    price, quote_amount = accepted.price, accepted.quote_amount
    by_quantity, display_quantity = accepted.quantity, accepted.display_quantity
    quantity_text, quote_text = texts.quantity_text, texts.quote_text
    time = format_time(time_us)
    return (
        f'{{"order":{{"id":"{accepted.order_id}","client_order_id":{_optional(accepted.client_order_id)}'
        f',"list_id":null'
        f',"account":"{accepted.account}","market":"{texts.name}",{terms}'
        f',"expires_at":{_optional(expires_at_us and format_time(expires_at_us))},{end}'
        f',"price":{_optional(price and texts.price_text(price))}'
        f',"quantity":{_optional(by_quantity and quantity_text(quantity))}'
        f',"quote_amount":{_optional(quote_amount and quote_text(quote_amount))}'
        f',"display_quantity":{_optional(display_quantity and quantity_text(display_quantity))}'
        f",{trigger_terms(accepted, texts)}"
        f',"filled_quantity":"{quantity_text(filled)}","filled_notional":"{quote_text(notional)}"'
        f',"average_price":{_optional(filled and _average_price(trades, notional, filled, texts))}'
        f',"remaining_quantity":{_optional(by_quantity and quantity_text(remaining))}'
        f',"fee":"{quote_text(fee)}","fee_asset":"{texts.quote_symbol}"'
        # What the command fires comes behind its own matching and is not in the answer.
        f',"created_at":"{time}","updated_at":"{time}","revision":"{sequence - 1}"}}'
        f',"fills":[{_fills(trades, sequence, time, texts) if trades else ""}]'
        f',"prevented":[{_prevented(prevented, sequence, time_us, texts) if prevented else ""}]'
        f',"sequence":"{sequence}"}}'
    ).encode()


def _fills(trades: list[wire.Traded], sequence: int, time: str, texts: MarketTexts) -> str:
    """The trades from their taker's side."""
    quote_text = texts.quote_text
    return ",".join(
        [
            f'{{"trade_id":"{traded.trade_id}","order_id":"{traded.taker_order_id}"'
            f',"market":"{texts.name}","side":"{SIDES[traded.taker_side]}"'
            f',"price":"{texts.price_text(traded.price)}","quantity":"{texts.quantity_text(traded.quantity)}"'
            f',"notional":"{quote_text(traded.notional)}","fee":"{quote_text(traded.taker_fee)}"'
            f',"fee_asset":"{texts.quote_symbol}","liquidity":"taker"'
            f',"time":"{time}","sequence":"{sequence}"}}'
            for traded in trades
        ]
    )


def _prevented(
    prevented: Sequence[wire.SelfTradePrevented], sequence: int, time_us: int, texts: MarketTexts
) -> str:
    views = (prevented_view(one, sequence, time_us, texts) for one in prevented)
    return ",".join(msgspec.json.encode(view).decode() for view in views)


def _average_price(trades: list[wire.Traded], notional: int, filled: int, texts: MarketTexts) -> str:
    price = trades[0].price
    if all(traded.price == price for traded in trades):
        return texts.price_text(price)
    return texts.market.format_average_price(notional, filled)


def _optional(text: str | int) -> str:
    """A string, or null for a number that is 0 or a text that is empty."""
    return f'"{text}"' if text else "null"


def _boolean(flag: int) -> str:
    return "true" if flag else "false"


@lru_cache(_COMBINATIONS_MAX)
def _terms(side: int, order_type: int, time_in_force: int, prevention: int, flags: int) -> str:
    return (
        f'"side":"{SIDES[side]}","type":"{TYPES[order_type]}"'
        f',"time_in_force":"{TIMES_IN_FORCE[time_in_force]}","post_only":{_boolean(flags & FLAG_POST_ONLY)}'
        f',"reprice":{_boolean(flags & FLAG_REPRICE)},"self_trade_prevention":"{PREVENTIONS[prevention]}"'
    )


@lru_cache(_COMBINATIONS_MAX)
def _end(reason: int, phase: int) -> str:
    return (
        f'"status":"{STATUSES[reason]}","close_reason":{_optional(REASONS.get(reason, ""))}'
        f',"trigger":{_optional(PHASES.get(phase, ""))},"triggered_at":null'
    )
