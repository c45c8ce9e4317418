"""Routes of an account's portfolio."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from cse.domain.assets import Asset
from cse.domain.markets import Market
from cse.domain.money import divide_to_nearest, format_units
from cse.portfolio.costs import CostMethod
from cse.portfolio.models import (
    FallView,
    FlowView,
    PeriodQuery,
    PortfolioQuery,
    PortfolioView,
    PositionView,
    ValueHistory,
    ValuePoint,
)
from cse.portfolio.positions import Held, Summary, part_ppm
from cse.portfolio.prices import MONEY
from cse.portfolio.returns import Fall, Flow
from cse.portfolio.service import Portfolios
from cse.runtime.http.route import Access, Call, Nothing, Reply, Route, about_an_account, answer
from cse.runtime.http.times import format_time

_FLOWS_SHOWN: Final = 100
# Average costs have so many decimals more than their market's prices.
_FINER: Final = 2


class PortfolioApi:
    """Parse, call, answer."""

    def __init__(self, portfolios: Portfolios, now_us: Callable[[], int]) -> None:
        self._portfolios = portfolios
        self._now_us = now_us

    def routes(self) -> list[Route]:
        """The room's rows of the table."""
        return about_an_account([
            Route(
                "GET", "/api/portfolio", Access.READ,
                "Shows what the account has, what it cost, gained and is worth.", PortfolioView,
                handler=self.portfolio, query=PortfolioQuery, weight=10,
            ),
            Route(
                "GET", "/api/portfolio/value", Access.READ,
                "Shows what the account was worth over a period, and its return without deposits.",
                ValueHistory, handler=self.value, query=PeriodQuery, weight=20,
            ),
        ])  # fmt: skip

    async def portfolio(self, call: Call[Nothing, PortfolioQuery]) -> Reply:
        """GET /api/portfolio."""
        method = CostMethod(call.query.cost)
        reading = await self._portfolios.figures(call.person.account, method, call.min_sequence)
        summary, prices, put_in, taken_out, since_us = reading.value
        money = await self._money()
        total = summary.total
        positions = [
            await self._position(one, summary, prices.market(one.asset), money) for one in summary.positions
        ]
        view = PortfolioView(
            value_asset=MONEY,
            cost_method=call.query.cost,
            value=_text(money, total.value),
            priced_value=money.format(summary.priced),
            unpriced=[
                (await self._portfolios.listing.asset_by_id(asset)).symbol for asset in summary.unpriced
            ],
            cost=_text(money, total.cost),
            unrealised=_text(money, summary.unrealised),
            unrealised_ppm=part_ppm(summary.unrealised, total.cost),
            realised=_text(money, total.realised),
            fees=_text(money, total.fees),
            creator_share=_text(money, total.creator_share),
            put_in=_text(money, put_in),
            taken_out=_text(money, taken_out),
            gain=_text(money, summary.gain),
            gain_ppm=part_ppm(summary.gain, put_in),
            since=format_time(since_us) if since_us else None,
            positions=positions,
            sequence=str(reading.sequence),
        )
        return answer(view, reading.sequence)

    async def value(self, call: Call[Nothing, PeriodQuery]) -> Reply:
        """GET /api/portfolio/value."""
        period, account = call.query.period, call.person.account
        reading = await self._portfolios.history(account, period, self._now_us(), call.min_sequence)
        history, money = reading.value, await self._money()
        returns = history.returns
        points = [
            ValuePoint(format_time(point.time_us), _text(money, point.worth), _text(money, put_in))
            for point, put_in in zip(history.points, history.put_in, strict=True)
        ]
        view = ValueHistory(
            value_asset=MONEY,
            period=period,
            interval=history.interval.value,
            points=points,
            flows=[await self._flow(flow, money) for flow in history.flows[-_FLOWS_SHOWN:]],
            gain=_text(money, returns.gain),
            return_ppm=returns.ppm,
            drawdown=_fall(returns.deepest),
            drawdown_now_ppm=returns.now_ppm,
            sequence=str(reading.sequence),
        )
        return answer(view, reading.sequence)

    async def _position(
        self, held: Held, summary: Summary, market: Market | None, money: Asset
    ) -> PositionView:
        asset = await self._portfolios.listing.asset_by_id(held.asset)
        figures = held.figures
        share_ppm = part_ppm(figures.value, summary.total.value)
        if asset.id == money.id:
            amount = money.format(held.units)
            fees = _text(money, figures.fees or None)
            return PositionView(
                asset.symbol, amount, None, None, None, amount, share_ppm, None, None, None, fees, None
            )
        last_price = market.last_price if market is not None else 0
        return PositionView(
            asset=asset.symbol,
            amount=asset.format(held.units),
            cost=_text(money, figures.cost),
            average_cost=_average_cost(held, market),
            last_price=market.fixed_price(last_price) if market is not None and last_price else None,
            value=_text(money, figures.value),
            share_ppm=share_ppm,
            unrealised=_text(money, figures.unrealised),
            unrealised_ppm=part_ppm(figures.unrealised, figures.cost),
            realised=_text(money, figures.realised),
            fees=_text(money, figures.fees),
            creator_share=_text(money, figures.creator_share),
        )

    async def _flow(self, flow: Flow, money: Asset) -> FlowView:
        asset = await self._portfolios.listing.asset_by_id(flow.asset)
        return FlowView(
            format_time(flow.time_us), asset.symbol, asset.format(flow.units), _text(money, flow.worth)
        )

    async def _money(self) -> Asset:
        return await self._portfolios.listing.asset(MONEY)


def _text(money: Asset, units: int | None) -> str | None:
    return None if units is None else money.format(units)


def _fall(fall: Fall | None) -> FallView | None:
    return None if fall is None else FallView(fall.ppm, format_time(fall.from_us), format_time(fall.to_us))


def _average_cost(held: Held, market: Market | None) -> str | None:
    """What a whole one cost, to two decimals more than its market's prices have."""
    cost = held.figures.cost
    if market is None or cost is None or not held.units:
        return None
    decimals = market.price_decimals + _FINER
    dividend = cost * 10 ** (market.base.decimals + decimals)
    return format_units(divide_to_nearest(dividend, held.units * 10**market.quote.decimals), decimals)
