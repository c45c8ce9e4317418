"""What an earlier build wrote, this one reads: the same journal leads to the same state."""

import os

import pytest

from cse.cli.supervisor.data_directory import FORMAT
from cse.engine._native import Leader, Replica
from tests.journal import kept


@pytest.fixture(scope="module", autouse=True)
def _recorded() -> None:
    if "CSE_RECORD" in os.environ:
        kept.record()


def check(replica: Replica) -> None:
    replica.follow()
    facts = kept.facts()
    found = (replica.sequence, f"{replica.chain:016x}", replica.state_hash().hex())
    assert found == (facts.sequence, facts.chain, facts.state_hash)


def test_the_kept_directory_is_of_this_format() -> None:
    assert kept.facts().format == FORMAT, "the format has changed: CSE_RECORD=1 ./cse test tests/journal"


def test_a_kept_journal_replays_to_its_recorded_hash() -> None:
    storage = kept.unpacked()
    storage.snapshots.files.clear()
    replica = Replica(storage)
    assert replica.snapshot_sequence == 0
    check(replica)


def test_a_kept_snapshot_goes_on_to_the_same_hash() -> None:
    replica = Replica(kept.unpacked())
    assert replica.snapshot_sequence == kept.facts().snapshot_sequence > 0
    check(replica)


def test_a_leader_goes_on_behind_a_kept_journal() -> None:
    facts, storage = kept.facts(), kept.unpacked()
    leader = Leader(storage, 0, 0, segment_bytes=kept.SEGMENT_BYTES)
    assert leader.recovery["last_sequence"] == facts.sequence
    assert (leader.sequence, leader.epoch) == (facts.sequence + 1, 3)


def test_what_is_of_the_same_format_is_not_recorded_anew() -> None:
    with pytest.raises(kept.FormatKept):
        kept.record()
