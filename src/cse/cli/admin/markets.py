"""The lines of `./cse admin market`: listing a market, its status, its limits and its bounds."""

from __future__ import annotations

import argparse
from typing import Final

import msgspec

from cse.cli.admin.operator import Operator, Refused
from cse.desk.markets import changes as market_changes
from cse.desk.markets.models import BandValues, DeskMarket, LimitValues, NewMarket
from cse.domain import codes
from cse.domain.enumerations import MarketStatus
from cse.domain.errors import CodedError
from cse.domain.limits import CANCELS_MAX
from cse.domain.markets import Market
from cse.marketdata.views import STATUSES
from cse.runtime.http.times import format_time, parse_time

ACTION_STATUSES: Final = {
    "open": MarketStatus.OPEN,
    "halt": MarketStatus.HALTED,
    "auction": MarketStatus.AUCTION,
    "cancel-only": MarketStatus.CANCEL_ONLY,
    "delist": MarketStatus.DELISTED,
}

# As they stand behind "is".
_STATUS_WORDS: Final = {
    **STATUSES,
    MarketStatus.AUCTION: "in auction",
    MarketStatus.CANCEL_ONLY: "open to cancels only",
}


async def show_markets(operator: Operator, options: argparse.Namespace) -> str:
    """Every market, or one, with its rules and rates."""
    if options.market is not None:
        return _market_words(await operator.markets.one(options.market))
    found = await operator.markets.all()
    return "\n\n".join(map(_market_words, found)) or "There are no markets."


def _market_words(shown: DeskMarket) -> str:
    rules = msgspec.to_builtins(shown.market)
    said = [f"{rules.pop('market')}  {rules.pop('status')}"]
    said += [f"  {name} {_word(value)}" for name, value in rules.items() if value is not None]
    if shown.last_price is not None:
        said.append(f"  last_price {shown.last_price}")
    if shown.uncrossing:
        said.append("  the orders of its auction trade")
    said += [
        f"  tier {one.tier}: {one.maker_fee_ppm} ppm as makers, {one.taker_fee_ppm} ppm as takers"
        for one in shown.tiers
    ]
    if shown.promotion is not None:
        rates = f"{shown.promotion.maker_fee_ppm} and {shown.promotion.taker_fee_ppm} ppm"
        said.append(f"  promotion: at most {rates} until {shown.promotion.ends_at}")
    return "\n".join(said)


def _word(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


async def create_market(operator: Operator, options: argparse.Namespace) -> str:
    """Lists a market, which is open at once unless it is only to be created."""
    base_symbol, dash, quote_symbol = options.market.partition("-")
    if not dash:
        raise CodedError(codes.MARKET_UNKNOWN, field=options.market)
    base, quote = await operator.asset(base_symbol), await operator.asset(quote_symbol)
    status = MarketStatus.CREATED if options.created else MarketStatus.OPEN
    asked = NewMarket(
        market=options.market,
        tick_size=options.tick,
        lot_size=options.lot,
        reason="",
        min_notional=options.min_notional,
        max_quantity=options.max_quantity,
        maker_fee_ppm=options.maker_fee_ppm,
        taker_fee_ppm=options.taker_fee_ppm,
        price_band_ppm=options.price_band_ppm,
        max_open_orders=options.max_open_orders,
    )
    change = market_changes.listed(options.market, base, quote, asked, status)
    sequence = await operator.carry_out(change.command, change)
    return f"{options.market} is listed and {STATUSES[status]} (sequence {sequence})."


# What may follow each status (the trading rules, 3); of an auction that is uncrossing the last two.
_MAY_FOLLOW: Final = {
    MarketStatus.CREATED: ("auction", "open", "cancel-only", "delist"),
    MarketStatus.AUCTION: ("open", "halt", "cancel-only"),
    MarketStatus.OPEN: ("auction", "halt", "cancel-only"),
    MarketStatus.HALTED: ("auction", "open", "cancel-only"),
    MarketStatus.CANCEL_ONLY: ("auction", "open", "halt", "delist"),
    MarketStatus.DELISTED: (),
}


async def set_status(operator: Operator, options: argparse.Namespace) -> str:
    """Gives a market another status; from an auction to open, its orders trade first."""
    status = ACTION_STATUSES[options.action]
    ends_at_us = parse_time(options.until, field="until") if getattr(options, "until", None) else 0
    change = await operator.markets.status(options.market, status, ends_at_us)
    try:
        sequence = await operator.carry_out(change.command, change)
    except Refused as refused:
        if refused.code != codes.INVALID_MARKET_STATUS.number:
            raise
        now = await operator.market_now(options.market)
        raise Refused(refused.code, _why_not(now, status, ends_at_us)) from None
    now = await operator.market_now(options.market, sequence)
    until = f" until {format_time(now.auction_ends_at_us)}" if now.auction_ends_at_us else ""
    if now.status is not status:
        # One command makes so many trades and no more; the next ones go on.
        return f"The auction of {options.market} has ended, and its orders trade (sequence {sequence})."
    return f"{options.market} is {_STATUS_WORDS[status]}{until} (sequence {sequence})."


def _why_not(market: Market, status: MarketStatus, ends_at_us: int) -> str:
    """Why a market, as it is now, does not take a status."""
    words = _STATUS_WORDS[market.status]
    following = _MAY_FOLLOW[market.status]
    if market.uncross_price:
        words, following = "in an auction whose orders trade right now", following[-2:]
    is_repeated = status is market.status and status is not MarketStatus.DELISTED
    if is_repeated or any(ACTION_STATUSES[action] is status for action in following):
        return f"The auction of {market.name} is to end at {format_time(ends_at_us)}, which is not ahead."
    if not following:
        return f"{market.name} is {words}, for good."
    return f"{market.name} is {words}: from there it can be {', '.join(following[:-1])} or {following[-1]}."


async def set_self_trade(operator: Operator, options: argparse.Namespace) -> str:
    """Says whether orders of a market may ask for no prevention of self-trades."""
    allowed = options.self_trades == "allow"
    change = market_changes.self_trades_set(await operator.market_now(options.market), allowed=allowed)
    sequence = await operator.carry_out(change.command, change)
    state = "may" if allowed else "may not"
    return f"Accounts of one owner {state} trade with each other in {options.market} (sequence {sequence})."


async def set_limits(operator: Operator, options: argparse.Namespace) -> str:
    """Changes what orders may be from now on; what is not named stays."""
    asked = LimitValues(
        tick_size=options.tick,
        lot_size=options.lot,
        min_quantity=options.min_quantity,
        max_quantity=options.max_quantity,
        min_notional=options.min_notional,
        max_notional=options.max_notional,
        max_open_orders=options.max_open_orders,
    )
    sequence = await operator.carry_out_in_turn(lambda: operator.markets.limits(options.market, asked))
    return _limits_words(await operator.market_now(options.market, sequence), sequence)


def _limits_words(market: Market, sequence: int) -> str:
    most = f" to {market.quote.format(market.max_notional)}" if market.max_notional else " or more"
    count = f"at most {market.max_open_orders}" if market.max_open_orders else "any number of"
    return (
        f"Orders of {market.name} have prices in steps of {market.format_price(market.price_increment)}, "
        f"quantities in steps of {market.format_quantity(market.quantity_increment)}, "
        f"from {market.format_quantity(market.min_quantity)} "
        f"to {market.format_quantity(market.max_quantity)}, "
        f"and are worth {market.quote.format(market.min_notional)}{most} {market.quote.symbol}; "
        f"an account has {count} open ones (sequence {sequence})."
    )


async def set_band(operator: Operator, options: argparse.Namespace) -> str:
    """Changes price band and volatility interruption; what is not named stays."""
    asked = BandValues(
        price_band_ppm=options.price_band_ppm,
        reference_price=options.reference_price,
        interruption_ppm=options.interruption_ppm,
        interruption_window_s=options.interruption_window_s,
        interruption_auction_s=options.interruption_auction_s,
    )
    sequence = await operator.carry_out_in_turn(lambda: operator.markets.band(options.market, asked))
    return _band_words(await operator.market_now(options.market, sequence), sequence)


def _band_words(market: Market, sequence: int) -> str:
    distance = (
        f"within {market.price_band_ppm} ppm of the last price" if market.price_band_ppm else "anywhere"
    )
    band = market.price_band
    now = (
        ""
        if band is None
        else f", now {market.format_price(band.lowest)} to {market.format_price(band.highest)}"
    )
    interruption = "no move of the price begins an auction"
    if market.interruption_ppm:
        interruption = (
            f"a move by more than {market.interruption_ppm} ppm within {market.interruption_window_s} s"
            f" begins an auction of {market.interruption_auction_s} s"
        )
    return f"Orders of {market.name} trade {distance}{now}; {interruption} (sequence {sequence})."


async def cancel_orders(operator: Operator, options: argparse.Namespace) -> str:
    """Cancels all open orders of a market, as many commands as that takes."""
    change = market_changes.orders_cancelled(options.market, await operator.market(options.market))
    total = 0
    while True:
        sequence = await operator.carry_out(change.command, change)
        cancelled = await operator.markets.cancelled(sequence)
        total += cancelled
        if cancelled < CANCELS_MAX:
            return f"{total} orders of {options.market} are cancelled (sequence {sequence})."
