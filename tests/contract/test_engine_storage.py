"""The engine behaves the same on a real directory and on storage that Python implements."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeAlias

import pytest

from cse.engine import wire
from cse.engine._native import EventReader, JournalDamaged, Leader, Replica, StorageFailed
from cse.engine.models import groups
from cse.engine.storage import Storage
from tests.memory_storage import MemoryStorage
from tests.small_market import BUYER, LISTED, buy, cancel, listing, request, sell

SEGMENT_BYTES = 1 << 16

Files: TypeAlias = dict[str, bytes]


class Place:
    """A storage, and its files by part and name."""

    def __init__(self, storage: str | Storage, files: Callable[[str], Files]) -> None:
        self.storage = storage
        self.files = files

    def lead(self, now_us: int = 1) -> Leader:
        return Leader(self.storage, now_us, 0, segment_bytes=SEGMENT_BYTES)


def on_disk(path: Path) -> Place:
    def files(part: str) -> Files:
        return {file.name: file.read_bytes() for file in (path / part).iterdir() if file.name != "lock"}

    return Place(str(path), files)


def in_memory(_: Path) -> Place:
    storage = MemoryStorage()

    def files(part: str) -> Files:
        return {name: bytes(file.content) for name, file in getattr(storage, part).files.items()}

    return Place(storage, files)


@pytest.fixture(params=[on_disk, in_memory])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Place]:
    make: Callable[[Path], Place] = request.param
    yield make(tmp_path)


def run(leader: Leader, *commands: bytes, now_us: int = 1) -> None:
    for command in commands:
        leader.submit(1, request(1, command))
    while (batch := leader.gather(now_us)) is not None:
        leader.write(batch)
        leader.commit(batch)


def trade(leader: Leader, rounds: int) -> None:
    for price in range(100, 100 + rounds):
        run(leader, sell(price, 2), buy(price, 1), now_us=price)


def test_an_empty_directory_becomes_a_journal(place: Place) -> None:
    assert place.lead().durable_sequence == 1


def test_what_was_durable_is_there_after_a_start(place: Place) -> None:
    leader = place.lead()
    run(leader, *listing())
    trade(leader, 5)
    last = leader.durable_sequence
    del leader
    before = groups(EventReader(place.storage).read(0))
    again = place.lead()
    assert again.recovery["last_sequence"] == last
    assert again.recovery["cut"] is None
    assert groups(EventReader(place.storage).read(0, last)) == before


def test_a_journal_of_many_segments_is_recovered_whole(place: Place) -> None:
    leader = place.lead()
    run(leader, *listing())
    trade(leader, 900)
    assert len([name for name in place.files("journal") if name.endswith(".journal")]) > 1
    last = leader.durable_sequence
    del leader
    assert place.lead().sequence == last + 1


def test_a_snapshot_shortens_recovery_and_leads_to_the_same_state(place: Place) -> None:
    leader = place.lead()
    run(leader, *listing())
    trade(leader, 20)
    replica = Replica(place.storage)
    replica.follow()
    state_hash = replica.snapshot().write()
    trade(leader, 3)
    del leader
    again = place.lead()
    assert again.recovery["snapshot_sequence"] == replica.sequence
    assert again.recovery["replayed"] == 6
    fresh = Replica(place.storage)
    assert (fresh.sequence, fresh.state_hash()) == (replica.sequence, state_hash)
    fresh.follow()
    replica.follow()
    assert fresh.dump() == replica.dump()


def test_replica_and_feed_see_what_the_leader_commits_at_once(place: Place) -> None:
    leader = place.lead()
    replica, reader = Replica(place.storage), EventReader(place.storage)
    run(leader, *listing())
    assert replica.follow() == reader.watermark == LISTED + 1
    run(leader, buy())
    assert replica.follow() == LISTED + 2
    assert [group.sequence for group in groups(reader.read(LISTED + 1))] == [LISTED + 2]


def test_a_follower_needs_what_the_leader_makes(place: Place) -> None:
    with pytest.raises(StorageFailed):
        Replica(place.storage)
    with pytest.raises(StorageFailed):
        EventReader(place.storage)


def test_the_same_commands_at_the_same_times_give_the_same_files(tmp_path: Path) -> None:
    places = [on_disk(tmp_path), in_memory(tmp_path)]
    for place in places:
        leader = place.lead()
        run(leader, *listing())
        trade(leader, 50)
        run(leader, cancel(BUYER, 1), wire.Tick().encode())
        replica = Replica(place.storage)
        replica.follow()
        replica.snapshot().write()
    for part in ("events", "snapshots"):
        real, simulated = (place.files(part) for place in places)
        assert real == simulated
    # A real journal is filled with zeros ahead; the records are the same.
    real, simulated = (place.files("journal") for place in places)
    for name in real.keys() & simulated.keys():
        assert real[name].rstrip(b"\0") == simulated[name].rstrip(b"\0")


def test_two_leaders_cannot_have_one_real_directory(tmp_path: Path) -> None:
    leader = on_disk(tmp_path).lead()
    with pytest.raises(StorageFailed, match="another leader"):
        on_disk(tmp_path).lead()
    del leader
    assert on_disk(tmp_path).lead().epoch == 2


def test_a_lost_event_log_is_written_anew_from_the_journal(tmp_path: Path) -> None:
    place = on_disk(tmp_path)
    leader = place.lead()
    run(leader, *listing())
    trade(leader, 10)
    replica = Replica(place.storage)
    replica.follow()
    replica.snapshot().write()
    trade(leader, 10)
    last = leader.durable_sequence
    del leader
    before = EventReader(place.storage).read(0, last)
    for file in (tmp_path / "events").iterdir():
        file.unlink()
    place.lead()
    assert EventReader(place.storage).read(0, last) == before


def test_an_event_log_with_another_end_than_the_journal_s_is_cut_and_written_anew(tmp_path: Path) -> None:
    here, there = tmp_path / "here", tmp_path / "there"
    for path, price in ((here, 100), (there, 101)):
        leader = on_disk(path).lead()
        run(leader, *listing())
        run(leader, buy(price))
        del leader
    before = EventReader(str(here)).read(0)
    for file in (there / "events").iterdir():
        (here / "events" / file.name).write_bytes(file.read_bytes())
    on_disk(here).lead()
    assert EventReader(str(here)).read(0, LISTED + 2) == before


def test_a_journal_that_ends_before_the_watermark_is_not_gone_on_with(tmp_path: Path) -> None:
    place = on_disk(tmp_path)
    leader = place.lead()
    run(leader, *listing())
    (segment,) = (tmp_path / "journal").glob("0*.journal")
    earlier = segment.read_bytes()
    run(leader, buy())
    del leader
    segment.write_bytes(earlier)
    with pytest.raises(JournalDamaged, match="journal_behind_watermark"):
        place.lead()
    assert segment.read_bytes() == earlier
