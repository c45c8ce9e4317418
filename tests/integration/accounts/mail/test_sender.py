"""The queue and its workers: nothing queued is lost, nothing sent is sent again knowingly."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field

import psycopg
import pytest
from psycopg import AsyncConnection

from cse.accounts.mail import store
from cse.accounts.mail.models import Mail, MailKind, QueuedMail, Text
from cse.accounts.mail.phrases import Phrases
from cse.accounts.mail.port import MailRefused, MailUnavailable
from cse.accounts.mail.sender import AT_ONCE, MailSender
from cse.runtime.encryption import Encryption
from cse.runtime.postgres import Connected, Pool, pool
from tests.integration.accounts.conftest import KEYS
from tests.postgres import Database

KIND = MailKind.PASSWORD_CHANGED
STATE = "SELECT recipient, tries, outcome, last_failure FROM accounts.mail_queue ORDER BY recipient"
DUE = "UPDATE accounts.mail_queue SET next_try_at = now() WHERE ended_at IS NULL"


@dataclass
class Port:
    """Fails as it is told to, then takes all."""

    failures: list[Exception] = field(default_factory=list)
    taken: list[Mail] = field(default_factory=list)
    before: Callable[[], object] = lambda: None

    async def send(self, mail: Mail) -> None:
        await asyncio.sleep(0)
        self.before()
        if self.failures:
            raise self.failures.pop(0)
        self.taken.append(mail)


@pytest.fixture
async def connections(database: Database) -> AsyncIterator[Pool]:
    async with pool(database.configuration, "cse_accounts", size=4) as opened:
        yield opened


async def write(connection: Connected, mail: QueuedMail) -> Text | None:
    return Text("A subject", f"{mail.facts['word']}, try {mail.tries}") if mail.facts["word"] else None


def sender(connections: Pool, port: Port) -> MailSender:
    return MailSender(connections, port, dict.fromkeys(MailKind, write), Phrases(Encryption(KEYS)))


async def queue(connections: Pool, recipient: str = "ada@example.com", word: str = "hello") -> None:
    async with connections.connection() as connection:
        await store.add(connection, KIND, recipient, {"word": word}, worth_s=3_600)


async def test_a_mail_is_sent_once(connections: Pool, database: Database) -> None:
    port = Port()
    await queue(connections)
    assert await sender(connections, port).send_due() == 1
    assert await sender(connections, port).send_due() == 0
    database.change(DUE)
    assert await sender(connections, port).send_due() == 0
    assert [(mail.recipient, mail.text) for mail in port.taken] == [("ada@example.com", "hello, try 1")]
    assert database.rows(STATE) == [("ada@example.com", 1, "sent", None)]


async def test_a_mail_is_queued_with_what_causes_it_or_not_at_all(
    connections: Pool, database: Database
) -> None:
    with pytest.raises(ZeroDivisionError):
        async with connections.connection() as connection:
            await store.add(connection, KIND, "ada@example.com", {"word": "hello"}, worth_s=3_600)
            raise ZeroDivisionError
    assert database.rows(STATE) == []


async def test_workers_side_by_side_send_each_mail_once(connections: Pool) -> None:
    port = Port()
    for number in range(3 * AT_ONCE):
        await queue(connections, f"{number:02}@example.com")
    workers = [sender(connections, port) for _ in range(4)]
    while sum(await asyncio.gather(*(worker.send_due() for worker in workers))):
        pass
    assert sorted(mail.recipient for mail in port.taken) == [
        f"{n:02}@example.com" for n in range(3 * AT_ONCE)
    ]


async def test_what_is_not_taken_now_is_tried_again_later_and_later(
    connections: Pool, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    # So long that what this test takes is nothing beside it.
    monkeypatch.setattr(store, "BACK_OFF_FIRST_S", 1_000)
    port = Port([MailUnavailable("451 later"), MailUnavailable("452 full")])
    worker = sender(connections, port)
    await queue(connections)
    waits = []
    for _ in range(2):
        await worker.send_due()
        assert await worker.send_due() == 0, "it is not due yet"
        ((wait_s,),) = database.rows(
            "SELECT extract(epoch FROM next_try_at - now())::float8 FROM accounts.mail_queue"
        )
        waits.append(wait_s)
        database.change(DUE)
    assert 1.1 < waits[1] / waits[0] < 4
    assert database.rows(STATE) == [("ada@example.com", 2, None, "452 full")]
    await worker.send_due()
    assert [mail.text for mail in port.taken] == ["hello, try 3"]
    assert database.rows(STATE) == [("ada@example.com", 3, "sent", "452 full")]


async def test_waits_between_tries_stop_growing(connections: Pool, database: Database) -> None:
    await queue(connections)
    database.change("UPDATE accounts.mail_queue SET tries = 500")
    await sender(connections, Port([MailUnavailable("451 later")])).send_due()
    ((wait_s,),) = database.rows(
        "SELECT extract(epoch FROM next_try_at - now())::float8 FROM accounts.mail_queue"
    )
    assert wait_s <= 1.2 * store.BACK_OFF_LAST_S


async def test_what_is_refused_for_good_is_not_tried_again(connections: Pool, database: Database) -> None:
    port = Port([MailRefused("550 no such person")])
    worker = sender(connections, port)
    await queue(connections)
    await worker.send_due()
    database.change(DUE)
    assert await worker.send_due() == 0
    assert database.rows(STATE) == [("ada@example.com", 1, "refused", "550 no such person")]


async def test_what_nobody_waits_for_any_more_is_given_up(connections: Pool, database: Database) -> None:
    port = Port([MailUnavailable("451 later")])
    worker = sender(connections, port)
    await queue(connections)
    await worker.send_due()
    database.change("UPDATE accounts.mail_queue SET next_try_at = now(), give_up_at = now()")
    await worker.send_due()
    assert port.taken == []
    assert database.rows(STATE) == [("ada@example.com", 2, "given up", "451 later")]


async def test_a_mail_for_nobody_leaves_nothing_behind(connections: Pool, database: Database) -> None:
    port = Port()
    await queue(connections, word="")
    assert await sender(connections, port).send_due() == 1
    assert (port.taken, database.rows(STATE)) == ([], [])


async def test_a_worker_that_dies_leaves_its_mail_to_the_next(connections: Pool, database: Database) -> None:
    async with connections.connection() as connection:
        await store.add(connection, KIND, "ada@example.com", {"word": "hello"}, worth_s=3_600)
    async with connections.connection() as connection:
        (dead,) = await store.take_due(connection, AT_ONCE, 300)
    port = Port()
    assert await sender(connections, port).send_due() == 0, "somebody may be sending it"
    database.change(DUE)
    assert await sender(connections, port).send_due() == 1
    # It was not dead after all, and has failed: that takes nothing back.
    async with connections.connection() as connection:
        await store.note_failure(connection, dead, "too late")
    assert [mail.id for mail in port.taken] == [dead.id]
    assert database.rows(STATE) == [("ada@example.com", 2, "sent", None)]


async def test_a_fault_with_one_mail_keeps_no_other_from_going_out(
    connections: Pool, database: Database
) -> None:
    port = Port([ValueError("nobody expects this")])
    await queue(connections, "ada@example.com")
    await queue(connections, "eve@example.com")
    assert await sender(connections, port).send_due() == 2
    assert len(port.taken) == 1
    assert sorted(row[2] or "" for row in database.rows(STATE)) == ["", "sent"]


async def test_what_was_sent_is_noted_once_postgresql_is_back(
    connections: Pool, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However often that fails: sent again for want of a note it would be doubled knowingly."""
    noted, failures = store.note_end, [psycopg.OperationalError("the connection is lost")] * 2

    async def unlucky(*arguments: object) -> None:
        if failures:
            raise failures.pop()
        await noted(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr("cse.accounts.mail.sender._PAUSE_S", 0.0)
    monkeypatch.setattr(store, "note_end", unlucky)
    port = Port()
    await queue(connections)
    await sender(connections, port).send_due()
    assert database.rows(STATE) == [("ada@example.com", 1, "sent", None)]
    assert len(port.taken) == 1


async def test_a_worker_goes_on_when_postgresql_comes_back(
    connections: Pool, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    taken, failures = store.take_due, [psycopg.OperationalError("the connection is lost")] * 2

    async def unlucky(connection: AsyncConnection, most: int, lease_s: int) -> list[QueuedMail]:
        if failures:
            raise failures.pop()
        return await taken(connection, most, lease_s)

    monkeypatch.setattr("cse.accounts.mail.sender.LOOK_S", 0.0)
    monkeypatch.setattr(store, "take_due", unlucky)
    port, sent = Port(), asyncio.Event()
    port.before = sent.set
    await queue(connections)
    working = asyncio.create_task(sender(connections, port).run())
    await sent.wait()
    while database.rows(STATE)[0][2] != "sent":
        await asyncio.sleep(0)
    working.cancel()
    await asyncio.gather(working, return_exceptions=True)
    assert len(port.taken) == 1


async def test_the_queue_and_the_mailbox_do_not_grow_for_ever(connections: Pool, database: Database) -> None:
    await queue(connections, "old@example.com")
    await queue(connections, "new@example.com")
    database.change("UPDATE accounts.mail_queue SET ended_at = now(), outcome = 'sent'")
    database.change(
        "UPDATE accounts.mail_queue SET ended_at = now() - interval '31 days' WHERE recipient LIKE 'old%%'"
    )
    database.change(
        "INSERT INTO accounts.mailbox SELECT gen_random_uuid(), '', n::text, '', now() + n * interval '1 s'"
        " FROM generate_series(1, %s) n",
        store.MAILBOX_KEPT_MAX + 3,
    )
    async with connections.connection() as connection:
        await store.sweep(connection)
    assert [row[0] for row in database.rows(STATE)] == ["new@example.com"]
    assert database.rows("SELECT count(*), min(subject::int) FROM accounts.mailbox") == [
        (store.MAILBOX_KEPT_MAX, 4)
    ]
