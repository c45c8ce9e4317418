"""What the native core answers when it is asked, held against its whole state and the reference's depth."""

from collections import defaultdict

from cse.engine._native import Core
from cse.engine.wire import (
    AccountState,
    BalanceState,
    ClientOrderState,
    MarketState,
    OrderState,
    OutboxState,
    TriggerState,
    decode_any,
    messages,
)
from tests.reference.state import State

EVERY_LEVEL = (1 << 31) - 1
PAGE = 2
"""Orders."""


def check(core: Core, state: State) -> None:
    """Raises `AssertionError` where an answer is another than the state entries say."""
    entries = entries_of(core)
    assert core.markets() == b"".join(entries[MarketState.KIND])
    assert core.accounts() == b"".join(entries[AccountState.KIND])
    check_balances(core, entries[BalanceState.KIND])
    check_orders(core, entries[OrderState.KIND] + entries[TriggerState.KIND])
    check_client_orders(core, entries[ClientOrderState.KIND])
    for entry in entries[OutboxState.KIND]:
        outbox = OutboxState.decode(entry)
        assert core.outbox_number(outbox.source) == outbox.number
    check_depth(core, state)


def entries_of(core: Core) -> dict[int, list[bytes]]:
    """The state's entries by kind, in their order."""
    whole = core.write_state()
    entries: dict[int, list[bytes]] = defaultdict(list)
    for kind, offset, length in messages(whole):
        entries[kind].append(whole[offset : offset + length])
    return entries


def check_balances(core: Core, entries: list[bytes]) -> None:
    by_account: dict[int, bytes] = defaultdict(bytes)
    for entry in entries:
        by_account[BalanceState.decode(entry).account] += entry
    for account, balances in by_account.items():
        assert core.balances(account) == balances, f"balances of account {account}"


def check_orders(core: Core, entries: list[bytes]) -> None:
    by_account: dict[tuple[int, int], list[tuple[int, bytes]]] = defaultdict(list)
    for entry in entries:
        order = decode_any(entry)
        assert isinstance(order, OrderState | TriggerState)
        assert core.order(order.order_id) == entry, f"order {order.order_id}"
        for market in (0, order.market):
            by_account[order.account, market].append((order.order_id, entry))
    for (account, market), orders in by_account.items():
        orders.sort()
        ascending = b"".join(entry for _, entry in orders)
        assert core.open_orders(account, market) == ascending, f"open orders of {account} in {market}"
        before = len(orders) // 2
        page = b"".join(entry for _, entry in orders[max(0, before - PAGE) : before])
        found = core.open_orders(account, market, orders[before][0], PAGE)
        assert found == page, f"a page of open orders of {account} in {market}"


def check_client_orders(core: Core, entries: list[bytes]) -> None:
    for entry in entries:
        known = ClientOrderState.decode(entry)
        assert core.client_order(known.account, known.client_order_id.encode()) == entry, str(known)


def check_depth(core: Core, state: State) -> None:
    for market in state.markets.values():
        for side, half in market.halves.items():
            depth = [(price, half.displayed(price)) for price in half.prices_best_first()]
            for levels in (EVERY_LEVEL, 2, 0):
                assert core.depth(market.id, side, levels) == depth[:levels], f"depth of {market.id}"
