"""Holds a core against the reference, command by command."""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from difflib import unified_diff
from typing import Protocol

from cse.engine._native import Core as NativeCore
from cse.engine.wire import Group, Malformed, decode_any, messages
from tests.property import invariants, reads, waiting_orders
from tests.property.heard import heard
from tests.property.priority import Queues
from tests.property.reached import reached
from tests.property.streams import Step, Stream
from tests.property.told import Told
from tests.reference.exchange import ReferenceExchange

TOLD_EVERY = 25
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
    """The steps carried out, what was wrong with the last of them, and which rules they reached."""

    steps: list[Step]
    difference: Difference | None
    reached: Counter[str]


@dataclass
class Comparison:
    """A reference and a core that carry out the same commands.

    Every group's bytes must agree, and now and then the whole states. Where it is watched the invariants
    hold after every command or every so many, and what the events have told is held against the state.
    """

    reference: ReferenceExchange
    core: Core
    invariants_every: int = 1
    is_watched: bool = True
    told: Told = field(default_factory=Told)
    queues: Queues = field(default_factory=Queues)
    reached: Counter[str] = field(default_factory=Counter)

    def carry_out(self, step: Step) -> str | None:
        """What is wrong after a command, if anything is."""
        sequence = self.reference.state.sequence + 1
        expected = self.reference.apply(sequence, *step)
        try:
            if self.is_watched:
                self.watch(step, expected)
            found = self.core.apply(sequence, *step)
            if found != expected:
                return differing(listed(expected), listed(found))
            if sequence % HASH_EVERY == 0:
                return self.wrong_with_state()
        except Exception as error:
            return f"{type(error).__name__}: {error}"
        return None

    def watch(self, step: Step, said: bytes) -> None:
        """Raises `AssertionError` where a command broke a rule that both might have wrong."""
        state, group = self.reference.state, heard(said)
        self.reached.update(reached(step[1], group))
        self.told.hear(group)
        self.queues.hear(group)
        invariants.check_group(group)
        if state.sequence % self.invariants_every == 0:
            invariants.check(state)
            waiting_orders.check_queues(state, group)
            self.queues.check(state)
        if state.sequence % TOLD_EVERY == 0:
            self.told.check(state)

    def wrong_with_state(self) -> str | None:
        """What is wrong with the core's state, which ought to be the reference's."""
        if self.core.state_hash() != self.reference.state_hash():
            return differing(self.reference.dump(), self.core.dump())
        if isinstance(self.core, NativeCore):
            reads.check(self.core, self.reference.state)
        return None


def run_stream(
    seed: int, count: int, make_core: MakeCore, invariants_every: int = 1, is_watched: bool = True
) -> Run:
    """Generates a stream and carries it out in the reference and in a core at once."""
    comparison = Comparison(ReferenceExchange(), make_core(), invariants_every, is_watched)
    steps: list[Step] = []

    def recorded() -> Iterable[Step]:
        for step in Stream(seed).steps(comparison.reference, count):
            steps.append(step)
            yield step

    difference = compare(recorded(), comparison)
    return Run(steps, difference, comparison.reached)


def replay(steps: Iterable[Step], make_core: MakeCore) -> Difference | None:
    """Carries out a list of steps in a new reference and a new core."""
    return compare(steps, Comparison(ReferenceExchange(), make_core()))


def compare(steps: Iterable[Step], comparison: Comparison) -> Difference | None:
    """Carries out steps on both up to the first difference."""
    index, step = -1, (0, b"")
    for index, step in enumerate(steps):
        wrong = comparison.carry_out(step)
        if wrong is not None:
            return Difference(index, step, wrong)
    wrong = comparison.wrong_with_state()
    return None if wrong is None else Difference(index, step, wrong)


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
