"""What a new exchange begins with."""

from __future__ import annotations

import pytest

from cse.domain.accounts import NO_OWNER
from cse.domain.enumerations import AccountKind
from cse.ledger.genesis import FEE_ACCOUNT, LAB, USDC, genesis
from cse.runtime.configuration import Profile
from tests.reference.exchange import ReferenceExchange


def carried_out(profile: Profile) -> ReferenceExchange:
    core = ReferenceExchange()
    for sequence, command in enumerate(genesis(profile), 1):
        core.apply(sequence, 0, command)
    return core


@pytest.mark.parametrize(
    ("profile", "symbols"),
    [
        ("production", ["USDC", "BTC", "ETH", "SOL"]),
        ("demo", ["USDC", "BTC", "ETH", "SOL", "LAB"]),
    ],
)
def test_assets_and_the_accounts_they_come_from(profile: Profile, symbols: list[str]) -> None:
    state = carried_out(profile).state
    assert [asset.symbol for asset in state.assets.values()] == symbols
    kinds = [account.kind for account in state.accounts.values()]
    assert kinds == [AccountKind.SYSTEM] + [AccountKind.EXTERNAL] * len(symbols)
    assert all(account.owner == NO_OWNER for account in state.accounts.values())
    assert state.accounts[FEE_ACCOUNT].kind == AccountKind.SYSTEM


def test_a_demo_has_one_quiet_market() -> None:
    (market,) = carried_out("demo").state.markets.values()
    assert (market.base, market.quote, market.tick_lot_units) == (LAB, USDC, 1)


def test_production_lists_no_market() -> None:
    assert carried_out("production").state.markets == {}
