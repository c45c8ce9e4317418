"""Prices that a person wants to be told of."""

from __future__ import annotations

from cse_client import models
from cse_client.calls.calls import Calls
from cse_client.requests import target


class AlertCalls(Calls):
    """Price alerts; what is told of them comes as notifications."""

    async def price_alerts(self) -> list[models.PriceAlertView]:
        """The person's alerts: all that wait, and behind them the latest that were reached."""
        return (await self._requests.ask("GET", "/api/price-alerts", models.PriceAlerts)).items

    async def set_price_alert(self, alert: models.NewPriceAlert) -> models.PriceAlertView:
        """Sets a price to be told of, once. It is not sent again by itself, for it would be there twice."""
        path = "/api/price-alerts"
        answer = await self._requests.ask("POST", path, models.OnePriceAlert, body=alert, repeatable=False)
        return answer.alert

    async def remove_price_alert(self, alert: str) -> None:
        """Removes an alert."""
        await self._requests.ask("DELETE", target("price-alerts", alert), type(None))
