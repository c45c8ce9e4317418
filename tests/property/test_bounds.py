"""Bounds that random streams do not come near, driven there on purpose, in both cores."""

from collections.abc import Iterator

import pytest

from cse.domain.limits import (
    CANCELS_MAX,
    CLIENT_ORDER_ID_MEMORY_COUNT,
    CLIENT_ORDER_ID_MEMORY_US,
    QUANTITY_LIMIT,
)
from cse.engine._native import Core
from cse.engine.wire import (
    AccountState,
    CancelAllOrders,
    DepthChanged,
    Group,
    OrderAccepted,
    OrderRepeated,
    TimeInForce,
    Transfer,
    TransferLeg,
    messages,
)
from tests.property.plain_commands import MARKET, ORDER, TRADER
from tests.property.settings import OUTSIDE, opening
from tests.reference.book import DISPLAYED_MAX
from tests.reference.exchange import ReferenceExchange


class Both:
    """The reference and the native core, which must agree on every group."""

    def __init__(self) -> None:
        self.reference = ReferenceExchange()
        self.core = Core()
        funds = TransferLeg(OUTSIDE, TRADER, 2, 1, 0, 1 << 99, 0).encode()
        for command in [
            *opening([("QUOTE", 0), ("BASE", 0)], [MARKET]),
            Transfer(bytes(16), 1).encode(funds),
        ]:
            self.apply(command)

    def apply(self, command: bytes, time_us: int = 0) -> bytes:
        sequence = self.reference.state.sequence + 1
        group = self.reference.apply(sequence, time_us, command)
        assert self.core.apply(sequence, time_us, command) == group
        return group

    def agree(self) -> None:
        assert self.core.dump() == self.reference.dump()
        assert self.core.state_hash() == self.reference.state_hash()

    def age_client_orders(self, account: int, closed: int) -> None:
        """Makes as if `closed` orders with client order ids had closed in the account."""
        state = self.reference.state.accounts[account]
        entries = bytearray(self.core.write_state())
        for kind, offset, length in list(messages(entries)):
            if kind == AccountState.KIND:
                entry = AccountState.decode(entries, offset)
                if entry.account == account:
                    aged = entry._replace(closed_client_orders=closed)
                    entries[offset : offset + length] = aged.encode()
        state.closed_client_orders = closed
        self.core = Core.read_state(bytes(entries))


def kinds(group: bytes) -> list[int]:
    return [kind for kind, _, _ in messages(Group.tail(group))]


def test_a_client_order_id_is_remembered_for_a_day_to_the_microsecond() -> None:
    both = Both()
    order = ORDER._replace(client_order_id="once").encode()
    assert OrderAccepted.KIND in kinds(both.apply(order, time_us=5))
    assert kinds(both.apply(order, time_us=5 + CLIENT_ORDER_ID_MEMORY_US - 1)) == [OrderRepeated.KIND]
    both.agree()
    assert OrderAccepted.KIND in kinds(both.apply(order, time_us=5 + CLIENT_ORDER_ID_MEMORY_US))
    both.agree()


def test_an_open_order_keeps_its_client_order_id_for_ever() -> None:
    both = Both()
    order = ORDER._replace(client_order_id="open", time_in_force=TimeInForce.GTC).encode()
    both.apply(order, time_us=5)
    assert kinds(both.apply(order, time_us=5 + 10 * CLIENT_ORDER_ID_MEMORY_US)) == [OrderRepeated.KIND]
    both.agree()


def test_a_client_order_id_is_pushed_out_by_a_hundred_thousand_later_ones() -> None:
    both = Both()
    order = ORDER._replace(client_order_id="first").encode()
    both.apply(order)
    both.age_client_orders(TRADER, CLIENT_ORDER_ID_MEMORY_COUNT)
    assert kinds(both.apply(order)) == [OrderRepeated.KIND]
    both.agree()
    both.apply(ORDER._replace(client_order_id="later").encode())
    assert OrderAccepted.KIND in kinds(both.apply(order))
    both.agree()


@pytest.mark.long
def test_a_level_displays_no_more_than_its_field_holds() -> None:
    both = Both()
    rest = ORDER._replace(time_in_force=TimeInForce.GTC, quantity=QUANTITY_LIMIT - 1).encode()
    displayed, orders = 0, 1
    while displayed < DISPLAYED_MAX:
        displayed = last_depth(both.apply(rest))
        orders += 1
    assert displayed == DISPLAYED_MAX
    assert DepthChanged.KIND not in kinds(both.apply(rest))
    both.agree()
    cancel = CancelAllOrders(TRADER, 0, 0).encode()
    left = [last_depth(both.apply(cancel)) for _ in range(-(-orders // CANCELS_MAX))]
    assert (left, left[-1]) == (sorted(left, reverse=True), 0)
    both.agree()


def last_depth(group: bytes) -> int:
    return list(depths(group))[-1].quantity


def depths(group: bytes) -> Iterator[DepthChanged]:
    tail = Group.tail(group)
    for kind, offset, _ in messages(tail):
        if kind == DepthChanged.KIND:
            yield DepthChanged.decode(tail, offset)
