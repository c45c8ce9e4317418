"""A leg of a transfer as the API shows it to whose account it is."""

from __future__ import annotations

from cse.domain.accounts import TransferReason
from cse.domain.assets import Asset
from cse.runtime.http.times import format_time
from cse.trading.holdings.models import Transfer


def transfer_view(
    account: int, asset: Asset, amount: int, other: int, *, reason: int, transfer: int, at: tuple[int, int]
) -> Transfer:
    """What moved in `account`: `amount` in units, negative where it left; `at` is sequence and time."""
    sequence, time_us = at
    # Who else stands behind a movement is told of one's own accounts alone.
    other_side = str(other) if reason == TransferReason.OWN_ACCOUNTS else None
    leaves = amount < 0
    return Transfer(
        id=str(transfer),
        reason=reason_name(reason),
        asset=asset.symbol,
        amount=asset.format(abs(amount)),
        from_account=str(account) if leaves else other_side,
        to_account=other_side if leaves else str(account),
        time=format_time(time_us),
        sequence=str(sequence),
    )


def reason_name(number: int) -> str:
    """Why money moved, as the API writes it; the number of a reason that this build does not know."""
    try:
        return TransferReason(number).name.lower()
    except ValueError:
        return str(number)
