"""The lines of `./cse admin market`: listing a market, its status, its limits and its bounds."""

from __future__ import annotations

import argparse
from typing import Final, NamedTuple

from cse.cli.admin.operator import Operator, Refused
from cse.domain import codes
from cse.domain.enumerations import MarketStatus
from cse.domain.errors import CodedError
from cse.domain.limits import CANCELS_MAX, QUANTITY_LIMIT
from cse.domain.markets import Market
from cse.domain.money import parse_decimal
from cse.engine import wire
from cse.ledger.genesis import FEE_ACCOUNT
from cse.marketdata.views import STATUSES
from cse.runtime.http.times import format_time, parse_time

ACTION_STATUSES: Final = {
    "open": MarketStatus.OPEN,
    "halt": MarketStatus.HALTED,
    "auction": MarketStatus.AUCTION,
    "cancel-only": MarketStatus.CANCEL_ONLY,
    "delist": MarketStatus.DELISTED,
}


async def create_market(operator: Operator, options: argparse.Namespace) -> str:
    """Lists a market, which is open at once unless it is only to be created."""
    base_symbol, dash, quote_symbol = options.market.partition("-")
    if not dash:
        raise CodedError(codes.MARKET_UNKNOWN, field=options.market)
    base, quote = await operator.asset(base_symbol), await operator.asset(quote_symbol)
    tick = parse_decimal(options.tick, field="tick")
    lot_size = base.parse(options.lot, field="lot")
    lots_max = QUANTITY_LIMIT - 1
    if options.max_quantity is not None:
        lots_max = base.parse(options.max_quantity, field="max_quantity") // lot_size
    free_of_minimum = parse_decimal(options.min_notional, field="min_notional").digits == 0
    status = MarketStatus.CREATED if options.created else MarketStatus.OPEN
    command = wire.CreateMarket(
        base=base.id,
        quote=quote.id,
        tick_size=tick.digits,
        tick_decimals=tick.decimals,
        lot_size=lot_size,
        min_notional=0 if free_of_minimum else quote.parse(options.min_notional, field="min_notional"),
        max_quantity=lots_max,
        maker_fee_ppm=options.maker_fee_ppm,
        taker_fee_ppm=options.taker_fee_ppm,
        creator_share_ppm=0,
        creator_account=0,
        fee_account=FEE_ACCOUNT,
        price_band_ppm=options.price_band_ppm,
        max_open_orders=options.max_open_orders,
        status=status,
    )
    sequence = await operator.carry_out(command.encode())
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
    market = await operator.market(options.market)
    try:
        sequence = await operator.carry_out(wire.SetMarketStatus(market, status, ends_at_us).encode())
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
    return f"{options.market} is {STATUSES[status].replace('_', ' ')}{until} (sequence {sequence})."


def _why_not(market: Market, status: MarketStatus, ends_at_us: int) -> str:
    """Why a market, as it is now, does not take a status."""
    words = STATUSES[market.status].replace("_", " ")
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
    market = await operator.market(options.market)
    sequence = await operator.carry_out(wire.SetMarketSelfTrade(market, allowed).encode())
    state = "may" if allowed else "may not"
    return f"Accounts of one owner {state} trade with each other in {options.market} (sequence {sequence})."


async def set_limits(operator: Operator, options: argparse.Namespace) -> str:
    """Changes what orders may be from now on; what is not named stays."""
    market = await operator.market_now(options.market)
    command = _limits_asked(market, options)
    sequence = await operator.carry_out(command.encode())
    return _limits_words(await operator.market_now(options.market, sequence), sequence)


def _limits_asked(market: Market, options: argparse.Namespace) -> wire.SetMarketLimits:
    """What is not named stays; raises `CodedError` for what the core would refuse without saying why."""
    command = wire.SetMarketLimits(
        market=market.id,
        max_open_orders=_or(options.max_open_orders, market.max_open_orders),
        min_notional=_notional(market, options.min_notional, market.min_notional),
        max_notional=_notional(market, options.max_notional, market.max_notional),
        min_quantity=_lots(market, options.min_quantity, market.min_quantity),
        max_quantity=_lots(market, options.max_quantity, market.max_quantity),
        price_increment=_ticks(market, options.tick, market.price_increment),
        quantity_increment=_lots(market, options.lot, market.quantity_increment),
    )
    if command.max_notional and command.max_notional < command.min_notional:
        raise _unfit("--max-notional", "it is below --min-notional")
    if command.max_quantity < max(command.min_quantity, command.quantity_increment, 1):
        raise _unfit("--max-quantity", "it is below --min-quantity or --lot, or zero")
    if not command.price_increment or not command.quantity_increment:
        raise _unfit("--lot" if command.price_increment else "--tick", "a step is above zero")
    return command


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


def _unfit(option: str, reason: str) -> CodedError:
    return CodedError(codes.INVALID_FIELD, field=option, reason=reason)


async def set_band(operator: Operator, options: argparse.Namespace) -> str:
    """Changes price band and volatility interruption; what is not named stays."""
    market = await operator.market_now(options.market)
    command = wire.SetMarketBand(
        market=market.id,
        price_band_ppm=_or(options.price_band_ppm, market.price_band_ppm),
        interruption_ppm=_or(options.interruption_ppm, market.interruption_ppm),
        interruption_window_s=_or(options.interruption_window_s, market.interruption_window_s),
        interruption_auction_s=_or(options.interruption_auction_s, market.interruption_auction_s),
        reference_price=_ticks(market, options.reference_price, market.reference_price),
    )
    for option, seconds in (
        ("--interruption-window-s", command.interruption_window_s),
        ("--interruption-auction-s", command.interruption_auction_s),
    ):
        if command.interruption_ppm and not seconds:
            raise _unfit(
                option,
                "an interruption takes --interruption-ppm, --interruption-window-s and"
                " --interruption-auction-s, each above zero",
            )
    sequence = await operator.carry_out(command.encode())
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


class Cancelled(NamedTuple):
    """How many orders a command closed, and its sequence."""

    orders: int
    sequence: int


async def cancel_orders(operator: Operator, options: argparse.Namespace) -> str:
    """Cancels all open orders of a market, as many commands as that takes."""
    market = await operator.market(options.market)
    total = 0
    while True:
        found = await _cancel(operator, market)
        total += found.orders
        if found.orders < CANCELS_MAX:
            return f"{total} orders of {options.market} are cancelled (sequence {found.sequence})."


async def _cancel(operator: Operator, market: int) -> Cancelled:
    sequence = await operator.carry_out(wire.CancelMarketOrders(market).encode())
    events = await operator.events(sequence)
    for kind, offset, _ in wire.messages(events):
        if kind == wire.MarketOrdersCancelled.KIND:
            return Cancelled(wire.MarketOrdersCancelled.decode(events, offset).count, sequence)
    return Cancelled(0, sequence)


def _or(asked: int | None, before: int) -> int:
    return before if asked is None else asked


def _notional(market: Market, asked: str | None, before: int) -> int:
    if asked is None:
        return before
    is_none = parse_decimal(asked, field="notional").digits == 0
    return 0 if is_none else market.quote.parse(asked, field="notional")


def _lots(market: Market, asked: str | None, before: int) -> int:
    if asked is None:
        return before
    is_none = parse_decimal(asked, field="quantity").digits == 0
    return 0 if is_none else market.parse_quantity(asked)


def _ticks(market: Market, asked: str | None, before: int) -> int:
    if asked is None:
        return before
    is_none = parse_decimal(asked, field="price").digits == 0
    return 0 if is_none else market.parse_price(asked)
