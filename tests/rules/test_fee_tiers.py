"""Which rates an order gets: tiers of accounts, promotions of markets; in both cores."""

from dataclasses import dataclass, field
from typing import Any

import pytest

from cse.engine.wire import (
    AccountKind,
    Group,
    OpenAccount,
    OrderAccepted,
    SetAccountTier,
    SetMarketFees,
    SetMarketPromotion,
    messages,
)
from tests.property.tables import message
from tests.rules.cases import MakeCore, both_cores
from tests.rules.commands import amend
from tests.rules.scenario import ALICE, BOB, FEES, FUNDS, OUTSIDE, USDC, Scenario, buy, sell

NOW_US = 1_000_000
"""When a scenario begins."""


def tier_rates(tier: int, maker_ppm: int, taker_ppm: int, **fields: Any) -> bytes:
    return message(
        SetMarketFees, market=1, tier=tier, maker_fee_ppm=maker_ppm, taker_fee_ppm=taker_ppm, **fields
    )


def account_tier(account: int, tier: int) -> bytes:
    return message(SetAccountTier, account=account, tier=tier)


def promotion(maker_ppm: int, taker_ppm: int, ends_at_us: int, market: int = 1) -> bytes:
    return message(
        SetMarketPromotion,
        market=market,
        maker_fee_ppm=maker_ppm,
        taker_fee_ppm=taker_ppm,
        ends_at_us=ends_at_us,
    )


@dataclass
class Rates:
    """Commands before an order of Alice, and the maker and taker rates that the order gets.

    The market itself takes 1,000 ppm of makers and 2,000 of takers.
    """

    name: str
    rates: tuple[int, int]
    before: list[bytes] = field(default_factory=list)
    at_us: int = NOW_US


SOON_US = NOW_US + 5
TIER_3 = [tier_rates(3, 500, 1_500), account_tier(ALICE, 3)]
RATES = [
    Rates("the market's own", (1_000, 2_000)),
    Rates("those of the account's tier", (500, 1_500), TIER_3),
    Rates("no other tier's", (1_000, 2_000), [tier_rates(3, 500, 1_500), account_tier(ALICE, 4)]),
    Rates("more, where the tier pays more", (3_000, 3_000), [tier_rates(9, 3_000, 3_000), account_tier(ALICE, 9)]),
    Rates("the market's own in tier 0 again", (1_000, 2_000), [*TIER_3, account_tier(ALICE, 0)]),
    Rates("nothing of another account's tier", (1_000, 2_000), [tier_rates(3, 0, 0), account_tier(BOB, 3)]),
    Rates("those of tier 0 as they are now", (100, 200), [account_tier(ALICE, 4), tier_rates(0, 100, 200)]),
    Rates("those of its tier, whatever tier 0 pays", (500, 1_500), [*TIER_3, tier_rates(0, 100, 200)]),
    Rates("both of a promotion", (0, 0), [promotion(0, 0, SOON_US)]),
    Rates("the lower one of each", (1_000, 500), [promotion(1_500, 500, SOON_US)]),
    Rates("a rebate above its own taker rate", (-900, 500), [tier_rates(0, -900, 2_000), promotion(0, 500, SOON_US)]),
    Rates("its tier's where that is lower", (500, 1_000), [*TIER_3, promotion(800, 1_000, SOON_US)]),
    Rates("a promotion to its last moment", (0, 0), [promotion(0, 0, SOON_US)], SOON_US - 1),
    Rates("none when its time has come", (1_000, 2_000), [promotion(0, 0, SOON_US)], SOON_US),
    Rates("the promotion that came later", (1_000, 900), [promotion(0, 0, SOON_US), promotion(1_000, 900, SOON_US)]),
    Rates("none that was ended", (1_000, 2_000), [promotion(0, 0, SOON_US), promotion(0, 0, 0)]),
]  # fmt: skip


@both_cores
@pytest.mark.parametrize("case", RATES, ids=lambda case: case.name)
def test_an_order_gets(make_core: MakeCore, case: Rates) -> None:
    scenario = Scenario(make_core, maker_ppm=1_000, taker_ppm=2_000)
    for command in case.before:
        assert not scenario.do(command)[0].startswith("rejected")
    scenario.time_us = case.at_us
    assert rates_of(scenario.carry_out(buy(ALICE, 5, 1_000))) == case.rates


def rates_of(group: bytes) -> tuple[int, int]:
    """The rates of the order that was taken in."""
    tail = Group.tail(group)
    [accepted] = [
        OrderAccepted.decode(tail, offset) for kind, offset, _ in messages(tail) if kind == OrderAccepted.KIND
    ]
    return accepted.maker_fee_ppm, accepted.taker_fee_ppm


REFUSED = [
    ("fees of an unknown market", message(SetMarketFees, market=2, tier=10), "market_unknown"),
    ("a tenth tier", tier_rates(10, 0, -1), "invalid_fee_tier"),
    ("a rebate above the taker's rate", tier_rates(1, -11, 10), "invalid_market"),
    ("a tier with a creator", tier_rates(1, 0, 0, creator_account=ALICE), "invalid_market"),
    ("a tier with a creator who is nobody", tier_rates(1, 0, 0, creator_account=99), "invalid_market"),
    ("a tier with a share", tier_rates(1, 0, 0, creator_share_ppm=1), "invalid_market"),
    ("a tier of nobody", account_tier(99, 10), "account_unknown"),
    ("an account in a tenth tier", account_tier(ALICE, 10), "invalid_fee_tier"),
    ("a promotion of an unknown market", promotion(0, -1, 0, market=2), "market_unknown"),
    ("a promotion with a rebate above its taker's rate", promotion(-11, 10, SOON_US), "invalid_market"),
    ("a promotion that ends now", promotion(0, 0, NOW_US), "invalid_market"),
    ("a promotion that ended", promotion(0, 0, -1), "invalid_market"),
    ("a promotion that ends too late", promotion(0, 0, 1 << 53), "invalid_market"),
    ("an end with rates", promotion(1, 1, 0), "invalid_market"),
    ("an end with a taker's rate", promotion(0, 1, 0), "invalid_market"),
]


@both_cores
@pytest.mark.parametrize(("name", "command", "code"), REFUSED, ids=[refused[0] for refused in REFUSED])
def test_refused(make_core: MakeCore, name: str, command: bytes, code: str) -> None:
    scenario = Scenario(make_core, maker_ppm=1_000, taker_ppm=2_000)
    before = scenario.core.dump().splitlines()[1:]
    assert scenario.do(command) == [f"rejected {code}"]
    assert scenario.core.dump().splitlines()[1:] == before


@both_cores
def test_the_latest_end_of_a_promotion(make_core: MakeCore) -> None:
    assert Scenario(make_core).do(promotion(0, 0, (1 << 53) - 1)) == ["MarketPromotionChanged"]


@both_cores
def test_both_sides_of_a_trade_pay_by_their_tiers(make_core: MakeCore) -> None:
    """Bob, of tier 2, gets 0.02 % of 10.00 back; Alice, of tier 1, pays 0.15 %."""
    scenario = tiers_of_alice_and_bob(make_core, alice=(0, 1_500), bob=(-200, 1_000))
    said = scenario.do(buy(ALICE, 1_000, 1_000))
    assert said[1] == "traded 1000 at 1000 with 1: maker -2000 taker 15000 creator 0"
    assert scenario.balance(FEES, USDC) == (13_000, 0)


@both_cores
def test_a_rebate_is_cut_to_what_a_taker_of_another_tier_pays(make_core: MakeCore) -> None:
    """Bob's tier promises 0.1 % back, and Alice's pays 0.04 %: 4,000 units, and not 10,000."""
    scenario = tiers_of_alice_and_bob(make_core, alice=(0, 400), bob=(-1_000, 1_000))
    said = scenario.do(buy(ALICE, 1_000, 1_000))
    assert said[1] == "traded 1000 at 1000 with 1: maker -4000 taker 4000 creator 0"
    assert scenario.balance(FEES, USDC) == (0, 0)
    assert scenario.balance(BOB, USDC) == (FUNDS + 10_000_000 + 4_000, 0)


@both_cores
def test_a_taker_without_a_fee_pays_no_rebate(make_core: MakeCore) -> None:
    scenario = tiers_of_alice_and_bob(make_core, alice=(0, 0), bob=(-1_000, 1_000))
    said = scenario.do(buy(ALICE, 1_000, 1_000))
    assert said[1] == "traded 1000 at 1000 with 1: maker 0 taker 0 creator 0"


def tiers_of_alice_and_bob(make_core: MakeCore, alice: tuple[int, int], bob: tuple[int, int]) -> Scenario:
    """Alice is in tier 1 and Bob in tier 2, with these rates; Bob sells 1 NOVA at 10.00."""
    scenario = Scenario(make_core, maker_ppm=1_000, taker_ppm=2_000)
    for account, tier, rates in ((ALICE, 1, alice), (BOB, 2, bob)):
        scenario.do(tier_rates(tier, *rates))
        scenario.do(account_tier(account, tier))
    scenario.do(sell(BOB, 1_000, 1_000))
    return scenario


@both_cores
def test_an_order_keeps_its_rates(make_core: MakeCore) -> None:
    """Neither another tier, nor the end of a promotion, nor an amend gives an open order others."""
    scenario = Scenario(make_core, maker_ppm=1_000, taker_ppm=2_000)
    scenario.do(promotion(300, 400, SOON_US))
    scenario.do(buy(ALICE, 5, 999))
    scenario.do(tier_rates(1, 0, 0))
    scenario.do(account_tier(ALICE, 1))
    scenario.time_us = SOON_US
    scenario.do(sell(BOB, 1_000, 1_000))
    said = scenario.do(amend(ALICE, price=1_000, quantity=1_000))
    assert said[1] == "traded 1000 at 1000 with 2: maker 10000 taker 4000 creator 0"


@both_cores
def test_a_tier_leaves_the_creator_his_share(make_core: MakeCore) -> None:
    scenario = Scenario(make_core, taker_ppm=2_000, creator_share_ppm=500_000)
    scenario.do(tier_rates(1, 0, 1_000))
    scenario.do(account_tier(ALICE, 1))
    scenario.do(sell(BOB, 1_000, 1_000))
    said = scenario.do(buy(ALICE, 1_000, 1_000))
    assert said[1] == "traded 1000 at 1000 with 1: maker 0 taker 10000 creator 5000"


@both_cores
def test_the_dump_has_tiers_and_promotion(make_core: MakeCore) -> None:
    scenario = Scenario(make_core, maker_ppm=1_000, taker_ppm=2_000)
    for command in (
        tier_rates(2, -1, 1),
        tier_rates(1, 7, 8),
        account_tier(OUTSIDE, 9),
        promotion(3, 4, SOON_US),
    ):
        scenario.do(command)
    lines = scenario.core.dump().splitlines()
    market = next(number for number, line in enumerate(lines) if line.startswith("market "))
    assert f" 3 4 {SOON_US}" in lines[market]
    assert lines[market + 1 : market + 3] == ["tier 1 1 7 8", "tier 1 2 -1 1"]
    assert next(line for line in lines if line.startswith("account ")).endswith(" 9")


@both_cores
@pytest.mark.parametrize(
    ("kind", "tier", "told"),
    [
        (AccountKind.SUB, 3, ["AccountOpened", "AccountTierChanged"]),
        (AccountKind.SUB, 0, ["AccountOpened"]),
        (AccountKind.VAULT, 3, ["AccountOpened"]),
    ],
)
def test_a_sub_account_begins_in_the_tier_of_the_main_one(
    make_core: MakeCore, kind: AccountKind, tier: int, told: list[str]
) -> None:
    scenario = Scenario(make_core)
    scenario.do(account_tier(ALICE, tier))
    owner = scenario.core.dump().splitlines()
    alice = next(line.split() for line in owner if line.startswith(f"account {ALICE} "))
    assert scenario.do(OpenAccount(bytes.fromhex(alice[3]), kind).encode()) == told
    opened = [line.split() for line in scenario.core.dump().splitlines() if line.startswith("account ")][-1]
    assert int(opened[-1]) == (tier if kind == AccountKind.SUB else 0)
