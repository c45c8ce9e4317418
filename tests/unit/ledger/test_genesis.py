"""What a new exchange begins with."""

from __future__ import annotations

import pytest

from cse.domain.accounts import NO_OWNER, external_owner
from cse.domain.enumerations import AccountKind
from cse.ledger.genesis import FEE_ACCOUNT, LAB, USDC, genesis
from tests.reference.exchange import ReferenceExchange


def carried_out(*, demo: bool) -> ReferenceExchange:
    core = ReferenceExchange()
    for sequence, command in enumerate(genesis(demo=demo), 1):
        core.apply(sequence, 0, command)
    return core


@pytest.mark.parametrize(
    ("demo", "symbols"),
    [
        (False, ["USDC", "BTC", "ETH", "SOL"]),
        (True, ["USDC", "BTC", "ETH", "SOL", "LAB"]),
    ],
)
def test_assets_and_the_accounts_they_come_from(demo: bool, symbols: list[str]) -> None:
    state = carried_out(demo=demo).state
    assert [asset.symbol for asset in state.assets.values()] == symbols
    kinds = [account.kind for account in state.accounts.values()]
    assert kinds == [AccountKind.SYSTEM] + [AccountKind.EXTERNAL] * len(symbols)
    owners = [account.owner for account in state.accounts.values()]
    assert owners == [NO_OWNER] + [external_owner(asset) for asset in state.assets]
    assert state.accounts[FEE_ACCOUNT].kind == AccountKind.SYSTEM


def test_a_demo_has_one_quiet_market() -> None:
    (market,) = carried_out(demo=True).state.markets.values()
    assert (market.base, market.quote, market.tick_lot_units) == (LAB, USDC, 1)


def test_without_the_demo_no_market_is_listed() -> None:
    assert carried_out(demo=False).state.markets == {}
