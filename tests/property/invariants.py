"""What must hold after every command, whatever the command was.

Each raises `AssertionError` with the rule that is broken.
"""

from collections import defaultdict

from cse.engine.wire import (
    AccountKind,
    BeforeCommand,
    Group,
    MarketStatus,
    OrderClosed,
    OrdersExpired,
    Side,
    Traded,
    messages,
)
from tests.property import auction_prices, waiting_orders
from tests.reference.state import Market, Phase, State


def check(state: State) -> None:
    check_sums_are_zero(state)
    check_holds_are_locked(state)
    check_books(state)
    waiting_orders.check(state)


def check_sums_are_zero(state: State) -> None:
    sums: dict[int, int] = defaultdict(int)
    for (account, asset), balance in state.balances.items():
        sums[asset] += balance.available + balance.locked
        external = state.accounts[account].kind == AccountKind.EXTERNAL
        assert balance.locked >= 0, f"account {account} has locked {balance.locked} of {asset}"
        assert external or balance.available >= 0, f"account {account} has {balance.available} of {asset}"
    assert not any(sums.values()), f"sums per asset are not zero: {dict(sums)}"


def check_holds_are_locked(state: State) -> None:
    holds: dict[tuple[int, int], int] = defaultdict(int)
    for order in state.open_orders.values():
        market = state.markets[order.market]
        holds[order.account, market.quote if order.side == Side.BUY else market.base] += order.held
        if order.is_entry:
            holds[order.account, market.base] += order.filled_quantity * market.lot_size
    for held in state.held_transfers.values():
        for leg in held.legs:
            holds[leg.debit, leg.asset] += leg.amount
    for key, balance in state.balances.items():
        assert balance.locked == holds.pop(key, 0), (
            f"locked of {key} is not what its orders and transfers hold"
        )
    assert not any(holds.values()), f"what is held is locked nowhere: {dict(holds)}"


def check_books(state: State) -> None:
    resting = 0
    for market in state.markets.values():
        check_crossing(market)
        auction_prices.check(market, state.time_us)
        for half in market.halves.values():
            for price, orders in half.levels.items():
                resting += len(orders)
                assert orders, f"level {price} of market {market.id} is empty"
                assert all(0 < order.shown <= order.remaining and order.price == price for order in orders)
    in_books = sum(order.phase == Phase.BOOK for order in state.open_orders.values())
    assert resting == in_books, "an open order rests nowhere"


def check_group(group: bytes) -> None:
    check_before_command(group)
    check_trades(group)


def check_before_command(group: bytes) -> None:
    """What happened before the command stands in front, and whole events of it."""
    tail = Group.tail(group)
    starts = {offset: kind for kind, offset, _ in messages(tail)}
    ours = [offset for offset, kind in starts.items() if kind == BeforeCommand.KIND]
    assert ours in ([], [0]), "what happened before the command does not stand in front"
    end = BeforeCommand.WIDTH + BeforeCommand.decode(tail).length if ours else 0
    assert end in starts or end == len(tail), "a part of an event happened before the command"
    expired = [offset for offset, kind in starts.items() if kind == OrdersExpired.KIND]
    assert all(offset < end for offset in expired), "orders have expired because of the command"


def check_crossing(market: Market) -> None:
    """A book may be crossed from an auction on until the market opens."""
    bid, ask = (market.halves[side].best_price() for side in (Side.BUY, Side.SELL))
    crossed = bid is not None and ask is not None and bid >= ask
    if crossed:
        assert market.status in MAY_BE_CROSSED, f"market {market.id} is crossed: {bid} {ask}"
    if market.uncross_price != 0:
        assert market.status == MarketStatus.AUCTION
        assert market.auction_ends_at_us == 0
    if market.status in (MarketStatus.CREATED, MarketStatus.DELISTED):
        assert bid is None
        assert ask is None


MAY_BE_CROSSED = (MarketStatus.AUCTION, MarketStatus.HALTED, MarketStatus.CANCEL_ONLY)


def check_trades(group: bytes) -> None:
    tail = Group.tail(group)
    for kind, offset, _ in messages(tail):
        if kind == Traded.KIND:
            trade = Traded.decode(tail, offset)
            assert trade.notional > 0, "a trade moved no quote"
            assert trade.quantity > 0, "a trade moved no base"
            assert trade.taker_fee >= 0, "a taker was paid"
            assert trade.maker_fee >= 0 or not trade.auction, "an auction paid a maker"
            assert 0 <= trade.creator_fee <= trade.maker_fee + trade.taker_fee, "fees were shared out twice"
        elif kind == OrderClosed.KIND:
            closed = OrderClosed.decode(tail, offset)
            assert closed.filled_notional > 0 or closed.filled_quantity == 0, "base traded for no quote"
