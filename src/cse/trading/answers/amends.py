"""What the events of an amend say to the one who sent it."""

from __future__ import annotations

from typing import Final

from cse.engine import wire
from cse.engine.message import HEADER
from cse.engine.models import Answer, DatedTrade
from cse.trading.answers.placements import met_at_once
from cse.trading.models import AmendResult, Order
from cse.trading.views.fills import fill_view, prevented_view
from cse.trading.views.texts import MarketTexts

_REFUSED: Final = wire.CommandRejected.KIND


def amended(events: bytes) -> int:
    """0, or the number of the code that refused an amend."""
    kind, _, _ = HEADER.unpack_from(events)
    return wire.CommandRejected.decode(events).code if kind == _REFUSED else 0


def amend_result(order: Order, answer: Answer, texts: MarketTexts) -> AmendResult:
    """The order as it then is, and what it met by an amend that took effect."""
    amend = wire.OrderAmended.decode(answer.events)
    met = met_at_once(answer.events, amend.WIDTH, amend.order_id)
    sequence, time_us = answer.sequence, answer.time_us
    return AmendResult(
        order,
        # One that is linked cannot be amended.
        [],
        str(sequence),
        [fill_view(DatedTrade(sequence, time_us, one), amend.account, texts) for one in met.trades],
        [prevented_view(one, sequence, time_us, texts) for one in met.prevented],
    )
