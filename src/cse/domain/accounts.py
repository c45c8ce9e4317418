"""Accounts: the owners that are no persons, and why money moves between them."""

from enum import IntEnum
from typing import Final

NO_OWNER: Final = bytes(16)
"""The owner of the exchange's own accounts."""
NETWORK_NONE: Final = 0
"""The network of money that no network brings: play money, and an operator's credit."""


def external_owner(asset: int, network: int = NETWORK_NONE) -> bytes:
    """Whose an account of kind external is: an asset's, on a network."""
    return asset.to_bytes(4, "little") + network.to_bytes(4, "little") + bytes(8)


class TransferReason(IntEnum):
    """Why a leg of a transfer moves money. The core carries the number; a number never changes."""

    FAUCET = 1
    """Play money from outside, in the profile demo."""
    DEPOSIT = 2
    """Came in from a network."""
    CREDIT = 3
    """An operator credits an account from outside."""
    CORRECTION = 4
    """An operator undoes or mends an earlier movement."""
    WITHDRAWAL = 5
    """Goes out to a network."""
    WITHDRAWAL_FEE = 6
    """What the exchange takes for a withdrawal."""
    OWN_ACCOUNTS = 7
    """Between two accounts of one owner."""
    LAUNCH_ALLOCATION = 8
    """A new token's supply goes to its first holders."""
    VESTING_RELEASE = 9
    """A schedule lets go of what is due."""
    AIRDROP = 10
    """A creator gives to many."""
    CREATOR_PAYOUT = 11
    """A creator's share leaves where it gathered."""
    FEE_SWEEP = 12
    """Fees leave the account where they gathered."""
    REFUND = 13
    """Money goes back to where it came from."""
