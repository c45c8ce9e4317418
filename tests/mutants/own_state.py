"""What must hold in a core's state, read from its own entries; no reference takes part.

Each check raises `AssertionError` with the rule that is broken.
"""

from collections import defaultdict
from collections.abc import Iterator
from itertools import pairwise
from typing import Any, TypeAlias

from cse.engine.wire import (
    AccountKind,
    AccountState,
    BalanceState,
    Group,
    HeldTransferState,
    MarketState,
    OrderAmended,
    OrderState,
    Side,
    TransferLeg,
    messages,
)
from tests.mutants.module import Module
from tests.property import reads

Layout: TypeAlias = Any
"""A class of `cse.engine.wire`."""
EVERY_LEVEL = 1 << 30


class Entries:
    """A state's entries by kind, decoded when they are asked for."""

    def __init__(self, state: bytes) -> None:
        self.state = state
        self.places: dict[int, list[tuple[int, int]]] = defaultdict(list)
        for kind, offset, length in messages(state):
            self.places[kind].append((offset, length))

    def of(self, layout: Layout) -> Iterator[Any]:
        return (layout.decode(self.state, offset) for offset, _ in self.places[layout.KIND])

    def raw(self, layout: Layout) -> list[bytes]:
        return [self.state[offset : offset + length] for offset, length in self.places[layout.KIND]]


def entries_of(core: Module) -> Entries:
    return Entries(core.write_state())


def check_invariants(core: Module, entries: Entries, moved: set[int]) -> None:
    """`moved` are the orders that lost their place by an amendment."""
    check_money(entries)
    for market in entries.of(MarketState):
        check_book(core, market.market, entries, moved)


def moved_by(group: bytes) -> set[int]:
    """The orders that an amendment cost their place."""
    tail = Group.tail(group)
    amended = (OrderAmended.decode(tail, at) for kind, at, _ in messages(tail) if kind == OrderAmended.KIND)
    return {each.order_id for each in amended if not each.keeps_priority}


def check_money(entries: Entries) -> None:
    external = {each.account for each in entries.of(AccountState) if each.kind == AccountKind.EXTERNAL}
    held = amounts_held(entries)
    sums: dict[int, int] = defaultdict(int)
    for balance in entries.of(BalanceState):
        sums[balance.asset] += balance.available + balance.locked
        assert balance.locked >= 0, f"less than nothing is locked: {balance}"
        assert balance.available >= 0 or balance.account in external, f"less than nothing is left: {balance}"
        locked = held.pop((balance.account, balance.asset), 0)
        assert locked == balance.locked, f"{locked} is held: {balance}"
    assert not any(held.values()), f"held is what nobody has locked: {dict(held)}"
    assert not any(sums.values()), f"money was made or lost: {dict(sums)}"


def amounts_held(entries: Entries) -> dict[tuple[int, int], int]:
    """What must be locked, by account and asset: for orders, and for transfers that are held."""
    markets = {market.market: market for market in entries.of(MarketState)}
    held: dict[tuple[int, int], int] = defaultdict(int)
    for order in entries.of(OrderState):
        market = markets[order.market]
        held[order.account, market.quote if order.side == Side.BUY else market.base] += order.held
    for transfer in entries.raw(HeldTransferState):
        legs = HeldTransferState.tail(transfer)
        for offset in range(0, len(legs), TransferLeg.WIDTH):
            leg = TransferLeg.decode(legs, offset)
            held[leg.debit, leg.asset] += leg.amount
    return held


def check_book(core: Module, market: int, entries: Entries, moved: set[int]) -> None:
    """No level is empty or crossed, the depth is what its orders show, and they stand as they came."""
    best: dict[int, int] = {}
    for side in (Side.BUY, Side.SELL):
        orders = [each for each in entries.of(OrderState) if (each.market, each.side) == (market, side)]
        shown: dict[int, int] = {}
        for order in orders:
            remaining = order.quantity - order.filled_quantity
            assert 0 < order.displayed_quantity <= remaining, f"it shows what it has not: {order}"
            shown[order.price] = shown.get(order.price, 0) + order.displayed_quantity
        assert dict(core.depth(market, side, EVERY_LEVEL)) == shown, "the depth is not what orders show"
        best[side] = max(shown, default=0) if side == Side.BUY else min(shown, default=1 << 63)
        check_queues(orders, moved)
    assert best[Side.BUY] < best[Side.SELL], f"market {market} is crossed"


def check_queues(orders: list[Any], moved: set[int]) -> None:
    """First come, first served, but for those that an amendment or a refreshed slice has moved."""
    stayed = [each for each in orders if each.order_id not in moved and not each.display_quantity]
    for first, second in pairwise(stayed):
        in_turn = first.price != second.price or first.order_id < second.order_id
        assert in_turn, f"{second.order_id} stands behind {first.order_id}"


def check_reads(core: Module, entries: Entries) -> None:
    reads.check_balances(core, entries.raw(BalanceState))
    reads.check_orders(core, entries.raw(OrderState))
