"""Routes of an account's statements: as JSON, as CSV, and as a page to print."""

from __future__ import annotations

from collections.abc import Callable

from cse.domain import codes
from cse.domain.assets import Asset
from cse.portfolio.costs import CostMethod
from cse.portfolio.models import MovementView, StatementAsset, StatementQuery, StatementView
from cse.portfolio.periods import period_of
from cse.portfolio.prices import MONEY
from cse.portfolio.statement import AssetLine
from cse.portfolio.statement_files import csv_of, pdf_of
from cse.portfolio.statements import Statements
from cse.runtime.http.route import Access, Call, Nothing, Reply, Route, about_an_account, answer
from cse.runtime.http.times import format_time
from cse.trading.views.entries import kind_name

# All of an account's past is gone through.
_WEIGHT = 50


class StatementApi:
    """Parse, call, answer."""

    def __init__(self, statements: Statements, now_us: Callable[[], int]) -> None:
        self._statements = statements
        self._now_us = now_us

    def routes(self) -> list[Route]:
        """The room's rows of the table."""
        read, query, path = Access.READ, StatementQuery, "/api/statement"
        untied = (codes.STATEMENT_UNTIED,)
        return about_an_account([
            Route("GET", path, read, "What became of the account over a month, quarter or year.",
                  StatementView, handler=self.statement, query=query, codes=untied, weight=_WEIGHT),
            Route("GET", f"{path}/csv", read, "The same as CSV.", str, handler=self.table, query=query,
                  content_type="text/csv", codes=untied, weight=_WEIGHT),
            Route("GET", f"{path}/pdf", read, "The same as a PDF.", str, handler=self.pages, query=query,
                  content_type="application/pdf", codes=untied, weight=_WEIGHT),
        ])  # fmt: skip

    async def statement(self, call: Call[Nothing, StatementQuery]) -> Reply:
        """GET /api/statement."""
        view = await self._view(call)
        return answer(view, int(view.sequence))

    async def table(self, call: Call[Nothing, StatementQuery]) -> Reply:
        """GET /api/statement/csv."""
        view = await self._view(call)
        return _file(view, csv_of(view), "csv", b"text/csv; charset=utf-8")

    async def pages(self, call: Call[Nothing, StatementQuery]) -> Reply:
        """GET /api/statement/pdf."""
        view = await self._view(call)
        return _file(view, pdf_of(view, call.person.account), "pdf", b"application/pdf")

    async def _view(self, call: Call[Nothing, StatementQuery]) -> StatementView:
        query, now_us = call.query, self._now_us()
        period = period_of(query.period, now_us)
        method = CostMethod(query.cost)
        reading = await self._statements.statement(
            call.person.account, period, method, now_us, call.min_sequence
        )
        statement, so_far = reading.value
        listing = self._statements.portfolios.listing
        money = await listing.asset(MONEY)
        return StatementView(
            period=period.name,
            from_time=format_time(period.from_us),
            to_time=format_time(now_us if so_far else period.to_us),
            so_far=so_far,
            cost_method=query.cost,
            value_asset=MONEY,
            opening_value=_text(money, statement.opening.value),
            closing_value=_text(money, statement.closing.value),
            put_in=_text(money, statement.put_in),
            taken_out=_text(money, statement.taken_out),
            realised=_text(money, statement.realised),
            opening_unrealised=_text(money, statement.opening.unrealised),
            closing_unrealised=_text(money, statement.closing.unrealised),
            fees=_text(money, statement.fees),
            creator_share=_text(money, statement.creator_share),
            assets=[_asset(await listing.asset_by_id(line.asset), line, money) for line in statement.assets],
            sequence=str(reading.sequence),
        )


def _asset(asset: Asset, line: AssetLine, money: Asset) -> StatementAsset:
    return StatementAsset(
        asset=asset.symbol,
        opening=asset.format(line.opening),
        movements=[
            MovementView(kind_name(one.reason), asset.format(one.came), asset.format(-one.left))
            for one in line.movements
        ],
        closing=asset.format(line.closing),
        realised=_text(money, line.realised),
    )


def _file(view: StatementView, content: bytes, form: str, content_type: bytes) -> Reply:
    name = f'attachment; filename="statement-{view.period}.{form}"'.encode()
    return Reply(
        content, headers=((b"content-disposition", name),), content_type=content_type,
        sequence=int(view.sequence),
    )  # fmt: skip


def _text(money: Asset, units: int | None) -> str | None:
    return None if units is None else money.format(units)
