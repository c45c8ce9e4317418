"""Tells a person what was done with their account: in the app, and by mail where it is theirs."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final
from uuid import UUID

from cse.accounts import attempts, store
from cse.accounts.mail import store as mail_store
from cse.accounts.mail import texts
from cse.accounts.mail.catalogue.words import CredentialChange, FreezeClass, MailName
from cse.accounts.mail.models import MailKind, QueuedMail, Text
from cse.accounts.mail.sender import Writer
from cse.accounts.mail.texts import Reader
from cse.accounts.models import Person, Visit
from cse.accounts.notifications.models import Kind
from cse.accounts.notifications.noting import note
from cse.accounts.sessions import store as session_store
from cse.accounts.sessions.devices import device_of
from cse.domain.verification import Level, RefusalReason
from cse.runtime.clock import wall_us
from cse.runtime.http.origin import ORIGIN
from cse.runtime.http.times import format_time
from cse.runtime.postgres import Connected

WORTH_S: Final = 3 * 86_400
# By the kind of the notification that a mail tells as well.
NOTICES: Final[Mapping[str, MailName]] = {
    "traded": "traded",
    "received": "received",
    "account_unfrozen": "account_unfrozen",
    "price_reached": "price_reached",
}


class Notices:
    """Writes them. `origin` is where the pages are."""

    def __init__(self, origin: str) -> None:
        self._origin = origin

    def writers(self) -> Mapping[MailKind, Writer]:
        """What writes these mails."""
        return {
            MailKind.PASSWORD_CHANGED: self._password_changed,
            MailKind.CREDENTIAL_CHANGED: self._credential_changed,
            MailKind.NEW_SIGN_IN: self._new_sign_in,
            MailKind.ACCOUNT_FROZEN: self._account_frozen,
            MailKind.NOTICE: self._notice,
            MailKind.ACCOUNT_CLOSED: self._account_closed,
            MailKind.EXPORT_READY: self._export_ready,
            MailKind.VERIFICATION: self._verification,
        }

    async def _password_changed(self, connection: Connected, mail: QueuedMail) -> Text | None:
        # What was queued before there was another way has no word of it.
        by_password = mail.facts.get("by") == "password"
        name: MailName = "password_changed_by_password" if by_password else "password_changed"
        return texts.written(name, await _reader(connection, mail), mail.facts, origin=self._origin)

    async def _credential_changed(self, connection: Connected, mail: QueuedMail) -> Text | None:
        to = await _reader(connection, mail)
        change = texts.credential_change(to, mail.facts["change"])
        return texts.written("credential_changed", to, mail.facts, origin=self._origin, change=change)

    async def _new_sign_in(self, connection: Connected, mail: QueuedMail) -> Text | None:
        to, facts = await _reader(connection, mail), mail.facts
        device = texts.device(to, facts.get("client"), facts.get("platform"))
        return texts.written("new_sign_in", to, facts, origin=self._origin, device=device)

    async def _account_frozen(self, connection: Connected, mail: QueuedMail) -> Text | None:
        to = await _reader(connection, mail)
        why = texts.frozen_why(to, mail.facts["class"])
        return texts.written("account_frozen", to, mail.facts, origin=self._origin, why=why)

    async def _account_closed(self, _: Connected, mail: QueuedMail) -> Text | None:
        to = Reader(texts.mail_language(mail.facts["language"]), mail.facts["zone"])
        return texts.written("account_closed", to, mail.facts)

    async def _export_ready(self, connection: Connected, mail: QueuedMail) -> Text | None:
        to = await _reader(connection, mail)
        return texts.written("export_ready", to, mail.facts, origin=self._origin)

    async def _verification(self, connection: Connected, mail: QueuedMail) -> Text | None:
        to, reason = await _reader(connection, mail), mail.facts.get("reason")
        if reason is None:
            return texts.written("verification_approved", to, mail.facts, origin=self._origin)
        why = texts.refused_why(to, reason)
        name: MailName = "verification_revoked" if "was" in mail.facts else "verification_refused"
        return texts.written(name, to, mail.facts, origin=self._origin, why=why)

    async def _notice(self, connection: Connected, mail: QueuedMail) -> Text | None:
        person = await store.person_by_id(connection, UUID(mail.facts["person"]))
        # Whoever has another e-mail by now is told there of what comes next.
        if person is None or person.email != mail.recipient:
            return None
        name = NOTICES[mail.facts["notice"]]
        return texts.written(name, await _reader(connection, mail), mail.facts, origin=self._origin)


async def _reader(connection: Connected, mail: QueuedMail) -> Reader:
    person = mail.facts.get("person")
    return await texts.reader(connection, None if person is None else UUID(person))


async def note_password_changed(
    connection: Connected, person: Person, address: str, *, by_link: bool
) -> None:
    """Tells that there is another password, chosen from this address by a link or by the one before.

    By mail to an e-mail that is only claimed if the link was sent there: who used it reads its mail.
    """
    if by_link or person.is_verified:
        by = "link" if by_link else "password"
        facts = {"person": str(person.id), "address": address, "at": _now(), "by": by}
        await mail_store.add(connection, MailKind.PASSWORD_CHANGED, person.email, facts, worth_s=WORTH_S)
    await note(connection, person.id, Kind.PASSWORD_CHANGED, {"address": address})


async def note_credential_changed(connection: Connected, person: UUID, change: CredentialChange) -> None:
    """Tells what was changed of that by which one gets in; not by mail to a claimed address.

    A thief of a session would have another way in by it.
    """
    facts = {"change": change, "address": ORIGIN.get().address}
    found = await store.person_by_id(connection, person)
    if found is not None and found.is_verified:
        about = {**facts, "person": str(person), "at": _now()}
        await mail_store.add(connection, MailKind.CREDENTIAL_CHANGED, found.email, about, worth_s=WORTH_S)
    await note(connection, person, Kind.CREDENTIAL_CHANGED, facts, target=change)


async def note_frozen(connection: Connected, person: Person, why: FreezeClass) -> None:
    """Tells that an account is frozen, and by mail of which class the reason is; not to a claimed address."""
    if person.is_verified:
        facts = {"person": str(person.id), "address": "", "at": _now(), "class": why}
        await mail_store.add(connection, MailKind.ACCOUNT_FROZEN, person.email, facts, worth_s=WORTH_S)
    await note(connection, person.id, Kind.ACCOUNT_FROZEN, {})


async def note_export_ready(connection: Connected, person: Person) -> None:
    """Tells that the archive of a person's data can be fetched; not to a claimed address."""
    if person.is_verified:
        facts = {"person": str(person.id), "at": _now()}
        await mail_store.add(connection, MailKind.EXPORT_READY, person.email, facts, worth_s=WORTH_S)
    await note(connection, person.id, Kind.EXPORT_READY, {})


async def note_verification(
    connection: Connected, person: Person, level: Level, reason: RefusalReason | None, *, revoked: bool
) -> None:
    """Tells what became of an application; by mail to an address that is known to be the person's."""
    why = {} if reason is None else {"reason": reason.value}
    if person.is_verified:
        was = {"was": "approved"} if revoked else {}
        facts = {"person": str(person.id), "at": _now(), **why, **was}
        await mail_store.add(connection, MailKind.VERIFICATION, person.email, facts, worth_s=WORTH_S)
    kind = Kind.VERIFICATION_APPROVED if reason is None else Kind.VERIFICATION_REFUSED
    if revoked:
        kind = Kind.VERIFICATION_REVOKED
    await note(connection, person.id, kind, {"level": level.value, **why})


async def note_sign_in(connection: Connected, person: Person, visit: Visit) -> None:
    """Tells of a sign-in from an address that is new to the account, which is not yet remembered.

    Nothing is told of the first sign-in of all, nor of more than so many a day, and no mail goes to an
    address that the person only claims.
    """
    if not await session_store.is_new_to(connection, person.id, visit.address):
        return
    if not await attempts.admits(connection, attempts.NEW_SIGN_IN_PER_PERSON, str(person.id)):
        return
    facts = {"person": str(person.id), "address": visit.address, "at": _now(), **_device(visit.user_agent)}
    if person.is_verified:
        await mail_store.add(connection, MailKind.NEW_SIGN_IN, person.email, facts, worth_s=WORTH_S)
    shown = {name: value for name, value in facts.items() if name not in ("person", "at")}
    await note(connection, person.id, Kind.NEW_SIGN_IN, shown)


def _device(user_agent: str) -> dict[str, str]:
    """A browser and its system, of those that we know; a program's name is whatever it chose to say."""
    device = device_of(user_agent)
    if not user_agent.startswith("Mozilla/") or device.client is None:
        return {}
    platform = {} if device.platform is None else {"platform": device.platform}
    return {"client": device.client, **platform}


def _now() -> str:
    return format_time(wall_us())
