"""The checks that a mutant is put to, each on its own. Each says what is wrong, or `None`.

Only the first holds a core against the reference. The others look at what the core itself has said
and kept, so they find what both cores might have wrong.
"""

from collections.abc import Callable, Iterator
from typing import TypeAlias

from cse.engine.wire import (
    BalanceState,
    CancelAllOrders,
    CloseReason,
    Group,
    MarketState,
    OrderClosed,
    OrderState,
    messages,
)
from tests.mutants import evidence
from tests.mutants.evidence import Evidence
from tests.mutants.module import Module
from tests.mutants.own_state import check_invariants, check_reads, entries_of, moved_by
from tests.property.heard import heard
from tests.property.streams import Step
from tests.property.told import Told

Check: TypeAlias = Callable[[Module], str | None]

LOOKED_AT_EVERY = 50
"""Commands."""
LOOKED_AT = 4
"""Streams."""
SNAPSHOT_EVERY = 97


def check_against_reference(native: Module) -> str | None:
    """Every group's bytes, and the states at the end."""
    for each in (*evidence.streams(), *evidence.cases()):
        core = native.Core()
        for sequence, (step, expected) in enumerate(zip(each.steps, each.groups, strict=True), start=1):
            if core.apply(sequence, *step) != expected:
                return f"{each.name}, command {sequence}"
        if core.dump() != each.dump:
            return f"{each.name}, the state at its end"
    return None


def check_own_state(native: Module) -> str | None:
    """Zero sums, holds that are locked, uncrossed books, first come first served."""
    for each in looked_at():
        core, moved = native.Core(), set[int]()
        for sequence, step in enumerate(each.steps, start=1):
            moved |= moved_by(core.apply(sequence, *step))
            if sequence % LOOKED_AT_EVERY == 0:
                try:
                    check_invariants(core, entries_of(core), moved)
                except AssertionError as error:
                    return f"{each.name}, command {sequence}: {error}"
    return None


def check_own_reads(native: Module) -> str | None:
    """What is answered to questions is what the state says."""
    for each in looked_at():
        core = native.Core()
        for sequence, step in enumerate(each.steps, start=1):
            core.apply(sequence, *step)
            if sequence % LOOKED_AT_EVERY == 0:
                try:
                    check_reads(core, entries_of(core))
                except AssertionError as error:
                    return f"{each.name}, command {sequence}: {error}"
    return None


def check_told(native: Module) -> str | None:
    """Depth and balances as the events have told them are those of the state."""
    for each in looked_at():
        core, told = native.Core(), Told()
        for sequence, step in enumerate(each.steps, start=1):
            try:
                told.hear(heard(core.apply(sequence, *step)))
                if sequence % LOOKED_AT_EVERY == 0:
                    compare_told(told, core)
            except (AssertionError, KeyError) as error:
                return f"{each.name}, command {sequence}: {error}"
    return None


def compare_told(told: Told, core: Module) -> None:
    entries = entries_of(core)
    depth = {
        (market.market, side, price): quantity
        for market in entries.of(MarketState)
        for side in (1, 2)
        for price, quantity in core.depth(market.market, side, 1 << 30)
    }
    assert told.depth == depth, "the depth told is not the book's"
    balances = {
        (balance.account, balance.asset): (balance.available, balance.locked)
        for balance in entries.of(BalanceState)
    }
    known = {key: value for key, value in told.balances.items() if value != (0, 0)}
    assert known == balances, "the balances told are not those of the state"


def check_snapshots(native: Module) -> str | None:
    """A core read back from its own state goes on as the one it came from."""
    for each in looked_at():
        core, restored = native.Core(), native.Core()
        for sequence, step in enumerate(each.steps, start=1):
            if restored.apply(sequence, *step) != core.apply(sequence, *step):
                return f"{each.name}, command {sequence}"
            if sequence % SNAPSHOT_EVERY == 0:
                entries = core.write_state()
                restored = native.Core.read_state(entries)
                if restored.write_state() != entries:
                    return f"{each.name}, command {sequence}: the state read back is another"
                if (disorder := cancelled_out_of_order(native.Core.read_state(entries))) is not None:
                    return f"{each.name}, command {sequence}: {disorder}"
    return None


def cancelled_out_of_order(core: Module) -> str | None:
    """Has each account cancel all of a market; the oldest of its orders must go first."""
    places = {(order.account, order.market) for order in entries_of(core).of(OrderState)}
    for account, market in sorted(places):
        command = CancelAllOrders(account, market, 0).encode()
        tail = Group.tail(core.apply(core.sequence + 1, core.time_us, command))
        closed = [OrderClosed.decode(tail, at) for kind, at, _ in messages(tail) if kind == OrderClosed.KIND]
        ids = [each.order_id for each in closed if each.reason == CloseReason.CANCELLED]
        if ids != sorted(ids):
            return f"account {account} cancels {ids} of market {market}"
    return None


def check_turns(native: Module) -> str | None:
    """A command out of its turn is refused."""
    core = native.Core()
    steps = evidence.streams()[0].steps[:100]
    for sequence, step in enumerate(steps, start=1):
        core.apply(sequence, *step)
    for wrong in out_of_turn(len(steps), steps[-1]):
        try:
            core.apply(*wrong)
        except native.OutOfOrder:
            continue
        return f"sequence {wrong[0]} at {wrong[1]} was carried out"
    return None


def out_of_turn(last: int, step: Step) -> Iterator[tuple[int, int, bytes]]:
    time_us, command = step
    yield last, time_us, command
    yield last + 2, time_us, command
    yield last + 1, time_us - 1, command


def looked_at() -> list[Evidence]:
    return evidence.streams()[:LOOKED_AT]


CHECKS: dict[str, Check] = {
    "reference": check_against_reference,
    "invariants": check_own_state,
    "reads": check_own_reads,
    "events": check_told,
    "snapshots": check_snapshots,
    "turns": check_turns,
}


def outcome(name: str, native: Module) -> str | None:
    """What a check finds; a core that panics has been found."""
    try:
        return CHECKS[name](native)
    # A panic of the core is no `Exception`.
    except BaseException as error:
        if isinstance(error, KeyboardInterrupt):
            raise
        return f"{type(error).__name__}: {error}"
