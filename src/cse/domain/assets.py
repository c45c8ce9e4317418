"""Assets: what balances are in."""

import re
from dataclasses import dataclass
from typing import Final

from cse.domain.limits import SUPPLY_LIMIT
from cse.domain.money import format_units, parse_units

_SYMBOL: Final = re.compile(r"[A-Z0-9]{2,10}", re.ASCII)


def is_symbol(text: str) -> bool:
    """Whether `text` can be an asset's symbol."""
    return _SYMBOL.fullmatch(text) is not None


@dataclass(frozen=True, slots=True)
class Asset:
    """An asset of the ledger; its unit is `10**-decimals`."""

    id: int
    symbol: str
    decimals: int

    def parse(self, text: object, *, field: str = "amount", limit: int = SUPPLY_LIMIT - 1) -> int:
        """Reads an amount above zero as units; raises like `money.parse_units`."""
        return parse_units(text, self.decimals, field=field, limit=limit)

    def format(self, units: int) -> str:
        """Writes an amount of units."""
        return format_units(units, self.decimals)
