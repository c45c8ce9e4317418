"""The lean layouts are those of the wire."""

from __future__ import annotations

from cse.engine import wire
from cse.streams import events
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
        length, *rest = events.GROUP.unpack_from(data, offset)
        assert rest == [group.sequence, group.time_us, group.chain]
        for kind, place, width in wire.messages(data[: offset + length], offset + events.GROUP_WIDTH):
            seen.add(kind)
            assert events.HEAD.unpack_from(data, place) == (kind, width)
            event = wire.decode_any(data, place)
            match event:
                case wire.DepthChanged():
                    assert events.DEPTH_CHANGED.unpack_from(data, place) == event
                case wire.BalanceChanged():
                    assert events.BALANCE_ACCOUNT.unpack_from(data, place) == (event.account,)
                case wire.OrderAccepted() | wire.OrderClosed():
                    assert events.ORDER_ACCOUNT.unpack_from(data, place) == (event.account,)
        offset += length
    assert {
        wire.DepthChanged.KIND,
        wire.BalanceChanged.KIND,
        wire.OrderAccepted.KIND,
        wire.OrderClosed.KIND,
    } <= seen
