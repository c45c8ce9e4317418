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
    MarketStatus,
    OrderActivated,
    OrderAmended,
    OrderLinkState,
    OrderListKind,
    OrderState,
    OrderTriggered,
    Side,
    TransferLeg,
    TriggerState,
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
    """`moved` are the orders that joined their queue later than they were accepted."""
    check_money(entries)
    for market in entries.of(MarketState):
        check_book(core, market, entries, moved)


def moved_by(group: bytes) -> set[int]:
    """The orders that joined a queue later than they were accepted."""
    tail = Group.tail(group)
    moved = set()
    for kind, offset, _ in messages(tail):
        if kind == OrderAmended.KIND:
            amended = OrderAmended.decode(tail, offset)
            if not amended.keeps_priority:
                moved.add(amended.order_id)
        elif kind == OrderTriggered.KIND:
            moved.add(OrderTriggered.decode(tail, offset).order_id)
        elif kind == OrderActivated.KIND:
            moved.add(OrderActivated.decode(tail, offset).order_id)
    return moved


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
    """What must be locked, by account and asset: for orders, what brackets bought, and held transfers."""
    markets = {market.market: market for market in entries.of(MarketState)}
    held: dict[tuple[int, int], int] = defaultdict(int)
    filled: dict[int, int] = {}
    for order in (*entries.of(OrderState), *entries.of(TriggerState)):
        market = markets[order.market]
        held[order.account, market.quote if order.side == Side.BUY else market.base] += order.held
        filled[order.order_id] = getattr(order, "filled_quantity", 0)
    for link in entries.of(OrderLinkState):
        if link.kind == OrderListKind.BRACKET and link.first != 0:
            market = markets[link.market]
            held[link.account, market.base] += filled[link.first] * market.lot_size
    for transfer in entries.raw(HeldTransferState):
        legs = HeldTransferState.tail(transfer)
        for offset in range(0, len(legs), TransferLeg.WIDTH):
            leg = TransferLeg.decode(legs, offset)
            held[leg.debit, leg.asset] += leg.amount
    return held


def check_book(core: Module, market: MarketState, entries: Entries, moved: set[int]) -> None:
    """No level is empty, an open book is not crossed, the depth is what its orders show, and they stand as they came."""
    best: dict[int, int] = {}
    for side in (Side.BUY, Side.SELL):
        orders = [
            each for each in entries.of(OrderState) if (each.market, each.side) == (market.market, side)
        ]
        shown: dict[int, int] = {}
        for order in orders:
            remaining = order.quantity - order.filled_quantity
            assert 0 < order.displayed_quantity <= remaining, f"it shows what it has not: {order}"
            shown[order.price] = shown.get(order.price, 0) + order.displayed_quantity
        assert dict(core.depth(market.market, side, EVERY_LEVEL)) == shown, (
            "the depth is not what orders show"
        )
        best[side] = max(shown, default=0) if side == Side.BUY else min(shown, default=1 << 63)
        check_queues(orders, moved)
    is_uncrossed = best[Side.BUY] < best[Side.SELL]
    assert is_uncrossed or market.status != MarketStatus.OPEN, f"market {market.market} is crossed"


def check_queues(orders: list[Any], moved: set[int]) -> None:
    """First come, first served, but for those that came later or whose slice was refreshed."""
    stayed = [each for each in orders if each.order_id not in moved and not each.display_quantity]
    for first, second in pairwise(stayed):
        in_turn = first.price != second.price or first.order_id < second.order_id
        assert in_turn, f"{second.order_id} stands behind {first.order_id}"


def check_reads(core: Module, entries: Entries) -> None:
    reads.check_balances(core, entries.raw(BalanceState))
    reads.check_orders(core, entries.raw(OrderState) + entries.raw(TriggerState))
