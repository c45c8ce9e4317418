"""What must hold after every command, whatever the command was.

Each raises `AssertionError` with the rule that is broken.
"""

from collections import defaultdict

from cse.engine.wire import (
    AccountKind,
    BeforeCommand,
    MarketStatus,
    OrderClosed,
    OrdersExpired,
    Side,
    Traded,
)
from tests.property import auction_prices, waiting_orders
from tests.property.heard import Heard
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


def check_group(group: Heard) -> None:
    check_before_command(group)
    check_trades(group)


def check_before_command(group: Heard) -> None:
    """What happened before the command stands in front, and whole events of it."""
    end = 0
    for place, event in enumerate(group.events):
        if isinstance(event, BeforeCommand):
            assert place == 0, "what happened before the command does not stand in front"
            end = event.WIDTH + event.length
            assert end in group.ends, "a part of an event happened before the command"
        elif isinstance(event, OrdersExpired):
            assert group.ends[place] <= end, "orders have expired because of the command"


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


def check_trades(group: Heard) -> None:
    for event in group.events:
        if isinstance(event, Traded):
            assert event.notional > 0, "a trade moved no quote"
            assert event.quantity > 0, "a trade moved no base"
            assert event.taker_fee >= 0, "a taker was paid"
            assert event.maker_fee >= 0 or not event.auction, "an auction paid a maker"
            assert 0 <= event.creator_fee <= event.maker_fee + event.taker_fee, "fees were shared out twice"
        elif isinstance(event, OrderClosed):
            assert event.filled_notional > 0 or event.filled_quantity == 0, "base traded for no quote"
