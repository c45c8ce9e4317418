"""What a reader knows who has only heard the events: depth and balances, held against the state."""

from collections import defaultdict

from cse.engine.wire import BalanceChanged, DepthChanged
from tests.property.heard import Heard
from tests.reference.state import State

Level = tuple[int, int, int]
"""Market, side, price."""


class Told:
    """Depth and balances as the events of all groups so far have told them."""

    def __init__(self) -> None:
        self.depth: dict[Level, int] = {}
        self.balances: dict[tuple[int, int], tuple[int, int]] = {}
        self.book_sequences: dict[int, int] = defaultdict(int)

    def hear(self, group: Heard) -> None:
        """Takes a group in; the sequences of each book must rise by one."""
        for event in group.events:
            if isinstance(event, DepthChanged):
                self.hear_depth(event)
            elif isinstance(event, BalanceChanged):
                self.balances[event.account, event.asset] = event.available, event.locked

    def hear_depth(self, changed: DepthChanged) -> None:
        expected = self.book_sequences[changed.market] + 1
        assert changed.book_sequence == expected, f"{changed} is not number {expected} of its book"
        self.book_sequences[changed.market] = expected
        level = changed.market, changed.side, changed.price
        assert self.depth.get(level, 0) != changed.quantity, f"{changed} tells what was told before"
        if changed.quantity:
            self.depth[level] = changed.quantity
        else:
            del self.depth[level]

    def check(self, state: State) -> None:
        """Raises `AssertionError` where the state is not what was told."""
        displayed = {
            (market.id, side, price): half.displayed(price)
            for market in state.markets.values()
            for side, half in market.halves.items()
            for price in half.levels
        }
        assert self.depth == displayed, "the depth told is not what the levels display"
        balances = {
            key: (balance.available, balance.locked)
            for key, balance in state.balances.items()
            if key in self.balances or balance.available or balance.locked
        }
        assert self.balances == balances, "the balances told are not those of the state"
