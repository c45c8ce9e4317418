"""Transfers for a stream: made at once, held, settled and voided, with conditions and without."""

from cse.domain.limits import SUPPLY_LIMIT
from cse.engine.wire import (
    HoldTransfer,
    SettleTransfer,
    Transfer,
    TransferCondition,
    TransferLeg,
    VoidTransfer,
)
from tests.property.chance import Chance
from tests.property.orders import SMALL_EDGES, near
from tests.property.settings import FEES, OUTSIDE, TRADERS, Setting
from tests.reference.state import State

ACCOUNTS = [OUTSIDE, FEES, *TRADERS, *TRADERS, 8, 9]


class PaymentMaker:
    """Draws commands about money."""

    def __init__(self, source: Chance, setting: Setting) -> None:
        self.source = source
        self.setting = setting

    def payment(self, state: State) -> bytes:
        chance = self.source.random()
        if chance < 0.5:
            return self.transfer(state)
        return self.hold(state) if chance < 0.75 else self.end_of_held(state)

    def transfer(self, state: State) -> bytes:
        count, legs = self.legs(state)
        return Transfer(self.source.randbytes(16), count).encode(legs)

    def hold(self, state: State) -> bytes:
        count, legs = self.legs(state)
        return HoldTransfer(self.source.randbytes(16), count).encode(legs)

    def end_of_held(self, state: State) -> bytes:
        """Settles or voids a transfer that is held; one that is not, now and then."""
        source = self.source
        transfer = source.choice([0, source.randrange(state.last_transfer_id + 2)])
        if state.held_transfers and source.random() < 0.85:
            transfer = source.choice(list(state.held_transfers))
        if source.random() < 0.5:
            return SettleTransfer(transfer).encode()
        return VoidTransfer(transfer).encode()

    def legs(self, state: State) -> tuple[int, bytes]:
        """How many legs there are said to be, and those that there are."""
        source = self.source
        legs = b"".join(self.leg(state).encode() for _ in range(source.choice([1, 1, 1, 2, 3, 16])))
        count = len(legs) // TransferLeg.WIDTH
        return (source.choice([0, 1, 16, 17]) if source.random() < 0.05 else count), legs

    def leg(self, state: State) -> TransferLeg:
        source = self.source
        leg = TransferLeg(
            debit=source.choice(ACCOUNTS) if source.random() < 0.9 else OUTSIDE,
            credit=source.choice(ACCOUNTS),
            asset=source.randint(1, 3),
            reason=source.randrange(20),
            condition=0,
            amount=self.amount(state),
            condition_amount=0,
        )
        if source.random() < 0.2:
            leg = self.with_condition(state, leg)
        if source.random() < 0.03:
            field = source.choice(leg._fields)
            leg = leg._replace(**{field: source.choice(SMALL_EDGES)})
        return leg

    def with_condition(self, state: State, leg: TransferLeg) -> TransferLeg:
        """The leg with a condition that is just met, just not met, or any."""
        source = self.source
        condition = source.choice(list(TransferCondition))
        debit, credit = state.balance(leg.debit, leg.asset), state.balance(leg.credit, leg.asset)
        if condition == TransferCondition.DEBIT_AT_LEAST:
            edge = debit.available + source.randrange(2)
        else:
            edge = credit.available + credit.locked + leg.amount - source.randrange(2)
        if source.random() < 0.2:
            edge = source.choice([0, SUPPLY_LIMIT - 1, SUPPLY_LIMIT, (1 << 128) - 1])
        return leg._replace(condition=condition, condition_amount=min(max(0, edge), (1 << 128) - 1))

    def amount(self, state: State) -> int:
        source = self.source
        if source.random() < 0.1:
            return source.choice([0, 1, SUPPLY_LIMIT - 1, SUPPLY_LIMIT - 1, SUPPLY_LIMIT, (1 << 128) - 1])
        balances = [balance.available for balance in state.balances.values() if balance.available > 0]
        if balances and source.random() < 0.3:
            return source.choice(balances) + source.randrange(2)
        return near(source, *self.setting.amounts)
