"""Routes of price alerts."""

from __future__ import annotations

from http import HTTPStatus
from typing import Final

from cse.accounts.price_alerts.models import NewPriceAlert, OnePriceAlert, PriceAlerts
from cse.accounts.price_alerts.service import PersonPriceAlerts
from cse.domain import codes
from cse.runtime.http.route import Access, Call, Example, Nothing, Reply, Route, answer

_TO_SET: Final = (
    Example(
        "above", "when LUNA trades at 0.0500 or higher, in the app and by mail",
        {"market": "LUNA-USDC", "price": "0.0500", "direction": "at_or_above"},
    ),
)  # fmt: skip


class PriceAlertsApi:
    """Parse, call, answer."""

    def __init__(self, alerts: PersonPriceAlerts) -> None:
        self._alerts = alerts

    def routes(self) -> list[Route]:
        """The room's rows of the table."""
        person = Access.PERSON
        return [
            Route(
                "POST", "/api/price-alerts", person, "Sets a price to be told of, once.", OnePriceAlert,
                handler=self.set, request=NewPriceAlert, status=HTTPStatus.CREATED,
                codes=(
                    codes.MARKET_UNKNOWN, codes.PRICE_OFF_TICK, codes.PRICE_OUT_OF_RANGE,
                    codes.PRICE_REACHED, codes.PRICE_ALERT_LIMIT,
                ),
                examples=_TO_SET,
            ),
            Route("GET", "/api/price-alerts", person, "The person's price alerts.", PriceAlerts,
                  handler=self.all, weight=2),
            Route("DELETE", "/api/price-alerts/{id}", person, "Removes a price alert.", None,
                  handler=self.remove, status=HTTPStatus.NO_CONTENT, codes=(codes.PRICE_ALERT_UNKNOWN,)),
        ]  # fmt: skip

    async def set(self, call: Call[NewPriceAlert, Nothing]) -> Reply:
        """POST /api/price-alerts."""
        return answer(await self._alerts.set(call.person, call.body), 0, HTTPStatus.CREATED)

    async def all(self, call: Call[Nothing, Nothing]) -> Reply:
        """GET /api/price-alerts."""
        return answer(await self._alerts.all(call.person))

    async def remove(self, call: Call[Nothing, Nothing]) -> Reply:
        """DELETE /api/price-alerts/{id}."""
        await self._alerts.remove(call.person, call.path["id"])
        return Reply(b"", 0, HTTPStatus.NO_CONTENT)
