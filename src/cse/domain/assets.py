"""Assets: what balances are in."""

from dataclasses import dataclass
from typing import NamedTuple

from cse.domain.limits import SUPPLY_LIMIT
from cse.domain.money import format_units, parse_units


class AssetName(NamedTuple):
    """What an asset is called; `demo` says that it was made up for a demonstration."""

    name: str
    demo: bool


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
