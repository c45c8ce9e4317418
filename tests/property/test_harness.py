"""The comparison itself: it finds what is planted, and makes the finding short."""

from typing import Any
from unittest.mock import patch

import pytest

from cse.domain import codes
from cse.engine import wire
from tests.property.comparison import literal, replay, run_stream
from tests.property.seeds import failure
from tests.property.shrinking import shrink
from tests.property.streams import Step, Stream
from tests.reference import fees, matching
from tests.reference.book import HalfBook
from tests.reference.exchange import ReferenceExchange
from tests.reference.state import Order


def stream(seed: int, count: int) -> list[Step]:
    reference = ReferenceExchange()
    steps = []
    for sequence, (time_us, command) in enumerate(Stream(seed).steps(reference, count), start=1):
        reference.apply(sequence, time_us, command)
        steps.append((time_us, command))
    return steps


def test_a_seed_gives_the_same_stream_every_time() -> None:
    assert stream(7, 400) == stream(7, 400)
    assert stream(7, 400) != stream(8, 400)


join = HalfBook.join


def last_comes_first(half: HalfBook, order: Order) -> None:
    join(half, order)
    level = half.levels[order.price]
    level.insert(0, level.pop())


class FaultyExchange(ReferenceExchange):
    """A reference in which one rule is another one, while it carries out a command."""

    def __init__(self, target: Any, name: str, rule: Any) -> None:
        super().__init__()
        self.fault = (target, name, rule)

    def apply(self, sequence: int, time_us: int, command: bytes) -> bytes:
        with patch.object(*self.fault):
            return super().apply(sequence, time_us, command)


def rounded_down(rate_ppm: int, notional: int) -> int:
    return rate_ppm * notional // 1_000_000


def any_order_is_fair(state: Any, order: Order, other: Order) -> bool:
    return False


def generous_rebate(order: Order, notional: int, taker_fee: int) -> int:
    paid = fees.fee(order.maker_fee_ppm, order.maker_notional)
    return fees.fee(order.maker_fee_ppm, order.maker_notional + notional) - paid


def one_lot(half: HalfBook, price: int) -> int:
    return 1


FAULTS = [
    ("a fee is rounded down", fees, "fee", rounded_down),
    ("nobody minds trading with himself", matching, "same_owner", any_order_is_fair),
    ("a rebate is not cut", matching, "maker_fee_of_fill", generous_rebate),
    ("the last comes first", HalfBook, "join", last_comes_first),
    ("a level displays one lot always", HalfBook, "displayed", one_lot),
]


@pytest.mark.parametrize(
    ("target", "name", "rule"), [fault[1:] for fault in FAULTS], ids=[fault[0] for fault in FAULTS]
)
def test_a_planted_fault_is_found_and_made_short(target: Any, name: str, rule: Any) -> None:
    for seed in range(18, 40):
        _, report = failure(seed, lambda: FaultyExchange(target, name, rule), 800)
        if report is not None:
            break
    assert report is not None
    assert report.count("bytes.fromhex") < 30
    assert f"CSE_SEED={seed}" in report


def test_a_core_that_raises_is_a_finding() -> None:
    class Raising(ReferenceExchange):
        def apply(self, sequence: int, time_us: int, command: bytes) -> bytes:
            if sequence == 5:
                raise OverflowError("attempt to multiply")
            return super().apply(sequence, time_us, command)

    run = run_stream(1, 50, Raising)
    assert run.difference is not None
    assert run.difference.index == 4
    assert "attempt to multiply" in str(run.difference)


def test_a_literal_reads_back_as_its_steps() -> None:
    steps = stream(3, 60)
    names: dict[str, Any] = {}
    exec(literal(steps), names)
    assert names["STEPS"] == steps
    assert replay(names["STEPS"], ReferenceExchange) is None


def test_shrinking_keeps_only_what_is_needed() -> None:
    def fails(items: list[int]) -> bool:
        return 17 in items and 80 in items and items.index(17) < items.index(80)

    assert shrink(range(100), fails) == [17, 80]


CODES_OF_THE_CORE = {
    code.name
    for code in codes.CODES
    if code.band in ("funds", "order", "market", "listing")
    and code.name not in ("faucet_limit", "price_off_tick", "quantity_off_lot")
} | {"command_unavailable", "outbox_gap", "invalid_epoch", "upgrade_mismatch", "malformed_command"}
EVENTS = {name for name, layout in vars(wire).items() if 0x0200 <= getattr(layout, "KIND", 0) < 0x0300}


@pytest.mark.slow
def test_streams_reach_every_rule() -> None:
    """Every code of the core, every event and every reason to close comes up within some streams."""
    found_codes, found_events, found_reasons = set(), set(), set()
    largest_notional = 0
    for seed in range(30):
        reference = ReferenceExchange()
        for sequence, (time_us, command) in enumerate(Stream(seed).steps(reference, 2_000), start=1):
            tail = wire.Group.tail(reference.apply(sequence, time_us, command))
            for _, offset, _ in wire.messages(tail):
                event = wire.decode_any(tail, offset)
                found_events.add(type(event).__name__)
                if isinstance(event, wire.OrderRejected | wire.CommandRejected):
                    found_codes.add(codes.BY_NUMBER[event.code].name)
                elif isinstance(event, wire.OrderClosed):
                    found_reasons.add(wire.CloseReason(event.reason))
                elif isinstance(event, wire.Traded):
                    largest_notional = max(largest_notional, event.notional)
    assert found_codes >= CODES_OF_THE_CORE, CODES_OF_THE_CORE - found_codes
    assert found_events >= EVENTS, EVENTS - found_events
    assert found_reasons == set(wire.CloseReason)
    assert largest_notional > 1 << 90
