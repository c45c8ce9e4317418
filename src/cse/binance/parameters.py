"""Parameters that mean the same on many routes: symbols, times, bounds of lists."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final, NamedTuple

import msgspec

from cse.binance.errors import LookupTooLong
from cse.domain import codes
from cse.domain.errors import CodedError
from cse.domain.markets import Market
from cse.marketdata.service import MarketData

US_PER_MS: Final = 1_000
_DAY_US: Final = 24 * 3_600 * 1_000_000
_TIME: Final = re.compile(r"[0-9]{1,18}", re.ASCII)
# As many digits as milliseconds have for long; what has more counts microseconds.
_MS_DIGITS_MAX: Final = 13
_SYMBOLS_MAX: Final = 1_000
_READ_SYMBOLS: Final = msgspec.json.Decoder(list[str]).decode


def parse_time_us(text: str | None, field: str) -> int | None:
    """A time in milliseconds or microseconds since 1970, as microseconds; `invalid_field`."""
    if text is None:
        return None
    if not _TIME.fullmatch(text):
        raise CodedError(codes.INVALID_FIELD, field=field, reason="expected milliseconds since 1970")
    return int(text) * US_PER_MS if len(text) <= _MS_DIGITS_MAX else int(text)


class Times(NamedTuple):
    """From when on and before when, in microseconds since 1970; None is without a bound."""

    start_us: int | None
    until_us: int | None

    def has(self, time_us: int) -> bool:
        """Whether a time is one of these."""
        return (self.start_us or 0) <= time_us and (self.until_us is None or time_us < self.until_us)


def parse_times(start: str | None, end: str | None) -> Times:
    """Times of an account's lists, both of them meant: `endTime` in milliseconds is all of that millisecond.

    Raises:
        CodedError: `invalid_field`; `LookupTooLong` where more than 24 hours lie between them.
    """
    start_us, end_us = parse_time_us(start, "startTime"), parse_time_us(end, "endTime")
    if start_us is not None and end_us is not None and end_us - start_us > _DAY_US:
        raise LookupTooLong
    if end is None or end_us is None:
        return Times(start_us, None)
    return Times(start_us, end_us + (US_PER_MS if len(end) <= _MS_DIGITS_MAX else 1))


def parse_number(text: str | None, field: str) -> int | None:
    """A whole number, 0 among them; `invalid_field`."""
    if text is None:
        return None
    if not _TIME.fullmatch(text):
        raise CodedError(codes.INVALID_FIELD, field=field, reason="expected a whole number")
    return int(text)


def at_most(limit: int, most: int) -> int:
    """How many a list may have: more than the most is the most, as at Binance."""
    if limit < 1:
        raise CodedError(codes.INVALID_FIELD, field="limit", reason="expected 1 or more")
    return min(limit, most)


def ms(time_us: int) -> int:
    """A time in milliseconds."""
    return time_us // US_PER_MS


async def named_markets(
    marketdata: MarketData, symbol: str | None, symbols: str | None
) -> list[Market] | None:
    """The markets that a request names, by one symbol or a list of them in JSON; None where by neither.

    Raises:
        CodedError: `market_unknown`; `quantity_or_quote_amount` for both, `duplicate_field` for one twice.
    """
    if symbol is not None and symbols is not None:
        raise CodedError(codes.QUANTITY_OR_QUOTE_AMOUNT, field="symbols", reason="symbol or symbols")
    if symbol is not None:
        return [await marketdata.market_of_pair(symbol)]
    if symbols is None:
        return None
    return [await marketdata.market_of_pair(name) for name in _names(symbols)]


def _names(symbols: str) -> Sequence[str]:
    try:
        names = _READ_SYMBOLS(symbols)
    except msgspec.MsgspecError:
        names = []
    if not 0 < len(names) <= _SYMBOLS_MAX:
        raise CodedError(codes.INVALID_FIELD, field="symbols", reason="expected a list of symbols in JSON")
    if len(set(names)) != len(names):
        raise CodedError(codes.DUPLICATE_FIELD, field="symbols")
    return names


def symbol_of(market: Market) -> str:
    """A market's name here: both symbols side by side, such as `NOVAUSDC`."""
    return f"{market.base.symbol}{market.quote.symbol}"
