"""What a new exchange begins with."""

from __future__ import annotations

import pytest

from cse.domain.accounts import NO_OWNER, external_owner
from cse.domain.demo import ASSETS, CREATORS, MARKETS, QUIET_MARKET
from cse.domain.enumerations import AccountKind
from cse.ledger import genesis as first
from cse.ledger.genesis import FEE_ACCOUNT, LAB, USDC, genesis
from tests.reference.exchange import ReferenceExchange
from tests.reference.state import Rates


def carried_out(*, demo: bool) -> ReferenceExchange:
    core = ReferenceExchange()
    for sequence, command in enumerate(genesis(demo=demo), 1):
        core.apply(sequence, 0, command)
    return core


@pytest.mark.parametrize(
    ("demo", "symbols"),
    [
        (False, ["USDC", "BTC", "ETH", "SOL"]),
        (True, ["USDC", "BTC", "ETH", "SOL", "LAB", "LUNA", "NOVA", "TIDE", "KIKO", "LOWO"]),
    ],
)
def test_assets_and_the_accounts_they_come_from(demo: bool, symbols: list[str]) -> None:
    state = carried_out(demo=demo).state
    assert [asset.symbol for asset in state.assets.values()] == symbols
    firsts = list(state.accounts.values())[: 1 + len(symbols)]
    assert [account.kind for account in firsts] == [AccountKind.SYSTEM] + [AccountKind.EXTERNAL] * len(
        symbols
    )
    assert [account.owner for account in firsts] == [NO_OWNER, *map(external_owner, state.assets)]
    assert state.accounts[FEE_ACCOUNT].kind == AccountKind.SYSTEM


@pytest.mark.parametrize(
    ("market", "price", "quantity"),
    [
        ("LAB-USDC", "0.0001", "0.01"),
        ("LUNA-USDC", "0.00001", "0.1"),
        ("NOVA-USDC", "0.0001", "0.01"),
        ("TIDE-USDC", "0.00001", "0.1"),
        ("KIKO-USDC", "0.00001", "0.1"),
        ("LOWO-USDC", "0.0001", "0.01"),
        ("BTC-USDC", "1", "0.00001"),
    ],
)
def test_a_demo_lists_its_markets_with_tick_lot_and_fees(market: str, price: str, quantity: str) -> None:
    state = carried_out(demo=True).state
    listed = state.markets[first.market_id(market)]
    base = state.assets[listed.base]
    assert (f"{base.symbol}-USDC", listed.quote) == (market, USDC)
    assert listed.tick_size * 10**-listed.tick_decimals == pytest.approx(float(price))
    assert listed.lot_size * 10**-base.decimals == pytest.approx(float(quantity))
    assert listed.tiers == {0: Rates(1_000, 2_000)}


def test_a_creator_has_a_share_of_the_fees_and_of_the_supply() -> None:
    state = carried_out(demo=True).state
    assert len(CREATORS) == 5
    for creator in CREATORS:
        own, vault = first.creator_accounts(creator)
        market = state.markets[first.market_id(creator.market.name)]
        assert (market.creator_account, market.creator_share_ppm) == (own, 300_000)
        kinds = [(state.accounts[one].kind, state.accounts[one].owner) for one in (own, vault)]
        assert kinds == [(AccountKind.MAIN, creator.owner), (AccountKind.VAULT, creator.owner)]
        asset = first.asset_id(creator.asset.symbol)
        held = {
            account: state.balances[account, asset].available
            for account in (own, vault, first.holders_account(), first.external_account(asset))
        }
        supply = creator.supply * 10**creator.asset.decimals
        assert list(held.values()) == [supply // 5, supply // 4, supply * 11 // 20, -supply]


def test_nobody_gets_a_share_of_the_quiet_market() -> None:
    market = carried_out(demo=True).state.markets[first.market_id(QUIET_MARKET)]
    assert (market.base, market.creator_share_ppm, market.creator_account) == (LAB, 0, 0)


def test_without_the_demo_no_market_is_listed() -> None:
    assert carried_out(demo=False).state.markets == {}


def test_everything_of_the_demo_has_one_name() -> None:
    assert len({asset.symbol for asset in ASSETS}) == len(ASSETS)
    assert len({market.name for market in MARKETS}) == len(MARKETS)
    assert len({creator.handle for creator in CREATORS}) == len(CREATORS)
