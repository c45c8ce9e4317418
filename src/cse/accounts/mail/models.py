"""Mail as it is queued, written and kept."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import NamedTuple
from uuid import UUID

import msgspec

from cse.accounts.mail.catalogue.words import MailLanguage


class MailKind(StrEnum):
    """What a mail is about."""

    PASSWORD_RESET = "password_reset"  # noqa: S105
    PASSWORD_CHANGED = "password_changed"  # noqa: S105
    CREDENTIAL_CHANGED = "credential_changed"
    EMAIL_VERIFICATION = "email_verification"
    EMAIL_CHANGE = "email_change"
    EMAIL_CHANGE_ASKED = "email_change_asked"
    EMAIL_CHANGED = "email_changed"
    NEW_SIGN_IN = "new_sign_in"
    ACCOUNT_FROZEN = "account_frozen"
    NOTICE = "notice"
    ACCOUNT_CLOSED = "account_closed"
    EXPORT_READY = "export_ready"
    VERIFICATION = "verification"
    INVITATION = "invitation"
    APPROVAL_WANTED = "approval_wanted"


class Outcome(StrEnum):
    """How a mail ended: the other side has it, or will never take it, or did not for too long."""

    SENT = "sent"
    REFUSED = "refused"
    GIVEN_UP = "given up"


class QueuedMail(NamedTuple):
    """A row of `accounts.mail_queue` that is being tried.

    `facts` are what its text says beside what it is about; none is a secret. `tries` counts this one.
    """

    id: UUID
    kind: MailKind
    recipient: str
    facts: Mapping[str, str]
    tries: int
    overdue: bool


class Text(NamedTuple):
    """What a mail says, in plain text, and in which language."""

    subject: str
    body: str
    language: MailLanguage = "en"


class Mail(NamedTuple):
    """A mail as it is handed over, as text and as a page. The same id is the same mail, whenever it comes."""

    id: UUID
    recipient: str
    subject: str
    text: str
    page: str = ""
    language: MailLanguage = "en"


class MailView(msgspec.Struct, frozen=True):
    """A mail in the demo's mailbox."""

    id: str
    recipient: str
    subject: str
    text: str
    received_at: str


class Mailbox(msgspec.Struct, frozen=True):
    """What the demo would have sent, the newest first."""

    items: list[MailView]


class MailboxQuery(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Whose mails; without a recipient those of all."""

    recipient: str | None = None
