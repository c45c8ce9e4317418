"""The rates of an account's next order: its tier's, or the market's, lowered by a promotion."""

from __future__ import annotations

import pytest

from cse.domain.accounts import NO_OWNER
from cse.engine import wire
from cse.engine._native import Core
from cse.trading.models import MarketFees
from cse.trading.reads.fees import market_fees
from tests.small_market import BUYER, MARKET, listing

ENDS_AT_US = 1_000_000
END = "1970-01-01T00:00:01.000000Z"


def states(*commands: bytes) -> tuple[wire.MarketState, wire.FeeTierState | None]:
    """The market after the commands, and its rates for tier 1."""
    core = Core()
    for command in (*listing(), *commands):
        core.apply(core.sequence + 1, 0, command)
    tiers = [wire.FeeTierState.decode(core.fee_tiers(), at) for _, at, _ in wire.messages(core.fee_tiers())]
    return wire.MarketState.decode(core.market(MARKET) or b""), next(iter(tiers), None)


OF_ALL = wire.SetMarketFees(MARKET, 200, 1_000, 0, 0, 0).encode()
OF_TIER = wire.SetMarketFees(MARKET, 100, 800, 0, 0, 1).encode()
PROMOTION = wire.SetMarketPromotion(MARKET, 0, 900, ENDS_AT_US).encode()


@pytest.mark.parametrize(
    ("commands", "now_us", "expected"),
    [
        ([OF_ALL], 0, (200, 1_000, None)),
        ([OF_ALL, OF_TIER], 0, (100, 800, None)),
        ([OF_ALL, PROMOTION], ENDS_AT_US - 1, (0, 900, END)),
        ([OF_ALL, OF_TIER, PROMOTION], ENDS_AT_US - 1, (0, 800, END)),
        ([OF_ALL, OF_TIER, PROMOTION], ENDS_AT_US, (100, 800, None)),
    ],
)
def test_each_rate_is_the_lower_one(
    commands: list[bytes], now_us: int, expected: tuple[int, int, str | None]
) -> None:
    market, of_tier = states(*commands)
    assert market_fees("LAB-USDC", market, of_tier, now_us) == MarketFees("LAB-USDC", *expected)


def test_they_are_those_that_the_core_gives() -> None:
    core = Core()
    commands = (*listing(), OF_ALL, OF_TIER, PROMOTION, wire.SetAccountTier(BUYER, 1).encode())
    for command in commands:
        core.apply(core.sequence + 1, 0, command)
    account = wire.AccountState.decode(core.account(BUYER) or b"")
    assert (account.tier, account.owner != NO_OWNER) == (1, True)
    order = wire.PlaceOrder(BUYER, MARKET, 1, 1, 1, 0, 0, 100, 10, 0, 0, 0, 0, 0, "").encode()
    group = core.apply(core.sequence + 1, ENDS_AT_US - 1, order)
    accepted = wire.OrderAccepted.decode(wire.Group.tail(group))
    assert (accepted.maker_fee_ppm, accepted.taker_fee_ppm) == (0, 800)
