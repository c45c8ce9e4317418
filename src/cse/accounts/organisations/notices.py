"""Tells approvers that something waits for them: in the app, and by mail where it is known to be theirs.

A mail has no word that a member has written: what it is about stands on the page.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final
from uuid import UUID

from cse.accounts import attempts
from cse.accounts.mail import store as mail_store
from cse.accounts.mail import texts
from cse.accounts.mail.models import MailKind, QueuedMail, Text
from cse.accounts.mail.sender import Writer
from cse.accounts.notifications.models import Kind
from cse.accounts.notifications.noting import note
from cse.accounts.organisations.models import Looked
from cse.accounts.organisations.policy import GuardedAct
from cse.domain.organisations import MemberRight
from cse.runtime.clock import wall_us
from cse.runtime.http.times import format_time
from cse.runtime.postgres import Connected

_WORTH_S: Final = 86_400


class OrganisationNotices:
    """Writes them. `origin` is where the pages are."""

    def __init__(self, origin: str) -> None:
        self._origin = origin

    def writers(self) -> Mapping[MailKind, Writer]:
        """What writes these mails."""
        return {MailKind.APPROVAL_WANTED: self._approval_wanted}

    async def _approval_wanted(self, connection: Connected, mail: QueuedMail) -> Text | None:
        to = await texts.reader(connection, UUID(mail.facts["person"]))
        return texts.written("approval_wanted", to, mail.facts, origin=self._origin)


async def note_approval_wanted(connection: Connected, looked: Looked, act: GuardedAct) -> None:
    """Tells every approver but who asks."""
    there = looked.organisation
    facts = {"organisation": str(there.id), "name": there.name, "act": act.value}
    # In one order in all organisations: what is counted of a person is locked until the transaction ends.
    for member in sorted(looked.members.values(), key=lambda one: one.person):
        if member is looked.own or not member.acting or not member.may(MemberRight.APPROVE):
            continue
        await note(connection, member.person, Kind.APPROVAL_WANTED, facts, target=str(there.id))
        limit, subject = attempts.NOTICE_MAIL_PER_PERSON, str(member.person)
        if member.is_verified and await attempts.admits(connection, limit, subject):
            about = {"person": subject, "at": format_time(wall_us())}
            kind = MailKind.APPROVAL_WANTED
            await mail_store.add(connection, kind, member.email, about, worth_s=_WORTH_S)
