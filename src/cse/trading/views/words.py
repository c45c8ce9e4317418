"""The API's words for what the core numbers."""

from __future__ import annotations

from typing import Final

from cse.domain.enumerations import (
    CloseReason,
    OrderType,
    SelfTradePrevention,
    Side,
    TimeInForce,
    TriggerPhase,
)
from cse.domain.orders import words
from cse.trading.models import OrderStatus, SideWord

SIDES: Final[dict[int, SideWord]] = {Side.BUY: "buy", Side.SELL: "sell"}
TYPES: Final = words(OrderType)
TIMES_IN_FORCE: Final = words(TimeInForce)
PREVENTIONS: Final = words(SelfTradePrevention)
PHASES: Final = words(TriggerPhase)
REASONS: Final = words(CloseReason)
STATUSES: Final[dict[int, OrderStatus]] = {
    0: "open",
    CloseReason.FILLED: "filled",
    CloseReason.CANCELLED: "cancelled",
    CloseReason.EXPIRED: "expired",
    CloseReason.KILLED: "expired",
    CloseReason.SELF_TRADE: "expired",
    CloseReason.LINKED: "cancelled",
}
