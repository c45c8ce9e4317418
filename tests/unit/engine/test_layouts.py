"""The lean layouts are those of the wire."""

from __future__ import annotations

from cse.engine import layouts, wire
from tests.small_market import buy, sell
from tests.streams.engine import Engine


def test_every_event_of_an_exchange() -> None:
    engine = Engine()
    engine.run(sell(quantity=10), buy(quantity=4), buy(price=90, quantity=4))
    seen = set()
    data = engine.feed.read_bytes(0)
    offset = 0
    while offset < len(data):
        group = wire.Group.decode(data, offset)
        length, *rest = layouts.GROUP.unpack_from(data, offset)
        assert rest == [group.sequence, group.time_us, group.chain]
        for kind, place, width in wire.messages(data[: offset + length], offset + layouts.GROUP_WIDTH):
            seen.add(kind)
            assert layouts.HEAD.unpack_from(data, place) == (kind, width)
            event = wire.decode_any(data, place)
            match event:
                case wire.DepthChanged():
                    assert layouts.DEPTH_CHANGED.unpack_from(data, place) == event
                case wire.Traded():
                    *figures, low, high = layouts.TRADED.unpack_from(data, place)
                    expected = [event.trade_id, event.market, event.price, event.quantity, event.notional]
                    assert [*figures, high << 64 | low] == expected
                case wire.BalanceChanged():
                    assert layouts.BALANCE_ACCOUNT.unpack_from(data, place) == (event.account,)
                case wire.OrderAccepted() | wire.OrderClosed():
                    assert layouts.ORDER_ACCOUNT.unpack_from(data, place) == (event.account,)
        offset += length
    assert {
        wire.DepthChanged.KIND,
        wire.Traded.KIND,
        wire.BalanceChanged.KIND,
        wire.OrderAccepted.KIND,
        wire.OrderClosed.KIND,
    } <= seen


def test_heads() -> None:
    group = wire.Group(5, -6, 7).encode(wire.Tick().encode())
    assert layouts.GROUP.unpack_from(group) == (len(group), 5, -6, 7)
    assert layouts.GROUP_WIDTH == wire.Group.WIDTH
    assert layouts.HEAD.unpack_from(group) == (wire.Group.KIND, len(group))
