"""One command's turn: its place in time, what it has said, and what it has touched so far."""

from cse.domain.codes import Code
from cse.engine.wire import BalanceChanged, BeforeCommand, DepthChanged
from tests.reference.state import Balance, State


class Refused(Exception):
    """The command is refused and must leave the state as it was."""

    def __init__(self, code: Code, account: int = 0, reference: int = 0) -> None:
        super().__init__(code.name)
        self.code = code
        self.account = account
        self.reference = reference


class Turn:
    """`carried_out` are fired orders, `meetings` those of matching (5.5), whosever they are."""

    def __init__(self, state: State, sequence: int, time_us: int) -> None:
        self.state = state
        self.sequence = sequence
        self.time_us = time_us
        self.events: list[bytes] = []
        self.meetings = 0
        self.carried_out = 0
        self.meetings_of_carried_out = 0
        self.auction_meetings = 0
        self.prices_fixed = 0
        self._balances_before: dict[tuple[int, int], tuple[int, int]] = {}
        self._displayed_before: dict[tuple[int, int, int], int] = {}

    def balance(self, account: int, asset: int) -> Balance:
        """A balance that is about to change."""
        balance = self.state.balance(account, asset)
        self._balances_before.setdefault((account, asset), (balance.available, balance.locked))
        return balance

    def touch_level(self, market: int, side: int, price: int) -> None:
        """Notes what a level displays before it changes."""
        level = market, side, price
        if level not in self._displayed_before:
            self._displayed_before[level] = self.state.markets[market].halves[side].displayed(price)

    def tell_before_command(self) -> None:
        """Says how much of the group so far is not the command's own (1.1)."""
        length = sum(map(len, self.events))
        if length:
            self.events.insert(0, BeforeCommand(length).encode())

    def tell_depth(self) -> None:
        """Says which levels display another total than before the command (1.1)."""
        for (market_id, side, price), before in sorted(self._displayed_before.items()):
            market = self.state.markets[market_id]
            displayed = market.halves[side].displayed(price)
            if displayed != before:
                market.book_sequence += 1
                event = DepthChanged(market_id, side, market.book_sequence, price, displayed)
                self.events.append(event.encode())

    def tell_balances(self) -> None:
        """Says which balances are others than before the command (1.1)."""
        for (account, asset), before_both in sorted(self._balances_before.items()):
            balance = self.state.balance(account, asset)
            if (balance.available, balance.locked) != before_both:
                changed = BalanceChanged(account, asset, balance.available, balance.locked)
                self.events.append(changed.encode())
