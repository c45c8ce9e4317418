"""A room's role reaches its own tables and what was granted to it, and nothing else."""

from __future__ import annotations

import psycopg
import pytest
from psycopg.errors import InsufficientPrivilege

from cse.runtime import postgres
from cse.runtime.configuration import Configuration
from cse.runtime.outbox import OPEN_OUTBOX
from cse.runtime.postgres_server import PostgresServer
from tests.postgres import Database

pytestmark = pytest.mark.slow

SOURCES = {"cse_ledger": 1, "cse_accounts": 2, "cse_faucet": 3, "cse_runtime": 4, "cse_desk": 5}

# Whose acts are recorded, and an event of theirs whose last column and value are to be said.
WRITERS = ["cse_accounts", "cse_faucet", "cse_creators", "cse_runtime", "cse_desk"]
EVENT = (
    "INSERT INTO audit.events (id, act, actor, actor_name, address, user_agent, refused, details, {})"
    " VALUES (gen_random_uuid(), 'a.b', 'visitor', '', '', '', '', '{{}}', "
)


def enqueue(source: int) -> str:
    return f"SELECT runtime.enqueue({source}, '\\x00', 0)"


FORBIDDEN = [
    ("cse_accounts", "SELECT * FROM ledger.balances"),
    ("cse_accounts", "SELECT command FROM runtime.outbox"),
    ("cse_accounts", "INSERT INTO runtime.outbox (source, number, command) VALUES (2, 1, '')"),
    ("cse_accounts", "UPDATE runtime.outbox SET sequence = 1, code = 0"),
    ("cse_accounts", "UPDATE runtime.outbox_sources SET last_number = 0"),
    ("cse_accounts", "SELECT runtime.note_outcome(2, 1, 1, 0, 0)"),
    ("cse_accounts", "UPDATE runtime.outbox_gate SET opened_for = runtime.incarnation()"),
    ("cse_accounts", "UPDATE accounts.links SET expires_at = now()"),
    ("cse_accounts", "UPDATE accounts.mailbox SET text = ''"),
    ("cse_faucet", "SELECT * FROM accounts.mail_queue"),
    ("cse_faucet", "SELECT digest FROM runtime.outbox"),
    ("cse_runtime", "UPDATE runtime.outbox_sources SET role = 'cse_runtime'"),
    ("cse_accounts", "SELECT ledger.make_month(now())"),
    ("cse_ledger", "DELETE FROM ledger.trades"),
    ("cse_ledger", "UPDATE ledger.trades SET price = 1"),
    ("cse_ledger", "UPDATE ledger.entries SET amount = 1"),
    ("cse_ledger", "TRUNCATE ledger.entries"),
    ("cse_ledger", "DELETE FROM ledger.position"),
    ("cse_ledger", "DROP TABLE ledger.entries"),
    ("cse_ledger", "CREATE TABLE ledger.more (a int)"),
    ("cse_ledger", "CREATE TABLE public.more (a int)"),
    ("cse_ledger", "DELETE FROM runtime.outbox"),
    ("cse_ledger_reads", "UPDATE ledger.position SET sequence = 1"),
    ("cse_ledger_reads", "UPDATE ledger.balances SET available = 1"),
    ("cse_ledger_reads", "INSERT INTO ledger.assets VALUES (1, 'X', 0, 0)"),
    ("cse_ledger_reads", "SELECT * FROM runtime.outbox"),
    ("cse_runtime", "SELECT * FROM ledger.position"),
    ("cse_marketdata", "SELECT * FROM ledger.trades"),
    ("cse_marketdata", "DELETE FROM marketdata.candles_1m"),
    ("cse_marketdata", "TRUNCATE marketdata.candles_1d"),
    ("cse_marketdata_reads", "UPDATE marketdata.position SET sequence = 1"),
    ("cse_marketdata_reads", "UPDATE marketdata.candles_1d SET high = 1"),
    ("cse_marketdata_reads", "SELECT marketdata.make_month(now())"),
    ("cse_ledger", "SELECT * FROM marketdata.position"),
    ("cse_creators", "DELETE FROM creators.profiles"),
    ("cse_portfolio", "SELECT * FROM ledger.entries"),
    ("cse_portfolio", "UPDATE portfolio.flows SET worth = 1"),
    ("cse_ledger", "SELECT * FROM portfolio.books"),
    ("cse_accounts", "SELECT * FROM portfolio.flows"),
    *(
        (role, statement)
        for role in (*WRITERS, "cse_audit", "cse_audit_reads")
        for table in ("events", "chain", "checkpoints")
        for statement in (f"DELETE FROM audit.{table}", f"TRUNCATE audit.{table}")
    ),
    *(
        (role, statement)
        for role in (*WRITERS, "cse_audit", "cse_audit_reads")
        for statement in (
            "UPDATE audit.events SET act = 'other.act'",
            "UPDATE audit.chain SET digest = event_digest",
            "UPDATE audit.checkpoints SET signature = digest",
        )
    ),
    *(
        (role, statement)
        for role in WRITERS
        for statement in (
            f"{EVENT.format('occurred_at')} now())",
            f"{EVENT.format('written_by')} 'other')",
            "DELETE FROM audit.unsealed",
            "INSERT INTO audit.unsealed VALUES (gen_random_uuid())",
            "SELECT * FROM audit.chain",
            "INSERT INTO audit.chain VALUES (1, gen_random_uuid(), sha256(''), sha256(''))",
        )
    ),
    ("cse_audit", f"{EVENT.format('target')} '')"),
    ("cse_audit_reads", f"{EVENT.format('target')} '')"),
    ("cse_ledger", "SELECT * FROM audit.events"),
    ("cse_accounts", "SELECT * FROM audit.events"),
    ("cse_accounts", "SELECT * FROM creators.profiles"),
    ("cse_accounts", "SELECT * FROM desk.operators"),
    ("cse_accounts", "INSERT INTO desk.operators VALUES (gen_random_uuid(), 'head', now(), '')"),
    ("cse_desk", "UPDATE desk.operators SET role = 'head'"),
    ("cse_desk", "UPDATE desk.incidents SET texts = '{}'"),
    ("cse_desk", "DELETE FROM desk.incidents"),
    ("cse_desk", "SELECT * FROM accounts.persons"),
    ("cse_desk", "SELECT command FROM runtime.outbox"),
    *((role, enqueue(source)) for role in SOURCES for source in range(7) if SOURCES[role] != source),
    *(("cse_ledger_reads", enqueue(source)) for source in SOURCES.values()),
]

ALLOWED = [
    *((role, enqueue(source)) for role, source in SOURCES.items()),
    ("cse_accounts", "SELECT sequence, code FROM runtime.outbox"),
    ("cse_ledger", "UPDATE ledger.position SET sequence = sequence"),
    ("cse_ledger", "SELECT ledger.make_month(now())"),
    ("cse_ledger", "SELECT command FROM runtime.outbox"),
    ("cse_ledger_reads", "SELECT * FROM ledger.trades"),
    ("cse_marketdata", "SELECT marketdata.make_month(now())"),
    ("cse_marketdata_reads", "SELECT * FROM marketdata.candles_1s"),
    *((role, f"{EVENT.format('target')} '')") for role in WRITERS),
    ("cse_audit_reads", "SELECT * FROM audit.events JOIN audit.chain ON event = id"),
]


@pytest.mark.parametrize(("role", "statement"), FORBIDDEN)
def test_a_role_cannot(database: Database, role: str, statement: str) -> None:
    with database.connect(role) as connection, pytest.raises(InsufficientPrivilege):
        connection.execute(statement.encode())


@pytest.mark.parametrize(("role", "statement"), ALLOWED)
def test_a_role_can(database: Database, role: str, statement: str) -> None:
    with database.connect(role) as connection:
        connection.execute(statement.encode())


def test_on_the_embedded_server_a_room_signs_in_as_its_role(postgres_server: PostgresServer) -> None:
    configuration = Configuration(postgres_server.cluster.parent)
    with postgres.connect(configuration, "cse_ledger") as connection:
        assert connection.execute("SELECT session_user, current_user").fetchone() == ("cse_ledger",) * 2
        with pytest.raises(psycopg.Error):
            connection.execute("SET ROLE cse_accounts")


@pytest.mark.parametrize("role", SOURCES)
def test_a_room_that_signs_in_as_its_role_has_one_outbox(postgres_server: PostgresServer, role: str) -> None:
    configuration = Configuration(postgres_server.cluster.parent)
    with postgres.connect(configuration, "cse_ledger") as connection:
        connection.execute(OPEN_OUTBOX)
    for source in SOURCES.values():
        with postgres.connect(configuration, role) as connection:
            if source == SOURCES[role]:
                connection.execute(enqueue(source).encode())
            else:
                with pytest.raises(InsufficientPrivilege, match=f"outbox {source} is not for {role}"):
                    connection.execute(enqueue(source).encode())
            connection.rollback()


def test_the_owner_of_all_schemas_has_no_outbox(database: Database) -> None:
    with pytest.raises(InsufficientPrivilege, match="outbox 2 is not for postgres"):
        database.rows(enqueue(2))


def test_elsewhere_it_takes_the_role_on(database: Database) -> None:
    with database.connect("cse_ledger") as connection:
        assert connection.execute("SELECT session_user, current_user").fetchone() == (
            "postgres",
            "cse_ledger",
        )


def test_every_schema_has_an_owner_that_no_room_is(database: Database) -> None:
    owned = database.rows(
        "SELECT n.nspname, c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace "
        "WHERE pg_get_userbyid(c.relowner) LIKE 'cse\\_%%'"
    )
    assert owned == []
