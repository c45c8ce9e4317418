"""What is taken, given and kept of price alerts."""

from __future__ import annotations

from typing import Final, Literal, NamedTuple, TypeAlias
from uuid import UUID

import msgspec

WAITING_MAX: Final = 100
REACHED_SHOWN_MAX: Final = 100
KEPT_DAYS: Final = 90
# Which way a trade's price gets there: from below, or from above.
Direction: TypeAlias = Literal["at_or_above", "at_or_below"]


class NewPriceAlert(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The body that sets an alert: the first trade of `market` at `price` or beyond is told.

    It always comes in the app, and by mail too where `by_mail` says so and it is known that the person
    reads the mail of their address.
    """

    market: str
    price: str
    direction: Direction
    by_mail: bool = True


class PriceAlertView(msgspec.Struct, frozen=True):
    """An alert. `reached_at` is when it was told, null while it waits."""

    id: str
    market: str
    price: str
    direction: Direction
    by_mail: bool
    created_at: str
    reached_at: str | None


class OnePriceAlert(msgspec.Struct, frozen=True):
    """One alert."""

    alert: PriceAlertView


class PriceAlerts(msgspec.Struct, frozen=True):
    """The person's alerts: all that wait, at most 100, and behind them the latest 100 that were reached."""

    items: list[PriceAlertView]


class PriceAlert(NamedTuple):
    """A row of `accounts.price_alerts`: `price` in ticks, times in microseconds since 1970."""

    id: UUID
    person: UUID
    market: int
    market_name: str
    price: int
    price_text: str
    direction: Direction
    by_mail: bool
    sequence: int
    created_at_us: int
    reached_at_us: int | None

    def is_reached(self, lowest: int, highest: int) -> bool:
        """Whether trades between these prices, in ticks, get there."""
        return self.price <= highest if self.direction == "at_or_above" else self.price >= lowest


class PriceRange(NamedTuple):
    """The lowest and the highest price, in ticks, at which a market traded over some sequences."""

    market: int
    lowest: int
    highest: int
