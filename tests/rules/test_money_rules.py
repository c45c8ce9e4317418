"""Holds, fees, transfers and the memory of ids, worked out by hand, in both cores."""

from collections.abc import Callable

import pytest

from cse.domain.accounts import external_owner
from cse.domain.digests import fnv_1a_64
from cse.engine._native import Core as NativeCore
from cse.engine.wire import (
    AccountKind,
    CancelOrder,
    FreezeAccount,
    FromOutbox,
    Group,
    OpenAccount,
    OutboxTaken,
    SetMarketFees,
    SetMarketStatus,
    Side,
    StartEpoch,
    Tick,
    UnfreezeAccount,
    Upgrade,
)
from tests.property.comparison import Core
from tests.reference.exchange import ReferenceExchange
from tests.rules.scenario import (
    ALICE,
    BOB,
    CAROL,
    FEES,
    FUNDS,
    IOC,
    NOVA,
    OUTSIDE,
    USDC,
    Scenario,
    buy,
    market_order,
    sell,
    transfer,
)

MakeCore = Callable[[], Core]
both_cores = pytest.mark.parametrize("make_core", [ReferenceExchange, NativeCore])


@both_cores
def test_a_fee_is_on_top_of_a_buy_and_the_base_arrives_whole(make_core: MakeCore) -> None:
    """4.981 NOVA at 10.00 and 0.1 %: 49.81 USDC and a fee of 0.049810; then all of it is sold."""
    scenario = Scenario(make_core, taker_ppm=1_000)
    scenario.do(sell(BOB, 4_981, 1_000))
    said = scenario.do(buy(ALICE, 4_981, 1_000, IOC))
    assert said[1] == "traded 4981 at 1000 with 1: maker 0 taker 49810 creator 0"
    assert scenario.balance(ALICE, NOVA) == (FUNDS + 4_981_000, 0)
    assert scenario.balance(ALICE, USDC) == (FUNDS - 49_810_000 - 49_810, 0)
    assert scenario.balance(BOB, USDC) == (FUNDS + 49_810_000, 0)
    assert scenario.balance(FEES, USDC) == (49_810, 0)


@both_cores
def test_the_smallest_trade_pays_a_fee(make_core: MakeCore) -> None:
    """0.1 % of 0.000500 USDC is half a unit, and a whole one is paid."""
    scenario = Scenario(make_core, taker_ppm=1_000)
    scenario.do(sell(BOB, 10, 5))
    assert scenario.do(buy(ALICE, 10, 5))[1].endswith("maker 0 taker 1 creator 0")


@both_cores
def test_a_thousand_small_orders_pay_no_less_than_a_large_one(make_core: MakeCore) -> None:
    """0.1 % of 0.010100 USDC is 10.1 units: 11 each, and 10,100 for all of it at once."""
    scenario = Scenario(make_core, taker_ppm=1_000)
    scenario.do(sell(BOB, 2_000, 1_010))
    for _ in range(1_000):
        scenario.do(buy(ALICE, 1, 1_010))
    assert scenario.balance(FEES, USDC) == (11_000, 0)
    said = scenario.do(buy(CAROL, 1_000, 1_010))
    assert said[1].endswith("taker 10100 creator 0")


@both_cores
def test_an_order_that_fills_in_parts_is_rounded_once(make_core: MakeCore) -> None:
    """Three fills of 330 units at 0.1 % come to 990 units: 1 unit in all, taken by the first."""
    scenario = Scenario(make_core, taker_ppm=1_000)
    for maker in (BOB, CAROL, BOB):
        scenario.do(sell(maker, 33, 1))
    said = scenario.do(buy(ALICE, 99, 1))
    assert [text.split("taker ")[1] for text in said if text.startswith("traded")] == [
        "1 creator 0",
        "0 creator 0",
        "0 creator 0",
    ]


@both_cores
def test_a_rebate_comes_out_of_the_takers_fee_and_the_rest_is_shared(make_core: MakeCore) -> None:
    """Of 49,810 the maker gets 24,905; half of the other 24,905 is the creator's, rounded down."""
    scenario = Scenario(make_core, maker_ppm=-500, taker_ppm=1_000, creator_share_ppm=500_000)
    scenario.do(sell(BOB, 4_981, 1_000))
    said = scenario.do(buy(ALICE, 4_981, 1_000))
    assert said[1] == "traded 4981 at 1000 with 1: maker -24905 taker 49810 creator 12452"
    assert scenario.balance(BOB, USDC) == (FUNDS + 49_810_000 + 24_905, 0)
    assert scenario.balance(CAROL, USDC) == (FUNDS + 12_452, 0)
    assert scenario.balance(FEES, USDC) == (12_453, 0)


@both_cores
def test_a_rebate_is_never_more_than_the_taker_pays(make_core: MakeCore) -> None:
    """The maker keeps a rate of -0.2 % while takers by now pay 0.1 %."""
    scenario = Scenario(make_core, maker_ppm=-2_000, taker_ppm=2_000)
    scenario.do(sell(BOB, 4_981, 1_000))
    scenario.do(SetMarketFees(1, 0, 1_000, 0, 0, 0).encode())
    said = scenario.do(buy(ALICE, 4_981, 1_000))
    assert said[1] == "traded 4981 at 1000 with 1: maker -49810 taker 49810 creator 0"
    assert scenario.balance(FEES, USDC) == (0, 0)


@both_cores
def test_a_resting_buy_holds_notional_and_makers_fee(make_core: MakeCore) -> None:
    """At first 1,000,000 + 1,000 + 1 is held; at rest 1,000,000 + 500."""
    scenario = Scenario(make_core, maker_ppm=500, taker_ppm=1_000)
    scenario.do(buy(ALICE, 100, 1_000))
    assert scenario.balance(ALICE, USDC) == (FUNDS - 1_000_500, 1_000_500)
    scenario.do(sell(BOB, 40, 1_000))
    assert scenario.balance(ALICE, USDC) == (FUNDS - 1_000_500, 1_000_500 - 400_000 - 200)
    scenario.do(CancelOrder(ALICE, 1, "").encode())
    assert scenario.balance(ALICE, USDC) == (FUNDS - 400_200, 0)


@both_cores
def test_money_that_is_held_is_not_there_twice(make_core: MakeCore) -> None:
    scenario = Scenario(make_core)
    whole = FUNDS // 10_000
    assert scenario.do(buy(ALICE, whole, 1_000)) == ["accepted 1"]
    assert scenario.do(buy(ALICE, 1, 1)) == ["rejected insufficient_funds"]
    assert scenario.do(transfer((ALICE, BOB, USDC, 1))) == ["rejected insufficient_funds"]
    assert scenario.balance(ALICE, USDC) == (0, FUNDS)


@both_cores
def test_the_hold_of_a_buy_needs_the_fee_and_one_unit_more(make_core: MakeCore) -> None:
    scenario = Scenario(make_core, taker_ppm=1_000)
    scenario.do(transfer((ALICE, BOB, USDC, FUNDS - 1_001_000)))
    assert scenario.do(buy(ALICE, 100, 1_000)) == ["rejected insufficient_funds"]
    scenario.do(transfer((BOB, ALICE, USDC, 1)))
    assert scenario.do(buy(ALICE, 100, 1_000)) == ["accepted 1"]


@both_cores
def test_a_quote_amount_is_all_that_a_buy_may_cost(make_core: MakeCore) -> None:
    """Of 100 USDC at 0.1 %: 9,990 lots cost 99,900,000 and 99,900; one more would not fit."""
    scenario = Scenario(make_core, taker_ppm=1_000)
    scenario.do(sell(BOB, 20_000, 1_000))
    said = scenario.do(market_order(ALICE, Side.BUY, quote_amount=100_000_000))
    assert said[1] == "traded 9990 at 1000 with 1: maker 0 taker 99900 creator 0"
    assert said[2] == "closed 2 filled: 9990 of 9990"
    assert scenario.balance(ALICE, USDC) == (FUNDS - 99_999_900, 0)


@both_cores
def test_a_fee_never_exceeds_what_a_sale_brings(make_core: MakeCore) -> None:
    scenario = Scenario(make_core, maker_ppm=100_000, taker_ppm=100_000)
    scenario.do(buy(BOB, 1, 1))
    assert scenario.do(sell(ALICE, 1, 1))[1].endswith("maker 1 taker 1 creator 0")
    assert scenario.balance(ALICE, USDC) == (FUNDS + 9, 0)


@both_cores
def test_a_transfer_is_whole_or_not_at_all(make_core: MakeCore) -> None:
    scenario = Scenario(make_core)
    beyond = transfer((ALICE, BOB, USDC, 5), (BOB, CAROL, USDC, FUNDS + 6))
    assert scenario.do(beyond) == ["rejected insufficient_funds"]
    assert scenario.balance(BOB, USDC) == (FUNDS, 0)
    just = transfer((ALICE, BOB, USDC, 5), (BOB, CAROL, USDC, FUNDS + 5))
    assert scenario.say(just) == [
        "TransferMade",
        f"balance {ALICE} {USDC}: {FUNDS - 5} + 0",
        f"balance {BOB} {USDC}: 0 + 0",
        f"balance {CAROL} {USDC}: {2 * FUNDS + 5} + 0",
    ]


@both_cores
def test_the_supply_of_an_asset_is_bounded(make_core: MakeCore) -> None:
    scenario = Scenario(make_core)
    left = (1 << 100) - 1 - 4 * FUNDS
    assert scenario.do(transfer((OUTSIDE, ALICE, USDC, left + 1))) == ["rejected supply_exceeded"]
    assert scenario.do(transfer((OUTSIDE, ALICE, USDC, left))) == ["TransferMade"]


@both_cores
def test_a_frozen_account_cancels_and_receives_but_does_nothing_else(make_core: MakeCore) -> None:
    scenario = Scenario(make_core)
    scenario.do(buy(ALICE, 5, 1_000))
    scenario.do(FreezeAccount(ALICE).encode())
    assert scenario.do(buy(ALICE, 5, 1_000)) == ["rejected account_frozen"]
    assert scenario.do(transfer((ALICE, BOB, USDC, 1))) == ["rejected account_frozen"]
    assert scenario.do(transfer((BOB, ALICE, USDC, 1))) == ["TransferMade"]
    assert scenario.do(CancelOrder(ALICE, 1, "").encode()) == ["closed 1 cancelled: 0 of 5"]
    scenario.do(UnfreezeAccount(ALICE).encode())
    assert scenario.do(buy(ALICE, 5, 1_000)) == ["accepted 2"]


@both_cores
def test_a_halted_market_takes_cancels_only(make_core: MakeCore) -> None:
    scenario = Scenario(make_core)
    scenario.do(buy(ALICE, 5, 1_000))
    scenario.do(SetMarketStatus(1, 2, 0).encode())
    assert scenario.do(buy(ALICE, 5, 1_000)) == ["rejected market_halted"]
    assert scenario.do(CancelOrder(ALICE, 1, "").encode()) == ["closed 1 cancelled: 0 of 5"]


@both_cores
def test_a_client_order_id_stands_for_one_order(make_core: MakeCore) -> None:
    scenario = Scenario(make_core)
    refused = buy(ALICE, 1_000_001, 1, client_order_id="mine")
    assert scenario.do(refused) == ["rejected quantity_out_of_range"]
    first = buy(ALICE, 5, 1_000, client_order_id="mine")
    assert scenario.do(first) == ["accepted 1"]
    assert scenario.do(first) == ["repeated 1"]
    assert scenario.do(buy(ALICE, 6, 1_000, client_order_id="mine")) == ["rejected client_order_id_conflict"]
    assert scenario.do(buy(BOB, 6, 1_000, client_order_id="mine")) == ["accepted 2"]
    assert scenario.do(CancelOrder(ALICE, 0, "mine").encode()) == ["closed 1 cancelled: 0 of 5"]
    assert scenario.do(CancelOrder(ALICE, 0, "mine").encode()) == ["rejected order_not_open"]
    assert scenario.do(CancelOrder(ALICE, 1, "").encode()) == ["rejected order_unknown"]
    assert scenario.do(CancelOrder(ALICE, 0, "other").encode()) == ["rejected order_unknown"]
    assert scenario.do(first) == ["repeated 1"]


@both_cores
def test_an_outbox_takes_each_number_once_and_in_order(make_core: MakeCore) -> None:
    scenario = Scenario(make_core)
    gift = transfer((OUTSIDE, ALICE, USDC, 1))
    assert scenario.do(FromOutbox(7, 2).encode(gift)) == ["rejected outbox_gap"]
    assert scenario.do(FromOutbox(7, 1).encode(gift)) == ["OutboxTaken", "TransferMade"]
    assert scenario.do(FromOutbox(7, 1).encode(gift)) == ["OutboxRepeated"]
    too_much = transfer((ALICE, BOB, USDC, FUNDS * 2))
    assert scenario.do(FromOutbox(7, 2).encode(too_much)) == ["OutboxTaken", "rejected insufficient_funds"]
    assert scenario.do(FromOutbox(7, 3).encode(b"")) == ["rejected malformed_command"]
    assert scenario.do(FromOutbox(8, 1).encode(Tick().encode())) == ["OutboxTaken"]
    assert scenario.balance(ALICE, USDC) == (FUNDS + 1, 0)


@both_cores
def test_an_outbox_carries_no_service_command_and_no_other_outbox(make_core: MakeCore) -> None:
    """Their numbers are not taken."""
    scenario = Scenario(make_core)
    for inner in (
        FromOutbox(8, 1).encode(Tick().encode()),
        StartEpoch(1, 0, scenario.sequence + 2).encode(),
        Upgrade(0, bytes(32)).encode(),
        Tick().encode() * 2,
        bytes(8),
    ):
        assert scenario.do(FromOutbox(7, 1).encode(inner)) == ["rejected malformed_command"]
    assert scenario.do(FromOutbox(7, 1).encode(Tick().encode())) == ["OutboxTaken"]
    assert scenario.do(FromOutbox(8, 1).encode(Tick().encode())) == ["OutboxTaken"]


@both_cores
def test_an_epoch_follows_the_last_command(make_core: MakeCore) -> None:
    scenario = Scenario(make_core)
    last = scenario.sequence
    for epoch, previous, sequence in ((2, 0, last), (1, 1, last), (1, 0, last - 1), (1, 0, last + 4)):
        command = StartEpoch(epoch, previous, sequence).encode()
        assert scenario.do(command) == ["rejected invalid_epoch"]
    assert scenario.do(StartEpoch(1, 0, scenario.sequence).encode()) == ["EpochStarted"]


@both_cores
@pytest.mark.parametrize(
    "command", [buy(ALICE, 1, 1_000, client_order_id="a"), CancelOrder(ALICE, 1, "a").encode()]
)
def test_a_rest_of_zeros_is_malformed(make_core: MakeCore, command: bytes) -> None:
    """A client order id alone makes these long."""
    scenario = Scenario(make_core)
    assert scenario.do(command)[0] != "rejected malformed_command"
    assert scenario.do(command[:-40] + bytes(40)) == ["rejected malformed_command"]


@both_cores
def test_an_outbox_number_is_taken_with_the_digest_of_its_command(make_core: MakeCore) -> None:
    scenario = Scenario(make_core)
    too_much = transfer((ALICE, BOB, USDC, FUNDS + 1))
    for number, command in enumerate((Tick().encode(), too_much), 1):
        group = scenario.carry_out(FromOutbox(7, number).encode(command))
        taken = OutboxTaken.decode(Group.tail(group))
        assert taken == OutboxTaken(7, number, fnv_1a_64(command))


@both_cores
@pytest.mark.parametrize(
    ("owner", "kind", "said"),
    [
        (external_owner(USDC, 1).hex(), AccountKind.EXTERNAL, "AccountOpened"),
        (external_owner(NOVA, 0).hex(), AccountKind.EXTERNAL, "AccountOpened"),
        (external_owner(USDC, 0).hex(), AccountKind.EXTERNAL, "rejected invalid_account"),
        (external_owner(3, 0).hex(), AccountKind.EXTERNAL, "rejected asset_unknown"),
        (bytes(16).hex(), AccountKind.EXTERNAL, "rejected asset_unknown"),
        ((external_owner(USDC, 1)[:15] + b"\x01").hex(), AccountKind.EXTERNAL, "rejected invalid_account"),
        (bytes(16).hex(), AccountKind.SYSTEM, "AccountOpened"),
        (external_owner(USDC, 1).hex(), AccountKind.SYSTEM, "rejected invalid_account"),
        (bytes(16).hex(), AccountKind.SUB, "rejected invalid_account"),
        (bytes(16).hex(), 7, "rejected invalid_account"),
    ],
)
def test_an_external_account_is_an_assets_on_a_network_and_the_only_one(
    make_core: MakeCore, owner: str, kind: int, said: str
) -> None:
    scenario = Scenario(make_core)
    command = OpenAccount(bytes.fromhex(owner), kind).encode()
    assert scenario.do(command) == [said]
    if kind == AccountKind.EXTERNAL and said == "AccountOpened":
        assert scenario.do(command) == ["rejected invalid_account"]
