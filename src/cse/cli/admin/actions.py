"""What each line of `./cse admin` does: the command for the core, and what to say afterwards."""

from __future__ import annotations

import argparse
import uuid
from collections.abc import Awaitable, Callable
from typing import Final, TypeAlias

from cse.audit.models import Actor
from cse.cli.admin.history import show_history
from cse.cli.admin.jobs import give_up_mail, list_jobs, retry_mail
from cse.cli.admin.markets import (
    ACTION_STATUSES,
    cancel_orders,
    create_market,
    set_band,
    set_limits,
    set_self_trade,
    set_status,
    show_markets,
)
from cse.cli.admin.operator import Operator, login
from cse.cli.admin.organisations import (
    freeze_organisation,
    list_organisations,
    unfreeze_organisation,
)
from cse.cli.admin.overview import show_overview
from cse.cli.admin.people import find_people, show_person, show_timeline
from cse.cli.admin.rates import set_rate, show_rates, unset_rate
from cse.cli.admin.requests import approve_request, list_requests, refuse_request
from cse.cli.admin.risk import list_flags, set_risk, show_risk
from cse.cli.admin.verification import (
    approve_verification,
    list_verifications,
    refuse_verification,
    revoke_verification,
    show_verification,
    write_document,
)
from cse.desk.markets.models import MarketFeeRates, MarketPromotion
from cse.domain import codes
from cse.domain.accounts import TransferReason
from cse.domain.errors import CodedError
from cse.engine import wire
from cse.runtime.clock import wall_us
from cse.runtime.http.times import format_time
from cse.runtime.outbox import NotAnswered

_US_PER_HOUR: Final = 3_600_000_000

# Given an operator and the parsed line, does it and returns the sentence to print.
Action: TypeAlias = Callable[[Operator, argparse.Namespace], Awaitable[str]]


async def create_asset(operator: Operator, options: argparse.Namespace) -> str:
    """Lists an asset, and opens the external account that it comes in from."""
    sequence = await operator.carry_out(wire.CreateAsset(options.symbol, options.decimals).encode())
    asset = await operator.asset(options.symbol, sequence)
    await operator.external_account(asset)
    return f"{options.symbol} is listed, with {options.decimals} decimals (sequence {sequence})."


async def set_fees(operator: Operator, options: argparse.Namespace) -> str:
    """Sets a market's rates for orders placed from now on, of all accounts or of those in a tier."""
    asked = MarketFeeRates(options.maker_fee_ppm, options.taker_fee_ppm, "", options.tier)
    change = await operator.markets.fees(options.market, asked)
    sequence = await operator.carry_out(change.command, change)
    is_of_all = options.tier == 0
    whose = "without rates of their own tier" if is_of_all else f"in tier {options.tier}"
    rates = f"{options.maker_fee_ppm} ppm as makers and {options.taker_fee_ppm} ppm as takers"
    return f"Accounts {whose} pay {rates} in {options.market} (sequence {sequence})."


async def promote(operator: Operator, options: argparse.Namespace) -> str:
    """Lowers a market's rates for some hours, or ends that."""
    asked, ends_at = None, ""
    if options.promotion == "begin":
        ends_at = format_time(wall_us() + round(options.hours * _US_PER_HOUR))
        asked = MarketPromotion(options.maker_fee_ppm, options.taker_fee_ppm, ends_at, "")
    elif options.maker_fee_ppm or options.taker_fee_ppm:
        raise CodedError(codes.INVALID_FIELD, field="promotion", reason="one that ends has no rates")
    change = await operator.markets.promotion(options.market, asked)
    sequence = await operator.carry_out(change.command, change)
    if asked is None:
        return f"There is no promotion in {options.market} any more (sequence {sequence})."
    rates = f"at most {options.maker_fee_ppm} and {options.taker_fee_ppm} ppm"
    return f"New orders in {options.market} pay {rates} until {ends_at} (sequence {sequence})."


async def set_tier(operator: Operator, options: argparse.Namespace) -> str:
    """Puts all of a person's accounts into a fee tier."""
    async with operator.fee_tiers(options.email) as (fee_tiers, person):
        sequence = await fee_tiers.set(person, options.tier, Actor.operator(login()))
    return f"All accounts of {options.email} are in fee tier {options.tier} (sequence {sequence})."


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
    """Freezes a person: nobody signs in as them, nothing of theirs is placed or paid."""
    async with operator.freezing(options.email) as (freezes, person):
        frozen = await freezes.freeze(
            person,
            options.reason,
            Actor.operator(login()),
            cancels_orders=not options.keep_orders,
            why=options.told,
        )
    orders = "stay and may trade" if options.keep_orders else "are cancelled"
    return (
        f"{options.email} is frozen: sessions ended: {frozen.sessions}; nothing is placed or paid, "
        f"open orders {orders} (sequence {frozen.sequence})."
    )


async def unfreeze(operator: Operator, options: argparse.Namespace) -> str:
    """Lets a person go."""
    async with operator.freezing(options.email) as (freezes, person):
        sequence = await freezes.unfreeze(person, options.reason, Actor.operator(login()))
    return f"{options.email} is free again (sequence {sequence})."


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
    ("market", "show"): show_markets,
    **{("market", action): set_status for action in ACTION_STATUSES},
    ("market", "limits"): set_limits,
    ("market", "band"): set_band,
    ("market", "cancel-orders"): cancel_orders,
    ("risk", "set"): set_risk,
    ("risk", "show"): show_risk,
    ("flags", ""): list_flags,
    ("rates", "set"): set_rate,
    ("rates", "show"): show_rates,
    ("rates", "unset"): unset_rate,
    ("market", "self-trades"): set_self_trade,
    ("market", "fees"): set_fees,
    ("market", "promotion"): promote,
    ("account", "find"): find_people,
    ("account", "show"): show_person,
    ("account", "timeline"): show_timeline,
    ("account", "freeze"): freeze,
    ("account", "tier"): set_tier,
    ("account", "unfreeze"): unfreeze,
    ("organisation", "list"): list_organisations,
    ("organisation", "freeze"): freeze_organisation,
    ("organisation", "unfreeze"): unfreeze_organisation,
    ("credit", ""): credit,
    ("history", ""): show_history,
    ("overview", ""): show_overview,
    ("job", "list"): list_jobs,
    ("job", "retry"): retry_mail,
    ("job", "give-up"): give_up_mail,
    ("request", "list"): list_requests,
    ("request", "approve"): approve_request,
    ("request", "refuse"): refuse_request,
    ("verification", "list"): list_verifications,
    ("verification", "show"): show_verification,
    ("verification", "document"): write_document,
    ("verification", "approve"): approve_verification,
    ("verification", "refuse"): refuse_verification,
    ("verification", "revoke"): revoke_verification,
    ("rebuild-projection", ""): rebuild_projection,
}
