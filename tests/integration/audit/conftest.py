"""An audit log on a database of its own, and what seals and verifies it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

import psycopg
import pytest
import structlog
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from cse.audit import log
from cse.audit.acts import Act
from cse.audit.checkpoints import Checkpoint, CheckpointFile, CheckpointKey
from cse.audit.models import Actor
from cse.audit.reconciliation import reconcile_audit
from cse.audit.roles import SEAL_ROLE
from cse.audit.sealing import Sealer
from cse.runtime.findings import Findings
from cse.runtime.postgres import Pool, pool
from tests.postgres import Database

ADA = Actor.person_of(UUID(int=0xADA))


@dataclass
class Log:
    database: Database
    writers: Pool
    sealer: Sealer
    key: CheckpointKey
    file: CheckpointFile

    async def write(self, *labels: str) -> None:
        """One committed event a label."""
        for label in labels:
            async with self.writers.connection() as connection:
                await log.record(connection, Act.API_KEY_MADE, ADA, target=label, details={"label": label})

    def verify(self, **copies: Checkpoint) -> Findings:
        findings = Findings()
        with self.database.connect(SEAL_ROLE) as connection:
            reconcile_audit(connection, self.key, self.file, copies, findings)
        return findings

    def said(self, **copies: Checkpoint) -> list[str]:
        """What the verification names."""
        return [text for texts in self.verify(**copies).named.values() for text in texts]

    def as_superuser(self, statement: str) -> int:
        """What somebody does who may do anything, and knows what is in the way."""
        with psycopg.connect(self.database.url) as connection:
            connection.execute("SET session_replication_role = replica")
            return connection.execute(statement.encode()).rowcount


@pytest.fixture
async def audit_log(database: Database, tmp_path: Path) -> AsyncIterator[Log]:
    key, file = CheckpointKey(Ed25519PrivateKey.generate()), CheckpointFile(tmp_path)
    async with (
        pool(database.configuration, "cse_accounts", size=4) as writers,
        pool(database.configuration, SEAL_ROLE, size=2) as seals,
    ):
        yield Log(database, writers, Sealer(seals, key, file, structlog.get_logger()), key, file)
