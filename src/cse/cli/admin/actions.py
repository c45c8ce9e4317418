"""What each line of `./cse admin` does: the command for the core, and what to say afterwards."""

from __future__ import annotations

import argparse
import uuid
from collections.abc import Awaitable, Callable
from typing import Final, TypeAlias

from cse.cli.admin.operator import Operator
from cse.domain import codes
from cse.domain.accounts import TransferReason
from cse.domain.enumerations import MarketStatus
from cse.domain.errors import CodedError
from cse.domain.limits import QUANTITY_LIMIT
from cse.domain.money import parse_decimal
from cse.engine import wire
from cse.ledger.genesis import FEE_ACCOUNT
from cse.runtime.outbox import NotAnswered

# Given an operator and the parsed line, does it and returns the sentence to print.
Action: TypeAlias = Callable[[Operator, argparse.Namespace], Awaitable[str]]


async def create_asset(operator: Operator, options: argparse.Namespace) -> str:
    """Lists an asset, and opens the external account that it comes in from."""
    sequence = await operator.carry_out(wire.CreateAsset(options.symbol, options.decimals).encode())
    asset = await operator.asset(options.symbol, sequence)
    await operator.external_account(asset)
    return f"{options.symbol} is listed, with {options.decimals} decimals (sequence {sequence})."


async def create_market(operator: Operator, options: argparse.Namespace) -> str:
    """Lists a market, which is open at once."""
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
        price_band_ppm=0,
        max_open_orders=options.max_open_orders,
        status=0,
    )
    sequence = await operator.carry_out(command.encode())
    return f"{options.market} is listed and open (sequence {sequence})."


async def set_status(operator: Operator, options: argparse.Namespace) -> str:
    """Halts or opens a market."""
    status = MarketStatus.HALTED if options.action == "halt" else MarketStatus.OPEN
    market = await operator.market(options.market)
    sequence = await operator.carry_out(wire.SetMarketStatus(market, status).encode())
    return f"{options.market} is {status.name.lower()} (sequence {sequence})."


async def set_self_trade(operator: Operator, options: argparse.Namespace) -> str:
    """Says whether orders of a market may ask for no prevention of self-trades."""
    allowed = options.self_trades == "allow"
    market = await operator.market(options.market)
    sequence = await operator.carry_out(wire.SetMarketSelfTrade(market, allowed).encode())
    state = "may" if allowed else "may not"
    return f"Accounts of one owner {state} trade with each other in {options.market} (sequence {sequence})."


async def credit(operator: Operator, options: argparse.Namespace) -> str:
    """Moves money from outside into a person's main account."""
    asset = await operator.asset(options.asset)
    units = asset.parse(options.amount)
    account = await operator.main_account(options.email)
    leg = wire.TransferLeg(
        debit=await operator.external_account(asset),
        credit=account,
        asset=asset.id,
        reason=TransferReason.CREDIT,
        condition=0,
        amount=units,
        condition_amount=0,
    )
    command = wire.Transfer(reference=uuid.uuid4().bytes, leg_count=1).encode(leg.encode())
    sequence = await operator.carry_out(command)
    return f"{options.email} received {asset.format(units)} {asset.symbol} (sequence {sequence})."


async def freeze(operator: Operator, options: argparse.Namespace) -> str:
    """Freezes or unfreezes a person's main account."""
    account = await operator.main_account(options.email)
    freezes = options.action == "freeze"
    command = wire.FreezeAccount(account) if freezes else wire.UnfreezeAccount(account)
    sequence = await operator.carry_out(command.encode())
    state = "frozen: it places no orders and pays nothing" if freezes else "free again"
    return f"Account {account} of {options.email} is {state} (sequence {sequence})."


async def rebuild_projection(operator: Operator, _: argparse.Namespace) -> str:
    """Drops the ledger's rows; the ledger starts anew and brings them all back."""
    await operator.empty_ledger()
    try:
        # A ledger with nothing to write would not see that its rows are gone.
        sequence = await operator.carry_out(wire.Tick().encode())
    except NotAnswered:
        return "The ledger's rows come back from the event log; `./cse verify` proves them when it is done."
    return f"The ledger's rows are made anew (sequence {sequence})."


ACTIONS: Final[dict[tuple[str, str], Action]] = {
    ("asset", "create"): create_asset,
    ("market", "create"): create_market,
    ("market", "halt"): set_status,
    ("market", "open"): set_status,
    ("market", "self-trades"): set_self_trade,
    ("account", "freeze"): freeze,
    ("account", "unfreeze"): freeze,
    ("credit", ""): credit,
    ("rebuild-projection", ""): rebuild_projection,
}
