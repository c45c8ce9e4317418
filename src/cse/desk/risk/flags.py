"""What the core has told operators of accounts, which goes on trading."""

from __future__ import annotations

from typing import Final, cast

from cse.audit import log
from cse.audit.acts import Act
from cse.audit.models import Actor, Details
from cse.desk.risk.models import Flags, FlagsQuery, FlagView, Pattern
from cse.domain import codes
from cse.domain.enumerations import RiskPattern
from cse.domain.errors import CodedError
from cse.ledger.models import Flag, FlagPlace
from cse.ledger.service import Ledger
from cse.marketdata.listing import Listing
from cse.runtime.http.times import format_time
from cse.runtime.postgres import Pool

# Beyond the fields of a place there is none.
_PLACE_BOUNDS: Final = (1 << 63, 1 << 31, 1 << 31, 1 << 15)


class FlagReads:
    """Reads flags of the ledger, whose markets `listing` names."""

    def __init__(self, ledger: Ledger, listing: Listing) -> None:
        self._ledger = ledger
        self._listing = listing

    async def page(self, sought: FlagsQuery) -> Flags:
        """A page of flags, the latest first.

        Raises:
            CodedError: market_unknown, invalid_cursor, invalid_field.
        """
        market = 0 if sought.market is None else (await self._listing.market(sought.market)).id
        account = 0 if sought.account is None else _account(sought.account)
        before = None if sought.cursor is None else read_cursor(sought.cursor)
        # One more than fits tells whether there is another page.
        found = await self._ledger.flags(account, market, before, sought.limit + 1)
        shown = found[: sought.limit]
        items = [await self._view(flag) for flag in shown]
        return Flags(items, cursor_of(shown[-1]) if len(found) > len(shown) else None)

    async def _view(self, flag: Flag) -> FlagView:
        market = await self._listing.market_by_id(flag.market)
        pattern = RiskPattern(flag.pattern)
        is_notional = pattern is RiskPattern.NOTIONAL
        counted, bound = (
            market.quote.format(value) if is_notional else str(value) for value in (flag.counted, flag.bound)
        )
        return FlagView(
            at=format_time(flag.time_us),
            account=str(flag.account),
            market=market.name,
            pattern=cast(Pattern, pattern.name.lower()),
            counted=counted,
            bound=bound,
            fills=flag.fills if pattern is RiskPattern.CANCELS else None,
            sequence=str(flag.sequence),
        )


class FlagDesk:
    """Shows flags to operators; each look is recorded with what was sought."""

    def __init__(self, pool: Pool, reads: FlagReads) -> None:
        self._pool = pool
        self._reads = reads

    async def page(self, by: Actor, sought: FlagsQuery) -> Flags:
        """A page of flags. Raises as `FlagReads.page` does."""
        found = await self._reads.page(sought)
        details = Details(count=str(len(found.items)))
        words = [f"{name}={value}" for name in ("account", "market") if (value := getattr(sought, name))]
        details["sought"] = ", ".join(words)
        async with self._pool.connection() as connection:
            await log.record(connection, Act.FLAGS_SEARCHED, by, details=details)
        return found


def cursor_of(flag: Flag) -> str:
    """A flag's place as the text that goes on from there."""
    return ".".join(map(str, (flag.sequence, flag.account, flag.market, flag.pattern)))


def read_cursor(text: str) -> FlagPlace:
    """The place that a text stands for. Raises `CodedError` invalid_cursor."""
    parts = text.split(".")
    if len(parts) == len(_PLACE_BOUNDS) and all(part.isascii() and part.isdigit() for part in parts):
        place = [int(part) for part in parts if len(part) < 20]
        if len(place) == len(parts) and all(map(int.__lt__, place, _PLACE_BOUNDS)):
            return FlagPlace(*place)
    raise CodedError(codes.INVALID_CURSOR, field="cursor")


def _account(text: str) -> int:
    if text.isascii() and text.isdigit() and len(text) <= 10 and 0 < int(text) < 1 << 31:
        return int(text)
    raise CodedError(codes.INVALID_FIELD, field="account", reason="expected the number of an account")
