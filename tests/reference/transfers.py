"""Linked transfers: made at once, or held and then settled or voided (section 4)."""

from collections.abc import Callable
from dataclasses import replace

from cse.domain import codes
from cse.domain.limits import LEGS_MAX, SUPPLY_LIMIT
from cse.engine.wire import (
    AccountKind,
    HoldTransfer,
    Malformed,
    SettleTransfer,
    Transfer,
    TransferCondition,
    TransferHeld,
    TransferLeg,
    TransferMade,
    TransferSettled,
    TransferVoided,
    VoidTransfer,
    messages,
)
from tests.reference.state import Balance, HeldTransfer, State
from tests.reference.turn import Refused, Turn

Move = Callable[[TransferLeg, Balance, Balance], None]
"""Moves the amount of a leg, given the balances of its debit and its credit."""


def transfer(turn: Turn, command: bytes) -> None:
    asked, tail = Transfer.decode(command), command[Transfer.WIDTH :]
    apply_legs(turn, checked_legs(turn.state, asked.leg_count, tail), pay)
    turn.state.last_transfer_id += 1
    made = TransferMade(turn.state.last_transfer_id, asked.reference, asked.leg_count)
    turn.events.append(made.encode(tail))


def hold_transfer(turn: Turn, command: bytes) -> None:
    state = turn.state
    asked, tail = HoldTransfer.decode(command), command[HoldTransfer.WIDTH :]
    legs = checked_legs(state, asked.leg_count, tail)
    apply_legs(turn, legs, lock)
    state.last_transfer_id += 1
    state.held_transfers[state.last_transfer_id] = HeldTransfer(asked.reference, legs)
    held = TransferHeld(state.last_transfer_id, asked.reference, asked.leg_count)
    turn.events.append(held.encode(tail))


def settle_transfer(turn: Turn, command: bytes) -> None:
    transfer_id = SettleTransfer.decode(command).transfer
    held = take_held(turn.state, transfer_id)
    for leg in held.legs:
        turn.balance(leg.debit, leg.asset).locked -= leg.amount
        turn.balance(leg.credit, leg.asset).available += leg.amount
    settled = TransferSettled(transfer_id, held.reference, len(held.legs))
    turn.events.append(settled.encode(held.tail))


def void_transfer(turn: Turn, command: bytes) -> None:
    transfer_id = VoidTransfer.decode(command).transfer
    held = take_held(turn.state, transfer_id)
    for leg in held.legs:
        balance = turn.balance(leg.debit, leg.asset)
        balance.locked -= leg.amount
        balance.available += leg.amount
    voided = TransferVoided(transfer_id, held.reference, len(held.legs))
    turn.events.append(voided.encode(held.tail))


def take_held(state: State, transfer_id: int) -> HeldTransfer:
    """A transfer that is held; it can be taken once."""
    if transfer_id not in state.held_transfers:
        raise Refused(codes.TRANSFER_NOT_HELD, reference=transfer_id)
    return state.held_transfers.pop(transfer_id)


def checked_legs(state: State, leg_count: int, tail: bytes) -> list[TransferLeg]:
    """The legs in a tail, each by itself checked."""
    if not 1 <= leg_count <= LEGS_MAX:
        raise Refused(codes.TRANSFER_INVALID)
    try:
        legs = [TransferLeg.decode(tail, offset) for _, offset, _ in messages(tail)]
    except Malformed as error:
        raise Refused(codes.TRANSFER_INVALID) from error
    if len(legs) != leg_count:
        raise Refused(codes.TRANSFER_INVALID)
    for leg in legs:
        check_leg(state, leg)
    return legs


def check_leg(state: State, leg: TransferLeg) -> None:
    if leg.condition == 0:
        if leg.condition_amount != 0:
            raise Refused(codes.TRANSFER_INVALID)
    elif leg.condition not in list(TransferCondition) or leg.condition_amount >= SUPPLY_LIMIT:
        raise Refused(codes.TRANSFER_INVALID)
    if not 0 < leg.amount < SUPPLY_LIMIT or leg.debit == leg.credit:
        raise Refused(codes.TRANSFER_INVALID)
    if leg.asset not in state.assets:
        raise Refused(codes.ASSET_UNKNOWN, reference=leg.asset)
    for account in (leg.debit, leg.credit):
        if account not in state.accounts:
            raise Refused(codes.ACCOUNT_UNKNOWN, account=account)
    if state.accounts[leg.debit].frozen:
        raise Refused(codes.ACCOUNT_FROZEN, account=leg.debit)


def pay(leg: TransferLeg, debit: Balance, credit: Balance) -> None:
    debit.available -= leg.amount
    credit.available += leg.amount


def lock(leg: TransferLeg, debit: Balance, credit: Balance) -> None:
    """What a held transfer moves for now: nothing comes to the credit."""
    debit.available -= leg.amount
    debit.locked += leg.amount


def apply_legs(turn: Turn, legs: list[TransferLeg], move: Move) -> None:
    """Moves the legs one after another, on copies: a refusal leaves the balances alone."""
    state = turn.state
    balances: dict[tuple[int, int], Balance] = {}
    for leg in legs:
        for account in (leg.debit, leg.credit):
            key = account, leg.asset
            balances.setdefault(key, replace(state.balance(*key)))
        debit, credit = balances[leg.debit, leg.asset], balances[leg.credit, leg.asset]
        check_condition(leg, debit, credit)
        move(leg, debit, credit)
        check_funds(state, leg, debit)
    for key, after in balances.items():
        balance = turn.balance(*key)
        balance.available, balance.locked = after.available, after.locked


def check_condition(leg: TransferLeg, debit: Balance, credit: Balance) -> None:
    """Looks at the balances as the legs before have left them."""
    if leg.condition == TransferCondition.DEBIT_AT_LEAST and debit.available < leg.condition_amount:
        raise Refused(codes.CONDITION_NOT_MET, account=leg.debit, reference=leg.asset)
    whole = credit.available + credit.locked + leg.amount
    if leg.condition == TransferCondition.CREDIT_AT_MOST and whole > leg.condition_amount:
        raise Refused(codes.CONDITION_NOT_MET, account=leg.credit, reference=leg.asset)


def check_funds(state: State, leg: TransferLeg, debit: Balance) -> None:
    """Looks at the debit after the leg."""
    if state.accounts[leg.debit].kind == AccountKind.EXTERNAL:
        if debit.available <= -SUPPLY_LIMIT:
            raise Refused(codes.SUPPLY_EXCEEDED, account=leg.debit, reference=leg.asset)
    elif debit.available < 0:
        raise Refused(codes.INSUFFICIENT_FUNDS, account=leg.debit, reference=leg.asset)
