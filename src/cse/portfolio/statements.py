"""Makes statements of periods: an account's entries are gone through once more, and held to the ledger."""

from __future__ import annotations

from contextlib import aclosing
from typing import NamedTuple

from cse.engine.models import Reading
from cse.ledger.entry_reads import EntryReads
from cse.portfolio.book import Book
from cse.portfolio.costs import CostMethod
from cse.portfolio.keeping import BookKeeping, post_group
from cse.portfolio.periods import CalendarPeriod
from cse.portfolio.service import Portfolios
from cse.portfolio.statement import Statement, StatementBook
from cse.portfolio.turns import Turns


class Told(NamedTuple):
    """A statement, and whether its period goes on."""

    statement: Statement
    so_far: bool


class Statements:
    """Statements of accounts, as far as ledger and candles are."""

    def __init__(self, portfolios: Portfolios, keeping: BookKeeping, entries: EntryReads) -> None:
        self.portfolios = portfolios
        self._keeping = keeping
        self._entries = entries
        self._turns = Turns()

    async def statement(
        self, account: int, period: CalendarPeriod, method: CostMethod, now_us: int, min_sequence: int
    ) -> Reading[Told]:
        """What became of an account over a period; of one that goes on so far.

        Raises:
            CodedError: `statement_untied`, or `rate_limited` where too many of the account are under way.
            NotYetVisible: PostgreSQL has not reached `min_sequence`.
        """
        async with self._turns.of(account):
            return await self._statement(account, period, method, now_us, min_sequence)

    async def _statement(
        self, account: int, period: CalendarPeriod, method: CostMethod, now_us: int, min_sequence: int
    ) -> Reading[Told]:
        until = await self.portfolios.reached(min_sequence)
        listed = await self._keeping.price_list()
        prices = self._keeping.past_prices(listed)
        through = StatementBook(Book(listed.money), method)
        is_open = False
        # What a kept book has is only where the account is now, so all of its past is read.
        async with aclosing(self._keeping.groups(account, 0, until)) as groups:
            async for group in groups:
                time_us = group[0].time_us
                if time_us >= period.to_us:
                    break
                if not is_open and time_us >= period.from_us:
                    through.open(await prices.at(period.from_us))
                    is_open = True
                postings = await self._keeping.postings(group)
                await post_group(through.book, group[0].sequence, time_us, postings, prices, None)
                if is_open:
                    through.note(group)
        if not is_open:
            through.open(await prices.at(period.from_us))
        so_far = not period.is_over(now_us)
        closing_prices = await (self.portfolios.prices_now() if so_far else prices.at(period.to_us))
        opening = await self._entries.balances(account, until, period.from_us)
        closing = await self._entries.balances(account, until, period.to_us)
        return Reading(until, Told(through.close(closing_prices, opening, closing), so_far))
