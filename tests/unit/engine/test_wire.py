"""The generated reader takes back exactly what the generated writer gives."""

import random
import struct
from typing import Any

import pytest

from cse.engine import wire
from cse.engine.message import put_text
from cse.engine.wire import (
    BY_KIND,
    AnyMessage,
    Malformed,
    OrderType,
    PlaceOrder,
    Side,
    TimeInForce,
    Traded,
    Transfer,
    TransferLeg,
)

BYTES_WIDTHS = {"owner": 16, "reference": 16, "state_hash": 32, "magic": 8}
LAYOUTS = sorted(BY_KIND.values(), key=lambda layout: layout.KIND)


def random_value(source: random.Random, layout: type[AnyMessage], field: str) -> int | str | bytes:
    """A value that every width of its type can carry."""
    annotation: Any = layout.__mro__[1].__annotations__[field]
    name = getattr(annotation, "__forward_arg__", annotation)
    if name == "str":
        return "".join(source.choices("ABCxyz019._:/-é", k=source.randrange(8)))
    if name == "bytes":
        return source.randbytes(BYTES_WIDTHS[field])
    return source.choice([0, 1, source.randrange(256)])


def random_message(source: random.Random, layout: type[AnyMessage]) -> AnyMessage:
    return layout(**{name: random_value(source, layout, name) for name in layout._fields})  # type: ignore[arg-type]


@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda layout: layout.__name__)
def test_every_message_reads_back(layout: type[AnyMessage]) -> None:
    source = random.Random(layout.KIND)
    for _ in range(50):
        message = random_message(source, layout)
        raw = message.encode()
        width = len(raw)
        assert width in (layout.WIDTH, getattr(layout, "SHORT_WIDTH", layout.WIDTH))
        assert wire.header_of(raw) == (layout.KIND, 0, width)
        assert layout.decode(raw) == message
        assert wire.decode_any(b"12345678" + raw, 8) == message
        assert wire.decode_any(raw + b"12345678") == message


PLAIN = PlaceOrder(4, 1, Side.BUY, OrderType.LIMIT, TimeInForce.GTC, 0, 0, 100, 7, 0, 0, 0, 0, 0, "")


@pytest.mark.parametrize(
    "rest",
    [
        {"quote_amount": 1},
        {"quote_amount": 1 << 64},
        {"stop_price": 1},
        {"trailing_delta": 1},
        {"display_quantity": 1},
        {"expires_at_us": 1},
        {"expires_at_us": -1},
        {"client_order_id": "a"},
    ],
)
def test_only_a_rest_that_is_all_zero_is_left_out(rest: dict[str, Any]) -> None:
    order = PLAIN._replace(**rest)
    assert len(order.encode()) == PlaceOrder.WIDTH
    assert PlaceOrder.decode(order.encode()) == order


def test_a_message_whose_rest_is_zero_has_one_encoding() -> None:
    short = PLAIN.encode()
    assert len(short) == PlaceOrder.SHORT_WIDTH == 40
    assert PlaceOrder.decode(short) == PLAIN
    named = PLAIN._replace(client_order_id="a").encode()
    blank = named[:88] + bytes(40)
    for raw in (blank, short[:32], short[:4] + named[4:8] + short[8:], named[:4] + short[4:8] + named[8:36]):
        with pytest.raises(Malformed):
            PlaceOrder.decode(raw)


def test_wide_integers_keep_every_bit() -> None:
    for value in (0, 1, -1, (1 << 127) - 1, -(1 << 127), 1 << 64, -(1 << 64), (1 << 100) - 1):
        balance = wire.BalanceChanged(account=1, asset=2, available=value, locked=-1 - value)
        assert wire.BalanceChanged.decode(balance.encode()) == balance


def test_the_order_of_bytes_is_the_documented_one() -> None:
    raw = wire.OutboxRepeated(source=1, number=0x0102030405060708, last_number=2).encode()
    assert raw.hex() == "0402000020000000010000000000000008070605040302010200000000000000"


LEG = TransferLeg(1, 2, 3, 4, 0, 1 << 99, 0)


def test_a_tail_follows_the_fields() -> None:
    legs = LEG.encode() + LEG._replace(amount=5).encode()
    raw = Transfer(b"r" * 16, 2).encode(legs)
    assert Transfer.decode(raw) == (b"r" * 16, 2)
    tail = Transfer.tail(raw)
    assert [TransferLeg.decode(tail, offset).amount for _, offset, _ in wire.messages(tail)] == [1 << 99, 5]


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        LEG.encode()[:-1],
        LEG.encode()[:4],
        b"\xff\xff" + LEG.encode()[2:],
        LEG.encode()[:2] + b"\1\0" + LEG.encode()[4:],
        struct.pack("<HHI", TransferLeg.KIND, 0, 12) + bytes(4),
        struct.pack("<HHI", TransferLeg.KIND, 0, 0) + bytes(56),
        struct.pack("<HHI", TransferLeg.KIND, 0, TransferLeg.WIDTH + 8) + bytes(TransferLeg.WIDTH),
        struct.pack("<HHI", TransferLeg.KIND, 0, TransferLeg.WIDTH - 8) + bytes(TransferLeg.WIDTH),
    ],
)
def test_bytes_that_are_no_whole_message_are_refused(raw: bytes) -> None:
    with pytest.raises(Malformed):
        TransferLeg.decode(raw)
    with pytest.raises(Malformed):
        wire.decode_any(raw)


ORDER = PlaceOrder(1, 1, 1, 1, 1, 0, 0, 5, 5, 0, 0, 0, 0, 0, "a")


@pytest.mark.parametrize(
    ("message", "error"),
    [
        (ORDER._replace(price=-1), struct.error),
        (ORDER._replace(price=1 << 64), struct.error),
        (ORDER._replace(quote_amount=-1), struct.error),
        (ORDER._replace(quote_amount=1 << 128), struct.error),
        (ORDER._replace(client_order_id="a" * 41), Malformed),
        (ORDER._replace(client_order_id="a\0b"), Malformed),
        (wire.OpenAccount(b"short", 1), Malformed),
    ],
)
def test_a_value_that_does_not_fit_is_never_cut(message: AnyMessage, error: type[Exception]) -> None:
    with pytest.raises(error):
        message.encode()


@pytest.mark.parametrize("text", [b"a\0b", b"\0a", b"\xff", b"\xc3"])
def test_a_text_that_is_not_padded_utf8_is_refused(text: bytes) -> None:
    raw = ORDER.encode()[:-40] + text.ljust(40, b"\0")
    with pytest.raises(Malformed):
        PlaceOrder.decode(raw)


def test_a_text_may_fill_its_field() -> None:
    assert put_text("a" * 40, 40) == b"a" * 40
    order = ORDER._replace(client_order_id="a" * 40)
    assert PlaceOrder.decode(order.encode()) == order


def test_a_trade_is_found_among_other_messages() -> None:
    trade = Traded(1, 2, 1, 0, 3, 4, 5, 6, 7, 8, 9, -10, 11, 0, 1, 0, 2, 3)
    raw = ORDER.encode() + trade.encode() + wire.Tick().encode()
    kinds = [(kind, offset) for kind, offset, _ in wire.messages(raw)]
    behind = PlaceOrder.WIDTH + Traded.WIDTH
    assert kinds == [(PlaceOrder.KIND, 0), (Traded.KIND, PlaceOrder.WIDTH), (wire.Tick.KIND, behind)]
    assert Traded.decode(memoryview(raw), PlaceOrder.WIDTH) == trade
