"""Holds a core against the reference, command by command."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from difflib import unified_diff
from typing import Protocol

from cse.engine.wire import Group, Malformed, decode_any, messages
from tests.property import invariants
from tests.property.streams import Step, Stream
from tests.reference.exchange import ReferenceExchange

HASH_EVERY = 250


class Core(Protocol):
    """What the native core and the reference both do."""

    def apply(self, sequence: int, time_us: int, command: bytes) -> bytes: ...

    def dump(self) -> str: ...

    def state_hash(self) -> bytes: ...


MakeCore = Callable[[], Core]


@dataclass(frozen=True)
class Difference:
    """The first command after which a core is not where the reference is."""

    index: int
    step: Step
    explanation: str

    def __str__(self) -> str:
        return f"command {self.index}: {shown(self.step[1])}\n{self.explanation}"


@dataclass(frozen=True)
class Run:
    """The steps carried out, and what was wrong with the last of them."""

    steps: list[Step]
    difference: Difference | None


def run_stream(seed: int, count: int, make_core: MakeCore) -> Run:
    """Generates a stream and carries it out in the reference and in a core at once."""
    reference = ReferenceExchange()
    steps: list[Step] = []

    def recorded() -> Iterable[Step]:
        for step in Stream(seed).steps(reference, count):
            steps.append(step)
            yield step

    return Run(steps, compare(recorded(), reference, make_core()))


def replay(steps: Iterable[Step], make_core: MakeCore) -> Difference | None:
    """Carries out a list of steps in a new reference and a new core."""
    return compare(steps, ReferenceExchange(), make_core())


def compare(steps: Iterable[Step], reference: ReferenceExchange, core: Core) -> Difference | None:
    """Carries out steps on both; every group's bytes must agree, and now and then the whole state."""
    index, step = -1, (0, b"")
    for index, step in enumerate(steps):
        time_us, command = step
        expected = reference.apply(index + 1, time_us, command)
        try:
            invariants.check(reference.state, expected)
            found = core.apply(index + 1, time_us, command)
        except Exception as error:
            return Difference(index, step, f"{type(error).__name__}: {error}")
        if found != expected:
            return Difference(index, step, differing(listed(expected), listed(found)))
        if index % HASH_EVERY == HASH_EVERY - 1 and core.state_hash() != reference.state_hash():
            return Difference(index, step, differing(reference.dump(), core.dump()))
    if core.state_hash() != reference.state_hash():
        return Difference(index, step, differing(reference.dump(), core.dump()))
    return None


def differing(expected: str, found: str) -> str:
    lines = unified_diff(expected.splitlines(), found.splitlines(), "reference", "core", lineterm="", n=2)
    return "\n".join(lines) or "the texts agree, but not their bytes or hashes"


def listed(group: bytes) -> str:
    """A group as one line a message."""
    lines = [str(Group.decode(group))]
    tail = Group.tail(group)
    lines += [shown(bytes(tail[offset : offset + length])) for _, offset, length in messages(tail)]
    return "\n".join(lines)


def shown(message: bytes) -> str:
    try:
        return str(decode_any(message))
    except Malformed:
        return message.hex(" ", 8)


def literal(steps: list[Step]) -> str:
    """Steps as a Python literal that can stand in a test."""
    lines = [
        f'    ({time_us}, bytes.fromhex("{command.hex()}")),  # {shown(command)}'
        for time_us, command in steps
    ]
    return "\n".join(["STEPS = [", *lines, "]"])
