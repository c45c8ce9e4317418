"""Transfers with conditions, and transfers that are held, settled and voided; in both cores."""

from typing import Any

import pytest

from cse.engine.wire import (
    CancelOrder,
    FreezeAccount,
    Group,
    HoldTransfer,
    SettleTransfer,
    Transfer,
    TransferCondition,
    TransferHeld,
    TransferLeg,
    TransferSettled,
    TransferVoided,
    VoidTransfer,
    messages,
)
from tests.property.tables import message
from tests.rules.cases import MakeCore, both_cores
from tests.rules.scenario import ALICE, BOB, CAROL, FUNDS, NOVA, OUTSIDE, USDC, Scenario, buy, transfer

AT_LEAST, AT_MOST = TransferCondition.DEBIT_AT_LEAST, TransferCondition.CREDIT_AT_MOST
REFERENCE = bytes(range(16))
ENDINGS = (SettleTransfer, VoidTransfer)


def leg(
    debit: int, credit: int, amount: int, condition: int = 0, condition_amount: int = 0, asset: int = USDC
) -> bytes:
    return message(
        TransferLeg,
        debit=debit,
        credit=credit,
        asset=asset,
        reason=3,
        condition=condition,
        amount=amount,
        condition_amount=condition_amount,
    )


def made(*legs: bytes) -> bytes:
    return Transfer(REFERENCE, len(legs)).encode(b"".join(legs))


def hold(*legs: bytes) -> bytes:
    return HoldTransfer(REFERENCE, len(legs)).encode(b"".join(legs))


CONDITIONS = [
    ("as much as there is", leg(ALICE, BOB, 5, AT_LEAST, FUNDS), "taken"),
    ("one more than there is", leg(ALICE, BOB, 5, AT_LEAST, FUNDS + 1), "rejected condition_not_met"),
    ("up to what the credit may have", leg(ALICE, BOB, 5, AT_MOST, FUNDS + 5), "taken"),
    ("one unit above it", leg(ALICE, BOB, 6, AT_MOST, FUNDS + 5), "rejected condition_not_met"),
    ("before the funds", leg(ALICE, BOB, FUNDS + 1, AT_LEAST, FUNDS + 1), "rejected condition_not_met"),
    ("that is met, and then the funds", leg(ALICE, BOB, FUNDS + 1, AT_LEAST, FUNDS), "rejected insufficient_funds"),
    ("of outside, which has less than nothing", leg(OUTSIDE, BOB, 5, AT_LEAST, 0), "rejected condition_not_met"),
    ("of outside, which may have little", leg(ALICE, OUTSIDE, 5, AT_MOST, 0), "taken"),
    ("that is none, with an amount", leg(ALICE, BOB, 5, 0, 1), "rejected transfer_invalid"),
    ("that is none of these", leg(ALICE, BOB, 5, 3, 1), "rejected transfer_invalid"),
    ("of the largest amount", leg(ALICE, BOB, 5, AT_MOST, (1 << 100) - 1), "taken"),
    ("of an amount beyond it", leg(ALICE, BOB, 5, AT_MOST, 1 << 100), "rejected transfer_invalid"),
    ("of an unknown asset", leg(ALICE, BOB, 5, AT_LEAST, FUNDS + 1, asset=9), "rejected asset_unknown"),
]  # fmt: skip


@both_cores
@pytest.mark.parametrize(("name", "asked", "said"), CONDITIONS, ids=[each[0] for each in CONDITIONS])
def test_a_condition(make_core: MakeCore, name: str, asked: bytes, said: str) -> None:
    """Made or held, a leg has the same conditions."""
    assert Scenario(make_core).do(made(asked)) == ["TransferMade" if said == "taken" else said]
    assert Scenario(make_core).do(hold(asked)) == ["held 5" if said == "taken" else said]


@both_cores
def test_a_condition_sees_what_the_legs_before_have_left(make_core: MakeCore) -> None:
    scenario = Scenario(make_core)
    gift, on = leg(ALICE, BOB, 5), leg(BOB, CAROL, 1, AT_LEAST, FUNDS + 5)
    assert scenario.do(made(on, gift)) == ["rejected condition_not_met"]
    assert scenario.do(made(gift, on)) == ["TransferMade"]
    assert scenario.balance(CAROL, USDC) == (FUNDS + 1, 0)


@both_cores
def test_a_condition_that_is_not_met_undoes_the_legs_before(make_core: MakeCore) -> None:
    scenario = Scenario(make_core)
    refused = leg(ALICE, BOB, 5), leg(BOB, CAROL, 1, AT_MOST, FUNDS)
    for command in (made(*refused), hold(*refused)):
        assert scenario.say(command) == ["rejected condition_not_met"]
        assert scenario.balance(ALICE, USDC) == (FUNDS, 0)


@both_cores
def test_what_a_hold_will_bring_is_not_there_yet(make_core: MakeCore) -> None:
    """Bob has nothing to pay Carol with but what Alice pays him."""
    scenario = Scenario(make_core)
    scenario.do(transfer((BOB, CAROL, USDC, FUNDS)))
    chain = leg(ALICE, BOB, 5), leg(BOB, CAROL, 5)
    assert scenario.do(hold(*chain)) == ["rejected insufficient_funds"]
    assert scenario.do(made(*chain)) == ["TransferMade"]


@both_cores
def test_what_is_locked_is_part_of_what_the_credit_has(make_core: MakeCore) -> None:
    """Bob may have FUNDS + 4, of which he holds some for an order and some for a transfer."""
    scenario = Scenario(make_core)
    scenario.do(buy(BOB, 1, 1_000))
    scenario.do(hold(leg(BOB, ALICE, 7)))
    assert scenario.do(made(leg(ALICE, BOB, 5, AT_MOST, FUNDS + 4))) == ["rejected condition_not_met"]
    assert scenario.do(made(leg(ALICE, BOB, 4, AT_MOST, FUNDS + 4))) == ["TransferMade"]


@both_cores
def test_what_is_locked_is_no_part_of_what_the_debit_has(make_core: MakeCore) -> None:
    scenario = Scenario(make_core)
    scenario.do(hold(leg(ALICE, BOB, 7)))
    assert scenario.do(made(leg(ALICE, BOB, 1, AT_LEAST, FUNDS - 6))) == ["rejected condition_not_met"]
    assert scenario.do(made(leg(ALICE, BOB, 1, AT_LEAST, FUNDS - 7))) == ["TransferMade"]


@both_cores
def test_a_held_transfer_is_settled(make_core: MakeCore) -> None:
    """Alice pays Bob 5 and Carol 7 of USDC, Bob pays Alice 3 of NOVA."""
    scenario = Scenario(make_core)
    legs = leg(ALICE, BOB, 5), leg(ALICE, CAROL, 7), leg(BOB, ALICE, 3, asset=NOVA)
    assert scenario.say(hold(*legs)) == [
        "held 5",
        f"balance {ALICE} {USDC}: {FUNDS - 12} + 12",
        f"balance {BOB} {NOVA}: {FUNDS - 3} + 3",
    ]
    assert scenario.say(SettleTransfer(5).encode()) == [
        "settled 5",
        f"balance {ALICE} {USDC}: {FUNDS - 12} + 0",
        f"balance {ALICE} {NOVA}: {FUNDS + 3} + 0",
        f"balance {BOB} {USDC}: {FUNDS + 5} + 0",
        f"balance {BOB} {NOVA}: {FUNDS - 3} + 0",
        f"balance {CAROL} {USDC}: {FUNDS + 7} + 0",
    ]


@both_cores
def test_a_held_transfer_is_voided(make_core: MakeCore) -> None:
    scenario = Scenario(make_core)
    scenario.do(hold(leg(ALICE, BOB, 5), leg(ALICE, CAROL, 7)))
    assert scenario.say(VoidTransfer(5).encode()) == ["voided 5", f"balance {ALICE} {USDC}: {FUNDS} + 0"]


@both_cores
@pytest.mark.parametrize("first", ENDINGS)
@pytest.mark.parametrize("second", ENDINGS)
def test_a_transfer_is_settled_or_voided_once(make_core: MakeCore, first: Any, second: Any) -> None:
    scenario = Scenario(make_core)
    scenario.do(hold(leg(ALICE, BOB, 5)))
    scenario.do(first(5).encode())
    assert scenario.say(second(5).encode()) == ["rejected transfer_not_held"]


@both_cores
@pytest.mark.parametrize("transfer_id", [0, 4, 6, (1 << 64) - 1])
@pytest.mark.parametrize("ending", ENDINGS)
def test_only_what_is_held_is_settled_or_voided(make_core: MakeCore, transfer_id: int, ending: Any) -> None:
    """Transfer 4 was made at once, 6 is not there yet."""
    scenario = Scenario(make_core)
    scenario.do(hold(leg(ALICE, BOB, 5)))
    assert scenario.say(ending(transfer_id).encode()) == ["rejected transfer_not_held"]


@both_cores
def test_held_and_made_transfers_have_one_counter(make_core: MakeCore) -> None:
    """A transfer that is refused takes no id, and one that has ended keeps its own."""
    scenario = Scenario(make_core)
    assert scenario.do(hold(leg(ALICE, BOB, 5))) == ["held 5"]
    assert scenario.do(hold(leg(ALICE, BOB, FUNDS))) == ["rejected insufficient_funds"]
    scenario.do(made(leg(ALICE, BOB, 5)))
    scenario.do(VoidTransfer(5).encode())
    assert scenario.do(hold(leg(ALICE, BOB, 5))) == ["held 7"]


@both_cores
def test_what_is_held_is_not_there_for_orders_and_payments(make_core: MakeCore) -> None:
    """Of Alice's 1,000 USDC all but 10 are held, which one NOVA at 10.00 needs."""
    scenario = Scenario(make_core)
    scenario.do(hold(leg(ALICE, BOB, FUNDS - 10_000_000)))
    assert scenario.do(buy(ALICE, 1_001, 1_000)) == ["rejected insufficient_funds"]
    assert scenario.do(buy(ALICE, 1_000, 1_000)) == ["accepted 1"]
    assert scenario.do(transfer((ALICE, BOB, USDC, 1))) == ["rejected insufficient_funds"]
    assert scenario.do(hold(leg(ALICE, BOB, 1))) == ["rejected insufficient_funds"]
    assert scenario.balance(ALICE, USDC) == (0, FUNDS)
    scenario.do(CancelOrder(ALICE, 1, "").encode())
    assert scenario.balance(ALICE, USDC) == (10_000_000, FUNDS - 10_000_000)


@both_cores
def test_a_freeze_stops_holds_and_lets_their_ends_pass(make_core: MakeCore) -> None:
    scenario = Scenario(make_core)
    for _ in range(2):
        scenario.do(hold(leg(ALICE, BOB, 5)))
    scenario.do(FreezeAccount(ALICE).encode())
    assert scenario.do(hold(leg(ALICE, BOB, 5))) == ["rejected account_frozen"]
    assert scenario.do(SettleTransfer(5).encode()) == ["settled 5"]
    assert scenario.do(VoidTransfer(6).encode()) == ["voided 6"]
    assert scenario.balance(ALICE, USDC) == (FUNDS - 5, 0)


@both_cores
def test_conditions_are_not_looked_at_again(make_core: MakeCore) -> None:
    scenario = Scenario(make_core)
    scenario.do(hold(leg(ALICE, BOB, 5, AT_MOST, FUNDS + 5)))
    scenario.do(transfer((CAROL, BOB, USDC, 5)))
    assert scenario.do(SettleTransfer(5).encode()) == ["settled 5"]


@both_cores
def test_money_from_outside_can_be_held(make_core: MakeCore) -> None:
    """It goes out of what is available there, below zero, and is bounded as ever."""
    scenario = Scenario(make_core)
    available, _ = scenario.balance(OUTSIDE, USDC)
    scenario.do(hold(leg(OUTSIDE, ALICE, 5)))
    assert scenario.balance(OUTSIDE, USDC) == (available - 5, 5)
    left = (1 << 100) - 1 + available - 5
    assert scenario.do(hold(leg(OUTSIDE, ALICE, left + 1))) == ["rejected supply_exceeded"]
    assert scenario.do(hold(leg(OUTSIDE, ALICE, left))) == ["held 6"]


@both_cores
def test_events_carry_reference_and_legs(make_core: MakeCore) -> None:
    scenario = Scenario(make_core)
    legs = leg(ALICE, BOB, 5, AT_LEAST, 9) + leg(BOB, CAROL, 7)
    for ending, ended in ((SettleTransfer, TransferSettled), (VoidTransfer, TransferVoided)):
        held = first_event(scenario.carry_out(HoldTransfer(REFERENCE, 2).encode(legs)))
        transfer_id = TransferHeld.decode(held).transfer
        assert held == TransferHeld(transfer_id, REFERENCE, 2).encode(legs)
        group = scenario.carry_out(message(ending, transfer=transfer_id))
        assert first_event(group) == message(
            ended, legs, transfer=transfer_id, reference=REFERENCE, leg_count=2
        )


def first_event(group: bytes) -> bytes:
    tail = Group.tail(group)
    _, offset, length = next(iter(messages(tail)))
    return bytes(tail[offset : offset + length])


@both_cores
def test_the_dump_has_held_transfers(make_core: MakeCore) -> None:
    scenario = Scenario(make_core)
    scenario.do(hold(leg(ALICE, BOB, 5, AT_LEAST, 9), leg(BOB, CAROL, 7)))
    scenario.do(hold(leg(ALICE, BOB, 6)))
    assert [line for line in scenario.core.dump().splitlines() if line.startswith(("held", "leg"))] == [
        f"held 5 {REFERENCE.hex()} 2",
        f"leg {ALICE} {BOB} {USDC} 3 1 5 9",
        f"leg {BOB} {CAROL} {USDC} 3 0 7 0",
        f"held 6 {REFERENCE.hex()} 1",
        f"leg {ALICE} {BOB} {USDC} 3 0 6 0",
    ]
