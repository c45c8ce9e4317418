"""`./cse verify`: replays the journal and holds PostgreSQL, event log and snapshots against it.

With `--audit` it holds the audit log against its chain and checkpoints instead.

It works beside a running exchange as well as on a stopped one, whose PostgreSQL it starts for the
time.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

import psycopg

from cse.audit.checkpoints import (
    KEY_FILE,
    Checkpoint,
    CheckpointFile,
    CheckpointKey,
    CheckpointUnreadable,
)
from cse.audit.reconciliation import reconcile_audit
from cse.audit.roles import SEAL_ROLE
from cse.audit.verified import note_verified
from cse.cli.options import add_data, configuration_of
from cse.engine._native import JournalDamaged, StorageFailed
from cse.ledger.models import Position
from cse.ledger.reconciliation import reconcile
from cse.ledger.roles import WRITE_ROLE
from cse.marketdata.reconciliation import reconcile_candles
from cse.marketdata.roles import READ_ROLE as CANDLES_ROLE
from cse.runtime import postgres
from cse.runtime.configuration import Configuration
from cse.runtime.findings import Findings
from cse.runtime.postgres_server import PostgresFailed, PostgresServer

FAILURES = (JournalDamaged, StorageFailed, PostgresFailed, psycopg.Error)


def main(arguments: Sequence[str]) -> int:
    """Verifies a data directory; 0 when all agrees, 1 when something differs or cannot be read."""
    options = _parser().parse_args(arguments)
    configuration = configuration_of(options)
    if options.audit or options.checkpoint:
        return _verify_audit(configuration, options.checkpoint)
    if not (configuration.run / "watermark").exists():
        print(f"cse verify: {configuration.data} holds no journal", file=sys.stderr)
        return 1
    began = time.monotonic()
    try:
        with running_postgres(configuration), postgres.connect(configuration, WRITE_ROLE) as connection:
            position, findings = reconcile(connection, configuration.data)
            with postgres.connect(configuration, CANDLES_ROLE) as candles:
                reconcile_candles(candles, configuration.data, findings)
    except FAILURES as error:
        print(f"cse verify: {error}", file=sys.stderr)
        return 1
    report(position, findings, time.monotonic() - began, sys.stdout)
    return 0 if findings.agree else 1


def _verify_audit(configuration: Configuration, copies: Sequence[Path]) -> int:
    """Verifies the audit log, also against checkpoints that were kept elsewhere."""
    if not (configuration.secrets / KEY_FILE).exists():
        print(f"cse verify: {configuration.data} holds no audit log", file=sys.stderr)
        return 1
    began, findings = time.monotonic(), Findings()
    try:
        key, file = CheckpointKey.kept(configuration.secrets), CheckpointFile(configuration.data)
        kept = {str(path): Checkpoint.from_json(path.read_bytes()) for path in copies}
        with running_postgres(configuration), postgres.connect(configuration, SEAL_ROLE) as connection:
            reconcile_audit(connection, key, file, kept, findings)
        note_verified(configuration.data, findings.looked_at["events"], findings.differences.total())
    except (*FAILURES, CheckpointUnreadable, OSError) as error:
        print(f"cse verify: {error}", file=sys.stderr)
        return 1
    report_findings(findings, time.monotonic() - began, sys.stdout)
    return 0 if findings.agree else 1


@contextmanager
def running_postgres(configuration: Configuration) -> Iterator[None]:
    """The embedded PostgreSQL, started for the time where it does not run."""
    server = PostgresServer.of(configuration.data, configuration.postgres_port)
    if configuration.database_url is not None or server.running:
        yield
        return
    server.start()
    try:
        yield
    finally:
        server.stop()


def report(position: Position, findings: Findings, elapsed_s: float, out: TextIO) -> None:
    """Prints what was compared, and names what differs."""
    print(f"Position: epoch {position.epoch}, sequence {position.sequence:,}", file=out)
    report_findings(findings, elapsed_s, out)


def report_findings(findings: Findings, elapsed_s: float, out: TextIO) -> None:
    """Prints a table of what was looked at, and the differences by name."""
    print(f"\n  {'':<14} {'compared':>12} {'differences':>12}", file=out)
    for subject in dict.fromkeys((*findings.looked_at, *findings.differences)):
        compared, differences = findings.looked_at[subject], findings.differences[subject]
        print(f"  {subject:<14} {compared:>12,} {differences:>12,}", file=out)
    for subject, texts in findings.named.items():
        print(f"\n{subject}:", file=out)
        for text in texts:
            print(f"  {text}", file=out)
        unnamed = findings.differences[subject] - len(texts)
        if unnamed:
            print(f"  and {unnamed:,} more", file=out)
    verdict = "All agrees." if findings.agree else f"{findings.differences.total():,} differences."
    print(f"\n{verdict} ({elapsed_s:.1f} s)", file=out)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="./cse verify",
        description="Replays the journal and compares PostgreSQL, event log and snapshots with it.",
    )
    add_data(parser)
    parser.add_argument("--audit", action="store_true", help="verify the audit log instead")
    parser.add_argument(
        "--checkpoint", type=Path, action="append", default=[], metavar="FILE",
        help="verify the audit log also against a checkpoint that was kept elsewhere",
    )  # fmt: skip
    return parser
