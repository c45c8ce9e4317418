"""The lines of `./cse admin market`: listing a market, its status, its limits and its bounds."""

from __future__ import annotations

import argparse
from typing import Final, NamedTuple

from cse.cli.admin.operator import Operator
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


async def set_status(operator: Operator, options: argparse.Namespace) -> str:
    """Gives a market another status; from an auction to open, its orders trade first."""
    status = ACTION_STATUSES[options.action]
    ends_at_us = parse_time(options.until, field="until") if getattr(options, "until", None) else 0
    market = await operator.market(options.market)
    sequence = await operator.carry_out(wire.SetMarketStatus(market, status, ends_at_us).encode())
    now = await operator.market_now(options.market, sequence)
    until = f" until {format_time(now.auction_ends_at_us)}" if now.auction_ends_at_us else ""
    if now.status is not status:
        # One command makes so many trades and no more; the next ones go on.
        return f"The auction of {options.market} has ended, and its orders trade (sequence {sequence})."
    return f"{options.market} is {STATUSES[status].replace('_', ' ')}{until} (sequence {sequence})."


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
    sequence = await operator.carry_out(command.encode())
    return f"Orders of {options.market} have other limits (sequence {sequence})."


async def set_band(operator: Operator, options: argparse.Namespace) -> str:
    """Changes price band and volatility halt; what is not named stays."""
    market = await operator.market_now(options.market)
    command = wire.SetMarketBand(
        market=market.id,
        price_band_ppm=_or(options.price_band_ppm, market.price_band_ppm),
        halt_ppm=_or(options.halt_ppm, market.halt_ppm),
        halt_window_s=_or(options.halt_window_s, market.halt_window_s),
        halt_auction_s=_or(options.halt_auction_s, market.halt_auction_s),
        reference_price=_ticks(market, options.reference_price, market.reference_price),
    )
    sequence = await operator.carry_out(command.encode())
    return f"The price of {options.market} has other bounds (sequence {sequence})."


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
