"""The lines of `./cse admin verification`: who asks to be verified, and what is decided about it.

Who sits at the machine may read what the services' user may: the keys that seal it among them.
"""

from __future__ import annotations

import argparse
import asyncio
import os
from pathlib import Path
from typing import Final

from cse.audit.models import Actor
from cse.cli.admin.operator import Operator, login
from cse.desk.verification.models import (
    Approval,
    QueuedVerification,
    ReviewedVerification,
    VerificationRefusal,
)
from cse.domain.verification import SENTENCES, RefusalReason

_PRIVATE: Final = 0o600


def add_verification(parser: argparse.ArgumentParser, where: argparse.ArgumentParser) -> None:
    """Adds the actions to the command line."""
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    listed = actions.add_parser("list", parents=[where], help="what is handed in, the oldest first")
    listed.add_argument("--approved", action="store_true", help="what is approved instead, the latest first")
    show = actions.add_parser("show", parents=[where], help="what an application says")
    document = actions.add_parser("document", parents=[where], help="write a document to a file")
    approve = actions.add_parser("approve", parents=[where], help="the person is verified so far")
    refuse = actions.add_parser("refuse", parents=[where], help="the person is not, and is told why")
    revoke = actions.add_parser("revoke", parents=[where], help="an approval is taken back")
    for one in (show, document, approve, refuse, revoke):
        one.add_argument("verification", metavar="ID")
    document.add_argument("document", metavar="DOCUMENT")
    document.add_argument("--to", type=Path, required=True, help="a file that is not there yet")
    for decided in (approve, refuse, revoke):
        decided.add_argument("--reason", required=True, help="why, for operators")
    approve.add_argument(
        "--hit-cleared", action="store_true", help="the entries of the list of sanctions were looked at"
    )
    words = ", ".join(RefusalReason)
    for told in (refuse, revoke):
        told.add_argument(
            "--told", choices=[one.value for one in RefusalReason], required=True, metavar="WORD",
            help=f"what the person is told: {words}",
        )  # fmt: skip


async def list_verifications(operator: Operator, options: argparse.Namespace) -> str:
    """What is handed in, or approved."""
    async with operator.verifications() as desk:
        found = await desk.queue(Actor.operator(login()), None, approved=options.approved)
    nobody = "Nobody is verified." if options.approved else "Nobody waits to be verified."
    return "\n".join(map(_line, found)) or nobody


async def show_verification(operator: Operator, options: argparse.Namespace) -> str:
    """What an application says."""
    async with operator.verifications() as desk:
        return _words(await desk.one(options.verification, Actor.operator(login()), None))


async def write_document(operator: Operator, options: argparse.Namespace) -> str:
    """Writes a document to a file that only its owner may read."""
    async with operator.verifications() as desk:
        by = Actor.operator(login())
        found = await desk.document(options.verification, options.document, by, None)
    await asyncio.to_thread(_write, options.to, found.content)
    return f"{options.to} is the {found.document.media_type} of {found.document.kind}."


async def approve_verification(operator: Operator, options: argparse.Namespace) -> str:
    """Approves an application."""
    async with operator.verifications() as desk:
        asked = Approval(options.reason, options.hit_cleared)
        await desk.approve(options.verification, asked, Actor.operator(login()), None)
    return f"{options.verification} is approved, and the person is told."


async def refuse_verification(operator: Operator, options: argparse.Namespace) -> str:
    """Refuses an application."""
    async with operator.verifications() as desk:
        asked = VerificationRefusal(options.told, options.reason)
        await desk.refuse(options.verification, asked, Actor.operator(login()), None)
    return f"{options.verification} is refused; the person is told: {SENTENCES[RefusalReason(options.told)]}"


async def revoke_verification(operator: Operator, options: argparse.Namespace) -> str:
    """Takes an approval back."""
    async with operator.verifications() as desk:
        asked = VerificationRefusal(options.told, options.reason)
        await desk.revoke(options.verification, asked, Actor.operator(login()), None)
    told = SENTENCES[RefusalReason(options.told)]
    return f"{options.verification} is approved no more; the person is told: {told}"


def _write(path: Path, content: bytes) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, _PRIVATE)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)


def _line(one: QueuedVerification) -> str:
    hit = "  on the list of sanctions" if one.has_hit else ""
    return f"{one.id}  {one.submitted_at}  {one.level}  {one.stage}  {one.email or one.person}{hit}"


def _words(one: ReviewedVerification) -> str:
    said = [
        f"{one.email or one.person}: {one.level}, {one.state}, handed in at {one.submitted_at}",
        *([] if one.decided_at is None else [f"decided at {one.decided_at} by {one.decided_by}"]),
        *([] if one.reason is None else [f"the person was told: {one.reason}"]),
        f"{one.legal_name or 'erased'}, born {one.date_of_birth or '-'}, of {one.country or '-'}",
        *(f"on the list of sanctions: {hit.name}, born {hit.born}" for hit in one.hits),
        *(f"{doc.id}  {doc.kind}  {doc.media_type}  {doc.size_bytes} bytes" for doc in one.documents),
    ]
    return "\n".join(said)
