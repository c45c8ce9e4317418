"""The past of a demo exchange: a journal like any other, whole or not there at all."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

import pytest
import structlog

from cse.demo.history import process, traders
from cse.demo.history.journal import HistoryFailed, Written, write_history
from cse.demo.history.quotes import Scale
from cse.demo.history.staging import BUILDING, Staging, is_needed
from cse.engine import wire
from cse.engine._native import EventReader, Leader
from cse.engine.models import groups
from cse.ledger.genesis import genesis, market_id
from cse.ledger.replay import Replay
from cse.runtime.configuration import Configuration
from cse.runtime.findings import Findings
from cse.runtime.outbox import Source
from tests.memory_storage import MemoryStorage

NOW_US = 1_795_600_000_000_000
DAY_US = 86_400_000_000
LOG = structlog.get_logger()


def built(data: Path, *, seed: int = 1, days: float = 0.1) -> Written:
    staging = Staging(data)
    written = write_history(staging, days=days, end_us=NOW_US, seed=seed)
    staging.move_in_place()
    return written


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A directory with a day's past, on which one leader has begun and ended."""
    directory = tmp_path_factory.mktemp("data")
    (directory / "snapshots").mkdir()
    (directory / "run").mkdir()
    assert built(directory, days=1).trades > 2_000
    Leader(str(directory), NOW_US, 1).close()
    return directory


@pytest.fixture(scope="module")
def events(data: Path) -> list[wire.AnyMessage]:
    """Everything that happened on that day."""
    reader = EventReader(str(data))
    found: list[wire.AnyMessage] = []
    position = 0
    while read := groups(reader.read(position)):
        position = read[-1].sequence
        for group in read:
            assert NOW_US - DAY_US <= group.time_us <= NOW_US
            found += [wire.decode_any(group.events, at) for _, at, _ in wire.messages(group.events)]
    return found


def test_carried_out_again_the_journal_gives_the_events_that_are_there(data: Path) -> None:
    findings = Findings()
    replay = Replay(data, findings)
    for _ in replay.run(replay.watermark):
        pass
    assert findings.agree, findings.named
    assert replay.core.sequence == replay.watermark


def test_markets_have_traded_and_nothing_rests(events: list[wire.AnyMessage]) -> None:
    kinds = Counter(type(event) for event in events)
    assert kinds[wire.OrderAccepted] == kinds[wire.OrderClosed]
    assert not {wire.OrderRejected, wire.CommandRejected} & set(kinds)
    traded = Counter(event.market for event in events if isinstance(event, wire.Traded))
    assert min(traded[number] for number in range(2, 8)) > 200
    assert market_id("LAB-USDC") not in traded


def test_fees_of_a_token_reach_its_creator(events: list[wire.AnyMessage]) -> None:
    shares = [event for event in events if isinstance(event, wire.Traded) and event.creator_account]
    assert sum(event.creator_fee for event in shares) > 0
    assert {event.market for event in shares} == {2, 3, 4, 5, 6}


def test_the_ledgers_genesis_is_answered_as_a_repetition(data: Path) -> None:
    leader = Leader(str(data), NOW_US, 1)
    for number, command in enumerate(genesis(demo=True), 1):
        row = wire.FromOutbox(Source.GENESIS, number).encode(command)
        assert leader.submit(1, wire.Request(number).encode(row)) is None
    batch = leader.gather(NOW_US)
    assert batch is not None
    leader.write(batch)
    ((_, answers),) = leader.commit(batch)
    events_at = wire.Answer.WIDTH + wire.Group.WIDTH
    kinds = {wire.header_of(answers, at + events_at)[0] for _, at, _ in wire.messages(answers)}
    assert kinds == {wire.OutboxRepeated.KIND}
    leader.close()


def journal_of(seed: int, end_us: int = NOW_US) -> bytes:
    storage = MemoryStorage()
    write_history(storage, days=0.04, end_us=end_us, seed=seed)
    (segment,) = (file for name, file in storage.journal.files.items() if name.endswith(".journal"))
    return bytes(segment.content)


def test_a_seed_gives_the_same_bytes_and_another_seed_others() -> None:
    assert journal_of(1) == journal_of(1)
    assert journal_of(1) != journal_of(2)


def test_a_command_that_the_core_refuses_ends_the_writing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(traders, "_MAKER_QUOTE", 40)
    monkeypatch.setattr(Scale, "affordable", lambda *_: 1 << 40)
    with pytest.raises(HistoryFailed, match="OrderRejected"):
        write_history(MemoryStorage(), days=0.1, end_us=NOW_US)


class Killed(BaseException):
    """The process is gone."""


def test_killed_in_the_middle_it_begins_again_and_comes_to_the_same(tmp_path: Path) -> None:
    def kill(done: float) -> None:
        if done > 0.5:
            raise Killed

    (tmp_path / "journal").mkdir()
    (tmp_path / "events").mkdir()
    with pytest.raises(Killed):
        write_history(Staging(tmp_path), days=0.3, end_us=NOW_US, seed=1, progress=kill)
    assert list((tmp_path / BUILDING / "journal").iterdir())
    assert is_needed(tmp_path)
    built(tmp_path)
    assert not (tmp_path / BUILDING).exists()
    assert not is_needed(tmp_path)


def test_killed_between_the_moves_it_begins_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    staging = Staging(tmp_path)
    write_history(staging, days=0.1, end_us=NOW_US, seed=1)
    rename = Path.rename

    def kill_at_the_journal(path: Path, target: Path) -> Path:
        if path.name == "journal":
            raise Killed
        return rename(path, target)

    with monkeypatch.context() as patched:
        patched.setattr(Path, "rename", kill_at_the_journal)
        with pytest.raises(Killed):
            staging.move_in_place()
    assert (tmp_path / "events").exists()
    assert is_needed(tmp_path)
    built(tmp_path, seed=2)
    for name in ("snapshots", "run"):
        (tmp_path / name).mkdir()
    leader = Leader(str(tmp_path), NOW_US, 1)
    assert leader.recovery["events_sequence"] == leader.recovery["last_sequence"]
    leader.close()


@pytest.mark.parametrize(
    ("wanted", "changes"),
    [
        (True, {}),
        (False, {"history_days": 0}),
        (False, {"demo": False}),
        (False, {"profile": "production"}),
    ],
)
def test_only_a_new_demo_exchange_gets_a_past(tmp_path: Path, wanted: bool, changes: dict[str, Any]) -> None:
    configuration = Configuration(data=tmp_path, **{"history_days": 1, **changes})
    assert process.build(configuration, LOG) is wanted
    assert (tmp_path / "journal").exists() is wanted
    assert process.build(configuration, LOG) is False


def test_where_a_leader_has_begun_no_past_is_written(tmp_path: Path) -> None:
    Leader(str(tmp_path), NOW_US, 1).close()
    assert process.build(Configuration(data=tmp_path, history_days=1), LOG) is False
