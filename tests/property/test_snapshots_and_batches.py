"""Where a snapshot is taken and how commands fall into batches changes nothing."""

import hashlib
from random import Random

import pytest

from cse.engine._native import Core, Malformed, OutOfOrder
from tests.property.batches import last_chain, partition, record
from tests.property.entries import dump_of
from tests.property.seeds import seeds
from tests.property.streams import Step, Stream
from tests.reference.exchange import ReferenceExchange

COMMANDS = 1_500


def carried_out(seed: int) -> tuple[list[Step], Core]:
    """A stream's steps, and a core that has carried them out one by one."""
    reference, core = ReferenceExchange(), Core()
    steps: list[Step] = []
    for sequence, step in enumerate(Stream(seed).steps(reference, COMMANDS), start=1):
        reference.apply(sequence, *step)
        core.apply(sequence, *step)
        steps.append(step)
    return steps, core


def test_a_core_read_back_from_a_snapshot_goes_on_as_the_one_it_came_from() -> None:
    for seed in seeds(4):
        steps, whole = carried_out(seed)
        source = Random(seed)
        core = Core()
        for sequence, step in enumerate(steps, start=1):
            core.apply(sequence, *step)
            if source.random() < 0.02:
                entries = core.write_state()
                core = Core.read_state(entries)
                assert core.write_state() == entries, f"CSE_SEED={seed} at {sequence}"
        assert core.dump() == whole.dump(), f"CSE_SEED={seed}"
        assert core.state_hash() == whole.state_hash(), f"CSE_SEED={seed}"


def test_the_dump_follows_from_the_entries_of_a_snapshot() -> None:
    for seed in seeds(4):
        _, core = carried_out(seed)
        text = dump_of(core.write_state())
        assert text == core.dump(), f"CSE_SEED={seed}"
        assert hashlib.blake2b(text.encode("ascii"), digest_size=32).digest() == core.state_hash()


@pytest.mark.parametrize("commands_max", [1, 3, 1_000])
def test_any_partition_into_batches_gives_the_same_events_and_state(commands_max: int) -> None:
    for seed in seeds(2):
        steps, _ = carried_out(seed)
        steps = [step for step in steps if len(step[1]) >= 8 and whole_message(step[1])]
        single, batched = Core(), Core()
        expected = b"".join(single.apply(sequence, *step) for sequence, step in enumerate(steps, start=1))
        groups, previous, chain = b"", b"", 0
        sequence = 1
        for batch in partition(steps, Random(seed), commands_max):
            previous = record(batch, sequence, 1, previous, chain)
            given = batched.apply_record(previous)
            groups += given
            chain = last_chain(given)
            sequence += len(batch)
        assert groups == expected, f"CSE_SEED={seed}"
        assert batched.state_hash() == single.state_hash(), f"CSE_SEED={seed}"


def whole_message(command: bytes) -> bool:
    """Whether a record can carry the bytes: commands in it are told apart by their lengths."""
    length = int.from_bytes(command[4:8], "little")
    return length == len(command) and length % 8 == 0


def test_a_command_out_of_order_is_refused_and_changes_nothing() -> None:
    _, core = carried_out(1)
    before = core.dump()
    for sequence, time_us in [
        (core.sequence, core.time_us),
        (core.sequence + 2, core.time_us),
        (core.sequence + 1, core.time_us - 1),
    ]:
        with pytest.raises(OutOfOrder):
            core.apply(sequence, time_us, b"")
    assert core.dump() == before


def test_entries_that_are_cut_or_changed_are_malformed_or_another_whole_state() -> None:
    _, core = carried_out(2)
    entries = core.write_state()
    source = Random(2)
    for cut in (entries[:-8], entries[:-1], b"", entries[64:], entries + entries):
        with pytest.raises(Malformed):
            Core.read_state(cut)
    for _ in range(300):
        changed = bytearray(entries)
        changed[source.randrange(len(changed))] ^= 1 << source.randrange(8)
        try:
            other = Core.read_state(bytes(changed))
        except Malformed:
            continue
        again = other.write_state()
        assert Core.read_state(again).write_state() == again
