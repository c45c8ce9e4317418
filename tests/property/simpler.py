"""Simpler versions of a step, so that a failing table can be made easier to read."""

from collections.abc import Iterator
from typing import Any

from cse.engine.wire import BY_KIND, Malformed, decode_any, header_of
from tests.property.streams import Step
from tests.property.tables import empty_fields


def simpler(step: Step) -> Iterator[Step]:
    """Steps like this one with an earlier time, or with a field that is empty or smaller."""
    time_us, command = step
    for earlier in smaller(time_us):
        yield earlier, command
    for other in simpler_commands(command):
        yield time_us, other


def simpler_commands(command: bytes) -> Iterator[bytes]:
    try:
        kind, _, length = header_of(command)
        decoded: Any = decode_any(command)
    except (Malformed, KeyError):
        return
    layout = BY_KIND[kind]
    tail = (command[layout.WIDTH : length],) if layout.HAS_TAIL else ()
    for name, empty in empty_fields(layout).items():
        value = getattr(decoded, name)
        for other in smaller(value) if isinstance(value, int) else [empty]:
            if other != value:
                yield decoded._replace(**{name: other}).encode(*tail)


def smaller(number: int) -> Iterator[int]:
    """Numbers nearer to zero: zero first, then ever closer to the number, one away at last."""
    yield from (other for other in (0, 1) if other < abs(number))
    part = abs(number) // 2
    while part > 0:
        yield number - part if number > 0 else number + part
        part //= 2
