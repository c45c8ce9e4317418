"""Routes of markets: listing one, its status, its rules; what costs money takes two operators."""

from __future__ import annotations

from http import HTTPStatus

from cse.desk.markets.models import (
    CancelledMarketOrders,
    DeskMarket,
    DeskMarkets,
    MarketBand,
    MarketFeeRates,
    MarketLimits,
    MarketPromotion,
    MarketStatusChange,
    NewMarket,
    Why,
)
from cse.desk.markets.service import MarketDesk
from cse.desk.requests.models import RequestView
from cse.domain import codes
from cse.domain.operators import Right
from cse.runtime.http.route import Access, Call, Nothing, Reply, Route, answer


class MarketApi:
    """Parse, call, answer."""

    def __init__(self, markets: MarketDesk) -> None:
        self._markets = markets

    def routes(self) -> list[Route]:
        """The room's rows of the table."""
        operator, sets, market = Access.OPERATOR, Right.SET_MARKETS, "/api/admin/markets/{market}"
        acts = (codes.MARKET_UNKNOWN, codes.INVALID_MARKET, codes.OUTCOME_UNKNOWN)
        return [
            Route("GET", "/api/admin/markets", operator, "Every market with its rules and rates.",
                  DeskMarkets, handler=self.all, right=Right.SEE_SERVICES),
            Route("POST", "/api/admin/markets", operator, "Lists a market, which takes no orders yet.",
                  DeskMarket, handler=self.create, request=NewMarket, status=HTTPStatus.CREATED,
                  codes=(codes.ASSET_UNKNOWN, codes.SYMBOL_TAKEN, *acts[1:]), right=sets, step_up=True),
            Route("POST", f"{market}/status", operator, "Opens it, halts it, or calls an auction.",
                  DeskMarket, handler=self.set_status, request=MarketStatusChange,
                  codes=(*acts, codes.INVALID_MARKET_STATUS), right=sets, step_up=True),
            Route("POST", f"{market}/band", operator, "Changes price band and volatility interruption.",
                  DeskMarket, handler=self.set_band, request=MarketBand,
                  codes=(*acts, codes.VERSION_OUTDATED), right=sets, step_up=True),
            Route("POST", f"{market}/limits", operator, "Changes what orders may be from now on.", DeskMarket,
                  handler=self.set_limits, request=MarketLimits, codes=(*acts, codes.VERSION_OUTDATED),
                  right=sets, step_up=True),
            Route("POST", f"{market}/cancel-orders", operator, "Cancels all open orders of a market.",
                  CancelledMarketOrders, handler=self.cancel_orders, request=Why, codes=acts, right=sets,
                  step_up=True),
            Route("POST", f"{market}/fees", operator, "Asks for other rates of orders from now on.",
                  RequestView, handler=self.ask_fees, request=MarketFeeRates, status=HTTPStatus.ACCEPTED,
                  codes=(codes.MARKET_UNKNOWN,), right=sets, step_up=True),
            Route("POST", f"{market}/promotion", operator, "Asks for lower rates until a time.", RequestView,
                  handler=self.ask_promotion, request=MarketPromotion, status=HTTPStatus.ACCEPTED,
                  codes=(codes.MARKET_UNKNOWN,), right=sets, step_up=True),
            Route("DELETE", f"{market}/promotion", operator, "Ends lower rates at once.", DeskMarket,
                  handler=self.end_promotion, codes=acts, right=sets, step_up=True),
            Route("POST", f"{market}/delist", operator, "Asks for the end of a market, for good.",
                  RequestView, handler=self.ask_delist, request=Why, status=HTTPStatus.ACCEPTED,
                  codes=(codes.MARKET_UNKNOWN,), right=sets, step_up=True),
        ]  # fmt: skip

    async def all(self, _: Call[Nothing, Nothing]) -> Reply:
        """GET /api/admin/markets."""
        return answer(DeskMarkets(await self._markets.all()))

    async def create(self, call: Call[NewMarket, Nothing]) -> Reply:
        """POST /api/admin/markets."""
        return answer(await self._markets.create(call.person, call.body), status=HTTPStatus.CREATED)

    async def set_status(self, call: Call[MarketStatusChange, Nothing]) -> Reply:
        """POST /api/admin/markets/{market}/status."""
        return answer(await self._markets.set_status(call.person, call.path["market"], call.body))

    async def set_band(self, call: Call[MarketBand, Nothing]) -> Reply:
        """POST /api/admin/markets/{market}/band."""
        return answer(await self._markets.set_band(call.person, call.path["market"], call.body))

    async def set_limits(self, call: Call[MarketLimits, Nothing]) -> Reply:
        """POST /api/admin/markets/{market}/limits."""
        return answer(await self._markets.set_limits(call.person, call.path["market"], call.body))

    async def cancel_orders(self, call: Call[Why, Nothing]) -> Reply:
        """POST /api/admin/markets/{market}/cancel-orders."""
        total = await self._markets.cancel_orders(call.person, call.path["market"], call.body.reason)
        return answer(CancelledMarketOrders(total))

    async def ask_fees(self, call: Call[MarketFeeRates, Nothing]) -> Reply:
        """POST /api/admin/markets/{market}/fees."""
        view = await self._markets.ask_fees(call.person, call.path["market"], call.body)
        return answer(view, status=HTTPStatus.ACCEPTED)

    async def ask_promotion(self, call: Call[MarketPromotion, Nothing]) -> Reply:
        """POST /api/admin/markets/{market}/promotion."""
        view = await self._markets.ask_promotion(call.person, call.path["market"], call.body)
        return answer(view, status=HTTPStatus.ACCEPTED)

    async def end_promotion(self, call: Call[Nothing, Nothing]) -> Reply:
        """DELETE /api/admin/markets/{market}/promotion."""
        return answer(await self._markets.end_promotion(call.person, call.path["market"]))

    async def ask_delist(self, call: Call[Why, Nothing]) -> Reply:
        """POST /api/admin/markets/{market}/delist."""
        view = await self._markets.ask_delist(call.person, call.path["market"], call.body.reason)
        return answer(view, status=HTTPStatus.ACCEPTED)
