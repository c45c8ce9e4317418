"""The lines of `./cse admin job`: what waits, what has failed, and mails that are tried again or given up."""

from __future__ import annotations

import argparse

from cse.audit.models import Actor
from cse.cli.admin.operator import Operator, login
from cse.desk.jobs.models import JobMail, Jobs, Queue


def add_jobs(parser: argparse.ArgumentParser, where: argparse.ArgumentParser) -> None:
    """Adds the actions to the command line."""
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    actions.add_parser("list", parents=[where], help="every queue, failed mails, refused commands")
    retry = actions.add_parser("retry", parents=[where], help="have a mail tried now")
    give_up = actions.add_parser("give-up", parents=[where], help="have a mail tried no more")
    for changed in (retry, give_up):
        changed.add_argument("mail", metavar="ID")
        changed.add_argument("--reason", required=True, help="why, for operators")


async def list_jobs(operator: Operator, _: argparse.Namespace) -> str:
    """Everything that waits or has failed."""
    async with operator.jobs() as jobs:
        return _words(await jobs.jobs())


async def retry_mail(operator: Operator, options: argparse.Namespace) -> str:
    """Has a mail tried now."""
    async with operator.jobs() as jobs:
        await jobs.retry(options.mail, options.reason, Actor.operator(login()))
    return f"Mail {options.mail} is tried now."


async def give_up_mail(operator: Operator, options: argparse.Namespace) -> str:
    """Has a mail tried no more."""
    async with operator.jobs() as jobs:
        await jobs.give_up(options.mail, options.reason, Actor.operator(login()))
    return f"Mail {options.mail} is tried no more."


def _words(found: Jobs) -> str:
    refused = (f"{one.at}  outbox.{one.outbox} {one.number}  {one.code}" for one in found.refused)
    return "\n".join([*map(_queue, found.queues), *map(_mail, found.mails), *refused])


def _queue(queue: Queue) -> str:
    oldest = "" if queue.oldest_s is None else f", the oldest for {queue.oldest_s} s"
    last = "" if queue.last_failure is None else f"; last: {queue.last_failure}"
    return f"{queue.name:<18} {queue.waiting} wait{oldest}, {queue.failed} failed{last}"


def _mail(mail: JobMail) -> str:
    what = f"{mail.kind} to {mail.recipient}"
    return f"{mail.id}  {what}  {mail.state} after {mail.tries} tries: {mail.last_failure}"
