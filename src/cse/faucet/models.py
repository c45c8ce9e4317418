"""What the faucet takes and gives."""

from __future__ import annotations

import msgspec

from cse.runtime.http.body import DecimalText


class FaucetRequest(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What play money is asked for."""

    asset: str
    amount: DecimalText


class FaucetGrant(msgspec.Struct, frozen=True):
    """Play money that is in the account."""

    asset: str
    amount: str
    account: str
    sequence: str
