"""Use cases of price alerts: set, listed, removed."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TypeAlias

from cse.accounts.notifications import store as notification_store
from cse.accounts.price_alerts import store
from cse.accounts.price_alerts.models import (
    WAITING_MAX,
    NewPriceAlert,
    OnePriceAlert,
    PriceAlert,
    PriceAlerts,
    PriceAlertView,
)
from cse.domain import codes
from cse.domain.errors import CodedError
from cse.domain.ids import read_uuid
from cse.domain.markets import Market
from cse.engine.models import Reading
from cse.runtime.clock import wall_us
from cse.runtime.http.route import Caller
from cse.runtime.http.times import format_time
from cse.runtime.identity import new_uuid
from cse.runtime.postgres import Pool

# The market of a name as it is now, and the sequence at which it is so; `market_unknown`.
MarketNow: TypeAlias = Callable[[str, int], Awaitable[Reading[Market]]]


class PersonPriceAlerts:
    """The alerts of whoever asks; another's are as unknown as none."""

    def __init__(self, pool: Pool, market_now: MarketNow) -> None:
        self._pool = pool
        self._market_now = market_now

    async def set(self, caller: Caller, asked: NewPriceAlert) -> OnePriceAlert:
        """Sets an alert, or gives the one of the same price that waits: an answer may have been lost.

        Raises:
            CodedError: `market_unknown`, what is wrong with the price, `price_reached` where the last trade
                is there already, `price_alert_limit`.
        """
        # What cannot be is refused before anybody waits for it.
        (await self._market_now(asked.market, 0)).value.parse_price(asked.price)
        async with self._pool.connection() as connection:
            await store.lock_person(connection, caller.person)
            # Trades up to there are looked at no more, so the market is seen as it was then, or later.
            told = await notification_store.hold_position(connection)
            reading = await self._market_now(asked.market, told)
            alert = _alert(caller, asked, reading)
            if (waiting := await store.set_again(connection, alert)) is not None:
                return OnePriceAlert(_view(waiting))
            if await store.count_waiting(connection, caller.person) >= WAITING_MAX:
                raise CodedError(codes.PRICE_ALERT_LIMIT, limit=WAITING_MAX)
            await store.add(connection, alert)
        return OnePriceAlert(_view(alert))

    async def all(self, caller: Caller) -> PriceAlerts:
        """The caller's."""
        async with self._pool.connection() as connection:
            return PriceAlerts([_view(alert) for alert in await store.of(connection, caller.person)])

    async def remove(self, caller: Caller, named: str) -> None:
        """Removes one of the caller's. Raises `CodedError` price_alert_unknown."""
        wanted = read_uuid(named)
        if wanted is None:
            raise CodedError(codes.PRICE_ALERT_UNKNOWN)
        async with self._pool.connection() as connection:
            if not await store.remove(connection, caller.person, wanted):
                raise CodedError(codes.PRICE_ALERT_UNKNOWN)


def _alert(caller: Caller, asked: NewPriceAlert, reading: Reading[Market]) -> PriceAlert:
    """The alert that is asked for, beside the market as it is; `price_reached` where it is there already."""
    market = reading.value
    price = market.parse_price(asked.price)
    alert = PriceAlert(
        new_uuid(), caller.person, market.id, market.name, price, market.fixed_price(price),
        asked.direction, asked.by_mail, reading.sequence, wall_us(), None,
    )  # fmt: skip
    last = market.last_price
    # 0 is before the first trade.
    if last and alert.is_reached(last, last):
        raise CodedError(codes.PRICE_REACHED, field="price", last=market.fixed_price(last))
    return alert


def _view(alert: PriceAlert) -> PriceAlertView:
    return PriceAlertView(
        id=str(alert.id),
        market=alert.market_name,
        price=alert.price_text,
        direction=alert.direction,
        by_mail=alert.by_mail,
        created_at=format_time(alert.created_at_us),
        reached_at=None if alert.reached_at_us is None else format_time(alert.reached_at_us),
    )
