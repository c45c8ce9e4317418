"""What an API key may be allowed to do."""

from __future__ import annotations

from enum import StrEnum
from typing import Final


class KeyScope(StrEnum):
    """None implies another: a key that trades without reading sees the answers to its orders alone."""

    READ = "read"
    TRADE = "trade"
    WITHDRAW = "withdraw"


ALL_SCOPES: Final = frozenset(KeyScope)
