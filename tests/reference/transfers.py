"""Linked transfers (section 4)."""

from cse.domain import codes
from cse.domain.limits import LEGS_MAX, SUPPLY_LIMIT
from cse.engine.wire import AccountKind, Malformed, Transfer, TransferLeg, TransferMade, messages
from tests.reference.state import State
from tests.reference.turn import Refused, Turn


def transfer(turn: Turn, command: bytes) -> None:
    state = turn.state
    asked = Transfer.decode(command)
    tail = command[Transfer.WIDTH :]
    legs = legs_of(asked.leg_count, tail)
    for leg in legs:
        check_leg(state, leg)
    check_funds(state, legs)
    for leg in legs:
        turn.balance(leg.debit, leg.asset).available -= leg.amount
        turn.balance(leg.credit, leg.asset).available += leg.amount
    state.last_transfer_id += 1
    made = TransferMade(state.last_transfer_id, asked.reference, asked.leg_count)
    turn.events.append(made.encode(tail))


def legs_of(leg_count: int, tail: bytes) -> list[TransferLeg]:
    if not 1 <= leg_count <= LEGS_MAX:
        raise Refused(codes.TRANSFER_INVALID)
    try:
        legs = [TransferLeg.decode(tail, offset) for _, offset, _ in messages(tail)]
    except Malformed as error:
        raise Refused(codes.TRANSFER_INVALID) from error
    if len(legs) != leg_count:
        raise Refused(codes.TRANSFER_INVALID)
    return legs


def check_leg(state: State, leg: TransferLeg) -> None:
    if leg.condition or leg.condition_amount:
        raise Refused(codes.COMMAND_UNAVAILABLE)
    if not 0 < leg.amount < SUPPLY_LIMIT or leg.debit == leg.credit:
        raise Refused(codes.TRANSFER_INVALID)
    if leg.asset not in state.assets:
        raise Refused(codes.ASSET_UNKNOWN, reference=leg.asset)
    for account in (leg.debit, leg.credit):
        if account not in state.accounts:
            raise Refused(codes.ACCOUNT_UNKNOWN, account=account)
    if state.accounts[leg.debit].frozen:
        raise Refused(codes.ACCOUNT_FROZEN, account=leg.debit)


def check_funds(state: State, legs: list[TransferLeg]) -> None:
    """Applies the legs to copies of the balances, so that a refusal leaves the balances alone."""
    available: dict[tuple[int, int], int] = {}
    for leg in legs:
        debit, credit = (leg.debit, leg.asset), (leg.credit, leg.asset)
        for key in (debit, credit):
            available.setdefault(key, state.balance(*key).available)
        available[debit] -= leg.amount
        if state.accounts[leg.debit].kind == AccountKind.EXTERNAL:
            if available[debit] <= -SUPPLY_LIMIT:
                raise Refused(codes.SUPPLY_EXCEEDED, account=leg.debit, reference=leg.asset)
        elif available[debit] < 0:
            raise Refused(codes.INSUFFICIENT_FUNDS, account=leg.debit, reference=leg.asset)
        available[credit] += leg.amount


def unavailable(turn: Turn, command: bytes) -> None:
    """Holding, settling and voiding have no rules yet."""
    raise Refused(codes.COMMAND_UNAVAILABLE)
