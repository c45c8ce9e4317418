"""What each line of `./cse admin` does: the command for the core, and what to say afterwards."""

from __future__ import annotations

import argparse
import uuid
from collections.abc import Awaitable, Callable
from typing import Final, TypeAlias

from cse.cli.admin.markets import (
    ACTION_STATUSES,
    cancel_orders,
    create_market,
    set_band,
    set_limits,
    set_self_trade,
    set_status,
)
from cse.cli.admin.operator import Operator
from cse.domain.accounts import TransferReason
from cse.engine import wire
from cse.runtime.outbox import NotAnswered

# Given an operator and the parsed line, does it and returns the sentence to print.
Action: TypeAlias = Callable[[Operator, argparse.Namespace], Awaitable[str]]


async def create_asset(operator: Operator, options: argparse.Namespace) -> str:
    """Lists an asset, and opens the external account that it comes in from."""
    sequence = await operator.carry_out(wire.CreateAsset(options.symbol, options.decimals).encode())
    asset = await operator.asset(options.symbol, sequence)
    await operator.external_account(asset)
    return f"{options.symbol} is listed, with {options.decimals} decimals (sequence {sequence})."


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
    **{("market", action): set_status for action in ACTION_STATUSES},
    ("market", "limits"): set_limits,
    ("market", "band"): set_band,
    ("market", "cancel-orders"): cancel_orders,
    ("market", "self-trades"): set_self_trade,
    ("account", "freeze"): freeze,
    ("account", "unfreeze"): freeze,
    ("credit", ""): credit,
    ("rebuild-projection", ""): rebuild_projection,
}
