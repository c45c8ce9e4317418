"""Play money for the demo's persons, out of the faucet and within its limits."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from cse.domain.demo import ASSETS, FAUCET_DAILY
from cse_client import ApiError, CseClient, codes


async def fill_up(client: CseClient, wanted: Mapping[str, Decimal], least: Decimal = Decimal(1)) -> None:
    """Brings each balance up to what is wanted, where it is below `least` of that (a part of one).

    What the faucet will not give any more today is left for tomorrow.
    """
    balances = await client.balances()
    for asset, amount in wanted.items():
        balance = balances.get(asset)
        held = Decimal(0) if balance is None else Decimal(balance.available) + Decimal(balance.locked)
        if held >= amount * least:
            continue
        missing = min(amount - held, Decimal(FAUCET_DAILY[asset])).quantize(_unit(asset))
        try:
            await client.take_from_faucet(asset, format(missing.normalize(), "f"))
        except ApiError as error:
            if error.code != codes.FAUCET_LIMIT:
                raise


def _unit(asset: str) -> Decimal:
    decimals = next((one.decimals for one in ASSETS if one.symbol == asset), 6)
    return Decimal(1).scaleb(-decimals)
