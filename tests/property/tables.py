"""Steps as a table that can be pasted into a test, and a step out of each of its rows."""

from typing import Any, TypeAlias

from cse.engine import wire
from cse.engine.wire import BY_KIND, Malformed, decode_any, header_of, messages
from tests.property.streams import Step

Layout: TypeAlias = Any
"""A class of `cse.engine.wire`."""


def message(layout: Layout, tail: bytes = b"", **fields: Any) -> bytes:
    """A message whose other fields are zero or empty."""
    filled = layout(**{**empty_fields(layout), **fields})
    encoded: bytes = filled.encode(tail) if layout.HAS_TAIL else filled.encode()
    return encoded


def empty_fields(layout: Layout) -> dict[str, Any]:
    """Each field's value in a message of zeros."""
    width = getattr(layout, "SHORT_WIDTH", layout.WIDTH)
    header = layout.KIND.to_bytes(2, "little") + bytes(2) + width.to_bytes(4, "little")
    empty: dict[str, Any] = layout.decode(header + bytes(width - len(header)))._asdict()
    return empty


def step(time_us: int, layout: Layout, tail: bytes = b"", **fields: Any) -> Step:
    """A row of a table: a command at a time; fields that are not named are zero or empty."""
    return time_us, message(layout, tail, **fields)


def raw(time_us: int, content: str) -> Step:
    """A row of a table whose bytes, in hexadecimal, are no command of a known layout."""
    return time_us, bytes.fromhex(content)


def table(steps: list[Step]) -> str:
    """The steps as a Python literal, which needs `wire`, `message`, `step` and `raw`."""
    return "\n".join(["STEPS = [", *(f"    {row(*each)}," for each in steps), "]"])


def row(time_us: int, command: bytes) -> str:
    arguments = arguments_of(command)
    if arguments is None:
        return f'raw({time_us}, "{command.hex()}")'
    return f"step({time_us}, {arguments})"


def arguments_of(content: bytes) -> str | None:
    """What `message` takes to give these bytes; `None` where it cannot."""
    try:
        kind, _, length = header_of(content)
        layout: Layout = BY_KIND[kind]
        decoded = decode_any(content)
    except (Malformed, KeyError):
        return None
    tail = content[layout.WIDTH : length] if layout.HAS_TAIL else b""
    # What stands in reserved bytes is not among the fields.
    if message(layout, tail, **decoded._asdict()) != content:
        return None
    empty = empty_fields(layout)
    named = {name: value for name, value in decoded._asdict().items() if value != empty[name]}
    parts = [f"wire.{layout.__name__}", *(f"{name}={value!r}" for name, value in named.items())]
    if tail:
        parts.append(f"tail={tail_of(tail)}")
    return ", ".join(parts)


def tail_of(tail: bytes) -> str:
    """A tail as messages where it consists of such."""
    try:
        parts = [arguments_of(tail[offset : offset + length]) for _, offset, length in messages(tail)]
    except Malformed:
        parts = [None]
    if None in parts:
        return f'bytes.fromhex("{tail.hex()}")'
    return " + ".join(f"message({part})" for part in parts)


def rows_of(text: str) -> list[Step]:
    """Reads a table back."""
    names: dict[str, Any] = {"wire": wire, "message": message, "step": step, "raw": raw}
    exec(text, names)
    steps: list[Step] = names["STEPS"]
    return steps
